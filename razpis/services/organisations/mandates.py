"""Mandates: who may act for which organisation and on what ground; given, offered, accepted and revoked."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from razpis.engine.problems import Language, Text
from razpis.models.accounts import User
from razpis.models.base import db
from razpis.models.files import StoredFile
from razpis.models.organisations import Mandate, MandateOffer, Organisation
from razpis.procedure.deadlines import local_time
from razpis.procedure.organisations import MandateKind
from razpis.procedure.roles import Role
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.files import Store
from razpis.services.people import accounts, contacts, standing
from razpis.services.records import journal, outbox
from razpis.services.records.journal import Subject
from razpis.services.records.letters import letter

DECIDING = (Role.OFFICER, Role.REGISTRY)
"""Officials who decide about mandates that nobody in the organisation gave."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: its name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Ground:
    """On what ground, from when and to when (both days included) a person acts for an organisation."""

    kind: MandateKind
    valid_from: datetime.date
    valid_to: datetime.date | None = None
    evidence: Upload | None = None


def valid(today: datetime.date) -> ColumnElement[bool]:
    """The condition that a mandate holds on ``today``, a day in Slovenia."""
    ends = or_(Mandate.valid_to.is_(None), Mandate.valid_to >= today)
    return and_(Mandate.revoked_at.is_(None), Mandate.valid_from <= today, ends)


def organisation(actor: Actor, organisation_id: int, now: datetime.datetime) -> Organisation:
    """The organisation the person may act for, locked for a change. Raises :class:`Missing` for any other."""
    held = select(Mandate.organisation_id).where(Mandate.user_id == actor.person, valid(local_time(now).date()))
    query = select(Organisation).where(Organisation.id == organisation_id, Organisation.id.in_(held))
    found = db.session.scalar(query.with_for_update())
    if found is None:
        raise Missing
    return found


def may_act(user_id: int, now: datetime.datetime) -> None:
    """Lock the person and refuse whoever holds an official role: they would decide their own matter (ZUP 35).

    Raises :class:`Refused`. The lock keeps roles from being given at the same time.
    """
    user = db.session.scalars(select(User).where(User.id == user_id).with_for_update()).one()
    standing.refuse_pairs([*standing.actor_of(user, now).roles, Role.APPLICANT])


def check(ground: Ground, today: datetime.date) -> None:
    """Raises :class:`Invalid` where the ground cannot hold: its days, or a power of attorney without evidence."""
    wrong = period(ground, today)
    if ground.kind is MandateKind.ATTORNEY and ground.evidence is None:
        wrong["evidence"] = Text("Priložite pooblastilo (PDF ali slika).", "Attach the power of attorney.")
    if wrong:
        raise Invalid(wrong)


def period(ground: Ground, today: datetime.date) -> dict[str, Text]:
    """What is wrong with the days of a ground, by field.

    It must hold from its entry on: a mandate that begins later would meet an official role given meanwhile.
    """
    if ground.valid_from > today:
        return {
            "valid_from": Text(
                "Prvi dan je v prihodnosti. Pooblastilo vpišite, ko začne veljati.",
                "The first day is in the future. Enter the mandate once it holds.",
            )
        }
    if ground.valid_to is None or ground.valid_to >= today:
        return {}
    return {
        "valid_to": Text(
            "Zadnji dan veljavnosti je že mimo. Popravite ga ali pridobite novo pooblastilo.",
            "The last day of validity is past. Put it right or get a new mandate.",
        )
    }


def made(found: Organisation, user_id: int, ground: Ground, evidence_id: int | None, now: datetime.datetime) -> Mandate:
    """A new mandate within the running transaction."""
    mandate = Mandate(
        organisation_id=found.id,
        user_id=user_id,
        kind=ground.kind,
        valid_from=ground.valid_from,
        valid_to=ground.valid_to,
        evidence_id=evidence_id,
        created_at=now,
    )
    db.session.add(mandate)
    db.session.flush()
    return mandate


