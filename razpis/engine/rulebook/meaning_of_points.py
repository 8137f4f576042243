"""Criteria that read the points of others: none in a circle, and none before what it reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from razpis.engine.rulebook.checker import Checker
from razpis.engine.rulebook.compiled import CriterionRule


def check_points_read(checker: Checker, criteria: Sequence[CriterionRule]) -> None:
    """Note a criterion that reads its own points, or points that are given only after it."""
    reading = {one.key: _read(checker, one) for one in criteria}
    order = list(reading)
    for one in criteria:
        path = ("criteria", one.key, "points")
        circle = _circle(reading, one.key)
        later = [key for key in reading[one.key] if order.index(key) > order.index(one.key)]
        if circle:
            shown = " → ".join(circle)
            checker.problem(
                path,
                f"merila berejo točke v krogu: {shown}; eno od njih naj teh točk ne bere",
                f"criteria read points in a circle: {shown}; let one of them not read these points",
            )
        elif later:
            title = checker.file.criteria[later[0]].title
            checker.problem(
                path,
                f"merilo bere točke merila »{title.sl}«, ki se točkuje pozneje; prestavite ga za to merilo",
                f"the criterion reads the points of '{title.en}', which is scored later; move it behind that criterion",
            )


def _read(checker: Checker, one: CriterionRule) -> list[str]:
    """The criteria whose points it reads, those inside sections too, in the order of the file."""
    parts = one.reads_points
    return [key for key, rule in checker.file.criteria.items() if key in parts or rule.section in parts]


def _circle(reading: Mapping[str, Sequence[str]], start: str) -> list[str]:
    """The shortest way from a criterion back to itself, by what each reads; nothing where there is none."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for key in reading[way[-1]]:
            if key == start:
                return [*way, start]
            if key not in seen:
                seen.add(key)
                ways.append([*way, key])
    return []
