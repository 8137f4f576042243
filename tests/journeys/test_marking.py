"""Marking in a real browser: saved as it is typed, kept while the line is down, by keyboard, and without scripts."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from razpis.app import create_app
from razpis.models.base import db
from razpis.models.marking import MemberMark
from razpis.services.marking import mark_locks
from tests import commission_made
from tests import marking_made as made
from tests.databases import Clock
from tests.marking_made import person
from tests.people import PASSWORD

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True)
class Service:
    """A running application with a call in marking."""

    address: str
    app: Flask
    call: made.Made
    clock: Clock


@pytest.fixture
def service(sqlite_template: Path, tmp_path: Path) -> Iterator[Service]:
    path = tmp_path / "razpis.db"
    path.write_bytes(sqlite_template.read_bytes())
    clock = Clock()
    app = create_app(
        None, clock, SECRET_KEY="test", INSTANCE_PATH=str(tmp_path), SQLALCHEMY_DATABASE_URI=f"sqlite:///{path}"
    )
    with app.app_context():
        call = made.scoring(clock)
        commission_made.let_in(*call.voters)
        db.session.remove()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Service(f"http://127.0.0.1:{server.port}", app, call, clock)
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


def begun(
    chromium: Browser, service: Service, width: int = 820, scripts: bool = True, who: str = "clan1@zgled.si"
) -> tuple[BrowserContext, Page]:
    """A member signed in, at the first application of their order."""
    context = chromium.new_context(
        viewport={"width": width, "height": 1180}, base_url=service.address, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(f"/komisija/{service.call.call}/ocenjevanje/")
    page.fill("#email", who)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.click("tbody a >> nth=0")
    return context, page


def stand(service: Service) -> list[tuple[str, str]]:
    """The marks kept: points and reason."""
    with service.app.app_context():
        return [(one.points, one.reason) for one in db.session.scalars(select(MemberMark).order_by(MemberMark.id))]


def test_a_mark_is_saved_as_its_fields_are_left_and_waits_while_the_line_is_down(
    chromium: Browser, service: Service
) -> None:
    context, page = begun(chromium, service)
    page.fill("#points-quality", "17,5")
    page.fill("#reason-quality", "Načrt je izvedljiv.")
    page.focus("#points-reach")
    expect(page.get_by_text("Shranjeno.")).to_be_visible()
    context.set_offline(True)
    page.fill("#points-reach", "21")
    page.fill("#reason-reach", "Doseg je lepo opisan.")
    page.focus("#points-quality")
    expect(page.get_by_text("Ni povezave.")).to_be_visible()
    assert stand(service) == [("17.5", "Načrt je izvedljiv.")]
    context.set_offline(False)
    expect(page.get_by_text("Ni povezave.")).to_be_hidden()
    expect(page.get_by_text("Shranjeno.")).to_have_count(2)
    assert stand(service) == [("17.5", "Načrt je izvedljiv."), ("21", "Doseg je lepo opisan.")]
    context.close()


def test_a_whole_round_by_keyboard(chromium: Browser, service: Service) -> None:
    context, page = begun(chromium, service, 1280)
    for _ in range(3):
        page.focus("#points-quality")
        for words in ("12", "Načrt je izvedljiv.", "14", "Doseg je lepo opisan."):
            page.keyboard.type(words)
            page.keyboard.press("Tab")
        page.focus("#reason-reach")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        expect(page.get_by_text("Ocene so shranjene.")).to_be_visible()
    expect(page.get_by_text("Ocenjenih 3 od 3.")).to_be_visible()
    assert len(stand(service)) == 6
    context.close()


def test_a_sheet_sent_while_a_mark_is_still_being_saved_waits_for_it(chromium: Browser, service: Service) -> None:
    context, page = begun(chromium, service)
    answers: list[tuple[Route, APIResponse]] = []
    page.route("**/shrani", lambda route: answers.append((route, route.fetch())))
    page.fill("#points-quality", "12")
    page.fill("#reason-quality", "Načrt je izvedljiv.")
    page.focus("#points-reach")
    while not answers:
        page.wait_for_timeout(20)
    page.fill("#reason-quality", "Načrt je skrbno pripravljen.")
    page.click("text=Shrani in naprej")
    page.route("**/shrani", lambda route: route.continue_())
    route, answer = answers[0]
    route.fulfill(response=answer)
    expect(page.get_by_text("Ocene so shranjene.")).to_be_visible()
    assert stand(service) == [("12", "Načrt je skrbno pripravljen.")]
    context.close()


def test_the_president_locks_while_a_member_types(chromium: Browser, service: Service) -> None:
    with service.app.app_context():
        made.filled(service.clock, service.call, made.GOOD)
        made.seeded(service.clock, service.call)
        db.session.remove()
    before = stand(service)
    context, page = begun(chromium, service)
    page.fill("#reason-quality", "Dolgo premišljen nov razlog.")
    with service.app.app_context():
        mark_locks.lock_round(person(service.clock, service.call.president), service.call.call, service.clock())
        db.session.remove()
    page.focus("#points-reach")
    expect(page.get_by_text("Ocenjevanje ta čas ne poteka").or_(page.get_by_text("zaklenjene"))).to_be_visible()
    assert page.input_value("#reason-quality") == "Dolgo premišljen nov razlog."
    page.click("text=Shrani in naprej")
    expect(page.get_by_role("heading", name="Vpisano ni shranjeno")).to_be_visible()
    expect(page.get_by_text("Dolgo premišljen nov razlog.")).to_be_visible()
    assert stand(service) == before
    context.close()


def test_without_scripts_on_a_phone(chromium: Browser, service: Service) -> None:
    context, page = begun(chromium, service, 390, scripts=False)
    page.fill("#points-quality", "31")
    page.fill("#reason-quality", "Načrt je izvedljiv.")
    page.click("button:text-is('Shrani')")
    expect(page.get_by_text("Nekaj je treba popraviti")).to_be_visible()
    page.fill("#points-quality", "30")
    page.click("button:text-is('Shrani')")
    expect(page.get_by_text("Ocene so shranjene.")).to_be_visible()
    assert stand(service) == [("30", "Načrt je izvedljiv.")]
    context.close()
