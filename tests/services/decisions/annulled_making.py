"""A call whose first decision a higher body took away, and the new decision on its way."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from razpis.models.base import db
from razpis.models.documents import Act
from razpis.procedure.finality import Follows, Lodged, Outcome, Remedied
from razpis.procedure.serving import Manner
from razpis.services.decisions import annulling, delivery, remedies, rendering, renewals, renewing
from razpis.services.decisions.annulling import Told
from razpis.services.examination.serving import Papers
from razpis.services.files import Store
from tests import decisions_made as made
from tests.commission_made import Made
from tests.databases import Clock
from tests.marking_made import person

SERVED, LAST, DECIDED, ENDED = date(2026, 3, 5), date(2026, 3, 20), date(2026, 3, 20), date(2026, 3, 21)
TOLD: dict[str, Any] = {
    "basis": "odločba P-1/2026, ZUP, 251. člen",
    "reason": "Pritožbi je bilo ugodeno.",
    "follows": Follows.RENEWED,
    "body": "župan Občine Zgled",
    "reference": "P-1/2026",
    "decided_on": DECIDED,
    "instructions": "Pri merilu kakovosti je treba pojasniti, zakaj ni dodeljenih več točk.\nNavesti je treba vir.",
}
ANSWER = "Načrt ne pove, kdo vodi delavnice, zato pri kakovosti ni vseh točk.\nVir je program dela na strani 3 vloge."


def served(clock: Clock, call: Made, store: Store) -> None:
    """Every decision issued and handed over on 5 March, deciding closed; the period is over."""
    made.issued(clock, call, store)
    made.served(clock, call, store, SERVED)
    delivery.finish(person(clock, call.officer), call.call, clock())
    clock.forward(days=16)


def handed(clock: Clock, call: Made, key: str, store: Store) -> None:
    """One decision handed over at the office today."""
    today = clock().date()
    papers = Papers(Manner.IN_PERSON, "Zgledna 1", today, None, today)
    delivery.record(person(clock, call.registry), call.call, key, papers, clock(), store)


def upheld(clock: Clock, call: Made, at: int = 0, lodged_on: date = LAST, ended_on: date = ENDED) -> str:
    """The key of a decision against which an appeal was upheld."""
    officer = person(clock, call.officer)
    standing = remedies.register(officer, call.call, clock()).standings[at]
    lodged = Lodged(Remedied.APPEAL, lodged_on, Outcome.UPHELD, ended_on, "P-1/2026")
    remedies.record(officer, call.call, standing.act.key, lodged, "", 0, clock())
    return standing.act.key


def annulled(clock: Clock, call: Made, at: int = 0, **changes: Any) -> str:
    """The key of a decision taken away; ``changes`` to what is written down of it."""
    key = upheld(clock, call, at)
    annulling.annul(person(clock, call.signatory), call.call, key, Told(**TOLD | changes), clock())
    return key


def drafted(clock: Clock, call: Made, key: str, reasons: str = ANSWER) -> str:
    """The key of the new decision that the officer drafts."""
    return renewing.draft(person(clock, call.officer), call.call, key, reasons, clock())


def approved(clock: Clock, call: Made, key: str, who: int | None = None, seen: str | None = None) -> None:
    """The new decision with this key, approved by the signatory."""
    given = seen or act(key).facts_sha256
    renewals.approve(person(clock, who or call.signatory), call.call, key, given, made.ADDRESS, clock())


def issued(clock: Clock, call: Made, key: str, store: Store) -> None:
    """The new decision with this key, made and issued by the signatory."""
    rendering.work(clock(), store, None)
    renewals.issue(person(clock, call.signatory), call.call, key, clock(), store, made.link)


def act(key: str) -> Act:
    """An act, read anew."""
    db.session.expire_all()
    return db.session.scalars(select(Act).where(Act.key == key)).one()
