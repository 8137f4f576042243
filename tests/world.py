"""The demonstration as a world for tests: every role, every state of a call, each thing that has an address."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from razpis import demo
from razpis.models.accounts import User
from razpis.models.applications import Application, Envelope
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act, Publication
from razpis.models.evaluations import EvaluationRun
from razpis.models.organisations import Functionary, MandateClaim, MandateOffer, Organisation
from razpis.models.sittings import Sitting
from razpis.procedure.acts import Kind
from razpis.procedure.organisations import MandateKind, StatusKind
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.files import Store
from razpis.services.organisations import claims, functionaries, mandates, representatives, statuses
from razpis.services.organisations.mandates import Ground, Upload
from razpis.services.people import logins
from tests.databases import Clock, application, close, disconnect

WORKED = (CallState.CHECKING, CallState.SCORING, CallState.PROPOSED)
START = datetime.datetime(2026, 9, 14, 8, 0, tzinfo=datetime.UTC)
SITE = "http://127.0.0.1:5000"
"""Where the demonstration says its pages are."""
PDF = b"%PDF-1.7\n% pooblastilo\n"
STRANGER = "p-02@zgled.si"
"""An applicant with an organisation and applications of their own."""


class World(NamedTuple):
    """Where the database lies, the ids that stand in addresses, and a session token of everyone."""

    folder: Path
    ids: Mapping[str, Any]
    tokens: Mapping[str, str]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world")
    app = application(f"sqlite:///{folder / 'razpis.db'}", folder, Clock(START))
    with app.app_context():
        db.create_all()
        demonstration = demo.Demonstration(Store(folder / "files"), START, SITE)
        demonstration.make()
        _more(demonstration)
        ids, tokens = _ids(), _tokens(demonstration.people)
    close(app)
    return World(folder, ids, tokens)


class Visitors:
    """Browsers of the people of the world, in a copy of it that can be made anew."""

    def __init__(self, world: World, folder: Path, **settings: Any) -> None:
        self.world, self.folder, self.clock = world, folder, Clock(START)
        shutil.copytree(world.folder / "files", folder / "files")
        self.app = application(f"sqlite:///{folder / 'razpis.db'}", folder, self.clock, **settings)
        self.anew()

    def anew(self) -> None:
        """Forget whatever visitors did."""
        disconnect(self.app)
        for left in self.folder.glob("razpis.db*"):
            left.unlink()
        shutil.copy(self.world.folder / "razpis.db", self.folder / "razpis.db")

    def __call__(self, email: str | None) -> FlaskClient:
        """A browser of this person (by address of mail), or of nobody."""
        client = self.app.test_client()
        if email is not None:
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = self.world.tokens[email], True
        return client


@pytest.fixture
def visitors(world: World, tmp_path: Path) -> Iterator[Visitors]:
    made = Visitors(world, tmp_path)
    yield made
    close(made.app)


def _more(demonstration: demo.Demonstration) -> None:
    """What the demonstration has no need of, but has an address: offers, claims, statuses, representatives."""
    organisation, _ = demonstration.organisations["P-01"]
    owner, newcomer = (demonstration.actor(email, START) for email in (demo.FIRST_APPLICANT, "novo@zgled.si"))
    today, store = START.date(), demonstration.store
    attorney = Ground(MandateKind.ATTORNEY, today, None, Upload("pooblastilo.pdf", PDF))
    mandates.offer(owner, organisation, "novo@zgled.si", attorney, f"{SITE}/organizacije/", START, store)
    representatives.add(owner, organisation, "Špela Zgled", "predsednica", today, None, START)
    given = statuses.Given(StatusKind.VOLUNTEER, "V-1/2020", datetime.date(2020, 1, 1))
    statuses.add(owner, organisation, given, START, store)
    number = db.session.get_one(Organisation, demonstration.organisations["P-03"][0]).registration_number
    claims.file(newcomer, number, attorney, START, store)
    officer = demonstration.actor("sektor@zgled.si", START)
    functionaries.add(officer, "Jure Primer", "svetnik", "", "", START)


def _ids() -> dict[str, Any]:
    """What stands for each name in a rule of an address, unless the test says otherwise."""
    calls = {state: db.session.scalars(select(Call).where(Call.state == state)).first() for state in CallState}
    organisation = db.session.scalars(select(Organisation).order_by(Organisation.id)).first()
    assert organisation is not None
    drafted = select(Application).where(Application.organisation_id == organisation.id)
    draft = db.session.scalars(drafted.where(Application.state == ApplicationState.DRAFT)).one()
    filed = db.session.scalars(drafted.where(Application.state == ApplicationState.SUBMITTED)).one()
    envelope = db.session.scalars(select(Envelope).order_by(Envelope.id)).first()
    assert envelope is not None
    return {
        "states": {state: call.id for state, call in calls.items() if call is not None},
        "organisation": organisation.id,
        "mandate": organisation.mandates[0].id,
        "representative": organisation.representatives[0].id,
        "status": organisation.statuses[0].id,
        "evidence": db.session.scalars(select(MandateOffer)).one().evidence.key,
        "offered": db.session.scalars(select(MandateOffer.id)).one(),
        "claim": db.session.scalars(select(MandateClaim.id)).one(),
        "functionary": db.session.scalars(select(Functionary.id)).one(),
        "draft": draft.key,
        "filed": filed.key,
        "attached": filed.attachments[0].file.key,
        "envelope": envelope.application.key,
        "user": db.session.scalars(select(User.id).where(User.email == "novo@zgled.si")).one(),
        "question": db.session.get_one(Call, calls[CallState.PUBLISHED].id).questions[0].id,  # type: ignore[union-attr]
        "worked": {state: _worked(state) for state in WORKED},
        "issued": _issued(),
        "published_results": _published_results(organisation.id),
        "seat": calls[CallState.DRAFT].seats[0].id,  # type: ignore[union-attr]
    }


def _published_results(organisation: int) -> dict[str, Any]:
    """Of the call whose results are published: the call, the code of the notice, the application of the first
    organisation on it."""
    publication = db.session.scalars(select(Publication)).one()
    own = select(Application.key).where(Application.call_id == publication.call_id)
    return {
        "call": publication.call_id,
        "code": publication.act.key if publication.act is not None else "",
        "key": db.session.scalars(own.where(Application.organisation_id == organisation)).first(),
    }


def _worked(state: CallState) -> dict[str, Any]:
    """Of a call the commission has in hand: an application with a file, a sitting, a run, a member."""
    call = db.session.scalars(select(Call).where(Call.state == state)).one()
    query = select(Application).where(Application.call_id == call.id).order_by(Application.number)
    application = db.session.scalars(query).first()
    assert application is not None
    sitting = db.session.scalars(select(Sitting.id).where(Sitting.call_id == call.id).order_by(Sitting.id)).first()
    run = db.session.scalars(select(EvaluationRun.id).where(EvaluationRun.call_id == call.id)).first()
    return {
        "key": application.key,
        "file": application.attachments[0].file.key,
        "sitting": sitting,
        "run": run,
        "member": call.seats[1].user_id,
    }


def _issued() -> dict[str, str]:
    """Of the call whose decisions are out: the key of an act, and of the first organisation's application."""
    query = select(Act).where(Act.kind == Kind.DECISION).order_by(Act.id)
    acts = {act.application.organisation_id: act for act in db.session.scalars(query) if act.application is not None}
    act = acts[min(one for one in acts if one is not None)]
    assert act.application is not None
    return {"act": act.key, "application": act.application.key}


def _tokens(people: Mapping[str, int]) -> dict[str, str]:
    return {email: logins.sign_in(email, demo.PASSWORD, email, "Preizkus", START) for email in people}
