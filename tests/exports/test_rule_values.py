"""The values of a rulebook by their paths: parts, lists and roundings as the file names them, words left out."""

from __future__ import annotations

from razpis.exports.rule_values import rule_values
from tests.engine.making import rulebook

FORM = """
fields:
  size: {type: decimal, label: Velikost, min: 0.5, public: true}
  form: {type: choice, label: Oblika, options: {dr: društvo, zv: zavod}, required: false}
criteria:
  it:
    kind: bands
    title: Velikost
    article: 3. člen
    value: size
    bands: [{below: 2.5, points: 1}, {from: 2.5, points: 2}]
    max: 2
ranking: {keys: [points, {expression: size, order: lowest}]}
total: {max: 2, round: {places: 1, mode: down}}
commission: {members: [Ana, Bor]}
"""
DIVISION = """
lots: {A: {title: Prvi, amount: 100}, B: {amount: 0.10}}
allocation: {request: size, resharing: false, limits: {cap: {amount: 5 * 2, per: all, lots: [A, B], title: Skupaj}}}
"""


def test_values_stand_under_their_paths() -> None:
    found = rule_values(rulebook(FORM))
    assert {path: value for path, value in found.items() if path.partition(".")[0] in ("fields", "criteria")} == {
        "fields.size.required": "true",
        "fields.size.public": "true",
        "fields.size.filled_by": "applicant",
        "fields.size.min": "0.5",
        "fields.size.type": "decimal",
        "fields.form.filled_by": "applicant",
        "fields.form.required": "false",
        "fields.form.type": "choice",
        "fields.form.options": "dr, zv",
        "criteria.it.kind": "bands",
        "criteria.it.weight": "1",
        "criteria.it.value": "size",
        "criteria.it.bands.0.below": "2.5",
        "criteria.it.bands.0.points": "1",
        "criteria.it.bands.1.from": "2.5",
        "criteria.it.bands.1.points": "2",
        "criteria.it.max": "2",
    }
    assert {path: value for path, value in found.items() if path.partition(".")[0] in ("ranking", "total")} == {
        "ranking.keys.0.points": "true",
        "ranking.keys.1.expression": "size",
        "ranking.keys.1.order": "lowest",
        "ranking.still_tied": "open",
        "total.max": "2",
        "total.round": "1 (down)",
    }
    assert found["commission.members"] == "Ana, Bor"


def test_rules_that_nobody_wrote_stand_as_they_hold() -> None:
    found = rule_values(rulebook(FORM, DIVISION))
    assert {path: value for path, value in found.items() if path.startswith(("lots", "allocation"))} == {
        "lots.A.amount": "100",
        "lots.B.amount": "0.1",
        "allocation.fill": "rank",
        "allocation.request": "size",
        "allocation.limits.cap.amount": "5 * 2",
        "allocation.limits.cap.per": "all",
        "allocation.limits.cap.lots": "A, B",
        "allocation.limits.cap.binds": "shortens",
        "allocation.leftovers": "stay",
        "allocation.edge": "part",
        "allocation.minimum_useful": "0",
        "allocation.weight": "points",
        "allocation.resharing": "false",
        "allocation.last_cent": "nobody",
    }
