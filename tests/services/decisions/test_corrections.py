"""A correction on its way out: a second person, a number, a seal, the issue, its delivery, what others then see."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.documents import Act, Release
from razpis.models.journal import Event
from razpis.models.outbox import Message
from razpis.procedure.acts import ActState, Kind, Purpose, ReleaseState
from razpis.procedure.roles import Role
from razpis.services import files
from razpis.services.decisions import (
    correcting,
    corrections,
    delivery,
    own_decision,
    publishing_results,
    releases,
    rendering,
    verifying,
)
from razpis.services.decisions.correcting import Error
from razpis.services.errors import Forbidden, Invalid, Missing, Refused, Stale
from razpis.services.files import Store
from tests import commission_made
from tests import decisions_made as made
from tests.commission_made import Made
from tests.databases import Clock
from tests.documents.reading import page_text
from tests.marking_made import person


def drafted(clock: Clock, call: Made) -> str:
    error = Error(made.acts(call)[0].key, "Drutvo 0", "Društvo 0", "V registru piše Društvo 0.")
    return correcting.draft(person(clock, call.officer), call.call, error, clock())


def act(key: str) -> Act:
    db.session.expire_all()
    return db.session.scalars(select(Act).where(Act.key == key)).one()


def approve(clock: Clock, call: Made, key: str, who: int | None = None, seen: str | None = None) -> None:
    given = seen or act(key).facts_sha256
    corrections.approve(person(clock, who or call.signatory), call.call, key, given, made.ADDRESS, clock())


def issue(clock: Clock, call: Made, key: str, store: Store) -> None:
    corrections.issue(person(clock, call.signatory), call.call, key, clock(), store, made.link)


def test_the_whole_way_out(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        made.issued(clock, call, store)
        first = made.acts(call)[0]
        corrected, before = first.key, first.sha256
        key = drafted(clock, call)
        assert verifying.document(corrected).corrected_by == ()
        approve(clock, call, key)
        assert (act(key).state, act(key).number) == (ActState.APPROVED, "41001-7/2026-8")
        with pytest.raises(Refused):
            issue(clock, call, key, store)
        db.session.rollback()
        assert rendering.work(clock(), store, None) == 1
        issue(clock, call, key, store)
        text = " ".join(page_text(files.content(store, act(key).sha256 or "")).replace("\u00a0", " ").split())
        for words in ("41001-7/2026-8", "»Drutvo 0« popravi tako, da se pravilno glasi: »Društvo 0«", "41001-7/2026-5"):
            assert words in text
        assert made.ADDRESS.format(key=key) in text.replace(" ", "")
        told = verifying.document(corrected)
        assert (told.state, [one.key for one in told.corrected_by]) == (ActState.ISSUED, [key])
        other = verifying.document(key)
        assert (other.kind, other.corrects.key if other.corrects else "") == (Kind.CORRECTION, corrected)
        assert act(corrected).sha256 == before
        assert len(db.session.scalars(select(Message).where(Message.subject.contains("očitna pomota"))).all()) == 1
        actions = set(db.session.scalars(select(Event.action).where(Event.action.startswith("correction."))))
        assert actions == {"correction.draft", "correction.approve", "correction.issue"}
        with pytest.raises(Refused):
            issue(clock, call, key, store)


def test_it_is_delivered_and_read_and_changes_nothing_else(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        made.issued(clock, call, store)
        officer = person(clock, call.officer)
        results = publishing_results.desk(officer, call.call).sha256
        key = drafted(clock, call)
        approve(clock, call, key)
        rendering.work(clock(), store, None)
        issue(clock, call, key, store)
        made.served(clock, call, store, date(2026, 3, 5))
        log = delivery.log(officer, call.call, clock())
        assert ([one.act.kind for one in log.deliveries][-1], log.served, log.finishable) == (Kind.CORRECTION, 4, True)
        owner = person(clock, call.applicants[0])
        own = own_decision.own(owner, "kljuc000", clock())
        assert (own.act.kind, [one.key for one in own.corrections]) == (Kind.DECISION, [key])
        name, content = own_decision.correction(owner, "kljuc000", key, clock(), store)
        assert (name, content[:5]) == ("sklep-41001-7-2026-8.pdf", b"%PDF-")
        with pytest.raises(Missing):
            own_decision.correction(owner, "kljuc000", "tuj", clock(), store)
        with pytest.raises(Missing):
            own_decision.correction(person(clock, call.applicants[1]), "kljuc000", key, clock(), store)
        assert publishing_results.desk(officer, call.call).sha256 == results
        outbox = releases.outbox(officer, call.call)
        assert (outbox.release is not None and outbox.release.purpose, list(outbox.earlier)) == (Purpose.DECISIONS, [])
        assert correcting.correctable(officer, call.call)[1][0].kind is Kind.DECISION


def test_the_drafter_never_approves_and_a_draft_can_be_given_up(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        made.issued(clock, call, store)
        key = drafted(clock, call)
        both = commission_made.user("oba@zgled.si", "Oba Zgled", Role.SIGNATORY)
        db.session.flush()
        number = both.id
        act(key).release.drafted_by = number  # type: ignore[union-attr]
        db.session.commit()
        for who in (number, call.officer, call.president):
            with pytest.raises(Forbidden):
                approve(clock, call, key, who)
            db.session.rollback()
        with pytest.raises(Stale):
            approve(clock, call, key, seen="0" * 64)
        for wrong in ("tuj", db.session.scalars(select(Act.key).where(Act.kind == Kind.DECISION)).first() or ""):
            with pytest.raises(Missing):
                approve(clock, call, wrong, seen="0" * 64)
            db.session.rollback()
        with pytest.raises(Missing):
            corrections.listed(person(clock, call.officer), 77)
        with pytest.raises(Missing):
            corrections.one(person(clock, call.officer), call.call, "tuj")
        approve(clock, call, key)
        given = act(key).number
        correcting.drop(person(clock, call.officer), call.call, key, clock())
        release = db.session.scalars(select(Release).where(Release.purpose == Purpose.CORRECTION)).one()
        assert (release.state, act(key).state, act(key).number) == (ReleaseState.DROPPED, ActState.DROPPED, given)
        again = drafted(clock, call)
        approve(clock, call, again)
        assert act(again).number != given
        _, found = corrections.listed(person(clock, call.officer), call.call)
        assert [one.key for one in found] == [again, key]


def test_amounts_and_ended_documents_are_not_corrected(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call = made.deciding(clock)
        made.issued(clock, call, made.store(tmp_path))
        officer = person(clock, call.officer)
        first = made.acts(call)[0].key
        for reads, shall_read in (("3.000,00 EUR", "4.000,00 EUR"), ("56", "57")):
            with pytest.raises(Invalid) as caught:
                correcting.draft(officer, call.call, Error(first, reads, shall_read, "napaka"), clock())
            assert set(caught.value.fields) == {"shall_read"}
            assert "nova odločitev ali pravno sredstvo" in caught.value.fields["shall_read"].sl
            db.session.rollback()
        key = drafted(clock, call)
        act(first).state = ActState.ANNULLED
        db.session.commit()
        with pytest.raises(Refused, match="ne velja več"):
            approve(clock, call, key)
        db.session.rollback()
        made.set_terms(clock, call, authority="")
        second = made.acts(call)[1].key
        with pytest.raises(Refused, match="manjka naziv organa"):
            correcting.draft(officer, call.call, Error(second, "Drutvo", "Društvo", "pomota"), clock())
