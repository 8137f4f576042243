"""Pages of the commission, the head and the office with work in hand: found without fault, wide and narrow."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from werkzeug.serving import make_server

from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act
from razpis.procedure.conflicts import Ground
from razpis.procedure.sittings import SittingKind
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.decisions import correcting, corrections, rendering
from razpis.services.decisions.correcting import Error
from razpis.services.examination import checks, supplements
from razpis.services.files import Store
from razpis.services.proposing import proposals, runs, whatif
from razpis.services.sitting import sittings
from razpis.services.sitting.declarations import Said
from tests import commission_made, decisions_made, marking_made
from tests.commission_made import Made, act_as, supplement_page
from tests.databases import Clock, application, close
from tests.journeys.test_pages import faults
from tests.people import PASSWORD
from tests.services.decisions import annulled_making as making
from tests.services.marking.test_agreeing import APART
from tests.web.test_access import WHO

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (1280, 320)
CORRECTIONS = ("poprava-1", "poprava-2")
ANNULLED, RENEWED = ("prva-1", "prva-2", "prva-3"), ("nova-1", "nova-2")
KEY = marking_made.key(0)


@dataclass(frozen=True, slots=True)
class Stage:
    """A call in one step of the commission's work, and what each person then opens, by endpoint."""

    make: Callable[[Clock, Store], Made]
    pages: Mapping[str, Sequence[tuple[str, str]]]


def opening(clock: Clock, store: Store) -> Made:
    """Past the deadline: two have declared, one a conflict; the opening sitting runs, one application is open."""
    made = commission_made.made(clock, 3, CallState.OPENING)
    for number in made.applications:
        db.session.get_one(Application, number).state = ApplicationState.SUBMITTED
    told = {made.members[0]: {made.applications[0]: Said(Ground.RELATIVE, "Sestra vodi društvo.")}}
    commission_made.free(made, clock, made.voters[:2], told)
    commission_made.free(made, clock, made.voters[2:], {made.members[1]: {}})
    commission_made.sitting(made, clock)
    return made


def checking(clock: Clock, store: Store) -> Made:
    """The check: one asked to mend its application, one complete, one found ineligible, one not looked at."""
    made = commission_made.checking(clock, 4)
    president, (asked, whole, stranger, _) = act_as(clock, made.president), made.applications
    for number in (asked, whole):
        checks.entitled(president, number, True, "Vpisano v register.", "5. člen pravilnika", clock())
    wanted = {"members": "Preverite število.", "letter": "Pismo ni podpisano.", "costs": "Seštevek ne drži."}
    supplements.ask(president, asked, wanted, clock(), supplement_page)
    checks.complete(president, whole, clock())
    checks.entitled(president, stranger, False, "Ni nevladna organizacija.", "5. člen pravilnika", clock())
    return made


def marking(clock: Clock, store: Store) -> Made:
    """The round: one sheet full, one begun, the same reason twice, one application kept away by a conflict."""
    made = marking_made.scoring(clock, 4)
    same = marking_made.typed("12,5")
    sheets = {0: {"quality": same, "reach": same}, 1: {"quality": same}}
    marking_made.mark(clock, made, made.members[0], sheets)
    marking_made.conflict(made, made.members[0], 3)
    return made


def agreeing(clock: Clock, store: Store) -> Made:
    """Marks too far apart on one criterion, nothing agreed yet."""
    made = marking_made.scoring(clock, 2)
    marking_made.locked(clock, made, APART)
    marking_made.meeting(clock, made)
    return made


def signing(clock: Clock, store: Store) -> Made:
    """A result with its simulation, and a proposal that one has signed with a dissent."""
    made = marking_made.scoring(clock, 3)
    marking_made.locked(clock, made, marking_made.GOOD)
    president = act_as(clock, made.president)
    run = runs.compute(president, made.call, clock())
    whatif.simulate(president, made.call, {"budget": "3000"}, clock())
    sittings.start(president, made.call, sittings.Beginning(SittingKind.PROPOSING, "Maribor", made.voters), clock())
    number = proposals.prepare(president, made.call, run, clock())
    proposals.sign(act_as(clock, made.members[0]), made.call, number, "Tretji program si zasluži več.", clock())
    return made


def drafted(clock: Clock, store: Store) -> Made:
    """Decisions drafted, not approved."""
    made = decisions_made.deciding(clock)
    decisions_made.drafted(clock, made)
    return made


def ready(clock: Clock, store: Store) -> Made:
    """Decisions approved and made, not issued."""
    made = decisions_made.deciding(clock)
    decisions_made.ready(clock, made, store)
    return made


