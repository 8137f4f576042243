"""The certificate on a common scale: marks that stand elsewhere than they should are refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from razpis.engine.certificate import certify
from razpis.engine.evaluation import Evaluation, claims
from razpis.engine.money import Number
from razpis.engine.scoring.score import Marked
from tests.engine.certificate.refusing import refusals
from tests.engine.making import case, evaluated, marks, rulebook
from tests.engine.scoring.test_common_scale import THREE, call, marked


def said_of(found: Evaluation, id_: str, scaled: tuple[Number, ...]) -> str | None:
    """What the certificate says where one application's marks stand so on the scale."""
    scored = {}
    for line in found.lines:
        score = line.score
        (one,) = score.criteria
        assert isinstance(one.basis, Marked)
        if line.case.id == id_:
            score = replace(score, criteria=(one._replace(basis=one.basis._replace(scaled=scaled)),))
        scored[line.case.id] = (line.case, score)
    told = certify(found.rulebook, scored, {}, claims(found.rankings, found.lots))
    return refusals(told).get("common_scale")


@pytest.mark.parametrize(
    ("scaled", "told"),
    [
        ((8, 7), None),
        ((7, 8), "vloga a, q: v izidu 7; 8, po pravilih 8; 7"),
        ((8, Fraction(22, 3)), "vloga a, q: v izidu 8; 22/3, po pravilih 8; 7"),
        ((6, 9), "vloga a, q: v izidu 6; 9, po pravilih 8; 7"),
        ((), "vloga a, q: v izidu , po pravilih 8; 7"),
    ],
)
def test_only_the_marks_that_follow_are_right(scaled: tuple[Number, ...], told: str | None) -> None:
    assert said_of(marked(call("by: mean"), THREE), "a", scaled) == told


def test_marks_a_single_point_apart_are_stretched() -> None:
    """Ana's mean distance is 1/2, Bor's 4, that of all 9/4."""
    found = marked(call("by: spread"), {"a": {"Ana": 5, "Bor": 9}, "b": {"Ana": 6, "Bor": 1}})
    assert found.certificate.failing == ()
    assert said_of(found, "a", (3, 7)) == "vloga a, q: v izidu 3; 7, po pravilih 3; 7,5"


def test_criteria_without_a_scale_hide_none_behind_them() -> None:
    rules = rulebook(
        "fields: {name: {type: text, label: Ime}}\n",
        "criteria:\n  p: {kind: marks, title: P, max: 10}\n"
        "  q: {kind: marks, title: Q, max: 10, common_scale: {by: mean}}\n",
    )
    given = {(id_, key): marks(*row.values()) for id_, row in THREE.items() for key in "pq"}
    found = evaluated(rules, [case(rules, id_, name=id_) for id_ in THREE], given)
    scored = {line.case.id: (line.case, line.score) for line in found.lines}
    case_, score = scored["a"]
    plain, scaled = score.criteria
    assert isinstance(scaled.basis, Marked)
    wrong = scaled._replace(basis=scaled.basis._replace(scaled=(6, 9)))
    scored["a"] = (case_, replace(score, criteria=(plain, wrong)))
    told = certify(rules, scored, {}, claims(found.rankings, found.lots))
    assert refusals(told)["common_scale"] == "vloga a, q: v izidu 6; 9, po pravilih 8; 7"


def test_the_spread_is_checked_too() -> None:
    found = marked(call("by: spread"), THREE)
    assert said_of(found, "c", (3, 3)) is None
    assert said_of(found, "c", (4, 5)) == "vloga c, q: v izidu 4; 5, po pravilih 3; 3"
