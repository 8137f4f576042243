"""With one released PDF and nothing else points and amount are computed again, by arithmetic of this test's own."""

from __future__ import annotations

import ast
import json
import operator
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from razpis.services import files
from razpis.services.decisions import reasons
from tests import decisions_made as made
from tests.databases import Clock
from tests.documents.reading import attached

CRITERIA = """criteria:
  seat: {kind: choice, title: Sedež v občini, section: organisation, value: seat, points: {here: 6, there: 0}, max: 6}
  groups:
    {kind: per_unit, title: Začete skupine, section: organisation, value: members, unit: 7, points: 0.75, count: started, max: 4}
  thrift:
    kind: formula
    title: Delež stroškov
    section: programme
    points: 4.3 * requested / cost
    max: 5
    weight: 1.5
    round: {places: 1, mode: down}
  signs:
    kind: checklist
    title: Dodatno
    items:
      - {text: vsaj 30 članov, when: members >= 30, points: 2}
      - {text: stroški čez mejo, when: cost > requested + 1000 or seat == 'there', points: 3}
    max: 5
"""
RICH = made.RULES.replace("criteria:\n", CRITERIA, 1).replace("at_least: 30", "at_least: 45")
RANK = RICH.replace("budget: 10000", "budget: 5000")
SHARES = RICH.replace("budget: 10000", "budget: 4999.99").replace(
    "  fill: rank\n  edge: part\n", "  fill: proportional\n"
)
HELD = SHARES.replace("budget: 4999.99", "budget: 4600").replace("amount: 4000", "amount: 0.7 * cost")
"""The highest amount binds the best application, and the next one gets of what that leaves."""
ROUNDED = SHARES.replace(
    "  fill: proportional\n", "  fill: proportional\n  value_of_point: {round: {places: 1, mode: down}}\n"
)
NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")
ROW = re.compile(r"^ (\S.*?) {2,}(?:([\d.,]+) +)?([\d.,]+)(?: {2,}.*)?$")


@pytest.mark.parametrize(
    ("rules", "outcomes"),
    [
        (RANK, ["granted", "part", "below_threshold"]),
        (SHARES, ["part", "part", "below_threshold"]),
        (HELD, ["part", "part", "below_threshold"]),
        (ROUNDED, ["part", "part", "below_threshold"]),
    ],
    ids=["rank", "shares", "held by a limit", "rounded value of a point"],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_points_and_amount_from_one_pdf(
    app: Flask, clock: Clock, tmp_path: Path, rules: str, outcomes: list[str]
) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock, rules)
        made.issued(clock, call, store)
        kept = [files.content(store, act.sha256 or "") for act in made.acts(call)]
    told = [json.loads(attached(content)["razlogi.json"]) for content in kept]
    assert [one["outcome"] for one in told] == outcomes
    for one, content in zip(told, kept, strict=True):
        by_file, by_text = Attachment(one), Text(laid_out(content))
        assert by_file.by_criterion() == {row["key"]: Fraction(row["points"]) for row in one["criteria"]}
        assert by_file.points() == by_text.points() == by_text.total == Fraction(one["points"])
        assert by_file.amount() == by_text.amount() == by_text.granted == Fraction(one["award"])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_attachment_says_how_to_read_it_and_names_nobody(app: Flask, clock: Clock, tmp_path: Path) -> None:
    named = made.RULES.replace("commission: {", "commission: {members: [Petra Predsednica, Marko Prvi, Mojca Druga], ")
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock, named.replace("minimum_marks: 2", "minimum_marks: 3"))
        made.issued(clock, call, store)
        told = json.loads(attached(files.content(store, made.acts(call)[0].sha256 or ""))["razlogi.json"])
    assert told["rules"]["commission"] == {"minimum_marks": "3"}
    assert told["reading"] == {language: list(lines) for language, lines in reasons.READING.items()}
    assert len(told["reading"]["sl"]) == len(told["reading"]["en"])
    assert sorted(told["facts"]) == ["cost", "costs", "members", "programme", "requested", "seat", "signed"]


class Attachment:
    """The arithmetic of a reader who has the embedded file alone, as its ``reading`` describes it."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.told, self.rules, self.facts = told, told["rules"], told["facts"]

    def by_criterion(self) -> dict[str, Fraction]:
        """Points of each criterion by its rule."""
        found = {}
        for row in self.told["criteria"]:
            rule = self.rules["criteria"][row["key"]]
            points = self._points(rule, row["basis"])
            if "max" in rule:
                points = min(points, Fraction(rule["max"]))
            found[row["key"]] = rounded(points * Fraction(rule.get("weight", "1")), rule.get("round"))
        return found

    def points(self) -> Fraction:
        """The total: sections with their caps, and criteria outside them."""
        total, sections = Fraction(), dict.fromkeys(self.rules["sections"], Fraction())
        for key, points in self.by_criterion().items():
            section = self.rules["criteria"][key].get("section")
            if section is None:
                total += points
            else:
                sections[section] += points
        return total + sum(min(sum_, Fraction(self.rules["sections"][key]["max"])) for key, sum_ in sections.items())

    def amount(self) -> Fraction:
        """Euros: the request, the limits, and what the money gives."""
        if self.told["allocation"] is None:
            return Fraction()
        rule = self.rules["allocation"]
        parts = [self.value(rule["request"]), *(self.value(one["amount"]) for one in rule["limits"].values())]
        value = self.told["lot"]["value_of_point"]
        if rule["fill"] == "rank":
            parts.append(Fraction(self.told["allocation"]["available"]))
        elif value is not None:
            parts.append(rounded(Fraction(value) * self.points(), "2"))
        return min(parts)

    def value(self, expression: str) -> Any:
        """What an expression of the rules comes to, by Python's own grammar and exact fractions."""
        return computed(ast.parse(expression, mode="eval").body, expression, self.facts)

    def _points(self, rule: Mapping[str, Any], basis: Mapping[str, Any]) -> Fraction:
        if rule["kind"] == "bands":
            return in_band(rule["bands"], self.value(rule["value"]))
        if rule["kind"] == "choice":
            return Fraction(rule["points"][self.value(rule["value"])])
        if rule["kind"] == "per_unit":
            return ceil(self.value(rule["value"]) / Fraction(rule["unit"])) * Fraction(rule["points"])
        if rule["kind"] == "checklist":
            return sum((Fraction(one["points"]) for one in rule["items"] if self.value(one["when"])), Fraction())
        if rule["kind"] == "formula":
            return Fraction(self.value(rule["points"]))
        marks = [Fraction(mark["points"]) for mark in basis["marks"]]
        return sum(marks, Fraction()) / len(marks)


