"""A call from draft to the public, on a phone, without JavaScript, by two people; then an answer and an end."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from razpis import demo
from razpis.procedure.states import CallState
from tests.world import Visitors, World

pytestmark = [pytest.mark.browser, pytest.mark.slow]

As = Callable[..., Page]


@pytest.fixture
def as_person(chromium: Browser, world: World, tmp_path: Path) -> Iterator[As]:
    """A phone of this person, signed in through the page of sign-in, in a copy of the world."""
    visitors = Visitors(world, tmp_path, WTF_CSRF_ENABLED=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, visitors.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    contexts = []

    def opened(email: str | None, **settings: object) -> Page:
        chosen = {"java_script_enabled": False, "viewport": {"width": 390, "height": 844}, **settings}
        context = chromium.new_context(base_url=f"http://127.0.0.1:{server.port}", **chosen)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        if email is not None:
            page.goto("/prijava")
            page.get_by_label("E-naslov").fill(email)
            page.get_by_label("Geslo").fill(demo.PASSWORD)
            page.get_by_role("button", name="Prijava").click()
        return page

    yield opened
    for context in contexts:
        context.close()
    server.shutdown()
    thread.join()
    server.server_close()
    visitors.anew()


def test_a_draft_is_dated_approved_and_published(as_person: As, world: World) -> None:
    call = world.ids["states"][CallState.DRAFT]
    officer, signatory, public = as_person("sektor@zgled.si"), as_person("podpis@zgled.si"), as_person(None)

    officer.goto(f"/vodenje/razpisi/{call}")
    expect(officer.get_by_text("ni po objavi")).to_be_visible()
    officer.get_by_role("link", name="Podatki razpisa", exact=True).first.click()
    deadline = officer.get_by_role("group", name="Rok za prijavo")
    deadline.get_by_label("Dan").fill("2026-12-10")
    deadline.get_by_label("Ura").fill("12:00")
    officer.get_by_role("button", name="Shrani").click()
    officer.goto(f"/vodenje/razpisi/{call}/v-potrditev")
    officer.get_by_role("button", name="Pošlji podpisniku").click()

    signatory.goto("/zacetek")
    signatory.get_by_role("link", name="Preglejte in potrdite ali vrnite: ZGLED-41003/2026").click()
    signatory.get_by_role("link", name="Potrdi").first.click()
    signatory.get_by_role("button", name="Potrdi razpis").click()

    public.goto("/")
    expect(public.get_by_text("ZGLED-41003/2026")).to_have_count(0)
    officer.goto(f"/vodenje/razpisi/{call}/objava")
    officer.get_by_role("button", name="Objavi razpis").click()
    public.goto(f"/razpisi/{call}")
    expect(public.get_by_text("četrtek, 10. december 2026 ob 12.00").first).to_be_visible()

    officer.goto(f"/vodenje/razpisi/{call}/objava")
    expect(officer.get_by_role("button", name="Objavi razpis")).to_have_count(0)


def test_a_question_is_asked_answered_and_read_by_all(as_person: As, world: World) -> None:
    call = world.ids["states"][CallState.PUBLISHED]
    asker, officer, public = as_person("p-03@zgled.si"), as_person("sektor@zgled.si"), as_person(None)
    question, answer = "Ali štejejo tudi častni člani?", "Da, če imajo stalno prebivališče v občini."

    asker.goto(f"/razpisi/{call}")
    asker.locator("form textarea").fill(question)
    asker.locator("form:has(textarea) button").click()
    public.goto(f"/razpisi/{call}")
    expect(public.get_by_text(question)).to_have_count(0)

    officer.goto(f"/vodenje/razpisi/{call}/vprasanja")
    officer.get_by_role("link", name="Odgovori").first.click()
    officer.locator("form textarea").fill(answer)
    officer.locator("form:has(textarea) button").click()
    public.reload()
    expect(public.get_by_text(question)).to_be_visible()
    expect(public.get_by_text(answer)).to_be_visible()
    assert "Primer" not in public.locator("main").inner_text().split(question)[1].split(answer)[0]


def test_signing_in_leads_back_and_works_by_keyboard_alone(as_person: As) -> None:
    page = as_person(None, java_script_enabled=True, viewport={"width": 1280, "height": 900})
    page.goto("/vloge")
    expect(page).to_have_title("Prijava v račun – Razpis")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # over the menu, to the content
    page.keyboard.press("Tab")
    page.keyboard.type("drustvo@zgled.si")
    page.keyboard.press("Tab")
    page.keyboard.type(demo.PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/vloge(#vsebina)?$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Moje vloge")
