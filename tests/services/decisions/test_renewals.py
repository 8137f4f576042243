"""After a decision was taken away: the new one on the same evaluation, its way out, and what others then see."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.documents import Release
from razpis.models.journal import Event
from razpis.models.organisations import Organisation
from razpis.models.outbox import Message
from razpis.procedure.acts import ActState, Kind, Purpose, ReleaseState
from razpis.procedure.finality import Follows
from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.services import files
from razpis.services.decisions import (
    act_facts,
    annulling,
    delivery,
    dossiers,
    due,
    own_decision,
    publishing_results,
    releases,
    remedies,
    renewals,
    renewing,
    stopping,
    verifying,
)
from razpis.services.decisions.annulling import Told
from razpis.services.errors import Forbidden, Invalid, Missing, Refused, Stale
from tests import commission_made, marking_made
from tests import decisions_made as made
from tests.databases import Clock
from tests.documents.reading import page_text
from tests.marking_made import person
from tests.services.decisions import annulled_making as making
from tests.services.decisions.test_stopping import SAID


def test_the_new_decision_stands_in_the_place_of_the_one_taken_away(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        making.served(clock, call, store)
        officer = person(clock, call.officer)
        before = [made.acts(call)[0].facts, made.acts(call)[1].sha256]
        old = making.annulled(clock, call)
        assert marking_made.states(call) == ["proposed_grant", "granted", "refused_threshold"]
        assert list(remedies.register(officer, call.call, clock()).undecided) == [1]
        new = making.drafted(clock, call, old)
        kept = act_facts.decision(making.act(new).facts, "osnutek", act_facts.DRAFT_DAY)
        first = act_facts.decision(before[0], "osnutek", act_facts.DRAFT_DAY)
        assert (kept.awarded, kept.criteria, kept.remedy) == (first.awarded, first.criteria, first.remedy)
        assert (first.renewal, kept.renewal.annulled if kept.renewal else "") == (None, making.act(old).number)
        making.approved(clock, call, new)
        assert (making.act(new).number, making.act(old).number) == ("41001-7/2026-8", "41001-7/2026-5")
        making.issued(clock, call, new, store)
        assert marking_made.states(call) == ["granted", "granted", "refused_threshold"]
        text = " ".join(page_text(files.content(store, making.act(new).sha256 or "")).replace("\u00a0", " ").split())
        for words in (
            "O vlogi je bilo že odločeno z aktom št. 41001-7/2026-5",
            "odpravljen z aktom št. P-1/2026 z dne 20. 3. 2026 (župan Občine Zgled)",
            *making.TOLD["instructions"].splitlines(),
            *making.ANSWER.splitlines(),
            "dovoljena pritožba županu Občine Zgled v 15 dneh",
        ):
            assert words in text
        told = verifying.document(old)
        assert (told.state, told.replaced_by.number if told.replaced_by else "") == (
            ActState.ANNULLED,
            "41001-7/2026-8",
        )
        assert told.ended_because == "Pritožbi je bilo ugodeno. Podlaga: odločba P-1/2026, ZUP, 251. člen."
        other = verifying.document(new)
        assert (other.state, other.replaces.key if other.replaces else "") == (ActState.ISSUED, old)
        assert made.acts(call)[1].sha256 == before[1]
        actions = list(db.session.scalars(select(Event.action).where(Event.action.startswith("renewal."))))
        assert actions == ["renewal.draft", "renewal.approve", "renewal.issue"]
        asked = select(Message).where(Message.body.contains("41001-7/2026-8"))
        assert len(db.session.scalars(asked).all()) == 1
        with pytest.raises(Refused):
            renewals.issue(person(clock, call.signatory), call.call, new, clock(), store, made.link)


def test_it_is_delivered_published_and_read_and_ends_in_finality(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        making.served(clock, call, store)
        officer, owner = person(clock, call.officer), person(clock, call.applicants[0])
        remedies_left = remedies.register(officer, call.call, clock())
        assert len(remedies_left.over) == 3
        old = making.annulled(clock, call)
        desk = publishing_results.desk(officer, call.call)
        assert desk.content is not None
        assert (desk.content["lines"][0]["outcome"], desk.content["lines"][0]["award"]) == ("annulled", "0.00")
        own = own_decision.own(owner, "kljuc000", clock())
        assert (own.act.key, list(own.earlier)) == (old, [])
        new = making.drafted(clock, call, old)
        making.approved(clock, call, new)
        making.issued(clock, call, new, store)
        own = own_decision.own(owner, "kljuc000", clock())
        assert (own.act.key, [one.key for one in own.earlier], own.served) == (new, [old], None)
        name, content = own_decision.earlier(owner, "kljuc000", old, clock(), store)
        assert (name, content[:5]) == ("sklep-41001-7-2026-5.pdf", b"%PDF-")
        for who, code in ((owner, new), (person(clock, call.applicants[1]), old)):
            with pytest.raises(Missing):
                own_decision.earlier(who, "kljuc000", code, clock(), store)
        desk = publishing_results.desk(officer, call.call)
        assert desk.content is not None
        line = desk.content["lines"][0]
        assert (line["outcome"], line["award"], line["decision"]) == ("granted", "3000.00", "41001-7/2026-8")
        log = delivery.log(officer, call.call, clock())
        assert (len(log.deliveries), log.served, log.deliveries[-1].act.key) == (3, 2, new)
        registry = person(clock, call.registry)
        assert ("deliveries", call.call) in [(one.kind, one.key) for one in due.tasks(registry, clock())]
        making.handed(clock, call, new, store)
        assert [one.kind for one in due.tasks(registry, clock())] == []
        clock.forward(days=20)
        remedies.nothing(officer, call.call, clock())
        remedies.finish(officer, call.call, clock())
        assert marking_made.call(call).state is CallState.CONTRACTS
        packed = dossiers.whole(officer, "kljuc000", clock(), store)
        names = zipfile.ZipFile(BytesIO(packed.content)).namelist()
        for number in ("41001-7-2026-5", "41001-7-2026-8"):
            assert [one for one in names if number in one] != []


def test_who_may_do_what_and_what_is_refused(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        making.served(clock, call, store)
        officer = person(clock, call.officer)
        old = making.annulled(clock, call)
        for reasons in ("ker", "x" * 20_001, "Točk ni več, ker je program 😀 pomanjkljiv."):
            with pytest.raises(Invalid) as caught:
                making.drafted(clock, call, old, reasons)
            assert set(caught.value.fields) == {"reasons"}
            db.session.rollback()
        for who in (call.signatory, call.registry, call.president):
            with pytest.raises(Forbidden):
                renewing.draft(person(clock, who), call.call, old, making.ANSWER, clock())
        for key in ("tuj", made.acts(call)[1].key):
            with pytest.raises(Missing):
                making.drafted(clock, call, key)
            db.session.rollback()
        with pytest.raises(Missing):
            renewals.desk(officer, 77)
        with pytest.raises(Missing):
            renewing.fillable(officer, 77, old)
        new = making.drafted(clock, call, old)
        with pytest.raises(Refused, match="že pripravljena"):
            making.drafted(clock, call, old)
        db.session.rollback()
        both = commission_made.user("oba@zgled.si", "Oba Zgled", Role.SIGNATORY)
        db.session.flush()
        number = both.id
        making.act(new).release.drafted_by = number  # type: ignore[union-attr]
        db.session.commit()
        for who in (number, call.officer, call.president):
            with pytest.raises(Forbidden):
                making.approved(clock, call, new, who)
            db.session.rollback()
        with pytest.raises(Stale):
            making.approved(clock, call, new, seen="0" * 64)
        db.session.rollback()
        for key in ("tuj", old):
            with pytest.raises(Missing):
                making.approved(clock, call, key, seen="0" * 64)
            db.session.rollback()
        with pytest.raises(Refused):
            renewals.issue(person(clock, call.signatory), call.call, new, clock(), store, made.link)
        db.session.rollback()
        making.approved(clock, call, new)
        given = making.act(new).number
        renewals.drop(officer, call.call, new, clock())
        with pytest.raises(Missing):
            renewals.drop(officer, call.call, new, clock())
        db.session.rollback()
        query = select(Release).where(Release.purpose == Purpose.RENEWAL)
        release = db.session.scalars(query).one()
        assert (release.state, making.act(new).state, making.act(new).number) == (
            ReleaseState.DROPPED,
            ActState.DROPPED,
            given,
        )
        again = making.drafted(clock, call, old)
        making.approved(clock, call, again)
        assert making.act(again).number != given
        assert [one.successor.key for one in renewals.desk(officer, call.call).taken if one.successor] == [again]


def test_a_draft_that_would_read_otherwise_today_is_not_approved(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call = made.deciding(clock)
        making.served(clock, call, made.store(tmp_path))
        new = making.drafted(clock, call, making.annulled(clock, call))
        application = db.session.scalars(select(Application).where(Application.key == "kljuc000")).one()
        organisation = db.session.get_one(Organisation, application.organisation_id)
        organisation.address = "Nova cesta 2, 2000 Maribor"
        db.session.commit()
        with pytest.raises(Refused, match="Od priprave osnutka se je nekaj spremenilo"):
            making.approved(clock, call, new)


@pytest.mark.parametrize(
    ("follows", "outcome"), [(Follows.ELSEWHERE, "annulled"), (Follows.NOTHING, "taken_away")], ids=str
)
def test_where_nothing_more_is_decided_here_the_application_is_settled(
    app: Flask, clock: Clock, tmp_path: Path, follows: Follows, outcome: str
) -> None:
    with app.app_context():
        call = made.deciding(clock)
        making.served(clock, call, made.store(tmp_path))
        officer = person(clock, call.officer)
        old = making.annulled(clock, call, follows=follows, instructions="")
        assert marking_made.states(call) == ["annulled", "granted", "refused_threshold"]
        with pytest.raises(Refused, match="tu ne odloča znova"):
            making.drafted(clock, call, old)
        db.session.rollback()
        desk = publishing_results.desk(officer, call.call)
        assert (desk.gaps, desk.content is not None) == ([], True)
        assert desk.content is not None
        assert (desk.content["lines"][0]["outcome"], desk.content["lines"][0]["award"]) == (outcome, "0.00")
        assert [one.waits for one in renewals.desk(officer, call.call).taken] == [False]
        remedies.nothing(officer, call.call, clock())
        remedies.finish(officer, call.call, clock())


def test_where_the_evaluation_cannot_stand_the_signatory_says_so(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call = made.deciding(clock)
        making.served(clock, call, made.store(tmp_path))
        signatory, why = person(clock, call.signatory), "Vlogo je treba oceniti znova."
        old = making.annulled(clock, call)
        new = making.drafted(clock, call, old)
        for who in (call.officer, call.president):
            with pytest.raises(Forbidden):
                renewals.leave(person(clock, who), call.call, old, why, clock())
        with pytest.raises(Invalid):
            renewals.leave(signatory, call.call, old, "ker", clock())
        db.session.rollback()
        for key in ("tuj", new):
            with pytest.raises(Missing):
                renewals.leave(signatory, call.call, key, why, clock())
            db.session.rollback()
        renewals.leave(signatory, call.call, old, why, clock())
        assert (making.act(new).state, marking_made.states(call)[0]) == (ActState.DROPPED, "annulled")
        [told] = db.session.scalars(select(Event).where(Event.action == "renewal.leave"))
        assert (told.before["follows"], told.after["follows"], told.after["reason"]) == ("renewed", "elsewhere", why)
        with pytest.raises(Missing):
            renewals.leave(signatory, call.call, old, why, clock())


def test_a_dismissal_and_a_withdrawal_while_it_waits(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock, left_out=("late",))
        making.served(clock, call, store)
        dismissed, granted = making.annulled(clock, call, 3), making.annulled(clock, call)
        assert marking_made.states(call) == ["proposed_grant", "granted", "refused_threshold", "late"]
        new = making.drafted(clock, call, dismissed)
        assert making.act(new).kind is Kind.DISMISSAL
        making.approved(clock, call, new)
        making.issued(clock, call, new, store)
        assert marking_made.states(call)[3] == "dismissed_late"
        draft = making.drafted(clock, call, granted)
        stopping.record(person(clock, call.registry), call.call, "kljuc000", SAID, clock())
        assert (making.act(draft).state, marking_made.states(call)[0]) == (ActState.DROPPED, "stopping")
        order = making.drafted(clock, call, granted, "")
        assert making.act(order).kind is Kind.DISCONTINUANCE
        making.approved(clock, call, order)
        making.issued(clock, call, order, store)
        assert marking_made.states(call)[0] == "discontinued"
        told = verifying.document(granted)
        assert told.replaced_by is not None
        assert told.replaced_by.kind is Kind.DISCONTINUANCE
        today, signatory = clock().date(), person(clock, call.signatory)
        standings = remedies.register(signatory, call.call, clock()).standings
        at = next(at for at, one in enumerate(standings) if one.act.key == order)
        key = making.upheld(clock, call, at, today, today)
        told = making.TOLD | {"decided_on": today}
        with pytest.raises(Invalid) as caught:
            annulling.annul(signatory, call.call, key, Told(**told), clock())
        assert set(caught.value.fields) == {"follows"}
        db.session.rollback()
        annulling.annul(signatory, call.call, key, Told(**told | {"follows": Follows.NOTHING}), clock())
        assert marking_made.states(call)[0] == "annulled"


def test_while_decisions_are_still_being_delivered_it_goes_its_own_way(
    app: Flask, clock: Clock, tmp_path: Path
) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        officer, signatory = person(clock, call.officer), person(clock, call.signatory)
        made.issued(clock, call, store)
        made.served(clock, call, store, making.SERVED)
        clock.forward(days=16)
        old = making.annulled(clock, call)
        assert ("renewals", call.call) in [(one.kind, one.key) for one in due.tasks(officer, clock())]
        with pytest.raises(Refused, match="ne čaka nobena vloga"):
            releases.draft(officer, call.call, clock())
        db.session.rollback()
        with pytest.raises(Refused, match="Odločanje se zaključi"):
            delivery.finish(officer, call.call, clock())
        db.session.rollback()
        new = making.drafted(clock, call, old)
        assert "renewals" not in [one.kind for one in due.tasks(officer, clock())]
        assert "renewals" in [one.kind for one in due.tasks(signatory, clock())]
        making.approved(clock, call, new)
        assert "renewals" not in [one.kind for one in due.tasks(signatory, clock())]
        making.issued(clock, call, new, store)
        making.handed(clock, call, new, store)
        delivery.finish(officer, call.call, clock())
