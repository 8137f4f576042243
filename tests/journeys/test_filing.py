"""An application filled in and filed in a real browser: on a phone, without JavaScript, in two tabs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, Route, expect
from werkzeug.serving import make_server

from razpis.app import create_app
from razpis.models.base import db
from razpis.procedure.roles import Role
from tests import people, published
from tests.databases import Clock

pytestmark = pytest.mark.browser

TYPED = {
    "us": {"members": "34", "founded": "4. 5. 2016"},
    "work": {"programme": "Poletna šola"},
    "money": {"requested": "1.234,50", "costs-0-item": "najem", "costs-0-price": "1500,00"},
}


@pytest.fixture
def service(sqlite_template: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the application with a published call; Ana represents an organisation."""
    path = tmp_path / "razpis.db"
    path.write_bytes(sqlite_template.read_bytes())
    clock = Clock()
    app = create_app(
        None, clock, SECRET_KEY="test", INSTANCE_PATH=str(tmp_path), SQLALCHEMY_DATABASE_URI=f"sqlite:///{path}"
    )
    with app.app_context():
        published.call(people.user(clock, "urad@zgled.si", "Urad Zgled", Role.OFFICER))
        published.organisation(people.user(clock))
        db.session.remove()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


def begun(chromium: Browser, service: str, width: int, scripts: bool = True) -> tuple[BrowserContext, Page, str]:
    """Ana signed in, with a started application: its address."""
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, base_url=service, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto("/razpisi/1/prijava")
    page.fill("#email", "ana@zgled.si")
    page.fill("#password", people.PASSWORD)
    page.click("main button")
    page.check("#organisation-1")
    page.click("text=Začni vlogo")
    return context, page, page.url


def fill(page: Page, topic: str, address: str) -> None:
    page.goto(f"{address}/podatki/{topic}")
    for name, text in TYPED.get(topic, {}).items():
        page.fill(f"#a-{name}", text)
    for ticked in {"us": ["status"], "work": ["signed"]}.get(topic, []):
        page.check(f"#a-{ticked}-1")
    if topic == "papers":
        page.set_input_files("#a-plan", {"name": "nacrt.pdf", "mimeType": "application/pdf", "buffer": published.PDF})
    go_on(page)


def go_on(page: Page) -> None:
    """Save the topic and wait for the page after it: what is still being saved by itself comes first."""
    with page.expect_navigation():
        page.click("text=Shrani in nadaljuj")


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds: the rule and the elements that break it."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize(("width", "scripts"), [(390, False), (1280, True)])
def test_filed_and_held_a_receipt(chromium: Browser, service: str, width: int, scripts: bool) -> None:
    context, page, address = begun(chromium, service, width, scripts)
    for topic in ("us", "work", "money", "papers"):
        fill(page, topic, address)
    page.goto(f"{address}/pregled")
    page.check("#stated")
    page.click("text=Oddaj vlogo")
    expect(page.locator("h1")).to_have_text("Vloga je oddana")
    expect(page.locator("main")).to_contain_text("P-41001-1/2026-0001")
    context.close()


