"""Established facts: every answer that the rules read is confirmed or corrected with a reason, costs item by item."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from razpis.engine.cases import Case
from razpis.engine.expressions import EvaluationFault
from razpis.engine.expressions import Missing as MissingFact
from razpis.engine.expressions.build import Value
from razpis.engine.facts import established as facts_of
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.criteria import Marks, Relative
from razpis.engine.rulebook.fields import AttachmentField, Field, NumberField, TableField, TextField
from razpis.engine.scoring import criteria
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.checking import EstablishedAnswer
from razpis.procedure.states import ApplicationState, CallState
from razpis.services import legible
from razpis.services.actor import Actor
from razpis.services.applications import replies
from razpis.services.errors import Invalid, Missing, Refused, Stale
from razpis.services.examination import established
from razpis.services.records import journal, readings
from razpis.services.rules import rule_reads
from razpis.services.rules.rulebooks import compiled
from razpis.services.sitting import declarations, seated

WHEN = (ApplicationState.COMPLETE, ApplicationState.IN_SCORING)
CALLS = (CallState.OPENING, CallState.CHECKING, CallState.SCORING)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to establish. ``path``: a field, or ``table.row.column``; ``read_by``: titles of what reads it;
    ``capped``: an amount that
    may be cut and not raised."""

    path: str
    label: Text
    field: Field
    claim: Value
    finding: EstablishedAnswer | None
    value: Value
    read_by: tuple[Text, ...]
    supplemented: bool
    capped: bool

    @property
    def seen(self) -> int:
        """What a page says it was filled from."""
        return self.finding.number if self.finding else 0