def issued(clock: Clock, store: Store) -> Made:
    """Decisions issued, not sent yet; one correction drafted, one approved."""
    made = decisions_made.deciding(clock)
    decisions_made.issued(clock, made, store)
    officer, head = act_as(clock, made.officer), act_as(clock, made.signatory)
    for act, key in zip(decisions_made.acts(made), CORRECTIONS, strict=False):
        error = Error(act.key, "Drutvo", "Društvo", "V registru piše Društvo.")
        correction = db.session.scalars(
            select(Act).where(Act.key == correcting.draft(officer, 1, error, clock()))
        ).one()
        correction.key = key
        db.session.commit()
    seen = correction.release.sha256
    corrections.approve(head, made.call, CORRECTIONS[1], seen, decisions_made.ADDRESS, clock())
    return made


def annulled(clock: Clock, store: Store) -> Made:
    """Three decisions taken away: of one the new decision is to be drafted, of one approved, of one issued."""
    made = decisions_made.deciding(clock)
    making.served(clock, made, store)
    for act, key in zip(decisions_made.acts(made), ANNULLED, strict=True):
        act.key = key
        db.session.commit()
    new = [making.drafted(clock, made, making.annulled(clock, made)) for _ in ANNULLED[:2]]
    making.annulled(clock, made)
    for found, key in zip([making.act(one) for one in new], RENEWED, strict=True):
        found.key = key
        db.session.commit()
    making.approved(clock, made, RENEWED[1])
    rendering.work(clock(), store, None)
    return made


WORK, OUT, ANEW = "/komisija/1", "/odlocbe/1", "/ponovno-odlocanje/1"
SHEETS = f"{WORK}/ocenjevanje"
PRESIDENT, MEMBER, HEAD = "predsednica@zgled.si", "clan1@zgled.si", "podpisnik@zgled.si"
REGISTRY, OFFICER, APPLICANT = "vlozisce@zgled.si", "skrbnica@zgled.si", "prijavitelj0@zgled.si"
STAGES = {
    "opening": Stage(
        opening,
        {
            MEMBER: [("commission.sheet", f"{WORK}/izjave")],
            PRESIDENT: [("sittings.listed", f"{WORK}/seje/")],
            HEAD: [
                ("exclusions.index", "/izlocitve/"),
                ("exclusions.listed", "/izlocitve/1"),
                ("exclusions.decide", "/izlocitve/izjava/4"),
            ],
        },
    ),
    "checking": Stage(
        checking,
        {
            PRESIDENT: [
                ("checking.listed", f"{WORK}/preizkus/"),
                *(("checking.one", f"{WORK}/preizkus/{marking_made.key(at)}") for at in range(4)),
                ("findings.one", f"{WORK}/dejstva/{marking_made.key(1)}"),
            ],
            REGISTRY: [
                ("serving.listed", "/vrocitve/"),
                ("serving.record", "/vrocitve/1"),
                ("serving.arrivals", "/vrocitve/dopolnitve"),
                ("serving.enter", "/vrocitve/1/dopolnitev"),
            ],
            APPLICANT: [("applications.supplement", f"/vloge/{KEY}/dopolnitev")],
        },
    ),
    "marking": Stage(
        marking,
        {
            MEMBER: [
                ("marking.listed", f"{SHEETS}/"),
                ("marking.one", f"{SHEETS}/{KEY}"),
                ("marking.across", f"{SHEETS}/merila/quality/vloge"),
                ("marking.lock", f"{SHEETS}/zakleni"),
            ],
            PRESIDENT: [("marking.lock_round", f"{SHEETS}/zakleni-krog"), ("runs.seed", f"{WORK}/izid/seme")],
        },
    ),
    "agreeing": Stage(
        agreeing,
        {
            PRESIDENT: [
                ("agreeing.listed", f"{WORK}/usklajevanje/"),
                ("agreeing.one", f"{WORK}/usklajevanje/{KEY}"),
                ("agreeing.agree", f"{WORK}/usklajevanje/{KEY}/dogovor/reach"),
                ("agreeing.call_in", f"{WORK}/usklajevanje/{KEY}/clan"),
            ]
        },
    ),
    "signing": Stage(
        signing,
        {
            PRESIDENT: [
                ("runs.result", f"{WORK}/izid/"),
                ("whatif.desk", f"{WORK}/simulacije/"),
                ("whatif.one", f"{WORK}/simulacije/2"),
                ("proposing.one", f"{WORK}/predlog/1"),
                ("proposing.submit", f"{WORK}/predlog/1/predaja"),
            ]
        },
    ),
    "drafted": Stage(
        drafted,
        {
            OFFICER: [("releases.outbox", OUT), ("stops.record", "/umiki/1/kljuc000")],
            APPLICANT: [("applications.renounce", f"/vloge/{KEY}/umik-po-roku")],
            HEAD: [("releases.approve", f"{OUT}/1/odobritev"), ("releases.drop", f"{OUT}/1/opustitev")],
        },
    ),
    "ready": Stage(ready, {HEAD: [("releases.outbox", OUT), ("releases.issue", f"{OUT}/1/izdaja")]}),
    "issued": Stage(
        issued,
        {
            REGISTRY: [("deliveries.listed", f"{OUT}/vrocanje")],
            OFFICER: [
                ("releases.outbox", OUT),
                ("publications.desk", "/objava-rezultatov/1"),
                ("publications.publish", "/objava-rezultatov/1/objava"),
                ("papers.correct", "/listine/1/poprava"),
            ],
            HEAD: [
                ("corrections.listed", "/poprave/1"),
                ("corrections.approve", "/poprave/1/poprava-1/odobritev"),
                ("corrections.issue", "/poprave/1/poprava-2/izdaja"),
            ],
        },
    ),
    "annulled": Stage(
        annulled,
        {
            OFFICER: [("renewals.draft", f"{ANEW}/prva-3/osnutek"), ("remedies.listed", "/pravna-sredstva/1")],
            HEAD: [
                ("renewals.listed", ANEW),
                ("renewals.approve", f"{ANEW}/nova-1/odobritev"),
                ("renewals.issue", f"{ANEW}/nova-2/izdaja"),
                ("renewals.leave", f"{ANEW}/prva-3/zunaj"),
            ],
        },
    ),
}


