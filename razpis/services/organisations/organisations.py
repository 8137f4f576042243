"""Organisations: added by who acts for them, changed without overwriting each other, read by officials."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.organisations import Mandate, Organisation, RegisterEntry, Status
from razpis.procedure import identifiers
from razpis.procedure.deadlines import local_time
from razpis.procedure.identifiers import IdentifierError
from razpis.procedure.organisations import LegalForm
from razpis.procedure.roles import Role
from razpis.services import legible
from razpis.services.actor import Actor
from razpis.services.errors import Invalid, Missing, Stale
from razpis.services.files import Store
from razpis.services.organisations import mandates, register
from razpis.services.organisations.mandates import Ground
from razpis.services.people import contacts
from razpis.services.records import journal, readings
from razpis.services.records.journal import Subject
from razpis.services.searching import contains

READERS = (Role.OFFICER, Role.REGISTRY, Role.AUDITOR)
PAGE = 50

TAKEN = Text(
    "Organizacija s to matično številko je že vpisana. Prosite koga, ki jo tu že zastopa, naj vam da pooblastilo, "
    "ali pa vložite pooblastilo z dokazilom in počakajte, da ga potrdi občina.",
    "An organisation with this number is entered already. Ask somebody who acts for it here to give you a mandate, "
    "or file a mandate with evidence and wait for the municipality to confirm it.",
)


NO_NUMBER = Text("Vpišite matično številko (7 števk).", "Enter the registration number (7 digits).")


@dataclass(frozen=True, slots=True)
class Details:
    """What is written about an organisation, as its person types it; blank means nothing."""

    name: str
    address: str
    legal_form: LegalForm
    tax_number: str = ""
    vat_payer: bool = False
    iban: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of organisations and how many there are on all pages."""

    organisations: Sequence[Organisation]
    count: int
    pages: int


@dataclass(slots=True)
class _Checks:
    """Cleans values of a form and gathers what is wrong with them."""

    wrong: dict[str, Text] = field(default_factory=dict)

    def text(self, name: str, value: str, said: Text) -> str:
        kept = " ".join(value.split())
        if not 2 <= len(kept) <= 300:
            self.wrong[name] = said
        return kept

    def number(self, name: str, value: str) -> str | None:
        check = {"registration_number": identifiers.check_maticna, "tax_number": identifiers.check_davcna}
        try:
            return check.get(name, identifiers.check_iban)(value) if value.strip() else None
        except IdentifierError as error:
            self.wrong[name] = Text(error.problem.sl, error.problem.en)
            return None

    def contact(self, name: str, value: str) -> str | None:
        read, said = {
            "email": (contacts.address, contacts.WRONG_ADDRESS),
            "phone": (contacts.phone, contacts.WRONG_PHONE),
        }[name]
        kept = read(value) if value.strip() else None
        if value.strip() and kept is None:
            self.wrong[name] = said
        return kept


def add(
    actor: Actor, registration_number: str, details: Details, ground: Ground, now: datetime.datetime, store: Store
) -> Organisation:
    """Add an organisation the actor acts for on ``ground``.

    Raises :class:`Invalid` by field, also where the number is taken, and :class:`Refused` for an official.
    """
    mandates.may_act(actor.person, now)
    checks = _Checks()
    number = checks.number("registration_number", registration_number)
    values = _checked(details, checks)
    if number is None:
        checks.wrong.setdefault("registration_number", NO_NUMBER)
        raise Invalid(checks.wrong)
    if by_number(number) is not None:
        raise Invalid({"registration_number": TAKEN})
    mandates.check(ground, local_time(now).date())
    added = Organisation(registration_number=number, created_at=now, **values)
    db.session.add(added)
    try:
        db.session.flush()
    except IntegrityError as error:  # somebody added it this very moment
        db.session.rollback()
        raise Invalid({"registration_number": TAKEN}) from error
    evidence = mandates.received(store, actor, ground.evidence, now)
    mandate = mandates.made(added, actor.person, ground, evidence.id if evidence else None, now)
    after = {"registration_number": number, **_said(values), "mandate": mandate.id, "ground": ground.kind.value}
    journal.record(actor, now, "organisation.add", Subject("organisation", added.id), after=after)
    db.session.commit()
    return added


def begin(registration_number: str) -> tuple[str, RegisterEntry | None]:
    """The checked number of an organisation not entered yet, and what the business register says of it.

    Raises :class:`Invalid` for a wrong number and for one that is taken.
    """
    checks = _Checks()
    number = checks.number("registration_number", registration_number)
    if number is None:
        checks.wrong.setdefault("registration_number", NO_NUMBER)
        raise Invalid(checks.wrong)
    if by_number(number) is not None:
        raise Invalid({"registration_number": TAKEN})
    return number, register.entry(number)


