"""What the system never lets through with calls and applications, tried by every way in.

Each guard of the law is tried by its page, by the action that takes many at once where there is one, by the command
line and by two people at once; ``test_guard_table.py`` says which test does which. Here stand the ways up to the
opening that have no test elsewhere, in ``test_guards_of_decisions.py`` those after it.

Pages are tried on one world: a published call with three filed applications, the clock set by each test.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

import razpis
from razpis import database
from razpis.cli import main
from razpis.models.accounts import User
from razpis.models.applications import Application, Filing
from razpis.models.base import db
from razpis.models.calls import Call, CallVersion
from razpis.models.checking import ServiceRecord
from razpis.models.journal import Event
from razpis.procedure.roles import Role
from razpis.procedure.serving import Manner
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.calls import drafting, publishing
from razpis.services.examination import checks, opening, serving, supplements
from razpis.services.examination.serving import Papers
from razpis.services.files import Store
from razpis.services.sitting import declarations
from tests import commission_made, people
from tests.addresses import addresses, sent_everywhere
from tests.commission_made import DEADLINE, Made, act_as, free, supplement_page
from tests.databases import Clock, application, close
from tests.services import call_making as making
from tests.services.at_once import both

WRITTEN = ("Program 0", "gradivo")
"""What stands in the applications and nowhere else."""

FOR_ALL = ("public.", "results.", "published.", "verification.", "feeds.", "auth.", "oidc.", "organisations.", "static")
ABOUT_APPLICATIONS = (
    *("applications.", "registry.", "transcripts.", "serving.", "papers.", "dossiers.", "contents."),
    *("commission.", "sittings.", "checking.", "findings.", "marking.", "agreeing."),
)


def filed(clock: Clock) -> Made:
    """A published call with three filed applications, an hour before its deadline; everyone can sign in."""
    call = commission_made.made(clock, 3, CallState.PUBLISHED)
    free(call, clock, call.voters)
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        commission_made.user(f"{role.value}@zgled.si", role.value, role)
    clock.at = DEADLINE - timedelta(hours=1)
    return call


@pytest.fixture(scope="module")
def filed_call(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, Clock, Made, list[str]]]:
    """The call, its pages and its clock, and the addresses of its officials; rows are not those of a database's kind."""
    folder, clock = tmp_path_factory.mktemp("filed"), Clock()
    shutil.copy(sqlite_template, folder / "razpis.db")
    site = application(f"sqlite:///{folder / 'razpis.db'}", folder, clock)
    with site.app_context():
        call = filed(clock)
        officials = [call.president, call.officer, call.registry]
        officials += db.session.scalars(select(User.id).order_by(User.id.desc()).limit(2))
        commission_made.let_in(*officials, call.applicants[0])
        mails = [db.session.get_one(User, one).email for one in officials]
        db.session.remove()
    yield site, clock, call, mails
    close(site)


