"""Mandates: offered and accepted, filed and confirmed, revoked; statuses and representatives beside them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.journal import Event
from razpis.models.organisations import Mandate, MandateOffer
from razpis.models.outbox import Message
from razpis.procedure.organisations import MandateKind, StatusKind
from razpis.procedure.roles import Role
from razpis.services.actor import Actor
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.organisations import claims, evidence, mandates, organisations, representatives, statuses
from razpis.services.organisations.mandates import Ground
from razpis.services.organisations.statuses import Given
from razpis.services.people import accounts
from tests import people
from tests.databases import Clock
from tests.services.organisation_making import EVIDENCE, NUMBER, TODAY, added, ground, store

PAGE = "https://zgled.si/organizacije/"
OFFERED = Ground(MandateKind.ATTORNEY, TODAY)


def offered(ana: Actor, clock: Clock, number: int, email: str = "bor@zgled.si", given: Ground = OFFERED) -> int:
    """The number of the offer just made."""
    mandates.offer(ana, number, email, given, PAGE, clock(), store())
    return max(db.session.scalars(select(MandateOffer.id)).all())


def test_an_offer_becomes_a_mandate_when_its_address_accepts_it(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana, bor = people.actor(clock), people.actor(clock, "bor@zgled.si", "Bor Zgled")
        kept = added(ana, clock)
        offer = offered(ana, clock, kept.id, " Bor@Zgled.si ")
        assert organisations.mine(bor, clock()) == []
        assert [one.organisation.name for one in mandates.offers_to(bor)] == [kept.name]
        mandates.accept(bor, offer, clock())
        assert [one.id for one in organisations.mine(bor, clock())] == [kept.id]
        assert people.again(bor, clock).roles == {Role.APPLICANT}
        with pytest.raises(Missing):
            mandates.accept(bor, offer, clock())


def test_an_offer_tells_nothing_about_accounts(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = people.actor(clock)
        people.actor(clock, "bor@zgled.si", "Bor Zgled")
        kept = added(ana, clock)
        for email in ("bor@zgled.si", "nihce@zgled.si"):
            offered(ana, clock, kept.id, email)
        first, second = db.session.scalars(select(Message).order_by(Message.id)).all()
        assert (first.subject, first.body) == (second.subject, second.body)
        assert PAGE in first.body
        assert [one.email for one in mandates.open_offers(kept.id)] == ["bor@zgled.si", "nihce@zgled.si"]
        assert db.session.scalars(select(Mandate.user_id)).all() == [ana.id]


def test_an_account_opened_later_finds_its_offer_and_a_stranger_does_not(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = people.actor(clock)
        offer = offered(ana, clock, added(ana, clock).id, "cene@zgled.si")
        stranger = people.actor(clock, "bor@zgled.si", "Bor Zgled")
        for forbidden in (mandates.accept, mandates.decline):
            with pytest.raises(Missing):
                forbidden(stranger, offer, clock())
            db.session.rollback()
        cene = people.actor(clock, "cene@zgled.si", "Cene Zgled")
        mandates.decline(cene, offer, clock())
        assert mandates.offers_to(cene) == []
        assert organisations.mine(cene, clock()) == []


def test_nobody_gives_more_than_they_have_and_nothing_twice(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = people.actor(clock)
        end = TODAY + timedelta(days=10)
        kept = organisations.add(ana, NUMBER, _details(), ground(end=end), clock(), store())
        for last in (None, end + timedelta(days=1)):
            with pytest.raises(Invalid, match="Vaše pooblastilo velja do 26") as refused:
                offered(ana, clock, kept.id, given=Ground(MandateKind.ATTORNEY, TODAY, last))
            assert list(refused.value.fields) == ["valid_to"]
            db.session.rollback()
        offered(ana, clock, kept.id, given=Ground(MandateKind.ATTORNEY, TODAY, end, EVIDENCE))
        with pytest.raises(Invalid, match="že ponujeno"):
            offered(ana, clock, kept.id, given=Ground(MandateKind.ATTORNEY, TODAY, end))
        db.session.rollback()
        with pytest.raises(Invalid, match="E-naslov naj bo zapisan"):
            offered(ana, clock, kept.id, "bor", Ground(MandateKind.ATTORNEY, TODAY, end))


def _details() -> organisations.Details:
    return organisations.Details("Društvo Čebelica", "Koroška cesta 1", organisations.LegalForm.SOCIETY)


def test_an_offer_falls_with_the_mandate_behind_it_or_when_taken_back(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana, bor = people.actor(clock), people.actor(clock, "bor@zgled.si", "Bor Zgled")
        kept = added(ana, clock)
        first = offered(ana, clock, kept.id)
        mandates.withdraw(ana, kept.id, first, clock())
        with pytest.raises(Missing):
            mandates.accept(bor, first, clock())
        db.session.rollback()
        second = offered(ana, clock, kept.id)
        (mandate,) = kept.mandates
        mandates.revoke(ana, kept.id, mandate.id, clock())
        with pytest.raises(Refused, match="ne zastopa več"):
            mandates.accept(bor, second, clock())
        db.session.rollback()
        assert organisations.mine(ana, clock()) == []


def test_a_mandate_and_an_official_role_exclude_each_other(app: Flask, clock: Clock) -> None:
    with app.app_context():
        admin = people.actor(clock, "skrbnica@mom.si", "Sonja Skrbna", Role.ADMINISTRATOR)
        ana, clerk = people.actor(clock), people.actor(clock, "ula@mom.si", "Ula Uradna", Role.OFFICER)
        offer = offered(ana, clock, added(ana, clock).id, "ula@mom.si")
        with pytest.raises(Refused, match="odločal bi v svoji stvari"):
            mandates.accept(clerk, offer, clock())
        db.session.rollback()
        assert ana.id is not None
        with pytest.raises(Refused, match="odločal bi v svoji stvari"):
            accounts.set_roles(admin, ana.id, [Role.REGISTRY], clock())


def test_a_holder_or_an_official_revokes_a_mandate(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana, bor = people.actor(clock), people.actor(clock, "bor@zgled.si", "Bor Zgled")
        kept = added(ana, clock)
        mandates.accept(bor, offered(ana, clock, kept.id), clock())
        own, given = db.session.scalars(select(Mandate).order_by(Mandate.id)).all()
        mandates.revoke(bor, kept.id, own.id, clock())
        assert organisations.mine(ana, clock()) == []
        with pytest.raises(Missing):
            mandates.revoke(ana, kept.id, given.id, clock())
        db.session.rollback()
        officer = people.actor(clock, "ula@mom.si", "Ula Uradna", Role.OFFICER)
        mandates.revoke(officer, kept.id, given.id, clock())
        with pytest.raises(Missing):
            mandates.revoke(officer, kept.id, given.id, clock())
        said = db.session.scalars(select(Event.before).where(Event.action == "mandate.revoke")).all()
        assert [one["person"] for one in said] == ["Ana Zgled", "Bor Zgled"]


def test_evidence_filed_for_a_known_organisation_is_decided_by_an_official(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana, bor = people.actor(clock), people.actor(clock, "bor@zgled.si", "Bor Zgled")
        officer = people.actor(clock, "ula@mom.si", "Ula Uradna", Role.OFFICER)
        kept = added(ana, clock)
        with pytest.raises(Invalid) as refused:
            claims.file(bor, NUMBER, ground(), clock(), store())
        assert list(refused.value.fields) == ["evidence"]
        db.session.rollback()
        claims.file(bor, NUMBER, ground(evidence=True), clock(), store())
        with pytest.raises(Refused, match="že čaka"):
            claims.file(bor, NUMBER, ground(evidence=True), clock(), store())
        db.session.rollback()
        assert organisations.mine(bor, clock()) == []
        (claim,) = claims.waiting(officer)
        with pytest.raises(Missing):
            evidence.own(ana, kept.id, claim.evidence.key, clock(), store())
        assert evidence.read(officer, kept.id, claim.evidence.key, clock(), store()).name == "pooblastilo.pdf"
        with pytest.raises(Invalid, match="Napišite, zakaj"):
            claims.refuse(officer, claim.id, " ", clock())
        db.session.rollback()
        claims.refuse(officer, claim.id, "Izpis je star.", clock())
        assert [(one.confirmed, one.reason) for one in claims.of(bor)] == [(False, "Izpis je star.")]
        claims.file(bor, NUMBER, ground(evidence=True), clock(), store())
        (claim,) = claims.waiting(officer)
        claims.confirm(officer, claim.id, clock())
        assert [one.id for one in organisations.mine(bor, clock())] == [kept.id]
        with pytest.raises(Missing):
            claims.confirm(officer, claim.id, clock())
        db.session.rollback()
        with pytest.raises(Refused, match="že zastopate"):
            claims.file(bor, NUMBER, ground(evidence=True), clock(), store())


def test_a_claim_needs_a_known_organisation_and_an_official_to_decide(app: Flask, clock: Clock) -> None:
    with app.app_context():
        bor = people.actor(clock, "bor@zgled.si", "Bor Zgled")
        for number, words in (("1732803", "še ni"), ("1732804", "kontrolna števka")):
            with pytest.raises(Invalid, match=words) as refused:
                claims.file(bor, number, ground(evidence=True), clock(), store())
            assert list(refused.value.fields) == ["registration_number"]
            db.session.rollback()
        auditor = people.actor(clock, "nada@mom.si", "Nada Nadzorna", Role.AUDITOR)
        for forbidden in (
            lambda: claims.waiting(auditor),
            lambda: claims.confirm(auditor, 1, clock()),
            lambda: claims.refuse(auditor, 1, "Ne vidim razloga.", clock()),
        ):
            with pytest.raises(Forbidden):
                forbidden()


def test_statuses_are_written_down_once_and_ended(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = people.actor(clock)
        kept = added(ana, clock)
        given = Given(StatusKind.HUMANITARIAN_SOCIAL, "123-4/2020", TODAY, evidence=EVIDENCE)
        statuses.add(ana, kept.id, given, clock(), store())
        with pytest.raises(Invalid, match="že vpisan"):
            statuses.add(ana, kept.id, given, clock(), store())
        db.session.rollback()
        for area in ("socialno varstvo", "zdravstvo"):
            interest = Given(StatusKind.PUBLIC_INTEREST, "5/2021", TODAY, field=area)
            statuses.add(ana, kept.id, interest, clock(), store())
        held = organisations.own(ana, kept.id, clock()).statuses
        assert [(one.field, one.evidence is not None) for one in held] == [
            (None, True),
            ("socialno varstvo", False),
            ("zdravstvo", False),
        ]
        statuses.end(ana, kept.id, held[0].id, clock())
        with pytest.raises(Missing):
            statuses.end(ana, kept.id, held[0].id, clock())
        db.session.rollback()
        statuses.add(ana, kept.id, given, clock(), store())
        assert len(organisations.own(ana, kept.id, clock()).statuses) == 4


def test_a_status_that_cannot_be_is_told_by_its_fields(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = people.actor(clock)
        kept = added(ana, clock)
        tomorrow = TODAY + timedelta(days=1)
        wrong = Given(StatusKind.PUBLIC_INTEREST, " ", tomorrow, valid_to=TODAY)
        with pytest.raises(Invalid) as refused:
            statuses.add(ana, kept.id, wrong, clock(), store())
        assert sorted(refused.value.fields) == ["decided_on", "decision_number", "field", "valid_to"]


def test_representatives_are_written_down_and_end(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = people.actor(clock)
        kept = added(ana, clock)
        with pytest.raises(Invalid) as refused:
            representatives.add(ana, kept.id, "A", "", TODAY, TODAY - timedelta(days=1), clock())
        assert sorted(refused.value.fields) == ["function", "name", "valid_to"]
        db.session.rollback()
        representatives.add(ana, kept.id, "Vida  Vodja", "predsednica", TODAY, None, clock())
        (vida,) = organisations.own(ana, kept.id, clock()).representatives
        assert (vida.name, vida.valid_to) == ("Vida Vodja", None)
        with pytest.raises(Invalid):
            representatives.end(ana, kept.id, vida.id, TODAY - timedelta(days=1), clock())
        db.session.rollback()
        representatives.end(ana, kept.id, vida.id, TODAY, clock())
        with pytest.raises(Missing):
            representatives.end(ana, kept.id, vida.id + 1, TODAY, clock())
        db.session.rollback()
        (vida,) = organisations.own(ana, kept.id, clock()).representatives
        assert vida.valid_to == TODAY
