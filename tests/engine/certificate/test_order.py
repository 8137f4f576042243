"""Places found anew: every kind of key, ties, draws, and calls that only rank."""

from __future__ import annotations

from dataclasses import replace

import pytest

from razpis.engine.evaluation import Evaluation
from tests.engine.certificate.refusing import certified, refusals, said
from tests.engine.making import case, draw, evaluated, marks, rulebook

FORM = """
fields:
  size: {type: decimal, label: Velikost}
sections: {half: {title: Polovica}}
criteria:
  it: {kind: formula, title: Velikost, points: size, section: half}
  quality: {kind: marks, title: Kakovost, max: 5, ranking_weight: 2}
"""
MARKED = {(id_, "quality"): marks(points) for id_, points in {"a": 3, "b": 3, "c": 1, "d": 4}.items()}


def ranked(keys: str, still_tied: str = "shared") -> Evaluation:
    """Four applications, of which a and b differ in nothing but when they were submitted."""
    rules = rulebook(FORM, f"ranking: {{keys: {keys}, still_tied: {still_tied}}}")
    submitted = {"a": "2026-10-25 01:59", "b": "2026-03-29 03:00", "c": "2026-03-29 01:30", "d": "2026-01-01"}
    sizes = {"a": 2, "b": 2, "c": 4, "d": 1}
    lines = zip("abcd", (3, 2, 4, 1), strict=True)
    cases = [case(rules, id_, line=line, size=sizes[id_], submitted=submitted[id_]) for id_, line in lines]
    return evaluated(rules, cases, MARKED)


@pytest.mark.parametrize(
    ("keys", "order"),
    [
        ("[points]", "dabc"),
        ("[{expression: points, order: lowest}]", "abcd"),
        ("[{criterion: it}, submitted_at]", "cbad"),
        ("[{section: half}, {criterion: quality}]", "cabd"),
        ("[{criterion: quality}, {submitted_at: true, order: highest}]", "dabc"),
        ("[line]", "dbac"),
        ("[{expression: size * size, label: Kvadrat}, line]", "cbad"),
    ],
)
def test_every_kind_of_key(keys: str, order: str) -> None:
    evaluation = ranked(keys)
    assert evaluation.certificate.failing == ()
    assert [check.name for check in evaluation.certificate.checks] == ["complete", "places"]
    assert "".join(one.id for one in said(evaluation).places) == order


def test_an_order_by_another_key_is_refused() -> None:
    evaluation = ranked("[line]")
    other = said(ranked("[{criterion: it}, submitted_at]"))
    assert refusals(certified(evaluation, other)) == {"places": "vloga d: v izidu 4. mesto, po pravilih 1. mesto"}


DRAWN = [("a", "b", ""), ("b", "a", ""), ("a", "b", "2026"), ("b", "a", "41001")]


@pytest.mark.parametrize(("first", "second", "seed"), DRAWN)
def test_a_draw_decides_by_its_record_or_by_its_seed(first: str, second: str, seed: str) -> None:
    rules = rulebook(FORM, "ranking: {keys: [{section: half}, draw], still_tied: open}")
    cases = [
        case(rules, id_, line=line, size=size) for line, (id_, size) in enumerate([("a", 2), ("b", 2), ("c", 4)], 1)
    ]
    draws = draw("2", *(() if seed else (first, second)), seed=seed)
    evaluation = evaluated(rules, cases, MARKED, draws)
    claims = said(evaluation)
    assert [(one.id, one.place) for one in claims.places] == [("c", 1), (first, 2), (second, 3)]
    assert certified(evaluation, claims, draws).ok
    places = {first: 3, second: 2, "c": 1}
    other = replace(claims, places=tuple(one._replace(place=places[one.id]) for one in claims.places))
    refusal = f"vloga {first}: v izidu 3. mesto, po pravilih 2. mesto"
    assert refusals(certified(evaluation, other, draws)) == {"places": refusal}
    refusal = f"vloga {second}: v izidu 3. mesto, po pravilih 2. mesto"
    assert refusals(certified(evaluation, claims)) == {"places": refusal}


def test_a_draw_may_be_named_by_the_applications() -> None:
    rules = rulebook(FORM, "ranking: {keys: [{section: half}, draw]}")
    cases = [case(rules, id_, size=2) for id_ in "ab"]
    evaluation = evaluated(rules, cases, MARKED, draw("a|b", "b", "a"))
    assert evaluation.certificate.ok
    assert [one.id for one in said(evaluation).places] == ["b", "a"]
