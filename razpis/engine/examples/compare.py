"""Where an evaluation differs from what an example expects, and why it gives what it gives."""

from __future__ import annotations

from collections.abc import Iterator

from razpis.engine.evaluation import Evaluation, Line
from razpis.engine.money import Number
from razpis.engine.problems import Language, Problem, Text, did_you_mean
from razpis.engine.rulebook.examples import Expected
from razpis.engine.rulebook.source import Path_, Source
from razpis.engine.trace import Explanation
from razpis.engine.wording import Speaker, explain

_NO_POINTS = Text("brez točk", "no points")
_NO_PLACE = Text("brez mesta", "no place")


def count(expected: Expected) -> int:
    """How many things an application is expected to get."""
    single = (expected.points, expected.outcome, expected.place, expected.award, expected.limited_by)
    return sum(1 for one in single if one is not None) + len(expected.criteria)


_PARTS = {
    "points": Text("točke", "points"),
    "outcome": Text("izid", "outcome"),
    "place": Text("mesto", "place"),
    "award": Text("dodeljeni znesek", "award"),
    "limited_by": Text("omejitev", "limit"),
}
_OUTCOMES = {
    "granted": Text("odobreno", "granted"),
    "part": Text("delno odobreno", "partly granted"),
    "below_threshold": Text("pod pragom", "below threshold"),
    "no_money": Text("ni sredstev", "no money"),
    "condition_failed": Text("pogoj ni izpolnjen", "condition failed"),
    "dismissed": Text("zavrženo", "dismissed"),
    "not_scored": Text("ni ocenjeno", "not scored"),
    "open_tie": Text("izenačeno", "open tie"),
    "ranked": Text("uvrščeno", "ranked"),
    "request": Text("zaprošeni znesek", "amount requested"),
}


class Comparison:
    """One application's result beside its expectations, written at ``path``."""

    def __init__(self, evaluation: Evaluation, line: Line, source: Source, path: Path_) -> None:
        self._evaluation = evaluation
        self._line = line
        self._source = source
        self._path = path

    def differences(self, expected: Expected) -> Iterator[Problem]:
        """A problem for each expectation that is not met."""
        line = self._line
        for key, points in expected.criteria.items():
            yield from self._criterion(key, points)
        if expected.points is not None and expected.points != line.score.total:
            yield self._differs(
                ("points",), _number(expected.points, _NO_POINTS), _number(line.score.total, _NO_POINTS), "total"
            )
        if expected.outcome is not None and expected.outcome != line.outcome:
            yield self._differs(("outcome",), _name(expected.outcome), _name(line.outcome), "summary")
        place = line.ranked.place if line.ranked else None
        if expected.place is not None and expected.place != place:
            yield self._differs(("place",), _number(expected.place, _NO_PLACE), _number(place, _NO_PLACE), "place")
        if expected.award is not None and expected.award * 100 != line.cents:
            yield self._differs(("award",), _euros(expected.award * 100), _euros(line.cents), "amount")
        if expected.limited_by is not None and expected.limited_by != line.limited_by:
            yield self._differs(("limited_by",), _name(expected.limited_by), _name(line.limited_by), "amount")

    def _criterion(self, key: str, points: Number) -> Iterator[Problem]:
        rules = self._evaluation.rulebook.file.criteria
        if key not in rules:
            place = self._source.key_place((*self._path, "criteria", key))
            text = Text(f"neznano merilo »{key}«", f"unknown criterion '{key}'") + did_you_mean(key, rules)
            yield Problem(place, text)
            return
        found = next((one.points for one in self._line.score.criteria if one.key == key), None)
        if found != points:
            yield self._differs(("criteria", key), _number(points, _NO_POINTS), _number(found, _NO_POINTS), key)

    def _differs(self, part: Path_, expected: Text, found: Text, about: str) -> Problem:
        why = Text(self._why("sl", about), self._why("en", about))
        who, what = self._line.case.id, self._called(part)
        return Problem(
            self._source.place((*self._path, *part)),
            Text(
                f"vloga {who}, {what.sl}: pričakovano {expected.sl}, izračunano {found.sl} – {why.sl}",
                f"application {who}, {what.en}: expected {expected.en}, computed {found.en} – {why.en}",
            ),
        )

    def _called(self, part: Path_) -> Text:
        """What differs, as people call it: a criterion by its title."""
        if part[0] == "criteria":
            return self._evaluation.rulebook.file.criteria[str(part[1])].title
        return _PARTS[str(part[0])]

    def _why(self, language: Language, about: str) -> str:
        """What the result stands on: a criterion's sentence, the sum, the place or the amount."""
        told = explain(self._evaluation, self._line, language)
        scored = {trace.key: trace.sentence for trace in told.criteria}
        whole = {"total": _sum(told), "place": told.place, "amount": told.amount[-1] if told.amount else ""}
        waiting = [trace.sentence for trace in told.criteria if trace.points is None]
        return scored.get(about) or whole.get(about) or " ".join([told.summary, *told.refusal, *waiting])


def _sum(told: Explanation) -> str:
    speaker = Speaker("sl" if told.language == "sl" else "en")
    parts = [f"{trace.title} {speaker.number(trace.points or 0)}" for trace in told.criteria]
    return f"{told.total} ({'; '.join(parts)})" if told.total else ""


def _number(value: Number | None, none: Text) -> Text:
    if value is None:
        return none
    return Text(Speaker("sl").number(value), Speaker("en").number(value))


def _euros(cents: Number) -> Text:
    return Text(Speaker("sl").euros(cents), Speaker("en").euros(cents))


def _name(name: str) -> Text:
    told = _OUTCOMES.get(name, Text(name, name))
    return Text(f"»{told.sl}«", f"'{told.en}'")
