"""What a call opened as an earlier one still has of that one: its year and its days in texts nobody has changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from razpis.engine.problems import Problems, Text
from razpis.engine.rulebook import editing
from razpis.engine.rulebook.editing import Kind, Scalar
from razpis.engine.rulebook.source import Path_
from razpis.models.calls import Call
from razpis.procedure.deadlines import local_time
from razpis.procedure.parameter_kinds import KINDS
from razpis.services.calls import call_rules

MONTHS = (
    "januar", "februar", "mar(?:ec|c)", "april", "maj", "junij", "julij", "avgust", "septemb(?:er|r)", "oktob(?:er|r)",
    "novemb(?:er|r)", "decemb(?:er|r)",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DEFAULT_SPAN = 1  # an earlier call speaks of the year before it too: »v preteklem letu (2024)«


class Place(StrEnum):
    """The page on which a text is changed."""

    RULES = "rules"
    RULES_TEXT = "rules_text"
    TERMS = "terms"
    PARAMETERS = "parameters"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Carried:
    """A text in which a year or a day of the earlier call stands.

    ``name`` is the same as long as the text stands where it does; ``path`` is that of a value of the rules;
    ``found``: the years and days as they are written; ``sha256`` is of the text.
    """

    name: str
    place: Place
    label: Text
    text: str
    found: tuple[str, ...]
    sha256: str
    confirmed: bool
    path: Path_ = ()


def of_source(source: Call) -> dict[str, Any]:
    """What the copy of ``source`` has to be asked about: its year, and the days it opened and closed."""
    moments = [local_time(one) for one in (source.opens_at, source.deadline, source.questions_until) if one is not None]
    days = sorted({(one.day, one.month) for one in moments})
    return {"year": _year(source.rulebook, source), "days": [list(one) for one in days], "confirmed": {}}


def carried(call: Call) -> list[Carried]:
    """The texts of ``call`` that still say a year or a day of the call it was copied from; nothing for others."""
    if not call.carried:
        return []
    pattern = _pattern(call)
    confirmed = call.carried["confirmed"]
    return [
        Carried(name, place, label, text, tuple(dict.fromkeys(found)), sha256, confirmed.get(name) == sha256, path)
        for name, place, label, text, path in _texts(call, pattern)
        if (found := _found(pattern, place, text)) and (sha256 := hashlib.sha256(text.encode()).hexdigest())
    ]


def unconfirmed(call: Call) -> list[Carried]:
    """Those nobody has said that they may stay."""
    return [one for one in carried(call) if not one.confirmed]


_Said = tuple[str, Place, Text, str, Path_]


def _texts(call: Call, pattern: re.Pattern[str]) -> Iterator[_Said]:
    """Every text the copy has from the earlier call; the deadline is asked about by itself, being in the past."""
    scalars = [one for one in _scalars(call.rulebook) if one.path != call_rules.DEADLINE]
    for one in scalars:
        if isinstance(one.value, str):
            name = "rules/" + "/".join(str(step) for step in one.path)
            yield name, Place.RULES, one.words, one.value, one.path
    for line in _other_lines(call.rulebook, scalars, pattern):
        yield f"line/{line.strip()}", Place.RULES_TEXT, Text("Vrstica pravil", "Line of the rules"), line.strip(), ()
    for name, label in _TERMS.items():
        yield f"terms/{name}", Place.TERMS, label, getattr(call, name) or "", ()
    for key, kind in KINDS.items():
        article = call.parameters.get(key.value, {}).get("article") or ""
        yield f"parameters/{key.value}", Place.PARAMETERS, Text(kind.name.sl, kind.name.en), article, ()
    if call.contract is not None:
        label = Text("Vzorec pogodbe prejšnjega razpisa", "The model contract of the earlier call")
        yield f"contract/{call.contract.sha256}", Place.CONTRACT, label, call.contract.name, ()


_TERMS: Mapping[str, Text] = {
    "summary_sl": Text("Povzetek v slovenščini", "Summary in Slovenian"),
    "summary_en": Text("Povzetek v angleščini", "Summary in English"),
    "contact": Text("Kontakt za vprašanja", "Contact"),
    "budget_line": Text("Proračunska postavka", "Budget line"),
}


def _found(pattern: re.Pattern[str], place: Place, text: str) -> list[str]:
    """The years and days in a text; a contract that came along is looked at whatever its file is called."""
    found = [one.group() for one in pattern.finditer(text)]
    return found or ([text] if place is Place.CONTRACT else [])


def _pattern(call: Call) -> re.Pattern[str]:
    """Years from the one before the earlier call to the one before this, and that call's days in any year."""
    first = call.carried["year"] - _DEFAULT_SPAN
    last = max(call.carried["year"], (_year(call.rulebook, call) or 0) - 1)
    this = _year(call.rulebook, call)
    years = [rf"(?<!\d){year}(?!\d)" for year in range(first, last + 1) if year != this]
    days = [
        rf"(?<!\d){day}\.\s*(?:{month}\.(?!\d\.)|{MONTHS[month - 1]}\w*)|(?<!\d){day} {MONTHS_EN[month - 1]}"
        for day, month in call.carried["days"]
    ]
    return re.compile("|".join((*years, *days)) or r"(?!)")


def _year(text: str, call: Call) -> int:
    """The year a rulebook is for; where it does not say, that of its deadline or of its opening here."""
    said = next((one.value for one in _scalars(text) if one.path == ("call", "year")), None)
    at = call.deadline or call.created_at
    return int(said) if said is not None else local_time(at).year


def _scalars(text: str) -> tuple[Scalar, ...]:
    try:
        return editing.editable(text)
    except Problems:
        return ()


def _other_lines(text: str, scalars: Iterable[Scalar], pattern: re.Pattern[str]) -> Iterator[str]:
    """Lines with a year that no single value holds (a test, a formula), without notes and examples."""
    told = {one.path: "" for one in scalars if one.kind in (Kind.TEXT, Kind.DAY, Kind.MOMENT)}
    skipped = False
    for line in editing.changed(text, told).splitlines() if told else text.splitlines():
        if re.match(r"\w", line):
            skipped = line.startswith("examples:")
        body = re.split(r"(?:^|\s)#", line, maxsplit=1)[0]
        if not skipped and pattern.search(body) and not re.match(r"\s+(?:year|deadline):", body):
            yield _as_written(text, body, pattern)


def _as_written(text: str, body: str, pattern: re.Pattern[str]) -> str:
    """The line of ``text`` that ``body`` is without its single values."""
    key = body.strip().partition(":")[0]
    lines = (line for line in text.splitlines() if line.strip().startswith(key) and pattern.search(line))
    return next(lines, body)


def stamp(found: Iterable[Carried], names: Iterable[str]) -> dict[str, str]:
    """Of ``found`` those named: by name the hash of the text as it is confirmed."""
    wanted = set(names)
    return {one.name: one.sha256 for one in found if one.name in wanted}
