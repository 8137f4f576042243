"""Who is here, what time it is, and which doors are open to whom."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_login import LoginManager, UserMixin, current_user

from razpis.engine.problems import Text
from razpis.procedure.roles import COMMISSION, Role
from razpis.services.actor import Actor
from razpis.services.errors import Forbidden
from razpis.services.files import Store
from razpis.services.people import logins
from razpis.web import resending

CLOCK, STORE = "razpis_clock", "razpis_store"
ROOMS: list[tuple[str, Any, frozenset[Role]]] = [
    ("home.first", _("Kaj storiti zdaj"), frozenset()),
    ("calls.index", _("Vodenje razpisov"), frozenset({Role.OFFICER, Role.SIGNATORY, Role.AUDITOR})),
    ("applications.mine", _("Moje vloge"), frozenset({Role.APPLICANT})),
    ("commission.mine", _("Komisija"), frozenset(COMMISSION)),
    ("proposals.waiting", _("Predlogi komisij"), frozenset({Role.SIGNATORY})),
    ("exclusions.index", _("Izločitve"), frozenset({Role.SIGNATORY})),
    ("dossiers.calls", _("Spisi"), frozenset({Role.OFFICER, Role.SECOND_INSTANCE, Role.AUDITOR})),
    ("registry.calls", _("Vložišče"), frozenset({Role.REGISTRY})),
    ("serving.listed", _("Vročitve"), frozenset({Role.REGISTRY, Role.OFFICER})),
    ("organisations.mine", _("Organizacije"), frozenset({Role.APPLICANT})),
    ("applicants.listed", _("Prijavitelji"), frozenset({Role.OFFICER, Role.REGISTRY, Role.AUDITOR})),
    ("accounts.listed", _("Osebe"), frozenset({Role.ADMINISTRATOR})),
    ("functionaries.listed", _("Funkcionarji"), frozenset({Role.OFFICER})),
    ("journal.events", _("Dnevnik"), frozenset({Role.AUDITOR, Role.ADMINISTRATOR, Role.OFFICER})),
]
"""Rooms of the menu: the endpoint of the first page, its name, and whose it is (nobody named: everyone's)."""
OFFICIALS = frozenset(Role) - {Role.APPLICANT, Role.SYSTEM}


class Signed(UserMixin):  # type: ignore[misc] # ships no types
    """A signed-in browser: its token (for the cookie) and the person behind it."""

    def __init__(self, token: str, actor: Actor) -> None:
        self.token, self.actor = token, actor

    def get_id(self) -> str:
        return self.token


def init(app: Flask) -> None:
    """Know who sends each request, by a session that can be ended from anywhere."""
    manager = LoginManager(app)
    manager.user_loader(signed)
    app.context_processor(_known)


def _known() -> dict[str, Any]:
    """What every page may ask about its visitor."""
    found = visitor()
    return {"actor": found, "now": clock(), "rooms": rooms(found) if found else []}


def rooms(actor: Actor) -> list[tuple[str, str]]:
    """The rooms this person may enter: address and name, in the order of the menu.

    Whoever holds no official role may become an applicant, and needs the rooms for that.
    """
    held = actor.roles if not actor.roles.isdisjoint(OFFICIALS) else actor.roles | {Role.APPLICANT}
    return [(endpoint, str(name)) for endpoint, name, roles in ROOMS if not roles or not held.isdisjoint(roles)]


def clock() -> datetime.datetime:
    """The server's time, in UTC."""
    ticks: Callable[[], datetime.datetime] = current_app.extensions[CLOCK]
    return ticks()


def store() -> Store:
    """Where files of people lie."""
    kept: Store = current_app.extensions[STORE]
    return kept


def visitor() -> Actor | None:
    """The signed-in person, if any."""
    return current_user.actor if current_user.is_authenticated else None


def actor() -> Actor:
    """The signed-in person. Raises :class:`Forbidden` without one."""
    found = visitor()
    if found is None:
        raise Forbidden(Text("Najprej se prijavite.", "Sign in first."))
    return found


def official() -> bool:
    """Whether the visitor holds an official role, with which nobody can act for an applicant."""
    found = visitor()
    return found is not None and not found.roles.isdisjoint(OFFICIALS)


def door(blueprint: Blueprint, *roles: Role) -> None:
    """Let only signed-in holders of one of ``roles`` into ``blueprint``; without roles, whoever is signed in."""

    @blueprint.before_request
    def _door() -> ResponseReturnValue | None:
        found = visitor()
        if found is None:
            kept = resending.page()
            return (kept, 403) if kept is not None else redirect(url_for("auth.sign_in", next=_here()))
        if roles:
            found.needs(*roles)
        return None


def only(*roles: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A narrower door for one view: holders of one of ``roles``."""

    def narrowed(view: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*args: Any, **kwargs: Any) -> Any:
            actor().needs(*roles)
            return view(*args, **kwargs)

        guarded.__name__ = view.__name__
        guarded.__doc__ = view.__doc__
        return guarded

    return narrowed


def _here() -> str | None:
    """The page to return to after signing in: a page, not a form that was sent."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def signed(token: str) -> Signed | None:
    """The browser that holds this session's token, as long as the session lasts."""
    found = logins.actor(token, clock())
    return None if found is None else Signed(token, found)
