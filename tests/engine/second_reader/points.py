"""Points of every application, read from the rules once more: exact, and by no other way than the page describes.

The rules are the plain dict of the YAML, an application is a plain dict of its answers. Nothing here knows the engine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .criteria import Rules, against, between, by_unit, chosen, combine, in_band, mean, turned
from .meanings import Names, holds, number
from .numbers import Number, exact, rounded

Given = dict[tuple[str, str], list[tuple[str, Any]]]
"""By application and criterion, the members' marks in turn; ``None`` is a recusal."""


@dataclass
class Scored:
    """What an application has: its points if they are known, and why it is out where it is."""

    row: Names
    total: Number | None = None
    ranking: Number | None = None
    parts: dict[str, Number] = field(default_factory=dict)
    out: str = ""


def scored(rules: Rules, rows: list[Names], marks: Given) -> dict[str, Scored]:
    """Every application: first the conditions, then points of those that meet them, then the thresholds."""
    found = {row["id"]: Scored(row, out=_dismissed_or_refused(rules, row)) for row in rows}
    scoring = Scoring(rules, [one.row for one in found.values() if not one.out], marks)
    for one in found.values():
        if not one.out:
            scoring.score(one)
    return found


def _dismissed_or_refused(rules: Rules, row: Names) -> str:
    """Late, or a condition that fails: where both kinds fail, dismissed."""
    failing = [one for one in rules.get("conditions", {}).values() if not holds(one["test"], row)]
    if any(one.get("failing") == "dismissed" for one in failing):
        return "dismissed"
    return "condition_failed" if failing else ""


