"""The draft of a call: its terms and its rules, changed by an officer who sees what others changed meanwhile."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from razpis.engine.problems import Problems, Text
from razpis.engine.rulebook import editing
from razpis.engine.rulebook.editing import Scalar, Unfit, Value
from razpis.engine.rulebook.source import Path_
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.services.actor import Actor
from razpis.services.calls import call_rules, calls
from razpis.services.errors import Invalid, Refused
from razpis.services.records import journal

_CONFIRMED = ("opens_at", "deadline", "questions_until", "contact")
"""What may still be set once the signatory has approved the call: its days, and whom to ask."""
MOST_PER_ORGANISATION = 20


@dataclass(frozen=True, slots=True)
class Terms:
    """What a call says beside its rules. Moments are aware; a deadline never moves by itself."""

    summary_sl: str
    summary_en: str
    opens_at: datetime.datetime | None
    deadline: datetime.datetime | None
    questions_until: datetime.datetime | None
    budget_line: str
    contact: str
    per_organisation: int


def terms(call: Call) -> Terms:
    """The terms as they stand."""
    return Terms(**{field.name: getattr(call, field.name) for field in dataclasses.fields(Terms)})


def save_terms(actor: Actor, call_id: int, revision: int, new: Terms, now: datetime.datetime) -> None:
    """Set the terms of a draft; of a confirmed call only its days and the contact.

    The deadline goes into the rulebook too. Raises :class:`Invalid`, :class:`Refused`, :class:`Stale`.
    """
    actor.needs(Role.OFFICER)
    call = calls.draft(call_id, revision, CallState.CONFIRMED)
    _check(new)
    before = terms(call)
    changed = {
        field.name for field in dataclasses.fields(Terms) if getattr(before, field.name) != getattr(new, field.name)
    }
    if call.state is CallState.CONFIRMED and not changed <= set(_CONFIRMED):
        raise Refused(
            Text(
                "Potrjenemu razpisu lahko spremenite le datume in kontakt; drugo je potrdil podpisnik.",
                "Of an approved call only the days and the contact may change; the rest is approved.",
            )
        )
    for name in changed:
        setattr(call, name, getattr(new, name))
    if new.deadline is not None and "deadline" in changed:
        call_rules.follow(call, call_rules.with_deadline(call.rulebook, new.deadline))
    call.revision += 1
    journal.record(actor, now, "call.terms", calls.subject(call), _said(before, changed), _said(new, changed))
    db.session.commit()


def values(call: Call) -> tuple[Scalar, ...]:
    """What may be changed in the rules one by one; nothing where the text is not YAML."""
    try:
        return editing.editable(call.rulebook)
    except Problems:
        return ()


def save_values(actor: Actor, call_id: int, revision: int, typed: Mapping[Path_, str], now: datetime.datetime) -> None:
    """Change single values of a draft's rules, each as it was typed.

    Raises :class:`Invalid` by the path written with slashes, and as :func:`razpis.services.calls.draft` does.
    """
    actor.needs(Role.OFFICER)
    call = calls.draft(call_id, revision)
    new = understood(values(call), typed)
    _put(actor, call, call_rules.with_values(call.rulebook, new), now)


def save_text(actor: Actor, call_id: int, revision: int, text: str, now: datetime.datetime) -> None:
    """Put the whole text of the rules into a draft. Raises :class:`Invalid`, :class:`Refused`, :class:`Stale`."""
    actor.needs(Role.OFFICER)
    _put(actor, calls.draft(call_id, revision), text, now)


def understood(known: tuple[Scalar, ...], typed: Mapping[Path_, str]) -> dict[Path_, Value]:
    """The values that differ from what stands. Raises :class:`Invalid` by the path written with slashes."""
    new: dict[Path_, Value] = {}
    wrong: dict[str, Text] = {}
    for scalar in known:
        if scalar.path not in typed or typed[scalar.path].replace("\r\n", "\n") == scalar.value:
            continue
        try:
            value = editing.typed(scalar.kind, typed[scalar.path])
        except Unfit as unfit:
            wrong[name(scalar.path)] = unfit.text
        else:
            fault = call_rules.unprintable(scalar, value)
            if fault is not None:
                wrong[name(scalar.path)] = fault
            elif value != scalar.value:
                new[scalar.path] = value
    if wrong:
        raise Invalid(wrong)
    return new


def name(path: Path_) -> str:
    """The path as forms name it: ``criteria/members/bands/0/points``."""
    return "/".join(str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _put(actor: Actor, call: Call, text: str, now: datetime.datetime) -> None:
    before = hashlib.sha256(call.rulebook.encode()).hexdigest()
    call_rules.follow(call, text)
    call.revision += 1
    after = hashlib.sha256(call.rulebook.encode()).hexdigest()
    journal.record(actor, now, "call.rules", calls.subject(call), {"sha256": before}, {"sha256": after})
    db.session.commit()


def _check(new: Terms) -> None:
    wrong: dict[str, Text] = {}
    if new.opens_at is not None and new.deadline is not None and new.opens_at >= new.deadline:
        wrong["opens_at"] = Text("Odprtje mora biti pred rokom.", "The opening must come before the deadline.")
    if new.questions_until is not None and new.deadline is not None and new.questions_until > new.deadline:
        wrong["questions_until"] = Text(
            "Vprašanja se sprejemajo največ do roka za prijavo.", "Questions are taken up to the deadline at most."
        )
    if not 1 <= new.per_organisation <= MOST_PER_ORGANISATION:
        wrong["per_organisation"] = Text(
            f"Vpišite število od 1 do {MOST_PER_ORGANISATION}.", f"Write a number from 1 to {MOST_PER_ORGANISATION}."
        )
    if len(new.budget_line) > 200:
        wrong["budget_line"] = Text("Največ 200 znakov.", "At most 200 characters.")
    if wrong:
        raise Invalid(wrong)


def _said(said: Terms, names: set[str]) -> dict[str, object]:
    return {name: _plain(getattr(said, name)) for name in sorted(names)}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.datetime) else value
