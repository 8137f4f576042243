"""Members' sums too far apart: nobody's points until it is settled, then those of the two closest sums."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.cases import Mark
from razpis.engine.money import Number
from razpis.engine.problems import Problems
from razpis.engine.rulebook import Rulebook
from razpis.engine.scoring import Score, Standing
from razpis.engine.scoring.score import Disagreement, Marked
from tests.engine.making import case, rulebook, score_of

FORM = "fields: {name: {type: text, label: Naziv, required: false}, size: {type: integer, label: Velikost, required: false}}\n"
CRITERIA = """
sections: {content: {title: Vsebina}}
criteria:
  one: {kind: marks, title: Ena, max: 50, section: content}
  two: {kind: marks, title: Dve, max: 50, section: content}
  three: {kind: marks, title: Tri, max: 50}
"""


def rules(stated: str, criteria: str = CRITERIA, minimum: int = 2) -> Rulebook:
    return rulebook(FORM, criteria, f"commission: {{minimum_marks: {minimum}, discrepancies: [{{{stated}}}]}}")


def sheets(**members: tuple[Number | None, ...]) -> dict[tuple[str, str], tuple[Mark, ...]]:
    """What each member gave in criteria one, two, three; ``None``: no mark."""
    return {
        ("a", key): tuple(Mark(name, points[at], "") for name, points in members.items() if points[at] is not None)
        for at, key in enumerate(("one", "two", "three"))
    }


def scored(stated: str, minimum: int = 2, criteria: str = CRITERIA, **members: tuple[Number | None, ...]) -> Score:
    found = rules(stated, criteria, minimum)
    return score_of(found, case(found), sheets(**members))


NEAR = {"M": (40, 40, 40), "N": (30, 40, 40)}
FAR = {"M": (40, 40, 40), "N": (30, 30, 30)}


@pytest.mark.parametrize(
    ("stated", "members", "total"),
    [
        ("points: 29, then: agreed", NEAR, 115),
        ("points: 29, then: agreed", FAR, None),
        ("points: 30, then: agreed", FAR, 105),
        ("points: 30, bound: at_least, then: agreed", FAR, None),
        ("percent: 25, then: agreed", FAR, 105),
        ("percent: 25, bound: at_least, then: agreed", FAR, None),
        ("percent: 24, then: agreed", FAR, None),
        ("percent: 0, bound: at_least, then: agreed", {"M": (1, 2, 3), "N": (3, 2, 1)}, 6),
        ("percent: 0, then: agreed", {"M": (50, 50, 50), "N": (50, 50, 49)}, None),
        ("points: 29, unless_below: 121, then: agreed", FAR, 105),
        ("points: 29, unless_below: 120, then: agreed", FAR, None),
        ("points: 19, of: content, then: agreed", NEAR, 115),
        ("points: 19, of: content, then: agreed", FAR, None),
        ("points: 20, of: content, then: agreed", FAR, 105),
    ],
)
def test_sums_further_apart_than_stated_give_no_points(
    stated: str, members: dict[str, tuple[Number, ...]], total: Number | None
) -> None:
    found = scored(stated, **members)
    assert found.total == total
    assert found.standing is (Standing.NOT_SCORED if total is None else Standing.RANKED)


def test_the_basis_names_the_sums_and_what_they_are_of() -> None:
    found = scored("points: 19, of: content, then: agreed", **FAR).criteria
    given_marks = sheets(**FAR)
    assert found[0].basis == Disagreement(given_marks["a", "one"], "agreed", "content", (80, 60))
    assert found[2].basis == Marked(given_marks["a", "three"], 35, None)


def test_a_further_member_settles_by_the_two_closest_sums() -> None:
    waits = scored("points: 29, then: further_member", **FAR)
    assert waits.standing is Standing.NOT_SCORED
    found = scored("points: 29, then: further_member", **FAR, O=(50, 20, 42))
    assert [one.points for one in found.criteria] == [45, 30, 41]
    basis = found.criteria[0].basis
    assert isinstance(basis, Marked)
    assert ([mark.member for mark in basis.marks], basis.counted) == (["M", "N", "O"], ("M", "O"))


def test_members_of_equal_sums_are_not_told_apart_by_their_names() -> None:
    found = scored("points: 29, then: further_member", M=(10, 10, 10), N=(20, 30, 40), O=(40, 30, 20), P=(30, 20, 40))
    assert [one.points for one in found.criteria] == [30, Fraction(80, 3), Fraction(100, 3)]


def test_an_agreed_value_stands_for_all_marks_of_its_criterion() -> None:
    found = rules("points: 15, then: agreed")
    given_marks = sheets(**FAR)
    given_marks["a", "one"] += (Mark("agreed", 40, "dogovor"),)
    score = score_of(found, case(found), given_marks)
    assert isinstance(score.criteria[0].basis, Marked)
    assert score.criteria[1].basis == Disagreement(given_marks["a", "two"], "agreed", "total", (120, 100))
    given_marks["a", "two"] += (Mark("agreed", 30, "dogovor"),)
    assert score_of(found, case(found), given_marks).total == 105
    given_marks["a", "three"] += (Mark("agreed", 30, "dogovor"),)
    assert score_of(found, case(found), given_marks).total == 100


def test_sums_are_not_looked_at_before_all_marks_are_there() -> None:
    found = scored("points: 1, then: agreed", M=(40, 40, 40), N=(10, 10, None))
    assert [one.points for one in found.criteria] == [25, 25, None]


def test_a_member_who_did_not_mark_everything_has_no_sum() -> None:
    found = scored("points: 1, then: agreed", 1, M=(40, 40, 40), N=(10, 10, None))
    assert found.total == 90


def test_weights_and_turned_scales_count_in_the_sum() -> None:
    criteria = """
    criteria:
      one: {kind: marks, title: Ena, min: 1, max: 50, lowest_is_best: true}
      two: {kind: marks, title: Dve, max: 50, weight: 2}
      three: {kind: marks, title: Tri, max: 50, combine: agreed}
    """
    given_marks = sheets(M=(1, 10, None), N=(50, 20, None))
    given_marks["a", "three"] = (Mark("agreed", 5, "dogovor"),)
    found = rules("points: 1, then: agreed", criteria)
    basis = score_of(found, case(found), given_marks).criteria[0].basis
    assert isinstance(basis, Disagreement)
    assert basis.sums == (70, 41)


def test_a_criterion_that_does_not_count_here_is_not_in_the_sum() -> None:
    criteria = CRITERIA.replace("title: Tri", 'title: Tri, applies: "not answered(size) or 1 / (size - 1) > 1"')
    found = rules("points: 29, then: agreed", criteria)
    assert score_of(found, case(found, size=5), sheets(**FAR)).total == 70
    with pytest.raises(Problems) as caught:
        score_of(found, case(found, size=1), sheets(**FAR))
    assert "vloga a, Tri: " in caught.value.problems[0].text.sl


def test_a_criterion_that_counts_by_its_condition_is_in_the_sum() -> None:
    criteria = CRITERIA.replace("title: Tri", 'title: Tri, applies: "not answered(size) or size > 1"')
    found = rules("points: 29, then: agreed", criteria)
    assert score_of(found, case(found, size=5), sheets(**FAR)).total is None


def test_a_criterion_may_need_more_marks_than_the_commission_states() -> None:
    criteria = CRITERIA.replace("title: Tri", "title: Tri, minimum_marks: 3")
    found = scored("points: 29, then: agreed", criteria=criteria, **FAR)
    assert [one.points for one in found.criteria] == [35, 35, None]
    four = {"M": (50, 50, 50), "N": (40, 40, 40), "O": (30, 29, 30), "P": (0, 0, 0)}
    pair = scored("points: 29, then: further_member", criteria=criteria, **four)
    assert [one.points for one in pair.criteria] == [45, 45, 45]


@given(st.lists(st.tuples(*[st.integers(0, 50)] * 3), min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_neither_names_nor_order_decide_and_no_points_leave_the_range_of_marks(lists, shuffler) -> None:
    found = rules("points: 10, then: further_member")
    mixed = list(lists)
    shuffler.shuffle(mixed)
    totals = []
    for rows in (lists, mixed):
        score = score_of(found, case(found), sheets(**{f"M{at}": row for at, row in enumerate(rows)}))
        totals.append([one.points for one in score.criteria])
        for at, one in enumerate(score.criteria):
            column = [row[at] for row in rows]
            assert one.points is None or min(column) <= one.points <= max(column)
    assert totals[0] == totals[1]
