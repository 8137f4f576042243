"""The engine against a second reader of the rules, which knows the page of the format and none of the engine.

Compared is every column of results.csv. Not read a second time: ``discrepancy`` and ``discrepancies``, ``grades``,
``missing``, tables and all other expressions than those in ``meanings.py``, findings, ``deadline``, ``derived``;
several set-asides at once, ``set_asides`` over some of the lots, a ``second_pass`` over several set-asides, and the
explanations. What is drawn only in part, because the page does not say what holds there, stands in ``drawing.py``.
"""

from __future__ import annotations

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from razpis.engine.evaluation import Evaluation
from razpis.engine.problems import Problems
from tests.engine.certificate.refusing import award, certified
from tests.engine.second_reader.calls import Call, asked, results
from tests.engine.second_reader.dividing import Result, evaluated
from tests.engine.second_reader.drawing import divisions, passes
from tests.engine.second_reader.drawing_points import scorings
from tests.engine.second_reader.fixed import CALLS, CONSTRUCTS, words
from tests.engine.second_reader.numbers import Number, rounded


def read(call: Call) -> dict[str, dict[str, str]]:
    """What the second reader finds, written as results.csv is."""
    found = evaluated(call.rules, call.rows, call.marks, call.draws)
    return {id_: written(one, call) for id_, one in found.items()}


def written(one: Result, call: Call) -> dict[str, str]:
    found = {
        "lot": next(row["lot"] for row in call.rows if row["id"] == one.id),
        "place": str(one.place or ""),
        "points": "" if one.points is None else plain(one.points),
        "outcome": one.outcome,
        "award": f"{float(one.award):.2f}",
        "limited_by": one.limited_by,
    }
    kept = call.rules.get("allocation", {}).get("reserve_list")
    return found | ({"reserve": str(one.reserve or "")} if kept else {})


def plain(points: Number) -> str:
    """To six places where it does not end, without idle zeros."""
    return f"{float(rounded(points, 6)):.6f}".rstrip("0").rstrip(".")


def said(call: Call) -> Evaluation:
    """What the engine finds; rules that it refuses, because a threshold cannot be reached, are not compared."""
    try:
        return asked(call)
    except Problems:
        reject()


def agree(call: Call) -> None:
    evaluation = said(call)
    assert results(evaluation) == read(call)
    assert evaluation.certificate.failing == ()


def test_every_construct_stands_in_a_fixed_call() -> None:
    assert set(CONSTRUCTS.split()) - {word for call in CALLS.values() for word in words(call.rules)} == set()


@pytest.mark.parametrize("name", CALLS)
def test_both_say_the_same_of_a_fixed_call(name: str) -> None:
    assert results(asked(CALLS[name])) == read(CALLS[name])
    assert asked(CALLS[name]).certificate.failing == ()


@given(scorings())
def test_both_give_the_same_points_and_places(call: Call) -> None:
    agree(call)


@given(divisions())
def test_both_divide_the_money_alike(call: Call) -> None:
    agree(call)


@given(passes())
def test_both_divide_it_alike_in_several_passes(call: Call) -> None:
    agree(call)


@given(passes(), st.data())
def test_the_certificate_refuses_another_cent(call: Call, data: st.DataObject) -> None:
    evaluation = said(call)
    line = data.draw(st.sampled_from([line for line in evaluation.lines if line.ranked]))
    changed = line.cents + data.draw(st.sampled_from([-1, 1])) if line.cents else 1
    assert certified(evaluation, award(evaluation, line.case.id, cents=changed)).failing != ()
