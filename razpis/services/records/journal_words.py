"""The journal in plain words: an event's action, subject, fields and values."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from razpis.engine.problems import Text
from razpis.engine.wording.speaker import Speaker
from razpis.procedure import words
from razpis.procedure.deadlines import local_time
from razpis.procedure.parameter_kinds import KINDS, RULE_WORDS, UNIT_WORDS, Key, Unit
from razpis.procedure.states import ApplicationEvent, CallEvent
from razpis.services.records.journal_actions import ACTIONS, READINGS, SUBJECTS
from razpis.services.records.journal_fields import CENTS, DAYS, FIELDS, MOMENTS, WORDS_OF

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_YES, _NO, _NOTHING = Text("da", "yes"), Text("ne", "no"), Text("–", "–")


def action(key: str) -> Text:
    """What the action did; for a step of a workflow without a sentence its words, else the key itself."""
    if key in ACTIONS:
        return ACTIONS[key]
    subject, _, event = key.partition(".")
    if subject == "call" and event in list(CallEvent):
        said = words.CALL_EVENTS[CallEvent(event)]
    elif subject == "application" and event in list(ApplicationEvent):
        said = words.APPLICATION_EVENTS[ApplicationEvent(event)]
    else:
        return Text(key, key)
    return Text(f"Korak: {said.sl}.", f"Step: {said.en}.")


def reading(key: str) -> Text:
    """What was read; the key where it has no words."""
    return READINGS.get(key, Text(key, key))


def subject(kind: str) -> Text:
    """What an event is about; the key where it has no words."""
    return SUBJECTS.get(kind, Text(kind, kind))


def field(name: str) -> Text:
    """What a field is called; for a legal parameter its name; the field itself where it has no words."""
    if name in FIELDS:
        return FIELDS[name]
    if name in list(Key):
        kind = KINDS[Key(name)].name
        return Text(kind.sl, kind.en)
    return Text(name, name)


def value(name: str, given: Any) -> Text:
    """A value of a field as people read it."""
    if given is None or given == "" or given == []:
        return _NOTHING
    if isinstance(given, bool):
        return _YES if given else _NO
    if isinstance(given, list):
        told = [value(name, one) for one in given]
        return Text(", ".join(one.sl for one in told), ", ".join(one.en for one in told))
    if isinstance(given, dict):
        return _parameter(given) if given.keys() == {"article", "unit", "value"} else _pairs(given)
    if name in CENTS:
        return _euros(int(given))
    return _word(name, str(given)) or _when(name, str(given)) or Text(str(given), str(given))


def _pairs(given: Mapping[str, Any]) -> Text:
    pairs = [(field(key), value(key, one)) for key, one in sorted(given.items())]
    return Text(
        "; ".join(f"{key.sl}: {one.sl}" for key, one in pairs), "; ".join(f"{key.en}: {one.en}" for key, one in pairs)
    )


def _parameter(given: Mapping[str, Any]) -> Text:
    """``30 (odstotki), 16. člen pravilnika``."""
    unit, held = Unit(given["unit"]), given["value"]
    if unit is Unit.CENTS:
        told = _euros(held)
    elif unit is Unit.RULE:
        told = Text(RULE_WORDS[held].sl, RULE_WORDS[held].en)
    else:
        told = Text(f"{held} ({UNIT_WORDS[unit].sl})", f"{held} ({UNIT_WORDS[unit].en})")
    return told + Text(f", {given['article']}", f", {given['article']}") if given["article"] else told


def _euros(cents: int) -> Text:
    return Text(Speaker("sl").euros(cents), Speaker("en").euros(cents))


def _word(name: str, given: str) -> Text | None:
    """The words of a closed list, where the field holds one of them."""
    for table in WORDS_OF.get(name, ()):
        said = {str(key): told for key, told in table.items()}.get(given)
        if said is not None:
            return Text(said[0], said[1]) if isinstance(said, tuple) else Text(said.sl, said.en)
    return None


def _when(name: str, given: str) -> Text | None:
    """A day as ``5. 6. 2026``; a moment with its hour in Ljubljana, ``5. 6. 2026 ob 12.00``."""
    if name not in DAYS | MOMENTS or not _ISO.match(given):
        return None
    if name in DAYS:
        return _day(datetime.date.fromisoformat(given[:10]))
    local = local_time(datetime.datetime.fromisoformat(given))
    return _day(local.date()) + Text(f" ob {local:%H.%M}", f" at {local:%H:%M}")


def _day(day: datetime.date) -> Text:
    return Text(f"{day.day}. {day.month}. {day.year}", f"{day.day}/{day.month}/{day.year}")
