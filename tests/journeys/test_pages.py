"""Every page that can be looked at, as the first of those who may: found without fault, wide and narrow."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from werkzeug.routing import Rule
from werkzeug.serving import make_server

from razpis import demo
from tests.web.test_access import VISITORS, WHO, arguments
from tests.world import Visitors, World

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOT_PAGES = {
    "static",
    "applications.file",
    "applications.receipt_pdf",
    "applications.content",
    "organisations.file",
    "applicants.file",
    "public.call_rulebook",
    "public.call_version",
    "journal.spreadsheet",
    "calls.rules_file",
    "checking.file",
    "contents.file",
    "calls.contract_file",
    "public.call_contract",
    # The envelope of this world is closed; tests/journeys/test_paper.py opens one.
    "transcripts.one",
    "transcripts.applicant",
    "transcripts.topic",
    "transcripts.file",
    # Here all is decided; tests/journeys/test_commission_pages.py has a call whose decisions are drafts.
    "stops.record",
    "feeds.news",
    "papers.one",
    "published.pdf",
    "published.table",
    "published.data",
    "decisions.pdf",
    "releases.file",
    "dossiers.whole",
    "dossiers.redacted",
}


@pytest.fixture(scope="module")
def served(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visitors, str]]:
    """The world on a free port."""
    visitors = Visitors(world, tmp_path_factory.mktemp("served"))
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, visitors.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield visitors, f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def pages(chromium: Browser, served: tuple[Visitors, str]) -> Iterator[dict[tuple[str, int], Page]]:
    """Browsers of people already signed in, by name and width."""
    opened: dict[tuple[str, int], Page] = {}
    yield opened
    for page in opened.values():
        page.context.close()


def browser(chromium: Browser, address: str, pages: dict[tuple[str, int], Page], who: str, width: int) -> Page:
    """The browser of ``who`` at this width."""
    if (who, width) not in pages:
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=address)
        page = context.new_page()
        email = VISITORS[who]
        if email is not None:
            page.goto("/prijava")
            page.fill("#email", email)
            page.fill("#password", demo.PASSWORD)
            page.click("main button")
        pages[who, width] = page
    return pages[who, width]


def looked_at() -> list[str]:
    """The endpoints that show a page to somebody."""
    return [
        one
        for one in sorted(WHO)
        if one not in NOT_PAGES and (WHO[one][0] if isinstance(WHO[one], tuple) else WHO[one])
    ]


def rule_of(visitors: Visitors, endpoint: str) -> Rule | None:
    """The rule of an endpoint that can be opened, if it can."""
    return next((one for one in visitors.app.url_map.iter_rules(endpoint) if "GET" in (one.methods or ())), None)


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds: the rule and the elements that break it."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("endpoint", looked_at())
def test_axe_finds_nothing_and_nothing_sticks_out(
    chromium: Browser,
    served: tuple[Visitors, str],
    pages: dict[tuple[str, int], Page],
    world: World,
    endpoint: str,
    width: int,
) -> None:
    visitors, base = served
    rule = rule_of(visitors, endpoint)
    if rule is None:  # nothing to look at: it is only sent
        sent = {method for one in visitors.app.url_map.iter_rules(endpoint) for method in one.methods or ()}
        assert sent == {"POST", "OPTIONS"}
        return
    row = WHO[endpoint]
    allowed = row[0] if isinstance(row, tuple) else row
    who = next(name for name in VISITORS if name in allowed)
    with visitors.app.test_request_context():
        address = visitors.app.url_for(endpoint, **arguments(rule, world))
    page = browser(chromium, base, pages, who, width)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status in (200, 422), (address, answer.status)  # 422: a form that wants something in its address
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert (address, faults(page)) == (address, [])
    assert (address, page.evaluate("document.documentElement.scrollWidth")) == (address, width)