class Scoring:
    """One reading of the criteria: the rules, those who meet the conditions, and the marks."""

    def __init__(self, rules: Rules, eligible: list[Names], marks: Given) -> None:
        self.rules, self.eligible, self.marks = rules, eligible, marks

    def score(self, one: Scored) -> None:
        """All points of one application, those for the ranking by their own weights, and its thresholds."""
        points = {key: self._points(key, "weight", one.row) for key in self.rules["criteria"]}
        one.out = "not_scored" if None in points.values() else ""
        if one.out:
            return
        one.total, one.parts = self._total(one.row, points)
        for_ranking = {key: self._points(key, "ranking_weight", one.row) for key in self.rules["criteria"]}
        one.ranking, _ = self._total(one.row, for_ranking)
        if not all(self._reached(threshold, one.parts, one.row) for threshold in self.rules.get("thresholds", [])):
            one.out = "below_threshold"

    # Criteria

    def _points(self, key: str, weight: str, row: Names) -> Number | None:
        """Points of one criterion after its weight and rounding. One that does not apply, or whose first stage is not
        reached, has none and needs no marks."""
        criterion = self.rules["criteria"][key]
        if not self._counts(key, row):
            return Fraction(0)
        if "after" in criterion and not self._stage_reached(criterion["after"], row):
            return Fraction(0)
        found = self._before_weight(key, row)
        if found is None:
            return None
        found *= exact(criterion.get(weight, criterion.get("weight", 1)))
        return rounded(found, criterion["round"]) if "round" in criterion else found

    def _before_weight(self, key: str, row: Names) -> Number | None:
        criterion = self.rules["criteria"][key]
        kind = criterion["kind"]
        if kind == "marks":
            return self.combined(key, row)
        if kind == "checklist":
            return min(
                exact(criterion["max"]), sum(exact(i["points"]) for i in criterion["items"] if holds(i["when"], row))
            )
        if kind == "formula":
            names = self._with_points_before(key, row)
            return None if names is None else between(number(criterion["points"], names), criterion)
        value = number(criterion["value"], row)
        if kind == "relative":
            return against(criterion, value, row, [one for one in self.eligible if self._counts(key, one)])
        return {"bands": in_band, "choice": chosen, "per_unit": by_unit}[kind](criterion, value)

    def _with_points_before(self, key: str, row: Names) -> Names | None:
        """The names a formula may read: answers, and points of criteria and sections before it. ``None`` where it reads
        points and some are not known yet: then it has none either."""
        if "points_" not in self.rules["criteria"][key]["points"]:
            return row
        before = list(self.rules["criteria"])[: list(self.rules["criteria"]).index(key)]
        known = {name: self._points(name, "weight", row) for name in before}
        if None in known.values():
            return None
        sections = {name: self._section(name, known) for name in self.rules.get("sections", {})}
        return row | {f"points_{name}": points for name, points in (known | sections).items()}

    # Marks of the commission

    def combined(self, key: str, row: Names) -> Number | None:
        """One mark of several, ``None`` where there are too few. An agreed mark holds in place of all; a recused member
        counts neither in the sum nor in the number."""
        criterion = self.rules["criteria"][key]
        given = [(member, exact(mark)) for member, mark in self.marks.get((row["id"], key), []) if mark is not None]
        agreed = [mark for member, mark in given if member == "agreed"]
        least = criterion.get("minimum_marks", self.rules.get("commission", {}).get("minimum_marks", 1))
        if not agreed and (len(given) < least or criterion.get("combine") == "agreed"):
            return None
        if "common_scale" in criterion and not agreed:
            given = [(member, self._rescaled(mark, member, key, row)) for member, mark in given]
        values = agreed or [mark for _, mark in given]
        lowest = criterion.get("lowest_is_best", False)
        way = "mean" if agreed else criterion.get("combine", "mean")
        if lowest and way == "sum":
            values = [turned(mark, criterion) for mark in values]
        found = combine(way, sorted(values))
        if "round_combined" in criterion:
            found = rounded(found, criterion["round_combined"])
        return turned(found, criterion) if lowest and way != "sum" else found

    def _rescaled(self, mark: Number, member: str, key: str, row: Names) -> Number:
        """A mark shifted so that its member's mean is the mean of all, or stretched so that the mean distance is, too."""
        criterion = self.rules["criteria"][key]
        how = criterion["common_scale"]
        counted = [one for one in self.eligible if self._counts(key, one)]
        among = [one["id"] for one in counted if how.get("among") == "call" or one["lot"] == row["lot"]]
        every = [
            (by, exact(m))
            for id_ in among
            for by, m in self.marks.get((id_, key), [])
            if m is not None and by != "agreed"
        ]
        own = [m for by, m in every if by == member]
        if len(own) < how.get("least", 2):
            return mark
        centre = mean([m for _, m in every])
        away = mark - mean(own)
        if how["by"] == "spread":
            own_distance = mean([abs(m - mean(own)) for m in own])
            distance = mean([abs(m - centre) for _, m in every])
            away = away * distance / own_distance if own_distance else Fraction(0)
        return max(exact(criterion.get("min", 0)), min(exact(criterion["max"]), centre + away))

    # Sums and thresholds

    def _section(self, section: str, points: dict[str, Number]) -> Number:
        """The sum times the weight, then cut at the top."""
        stated = self.rules["sections"][section]
        inside = [
            points[key]
            for key, one in self.rules["criteria"].items()
            if one.get("section") == section and key in points
        ]
        found = Fraction(sum(inside)) * exact(stated.get("weight", 1))
        return min(found, exact(stated["max"])) if "max" in stated else found

    def _total(self, row: Names, points: dict[str, Any]) -> tuple[Number, dict[str, Number]]:
        """Sections and the criteria that are in none, times the factor, rounded; and every part of it by name."""
        parts = dict(points) | {section: self._section(section, points) for section in self.rules.get("sections", {})}
        alone = [points[key] for key, one in self.rules["criteria"].items() if "section" not in one]
        found = Fraction(sum(alone) + sum(parts[section] for section in self.rules.get("sections", {})))
        stated = self.rules.get("total", {})
        if "factor" in stated:
            found *= number(stated["factor"], row)
        if "round" in stated:
            found = rounded(found, stated["round"])
        return found, parts | {"total": found}

    def _counts(self, name: str, row: Names) -> bool:
        """Whether a criterion holds for the application; of a section, whether any of its criteria does."""
        if name in self.rules.get("sections", {}):
            return any(
                self._counts(key, row) for key, one in self.rules["criteria"].items() if one.get("section") == name
            )
        return name == "total" or holds(self.rules["criteria"][name].get("applies", "true"), row)

    def _reached(self, threshold: Rules, parts: dict[str, Number], row: Names) -> bool:
        """Whether it is reached, or left out. Of several listed, so many as are needed, or all where fewer are left."""
        if not holds(threshold.get("applies", "true"), row):
            return True
        listed = threshold.get("any_of", [threshold])
        left = [one for one in listed if self._counts(one["of"], row)]
        needed = min(threshold.get("needed", 1), len(left))
        return sum(_high_enough(one, parts[one["of"]]) for one in left) >= needed

    def _stage_reached(self, name: str, row: Names) -> bool:
        """Every threshold on the criterion or section of the first stage."""
        inside = [key for key, one in self.rules["criteria"].items() if name in (key, one.get("section"))]
        points = {key: self._points(key, "weight", row) for key in inside}
        if None in points.values():
            return False
        parts = points | ({name: self._section(name, points)} if name not in points else {})
        return all(self._reached(one, parts, row) for one in self.rules.get("thresholds", []) if one.get("of") == name)


def _high_enough(threshold: Rules, points: Number) -> bool:
    return points >= exact(threshold["at_least"]) if "at_least" in threshold else points > exact(threshold["more_than"])
