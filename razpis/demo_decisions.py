"""The demonstration's decisions on their way out: accepted, drafted, approved, made, issued, sent – by the services."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from razpis.models.base import db
from razpis.models.calls import Call
from razpis.procedure.deadlines import local_time
from razpis.procedure.serving import Manner
from razpis.services.actor import Actor
from razpis.services.decisions import delivery, issuing, publishing_results, releases, rendering
from razpis.services.files import Store
from razpis.services.proposing import proposals

SITE = "http://127.0.0.1:5000"
OFFICER, SIGNATORY, REGISTRY = "sektor@zgled.si", "podpis@zgled.si", "vlozisce@zgled.si"
Acting = Callable[[str, datetime.datetime], Actor]


class Decisions:
    """The decisions of one call whose proposal is before the head; ``now`` moves on as people work."""

    def __init__(self, call: int, acting: Acting, store: Store, now: datetime.datetime) -> None:
        self.call, self._acting, self.store, self.now = call, acting, store, now

    def accepted(self) -> None:
        """The head accepts the newest proposal."""
        signatory = self._as(SIGNATORY)
        newest = proposals.listed(signatory, self.call)[0]
        proposals.accept(signatory, self.call, newest.number, self.now)

    def issued(self) -> None:
        """The officer drafts, the signatory approves, documents are made, all are issued and sent by post."""
        number = releases.draft(self._as(OFFICER), self.call, self.now)
        signatory = self._as(SIGNATORY)
        seen = releases.current(signatory, self.call, number).sha256
        releases.approve(signatory, self.call, number, seen, f"{SITE}/preverjanje/{{key}}", self.now)
        rendering.work(self._later(), self.store, None)
        issuing.issue(self._as(SIGNATORY), self.call, number, self.now, self.store, _page)
        registry = self._as(REGISTRY)
        delivery.dispatch(registry, self.call, Manner.POST, local_time(self.now).date(), self.now)

    def published(self) -> None:
        """The officer looks at the results and publishes them, not final yet."""
        officer = self._as(OFFICER)
        seen = publishing_results.desk(officer, self.call).sha256
        address = f"{SITE}/preverjanje/{{key}}"
        publishing_results.publish(officer, self.call, seen, "", self._later(), self.store, address)

    @property
    def reference(self) -> str:
        """The call's reference."""
        return db.session.get_one(Call, self.call).reference

    def _as(self, email: str) -> Actor:
        return self._acting(email, self._later())

    def _later(self) -> datetime.datetime:
        self.now += datetime.timedelta(minutes=7)
        return self.now


def _page(key: str) -> str:
    return f"{SITE}/vloge/{key}/odlocba"
