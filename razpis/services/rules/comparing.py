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
from razpis.engine.wording import Speaker
from razpis.exports.evaluation_json import FORMAT
from razpis.exports.result_table import OUTCOMES
from razpis.services.rules.evaluating import EVALUATION


@dataclass(frozen=True, slots=True)
class Side:
    """One application in one of the two results; blank where it is not there."""

    place: int | None = None
    points: str | None = None
    outcome: str = ""
    cents: int = 0
    limited_by: Text | None = None
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
    limits = limit_words(document)
    sides = {line["id"]: _side(line, values.get(line["lot"]), limits) for line in document["lines"]}
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


def limit_words(document: Mapping[str, Any]) -> dict[str, Text]:
    """What an award may be limited by, in words, by its key: lots and limits by their titles."""
    lots = {lot["lot"]: Text(**lot["title"]) for lot in document["lots"] if lot["lot"]}
    of_lots = {key: Text(f"sredstva sklopa {title.sl}", f"money of lot {title.en}") for key, title in lots.items()}
    stated = {key: Text(**title) for key, title in document.get("limits", {}).items()}
    return {**_LIMITS, **of_lots, **{key: Text(f"»{one.sl}«", f"'{one.en}'") for key, one in stated.items()}}


def _side(line: Mapping[str, Any], value: str | None, limits: Mapping[str, Text]) -> Side:
    cents = money.to_cents(money.exact(Fraction(line["award"])))
    key = line["limited_by"]
    limit = limits.get(key, Text(f"»{key}«", f"'{key}'")) if key else None
    return Side(line["place"], line["points"], line["outcome"], cents, limit, value)


def _reasons(one: Side, other: Side) -> list[Text]:
    """What differs, in the order in which one follows from the other."""
    pairs = [
        (Text("točke", "points"), _number(one.points), _number(other.points)),
        (Text("mesto", "place"), _place(one.place), _place(other.place)),
        (Text("izid", "outcome"), _outcome(one.outcome), _outcome(other.outcome)),
        (Text("omejitev", "limit"), one.limited_by or _NONE, other.limited_by or _NONE),
    ]
    if one.cents != other.cents:
        values = _number(one.value_of_point), _number(other.value_of_point)
        pairs.append((Text("vrednost točke", "value of a point"), *values))
    found = [
        Text(f"{what.sl} {old.sl} → {new.sl}", f"{what.en} {old.en} → {new.en}")
        for what, old, new in pairs
        if old != new
    ]
    if not found and one.cents != other.cents:
        found.append(Text("znesek omejitve", "amount of the limit"))
    return found


def _number(value: str | None) -> Text:
    """To six places, as each language writes it; exact thirds stay marked as not exact."""
    if value is None:
        return _NONE
    number = money.read_exact(value)
    return Text(Speaker("sl").number(number, 6), Speaker("en").number(number, 6))


def _place(place: int | None) -> Text:
    return _NONE if place is None else Text(f"{place}.", f"{place}")


def _outcome(outcome: str) -> Text:
    return Text(*OUTCOMES[outcome]) if outcome else _NONE


_NONE = Text("–", "–")
_LIMITS = {
    "request": Text("zaprošeni ali upravičeni znesek", "the amount requested or due"),
    "level": Text("delitev po točkah", "sharing by points"),
    "budget": Text("sredstva razpisa", "the money of the call"),
    "minimum": Text("najnižji znesek", "the least award"),
    "fixed_part": Text("stalni del", "the fixed part"),
    "money_threshold": Text("prag, ki sledi iz sredstev", "the threshold that follows from the money"),
    "most_winners": Text("število prejemnikov", "the number of recipients"),
    "second_pass": Text("sredstva drugega kroga", "the money of the second pass"),
}
