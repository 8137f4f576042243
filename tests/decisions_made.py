"""Calls whose proposal is accepted and whose decisions are due, in any step of their way out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from razpis.models.base import db
from razpis.models.checking import FormalCheck, ServiceRecord, SupplementItem, SupplementRequest
from razpis.models.documents import Act, Release
from razpis.models.remedies import Renunciation
from razpis.procedure.acts import Purpose
from razpis.procedure.checking import Aspect
from razpis.procedure.deadlines import Channel
from razpis.procedure.parameter_kinds import Unit
from razpis.procedure.serving import Manner
from razpis.procedure.states import ApplicationState
from razpis.services.decisions import delivery, issuing, releases, rendering, terms
from razpis.services.decisions.terms import Terms
from razpis.services.examination import serving
from razpis.services.examination.serving import Papers
from razpis.services.files import Store
from razpis.services.organisations.mandates import Upload
from razpis.services.proposing import proposals, runs
from tests import commission_made, marking_made
from tests.commission_made import DEADLINE, Made
from tests.databases import Clock
from tests.marking_made import GOOD, person

DECISIONS = """  decisions:
    act: sklep
    case: "41001-7/2026"
    first_document: 5
    date: "2026-05-18"
    publication: {sl: "spletna stran razpisov, 10. februar 2026 (zgled)", en: "web page of calls"}
    authority:
      name: {sl: "Občina Zgled", en: "Municipality of Zgled"}
      units: [{sl: "Občinska uprava", en: "Administration"}]
      address: "Zgledna cesta 1, 2000 Maribor"
      email: "obcina@zgled.si"
      place: "Maribor"
    legal_basis: [{sl: "14. člena zgleda pravilnika (izmišljen)", en: "Article 14"}]
    procedure: [{sl: "Razpis je bil objavljen 10. februarja 2026.", en: "Published on 10 February 2026."}]
    proposal: [{sl: "Odločitev sledi predlogu komisije.", en: "The decision follows the proposal."}]
    grant: {budget_line: {sl: "000 (zgled)", en: "000"}, period: {sl: "leto 2026", en: "2026"}, contract_days: 8}
    remedy:
      kind: appeal
      days: 15
      lodged_with: {sl: "Občini Zgled", en: "the Municipality"}
      addressed_to: {sl: "županu Občine Zgled", en: "the Mayor"}
      fee: {sl: "Takse za pritožbo ni.", en: "There is no fee."}
      source: {sl: "ZUP, 235. člen", en: "Article 235"}
    led_by: {caption: {sl: "Postopek vodila:", en: "By:"}, name: "Sonja Skrbnica", title: {sl: "svetovalka", en: "x"}}
    issued_by: {caption: {sl: "Izdal:", en: "By:"}, name: "Peter Podpisnik", title: {sl: "direktor uprave", en: "x"}}
    serve: [{sl: "prijavitelju, osebno", en: "the applicant"}]
"""
RULES = commission_made.RULES.replace("fields:\n", DECISIONS + "fields:\n", 1)
TIGHT = RULES.replace("budget: 10000", "budget: 5000")
"""The money suffices for the first and for a part of the second."""
NO_MORE = RULES.replace("budget: 10000", "budget: 3000")
"""The money suffices for the first alone."""

ADDRESS = "https://razpisi.zgled.si/preverjanje/{key}"
PAPER = Upload("vrocilnica.pdf", b"%PDF-1.7\n")
Marks = Sequence[dict[str, Sequence[str]]]


def deciding(clock: Clock, rules: str = RULES, points: Marks = GOOD, left_out: Sequence[str] = ()) -> Made:
    """A call whose proposal is accepted. ``left_out``: the states of further applications that were not marked."""
    made = marking_made.scoring(clock, len(points), rules)
    for at, state in enumerate(left_out, len(points)):
        _left_out(made, at, ApplicationState(state))
    marking_made.locked(clock, made, points)
    president = person(clock, made.president)
    run = runs.compute(president, made.call, clock())
    marking_made.meeting(clock, made)
    number = proposals.prepare(president, made.call, run, clock())
    for who in made.voters:
        proposals.sign(person(clock, who), made.call, number, "", clock())
    marking_made.risen(clock, made)
    proposals.submit(president, made.call, number, clock())
    proposals.accept(person(clock, made.signatory), made.call, number, clock())
    clock.forward(days=1)
    return made


def drafted(clock: Clock, made: Made) -> int:
    """The number of the set the officer drafts."""
    return releases.draft(person(clock, made.officer), made.call, clock())


def approved(clock: Clock, made: Made) -> int:
    """The number of the set, approved by the signatory an hour later."""
    number = drafted(clock, made)
    clock.forward(hours=1)
    seen = release(made).sha256
    releases.approve(person(clock, made.signatory), made.call, number, seen, ADDRESS, clock())
    return number


def ready(clock: Clock, made: Made, store: Store, seal: dict[str, Any] | None = None) -> int:
    """The number of the set, its documents made."""
    number = approved(clock, made)
    rendering.work(clock(), store, seal)
    return number


def issued(clock: Clock, made: Made, store: Store, seal: dict[str, Any] | None = None) -> int:
    """The number of the set, issued by the signatory."""
    number = ready(clock, made, store, seal)
    issuing.issue(person(clock, made.signatory), made.call, number, clock(), store, link)
    return number


def withdrawn(clock: Clock, made: Made, at: int) -> None:
    """The statement by which the party withdrew application ``at``, as a row; the state is the caller's."""
    statement = Renunciation(
        application_id=made.applications[at],
        channel=Channel.REGISTERED_POST,
        stated_on=clock().date(),
        reason="Programa ne bo.",
        before=ApplicationState.OPENED,
        freed_cents=0,
        recorded_at=clock(),
        recorded_by=made.registry,
    )
    db.session.add(statement)


