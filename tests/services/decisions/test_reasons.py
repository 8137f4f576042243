"""With only the PDF of a decision in hand its points and its amount are computed again, and the text says the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from razpis.models.documents import Act
from razpis.services import files
from razpis.services.decisions import own_decision
from razpis.services.files import Store
from tests import decisions_made as made
from tests import marking_made
from tests.commission_made import Made
from tests.databases import Clock
from tests.documents.reading import attached, page_text

SHARED = made.RULES.replace("  fill: rank\n  edge: part\n", "  fill: proportional\n").replace(
    "budget: 10000", "budget: 5000"
)


def documents(clock: Clock, rules: str, store: Store) -> tuple[Made, list[tuple[Act, bytes]]]:
    call = made.deciding(clock, rules)
    made.issued(clock, call, store)
    return call, [(act, files.content(store, act.sha256 or "")) for act in made.acts(call)]


def points(reasons: Mapping[str, Any]) -> Fraction:
    """The total by the rules in the file: bands and means of marks, sections with their caps."""
    sections: dict[str, Fraction] = {}
    for one in reasons["criteria"]:
        rule = reasons["rules"]["criteria"][one["key"]]
        if rule["kind"] == "bands":
            found = _band(rule, Fraction(reasons["facts"][rule["value"]]))
        else:
            marks = [Fraction(mark["points"]) for mark in one["basis"]["marks"]]
            found = _rounded(sum(marks) / len(marks), int(rule["round"]["places"]))
        assert found == Fraction(one["points"])
        sections[rule["section"]] = sections.get(rule["section"], Fraction()) + found
    caps = reasons["rules"]["sections"]
    return sum((min(value, Fraction(caps[key]["max"])) for key, value in sections.items()), Fraction())


def amount(reasons: Mapping[str, Any]) -> Fraction:
    """The amount in euros by the rules in the file: the request, every limit, and what the pot gives."""
    rule, told = reasons["rules"]["allocation"], reasons["allocation"]
    if told is None:
        return Fraction()
    limits = [Fraction(reasons["facts"][rule["request"]])]
    for one in rule["limits"].values():
        limits.append(Fraction(reasons["facts"].get(one["amount"]) or one["amount"]))
    if rule["fill"] == "proportional":
        return min(*limits, _rounded(Fraction(reasons["lot"]["value_of_point"]) * Fraction(reasons["points"]), 2))
    return min(*limits, Fraction(told["available"]))


def _band(rule: Mapping[str, Any], value: Fraction) -> Fraction:
    for band in rule["bands"]:
        if Fraction(band.get("from", "0")) <= value <= Fraction(band.get("to", "999999")):
            return Fraction(band["points"])
    raise AssertionError(value)


def _rounded(value: Fraction, places: int) -> Fraction:
    return Fraction(int(value * 10**places + Fraction(1, 2)), 10**places)


@pytest.mark.parametrize(
    ("rules", "outcomes"),
    [
        (made.TIGHT, ["granted", "part", "below_threshold"]),
        (made.NO_MORE, ["granted", "no_money", "below_threshold"]),
        (SHARED, ["part", "part", "below_threshold"]),
    ],
    ids=["rank", "no money", "shares"],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_points_and_amount_follow_from_the_pdf_alone(
    app: Flask, clock: Clock, tmp_path: Path, rules: str, outcomes: list[str]
) -> None:
    with app.app_context():
        _, found = documents(clock, rules, made.store(tmp_path))
        told = [json.loads(attached(content)["razlogi.json"]) for _, content in found]
    assert [one["outcome"] for one in told] == outcomes
    for one in told:
        assert points(one) == Fraction(one["points"])
        assert amount(one) == Fraction(one["award"])


def test_what_the_pdf_says_and_what_it_does_not(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call, found = documents(clock, made.NO_MORE, made.store(tmp_path))
        run = marking_made.call(call)
        texts = [" ".join(page_text(content).split()) for _, content in found]
        reasons = [json.loads(attached(content)["razlogi.json"]) for _, content in found]
        sheet = made.release(call).proposal.run
        assert [one["evaluation"]["sha256"] for one in reasons] == [sheet.sha256] * 3
        rulebook = hashlib.sha256(run.rulebook.encode()).hexdigest()
        assert {one["call"]["rulebook_sha256"] for one in reasons} == {rulebook}
        assert [one["document"]["number"] for one in reasons] == [act.number for act, _ in found]
    assert reasons[1]["missing"] == {"thresholds": [], "money": "12.5"}
    assert reasons[2]["missing"] == {
        "thresholds": [{"of": "total", "needed": "30", "missing": "8"}],
        "money": None,
    }
    assert "do njega manjka 12,5 točke" in texts[1]
    assert "do praga manjka 8 točk" in texts[2]
    for at, (text, told) in enumerate(zip(texts, reasons, strict=True)):
        for other in range(3):
            said = f"Vloga {other + 1}, quality"
            assert (said in text, said in json.dumps(told)) == (at == other, at == other)
        assert "Petra Predsednica" not in text + json.dumps(told)


def test_the_file_is_named_by_its_number(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        _, found = documents(clock, made.RULES, made.store(tmp_path))
        assert [own_decision.name(act) for act, _ in found] == [f"sklep-41001-7-2026-{at}.pdf" for at in (5, 6, 7)]
