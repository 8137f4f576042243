"""The party's own statement on the portal that it withdraws its application after the deadline."""

from __future__ import annotations

import datetime

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.procedure.deadlines import Channel, local_time
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent
from razpis.procedure.workflow import APPLICATION
from razpis.services import legible
from razpis.services.actor import Actor
from razpis.services.applications import applications
from razpis.services.calls import calls
from razpis.services.decisions import stopping
from razpis.services.decisions.stopping import Statement
from razpis.services.errors import Invalid

WORDLESS = "Prijavitelj je vlogo umaknil na portalu."


def possible(application: Application, now: datetime.datetime) -> bool:
    """Whether the application can be withdrawn now: after the deadline, until the decision on it is issued."""
    renounced = any(one.event is ApplicationEvent.RENOUNCE for one in APPLICATION.from_state(application.state))
    return renounced and stopping.within(application.call, now)


def declare(actor: Actor, key: str, understood: bool, reason: str, now: datetime.datetime) -> None:
    """Withdraw the application for good; ``understood``: the person confirmed that it cannot be taken back,
    ``reason`` may be blank. Raises as :func:`razpis.services.applications.applications.own`, :class:`Refused` before
    the deadline and after remedies, :class:`razpis.procedure.workflow.StepRefused` where it is decided or withdrawn
    already, and :class:`Invalid`. Source: ZUP, 135. člen.
    """
    call = calls.locked(applications.own(actor, key, now).call_id)
    application, _ = applications.own_locked(actor, key, now)
    stopping.refuse_elsewhere(call, now)
    told = reason.replace("\r\n", "\n").strip()
    _refuse_unfit(understood, told)
    said = Statement(local_time(now).date(), Channel.PORTAL, told or WORDLESS)
    stopping.stop(actor, call, application, Role.APPLICANT, said, now)
    db.session.commit()


def _refuse_unfit(understood: bool, told: str) -> None:
    wrong: dict[str, Text] = {}
    if not understood:
        wrong["understood"] = Text(
            "Potrdite, da veste, da umika ni mogoče preklicati.", "Confirm that you know this cannot be taken back."
        )
    if len(told) > stopping.LONGEST:
        most = stopping.LONGEST
        wrong["reason"] = Text(f"Največ {most} znakov.", f"At most {most} characters.")
    elif (fault := legible.fault(told)) is not None:
        wrong["reason"] = fault
    if wrong:
        raise Invalid(wrong)
