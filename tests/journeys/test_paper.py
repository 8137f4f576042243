"""An application on paper typed in after the opening: on a phone without scripts, and each page as axe sees it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from razpis import demo
from razpis.models.applications import Application
from razpis.models.base import READS_ONLY, db
from razpis.procedure.states import ApplicationState
from tests.published import PDF
from tests.world import Visitors, World

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]


@pytest.fixture
def key(world: World) -> str:
    found: str = world.ids["envelope"]
    return found


@pytest.fixture
def registry(chromium: Browser, world: World, tmp_path: Path, key: str) -> Iterator[Open]:
    """The registry's browser, on a world in which the envelope has been opened."""
    visitors = Visitors(world, tmp_path, WTF_CSRF_ENABLED=True)
    reads_only = READS_ONLY.set(False)
    with visitors.app.app_context():
        envelope = db.session.scalars(select(Application).where(Application.key == key)).one()
        envelope.state = ApplicationState.OPENED
        db.session.commit()
        db.session.remove()
    READS_ONLY.reset(reads_only)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, visitors.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    contexts = []

    def opened(width: int, **settings: Any) -> Page:
        size = {"width": width, "height": 844}
        context = chromium.new_context(base_url=f"http://127.0.0.1:{server.port}", viewport=size, **settings)
        contexts.append(context)
        page = context.new_page()
        page.goto("/prijava")
        page.get_by_label("E-naslov").fill("vlozisce@zgled.si")
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


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_it_is_typed_in_on_a_phone_without_scripts(registry: Open) -> None:
    page = registry(390, java_script_enabled=False)
    page.get_by_role("link", name="Prepišite odprte vloge na papirju (1)").first.click()
    page.locator("main tbody a").click()
    page.get_by_role("link", name="Določi prijavitelja").click()
    page.get_by_label("da", exact=True).check()
    page.get_by_label("Matična številka").fill("5258880")
    page.get_by_label("Sklop razpisa").select_option("A")
    press(page, "Zapiši prijavitelja")
    expect(page.get_by_role("alert")).to_contain_text("Izberite pravno obliko.")
    page.get_by_label("Ime organizacije").fill("Društvo Papir")
    page.get_by_label("Naslov").fill("Gaj 1, 2000 Maribor")
    page.get_by_label("Pravna oblika").select_option("society")
    press(page, "Zapiši prijavitelja")
    page.locator("main h2 + p a").first.click()
    page.get_by_label("Število članov", exact=True).or_(page.locator("main input[type=text]").first).first.fill("34")
    press(page, "Shrani in nazaj na prepis")
    press(page, "Prevzemi prepis v spis")
    expect(page.get_by_role("main")).to_contain_text("V spisu je prepis s številko")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Društvo Papir")


def test_leaving_a_field_saves_it_and_the_second_tab_is_told(registry: Open, key: str) -> None:
    page = registry(1280)
    page.goto(f"/prepisi/{key}")
    topic = page.locator("main h2 + p a").first.get_attribute("href") or ""
    second = page.context.new_page()
    for tab in (page, second):
        tab.goto(topic)
    field = "main .application input[type=text]"
    page.locator(field).first.fill("Društvo Papir")
    page.locator(field).first.press("Tab")
    expect(page.locator(".saved")).to_contain_text("Shranjeno ob")
    second.locator(field).first.fill("Društvo Drugo")
    second.locator(field).first.press("Tab")
    expect(second.locator(".wrong .error").first).to_contain_text("V drugem oknu je medtem shranjeno: Društvo Papir")


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_sticks_out(registry: Open, key: str, width: int) -> None:
    page = registry(width)
    page.goto(f"/prepisi/{key}")
    topics = page.locator("main h2 + p a").evaluate_all("links => links.map(one => one.getAttribute('href'))")
    assert topics
    for path in (f"/prepisi/{key}", f"/prepisi/{key}/prijavitelj", *topics):
        page.goto(path)
        for field in page.locator("input[type=file]").all():
            field.set_input_files({"name": "sken.pdf", "mimeType": "application/pdf", "buffer": PDF})
        found: list[dict[str, Any]] = Axe().run(page).response["violations"]
        assert (path, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]) == (path, [])
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, width)