def change(actor: Actor, organisation_id: int, revision: int, details: Details, now: datetime.datetime) -> None:
    """Write down new details over those of ``revision``.

    Raises :class:`Stale` with what stands now where somebody else changed them since, :class:`Invalid`,
    :class:`Missing`.
    """
    found = mandates.organisation(actor, organisation_id, now)
    if found.revision != revision:
        raise Stale(
            Text(
                "Medtem je podatke spremenil nekdo drug. Preglejte obe različici; shranilo se bo, kar pošljete znova.",
                "Somebody else has changed the details meanwhile. Look at both; what you send again will be saved.",
            ),
            {**written(found), "revision": found.revision},
        )
    checks = _Checks()
    values = _checked(details, checks)
    before = written(found)
    for name, value in values.items():
        setattr(found, name, value)
    found.revision += 1
    changed = {name for name, value in _said(values).items() if value != before[name]}
    said = {name: value for name, value in _said(values).items() if name in changed}
    subject = Subject("organisation", found.id)
    journal.record(actor, now, "organisation.change", subject, {name: before[name] for name in said}, said)
    db.session.commit()


def mine(actor: Actor, now: datetime.datetime) -> Sequence[Organisation]:
    """The organisations the actor may act for now, by name."""
    query = select(Organisation).where(Organisation.id.in_(_held(actor, now)))
    return db.session.scalars(query.order_by(Organisation.name, Organisation.id)).all()


def own(actor: Actor, organisation_id: int, now: datetime.datetime) -> Organisation:
    """One of the actor's organisations with all that belongs to it. Raises :class:`Missing`."""
    return _whole(
        select(Organisation).where(Organisation.id == organisation_id, Organisation.id.in_(_held(actor, now)))
    )


def listed(actor: Actor, words: str = "", page: int = 1) -> Found:
    """Organisations whose name or number holds ``words``, by name. Raises :class:`Forbidden`."""
    actor.needs(*READERS)
    query = select(Organisation)
    if words.strip():
        number = Organisation.registration_number.startswith(words.strip(), autoescape=True)
        query = query.where(or_(contains(Organisation.name, words), number))
    count = db.session.scalars(select(func.count()).select_from(query.subquery())).one()
    part = query.order_by(Organisation.name, Organisation.id).offset((max(page, 1) - 1) * PAGE).limit(PAGE)
    return Found(db.session.scalars(part).all(), count, -(-count // PAGE))


def read(actor: Actor, organisation_id: int, now: datetime.datetime) -> Organisation:
    """An organisation as an official reads it; the reading is noted (ZVOP-2 22).

    Raises :class:`Forbidden`, :class:`Missing`.
    """
    actor.needs(*READERS)
    found = _whole(select(Organisation).where(Organisation.id == organisation_id))
    readings.note(actor, now, "organisation.read", Subject("organisation", found.id))
    return found


def by_number(registration_number: str) -> Organisation | None:
    """The organisation with this checked number."""
    return db.session.scalar(select(Organisation).where(Organisation.registration_number == registration_number))


def warnings(found: Organisation) -> tuple[Text, ...]:
    """What looks odd about an organisation and should be looked at; it stops nothing."""
    odd = identifiers.account_warnings(found.iban) if found.iban else ()
    return tuple(Text(one.sl, one.en) for one in odd)


def written(found: Organisation) -> dict[str, Any]:
    """The details of an organisation by field, as the journal keeps them."""
    return _said({one.name: getattr(found, one.name) for one in fields(Details)})


def _held(actor: Actor, now: datetime.datetime) -> Any:
    return select(Mandate.organisation_id).where(
        Mandate.user_id == actor.person, mandates.valid(local_time(now).date())
    )


def _whole(query: Any) -> Organisation:
    loaded = query.options(
        selectinload(Organisation.statuses).joinedload(Status.evidence),
        selectinload(Organisation.representatives),
        selectinload(Organisation.mandates).options(joinedload(Mandate.user), joinedload(Mandate.evidence)),
    )
    found: Organisation | None = db.session.scalar(loaded)
    if found is None:
        raise Missing
    return found


def _checked(details: Details, checks: _Checks) -> dict[str, Any]:
    """The details as columns keep them. Raises :class:`Invalid` with all that ``checks`` found."""
    name = checks.text("name", details.name, Text("Vpišite ime organizacije.", "Enter the name."))
    place = Text("Vpišite naslov: ulica, hišna številka, pošta.", "Enter the address: street, number, post office.")
    values = {
        "name": name,
        "address": checks.text("address", details.address, place),
        "legal_form": details.legal_form,
        "tax_number": checks.number("tax_number", details.tax_number),
        "vat_payer": details.vat_payer,
        "iban": checks.number("iban", details.iban),
        "email": checks.contact("email", details.email),
        "phone": checks.contact("phone", details.phone),
    }
    if details.vat_payer and not details.tax_number.strip():
        checks.wrong["tax_number"] = Text("Zavezanec za DDV ima davčno številko.", "A VAT payer has a tax number.")
    checks.wrong = legible.faults({"name": details.name, "address": details.address}) | checks.wrong
    if checks.wrong:
        raise Invalid(checks.wrong)
    return values


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.value if isinstance(value, LegalForm) else value for key, value in values.items()}
