"""The order: every key, places, ties that are shared, open or drawn, and draws that are refused."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.cases import Case, Draw
from razpis.engine.problems import Place, Problems
from razpis.engine.ranking import Ranked, Ranking, Tie, across, drawn_order
from razpis.engine.rulebook import Rulebook
from tests.engine.making import case, draw, evaluated, rulebook, said

FORM = """
fields:
  size: {type: integer, label: Velikost}
  age: {type: integer, label: Starost, required: false}
sections: {half: {title: Polovica, weight: 2}}
criteria:
  one: {kind: formula, title: Ena, points: size, section: half}
  two: {kind: formula, title: Dve, points: (age if answered(age) else 0)}
"""


def ranked_by(*keys: str, still_tied: str = "open") -> Rulebook:
    listed = "".join(f"\n    - {key}" for key in keys)
    return rulebook(FORM, f"ranking:\n  still_tied: {still_tied}\n  keys:{listed}")


def cases(rules: Rulebook, **answers: tuple[int, int | None]) -> list[Case]:
    return [
        case(rules, id_, line=line, size=size, age=age, submitted=f"2026-03-{line:02} 10:00")
        for line, (id_, (size, age)) in enumerate(answers.items(), 1)
    ]


def ranking(rules: Rulebook, entrants: Sequence[Case], draws: Mapping[str, Draw] | None = None) -> Ranking:
    (found,) = evaluated(rules, entrants, draws=draws).rankings
    return found


def places(found: Ranking) -> dict[str, int]:
    return {one.id: one.place for one in found.order}


ANSWERS: dict[str, Any] = {"a": (1, 9), "b": (3, 1), "c": (2, None)}


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("points", {"a": 11, "b": 7, "c": 4}),
        ("{points: true, order: lowest}", {"c": 4, "b": 7, "a": 11}),
        ("{criterion: one}", {"b": 3, "c": 2, "a": 1}),
        ("{criterion: one, order: lowest}", {"a": 1, "c": 2, "b": 3}),
        ("{section: half}", {"b": 6, "c": 4, "a": 2}),
        ("{expression: size * 2 - points}", {"c": 0, "b": -1, "a": -9}),
        ("{expression: points_two + points_half, order: lowest}", {"c": 4, "b": 7, "a": 11}),
        ("{expression: ranking_points * 2, order: lowest}", {"c": 8, "b": 14, "a": 22}),
        ("line", {"a": 1, "b": 2, "c": 3}),
        ("{line: true, order: highest}", {"c": 3, "b": 2, "a": 1}),
    ],
)
def test_every_kind_of_key_orders_in_its_direction(key: str, values: dict[str, int]) -> None:
    rules = ranked_by(key)
    found = ranking(rules, cases(rules, **ANSWERS))
    assert found == Ranking(
        "", tuple(Ranked(id_, at, (value,)) for at, (id_, value) in enumerate(values.items(), 1)), ()
    )


@pytest.mark.parametrize(("order", "expected"), [("", ["b", "a", "c"]), (", order: highest", ["c", "a", "b"])])
def test_the_earlier_submission_comes_first_to_the_second(order: str, expected: list[str]) -> None:
    rules = ranked_by(f"{{submitted_at: true{order}}}")
    moments = {"a": "2026-03-01 10:00:01", "b": "2026-03-01 10:00:00", "c": "2026-03-01 10:00:02"}
    entrants = [case(rules, id_, size=1, submitted=moment) for id_, moment in moments.items()]
    assert [one.id for one in ranking(rules, entrants).order] == expected


def test_the_hour_that_comes_twice_in_autumn_is_told_apart() -> None:
    """On 25 October 2026 the clock goes from 3:00 summer time back to 2:00: 2:10 comes before and after 2:50."""
    rules = ranked_by("submitted_at")
    base = [
        case(rules, id_, size=1, submitted=f"2026-10-25 {at}") for id_, at in (("late", "02:10"), ("early", "02:50"))
    ]
    first, second = base
    assert first.submitted_at is not None
    later = Case(**{name: getattr(first, name) for name in Case.__dataclass_fields__} | {
        "submitted_at": first.submitted_at.replace(fold=1)
    })  # fmt: skip
    assert [one.id for one in ranking(rules, [later, second]).order] == ["early", "late"]
    assert [one.id for one in ranking(rules, base).order] == ["late", "early"]


def test_the_value_of_a_moment_is_microseconds_so_that_nothing_is_lost() -> None:
    rules = ranked_by("submitted_at")
    values = [
        ranking(rules, [case(rules, size=1, submitted=moment)]).order[0].keys[0]
        for moment in ("2026-03-28 23:59:59.999999", "2026-03-29 00:00:00", "2026-03-29 04:00:00")
    ]
    first, second, third = values
    assert first is not None and second is not None and third is not None
    assert (second - first, third - second) == (1, 3 * 3600 * 1_000_000)  # the clock skips an hour that night


def test_a_blank_time_of_submission_is_told_not_guessed() -> None:
    rules = ranked_by("points", "submitted_at")
    with pytest.raises(Problems) as caught:
        ranking(rules, [case(rules, "b", line=7, size=1)])
    assert said(caught.value.problems) == [
        "vloge.csv:8:1: vloga b: vrstni red upošteva čas oddaje, podatka »submitted_at« pa ni"
    ]


def test_later_keys_decide_only_where_earlier_ones_are_equal() -> None:
    rules = ranked_by("{section: half}", "{expression: '0 - points_two'}", "line")
    found = ranking(rules, cases(rules, a=(2, 5), b=(2, 3), c=(9, 99), d=(2, 3)))
    assert [(one.id, one.place, one.keys) for one in found.order] == [
        ("c", 1, (18, -99, 3)),
        ("b", 2, (4, -3, 2)),
        ("d", 3, (4, -3, 4)),
        ("a", 4, (4, -5, 1)),
    ]
    assert found.ties == ()


@pytest.mark.parametrize("settled", ["open", "shared"])
def test_what_all_keys_leave_equal_keeps_one_place_and_is_reported(settled: str) -> None:
    rules = ranked_by("points", still_tied=settled)
    found = ranking(rules, cases(rules, d=(1, 0), b=(5, 0), a=(5, 0), c=(0, 1), e=(0, 1)))
    assert places(found) == {"a": 1, "b": 1, "d": 3, "c": 4, "e": 4}
    assert found.ties == (Tie("1", "", 1, ("a", "b"), settled), Tie("4", "", 4, ("c", "e"), settled))


def test_an_expression_without_a_value_names_the_application() -> None:
    rules = ranked_by("{expression: 10 / size, label: Razmerje}")
    with pytest.raises(Problems) as caught:
        ranking(rules, cases(rules, a=(2, 0), b=(0, 0)))
    assert said(caught.value.problems) == [
        "vloge.csv:3:1: vloga b, Razmerje: deljenje z nič v izrazu »10 / size«; popravite podatek ali izraz"
    ]


# Draws


def drawn(seed: str, tie: str, ids: Sequence[str]) -> tuple[str, ...]:
    """The order as anyone can repeat it: by SHA-256 of seed, tie and id, lowest first."""
    return tuple(sorted(ids, key=lambda id_: hashlib.sha256(f"{seed}:{tie}:{id_}".encode()).digest()))


DRAWN = ("points", "draw")
TIED: dict[str, Any] = {"a": (5, 0), "b": (5, 0), "c": (5, 0), "d": (9, 0), "e": (1, 0)}


@pytest.mark.parametrize("seed", ["Loterija 17. 3. 2026: 4 8 15", "š", "0"])
def test_a_seeded_draw_can_be_repeated_with_sha_256(seed: str) -> None:
    rules = ranked_by(*DRAWN)
    order = drawn(seed, "2", "abc")
    found = ranking(rules, cases(rules, **TIED), draw("2", seed=seed))
    assert places(found) == {"d": 1, order[0]: 2, order[1]: 3, order[2]: 4, "e": 5}
    assert found.ties == (Tie("2", "", 2, ("a", "b", "c"), "draw", seed),)
    assert ranking(rules, cases(rules, **TIED), draw("2", *order, seed=seed)) == found


def test_seeds_give_different_orders() -> None:
    orders = {drawn(str(seed), "2", "abc") for seed in range(40)}
    assert len(orders) == 6


def test_a_draw_of_slips_is_taken_as_recorded() -> None:
    rules = ranked_by(*DRAWN)
    found = ranking(rules, cases(rules, **TIED), draw("2", "c", "a", "b"))
    assert places(found) == {"d": 1, "c": 2, "a": 3, "b": 4, "e": 5}
    assert found.ties == (Tie("2", "", 2, ("a", "b", "c"), "draw"),)
    assert ranking(rules, cases(rules, **TIED), draw("a|b|c", "c", "a", "b")) == found


def test_a_tie_waits_for_its_draw() -> None:
    rules = ranked_by(*DRAWN)
    assert ranking(rules, cases(rules, **TIED)).ties == (Tie("2", "", 2, ("a", "b", "c"), "open"),)


def test_ties_in_lots_are_named_by_lot_and_place() -> None:
    rules = rulebook(
        FORM,
        """
        ranking: {keys: [points, draw]}
        lots: {A: {amount: 10}, B: {amount: 10}}
        allocation: {request: size}
        """,
    )
    entrants = [case(rules, id_, lot=lot, size=5) for id_, lot in zip("wxyz", "BABA", strict=True)]
    draws = draw("A:1", "z", "x") | draw("w|y", seed="seme")
    first, second = evaluated(rules, entrants, draws=draws).rankings
    assert (first.lot, places(first), first.ties) == ("A", {"z": 1, "x": 2}, (Tie("A:1", "A", 1, ("x", "z"), "draw"),))
    assert second.ties == (Tie("B:1", "B", 1, ("w", "y"), "draw", "seme"),)
    assert tuple(one.id for one in second.order) == drawn("seme", "B:1", "wy")


WRONG = "žreb 2: vrstni red mora našteti natanko vloge a|b|c"


@pytest.mark.parametrize(
    ("order", "seed", "told"),
    [
        (("a", "b"), "", WRONG),
        (("a", "b", "d"), "", WRONG),
        (("a", "b", "c", "d"), "", WRONG),
        (("a", "a", "b", "c"), "", WRONG),
        (("a", "b", "d"), "seme", WRONG),
        ((), "", WRONG),
        (
            tuple(reversed(drawn("seme", "2", "abc"))),
            "seme",
            f"žreb 2: iz semena »seme« sledi vrstni red {'|'.join(drawn('seme', '2', 'abc'))}, zapisan pa je drug",
        ),
    ],
)
def test_a_draw_that_does_not_fit_its_tie_is_refused(order: tuple[str, ...], seed: str, told: str) -> None:
    rules = ranked_by(*DRAWN)
    with pytest.raises(Problems) as caught:
        ranking(rules, cases(rules, **TIED), draw("2", *order, seed=seed))
    assert said(caught.value.problems) == [f"zreb.csv:2:1: {told}"]


def test_an_order_that_does_not_list_its_tie_is_refused_in_english_too() -> None:
    with pytest.raises(Problems) as caught:
        drawn_order(Draw("2", ("a",), "", Place("zreb.csv", 2)), "2", ("a", "b", "c"))
    assert [problem.text.en for problem in caught.value.problems] == ["draw 2: the order must list exactly a|b|c"]
    with pytest.raises(Problems) as turned:
        drawn_order(Draw("2", tuple(reversed(drawn("s", "2", "abc"))), "s", Place("zreb.csv", 2)), "2", ("a", "b", "c"))
    listed = "|".join(drawn("s", "2", "abc"))
    assert [problem.text.en for problem in turned.value.problems] == [
        f"draw 2: the seed 's' gives the order {listed}, another one is recorded"
    ]


@pytest.mark.parametrize("name", ["1", "3", "A:2", "a|b", "c|b|a", ""])
def test_a_draw_without_its_tie_is_refused(name: str) -> None:
    rules = ranked_by(*DRAWN)
    with pytest.raises(Problems) as caught:
        ranking(rules, cases(rules, **TIED), draw(name, "a", "b"))
    assert said(caught.value.problems) == [f"zreb.csv:2:1: izenačenja »{name}« ni"]


def test_a_draw_the_rulebook_does_not_ask_for_is_refused() -> None:
    rules = ranked_by("points", still_tied="shared")
    with pytest.raises(Problems) as caught:
        ranking(rules, cases(rules, **TIED), draw("2", "a", "b", "c"))
    assert said(caught.value.problems) == [
        "zreb.csv:2:1: o izenačenju »2« žreb ne odloča: med ključi vrstnega reda ni »draw« ali pa je žreb zapisan dvakrat"
    ]


def test_two_draws_of_one_tie_are_refused() -> None:
    rules = ranked_by(*DRAWN)
    draws = draw("2", "a", "b", "c") | {"a|b|c": Draw("a|b|c", ("c", "b", "a"), "", Place("zreb.csv", 3))}
    with pytest.raises(Problems) as caught:
        ranking(rules, cases(rules, **TIED), draws)
    assert [(problem.place.line, problem.text.sl.split("«")[0]) for problem in caught.value.problems] == [
        (3, "o izenačenju »a|b|c")
    ]


# Over all lots


def test_the_order_over_all_lots_keeps_what_a_draw_settled_where_no_other_lot_has_an_equal() -> None:
    one = Ranking(
        "A",
        (Ranked("a", 1, (9, None)), Ranked("z", 2, (5, None)), Ranked("b", 3, (5, None)), Ranked("g", 4, (1, None))),
        (),
    )
    two = Ranking("B", (Ranked("d", 1, (7, None)), Ranked("e", 2, (1, None))), ())
    found = across(ranked_by("points", "draw"), [one, two])
    assert found == [("a", 1), ("d", 2), ("z", 3), ("b", 4), ("g", 5), ("e", 5)]
    assert across(ranked_by("points"), []) == []


# Laws


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_input_changes_nothing(answers, shuffler) -> None:
    rules = ranked_by("points", "{criterion: two, order: lowest}", "draw")
    entrants = cases(rules, **{f"v{at}": answer for at, answer in enumerate(answers)})
    mixed = list(entrants)
    shuffler.shuffle(mixed)
    found = ranking(rules, entrants)
    assert ranking(rules, mixed) == found
    draws = {tie.name: draw(tie.name, seed="seme")[tie.name] for tie in found.ties}
    settled = ranking(rules, entrants, draws)
    assert ranking(rules, mixed, draws) == settled
    assert sorted(one.place for one in settled.order) == list(range(1, len(answers) + 1))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=8))
def test_a_place_is_one_more_than_the_number_of_those_better(answers) -> None:
    rules = ranked_by("{section: half}", "{criterion: two, order: lowest}")
    found = ranking(rules, cases(rules, **{f"v{at}": answer for at, answer in enumerate(answers)}))
    keys = {f"v{at}": (-size, age) for at, (size, age) in enumerate(answers)}
    expected = {id_: 1 + sum(other < mine for other in keys.values()) for id_, mine in keys.items()}
    assert places(found) == expected
    tied = {tie.place: tie.ids for tie in found.ties}
    shared = {place: tuple(sorted(id_ for id_ in keys if expected[id_] == place)) for place in expected.values()}
    assert tied == {place: ids for place, ids in shared.items() if len(ids) > 1}
