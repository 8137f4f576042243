"""Organisations: added with checked identifiers, changed without overwriting, seen only by whose they are."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.journal import Event, Reading
from razpis.models.organisations import Mandate, Organisation
from razpis.procedure.organisations import LegalForm, MandateKind
from razpis.procedure.roles import Role
from razpis.services.actor import Actor
from razpis.services.errors import Forbidden, Invalid, Missing, Refused, Stale
from razpis.services.organisations import evidence, mandates, organisations
from tests import people
from tests.databases import Clock
from tests.services.organisation_making import (
    DETAILS,
    IBAN,
    NUMBER,
    OTHER_NUMBER,
    PDF,
    STATE_IBAN,
    TAX,
    TODAY,
    added,
    ground,
    store,
)


def events() -> list[str]:
    return list(
        db.session.scalars(select(Event.action).where(Event.action.not_like("account%")).order_by(Event.number))
    )


def test_who_adds_an_organisation_acts_for_it(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = people.actor(clock)
        full = replace(
            DETAILS, tax_number="SI 14717468", vat_payer=True, iban=IBAN, email="Info@Cebelica.si", phone="040  123 456"
        )
        kept = organisations.add(ana, "5258880 000", full, ground(), clock(), store())
        assert (kept.registration_number, kept.tax_number, kept.iban) == (NUMBER, TAX, IBAN.replace(" ", ""))
        assert (kept.vat_payer, kept.email, kept.phone) == (True, "info@cebelica.si", "040 123 456")
        assert [one.id for one in organisations.mine(ana, clock())] == [kept.id]
        assert people.again(ana, clock).roles == {Role.APPLICANT}
        assert organisations.warnings(kept) == ()
        assert events() == ["organisation.add"]
        said = db.session.scalars(select(Event.after).where(Event.action == "organisation.add")).one()
        assert (said["registration_number"], said["ground"], said["legal_form"]) == (
            NUMBER,
            "representative",
            "society",
        )


def test_a_state_account_is_a_warning_and_no_error(app: Flask, clock: Clock) -> None:
    with app.app_context():
        kept = added(people.actor(clock), clock, details=replace(DETAILS, iban=STATE_IBAN))
        (warning,) = organisations.warnings(kept)
        assert warning.sl.startswith("Račun 01… ima proračunski uporabnik")


@pytest.mark.parametrize(
    ("number", "changes", "fields"),
    [
        ("5258881", {}, ["registration_number"]),
        ("", {}, ["registration_number"]),
        (NUMBER, {"name": " "}, ["name"]),
        (NUMBER, {"address": ""}, ["address"]),
        (NUMBER, {"tax_number": "14717469", "iban": "SI56 1"}, ["tax_number", "iban"]),
        (NUMBER, {"email": "info", "phone": "pokličite"}, ["email", "phone"]),
        (NUMBER, {"vat_payer": True}, ["tax_number"]),
        (NUMBER, {"name": "Društvo 🐝", "address": "עמותה 1"}, ["name", "address"]),
    ],
)
def test_what_is_wrong_is_told_by_its_field(
    app: Flask, clock: Clock, number: str, changes: dict[str, str], fields: list[str]
) -> None:
    with app.app_context():
        ana = people.actor(clock)
        with pytest.raises(Invalid) as refused:
            added(ana, clock, number, replace(DETAILS, **changes))
        db.session.rollback()
        assert list(refused.value.fields) == fields
        assert organisations.mine(ana, clock()) == []


def test_the_same_number_twice_says_what_to_do(app: Flask, clock: Clock) -> None:
    with app.app_context():
        added(people.actor(clock), clock)
        with pytest.raises(Invalid, match="Prosite koga, ki jo tu že zastopa") as refused:
            added(people.actor(clock, "bor@zgled.si", "Bor Zgled"), clock)
        assert refused.value.fields["registration_number"] is organisations.TAKEN
        db.session.rollback()
        with pytest.raises(Invalid, match="vložite pooblastilo z dokazilom"):
            organisations.begin(NUMBER)
        assert organisations.begin("1732803000") == (OTHER_NUMBER, None)


def test_an_attorney_needs_evidence_and_days_that_can_be(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = people.actor(clock)
        with pytest.raises(Invalid) as refused:
            organisations.add(ana, NUMBER, DETAILS, ground(MandateKind.ATTORNEY), clock(), store())
        assert list(refused.value.fields) == ["evidence"]
        db.session.rollback()
        past = ground(MandateKind.ATTORNEY, end=TODAY - timedelta(days=1), evidence=True)
        with pytest.raises(Invalid) as refused:
            organisations.add(ana, NUMBER, DETAILS, past, clock(), store())
        assert list(refused.value.fields) == ["valid_to"]
        db.session.rollback()
        with pytest.raises(Invalid, match="ko začne veljati") as refused:
            organisations.add(ana, NUMBER, DETAILS, ground(start=TODAY + timedelta(days=1)), clock(), store())
        assert list(refused.value.fields) == ["valid_from"]
        db.session.rollback()
        right = ground(MandateKind.ATTORNEY, end=TODAY, evidence=True)
        kept = organisations.add(ana, NUMBER, DETAILS, right, clock(), store())
        (mandate,) = organisations.own(ana, kept.id, clock()).mandates
        assert mandate.evidence is not None
        found = evidence.own(ana, kept.id, mandate.evidence.key, clock(), store())
        assert (found.name, found.media_type, found.content) == ("pooblastilo.pdf", "application/pdf", PDF)


def test_a_mandate_ends_with_its_day_in_ljubljana(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = people.actor(clock)
        kept = organisations.add(ana, NUMBER, DETAILS, ground(end=TODAY), clock(), store())
        clock.at = clock.at.replace(hour=22, minute=59)  # 23.59 in Ljubljana
        assert organisations.own(ana, kept.id, clock()).id == kept.id
        clock.forward(minutes=1)
        with pytest.raises(Missing):
            organisations.own(ana, kept.id, clock())
        assert organisations.mine(ana, clock()) == []


def test_an_official_cannot_act_for_an_organisation(app: Flask, clock: Clock) -> None:
    with app.app_context():
        clerk = people.actor(clock, "ula@mom.si", "Ula Uradna", Role.REGISTRY)
        with pytest.raises(Refused, match="odločal bi v svoji stvari"):
            added(clerk, clock)
        db.session.rollback()
        assert db.session.scalars(select(Mandate.id)).all() == []


def test_a_foreign_organisation_does_not_exist(app: Flask, clock: Clock) -> None:
    with app.app_context():
        kept = added(people.actor(clock), clock)
        bor = people.actor(clock, "bor@zgled.si", "Bor Zgled")
        for forbidden in (
            lambda: organisations.own(bor, kept.id, clock()),
            lambda: organisations.change(bor, kept.id, 1, DETAILS, clock()),
            lambda: evidence.own(bor, kept.id, "x", clock(), store()),
            lambda: mandates.revoke(bor, kept.id, 1, clock()),
        ):
            with pytest.raises(Missing):
                forbidden()
            db.session.rollback()


def test_a_change_over_an_old_version_shows_what_stands_now(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = people.actor(clock)
        kept = added(ana, clock)
        organisations.change(ana, kept.id, 1, replace(DETAILS, phone="040 111 222"), clock())
        with pytest.raises(Stale) as stale:
            organisations.change(ana, kept.id, 1, replace(DETAILS, name="Društvo Čmrlj"), clock())
        assert (stale.value.theirs["phone"], stale.value.theirs["revision"]) == ("040 111 222", 2)
        db.session.rollback()
        organisations.change(ana, kept.id, 2, replace(DETAILS, legal_form=LegalForm.UNION), clock())
        before, after = db.session.execute(
            select(Event.before, Event.after).order_by(Event.number.desc()).limit(1)
        ).one()
        assert (before, after) == (
            {"legal_form": "society", "phone": "040 111 222"},
            {"legal_form": "union", "phone": None},
        )


def test_of_two_people_who_change_at_once_one_is_told(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = people.actor(clock)
        number = added(ana, clock).id
    told: list[str] = []
    ready = threading.Barrier(2)

    def work(name: str) -> None:
        with app.app_context():
            ready.wait()
            try:
                organisations.change(ana, number, 1, replace(DETAILS, name=name), clock())
                told.append("saved")
            except Stale as stale:
                told.append(str(stale.theirs["name"]))

    _both(work)
    with app.app_context():
        kept = db.session.get(Organisation, number)
        assert kept is not None
        assert sorted(told) == sorted(["saved", kept.name])
        assert kept.revision == 2


def test_of_two_people_who_add_the_same_one_at_once_one_is_told(app: Flask, clock: Clock) -> None:
    with app.app_context():
        both = {name: people.actor(clock, f"{name}@zgled.si", f"{name} Zgled") for name in ("ana", "bor")}
    told: list[str] = []
    ready = threading.Barrier(2)

    def work(name: str) -> None:
        with app.app_context():
            ready.wait()
            try:
                added(both[name], clock)
                told.append("added")
            except Invalid as invalid:
                told.append(invalid.fields["registration_number"].sl[:12])

    _both(work)
    with app.app_context():
        assert sorted(told) == ["Organizacija", "added"]
        assert len(db.session.scalars(select(Mandate)).all()) == 1


def _both(work) -> None:
    threads = [threading.Thread(target=work, args=(name,)) for name in ("ana", "bor")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_officials_read_and_every_reading_is_noted(app: Flask, clock: Clock) -> None:
    with app.app_context():
        kept = added(people.actor(clock), clock)
        auditor = people.actor(clock, "nada@mom.si", "Nada Nadzorna", Role.AUDITOR)
        assert organisations.read(auditor, kept.id, clock()).name == DETAILS.name
        db.session.commit()
        noted = db.session.execute(select(Reading.name, Reading.purpose, Reading.subject_id)).all()
        assert noted == [("Nada Nadzorna", "organisation.read", kept.id)]
        for words, count in (("čebelica", 1), ("525888", 1), ("%", 0), ("čmrlj", 0), ("", 1)):
            assert organisations.listed(auditor, words).count == count
        with pytest.raises(Missing):
            organisations.read(auditor, 10_000, clock())
        with pytest.raises(Forbidden):
            organisations.listed(Actor(1, "Ana", frozenset({Role.APPLICANT})))
