"""Marks of strict and lenient members on a common scale."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from razpis.engine.cases import Mark, Marks
from razpis.engine.evaluation import Evaluation
from razpis.engine.money import Number
from razpis.engine.problems import Problems
from razpis.engine.rulebook import Rulebook
from razpis.engine.scoring.score import Marked
from tests.engine.making import by_id, case, evaluated, rulebook

Sheet = Mapping[str, Mapping[str, Number | None]]
"""Marks by application and member; ``None`` is a recusal."""

THREE = {"a": {"Ana": 6, "Bor": 9}, "b": {"Ana": 4, "Bor": 8}, "c": {"Ana": 2, "Bor": 7}}


def call(scale: str, more: str = "", lots: str = "") -> Rulebook:
    return rulebook(
        "fields: {name: {type: text, label: Ime}, ok: {type: yes_no, label: V redu}}\n",
        f"criteria: {{q: {{kind: marks, title: Kakovost, max: 10, step: null, {more}common_scale: {{{scale}}}}}}}\n",
        "conditions: {ok: {text: V redu, test: ok}}\n",
        lots,
    )


def marked(rules: Rulebook, sheet: Sheet, refused: str = "", lots: Mapping[str, str] | None = None) -> Evaluation:
    given_: Marks = {
        (id_, "q"): tuple(Mark(member, points, "" if points is None else "razlog") for member, points in row.items())
        for id_, row in sheet.items()
    }
    cases = [case(rules, id_, name=id_, ok=id_ not in refused, lot=(lots or {}).get(id_, "")) for id_ in sheet]
    return evaluated(rules, cases, given_)


def scaled(found: Evaluation) -> dict[str, tuple[Number, ...]]:
    return {
        id_: line.score.criteria[0].basis.scaled
        for id_, line in by_id(found).items()
        if line.score.criteria and isinstance(line.score.criteria[0].basis, Marked)
    }


def points(found: Evaluation) -> dict[str, Number | None]:
    return {id_: line.score.total for id_, line in by_id(found).items()}


def test_every_member_is_shifted_to_the_mean_of_all_marks() -> None:
    """Ana's mean is 4, Bor's 8, that of all 6."""
    found = marked(call("by: mean"), THREE)
    assert scaled(found) == {"a": (8, 7), "b": (6, 6), "c": (4, 5)}
    assert points(found) == {"a": Fraction(15, 2), "b": 6, "c": Fraction(9, 2)}


def test_spread_stretches_to_the_mean_distance_of_all_marks() -> None:
    """Ana's mean distance is 4/3, Bor's 2/3, that of all 2."""
    assert scaled(marked(call("by: spread"), THREE)) == {"a": (9, 9), "b": (6, 6), "c": (3, 3)}


@pytest.mark.parametrize("by", ["mean", "spread"])
def test_equal_marks_of_a_member_all_become_the_mean_of_all(by: str) -> None:
    sheet = {"a": {"Ana": 2, "Bor": 9}, "b": {"Ana": 2, "Bor": 7}}
    found = marked(call(f"by: {by}"), sheet)
    assert [marks[0] for marks in scaled(found).values()] == [5, 5]
    assert found.certificate.failing == ()


def test_where_all_marks_are_equal_nothing_changes() -> None:
    sheet = {"a": {"Ana": 4, "Bor": 4}, "b": {"Ana": 4, "Bor": 4}}
    assert scaled(marked(call("by: spread"), sheet)) == {"a": (4, 4), "b": (4, 4)}


def test_who_marked_too_few_keeps_its_marks() -> None:
    sheet = {**THREE, "c": {"Ana": 2, "Bor": 7, "Cene": 1}}
    found = marked(call("by: mean"), sheet)
    assert scaled(found)["c"][2] == 1
    assert found.certificate.failing == ()
    assert scaled(marked(call("by: mean, least: 4"), THREE))["a"] == (6, 9)


def test_a_mark_stays_within_the_scale() -> None:
    sheet = {"a": {"Ana": 10, "Bor": 10}, "b": {"Ana": 0, "Bor": 9}, "c": {"Ana": 0, "Bor": 8}}
    found = marked(call("by: mean"), sheet)
    assert scaled(found)["a"] == (10, Fraction(43, 6))
    assert scaled(found)["c"][0] == Fraction(37, 6) - Fraction(10, 3)
    low = marked(call("by: mean"), {"a": {"Ana": 10, "Bor": 0}, "b": {"Ana": 10, "Bor": 1}, "c": {"Ana": 0, "Bor": 0}})
    assert scaled(low)["c"][0] == 0


def test_recusals_agreed_marks_and_refused_applications_do_not_count() -> None:
    sheet = {**THREE, "d": {"Ana": None, "Bor": 1}, "e": {"agreed": 1, "Ana": 10}}
    plain = scaled(marked(call("by: mean"), {**THREE, "d": {"Bor": 1}, "e": {"Ana": 10}}))
    found = marked(call("by: mean"), sheet)
    assert (scaled(found)["a"], scaled(found)["e"], points(found)["e"]) == (plain["a"], (), 1)
    assert scaled(marked(call("by: mean"), {**THREE, "z": {"Ana": 10}}, refused="z")) == {
        "a": (8, 7),
        "b": (6, 6),
        "c": (4, 5),
    }
    assert found.certificate.failing == ()


def test_marks_that_wait_for_more_count_too() -> None:
    sheet = {**THREE, "d": {"Ana": 10}}
    found = marked(call("by: mean", "minimum_marks: 2, "), sheet)
    assert points(found)["d"] is None
    assert scaled(found)["a"] != (8, 7)
    assert found.certificate.failing == ()


def test_the_better_one_stays_the_better_one_where_a_lower_mark_is_better() -> None:
    found = marked(call("by: mean", "lowest_is_best: true, "), THREE)
    assert points(found) == {"a": Fraction(5, 2), "b": 4, "c": Fraction(11, 2)}


@pytest.mark.parametrize(("among", "first"), [("lot", (4, 4)), ("call", (Fraction(11, 2), Fraction(5, 2)))])
def test_the_scale_is_that_of_the_lot_or_of_the_call(among: str, first: tuple[Number, ...]) -> None:
    """In the lot Ana's mean is 3, Bor's 5, of all 4; in the call 2 and 7, of all 4.5."""
    lots = "lots: {A: {amount: 1}, B: {amount: 1}}\nallocation: {request: money}\n"
    rules = rulebook(
        "fields: {money: {type: euro, label: Znesek}}\n",
        f"criteria: {{q: {{kind: marks, title: Q, max: 10, common_scale: {{by: mean, among: {among}}}}}}}\n",
        lots,
    )
    sheet = {"a": (3, 5), "b": (3, 5), "c": (1, 9), "d": (1, 9)}
    cases = [case(rules, id_, lot="A" if id_ in "ab" else "B", money=1) for id_ in sheet]
    found = evaluated(
        rules, cases, {(id_, "q"): (Mark("Ana", a, "r"), Mark("Bor", b, "r")) for id_, (a, b) in sheet.items()}
    )
    assert scaled(found)["a"] == first
    assert found.certificate.failing == ()


def test_a_criterion_that_does_not_count_lends_no_marks() -> None:
    found = marked(call("by: mean", "applies: name != 'z', "), {**THREE, "z": {"Ana": 10}})
    assert scaled(found)["a"] == (8, 7)


SCALED, PLAIN = (
    "  q: {kind: marks, title: Q, max: 10, common_scale: {by: mean}}\n",
    "  p: {kind: marks, title: P, max: 10}\n",
)


@pytest.mark.parametrize("criteria", [SCALED + PLAIN, PLAIN + SCALED])
def test_criteria_without_a_scale_stand_beside_it(criteria: str) -> None:
    rules = rulebook("fields: {name: {type: text, label: Ime}}\n", f"criteria:\n{criteria}")
    given_ = {
        (id_, key): tuple(Mark(member, points, "r") for member, points in row.items())
        for id_, row in THREE.items()
        for key in "qp"
    }
    found = evaluated(rules, [case(rules, id_, name=id_) for id_ in THREE], given_)
    assert points(found) == {"a": 15, "b": 12, "c": 9}
    assert found.certificate.failing == ()


def test_where_its_condition_has_no_value_that_is_told() -> None:
    with pytest.raises(Problems) as found:
        marked(call("by: mean", "applies: 1 / (1 if ok else 0) > 0 and 1 / (0 if ok else 1) > 0, "), THREE)
    assert len(found.value.problems) == 3


POINTS = st.integers(0, 20).map(lambda halves: Fraction(halves, 2))
SHEETS = st.lists(st.tuples(POINTS, POINTS, POINTS), min_size=2, max_size=6).map(
    lambda rows: {f"v{at}": dict(zip(("Ana", "Bor", "Cene"), row, strict=True)) for at, row in enumerate(rows)}
)
BY = st.sampled_from(["mean", "spread"])


def within(found: Evaluation) -> bool:
    """Whether no mark was held at an end of the scale."""
    return all(0 < one < 10 for marks in scaled(found).values() for one in marks)


@given(SHEETS, BY)
def test_the_means_are_equal_where_nothing_is_held(sheet, by) -> None:
    found = marked(call(f"by: {by}"), sheet)
    assume(within(found))
    columns = list(zip(*scaled(found).values(), strict=True))
    every = [points for row in sheet.values() for points in row.values()]
    assert [sum(column) * len(every) for column in columns] == [sum(every) * len(column) for column in columns]


@given(SHEETS)
def test_the_mean_distances_are_equal_where_nothing_is_held(sheet) -> None:
    found = marked(call("by: spread"), sheet)
    assume(within(found))
    every = [points for row in sheet.values() for points in row.values()]
    mean = sum(every) / len(every)
    wanted = sum(abs(one - mean) for one in every) / len(every)
    for column in zip(*scaled(found).values(), strict=True):
        assert sum(abs(one - mean) for one in column) / len(column) in (0, wanted)


@given(SHEETS, BY)
def test_the_order_of_each_member_s_marks_stays(sheet, by) -> None:
    found = scaled(marked(call(f"by: {by}"), sheet))
    for at, member in enumerate(("Ana", "Bor", "Cene")):
        pairs = [(sheet[id_][member], found[id_][at]) for id_ in sheet]
        assert [(a, b) for a in pairs for b in pairs if a[0] < b[0] and a[1] > b[1]] == []


@given(SHEETS, BY, st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(sheet, by, shuffler) -> None:
    mixed = list(sheet.items())
    shuffler.shuffle(mixed)
    rules = call(f"by: {by}")
    assert points(marked(rules, dict(mixed))) == points(marked(rules, sheet))


@settings(suppress_health_check=[HealthCheck.filter_too_much])  # few sheets leave room for lower marks
@given(SHEETS, st.integers(1, 5))
def test_a_member_who_marks_all_lower_by_the_same_changes_no_order(sheet, lower) -> None:
    """Shifted marks are compared after the shift: only the common mean moves."""
    shifted = {id_: {**row, "Ana": row["Ana"] - lower} for id_, row in sheet.items()}
    assume(all(row["Ana"] >= 0 for row in shifted.values()))
    before, after = marked(call("by: mean"), sheet), marked(call("by: mean"), shifted)
    assume(within(before) and within(after))
    rise = {id_: points(before)[id_] - points(after)[id_] for id_ in sheet}
    assert set(rise.values()) == {Fraction(lower, 3)}


@given(SHEETS, BY)
def test_it_is_certified(sheet, by) -> None:
    found = marked(call(f"by: {by}"), sheet).certificate
    assert found.failing == ()
    assert "common_scale" in [check.name for check in found.checks]