def standing() -> list[tuple[int | None, ApplicationState, str]]:
    """Number, state and hash of what was filed, of every application."""
    db.session.expire_all()
    rows = db.session.execute(
        select(Application.number, Application.state, Filing.sha256).join(Filing.application).order_by(Filing.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def test_before_the_deadline_no_page_opens_shows_or_deletes_an_application(
    filed_call: tuple[Flask, Clock, Made, list[str]],
) -> None:
    app, clock, call, mails = filed_call
    clock.at = DEADLINE - timedelta(hours=1)
    with app.app_context():
        before = standing()
    everything = {"how": "all", "application": ["1", "2", "3"], "change": "come-1", "kind": "opening", "present": ["1"]}
    for email in mails:
        client = people.signed_in(app, email)
        for method in ("GET", "POST"):
            asked = [one for one in addresses(app, method, ABOUT_APPLICATIONS) if "kljuc000" in one or "/seje/" in one]
            for text in sent_everywhere(client, asked, method, everything):
                assert [one for one in WRITTEN if one in text] == []
    with app.app_context():
        assert (standing(), [one[1] for one in before]) == (before, [ApplicationState.SUBMITTED] * 3)
        assert db.session.scalars(select(Event.action).where(Event.action == "opening.open")).all() == []
        assert db.session.get_one(Call, call.call).state is CallState.PUBLISHED
    (own,) = sent_everywhere(
        people.signed_in(app, "prijavitelj0@zgled.si"), ["/vloge/kljuc000/oddaje/1/vsebina.json"], "GET", {}
    )
    assert [one for one in WRITTEN if one in own] == list(WRITTEN)


def test_before_the_opening_no_list_or_download_of_many_shows_content(
    filed_call: tuple[Flask, Clock, Made, list[str]],
) -> None:
    app, clock, _, mails = filed_call
    clock.at = DEADLINE - timedelta(hours=1)
    lists = [one for one in addresses(app, "GET", but=FOR_ALL) if "kljuc000" not in one]
    for email in (mails[0], mails[1], mails[-1]):  # president, officer, auditor: they read the most
        came = sent_everywhere(people.signed_in(app, email), lists, "GET")
        assert [at for at, text in zip(lists, came, strict=True) if any(one in text for one in WRITTEN)] == []


def test_after_the_deadline_an_applicant_sends_everything_and_changes_nothing(
    filed_call: tuple[Flask, Clock, Made, list[str]],
) -> None:
    app, clock, _call, _mails = filed_call
    clock.at = DEADLINE + timedelta(seconds=1)
    with app.app_context():
        before = standing()
    client = people.signed_in(app, "prijavitelj0@zgled.si")
    typed = {"programme": "Drug program", "members": "41", "confirmed": "y", "revision": "1", "field": "programme"}
    sent_everywhere(client, addresses(app, "POST", ("applications.",)), "POST", typed)
    with app.app_context():
        assert standing() == before


def test_after_publication_no_page_of_an_officer_changes_the_rules(
    filed_call: tuple[Flask, Clock, Made, list[str]],
) -> None:
    app, clock, call, _mails = filed_call
    clock.at = DEADLINE - timedelta(hours=1)
    with app.app_context():
        seen, rules = str(making.revision(call.call)), making.call(call.call).rulebook
        frozen = [(one.number, one.sha256) for one in db.session.scalars(select(CallVersion))]
    changed = {"revision": seen, "rulebook": rules.replace("10000", "20000"), "article": "1. člen", "act": "1"}
    assert changed["rulebook"] != rules
    editing = addresses(app, "POST", ("calls.",), ("calls.cancel", "calls.suspend"))
    sent_everywhere(people.signed_in(app, "skrbnica@zgled.si"), editing, "POST", changed)
    with app.app_context():
        assert making.call(call.call).rulebook == rules
        assert [(one.number, one.sha256) for one in db.session.scalars(select(CallVersion))] == frozen


def test_rules_saved_while_the_call_is_published_or_after_it_stay_as_confirmed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = making.confirmed(officer, making.signatory(clock), clock)
        seen = making.revision(call_id)
        db.session.remove()

    def save() -> object:
        return drafting.save_text(officer, call_id, seen, making.RULES + "\n# pozneje\n", clock())

    assert both(app, save, lambda: publishing.publish(officer, call_id, seen, clock())) == ["done", "refused"]
    assert both(app, save, save) == ["refused", "refused"]
    with app.app_context():
        call = making.call(call_id)
        assert (call.state, call.rulebook) == (CallState.PUBLISHED, making.RULES)
        assert [one.rulebook for one in db.session.scalars(select(CallVersion))] == [making.RULES]


def test_rules_saved_while_the_call_goes_to_the_signatory_are_not_mixed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = making.draft(officer, clock)
        seen = making.revision(call_id)
        db.session.remove()
    changed = making.RULES + "\n# pozneje\n"
    assert both(
        app,
        lambda: drafting.save_text(officer, call_id, seen, changed, clock()),
        lambda: publishing.send_to_review(officer, call_id, seen, clock()),
    ) == ["done", "refused"]
    with app.app_context():
        call = making.call(call_id)
        assert (call.state, call.rulebook) in (
            (CallState.IN_REVIEW, making.RULES),
            (CallState.DRAFT, changed),
        )


def test_before_the_deadline_two_at_once_neither_open_nor_read(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = filed(clock)
        president, member = (act_as(clock, one) for one in (call.president, call.members[0]))
        before = standing()
        db.session.remove()

    def press() -> object:
        return opening.open_applications(president, call.call, call.applications, clock())

    assert both(app, press, press) == ["refused", "refused"]
    assert both(app, press, lambda: declarations.may_read(member, 1, clock())) == ["refused", "refused"]
    with app.app_context():
        assert standing() == before
        assert db.session.scalars(select(Event.action).where(Event.action == "opening.open")).all() == []


def test_two_who_open_at_once_open_once(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = filed(clock)
        clock.at = DEADLINE + timedelta(days=1)
        commission_made.sitting(call, clock)
        president = act_as(clock, call.president)
        db.session.remove()

    def press() -> object:
        return opening.open_applications(president, call.call, call.applications, clock())

    assert both(app, press, press) == ["done", "refused"]
    with app.app_context():
        assert [one[1] for one in standing()] == [ApplicationState.OPENED] * 3
        assert len(db.session.scalars(select(Event.action).where(Event.action == "opening.open")).all()) == 1


def test_of_two_days_of_service_told_at_once_one_stands(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = Store(tmp_path / "files")
    with app.app_context():
        call = commission_made.checking(clock, 1)
        checks.entitled(act_as(clock, call.president), call.applications[0], True, "", "4. člen", clock())
        supplements.ask(
            act_as(clock, call.president), call.applications[0], {"members": "manjka"}, clock(), supplement_page
        )
        request = supplements.requests_of(call.applications[0])[-1].id
        clock.forward(days=5)
        registry = act_as(clock, call.registry)
        db.session.remove()

    def told(day: int) -> Callable[[], object]:
        days = {"dispatched_on": date(2026, 3, 5), "notice_on": None, "delivered_on": date(2026, 3, day)}
        papers = Papers(manner=Manner.POST, address="Zgledna 1, Maribor", **days)
        return lambda: serving.record(registry, request, papers, clock(), store)

    assert both(app, told(5), told(6)) == ["done", "refused"]
    with app.app_context():
        record = db.session.scalars(select(ServiceRecord)).one()
        ends = supplements.standing(supplements.requests_of(call.applications[0])[-1], clock()).ends
        assert record.number == 1
        # Eight days from the service that stands, the second of them over a weekend; never from the request's issue.
        assert (record.delivered_on, ends) in (
            (date(2026, 3, 5), date(2026, 3, 13)),
            (date(2026, 3, 6), date(2026, 3, 16)),
        )


def test_every_command_is_known_and_thought_about() -> None:
    """Those of the second line touch the database; a new one needs its attempts in the test below."""
    assert set(main.commands) == {
        *("check", "explain", "schema", "evaluate", "compare"),
        *("demo", "serve", "work", "admin", "import-prs"),
    }


def test_the_command_line_opens_and_changes_no_application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address, clock, run = f"sqlite:///{tmp_path / 'razpis.db'}", Clock(), CliRunner()
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("RAZPIS_INSTANCE", str(tmp_path))
    new = ["admin", "sonja@zgled.si", "Sonja Vzorec"]
    site = application(address, tmp_path, clock)
    database.bring_up_to_date(site)
    with site.app_context():
        call = filed(clock)
        before, rules = standing(), db.session.get_one(Call, call.call).rulebook
    register = tmp_path / "prs.csv"
    register.write_text("maticna;naziv;naslov;pravna_oblika;davcna\n1732803;Drugo društvo;Drugje 1;Društvo;\n", "utf-8")
    for command in (["import-prs", str(register)], new, ["work"]):
        assert run.invoke(main, command, input="pet velikih medvedov\n" * 2).exit_code == 0
        with site.app_context():
            assert standing() == before
            assert db.session.get_one(Call, call.call).rulebook == rules
    close(site)


def test_what_is_deleted_never_has_a_number() -> None:
    """Every deletion in the product: expired readings, functionaries no longer on the list, attempts to sign in."""
    root = Path(razpis.__file__).parent
    modules = [one for one in root.rglob("*.py") if "migrations" not in one.parts]
    written = {one: one.read_text("utf-8") for one in modules}
    deletes = re.compile(r"\bdelete\(|delete-orphan|\bDELETE FROM\b|drop_all|ondelete")
    assert {one.relative_to(root).as_posix() for one, text in written.items() if deletes.search(text)} == {
        "services/records/readings.py",
        "services/organisations/functionaries.py",
        "services/people/attempts.py",
        "services/people/logins.py",
    }
