"""Every check by itself: a result with one thing in it changed, and what the certificate answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from razpis.engine.certificate import AwardClaim, Claims, PlaceClaim, TieClaim
from razpis.engine.evaluation import Evaluation
from tests.engine.allocation.sharing import Ask, divided, rules
from tests.engine.certificate.refusing import award, certified, lot, refusals, said
from tests.engine.making import draw

JOINT = "limits: {joint: {amount: 500, per: applicant}}"
RANKED = divided(
    rules(f"edge: skip, {JOINT}"),
    a=Ask(9, 400, applicant="P"),
    b=Ask(8, 400, applicant="P"),
    c=Ask(7, 700, applicant="Q"),
    d=Ask(6, 100, applicant="R"),
    e=Ask(6, 100, applicant="S"),
)
SHARED = divided(
    rules(
        "fill: proportional, round: 0, last_cent: largest_remainder, minimum_grant: {amount: 50}, "
        "limits: {joint: {amount: 333, per: applicant}}"
    ),
    a=Ask(30, 900, applicant="P"),
    b=Ask(20, 900, applicant="P"),
    c=Ask(17, 700, applicant="Q"),
    d=Ask(13, 100, applicant="R"),
    e=Ask(1, 100, applicant="S"),
    f=Ask(11, 900, applicant="T"),
)
TWO_LOTS = divided(
    rules("leftovers: second_pass", "lots: {A: {amount: 900}, B: {amount: 300}}"),
    a=Ask(9, 1000, lot="A"),
    b=Ask(8, 100, lot="B"),
)


def test_results_that_are_right() -> None:
    assert [certified(one, said(one)).failing for one in (RANKED, SHARED, TWO_LOTS)] == [(), (), ()]
    assert [[check.name for check in one.certificate.checks] for one in (RANKED, SHARED, TWO_LOTS)] == [
        ["complete", "places", "sums", "own", "order", "pairs", "limits"],
        ["complete", "places", "sums", "own", "shares", "rounding", "least", "pairs", "limits", "left"],
        ["complete", "places", "sums", "own", "order", "limits"],
    ]


def test_without_resharing_the_statement_is_another() -> None:
    flat = divided(
        rules("fill: proportional, resharing: false, value_of_point: {round: 1}"), a=Ask(3, 900), b=Ask(4, 900)
    )
    names = [check.name for check in flat.certificate.checks]
    assert (names, flat.certificate.ok) == (
        ["complete", "places", "sums", "own", "flat", "rounding", "pairs", "limits"],
        True,
    )
    assert refusals(certified(flat, lot(flat, "", value=14290))) == {
        "flat": "razpis, vrednost točke: v izidu 142,90 EUR, po pravilih 142,80 EUR"
    }


def places(evaluation: Evaluation, change: Callable[[tuple[PlaceClaim, ...]], tuple[PlaceClaim, ...]]) -> Claims:
    return replace(said(evaluation), places=change(said(evaluation).places))


def ties(evaluation: Evaluation, *changed: TieClaim) -> Claims:
    return replace(said(evaluation), ties=changed)


def awards(evaluation: Evaluation, change: Callable[[tuple[AwardClaim, ...]], tuple[AwardClaim, ...]]) -> Claims:
    return replace(said(evaluation), awards=change(said(evaluation).awards))


(TIE,) = said(RANKED).ties


COMPLETE = [
    (places(RANKED, lambda found: found[1:]), "vloga a v razvrstitvi: v izidu je ni, po pravilih je"),
    (places(RANKED, lambda found: (*found, found[0])), "vloga a v razvrstitvi: v izidu 2-krat, po pravilih je"),
    (awards(RANKED, lambda found: found[:-1]), "vloga e v razdelitvi: v izidu je ni, po pravilih je"),
    (award(RANKED, "b", lot="A"), "vloga b v razdelitvi: v izidu je ni, po pravilih je"),
]


@pytest.mark.parametrize(("changed", "refusal"), COMPLETE)
def test_who_is_ranked_and_who_gets_money(changed: Claims, refusal: str) -> None:
    """Nothing further can be said of a result that is about other applications."""
    certificate = certified(RANKED, changed)
    assert refusals(certificate) == {"complete": refusal}
    assert len(certificate.checks) == 1


PLACES = [
    (
        places(RANKED, lambda found: (found[0]._replace(place=2), *found[1:])),
        "vloga a: v izidu 2. mesto, po pravilih 1. mesto",
    ),
    (
        places(RANKED, lambda found: (found[0]._replace(keys=(Fraction(7, 2),)), *found[1:])),
        "vloga a, ključi vrstnega reda: v izidu 3,5, po pravilih 9",
    ),
    (
        places(RANKED, lambda found: (found[0]._replace(keys=(None, Fraction(1, 3))), *found[1:])),
        "vloga a, ključi vrstnega reda: v izidu –; 1/3, po pravilih 9",
    ),
    (ties(RANKED), "izenačenje 4 (d, e): v izidu ga ni, po pravilih deljeno mesto"),
    (ties(RANKED, TIE._replace(settled="open")), "izenačenje 4 (d, e): v izidu odprto, po pravilih ga ni"),
    (ties(RANKED, TIE, TIE._replace(name="5", settled="draw")), "izenačenje 5 (d, e): v izidu žreb, po pravilih ga ni"),
]


@pytest.mark.parametrize(("changed", "refusal"), PLACES)
def test_places_and_ties(changed: Claims, refusal: str) -> None:
    assert refusals(certified(RANKED, changed)) == {"places": refusal}


PASSES = (("general", 90000), ("second_pass", 10000))
MONEY = [
    (RANKED, lot(RANKED, "", amount=5), {"sums": "razpis, razpisano: v izidu 0,05 EUR, po pravilih 1.000,00 EUR"}),
    (
        RANKED,
        replace(said(RANKED), lots=()),
        {"sums": "razpis, razpisano: v izidu ni podatka, po pravilih 1.000,00 EUR"},
    ),
    (TWO_LOTS, lot(TWO_LOTS, "A", received=1), {"sums": "sklop A, prejeto: v izidu 0,01 EUR, po pravilih 100,00 EUR"}),
    (TWO_LOTS, lot(TWO_LOTS, "B", given=0), {"sums": "sklop B, oddano: v izidu 0,00 EUR, po pravilih 100,00 EUR"}),
    (
        RANKED,
        award(RANKED, "a", cents=40001),
        {
            "sums": "razpis: preseženo za 0,01 EUR",
            "own": "vloga a: 400,01 EUR > 400,00 EUR (request)",
            "order": "vloga a (1. mesto): v izidu 400,01 EUR, po pravilih 400,00 EUR",
            "limits": "vloga c: v izidu »joint«, po pravilih »budget«",
        },
    ),
    (
        RANKED,
        award(RANKED, "e", cents=-1),
        {
            "own": "vloga e: -0,01 EUR < 0,00 EUR",
            "order": "vloga e (4. mesto): v izidu -0,01 EUR, po pravilih 0,00 EUR",
        },
    ),
    (RANKED, award(RANKED, "b", cents=0), {"order": "vloga b (2. mesto): v izidu 0,00 EUR, po pravilih 100,00 EUR"}),
    (RANKED, award(RANKED, "c", available=1), {"order": "vloga c, na voljo: v izidu 0,01 EUR, po pravilih 500,00 EUR"}),
    (RANKED, award(RANKED, "c", undecided=True), {"order": "vloga c, čaka na izenačenje: v izidu da, po pravilih ne"}),
    (RANKED, award(RANKED, "c", share=1), {"order": "vloga c, delež: v izidu 0,01 EUR, po pravilih ni podatka"}),
    (RANKED, award(RANKED, "b", limited_by="request"), {"limits": "vloga b: v izidu »request«, po pravilih »joint«"}),
    (RANKED, award(RANKED, "b", limited_by=""), {"limits": "vloga b: v izidu ni podatka, po pravilih »joint«"}),
    (RANKED, lot(RANKED, "", value=5), {"order": "razpis, vrednost točke: v izidu 0,05 EUR, po pravilih ni podatka"}),
    (
        TWO_LOTS,
        award(TWO_LOTS, "a", passes=PASSES[:1]),
        {
            "order": "vloga a: v izidu general 900,00 EUR, po pravilih general 900,00 EUR; second_pass 0,00 EUR",
            "sums": "sklop A, prejeto: v izidu 100,00 EUR, po pravilih 0,00 EUR",
        },
    ),
    (
        TWO_LOTS,
        award(TWO_LOTS, "a", cents=99999),
        {
            "order": "vloga a: v izidu general 900,00 EUR; second_pass 100,00 EUR, "
            "po pravilih general 900,00 EUR; second_pass 100,00 EUR"
        },
    ),
    (
        SHARED,
        award(SHARED, "f", cents=0),
        {
            "shares": "vloga f (5. mesto): v izidu 0,00 EUR, po pravilih 234,00 EUR",
            "rounding": "vloga f (5. mesto): v izidu 0,00 EUR, po pravilih 234,00 EUR",
            "left": "razpis: ostane 234,00 EUR",
        },
    ),
    (
        SHARED,
        award(SHARED, "b", cents=13299),
        {
            "own": "vloga b: 132,99 EUR ni večkratnik 1,00 EUR",
            "rounding": "vloga b (2. mesto): v izidu 132,99 EUR, po pravilih 133,00 EUR",
        },
    ),
    (
        SHARED,
        award(SHARED, "a", share=Fraction(1, 3)),
        {"shares": "vloga a, delež: v izidu 1/300 EUR, po pravilih 199,80 EUR"},
    ),
    (
        SHARED,
        lot(SHARED, "", exact_value=7),
        {"shares": "razpis, vrednost točke: v izidu 0,07 EUR, po pravilih 234/11 EUR"},
    ),
    (
        SHARED,
        lot(SHARED, "", value=None),
        {"shares": "razpis, vrednost točke: v izidu ni podatka, po pravilih 234/11 EUR"},
    ),
    (
        SHARED,
        award(SHARED, "c", rounded_down=True),
        {"rounding": "vloga c, zaokroženo navzdol: v izidu da, po pravilih ne"},
    ),
    (
        SHARED,
        award(SHARED, "c", last_cents=1),
        {"rounding": "vloga c, ostanek zaokroževanja: v izidu 0,01 EUR, po pravilih 0,00 EUR"},
    ),
    (
        SHARED,
        award(SHARED, "e", cents=1000),
        {
            "sums": "razpis: preseženo za 10,00 EUR",
            "shares": "vloga e (6. mesto): v izidu 10,00 EUR, po pravilih 0,00 EUR",
            "rounding": "vloga e (6. mesto): v izidu 10,00 EUR, po pravilih 0,00 EUR",
            "least": "vloga e: 10,00 EUR < 50,00 EUR",
            "left": "razpis: ostane -10,00 EUR",
        },
    ),
    (
        SHARED,
        award(SHARED, "e", cents=1),
        {
            "sums": "razpis: preseženo za 0,01 EUR",
            "own": "vloga e: 0,01 EUR ni večkratnik 1,00 EUR",
            "rounding": "vloga e (6. mesto): v izidu 0,01 EUR, po pravilih 0,00 EUR",
            "least": "vloga e: 0,01 EUR < 50,00 EUR",
            "left": "razpis: ostane -0,01 EUR",
        },
    ),
    (
        SHARED,
        award(SHARED, "f", limited_by="minimum"),
        {
            "least": "vloga f: v izidu »minimum«, po pravilih »level«",
            "limits": "vloga f: v izidu »minimum«, po pravilih »level«",
        },
    ),
]


@pytest.mark.parametrize(("evaluation", "changed", "expected"), MONEY)
def test_the_division(evaluation: Evaluation, changed: Claims, expected: dict[str, str]) -> None:
    assert refusals(certified(evaluation, changed)) == expected


@pytest.mark.parametrize(
    ("per", "whose"), [("applicant", "omejitev »joint« za prijavitelja P"), ("all", "omejitev »joint«")]
)
def test_a_limit_that_is_exceeded_is_named(per: str, whose: str) -> None:
    found = divided(rules(f"limits: {{joint: {{amount: 500, per: {per}}}}}"), a=Ask(9, 800, applicant="P"))
    assert refusals(certified(found, award(found, "a", cents=50001)))["sums"] == f"{whose}: preseženo za 0,01 EUR"


def test_a_refusal_in_english() -> None:
    changed = award(RANKED, "a", cents=40001)
    assert refusals(certified(RANKED, changed), "en") == {
        "sums": "the call: exceeded by 0.01 EUR",
        "own": "application a: 400.01 EUR > 400.00 EUR (request)",
        "order": "application a (place 1): claimed 400.01 EUR, by the rules 400.00 EUR",
        "limits": "application c: claimed 'joint', by the rules 'budget'",
    }
    assert refusals(certified(RANKED, places(RANKED, lambda found: found[1:])), "en") == {
        "complete": "application a in the ranking: claimed absent, by the rules present"
    }
    assert refusals(certified(TWO_LOTS, awards(TWO_LOTS, lambda found: found[1:])), "en") == {
        "complete": "application a (lot A) in the division: claimed absent, by the rules present"
    }
    other = places(RANKED, lambda found: (found[0]._replace(keys=(1,)), *found[1:]))
    assert refusals(certified(RANKED, other), "en") == {
        "places": "application a, keys of the order: claimed 1, by the rules 9"
    }
    assert refusals(certified(RANKED, ties(RANKED)), "en") == {
        "places": "tie 4 (d, e): claimed none, by the rules shared place"
    }
    assert refusals(certified(SHARED, award(SHARED, "e", cents=1)), "en")["own"] == (
        "application e: 0.01 EUR is not a multiple of 1.00 EUR"
    )
    assert refusals(certified(SHARED, lot(SHARED, "", value=None)), "en") == {
        "shares": "the call, value of a point: claimed none, by the rules 234/11 EUR"
    }


def test_money_left_is_noticed_also_beside_one_without_weight() -> None:
    found = divided(rules("fill: proportional"), a=Ask(3, 900), b=Ask(1, 900), z=Ask(0, 900))
    assert refusals(certified(found, award(found, "b", cents=0)))["left"] == "razpis: ostane 250,00 EUR"


def test_a_wrong_share_is_told_beside_the_exact_one() -> None:
    call = rules("fill: proportional, last_cent: first_in_rank", "budget: 10", keys="[line]")
    found = divided(call, a=Ask(1, 900), b=Ask(1, 900), c=Ask(1, 900))
    assert refusals(certified(found, award(found, "a", cents=300)))["shares"] == (
        "vloga a (1. mesto): v izidu 3,00 EUR, po pravilih ≈ 3,33 EUR"
    )


def test_a_draw_is_asked_for_only_where_the_rules_draw() -> None:
    assert certified(RANKED, said(RANKED), draw("4", "e", "d")).failing == ()


def test_of_two_set_asides_that_bind_alike_the_first_is_named() -> None:
    kept = "set_asides: {youth: {where: young, amount: 400, unused: stays}, small: {where: points < 3, amount: 400, unused: stays}}"
    found = divided(rules(kept), a=Ask(9, 700))
    assert found.certificate.failing == ()
    assert [award.limited_by for award in found.lots[0].awards] == ["youth"]