def reach(page: Page, place: str) -> None:
    """Press Tab until the focus stands on the element with this id or these words; it must be seen there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        found = "place => [document.activeElement.id, document.activeElement.innerText.trim()].includes(place)"
        if page.evaluate(found, place):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", place
            return
    raise AssertionError(f"the keyboard does not reach {place!r}")


def by_keyboard(page: Page, *steps: tuple[str, str]) -> None:
    """Go from place to place and there type a text, tick with the space bar, or press Enter and wait for the page."""
    for place, typed in steps:
        reach(page, place)
        if typed == "<Enter>":
            with page.expect_navigation():
                page.keyboard.press("Enter")
        elif typed == "<Space>":
            page.keyboard.press("Space")
        else:
            page.keyboard.type(typed)


def test_by_keyboard_alone_from_signing_in_to_the_receipt(chromium: Browser, service: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=service)
    page = context.new_page()
    page.on("filechooser", lambda chooser: None)  # asked for beside the key, it may come too late
    page.goto("/razpisi/1/prijava")
    by_keyboard(page, ("email", "ana@zgled.si"), ("password", people.PASSWORD), ("Prijava", "<Enter>"))
    by_keyboard(page, ("organisation-1", "<Space>"), ("Začni vlogo", "<Enter>"), ("O vas", "<Enter>"))
    further = ("Shrani in nadaljuj", "<Enter>")
    by_keyboard(page, ("a-members", "34"), ("a-founded", "4. 5. 2016"), ("a-status-1", "<Space>"), further)
    by_keyboard(page, ("a-programme", "Poletna šola"), ("a-signed-1", "<Space>"), further)
    by_keyboard(page, ("a-requested", "1.234,50"), ("a-costs-0-item", "najem"), ("a-costs-0-price", "1500,00"), further)
    reach(page, "a-plan")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files({"name": "nacrt.pdf", "mimeType": "application/pdf", "buffer": published.PDF})
    by_keyboard(
        page, further, ("Preglej odgovore in oddaj", "<Enter>"), ("stated", "<Space>"), ("Oddaj vlogo", "<Enter>")
    )
    expect(page.locator("h1")).to_have_text("Vloga je oddana")
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_runs_over(chromium: Browser, service: str, width: int) -> None:
    context, page, address = begun(chromium, service, width)
    page.goto(f"{address}/podatki/money")
    page.fill("#a-requested", "1.500")
    go_on(page)
    seen = {"wrong": faults(page)}
    for topic in ("us", "work", "money", "papers"):
        fill(page, topic, address)
    places = ("", "/podatki/us", "/podatki/work", "/podatki/money", "/podatki/papers", "/pregled")
    for place in places:
        page.goto(address + place)
        seen[place] = faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
    page.check("#stated")
    page.click("text=Oddaj vlogo")
    seen["receipt"] = faults(page)
    page.goto("/vloge")
    seen["mine"] = faults(page)
    assert {place: found for place, found in seen.items() if found} == {}
    context.close()


def test_leaving_a_field_saves_it_and_the_second_tab_is_told(chromium: Browser, service: str) -> None:
    context, first, address = begun(chromium, service, 1280)
    second = context.new_page()
    for tab in (first, second):
        tab.goto(f"{address}/podatki/us")
    first.fill("#a-members", "10")
    first.press("#a-members", "Tab")
    expect(first.locator(".saved")).to_have_text("Shranjeno ob 09.00.")
    first.fill("#a-members", "veliko")
    first.press("#a-members", "Tab")
    expect(first.locator("#a-members-error")).to_contain_text("ni celo število")
    second.fill("#a-members", "20")
    second.press("#a-members", "Tab")
    expect(second.locator("#a-members-error")).to_contain_text("V drugem oknu je medtem shranjeno: 10")
    go_on(second)
    second.click("text=Obdrži, kar je shranjeno v drugem oknu")
    expect(second.locator("#a-members")).to_have_value("10")
    context.close()


def test_a_page_sent_while_a_field_is_still_being_saved_waits_for_it(chromium: Browser, service: str) -> None:
    context, page, address = begun(chromium, service, 1280)
    page.goto(f"{address}/podatki/money")
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/shrani", lambda route: held.append((route, route.fetch())))
    page.fill("#a-costs-0-item", "najem")
    page.fill("#a-costs-0-price", "1500,00")
    while not held:
        page.wait_for_timeout(20)
    page.click("text=Shrani in nadaljuj")
    page.route("**/shrani", lambda route: route.continue_())
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(page).to_have_url(f"{address}/podatki/papers")
    page.goto(f"{address}/podatki/money")
    expect(page.locator("#a-costs-0-price")).to_have_value("1500,00")
    context.close()


def test_sums_follow_what_is_typed(chromium: Browser, service: str) -> None:
    context, page, address = begun(chromium, service, 1280)
    page.goto(f"{address}/podatki/money")
    page.fill("#a-costs-0-item", "najem")
    page.fill("#a-costs-0-price", "1500,50")
    page.press("#a-costs-0-price", "Tab")
    expect(page.locator("[data-sum=price]")).to_have_text("1.500,50 EUR")
    context.close()
