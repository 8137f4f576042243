"""The certificate on fixed parts: what the fill gives is accepted, anything else refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from razpis.engine.certificate.entries import Entry
from razpis.engine.certificate.fixed_parts import unequal
from razpis.engine.certificate.turns import Turn, Verdict
from tests.engine.allocation.sharing import Ask, divided, rules
from tests.engine.certificate.calls import Call, calls
from tests.engine.certificate.refusing import award, certified, refusals, said, with_awards

FIXED = st.builds(
    "fill: proportional, fixed_part: {}, resharing: {}, last_cent: {}, {}".format,
    st.sampled_from(["10", "40", "cost * 0.2", "30 if young else 12.34"]),
    st.sampled_from(["true", "false"]),
    st.sampled_from(["nobody", "largest_remainder", "first_in_rank", "last_in_rank", "largest_award"]),
    st.sampled_from(["article: a", "value_of_point: {round: 2}", "leftovers: second_pass"]),
)
CALLS = calls(FIXED, passes=st.just(""))


@given(CALLS)
def test_what_the_fill_gives_is_certified(call: Call) -> None:
    found = call.evaluated().certificate
    assert found.failing == ()
    assert "fixed" in [check.name for check in found.checks]


@given(CALLS, st.data(), st.sampled_from([-1, 1]))
def test_a_cent_more_or_less_is_refused(call, data, cent) -> None:
    evaluation = call.evaluated()
    one = data.draw(st.sampled_from(said(evaluation).awards))
    at = data.draw(st.integers(0, len(one.passes) - 1))
    passes = (*one.passes[:at], (one.passes[at][0], one.passes[at][1] + cent), *one.passes[at + 1 :])
    other = replace(one, cents=one.cents + cent, passes=passes)
    assert not certified(evaluation, with_awards(said(evaluation), other), call.draws).ok


@given(CALLS, st.data())
def test_a_cent_moved_from_the_fixed_part_to_the_rest_is_refused(call, data) -> None:
    evaluation = call.evaluated()
    several = [one for one in said(evaluation).awards if len(one.passes) > 1 and one.passes[0][1]]
    assume(several)
    one = data.draw(st.sampled_from(several))
    (name, cents), (other, more), *rest = one.passes
    moved = replace(one, passes=((name, cents - 1), (other, more + 1), *rest))
    assert not certified(evaluation, with_awards(said(evaluation), moved), call.draws).ok


def test_it_names_who_got_less_than_its_fixed_part() -> None:
    found = divided(rules("fill: proportional, fixed_part: 100"), a=Ask(60, 900), b=Ask(30, 150))
    changed = award(found, "a", cents=75_000, passes=(("fixed_part", 0), ("general", 75_000)))
    assert refusals(certified(found, changed))["fixed"] == "vloga a: v izidu 0,00 EUR, po pravilih 100,00 EUR"


SUM = ("lot", "")


def turn(id_: str, fixed: int, cents: int, ask: int | None = None, last: int = 0) -> tuple[Turn, Verdict]:
    """A turn in which a fixed part was given; ``last``: the last cents in it."""
    entry = Entry(id_, "", 1, False, {}, 1, (), 99_999, "request", (SUM,), fixed=fixed)
    verdict = Verdict(cents, "fixed_part", last_cents=last)
    return Turn(entry, "", 1, False, fixed if ask is None else ask, (SUM,), cents), verdict


@pytest.mark.parametrize(
    ("given_", "left", "wrong"),
    [
        ([turn("a", 100, 100), turn("b", 50, 50)], 900, []),
        ([turn("a", 100, 60), turn("b", 50, 30)], 0, []),
        ([turn("a", 100, 61), turn("b", 50, 29)], 1, []),
        ([turn("a", 100, 60), turn("b", 50, 30)], 2, ["a", "b"]),
        ([turn("a", 100, 70), turn("b", 50, 20)], 0, ["b"]),
        ([turn("a", 100, 101), turn("b", 50, 50)], 0, ["a"]),
        ([turn("a", 100, 40, ask=40), turn("b", 50, 20)], 0, []),
        ([turn("a", 0, 0), turn("b", 50, 20)], 0, []),
        ([turn("a", 1, 0), turn("b", 100, 60)], 0, []),
        ([turn("a", 100, 63, last=3), turn("b", 50, 30)], 0, []),
        ([turn("a", 100, 70), turn("b", 50, 30, last=4)], 0, ["b"]),
    ],
    ids=[
        "in full",
        "alike",
        "within rounding",
        "not used up",
        "preferred",
        "too much",
        "wants less",
        "none due",
        "a cent due",
        "beside the last cents",
        "by the last cents alone",
    ],
)
def test_less_than_a_fixed_part_needs_a_sum_that_is_used_up_and_prefers_nobody(given_, left, wrong) -> None:
    found = list(unequal(given_, {SUM: left}, 1))
    assert [one.sl.split(":")[0].removeprefix("vloga ") for one in found] == wrong


def test_fixed_parts_that_are_nothing_are_no_reason_for_less() -> None:
    """Below nothing: refused, though nobody under the limit has a share to compare with."""
    found = divided(rules("fill: proportional, fixed_part: 0", "budget: 0"), a=Ask(60, 900), b=Ask(30, 150))
    assert found.certificate.failing == ()
    changed = award(found, "a", cents=-1, passes=(("fixed_part", -1),))
    assert refusals(certified(found, changed))["fixed"] == "vloga a: v izidu -0,01 EUR, po pravilih 0,00 EUR"
