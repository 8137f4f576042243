"""What is written but never counts: settings of the other way of dividing, and percentages meant as fractions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from razpis.engine import money
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.rulebook.budget import Line
from razpis.engine.rulebook.compiled import Rulebook
from razpis.engine.rulebook.notes import Notes
from razpis.engine.rulebook.source import Path_

_ONLY = {
    "rank": ("edge", "minimum_useful"),
    "proportional": ("weight", "resharing", "value_of_point", "last_cent"),
}
_NAMED = {
    "rank": Text("po vrsti (fill: rank)", "in rank order (fill: rank)"),
    "proportional": Text("sorazmerno (fill: proportional)", "in proportion (fill: proportional)"),
}


def look(notes: Notes, rulebook: Rulebook) -> None:
    """Note settings that no lot can use, and percentages below 1."""
    if rulebook.file.allocation is not None:
        for fill, path in _settings(rulebook):
            _useless(notes, fill, path)
    for path, percent in _percentages(rulebook):
        if 0 < percent < 1:
            _fraction(notes, path, percent)


def _settings(rulebook: Rulebook) -> Iterator[tuple[str, Path_]]:
    """Settings that count only where money is divided in the way named beside them, which it nowhere is."""
    rule = rulebook.file.allocation
    assert rule is not None
    for fill, names in _ONLY.items():
        if fill not in rulebook.by_fill:
            for name in names:
                if name in rule.model_fields_set and getattr(rule, name) is not None:
                    yield fill, ("allocation", name)
    for key, lot in rulebook.lots.items():
        if lot.edge is not None and rulebook.fill(key) != "rank":
            yield "rank", ("lots", key, "edge")
    for key, limit in rule.limits.items():
        if "binds" in limit.model_fields_set and "rank" not in {
            rulebook.fill(lot) for lot in limit.lots or rulebook.lots
        }:
            yield "rank", ("allocation", "limits", key, "binds")


def _useless(notes: Notes, fill: str, path: Path_) -> None:
    where = _NAMED[fill]
    notes.warning(
        path,
        f"»{path[-1]}« šteje le, kjer se denar deli {where.sl}; tu ne spremeni ničesar – izbrišite ga ali popravite "
        "»fill«",
        f"'{path[-1]}' counts only where money is divided {where.en}; here it changes nothing – delete it or mend "
        "'fill'",
        key=True,
    )


def _percentages(rulebook: Rulebook) -> Iterator[tuple[Path_, Number]]:
    file = rulebook.file
    if file.budget is not None:
        yield from _of_lines(file.budget.lines, ("budget",))
    for key, kept in (file.allocation.set_asides if file.allocation is not None else {}).items():
        yield ("allocation", "set_asides", key, "percent"), kept.percent or 0
    for at, apart in enumerate(file.commission.discrepancies):
        yield ("commission", "discrepancies", at, "percent"), apart.percent or 0
    for key, rule in file.criteria.items():
        found = getattr(rule, "discrepancy", None)
        if found is not None:
            yield ("criteria", key, "discrepancy", "percent"), found.percent or 0


def _of_lines(lines: Mapping[str, Line], path: Path_) -> Iterator[tuple[Path_, Number]]:
    for key, line in lines.items():
        here = (*path, "lines", key)
        yield (*here, "percent"), line.percent or 0
        yield (*here, "percent_of_rest"), line.percent_of_rest or 0
        yield from _of_lines(line.lines, here)


def _fraction(notes: Notes, path: Path_, percent: Number) -> None:
    shown, meant = money.plain(percent), money.plain(percent * 100)
    notes.warning(
        path,
        f"to je {shown.replace('.', ',')} %, manj od enega odstotka; če ste mislili {meant.replace('.', ',')} %, "
        f"zapišite {meant}",
        f"this is {shown}%, less than one per cent; if {meant}% is meant, write {meant}",
    )
