"""Signing in and out: sessions that can be ended from anywhere, and a brake on guessing."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from razpis.engine.problems import Text
from razpis.models.accounts import Attempt, Identity, Login, User
from razpis.models.base import db
from razpis.services.actor import Actor
from razpis.services.errors import Missing, Refused
from razpis.services.people import attempts, passwords, standing
from razpis.services.people.accounts import by_email, hashed
from razpis.services.records import journal
from razpis.services.records.journal import Subject

LASTS = datetime.timedelta(hours=12)
MOST_BY_EMAIL, MOST_BY_NETWORK, MOST_ANYWHERE = 5, 50, 50
"""Failed attempts in :data:`razpis.services.people.attempts.WINDOW`: for one address of mail from one network, from one
network, for one address of mail from everywhere. The first is of the network too: a stranger elsewhere who guesses five
times must not shut out the person whose address it is, on the day of a deadline least of all."""


def sign_in(email: str, password: str, network: str, browser: str, now: datetime.datetime) -> str:
    """The token of a new session. Raises :class:`Refused`: too many attempts, or the two do not fit."""
    email = email.strip().lower()[:254]
    network = attempts.network(network)
    limits = {
        attempts.guess(email, network): MOST_BY_EMAIL,
        attempts.guess(email): MOST_ANYWHERE,
        f"network:{network}": MOST_BY_NETWORK,
    }
    if attempts.too_many(limits, now):
        raise Refused(
            Text(
                "Preveč neuspelih poskusov. Počakajte 15 minut ali si nastavite novo geslo.",
                "Too many failed attempts. Wait 15 minutes or set a new password.",
            )
        )
    user = by_email(email)
    if not passwords.right(password, user.password if user else None) or user is None or not _usable(user):
        attempts.note(limits, now)
        raise Refused(
            Text(
                "E-naslov in geslo se ne ujemata ali pa naslov še ni potrjen (povezava je v e-pošti).",
                "Address and password do not match, or the address is not confirmed yet (the link is in your mail).",
            )
        )
    db.session.execute(delete(Attempt).where(Attempt.what == attempts.guess(email, network)))
    return _begin(user, browser, now)


def sign_in_from(issuer: str, subject: str, email: str | None, browser: str, now: datetime.datetime) -> str:
    """The token of a new session for a person that an outside service has identified.

    ``email`` is given only where the service vouches for it; it ties a new identity to an account once.
    Raises :class:`Refused` where there is no account for them.
    """
    known = db.session.scalar(select(Identity).where(Identity.issuer == issuer, Identity.subject == subject))
    user = known.user if known else by_email(email.lower()) if email else None
    if user is None or not _usable(user):
        raise Refused(
            Text(
                "Za to prijavo še ni računa. Odprite ga z istim e-naslovom in se prijavite znova.",
                "There is no account for this sign-in yet. Open one with the same address and sign in again.",
            )
        )
    if known is None:
        db.session.add(Identity(user_id=user.id, issuer=issuer, subject=subject))
    return _begin(user, browser, now)


def actor(token: str, now: datetime.datetime) -> Actor | None:
    """Who holds this session, if it still lasts."""
    lasting = (Login.token == hashed(token), Login.ended_at.is_(None), Login.expires_at > now)
    query = select(Login).options(joinedload(Login.user).selectinload(User.roles)).where(*lasting)
    login = db.session.scalar(query)
    return None if login is None or login.user.disabled_at else standing.actor_of(login.user, now)


def sign_out(token: str, now: datetime.datetime) -> None:
    """End this session."""
    db.session.execute(update(Login).where(Login.token == hashed(token), Login.ended_at.is_(None)).values(ended_at=now))
    db.session.commit()


def sessions(actor: Actor, now: datetime.datetime) -> Sequence[Login]:
    """The person's sessions that still last, the newest first."""
    query = select(Login).where(Login.user_id == actor.person, Login.ended_at.is_(None), Login.expires_at > now)
    return db.session.scalars(query.order_by(Login.id.desc())).all()


def of(token: str) -> int | None:
    """The id of the session with this token."""
    return db.session.scalar(select(Login.id).where(Login.token == hashed(token)))


def end(actor: Actor, login_id: int, now: datetime.datetime) -> None:
    """End one of the person's own sessions. Raises :class:`Missing`."""
    login = db.session.scalar(select(Login).where(Login.id == login_id, Login.user_id == actor.person))
    if login is None:
        raise Missing
    login.ended_at = login.ended_at or now
    journal.record(actor, now, "login.end", Subject("user", actor.id))
    db.session.commit()


def _usable(user: User) -> bool:
    return user.disabled_at is None and user.confirmed_at is not None


def _begin(user: User, browser: str, now: datetime.datetime) -> str:
    token = secrets.token_urlsafe(32)
    db.session.add(
        Login(user_id=user.id, token=hashed(token), created_at=now, expires_at=now + LASTS, browser=browser[:200])
    )
    journal.record(Actor(user.id, user.name), now, "login.begin", Subject("user", user.id))
    db.session.commit()
    return token