@pytest.fixture(scope="module")
def sheet(chromium: Browser) -> Iterator[Page]:
    """One page in one browser, for everybody in turn."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def address(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> Iterator[str]:
    """The stage named by the test, on a free port; everyone in it may sign in."""
    path = tmp_path / "razpis.db"
    path.write_bytes(sqlite_template.read_bytes())
    clock = Clock()
    app = application(f"sqlite:///{path}", tmp_path, clock)
    with app.app_context():
        STAGES[request.param].make(clock, Store(tmp_path / "files"))
        commission_made.let_in(*db.session.scalars(select(User.id)))
        assert db.session.scalars(select(Call.id)).all() == [1]
        db.session.remove()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
    close(app)


@pytest.mark.parametrize(("address", "name"), [(name, name) for name in STAGES], indirect=["address"])
def test_axe_finds_nothing_and_nothing_sticks_out(sheet: Page, address: str, name: str) -> None:
    found: dict[tuple[str, int], tuple[int, list[tuple[str, list[str]]], int]] = {}
    for email, pages in STAGES[name].pages.items():
        sheet.context.clear_cookies()
        sheet.goto(f"{address}/prijava")
        sheet.fill("#email", email)
        sheet.fill("#password", PASSWORD)
        sheet.click("main button")
        for _, path in pages:
            answer = sheet.goto(address + path)
            assert answer is not None
            sheet.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            for width in WIDTHS:
                sheet.set_viewport_size({"width": width, "height": 900})
                wide = sheet.evaluate("document.documentElement.scrollWidth")
                found[path, width] = (answer.status, faults(sheet), wide)
    assert found == {(path, width): (200, [], width) for path, width in found}


# Pages that are shown to nobody in the world of tests/journeys/test_pages.py and are looked at in tests of their own.
ELSEWHERE = {"results.application", "results.decision", "results.table", "results.evaluation", "results.verification"}
NO_PAGES = {
    *("oidc.start", "oidc.back"),
    *("applications.supplement_file", "applications.supplement_request", "serving.letter", "decisions.correction"),
    "decisions.earlier",
}


def test_no_page_is_left_out_because_its_world_has_nothing_to_show() -> None:
    sent_only = {
        "auth.end",
        "corrections.make",
        "sittings.sign",
        "office_days.reopen",
        "office_days.resume",
        "papers.drop",
        "renewals.make",
        "renewals.drop",
    }
    hidden = {one for one, row in WHO.items() if not (row[0] if isinstance(row, tuple) else row)}
    seen = {endpoint for stage in STAGES.values() for pages in stage.pages.values() for endpoint, _ in pages}
    assert hidden - seen - ELSEWHERE - NO_PAGES - sent_only == set()