def received(store: Store, actor: Actor, upload: Upload | None, now: datetime.datetime) -> StoredFile | None:
    """The evidence as a kept file, if any was sent. Raises :class:`Invalid`."""
    return files.receive(store, actor, now, "evidence", upload.name, upload.content) if upload else None


def offer(
    actor: Actor,
    organisation_id: int,
    email: str,
    ground: Ground,
    sign_in: str,
    now: datetime.datetime,
    store: Store,
) -> None:
    """Offer a mandate to whoever signs in with this address; ``sign_in`` is the address of that page.

    The letter is the same whether there is an account or not. Raises :class:`Missing` where the actor holds no
    mandate, :class:`Invalid` where the offer goes beyond the actor's own mandate or is already open.
    """
    found = organisation(actor, organisation_id, now)
    address = contacts.address(email)
    wrong = _beyond(_longest(actor, found.id, now), ground.valid_to) | period(ground, local_time(now).date())
    if address is None:
        wrong["email"] = contacts.WRONG_ADDRESS
    elif _open_offer(found.id, address) is not None:
        wrong["email"] = Text("Pooblastilo je temu naslovu že ponujeno.", "A mandate is offered to this address.")
    if address is None or wrong:
        raise Invalid(wrong)
    evidence = received(store, actor, ground.evidence, now)
    made_offer = MandateOffer(
        organisation_id=found.id,
        email=address,
        valid_from=ground.valid_from,
        valid_to=ground.valid_to,
        evidence_id=evidence.id if evidence else None,
        offered_at=now,
        offered_by=actor.person,
    )
    db.session.add(made_offer)
    db.session.flush()
    values = {"name": actor.name, "organisation": found.name, "link": sign_in}
    outbox.put(now, address, *letter("mandate", _language(address), **values))
    after = {"offer": made_offer.id, "email": address, **_days(ground.valid_from, ground.valid_to)}
    journal.record(actor, now, "mandate.offer", Subject("organisation", found.id), after=after)
    db.session.commit()


def accept(actor: Actor, offer_id: int, now: datetime.datetime) -> None:
    """Accept an offer sent to the actor's own address.

    Raises :class:`Missing` for another's, :class:`Refused` where an official role stands in the way or where the
    one who offered may no longer act for the organisation.
    """
    one = _own_offer(actor, offer_id)
    may_act(actor.person, now)
    if _longest(Actor(one.offered_by, ""), one.organisation_id, now) is None:
        raise Refused(
            Text(
                "Kdor vam je pooblastilo ponudil, organizacije ne zastopa več. Prosite koga drugega iz organizacije.",
                "Who offered you the mandate no longer acts for the organisation. Ask somebody else in it.",
            )
        )
    one.settled_at, one.accepted = now, True
    ground = Ground(MandateKind.ATTORNEY, one.valid_from, one.valid_to)
    mandate = made(one.organisation, actor.person, ground, one.evidence_id, now)
    after = {"mandate": mandate.id, "offer": one.id, **_days(one.valid_from, one.valid_to)}
    journal.record(actor, now, "mandate.accept", Subject("organisation", one.organisation_id), after=after)
    db.session.commit()


def decline(actor: Actor, offer_id: int, now: datetime.datetime) -> None:
    """Decline an offer sent to the actor's own address. Raises :class:`Missing`."""
    one = _own_offer(actor, offer_id)
    one.settled_at, one.accepted = now, False
    subject = Subject("organisation", one.organisation_id)
    journal.record(actor, now, "mandate.decline", subject, after={"offer": one.id})
    db.session.commit()


def withdraw(actor: Actor, organisation_id: int, offer_id: int, now: datetime.datetime) -> None:
    """Take back an offer nobody has accepted yet. Raises :class:`Missing`."""
    found = organisation(actor, organisation_id, now)
    query = select(MandateOffer).where(MandateOffer.id == offer_id, MandateOffer.organisation_id == found.id)
    one = db.session.scalar(query.where(MandateOffer.settled_at.is_(None)).with_for_update())
    if one is None:
        raise Missing
    one.settled_at, one.accepted = now, False
    journal.record(actor, now, "mandate.withdraw", Subject("organisation", found.id), after={"offer": one.id})
    db.session.commit()