class Text:
    """The arithmetic of a reader who has the text of the pages alone."""

    def __init__(self, text: str) -> None:
        whole = "\n".join(line for line in text.splitlines() if not line.startswith(("Številka: ", "    ")))
        marked = part(text, "Ocena po merilih", "Skupna ocena")
        self.rows = [row.groups() for row in map(ROW.match, marked.splitlines()) if row is not None]
        self.total = number(self.rows[-1][2] or "")
        self.money = part(whole, "Razdelitev sredstev in izračun zneska", r"(?:Zakaj|Razlogi|Odločitev)")
        self.granted = number(next(iter(re.findall(r"sredstva v višini ([\d.,]+) EUR", whole)), "0"))

    def points(self) -> Fraction:
        """Rows of criteria, by section at most as many as the section's row says, and those outside sections."""
        total, inside = Fraction(), Fraction()
        for title, most, points in self.rows[:-1]:
            if not (title or "").startswith("Skupaj: "):
                inside += number(points or "")
                continue
            assert min(inside, number(most or "")) == number(points or "")
            total, inside = total + number(points or ""), Fraction()
        return total + inside

    def amount(self) -> Fraction:
        """The least of the amounts in the dashes of the calculation, but for its result, which stands last."""
        if not self.money:
            return Fraction()
        *given, result = (" ".join(dash.split()) for dash in self.money.split("\n– ")[1:])
        value = [number(NUMBER.findall(one)[0]) for one in given if one.startswith("Vrednost točke")]
        limits = [number(NUMBER.findall(one)[-1]) for one in given if not one.startswith("Vrednost točke")]
        found = min([*limits, *(rounded(self.total * one, "2") for one in value)])
        assert number(NUMBER.findall(result)[0]) == found
        return found


def laid_out(pdf: bytes) -> str:
    """The text of the pages as it stands on them."""
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


def part(text: str, begin: str, end: str) -> str:
    """From the heading to the next one; nothing where there is no such heading."""
    found = re.search(rf"^{begin}$(.*?)^{end}", text, re.MULTILINE | re.DOTALL)
    return "" if found is None else found[1]


def number(text: str) -> Fraction:
    """A number as it is written in Slovenian."""
    return Fraction(text.rstrip(".,").replace(".", "").replace(",", "."))


def rounded(value: Fraction, rule: str | Mapping[str, str] | None) -> Fraction:
    """Halves up or towards zero; all numbers here are positive."""
    if rule is None:
        return value
    told = {"places": rule, "mode": "half_up"} if isinstance(rule, str) else {"mode": "half_up", **rule}
    scale, half = 10 ** int(told["places"]), Fraction(1, 2) if told["mode"] == "half_up" else Fraction()
    return Fraction(floor(value * scale + half), scale)


def in_band(bands: Sequence[Mapping[str, str]], value: Fraction) -> Fraction:
    """Points of the band that holds the value."""
    (points,) = (
        Fraction(one["points"])
        for one in bands
        if ("from" not in one or value >= Fraction(one["from"])) and ("to" not in one or value <= Fraction(one["to"]))
    )
    return points


def computed(node: ast.expr, source: str, facts: Mapping[str, Any]) -> Any:
    """The value of a part of an expression."""
    if isinstance(node, ast.Constant):
        literal = ast.get_source_segment(source, node) or ""
        return node.value if isinstance(node.value, str) else Fraction(literal)
    if isinstance(node, ast.Name):
        return fact(facts[node.id])
    if isinstance(node, ast.BoolOp):
        together = all if isinstance(node.op, ast.And) else any
        return together(computed(one, source, facts) for one in node.values)
    if isinstance(node, ast.BinOp):
        return WORKS[type(node.op)](computed(node.left, source, facts), computed(node.right, source, facts))
    assert isinstance(node, ast.Compare)
    return WORKS[type(node.ops[0])](computed(node.left, source, facts), computed(node.comparators[0], source, facts))


def fact(value: Any) -> Any:
    """A fact: a number where it is written as one."""
    return Fraction(value) if isinstance(value, str) and re.fullmatch(r"-?\d+(?:[./]\d+)?", value) else value


WORKS: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.GtE: operator.ge,
    ast.Gt: operator.gt,
    ast.Eq: operator.eq,
}