@dataclass(frozen=True, slots=True)
class Points:
    """A computed criterion by the claims and by the established facts; ``None`` where it cannot be computed."""

    title: Text
    claimed: Number | None
    established: Number | None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is to be established of an application, and the points that follow."""

    application: Application
    rows: tuple[Row, ...]
    points: tuple[Points, ...]

    @property
    def left(self) -> list[str]:
        """The paths nobody has confirmed or corrected yet."""
        return [row.path for row in self.rows if row.finding is None]


def facts(actor: Actor, application_id: int, now: datetime.datetime) -> Facts:
    """Claims and established values side by side; the reading is noted. Raises as ``declarations.may_read``."""
    declarations.may_read(actor, application_id, now)
    application = db.session.get_one(Application, application_id)
    readings.note(actor, now, "commission.facts", declarations.subject(application))
    return _facts(application)


def find(
    actor: Actor, application_id: int, path: str, typed: replies.Typed, reason: str, seen: int, now: datetime.datetime
) -> None:
    """Confirm the answer at ``path`` (what is typed says the same) or correct it, which needs a reason.

    Costs may be cut, not raised. ``seen`` is the finding the page showed. Raises :class:`Missing` for what the
    rules do not read, :class:`Invalid`, :class:`Stale` where somebody found otherwise meanwhile, and as
    ``declarations.may_read`` does.
    """
    application = _locked(actor, application_id, now)
    row = next((one for one in _facts(application).rows if one.path == path), None)
    if row is None:
        raise Missing
    if row.seen != seen:
        raise Stale(
            Text(
                "O tem odgovoru je medtem odločil nekdo drug. Preverite, kaj velja zdaj.",
                "Somebody else has decided on this answer meanwhile. See what stands now.",
            )
        )
    made = _made(actor, application, row, _read(row, typed), reason, now)
    db.session.add(made)
    before = {"value": row.finding.value if row.finding else _kept(row.field, row.claim)}
    after = {"path": path, "value": made.value, "confirmed": made.confirmed, "reason": made.reason}
    journal.record(actor, now, "finding.put", declarations.subject(application), before, after)
    db.session.commit()


def confirm(actor: Actor, application_id: int, paths: Sequence[str], now: datetime.datetime) -> int:
    """Confirm as claimed everything in ``paths``, which must be all that is left; how many they are.

    Raises :class:`Stale` where something else is left by now.
    """
    application = _locked(actor, application_id, now)
    found = _facts(application)
    if not paths or sorted(paths) != sorted(found.left):
        raise Stale(
            Text(
                "Medtem se je spremenilo, kaj je še treba ugotoviti. Osvežite stran.",
                "What is left to be established has changed meanwhile. Reload the page.",
            )
        )
    rows = [row for row in found.rows if row.path in set(paths)]
    db.session.add_all(_made(actor, application, row, row.claim, "", now) for row in rows)
    after = {"paths": sorted(paths)}
    journal.record(actor, now, "finding.confirm", declarations.subject(application), after=after)
    db.session.commit()
    return len(rows)


def unconfirmed(application: Application) -> list[str]:
    """The fields that the rules read and that nobody has confirmed or corrected yet, each once."""
    return list(dict.fromkeys(path.partition(".")[0] for path in _facts(application).left))


def _facts(application: Application) -> Facts:
    rulebook = compiled(application.call.rulebook)
    said, findings = established.contents(application.id), established.found(application.id)
    claims = established.values(rulebook, said)
    rows: list[Row] = []
    for key, titles in rule_reads.reads(rulebook).items():
        for path, label, field, claim in _parts(key, rulebook.fields[key], claims[key]):
            finding = findings.get(path)
            value = claim if finding is None else _value(field, finding.value)
            rows.append(
                Row(
                    path,
                    label,
                    field,
                    claim,
                    finding,
                    value,
                    tuple(titles),
                    key in said.supplemented,
                    _capped(rulebook, path, field),
                )
            )
    return Facts(application, tuple(rows), tuple(_points(rulebook, established.case(application.id))))


def _parts(key: str, field: Field, claim: Value) -> list[tuple[str, Text, Field, Value]]:
    """What is established apart in a field: the field, or of a table every cell that is not mere text."""
    if claim is None and field.filled_by == "applicant":
        return []
    if not isinstance(field, TableField):
        return [(key, field.label, field, claim)]
    told = {name: column for name, column in field.columns.items() if not isinstance(column, TextField)}
    named = [name for name, column in field.columns.items() if isinstance(column, TextField)]
    parts: list[tuple[str, Text, Field, Value]] = []
    for at, row in enumerate(claim or (), 1):
        about = str(row[named[0]] or at) if named else str(at)
        for name, column in (told or field.columns).items():
            label = field.label + Text(f", {at}. {about}: ", f", {at}. {about}: ") + column.label
            parts.append((f"{key}.{at}.{name}", label, column, row[name]))
    return parts


def _points(rulebook: Rulebook, case: Case) -> Iterable[Points]:
    """Criteria that are computed from this application alone, before and after the findings."""
    bare = replace(case, findings=())
    before, after = facts_of(rulebook, bare), facts_of(rulebook, case)
    for rule in rulebook.criteria:
        if not isinstance(rule.rule, Marks | Relative):
            score = criteria.scorer(rule, 0)
            yield Points(rule.rule.title, _scored(score, before), _scored(score, after))


def _scored(score: Any, facts: Mapping[str, Value]) -> Number | None:
    try:
        points: Number | None = score(facts, (), {}).points
    except (MissingFact, EvaluationFault):
        return None
    return points


def _locked(actor: Actor, application_id: int, now: datetime.datetime) -> Application:
    declarations.may_read(actor, application_id, now)
    query = select(Application).where(Application.id == application_id)
    application = db.session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()
    seated.voting(actor, application.call_id)
    if application.state not in WHEN or application.call.state not in CALLS:
        raise Refused(
            Text(
                "Dejstva se ugotavljajo pri popolni vlogi, dokler se ocenjevanje ne konča.",
                "Facts are established of a complete application, until the scoring ends.",
            )
        )
    return application


def _read(row: Row, typed: replies.Typed) -> Value:
    """The value of what was typed. Raises :class:`Invalid`."""
    if isinstance(row.field, AttachmentField):
        return row.claim if typed else None
    try:
        value = replies.read(row.field, typed)
    except replies.WrongReply as wrong:
        raise Invalid({"value": wrong.faults[replies.WHOLE]}) from None
    if row.capped and value is not None and row.claim is not None and value > row.claim:
        raise Invalid(
            {
                "value": Text(
                    "Priznani znesek ne more biti višji od navedenega.",
                    "The accepted amount cannot be higher than the claimed one.",
                )
            }
        )
    return value


def _capped(rulebook: Rulebook, path: str, field: Field) -> bool:
    """Whether it is an item of costs or the amount asked for."""
    if not isinstance(field, NumberField) or field.type != "euro":
        return False
    return "." in path or (rulebook.allocation is not None and path == rulebook.allocation.rule.request)


def _made(
    actor: Actor, application: Application, row: Row, value: Value, reason: str, now: datetime.datetime
) -> EstablishedAnswer:
    """The finding. Raises :class:`Invalid` where a correction has no reason."""
    same = value == row.claim
    if not same and len(reason.strip()) < 3:
        raise Invalid(
            {"reason": Text("Napišite, zakaj ugotavljate drugače, kot piše v vlogi.", "Write why you find otherwise.")}
        )
    if fault := legible.fault(reason):
        raise Invalid({"reason": fault})
    return EstablishedAnswer(
        application_id=application.id,
        field=row.path,
        number=row.seen + 1,
        value=_kept(row.field, value),
        confirmed=same,
        reason=reason.strip(),
        at=now,
        by=actor.person,
    )


def _kept(field: Field, value: Value) -> replies.Kept:
    return value if isinstance(field, AttachmentField) else replies.kept(field, value)


def _value(field: Field, kept: replies.Kept) -> Value:
    return kept if isinstance(field, AttachmentField) else replies.value(field, kept)
