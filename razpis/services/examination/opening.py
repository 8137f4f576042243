"""The opening: applications one after another in the order received, those in time opened, late ones left closed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sqlalchemy import Select, select

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.sittings import Sitting
from razpis.procedure.checking import Aspect
from razpis.procedure.deadlines import local_time
from razpis.procedure.roles import Role
from razpis.procedure.sittings import SittingKind
from razpis.procedure.states import ApplicationEvent, ApplicationState, CallEvent, CallState
from razpis.procedure.workflow import APPLICATION, CALL, step
from razpis.services.actor import Actor
from razpis.services.applications import received
from razpis.services.calls import calls
from razpis.services.errors import Refused, Stale
from razpis.services.examination import checks, minutes
from razpis.services.records import journal
from razpis.services.sitting import declarations, seated, sittings


def waiting(call_id: int) -> list[received.Line]:
    """Applications nobody has opened yet, in the order received."""
    return [line for line in received.lines(call_id) if line.state is ApplicationState.SUBMITTED]


def open_applications(actor: Actor, call_id: int, expected: Sequence[int], now: datetime.datetime) -> int:
    """Open the applications ``expected``: the first of those that wait, in their order; how many were in time.

    Late ones are not opened but found late, each with its ground. Raises :class:`Refused` outside an opening
    sitting, before the deadline, or where the exclusions leave no quorum for one of them; :class:`Stale` where
    others are the next in order. All or nothing.
    """
    seated.presiding(actor, call_id)
    call = calls.locked(call_id)
    found = sittings.attendance(call_id, lock=True)
    if found.sitting.kind is not SittingKind.OPENING or call.state is not CallState.OPENING:
        raise Refused(Text("Vloge se odpirajo le na seji odpiranja.", "Applications are opened at an opening only."))
    declarations.refuse_before_deadline(call, now)
    lines = waiting(call_id)[: len(expected)]
    if not expected or [line.id for line in lines] != list(expected):
        raise Stale(
            Text(
                "Na vrsti so druge vloge, ker jih je medtem nekdo že odprl. Osvežite stran.",
                "Other applications are next: somebody has opened some meanwhile. Reload the page.",
            )
        )
    rows = {one.id: one for one in db.session.scalars(_locked(expected))}
    for line in lines:
        sittings.refuse_without_quorum(found, rows[line.id])
    opened = [_opened(actor, call, line, rows[line.id], now) for line in lines]
    told = [{"number": line.number, "in_time": met} for line, met in zip(lines, opened, strict=True)]
    journal.record(actor, now, "opening.open", calls.subject(call), after={"applications": told})
    db.session.commit()
    return sum(opened)


def finish(actor: Actor, call_id: int, now: datetime.datetime) -> None:
    """End the opening: every application is opened or late, every sitting ended and its minutes signed by all.

    Raises :class:`Refused` with what is missing.
    """
    seated.presiding(actor, call_id)
    call = calls.locked(call_id)
    state = step(CALL, call.state, CallEvent.FINISH_OPENING, Role.PRESIDENT)
    left = waiting(call_id)
    if left:
        raise Refused(
            Text(
                f"Neodprtih vlog: {len(left)}. Najprej odprite vse.",
                f"There are {len(left)} applications still to be opened.",
            )
        )
    held = db.session.scalars(
        select(Sitting).where(Sitting.call_id == call_id, Sitting.kind == SittingKind.OPENING).order_by(Sitting.number)
    ).all()
    unsigned = [sitting.number for sitting in held if not minutes.signed(sitting)]
    if unsigned or not held:
        numbers = ", ".join(str(number) for number in unsigned)
        raise Refused(
            Text(
                f"Zapisnik odpiranja še ni podpisan (seja {numbers}). Podpišejo ga vsi, ki so bili navzoči.",
                f"The minutes of the opening are not signed yet (sitting {numbers}). All who were present sign them.",
            )
        )
    before, call.state = {"state": call.state.value}, state
    call.revision += 1
    journal.record(actor, now, "call.finish_opening", calls.subject(call), before, {"state": state.value})
    db.session.commit()


def _locked(numbers: Sequence[int]) -> Select[Application]:
    return select(Application).where(Application.id.in_(numbers)).order_by(Application.number).with_for_update()


def _opened(actor: Actor, call: Call, line: received.Line, application: Application, now: datetime.datetime) -> bool:
    """Whether it was in time; within the running transaction."""
    met, article = received.in_time(call, line)
    event = ApplicationEvent.OPEN if met else ApplicationEvent.FIND_LATE
    application.state = step(APPLICATION, application.state, event, Role.PRESIDENT)
    application.changed_at = now
    assert call.deadline is not None
    deadline = f"{local_time(call.deadline):%-d. %-m. %Y ob %H.%M.%S}"
    checks.put(actor, application.id, Aspect.TIMELY, met, f"{received.told(line)}; rok {deadline}", article, now)
    return met
