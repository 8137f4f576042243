"""The certificate on a threshold from the money: the right one is accepted, every other refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.allocation.sharing import Ask, divided, rules
from tests.engine.certificate.calls import Call, calls
from tests.engine.certificate.refusing import certified, lot, refusals, said, with_awards

STATED = ["at_most: 1", "at_most: 2.5", "at_least: 1", "at_least: 0.3", "nearest: 1", "nearest: 0.8, at_least: 0.7"]
ABOVE = st.builds(
    "{}, money_threshold: {{{}}}".format,
    st.sampled_from(
        [
            "fill: rank",
            "fill: rank, edge: skip, most_winners: 2",
            "fill: proportional",
            "fill: proportional, resharing: false, minimum_grant: {amount: 20}",
            "fill: proportional, fixed_part: 20, value_of_point: {round: 2}",
        ]
    ),
    st.sampled_from(STATED),
)
PLAIN = calls(ABOVE, passes=st.just(""))


@given(PLAIN)
def test_what_the_engine_finds_is_certified(call: Call) -> None:
    found = call.evaluated().certificate
    assert found.failing == ()
    assert "money_threshold" in [check.name for check in found.checks]


@given(PLAIN, st.data())
def test_another_threshold_is_refused(call, data) -> None:
    evaluation = call.evaluated()
    claims = said(evaluation)
    one = data.draw(st.sampled_from(claims.lots))
    totals = {line.score.total for line in evaluation.lines if line.case.lot == one.lot}
    other = data.draw(st.sampled_from(sorted({-1, 99} | totals - {one.threshold})))
    changed = replace(
        claims, lots=tuple(replace(found, threshold=other) if found is one else found for found in claims.lots)
    )
    assert "money_threshold" in [check.name for check in certified(evaluation, changed, call.draws).failing]


@given(PLAIN, st.data(), st.sampled_from([-1, 1]))
def test_a_cent_more_or_less_is_refused(call, data, cent) -> None:
    evaluation = call.evaluated()
    one = data.draw(st.sampled_from(said(evaluation).awards))
    passes = one.passes
    if passes:
        passes = (*passes[:-1], (passes[-1][0], passes[-1][1] + cent))
    other = replace(one, cents=one.cents + cent, passes=passes)
    assert not certified(evaluation, with_awards(said(evaluation), other), call.draws).ok


FIVE = {"a": Ask(90, 600), "b": Ask(80, 500), "c": Ask(80, 400), "d": Ask(70, 300), "e": Ask(60, 900)}


# At 80 points all want exactly 1.5 times the money; 1.05 times is as far from there as from what 90 points give.
EXACT = ["at_most: 1.5", "at_most: 3", "at_least: 1.5", "nearest: 1.05", "nearest: 1.5, at_least: 1.5"]


@pytest.mark.parametrize("stated", [*STATED, *EXACT])
@pytest.mark.parametrize("least", [None, 90, 80, 75, 70, 60])
def test_only_the_threshold_found_is_right(stated: str, least: int | None) -> None:
    found = divided(rules(f"fill: proportional, money_threshold: {{{stated}}}"), **FIVE)
    (right,) = (one.threshold for one in found.lots)
    told = refusals(certified(found, lot(found, "", threshold=least))).get("money_threshold")
    shown = "–" if least is None else least
    assert told == (None if least == right else f"razpis, prag po denarju {shown}")


def test_a_total_at_which_nothing_is_wanted_may_be_the_nearest() -> None:
    found = divided(rules("fill: rank, money_threshold: {nearest: 1}", "budget: 100"), a=Ask(90, 0), b=Ask(80, 900))
    assert [(one.threshold, found.certificate.failing) for one in found.lots] == [(90, ())]


def test_a_wrong_threshold_is_told_in_english_too() -> None:
    found = divided(rules("fill: rank, money_threshold: {at_most: 1}"), **FIVE)
    told = refusals(certified(found, lot(found, "", threshold=75)), "en")
    assert told["money_threshold"] == "the call, threshold from the money 75"


def test_a_lot_nobody_tells_of_has_no_threshold() -> None:
    found = divided(rules("fill: rank, money_threshold: {at_most: 1}"), **FIVE)
    changed = replace(said(found), lots=())
    assert refusals(certified(found, changed))["money_threshold"] == "razpis, prag po denarju –"


def test_money_below_the_threshold_is_refused() -> None:
    found = divided(rules("fill: rank, money_threshold: {at_most: 1}"), **FIVE)
    claims = said(found)
    (e,) = (one for one in claims.awards if one.id == "e")
    changed = with_awards(claims, replace(e, cents=10_000))
    assert refusals(certified(found, changed))["own"] == "vloga e: 100,00 EUR > 0,00 EUR (money_threshold)"


def test_where_the_rules_name_no_threshold_none_may_be_claimed() -> None:
    found = divided(rules("fill: rank"), a=Ask(9, 900))
    assert refusals(certified(found, lot(found, "", threshold=9)), "en") == {
        "money_threshold": "the call, threshold from the money 9"
    }
