"""Accounts: opening one, confirming its address, a new password, official roles and their incompatible pairs."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Callable, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from razpis.engine.problems import Language, Text
from razpis.models.accounts import Login, Ticket, User, UserRole
from razpis.models.base import db
from razpis.procedure.roles import Role
from razpis.services import legible
from razpis.services.actor import SYSTEM, Actor
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.people import attempts, contacts, passwords, standing
from razpis.services.records import journal, outbox
from razpis.services.records.journal import Subject
from razpis.services.records.letters import letter

Link = Callable[[str], str]
"""Makes the address of a page from the token of a ticket."""

CONFIRM, RESET = "confirm", "reset"
VALID = {CONFIRM: datetime.timedelta(hours=24), RESET: datetime.timedelta(hours=1)}
INVITATION = datetime.timedelta(days=7)
MOST_TO_ONE, MOST_FROM_NETWORK = 5, 50
"""Accounts opened and links asked for in :data:`razpis.services.people.attempts.WINDOW`, for one address of mail and
from one network: nobody's mail is flooded, and a hall of people at a workshop still gets in."""


def register(
    name: str,
    email: str,
    password: str,
    language: Language,
    network: str,
    now: datetime.datetime,
    confirm: Link,
    reset: Link,
) -> str:
    """Open an account; it can be used once its address is confirmed by mail.

    Whether the address already has an account is told only to the address itself, and the answer takes as long.
    What is given back is for :func:`confirm`: the browser that opened the account keeps it. Raises :class:`Invalid`,
    and :class:`Refused` where too much is asked.
    """
    name, email = _checked(name, email)
    wrong = passwords.unfit(password, email, name)
    if wrong is not None:
        raise Invalid({"password": wrong})
    asked = _asked(email, network, now)
    secret, user = passwords.kept(password), by_email(email)
    if user is not None:
        _mail(user, now, "already", reset(_ticket(user, RESET, now, VALID[RESET])))
        attempts.note(asked, now)
        return hashed(secrets.token_urlsafe(32))
    user = User(email=email, name=name, password=secret, language=language, created_at=now)
    db.session.add(user)
    db.session.flush()
    token = _ticket(user, CONFIRM, now, VALID[CONFIRM])
    _mail(user, now, "confirm", confirm(token))
    journal.record(Actor(user.id, user.name), now, "account.open", Subject("user", user.id), after={"name": name})
    attempts.note(asked, now)
    return hashed(token)


def opened_here(token: str, kept: str | None) -> bool:
    """Whether a browser that keeps ``kept`` is the one that opened the account of this ticket."""
    return kept is not None and secrets.compare_digest(hashed(token), kept)


def confirm(token: str, kept: str | None, password: str, now: datetime.datetime) -> None:
    """Confirm the address that the ticket was sent to, in the browser that opened the account, else by its password.

    Else somebody could open an account in another's name, have them press the button in their mail, and then come
    in with the password that only the stranger knows. Raises :class:`Refused` for an old or used ticket, and
    :class:`Invalid` for another password.
    """
    ticket = _opened(token, CONFIRM, now)
    if not opened_here(token, kept) and not passwords.right(password, ticket.user.password):
        raise Invalid(
            {
                "password": Text(
                    "S tem geslom račun ni bil odprt. Če ga niste odprli vi, si nastavite novo geslo.",
                    "The account was not opened with this password. If it was not you, set a new password.",
                )
            }
        )
    ticket.used_at = ticket.user.confirmed_at = now
    journal.record(Actor(ticket.user.id, ticket.user.name), now, "account.confirm", Subject("user", ticket.user.id))
    db.session.commit()


def ask_reset(email: str, network: str, now: datetime.datetime, reset: Link) -> None:
    """Send a link for a new password, if there is an account with this address; nobody is told whether.

    Raises :class:`Refused` where too much is asked.
    """
    email = email.strip().lower()[:254]
    asked, user = _asked(email, network, now), by_email(email)
    if user is not None and user.disabled_at is None:
        _mail(user, now, "reset", reset(_ticket(user, RESET, now, VALID[RESET])))
    attempts.note(asked, now)


def reset(token: str, password: str, now: datetime.datetime) -> None:
    """Set a new password by a ticket; the person is signed out everywhere.

    Raises :class:`Invalid` for an unfit password and :class:`Refused` for an old or used ticket.
    """
    ticket = _opened(token, RESET, now)
    user = ticket.user
    wrong = passwords.unfit(password, user.email, user.name)
    if wrong is not None:
        raise Invalid({"password": wrong})
    user.password, ticket.used_at = passwords.kept(password), now
    user.confirmed_at = user.confirmed_at or now  # the ticket came by mail
    attempts.forgive(user.email)
    _end_logins(user, now)
    journal.record(Actor(user.id, user.name), now, "account.password", Subject("user", user.id))
    db.session.commit()


def invite(
    actor: Actor,
    name: str,
    email: str,
    roles: Sequence[Role],
    language: Language,
    now: datetime.datetime,
    link: Link,
    password: str | None = None,
) -> User:
    """Open an account for an official, with roles; they set their password by a link.

    With ``password`` (the demonstration, the first administrator) no mail is sent. Raises :class:`Invalid`,
    and :class:`Refused` where the roles may not meet in one person.
    """
    if actor is not SYSTEM:
        actor.needs(Role.ADMINISTRATOR)
    name, email = _checked(name, email)
    if by_email(email) is not None:
        raise Invalid({"email": Text("Ta naslov že ima račun.", "This address already has an account.")})
    user = User(email=email, name=name, language=language, created_at=now, confirmed_at=now)
    db.session.add(user)
    db.session.flush()
    standing.refuse_pairs(roles)
    user.roles = [UserRole(role=role, given_at=now) for role in dict.fromkeys(roles)]
    if password is not None:
        user.password = passwords.kept(password)
    else:
        _mail(user, now, "invitation", link(_ticket(user, RESET, now, INVITATION)))
    after = {"name": name, "roles": [role.value for role in roles]}
    journal.record(actor, now, "account.invite", Subject("user", user.id), after=after)
    db.session.commit()
    return user


