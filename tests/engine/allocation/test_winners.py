"""At most so many recipients: the first in the order, shared places whole or not at all, open ties waiting."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.wording import explain, explain_lot
from tests.engine.allocation.sharing import Ask, awards, cents, divided, only_lot, rules
from tests.engine.certificate import refusing
from tests.engine.factories import lines, marked, rulebook_text
from tests.engine.making import by_id, draw

ASKED = {"a": Ask(5, 100), "b": Ask(4, 100), "c": Ask(3, 100), "d": Ask(2, 100)}
OUT = (0, "most_winners")
WHOLE = (10000, "request")


def test_the_first_in_the_order_get_money_though_there_is_more() -> None:
    found = divided(rules("most_winners: 2"), **ASKED)
    assert cents(found) == {"a": WHOLE, "b": WHOLE, "c": OUT, "d": OUT}
    assert only_lot(found).left == 80000
    assert {id_: line.outcome for id_, line in by_id(found).items()} == {
        "a": "granted",
        "b": "granted",
        "c": "no_money",
        "d": "no_money",
    }
    assert found.certificate.failing == ()


def test_who_wants_nothing_is_not_counted() -> None:
    asked = ASKED | {"a": Ask(5, 0)}
    assert cents(divided(rules("most_winners: 2"), **asked)) == {"a": (0, "request"), "b": WHOLE, "c": WHOLE, "d": OUT}


def test_one_cent_is_something() -> None:
    asked = {"a": Ask(5, Fraction(1, 100)), "b": Ask(4, 100)}
    found = divided(rules("most_winners: 1"), **asked)
    assert cents(found) == {"a": (1, "request"), "b": OUT}
    assert found.certificate.failing == ()
    claimed = refusing.award(found, "b", cents=1, limited_by="request")
    assert refusing.refusals(refusing.certified(found, claimed))["winners"] == "razpis: 2 > 1"


def test_an_open_tie_behind_the_last_recipient_waits_for_nothing() -> None:
    asked = ASKED | {"c": Ask(4, 100)}
    found = divided(rules("most_winners: 1", still_tied="open", keys="[points, draw]"), **asked)
    assert cents(found) == {"a": WHOLE, "b": OUT, "c": OUT, "d": OUT}
    assert found.certificate.failing == ()


def test_who_does_not_fit_is_not_replaced() -> None:
    found = divided(rules("most_winners: 2, edge: skip", "budget: 150"), **ASKED | {"c": Ask(3, 50)})
    assert cents(found) == {"a": WHOLE, "b": (0, "budget"), "c": OUT, "d": OUT}


def test_a_shared_place_is_taken_in_whole_or_not_at_all() -> None:
    asked = ASKED | {"c": Ask(4, 100)}
    assert cents(divided(rules("most_winners: 3"), **asked)) == {"a": WHOLE, "b": WHOLE, "c": WHOLE, "d": OUT}
    found = divided(rules("most_winners: 2"), **asked)
    assert cents(found) == {"a": WHOLE, "b": OUT, "c": OUT, "d": OUT}
    assert found.certificate.failing == ()


def test_an_open_tie_waits_where_it_decides_who_is_among_them() -> None:
    asked = ASKED | {"c": Ask(4, 100)}
    call = rules("most_winners: 2", still_tied="open", keys="[points, draw]")
    found = divided(call, **asked)
    assert {id_: line.outcome for id_, line in by_id(found).items()} == {
        "a": "granted",
        "b": "open_tie",
        "c": "open_tie",
        "d": "open_tie",
    }
    assert found.certificate.failing == ()
    drawn = divided(call, draw("2", "c", "b"), **asked)
    assert cents(drawn) == {"a": WHOLE, "b": OUT, "c": WHOLE, "d": OUT}


@pytest.mark.parametrize("most", [1, 3])
def test_an_open_tie_that_changes_nothing_does_not_wait(most: int) -> None:
    asked = ASKED | {"c": Ask(4, 100)}
    found = divided(rules(f"most_winners: {most}", still_tied="open"), **asked)
    tied = WHOLE if most == 3 else OUT
    assert cents(found) == {"a": WHOLE, "b": tied, "c": tied, "d": OUT}


def test_behind_the_last_recipient_a_tie_waits_for_nothing_that_its_places_would_bring() -> None:
    """Nothing is due to the third place and something to the fourth, but neither is among the first."""
    call = rules("most_winners: 1, entitlement: 0 if place == 3 else 50", still_tied="open", keys="[points, draw]")
    found = divided(call, a=Ask(9, 100), b=Ask(8, 100), c=Ask(7, 100), d=Ask(7, 100))
    assert cents(found) == {"a": (5000, "request"), "b": OUT, "c": OUT, "d": OUT}
    assert not any(award.undecided for award in awards(found).values())
    assert found.certificate.failing == ()


def test_a_lot_may_have_its_own_number() -> None:
    lots = "lots: {A: {amount: 1000, most_winners: 1}, B: {amount: 1000}, C: {amount: 1000, most_winners: 3}}"
    asked = {f"{lot}{at}": Ask(9 - at, 100, lot=lot) for lot in "ABC" for at in range(4)}
    found = divided(rules("most_winners: 2", lots), **asked)
    given_ = [id_ for id_, award in sorted(awards(found).items()) if award.cents]
    assert given_ == ["A0", "B0", "B1", "C0", "C1", "C2"]


def test_the_certificate_counts_the_recipients() -> None:
    found = divided(rules("most_winners: 2"), **ASKED)
    changed = refusing.award(found, "c", cents=10000, limited_by="request")
    refused = refusing.refusals(refusing.certified(found, changed))
    assert refused["winners"] == "razpis: 3 > 2"
    assert refused["own"] == "vloga c: 100,00 EUR > 0,00 EUR (most_winners)"
    swapped = replace(
        refusing.said(found),
        awards=tuple(replace(one, id={"b": "c", "c": "b"}.get(one.id, one.id)) for one in refusing.said(found).awards),
    )
    assert "own" in refusing.refusals(refusing.certified(found, swapped))


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 300)), min_size=1, max_size=8),
    st.integers(1, 5),
    st.sampled_from(["part", "skip", "stop"]),
)
def test_no_more_than_stated_and_nobody_before_a_better_one_that_is_left_out(drawn, most, edge) -> None:
    asked = {f"v{at}": Ask(*one) for at, one in enumerate(drawn)}
    found = awards(divided(rules(f"most_winners: {most}, edge: {edge}", "budget: 500"), **asked))
    winners = [one for one in found.values() if one.cents]
    assert len(winners) <= most
    out = [one.wish.place for one in found.values() if one.limited_by == "most_winners"]
    assert all(one.wish.place < min(out, default=99) for one in winners)
    free = awards(divided(rules(f"edge: {edge}", "budget: 500"), **asked))
    asking = [ask for ask in asked.values() if ask.requested]
    if len(asking) <= most:
        assert {id_: one.cents for id_, one in found.items()} == {id_: one.cents for id_, one in free.items()}


def test_it_belongs_to_a_fill_in_rank_order() -> None:
    said = "omejeno število prejemnikov velja pri delitvi po vrstnem redu (fill: rank)"
    text, expected = marked(
        rulebook_text(
            lots="{A: {amount: 1, ▸most_winners: 1}, B: {amount: 1}}",
            allocation="{fill: proportional, request: requested, ▸most_winners: 2}",
        ),
        said,
        said,
    )
    assert sorted(lines(text)) == sorted(expected)


def test_it_is_told() -> None:
    found = divided(rules("most_winners: 2"), **ASKED)
    sl = (
        "Sredstva prejme največ 2 vlogi po vrstnem redu; če bi deljeno mesto to število preseglo, jih ne prejme nobena vloga "
        "s tega mesta."
    )
    assert sl in explain_lot(found, only_lot(found), "sl")
    told = explain(found, by_id(found)["c"], "sl")
    assert told.summary == "Zavrnjeno: število prejemnikov je omejeno."
    assert told.amount[-1].replace("\u00a0", " ") == (
        "0,00 EUR: sredstva lahko prejme največ 2 vlogi po vrstnem redu, ta vloga pa ni med njimi"
    )
    english = explain(found, by_id(found)["c"], "en")
    assert english.summary == "Refused: the number of recipients is limited."
    assert english.amount[-1].endswith(
        "at most 2 applications may get money in rank order, and this one is not among them"
    )
