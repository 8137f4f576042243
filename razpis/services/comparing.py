"""Two results set side by side: who gains, who loses, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from razpis.engine import money
from razpis.engine.problems import Place, Problem, Problems, Text, of_system
from razpis.exports.evaluation_json import FORMAT
from razpis.services.evaluating import EVALUATION


@dataclass(frozen=True, slots=True)
class Side:
    """One application in one of the two results; blank where it is not there."""

    place: int | None = None
    points: str | None = None
    outcome: str = ""
    cents: int = 0
    limited_by: str = ""
    value_of_point: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One application that the two results treat differently; ``reasons`` say what changed for it."""

    id: str
    name: str
    before: Side
    after: Side
    reasons: tuple[Text, ...]

    @property
    def gain(self) -> int:
        """Cents won, or lost where negative."""
        return self.after.cents - self.before.cents


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences, the greatest loss first, with the sums of both results."""

    differences: tuple[Difference, ...]
    spent_before: int
    spent_after: int
    unchanged: int


def compare(before: Path, after: Path) -> Comparison:
    """Compare two results: folders, or their ``evaluation.json``. Raises :class:`Problems`."""
    first, second = _sides(before), _sides(after)
    names = {**first[1], **second[1]}
    found = []
    for id_ in sorted(names):
        one, other = first[0].get(id_, Side()), second[0].get(id_, Side())
        reasons = tuple(_reasons(one, other))
        if reasons:
            found.append(Difference(id_, names[id_], one, other, reasons))
    return Comparison(
        tuple(sorted(found, key=lambda one: (one.gain, one.id))),
        sum(side.cents for side in first[0].values()),
        sum(side.cents for side in second[0].values()),
        len(names) - len(found),
    )


def _sides(path: Path) -> tuple[dict[str, Side], dict[str, str]]:
    document = _read(path / EVALUATION if path.is_dir() else path)
    values = {lot["lot"]: lot["value_of_point"] for lot in document["lots"]}
    sides = {line["id"]: _side(line, values.get(line["lot"])) for line in document["lines"]}
    return sides, {line["id"]: line["name"] for line in document["lines"]}


def _read(path: Path) -> Mapping[str, Any]:
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise Problems([Problem(Place(str(path)), of_system(error))]) from None
    except ValueError:
        document = None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        text = Text(
            "to ni izid (evaluation.json), ki ga zapiše razpis evaluate",
            "this is not a result (evaluation.json) written by razpis evaluate",
        )
        raise Problems([Problem(Place(str(path)), text)])
    return document


def _side(line: Mapping[str, Any], value: str | None) -> Side:
    cents = money.to_cents(money.exact(Fraction(line["award"])))
    return Side(line["place"], line["points"], line["outcome"], cents, line["limited_by"], value)


def _reasons(one: Side, other: Side) -> list[Text]:
    """What differs, in the order in which one follows from the other."""
    pairs = [
        ("točke", "points", one.points, other.points),
        ("mesto", "place", one.place, other.place),
        ("izid", "outcome", one.outcome, other.outcome),
        ("omejitev", "limit", one.limited_by, other.limited_by),
    ]
    found = [
        Text(f"{sl} {_shown(old)} → {_shown(new)}", f"{en} {_shown(old)} → {_shown(new)}")
        for sl, en, old, new in pairs
        if old != new
    ]
    old, new = one.value_of_point, other.value_of_point
    if one.cents != other.cents and old != new:
        found.append(
            Text(f"vrednost točke {_value(old)} → {_value(new)}", f"value of a point {_value(old)} → {_value(new)}")
        )
    if not found and one.cents != other.cents:
        found.append(Text("znesek omejitve", "amount of the limit"))
    return found


def _value(value: str | None) -> str:
    return "–" if value is None else money.plain(money.rounded(money.exact(Fraction(value)), money.Rounding(6)))


def _shown(value: object) -> str:
    return "–" if value in (None, "") else str(value)