def served(clock: Clock, made: Made, store: Store, day: date) -> None:
    """Every issued decision handed over at the office on ``day``, as the registry writes it down."""
    registry = person(clock, made.registry)
    for one in delivery.log(registry, made.call, clock()).deliveries:
        papers = Papers(Manner.IN_PERSON, "Zgledna 1", day, None, day)
        delivery.record(registry, made.call, one.act.key, papers, clock(), store)


def link(key: str) -> str:
    return f"https://razpisi.zgled.si/vloge/{key}/odlocba"


def release(made: Made) -> Release:
    """The newest set, read anew."""
    db.session.expire_all()
    query = db.session.query(Release).filter_by(call_id=made.call, purpose=Purpose.DECISIONS)
    return query.order_by(Release.number.desc()).first()  # type: ignore[return-value]


def acts(made: Made) -> list[Act]:
    """The acts of the newest set by the application's number."""
    return sorted(release(made).acts, key=lambda act: act.application.number or 0 if act.application else 0)


def store(folder: Path) -> Store:
    return Store(folder / "files")


def set_terms(clock: Clock, made: Made, **changes: Any) -> None:
    """Settings of the call with these changes, saved by the officer."""
    found = terms.of_call(marking_made.call(made))
    last = terms.latest(made.call)
    values = {name: getattr(found, name) for name in Terms.__dataclass_fields__} | changes
    terms.save(person(clock, made.officer), made.call, last.number if last else 0, Terms(**values), clock())


def asked_in_vain(made: Made, application: int) -> None:
    """A request to supplement, served on 5 March 2026; nothing was filed."""
    request = SupplementRequest(
        application_id=application,
        round=1,
        days=8,
        unit=Unit.DAYS,
        article="9. člen pravilnika",
        issued_at=DEADLINE,
        issued_by=made.president,
        items=[SupplementItem(field="letter", deficiency="Pismo ni podpisano; vložite podpisano.")],
    )
    db.session.add(request)
    db.session.flush()
    day = date(2026, 3, 5)
    db.session.add(
        ServiceRecord(
            application_id=application,
            document=serving.REQUEST,
            document_id=request.id,
            number=1,
            manner=Manner.POST,
            address="Zgledna 1",
            dispatched_on=day,
            delivered_on=day,
            recorded_at=DEADLINE + timedelta(days=4),
            recorded_by=made.registry,
        )
    )
    db.session.commit()


def _left_out(made: Made, at: int, state: ApplicationState) -> None:
    one = commission_made.application(marking_made.call(made), at, state)
    made.applications.append(one.id)
    aspect = {"late": Aspect.TIMELY, "ineligible": Aspect.ENTITLED, "incomplete": Aspect.COMPLETE}.get(state.value)
    if aspect is not None:
        db.session.add(
            FormalCheck(
                application_id=one.id,
                aspect=aspect,
                number=1,
                met=False,
                ground=f"ugotovljeno: {state.value}",
                article="5. člen pravilnika",
                at=DEADLINE + timedelta(days=3),
                by=made.president,
            )
        )
    if state is ApplicationState.INCOMPLETE:
        asked_in_vain(made, one.id)
    if state is ApplicationState.CONDITION_FAILED:
        filing = one.filings[0]
        filing.content = {**filing.content, "answers": {**filing.content["answers"], "seat": "there"}}
    db.session.commit()
