from datetime import date
from decimal import Decimal

import pytest

from razpis.documents.format_sl import (
    bind,
    long_date,
    money,
    number_form,
    plain,
    points,
    short_date,
    stopped_once,
    unstopped,
)


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "0,00 EUR"),
        (5, "0,05 EUR"),
        (123_450, "1.234,50 EUR"),
        (100_000_000, "1.000.000,00 EUR"),
        (-123_450, "−1.234,50 EUR"),
    ],
)
def test_money_has_dots_a_comma_and_a_space_that_does_not_break(cents, text):
    assert money(cents) == text.replace(" ", "\u00a0")


def test_dates():
    assert long_date(date(2026, 5, 4)) == "4.\u00a0maj\u00a02026"
    assert long_date(date(2026, 12, 31)) == "31.\u00a0december\u00a02026"
    assert short_date(date(2026, 5, 4)) == "4.\u00a05.\u00a02026"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 točk"),
        (1, "1 točka"),
        (2, "2 točki"),
        (3, "3 točke"),
        (4, "4 točke"),
        (5, "5 točk"),
        (11, "11 točk"),
        (12, "12 točk"),
        (100, "100 točk"),
        (101, "101 točka"),
        (102, "102 točki"),
        (111, "111 točk"),
        (-2, "−2 točki"),
        (Decimal("2.00"), "2 točki"),
        (Decimal("100"), "100 točk"),
        (Decimal("17.50"), "17,5 točke"),
        (Decimal("0.25"), "0,25 točke"),
        (Decimal("-1.5"), "−1,5 točke"),
    ],
)
def test_points_take_singular_dual_plural(value, text):
    assert points(value) == text.replace(" ", "\u00a0")


def test_words_that_belong_together_stay_on_one_line():
    told = bind("podpisano 14. 4. 2026 ob 9.12, delež (v %), 15. člen, 8 dni, sob 3")
    assert told == ("podpisano 14.\u00a04.\u00a02026 ob\u00a09.12, delež (v\u00a0%), 15.\u00a0člen, 8\u00a0dni, sob 3")


def test_number_form_of_days_in_the_locative():
    forms = [number_form(days, "dnevu", "dneh", "dneh", "dneh") for days in (1, 2, 8, 21, 101)]
    assert forms == ["dnevu", "dneh", "dneh", "dneh", "dnevu"]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("dne 4. 5. 2026 ob 12. uri", "dne 4._5._2026 ob_12. uri"),
        ("z dne 4. maja 2026.", "z dne 4._maja_2026."),
        ("4.\u00a0maja 2026", "4._maja_2026"),
        ("plača 18,10 EUR takse", "plača 18,10_EUR takse"),
        ("17,5 točke od 20 točk", "17,5_točke od 20_točk"),
        ("80 % stroškov po 18. členu", "80_% stroškov po 18._členu"),
        ("sklep št. 4102-1/2027-1", "sklep št._4102-1/2027-1"),
        ("vlog je 12. Med njimi tri", "vlog je 12. Med njimi tri"),
        ("brez številk ostane vse", "brez številk ostane vse"),
    ],
)
def test_bind_keeps_dates_amounts_and_articles_together(text, bound):
    assert bind(text) == bound.replace("_", "\u00a0")


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Pismo ni bilo podpisano.", "Pismo ni bilo podpisano"),
        ("brez pike", "brez pike"),
        ("v letu 2026.", "v letu 2026"),
        ("in tako naprej ...", "in tako naprej ..."),
        ("Zavod Navidezni d.o.o.", "Zavod Navidezni d.o.o."),
        ("Zavod Navidezni d. o. o.", "Zavod Navidezni d. o. o."),
        ("uvrstitev: 3.", "uvrstitev: 3."),
        ("vabila, plakati itd.", "vabila, plakati itd."),
        ("", ""),
    ],
)
def test_the_full_stop_of_a_sentence_is_told_from_that_of_a_word(text, bare):
    assert unstopped(text) == bare


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("Pogoj ni izpolnjen (izjava: ne – podpisala jo je tajnica.).", "Pogoj ni izpolnjen (izjava: ne – podpisala jo je tajnica)."),
        ("Vloga je prepozna..", "Vloga je prepozna."),
        ("Kdo pomaga?. Vsi!. Ja….", "Kdo pomaga? Vsi! Ja…"),
        ("In tako naprej... Konec.", "In tako naprej... Konec."),
        ("(Zavod d.o.o.).", "(Zavod d.o.o.)."),
        ("Vpisana v register.; 9. člen", "Vpisana v register; 9. člen"),
        ("Sedež je v občini (3. člen). Sicer ne.", "Sedež je v občini (3. člen). Sicer ne."),
    ],
)  # fmt: skip
def test_a_sentence_made_of_sentences_ends_once(text, once):
    assert stopped_once(text) == once


def test_words_of_the_engine_are_printed_without_arrows_and_with_one_stop():
    assert plain("40 → razred 31–50..") == "40, torej razred 31–50."
