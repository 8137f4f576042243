"""The decision on an application as its applicant reads it: what it says, its file, when it was served."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from razpis.documents.decision import Decision, LegalRemedy
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.documents import Act
from razpis.procedure import serving as law
from razpis.procedure.acts import KNOWN_OUTSIDE, Kind
from razpis.procedure.deadlines import local_time
from razpis.procedure.parameter_kinds import Unit
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.applications import applications
from razpis.services.calls import office_days
from razpis.services.decisions import act_facts, corrections, delivery
from razpis.services.errors import Missing
from razpis.services.examination import serving
from razpis.services.files import Store

_DECIDES = (Kind.DECISION, Kind.DISMISSAL, Kind.DISCONTINUANCE)


@dataclass(frozen=True, slots=True)
class Own:
    """A decision; ``corrections`` are issued orders that correct obvious errors in it, ``earlier`` decisions on the
    same application that were taken away.

    ``told`` is what it says (nothing of an order that only ends the procedure), ``reasons`` the same for machines.
    ``until``: the last day for the ``remedy``, ``None`` while service is not known.
    """

    application: Application
    act: Act
    told: Decision | None
    remedy: LegalRemedy
    reasons: Mapping[str, Any]
    served: datetime.date | None
    until: datetime.date | None
    corrections: Sequence[Act]
    earlier: Sequence[Act]


def own(actor: Actor, key: str, now: datetime.datetime) -> Own:
    """The decision on the person's own application, the one that counts or counted last.

    Raises :class:`Missing` before it is issued and for a stranger, and as :func:`applications.own`.
    """
    application = applications.own(actor, key, now)
    act = of_application(application.id)
    if act is None:
        raise Missing
    day = act.release.dated if act.release is not None else None
    told = None
    if act.kind is not Kind.DISCONTINUANCE:
        told = act_facts.decision(act.facts, act.number or "", day or local_time(act.issued_at or now).date())
    remedy = act_facts.remedy(act.facts)
    record = serving.latest(delivery.DECISION, [act.id]).get(act.id)
    served = serving.served(application.call, record, now)
    until = None if served is None else law.last_day(served, remedy.days, Unit.DAYS, *office_days.counting())
    about, earlier = act.facts["reasons"], _earlier(act)
    return Own(application, act, told, remedy, about, served, until, corrections.of_act(act), earlier)


def of_application(application_id: int) -> Act | None:
    """The issued decision of an application, the last one, if there is any."""
    query = select(Act).where(Act.application_id == application_id, Act.state.in_(KNOWN_OUTSIDE))
    return db.session.scalar(query.where(Act.kind.in_(_DECIDES)).order_by(Act.id.desc()).limit(1))


def _earlier(act: Act) -> Sequence[Act]:
    """The issued decisions before this one, the last one first."""
    query = select(Act).where(Act.application_id == act.application_id, Act.id < act.id, Act.state.in_(KNOWN_OUTSIDE))
    return db.session.scalars(query.where(Act.kind.in_(_DECIDES)).order_by(Act.id.desc())).all()


def file(actor: Actor, key: str, now: datetime.datetime, store: Store) -> tuple[str, bytes]:
    """The name and content of the PDF as issued. Raises as :func:`own`, and ``OSError``."""
    act = own(actor, key, now).act
    if act.sha256 is None:
        raise Missing
    return name(act), files.content(store, act.sha256)


def correction(actor: Actor, key: str, code: str, now: datetime.datetime, store: Store) -> tuple[str, bytes]:
    """The name and content of an order that corrects the decision, by its own code. Raises as :func:`file`."""
    return _coded(own(actor, key, now).corrections, code, store)


def earlier(actor: Actor, key: str, code: str, now: datetime.datetime, store: Store) -> tuple[str, bytes]:
    """The name and content of a decision that was taken away, by its own code. Raises as :func:`file`."""
    return _coded(own(actor, key, now).earlier, code, store)


def _coded(found: Sequence[Act], code: str, store: Store) -> tuple[str, bytes]:
    act = next((one for one in found if one.key == code), None)
    if act is None or act.sha256 is None:
        raise Missing
    return name(act), files.content(store, act.sha256)


def name(act: Act) -> str:
    """The name of a decision's file: its number without slashes."""
    number = (act.number or act.key).replace("/", "-")
    return f"{'odlocba' if act.facts['decision']['act'] != 'SKLEP' else 'sklep'}-{number}.pdf"