def revoke(actor: Actor, organisation_id: int, mandate_id: int, now: datetime.datetime) -> None:
    """End a mandate: by a holder of a valid one, one's own too, or by an official who decides about mandates.

    Raises :class:`Missing` where there is no such mandate of that organisation.
    """
    if actor.roles.isdisjoint(DECIDING):
        organisation(actor, organisation_id, now)
    query = select(Mandate).where(Mandate.id == mandate_id, Mandate.organisation_id == organisation_id)
    mandate = db.session.scalar(query.where(Mandate.revoked_at.is_(None)).with_for_update())
    if mandate is None:
        raise Missing
    mandate.revoked_at = now
    before = {"mandate": mandate.id, "person": mandate.user.name, **_days(mandate.valid_from, mandate.valid_to)}
    journal.record(actor, now, "mandate.revoke", Subject("organisation", organisation_id), before)
    db.session.commit()


def offers_to(actor: Actor) -> Sequence[MandateOffer]:
    """What is offered to the actor's own address and waits for an answer."""
    query = select(MandateOffer).join(User, User.email == MandateOffer.email)
    query = query.where(User.id == actor.person, MandateOffer.settled_at.is_(None))
    loaded = query.options(joinedload(MandateOffer.organisation), joinedload(MandateOffer.offerer))
    return db.session.scalars(loaded.order_by(MandateOffer.id)).all()


def open_offers(organisation_id: int) -> Sequence[MandateOffer]:
    """What the organisation has offered and nobody has answered yet."""
    query = select(MandateOffer).where(MandateOffer.organisation_id == organisation_id)
    return db.session.scalars(query.where(MandateOffer.settled_at.is_(None)).order_by(MandateOffer.id)).all()


def _own_offer(actor: Actor, offer_id: int) -> MandateOffer:
    email = select(User.email).where(User.id == actor.person, User.confirmed_at.is_not(None)).scalar_subquery()
    query = select(MandateOffer).where(MandateOffer.id == offer_id, MandateOffer.email == email)
    one = db.session.scalar(query.where(MandateOffer.settled_at.is_(None)).with_for_update())
    if one is None:
        raise Missing
    return one


def _open_offer(organisation_id: int, email: str) -> MandateOffer | None:
    query = select(MandateOffer).where(MandateOffer.organisation_id == organisation_id, MandateOffer.email == email)
    return db.session.scalars(query.where(MandateOffer.settled_at.is_(None)).limit(1)).first()


def _longest(actor: Actor, organisation_id: int, now: datetime.datetime) -> datetime.date | None:
    """The last day the actor may act for the organisation (the last of all days if without end), if they may."""
    held = (Mandate.user_id == actor.person, Mandate.organisation_id == organisation_id)
    ends = db.session.scalars(select(Mandate.valid_to).where(*held, valid(local_time(now).date()))).all()
    return max((end or datetime.date.max for end in ends), default=None)


def _language(address: str) -> Language:
    """The language of the letter: the person's own, where there is one; only that address learns of it."""
    user = accounts.by_email(address)
    return "en" if user is not None and user.language == "en" else "sl"


def _beyond(own: datetime.date | None, offered: datetime.date | None) -> dict[str, Text]:
    """Nobody gives more than they have."""
    if own is None or own >= (offered or datetime.date.max):
        return {}
    day = f"{own.day}. {own.month}. {own.year}"
    return {
        "valid_to": Text(
            f"Vaše pooblastilo velja do {day}, zato dlje ne more veljati niti to. Vpišite zadnji dan do tega dne.",
            f"Your own mandate ends on {own.isoformat()}, so this one cannot last longer. Enter a last day up to then.",
        )
    }


def _days(valid_from: datetime.date, valid_to: datetime.date | None) -> dict[str, str | None]:
    return {"valid_from": valid_from.isoformat(), "valid_to": valid_to.isoformat() if valid_to else None}
