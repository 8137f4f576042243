"""By keyboard alone: publishing a call, declaring, marking, asking to mend an application; focus always to be seen."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from razpis.models.base import db
from razpis.models.checking import SupplementItem
from razpis.models.marking import MemberMark
from razpis.models.sittings import Declaration
from razpis.procedure.conflicts import Ground
from razpis.procedure.states import CallState
from razpis.services.examination import checks
from razpis.web import access
from tests import commission_made, marking_made
from tests.commission_made import Made
from tests.databases import Clock, application, close
from tests.people import PASSWORD
from tests.services import call_making

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST = 120
"""No page is so long that a field is further away than this many presses of Tab."""
SEEN = """() => {
  const one = getComputedStyle(document.activeElement);
  return one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 3;
}"""
COLOURS = """() => {
  const one = getComputedStyle(document.activeElement);
  return `${one.color} on ${one.backgroundColor}`;
}"""

Open = Callable[[Callable[[Clock], Made], str, str], Page]


@pytest.fixture
def app(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    path = tmp_path / "razpis.db"
    path.write_bytes(sqlite_template.read_bytes())
    made = application(f"sqlite:///{path}", tmp_path, Clock())
    yield made
    close(made)


@pytest.fixture
def browser(chromium: Browser, app: Flask) -> Iterator[BrowserContext]:
    """A browser on the application, served on a free port."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    context = chromium.new_context(base_url=f"http://127.0.0.1:{server.port}")
    yield context
    context.close()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def opened(browser: BrowserContext, app: Flask) -> Open:
    """Makes a call and opens a page as somebody who has just signed in there, by keyboard."""

    def opened(make: Callable[[Clock], Made], email: str, path: str) -> Page:
        with app.app_context():
            clock: Clock = app.extensions[access.CLOCK]
            call = make(clock)
            commission_made.let_in(*call.voters)
            db.session.remove()
        page = browser.new_page()
        sign_in(page, email, path)
        return page

    return opened


def sign_in(page: Page, email: str, path: str) -> None:
    """Go where one has to sign in first, and do so."""
    page.goto(path)
    tab(page, "#email")
    page.keyboard.type(email)
    tab(page, "#password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Odjava")).to_be_visible()


def tab(page: Page, target: str) -> None:
    """Press Tab until ``target`` has the focus, which is to be seen on every stop on the way."""
    for _ in range(MOST):
        if page.evaluate("target => document.activeElement.matches(target)", target):
            return
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML")
    raise AssertionError(f"{target} cannot be reached on {page.url}")


def step(page: Page, name: str, told: str) -> None:
    """From the page of the call to the page of the step, and press its button there."""
    tab(page, f"main a[href$='/{name}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{name}")
    tab(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(told)


def test_publishing_a_call(browser: BrowserContext, app: Flask) -> None:
    with app.app_context():
        clock: Clock = app.extensions[access.CLOCK]
        call = call_making.draft(call_making.officer(clock), clock)
        call_making.signatory(clock)
        db.session.remove()
    officer, path = browser.new_page(), f"/vodenje/razpisi/{call}"
    sign_in(officer, "skrbnica@zgled.si", path)
    step(officer, "v-potrditev", "Razpis je poslan podpisniku v potrditev.")
    assert browser.browser is not None
    signatory = browser.browser.new_page(base_url=officer.url)
    sign_in(signatory, "podpisnik@zgled.si", path)
    step(signatory, "potrditev", "Razpis je potrjen. Skrbnik razpisa ga zdaj lahko objavi.")
    signatory.close()
    officer.goto(path)
    step(officer, "objava", "Razpis je objavljen.")
    with app.app_context():
        assert call_making.call(call).state is CallState.PUBLISHED


def closed(clock: Clock) -> Made:
    return commission_made.made(clock, 3, CallState.OPENING)


def test_declaring(opened: Open, app: Flask) -> None:
    page = opened(closed, "clan1@zgled.si", "/komisija/1/izjave")
    for number in (1, 2):
        tab(page, f"[name=ground-{number}]")
        page.keyboard.type("ni nasprotja")
    tab(page, "[name=ground-3]")
    page.keyboard.type("nasprotje: sorodnik")
    tab(page, "#explanation-3")  # it is there only now that a conflict is chosen
    page.keyboard.type("Brat vodi društvo.")
    tab(page, "#confidential")
    page.keyboard.press("Space")
    tab(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Podanih izjav: 3 od 3.")).to_be_visible()
    with app.app_context():
        said = db.session.scalars(select(Declaration).order_by(Declaration.application_id)).all()
        assert [(one.ground, one.explanation) for one in said] == [
            (None, ""),
            (None, ""),
            (Ground.RELATIVE, "Brat vodi društvo."),
        ]


def test_marking_a_whole_application(opened: Open, app: Flask) -> None:
    page = opened(marking_made.scoring, "clan1@zgled.si", "/komisija/1/ocenjevanje/")
    tab(page, "tbody a")
    page.keyboard.press("Enter")
    expect(page.locator("#merila")).to_be_visible()
    for criterion, points in {"quality": "12,5", "reach": "20"}.items():
        tab(page, f"#points-{criterion}")
        page.keyboard.type(points)
        tab(page, f"#reason-{criterion}")
        page.keyboard.type(f"Utemeljitev za {points}.")
    tab(page, "button[value=same]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ocene so shranjene.")).to_be_visible()
    with app.app_context():
        marks = db.session.scalars(select(MemberMark).order_by(MemberMark.criterion)).all()
        assert [(one.criterion, one.points, one.reason) for one in marks] == [
            ("quality", "12.5", "Utemeljitev za 12,5."),
            ("reach", "20", "Utemeljitev za 20."),
        ]


def entitled(clock: Clock) -> Made:
    made = commission_made.checking(clock, 1)
    checks.entitled(commission_made.act_as(clock, made.president), made.applications[0], True, "", "", clock())
    return made


def test_asking_to_mend_an_application(opened: Open, app: Flask) -> None:
    page = opened(entitled, "predsednica@zgled.si", f"/komisija/1/preizkus/{marking_made.key(0)}")
    expect(page.locator("#deficiency-members")).to_be_hidden()
    tab(page, "#field-members")
    page.keyboard.press("Space")
    tab(page, "#deficiency-members")
    page.keyboard.type("Preverite število.")
    tab(page, "button[value=ask]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Poziv k dopolnitvi, 1. krog")).to_be_visible()
    with app.app_context():
        items = db.session.scalars(select(SupplementItem)).all()
        assert [(one.field, one.deficiency) for one in items] == [("members", "Preverite število.")]


def test_what_has_the_focus_can_be_read_in_the_dark(browser: BrowserContext, app: Flask) -> None:
    with app.app_context():
        clock: Clock = app.extensions[access.CLOCK]
        call = call_making.published(call_making.officer(clock), call_making.signatory(clock), clock)
        db.session.remove()
    page = browser.new_page()
    page.emulate_media(color_scheme="dark")
    page.goto(f"/razpisi/{call}")
    seen = set()
    while not page.evaluate("document.activeElement.matches('.tabs a')"):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(COLOURS))
    assert seen == {"rgb(22, 32, 42) on rgb(255, 191, 71)"}
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "kdo"
    assert page.evaluate(SEEN)
    assert page.evaluate(COLOURS) == "rgb(233, 238, 242) on rgba(0, 0, 0, 0)"  # and so every text inside it as well
