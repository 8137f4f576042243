"""Somebody who files: a published call, an organisation, its person, and a started application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Application, Filing
from razpis.models.base import db
from razpis.procedure.roles import Role
from razpis.services.actor import Actor
from razpis.services.applications import answers, applications, attachments, filing, sheets
from razpis.services.applications.answers import Change, Saved
from razpis.services.files import Store
from razpis.services.organisations.mandates import Upload
from razpis.services.people.standing import actor_of
from tests import people, published
from tests.databases import Clock

LINK = "https://zgled.si/vloge/x"


@dataclass
class Filer:
    """A person with a started application; ``seen`` are the marks of the page in their first tab."""

    actor: Actor
    organisation: int
    call: int
    key: str
    store: Store
    clock: Clock

    def save(self, typed: Mapping[str, Any], seen: Mapping[str, str] | None = None) -> Saved:
        """Save what is typed, from a page filled just now, or from an older one with its marks."""
        marks = seen or self.marks()
        changes = {key: Change(value, marks[key]) for key, value in typed.items()}
        return answers.save(self.actor, self.key, changes, self.clock())

    def marks(self) -> Mapping[str, str]:
        """The marks a page filled now would hold."""
        return sheets.sheet(self.row()).seen

    def attach(self, name: str = "nacrt.pdf", content: bytes = published.PDF, field: str = "plan") -> str:
        """Attach a file; its key."""
        upload = Upload(name, content)
        return attachments.add(self.actor, self.key, field, [upload], self.clock(), self.store)[0].key

    def complete(self) -> None:
        """Fill in everything that is required."""
        assert self.save(published.FULL).faults == {}
        self.attach()

    def submit(self) -> Filing:
        """File what stands."""
        revision = self.row().revision
        return filing.submit(self.actor, self.key, revision, True, self.clock(), self.store, LINK)

    def row(self) -> Application:
        """The application as it stands."""
        db.session.expire_all()
        return db.session.scalars(select(Application).where(Application.key == self.key)).one()


def filer(app: Flask, clock: Clock, **columns: Any) -> Filer:
    """Ana, who represents Društvo Žarek and has started an application; inside an application context."""
    officer = people.user(clock, "urad@zgled.si", "Urad Zgled", Role.OFFICER)
    call = published.call(officer, **columns)
    ana = people.user(clock)
    organisation = published.organisation(ana)
    actor = actor_of(ana, clock())
    key = applications.start(actor, call.id, organisation.id, "", clock())
    return Filer(actor, organisation.id, call.id, key, published.store(app), clock)
