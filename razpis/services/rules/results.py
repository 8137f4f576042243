"""A folder that `razpis evaluate` wrote: read whole and checked, ready for pages to show."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, TypeAdapter, ValidationError

from razpis.engine import money
from razpis.engine.money import Number
from razpis.engine.problems import Language, Place, Problem, Problems, Text
from razpis.engine.trace import Explanation
from razpis.exports.evaluation_json import FORMAT
from razpis.services.rules.evaluating import DECISIONS, EVALUATION, RESULTS, decision_file

Outcome = Literal[
    "granted",
    "part",
    "ranked",
    "open_tie",
    "no_money",
    "below_threshold",
    "condition_failed",
    "dismissed",
    "not_scored",
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_AMOUNT = re.compile(r"-?\d{1,30}\.\d\d", re.ASCII)


def _cents(value: object) -> int:
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
        raise ValueError("not an amount like 6120.00")
    return money.to_cents(money.parse_number(value))


Cents = Annotated[int, BeforeValidator(_cents)]


@dataclass(frozen=True, slots=True)
class Call:
    """The call whose result this is."""

    title: Text
    reference: Text
    year: int
    example: bool


@dataclass(frozen=True, slots=True)
class Lot:
    """The money of one lot and how it was divided, told in each language."""

    lot: str
    title: Text
    amount: Cents
    spent: Cents
    left: Cents
    explanation: Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Tie:
    """Applications with equal values and how their order was settled."""

    name: str
    lot: str
    place: int
    ids: tuple[str, ...]
    settled: Literal["draw", "shared", "open"]
    seed: str


@dataclass(frozen=True, slots=True)
class Line:
    """One application's result with its explanation in each language; amounts in cents."""

    id: str
    lot: str
    name: str
    programme: str | None
    place: int | None
    points: Number | None
    outcome: Outcome
    requested: Cents | None
    award: Cents
    explanation: Mapping[Language, Explanation]


@dataclass(frozen=True, slots=True)
class Document:
    """What the pages read of ``evaluation.json``; ``simulation`` holds the changes that make it no result."""

    engine: str
    inputs: Mapping[str, str]
    rulebook_sha256: str
    call: Call
    lots: tuple[Lot, ...]
    ties: tuple[Tie, ...]
    lines: tuple[Line, ...]
    simulation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """A results folder. ``table`` is ``results.csv`` as it lies there, ``open_data`` the evaluation that
    anyone may have, ``hashes`` the SHA-256 of both original files by name."""

    folder: Path
    document: Document
    table: bytes
    open_data: bytes
    hashes: Mapping[str, str]
    positions: Mapping[str, int]

    def line(self, id_: str) -> Line | None:
        """The application with this id."""
        at = self.positions.get(id_)
        return None if at is None else self.document.lines[at]

    def neighbours(self, id_: str) -> tuple[Line | None, Line | None]:
        """The applications before and after this one in the list."""
        lines, at = self.document.lines, self.positions[id_]
        return lines[at - 1] if at else None, lines[at + 1] if at + 1 < len(lines) else None

    def lot(self, key: str) -> Lot | None:
        """The lot, where the rulebook divides money."""
        return next((lot for lot in self.document.lots if lot.lot == key), None)

    def decision(self, id_: str) -> Path | None:
        """The PDF of the decision on this application, where there is one."""
        if id_ not in self.positions:
            return None
        path = self.folder / DECISIONS / decision_file(id_)
        return path if path.is_file() else None


_DOCUMENT = TypeAdapter(Document)


def load(folder: Path) -> Results:
    """The results in ``folder``. Raises :class:`Problems`: missing, unreadable, or not what it should be."""
    folder = folder.resolve()
    path = folder / EVALUATION
    content, table = _read(path), _read(folder / RESULTS)
    raw = _parse(path, content)
    try:
        document = _DOCUMENT.validate_python(raw)
    except ValidationError as error:
        raise Problems(_misfits(path, error)) from None
    positions = {line.id: at for at, line in enumerate(document.lines)}
    if len(positions) != len(document.lines):
        raise Problems([_problem(path, "ista vloga je navedena dvakrat", "an application stands in it twice")])
    hashes = {name: hashlib.sha256(file).hexdigest() for name, file in ((RESULTS, table), (EVALUATION, content))}
    return Results(folder, document, table, _open_data(raw), hashes, positions)


def _problem(path: Path, sl: str, en: str) -> Problem:
    return Problem(Place(str(path)), Text(sl, en))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        told = _problem(
            path,
            f"datoteke ni mogoče prebrati ({error.strerror}); izid pripravi »razpis evaluate … --out {path.parent}«",
            f"cannot be read ({error.strerror}); make the result with 'razpis evaluate … --out {path.parent}'",
        )
        raise Problems([told]) from None


def _parse(path: Path, content: bytes) -> dict[str, Any]:
    try:
        raw = json.loads(content)
    except (ValueError, RecursionError):
        raise Problems([_problem(path, "to ni JSON v UTF-8", "this is not JSON in UTF-8")]) from None
    found = raw.get("format") if isinstance(raw, dict) else None
    if found != FORMAT:
        sl = f"oblika je »{found}«, potrebna je »{FORMAT}«: izid izračunajte z isto različico programa Razpis"
        en = f"the format is '{found}', '{FORMAT}' is needed: evaluate with the same version of Razpis"
        raise Problems([_problem(path, sl, en)])
    return dict(raw)


def _misfits(path: Path, error: ValidationError) -> Iterable[Problem]:
    for one in error.errors(include_url=False, include_context=False):
        where = ".".join(map(str, one["loc"]))
        yield _problem(path, f"{where}: vrednost ni pričakovana ({one['msg']})", f"{where}: {one['msg']}")


def _open_data(raw: Mapping[str, Any]) -> bytes:
    """The evaluation without what is not for everyone: members are numbers in the order of their marks,
    and answers stand only where a reason quotes them."""
    lines = [
        {key: _anonymous(value) for key, value in line.items() if key not in ("claims", "facts", "findings")}
        for line in raw["lines"]
    ]
    document = {**raw, "format": f"{FORMAT}-public", "lines": lines}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _anonymous(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _anonymous(_numbered(item) if key == "marks" else item) for key, item in value.items()}
    return [_anonymous(item) for item in value] if isinstance(value, list) else value


def _numbered(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**mark, "member": str(number)} for number, mark in enumerate(marks, 1)]