def set_roles(actor: Actor, user_id: int, roles: Sequence[Role], now: datetime.datetime) -> None:
    """Give a person exactly these official roles.

    Raises :class:`Missing`, and :class:`Refused` where they may not meet in one person (``law.md`` §4), with
    each other or with acting for an applicant or in a commission.
    """
    actor.needs(Role.ADMINISTRATOR)
    user = db.session.scalar(select(User).where(User.id == user_id).with_for_update())
    if user is None:
        raise Missing
    held = [given for given in user.roles if given.ended_at is None]
    before = sorted(given.role.value for given in held)
    standing.refuse_pairs([*roles, *standing.by_fact(user.id, now)])
    if actor.id == user.id and Role.ADMINISTRATOR not in roles:
        raise Refused(
            Text(
                "Uradne vloge upravitelja sistema si ne morete odvzeti sami.",
                "You cannot take administration from yourself.",
            )
        )
    for given in held:
        if given.role not in roles:
            given.ended_at = now
    kept = {given.role for given in held}
    user.roles += [UserRole(role=role, given_at=now) for role in dict.fromkeys(roles) if role not in kept]
    after = {"roles": sorted({role.value for role in roles})}
    journal.record(actor, now, "account.roles", Subject("user", user.id), {"roles": before}, after)
    db.session.commit()


def disable(actor: Actor, user_id: int, now: datetime.datetime) -> None:
    """Close an account and sign its person out. Raises :class:`Missing`, :class:`Refused` for one's own."""
    actor.needs(Role.ADMINISTRATOR)
    user = db.session.scalar(select(User).where(User.id == user_id, User.disabled_at.is_(None)).with_for_update())
    if user is None:
        raise Missing
    if user.id == actor.id:
        raise Refused(Text("Svojega računa ne morete zapreti.", "You cannot close your own account."))
    user.disabled_at = now
    _end_logins(user, now)
    journal.record(actor, now, "account.disable", Subject("user", user.id))
    db.session.commit()


def all_users() -> Sequence[User]:
    """Everyone with an account, by name."""
    return db.session.scalars(select(User).options(selectinload(User.roles)).order_by(User.name, User.id)).all()


def by_email(email: str) -> User | None:
    """The person with this address (lower case)."""
    return db.session.scalar(select(User).where(User.email == email))


def _checked(name: str, email: str) -> tuple[str, str]:
    name, email = " ".join(name.split()), email.strip().lower()
    wrong: dict[str, Text] = {}
    if not 3 <= len(name) <= 200:
        wrong["name"] = Text("Napišite ime in priimek.", "Write your name and surname.")
    elif fault := legible.fault(name):
        wrong["name"] = fault
    if contacts.address(email) is None:
        wrong["email"] = contacts.WRONG_ADDRESS
    if wrong:
        raise Invalid(wrong)
    return name, email


def _asked(email: str, network: str, now: datetime.datetime) -> dict[str, int]:
    """What a message that somebody asks for is counted under. Raises :class:`Refused` where it is one too many, alike
    for an address that has an account and one that has none."""
    limits = {f"mail:{email}": MOST_TO_ONE, f"mail-network:{attempts.network(network)}": MOST_FROM_NETWORK}
    if attempts.too_many(limits, now):
        raise Refused(
            Text(
                "Preveč poskusov. Poglejte v e-pošto, tudi med neželeno, ali poskusite znova čez 15 minut.",
                "Too many attempts. Look into your mail, spam too, or try again in 15 minutes.",
            )
        )
    return limits


def _ticket(user: User, purpose: str, now: datetime.datetime, valid: datetime.timedelta) -> str:
    """A new ticket of this purpose; those before it end."""
    earlier = update(Ticket).where(Ticket.user_id == user.id, Ticket.purpose == purpose, Ticket.used_at.is_(None))
    db.session.execute(earlier.values(used_at=now))
    token = secrets.token_urlsafe(32)
    db.session.add(Ticket(user_id=user.id, purpose=purpose, token=hashed(token), expires_at=now + valid))
    return token


def _opened(token: str, purpose: str, now: datetime.datetime) -> Ticket:
    query = select(Ticket).where(Ticket.token == hashed(token), Ticket.purpose == purpose).with_for_update()
    ticket = db.session.scalar(query)
    if ticket is None or ticket.used_at is not None or ticket.expires_at < now or ticket.user.disabled_at:
        raise Refused(
            Text(
                "Povezava ne velja več ali pa je bila že uporabljena. Zahtevajte novo.",
                "The link is no longer valid, or was used already. Ask for a new one.",
            )
        )
    return ticket


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _end_logins(user: User, now: datetime.datetime) -> None:
    db.session.execute(update(Login).where(Login.user_id == user.id, Login.ended_at.is_(None)).values(ended_at=now))


def _mail(user: User, now: datetime.datetime, name: str, link: str) -> None:
    language: Language = "en" if user.language == "en" else "sl"
    outbox.put(now, user.email, *letter(name, language, name=user.name, link=link))
