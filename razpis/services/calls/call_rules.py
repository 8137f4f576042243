"""What the row of a call repeats of its rulebook, and how the one follows the other."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from razpis.engine.problems import Problem, Problems, Text
from razpis.engine.rulebook import Rulebook, editing
from razpis.engine.rulebook.editing import Kind, Scalar, Value
from razpis.engine.rulebook.source import Path_, parse
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.procedure.deadlines import DeadlineError, deadline_instant, local_time
from razpis.services import legible
from razpis.services.calls import example_days
from razpis.services.errors import Invalid
from razpis.services.rules.rulebooks import NAME, compiled

DEADLINE: Path_ = ("call", "deadline")
_LONGEST = {"title": 500, "reference": 60}
_SHOWN = 5


def follow(call: Call, text: str) -> None:
    """Put ``text`` in as the rulebook and let the row say the same: title, reference, deadline, sum of the money.

    A rulebook with faults of meaning may stand in a draft. Raises :class:`Invalid` where it is not YAML as a
    rulebook is written, has no title or reference, its reference belongs to another call, or it brings words that
    documents cannot print.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    told = _call_part(text)
    _refuse_unprintable(text, call.rulebook or "")
    title, reference = _words(told, "title"), _words(told, "reference")
    _refuse_taken(call, reference.sl)
    call.rulebook, call.title_sl, call.title_en, call.reference = text, title.sl, title.en, reference.sl
    rulebook = readable(text)
    if rulebook is None:
        return
    call.budget_cents = sum(rulebook.lot_cents(lot) for lot in rulebook.lots) if rulebook.lots else None
    _propose(call, rulebook)
    if rulebook.file.call.deadline is not None:
        call.deadline = _instant(rulebook.file.call.deadline, call.deadline)


def _propose(call: Call, rulebook: Rulebook) -> None:
    """What the rulebook says of the decisions, where the call says nothing yet."""
    decisions = rulebook.file.call.decisions
    if decisions is not None:
        body = decisions.authority
        lines = [body.name.sl, *(unit.sl for unit in body.units), body.address.sl, body.email.sl]
        call.budget_line = call.budget_line or decisions.grant.budget_line.sl[:200]
        call.contact = call.contact or "\n".join(lines)


def readable(text: str) -> Rulebook | None:
    """The compiled rulebook; ``None`` where it has faults."""
    try:
        return compiled(text)
    except Problems:
        return None


def with_values(text: str, new: Mapping[Path_, Value]) -> str:
    """``text`` with these values changed, where it has them. Raises :class:`Invalid` where it is not YAML."""
    try:
        known = {one.path for one in editing.editable(text)}
        return editing.changed(text, {path: value for path, value in new.items() if path in known})
    except Problems as found:
        raise Invalid({"rulebook": told(found.problems)}) from None


def with_deadline(text: str, deadline: datetime.datetime) -> str:
    """``text`` with this moment as its deadline, where it states one; the days of its examples go along."""
    stated = re.match(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})", _stated_deadline(text))
    changed = with_values(text, {DEADLINE: f"{local_time(deadline):%Y-%m-%d %H:%M}"})
    if stated is None:
        return changed
    old = datetime.datetime.fromisoformat(" ".join(stated.groups()))
    return example_days.followed(changed, old, local_time(deadline).replace(second=0, microsecond=0))


def _stated_deadline(text: str) -> str:
    """The deadline as ``text`` writes it; blank where it states none. Raises as :func:`with_values` does."""
    try:
        return next((str(one.value) for one in editing.editable(text) if one.path == DEADLINE), "")
    except Problems as found:
        raise Invalid({"rulebook": told(found.problems)}) from None


def same_wall_time(rulebook: Rulebook, deadline: datetime.datetime) -> bool:
    """Whether the rulebook's deadline, if it has one, is this moment as clocks show it."""
    written = rulebook.file.call.deadline
    return written is None or written.replace(tzinfo=None) == local_time(deadline).replace(tzinfo=None)


def told(problems: tuple[Problem, ...]) -> Text:
    """The first few problems in one text, each with its line."""
    shown = [one for one in problems if not one.warning][:_SHOWN]
    return Text(
        "; ".join(f"vrstica {one.place.line}: {one.text.sl}" for one in shown),
        "; ".join(f"line {one.place.line}: {one.text.en}" for one in shown),
    )


def unprintable(scalar: Scalar, value: Value) -> Text | None:
    """What is wrong with a new value of the rules that documents print; they are written in Slovenian."""
    printed = scalar.kind is Kind.TEXT and scalar.language != "en"
    return legible.fault(str(value)) if printed else None


def _refuse_unprintable(text: str, before: str) -> None:
    """Words that stood there before stay: a call that is out must still be prolonged or resumed."""
    known = {one.value for one in editing.editable(before)}
    for one in editing.editable(text):
        fault = unprintable(one, one.value) if one.value not in known else None
        if fault is not None:
            path = ".".join(map(str, one.path))
            raise Invalid({"rulebook": Text(f"»{path}«: ", f"'{path}': ") + fault})


def _call_part(text: str) -> Mapping[str, Any]:
    try:
        data = parse(text.encode(), NAME).data
    except Problems as found:
        raise Invalid({"rulebook": told(found.problems)}) from None
    part = data.get("call") if isinstance(data, dict) else None
    if not isinstance(part, dict):
        raise Invalid({"rulebook": Text("V pravilih manjka del »call:«.", "The rules have no part 'call:'.")})
    return part


def _words(part: Mapping[str, Any], key: str) -> Text:
    value = part.get(key)
    lines = value if isinstance(value, dict) else {"sl": value}
    sl, longest = str(lines.get("sl") or "").strip(), _LONGEST[key]
    en = str(lines.get("en") or sl).strip()
    if not sl or max(len(sl), len(en)) > longest:
        raise Invalid(
            {
                "rulebook": Text(
                    f"»call.{key}« mora imeti od 1 do {longest} znakov.",
                    f"'call.{key}' must have 1 to {longest} characters.",
                )
            }
        )
    return Text(sl, en)


def _refuse_taken(call: Call, reference: str) -> None:
    with db.session.no_autoflush:
        other = db.session.scalar(select(Call.id).where(Call.reference == reference))
    if other is not None and other != call.id:
        raise Invalid(
            {
                "reference": Text(
                    f"Številko {reference} že ima drug razpis. Izberite drugo.",
                    f"Another call has the reference {reference}. Choose another.",
                )
            }
        )


def _instant(written: datetime.datetime, now_stands: datetime.datetime | None) -> datetime.datetime:
    """The rulebook's wall time as a moment; where it comes twice, the one that stands, else the first."""
    wall = written.replace(tzinfo=None)
    if now_stands is not None and local_time(now_stands).replace(tzinfo=None) == wall:
        return now_stands
    try:
        return deadline_instant(wall.date(), wall.time(), fold=0)
    except DeadlineError as error:
        raise Invalid({"rulebook": Text(error.problem.sl, error.problem.en)}) from None
