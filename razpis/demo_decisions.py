"""The demonstration's decisions on their way out: accepted, drafted, approved, made, issued, sent – by the services."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act
from razpis.models.sittings import Sitting
from razpis.procedure.acts import ActState, Kind
from razpis.procedure.deadlines import local_time
from razpis.procedure.serving import Manner
from razpis.procedure.sittings import SittingKind
from razpis.procedure.states import ApplicationState
from razpis.services.actor import Actor
from razpis.services.applications import received
from razpis.services.decisions import delivery, issuing, public_results, publishing_results, releases, rendering, terms
from razpis.services.files import Store
from razpis.services.proposing import proposals

OFFICER, SIGNATORY, REGISTRY = "sektor@zgled.si", "podpis@zgled.si", "vlozisce@zgled.si"
Acting = Callable[[str, datetime.datetime], Actor]


class Decisions:
    """The decisions of one call whose proposal is before the head; ``now`` moves on as people work."""

    def __init__(self, call: int, acting: Acting, store: Store, now: datetime.datetime, site: str) -> None:
        self.call, self._acting, self.store, self.now, self.site = call, acting, store, now, site

    def accepted(self) -> None:
        """The head accepts the newest proposal."""
        signatory = self._as(SIGNATORY)
        newest = proposals.listed(signatory, self.call)[0]
        proposals.accept(signatory, self.call, newest.number, self.now)

    def settled(self) -> None:
        """The officer writes the course of this call's procedure in place of the one the example's rules tell."""
        call, officer = db.session.get_one(Call, self.call), self._as(OFFICER)
        assert call.published_at is not None and call.deadline is not None
        published, deadline = _day(call.published_at), _day(call.deadline)
        met = select(Sitting).where(Sitting.call_id == call.id).order_by(Sitting.number)
        held = {one.kind: _day(one.started_at) for one in db.session.scalars(met)}
        in_time = sum(one.state is not ApplicationState.LATE for one in received.lines(call.id))
        procedure = (
            f"Javni razpis je bil objavljen {published} (zgled).",
            f"Rok za oddajo vlog je potekel {deadline} ob {local_time(call.deadline).hour}. uri. "
            f"Število vlog, prejetih v roku: {in_time}.",
            f"Komisija je vloge odprla {held[SittingKind.OPENING]} in nato preverila, ali so popolne "
            "in ali izpolnjujejo pogoje.",
        )
        newest = proposals.listed(officer, self.call)[0]
        assert newest.submitted_at is not None
        proposal = f"Odločitev sledi predlogu, ki ga je komisija sprejela {_day(newest.submitted_at)}."
        publication = f"spletna stran razpisov, {published} (zgled)"
        own = replace(terms.of_call(call), publication=publication, procedure=procedure, proposal=(proposal,))
        terms.save(officer, self.call, 0, own, self.now)

    def issued(self) -> None:
        """The officer drafts, the signatory approves, documents are made, all are issued and sent by post."""
        number = releases.draft(self._as(OFFICER), self.call, self.now)
        signatory = self._as(SIGNATORY)
        seen = releases.current(signatory, self.call, number).sha256
        releases.approve(signatory, self.call, number, seen, f"{self.site}/preverjanje/{{key}}", self.now)
        rendering.work(self._later(), self.store, None)
        issuing.issue(self._as(SIGNATORY), self.call, number, self.now, self.store, self._page)
        registry = self._as(REGISTRY)
        delivery.dispatch(registry, self.call, Manner.POST, local_time(self.now).date(), self.now)

    def published(self) -> None:
        """The officer looks at the results and publishes them, not final yet."""
        officer = self._as(OFFICER)
        seen = publishing_results.desk(officer, self.call).sha256
        address = f"{self.site}/preverjanje/{{key}}"
        publishing_results.publish(officer, self.call, seen, "", self._later(), self.store, address)

    @property
    def reference(self) -> str:
        """The call's reference."""
        return db.session.get_one(Call, self.call).reference

    def _page(self, key: str) -> str:
        return f"{self.site}/vloge/{key}/odlocba"

    def _as(self, email: str) -> Actor:
        return self._acting(email, self._later())

    def _later(self) -> datetime.datetime:
        self.now += datetime.timedelta(minutes=7)
        return self.now


@dataclass(frozen=True, slots=True)
class Told:
    """A call whose results are published: how many decisions were issued, how applications ended."""

    call: int
    reference: str
    decisions: int
    outcomes: Sequence[tuple[Text, int]]


def told() -> list[Told]:
    """Every call of the demonstration with decisions issued and results published, as the database has it."""
    query = select(Call, func.count(Act.id)).join(Act, Act.call_id == Call.id)
    query = query.where(Act.state == ActState.ISSUED, Act.kind.in_((Kind.DECISION, Kind.DISMISSAL)))
    found = db.session.execute(query.group_by(Call.id).order_by(Call.id)).all()
    return [
        Told(call.id, call.reference, issued, public_results.counts(versions[0].content))
        for call, issued in found
        if (versions := public_results.of_call(call.id))
    ]


def _day(at: datetime.datetime) -> str:
    return f"{local_time(at):%-d. %-m. %Y}"
