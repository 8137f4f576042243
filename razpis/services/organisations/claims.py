"""Claims to act for an organisation that somebody else has entered: filed with evidence, decided by an official."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.organisations import Mandate, MandateClaim, Organisation
from razpis.procedure.deadlines import local_time
from razpis.procedure.identifiers import IdentifierError, check_maticna
from razpis.services.actor import Actor
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.files import Store
from razpis.services.organisations import mandates
from razpis.services.organisations.mandates import Ground
from razpis.services.records import journal
from razpis.services.records.journal import Subject


def file(actor: Actor, registration_number: str, ground: Ground, now: datetime.datetime, store: Store) -> None:
    """Say that the actor may act for the organisation with this number; the evidence goes to an official.

    Raises :class:`Invalid`, and :class:`Refused` where the actor holds an official role, acts for it already or
    has a claim waiting.
    """
    mandates.may_act(actor.person, now)
    found = _organisation(registration_number)
    today = local_time(now).date()
    mandates.check(ground, today)
    _refuse_repeated(actor, found, today)
    evidence = mandates.received(store, actor, ground.evidence, now)
    if evidence is None:
        raise Invalid(
            {"evidence": Text("Priložite dokazilo o zastopanju (PDF ali slika).", "Attach evidence of your mandate.")}
        )
    claim = MandateClaim(
        organisation_id=found.id,
        user_id=actor.person,
        kind=ground.kind,
        valid_from=ground.valid_from,
        valid_to=ground.valid_to,
        evidence_id=evidence.id,
        claimed_at=now,
    )
    db.session.add(claim)
    db.session.flush()
    after = {"claim": claim.id, "kind": claim.kind.value, "evidence": evidence.sha256}
    journal.record(actor, now, "mandate.claim", Subject("organisation", found.id), after=after)
    db.session.commit()


def confirm(actor: Actor, claim_id: int, now: datetime.datetime) -> None:
    """Confirm a claim: its person gets the mandate.

    Raises :class:`Missing`, and :class:`Refused` where the person now holds an official role.
    """
    actor.needs(*mandates.DECIDING)
    claim = _open(claim_id)
    mandates.may_act(claim.user_id, now)
    claim.settled_at, claim.confirmed = now, True
    ground = Ground(claim.kind, claim.valid_from, claim.valid_to)
    mandate = mandates.made(claim.organisation, claim.user_id, ground, claim.evidence_id, now)
    after = {"claim": claim.id, "mandate": mandate.id, "person": claim.user.name}
    journal.record(actor, now, "mandate.confirm", Subject("organisation", claim.organisation_id), after=after)
    db.session.commit()


def refuse(actor: Actor, claim_id: int, reason: str, now: datetime.datetime) -> None:
    """Refuse a claim with a reason its person reads. Raises :class:`Missing`, :class:`Invalid` without a reason."""
    actor.needs(*mandates.DECIDING)
    told = " ".join(reason.split())
    if len(told) < 5:
        raise Invalid({"reason": Text("Napišite, zakaj pooblastila ne potrdite.", "Write why you do not confirm it.")})
    claim = _open(claim_id)
    claim.settled_at, claim.confirmed, claim.reason = now, False, told
    after = {"claim": claim.id, "person": claim.user.name, "reason": told}
    journal.record(actor, now, "mandate.refuse", Subject("organisation", claim.organisation_id), after=after)
    db.session.commit()


def of(actor: Actor) -> Sequence[MandateClaim]:
    """The actor's own claims that wait or were refused, the newest first."""
    query = select(MandateClaim).where(MandateClaim.user_id == actor.person, MandateClaim.confirmed.is_not(True))
    loaded = query.options(joinedload(MandateClaim.organisation))
    return db.session.scalars(loaded.order_by(MandateClaim.id.desc())).all()


def waiting(actor: Actor) -> Sequence[MandateClaim]:
    """Claims that wait for an official, the oldest first. Raises :class:`Forbidden`."""
    actor.needs(*mandates.DECIDING)
    query = select(MandateClaim).where(MandateClaim.settled_at.is_(None))
    loaded = query.options(
        joinedload(MandateClaim.organisation).selectinload(Organisation.representatives),
        joinedload(MandateClaim.user),
        joinedload(MandateClaim.evidence),
    )
    return db.session.scalars(loaded.order_by(MandateClaim.id)).all()


def _organisation(registration_number: str) -> Organisation:
    try:
        number = check_maticna(registration_number)
    except IdentifierError as error:
        raise Invalid({"registration_number": Text(error.problem.sl, error.problem.en)}) from error
    found = db.session.scalar(select(Organisation).where(Organisation.registration_number == number))
    if found is None:
        raise Invalid(
            {
                "registration_number": Text(
                    "Organizacije s to matično številko še ni. Dodajte jo sami.",
                    "There is no organisation with this number yet. Add it yourself.",
                )
            }
        )
    return found


def _refuse_repeated(actor: Actor, found: Organisation, today: datetime.date) -> None:
    own = (Mandate.user_id == actor.person, Mandate.organisation_id == found.id)
    if db.session.scalar(select(Mandate.id).where(*own, mandates.valid(today)).limit(1)) is not None:
        raise Refused(Text("To organizacijo že zastopate.", "You already act for this organisation."))
    query = select(MandateClaim.id).where(MandateClaim.user_id == actor.person, MandateClaim.settled_at.is_(None))
    if db.session.scalar(query.where(MandateClaim.organisation_id == found.id).limit(1)) is not None:
        raise Refused(
            Text(
                "Vaše dokazilo za to organizacijo že čaka na pregled. Počakajte na odgovor.",
                "Your evidence for this organisation is waiting to be looked at. Wait for the answer.",
            )
        )


def _open(claim_id: int) -> MandateClaim:
    query = select(MandateClaim).where(MandateClaim.id == claim_id, MandateClaim.settled_at.is_(None))
    claim = db.session.scalar(query.with_for_update())
    if claim is None:
        raise Missing
    return claim
