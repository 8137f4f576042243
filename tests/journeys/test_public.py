"""The public pages in a real browser: found without fault, on any screen, by keyboard, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGES = [
    "/izid/",
    "/izid/?lot=young&outcome=part&sort=-points",
    "/izid/?outcome=nothing",
    "/izid/vloga/V2",
    "/izid/preverjanje",
    "/dostopnost",
]
OTHERS = [
    "/izid/vloga/S2",
    "/izid/vloga/V4",
    "/izid/vloga/V5%20%231%3F",
    "/izid/vloga/V6",
    "/izid/vloga/V7",
    "/izid/vloga/V8",
]
Visit = Callable[..., Page]


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds: the rule and the elements that break it."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def in_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}jezik={language}"


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("language", ["sl", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit: Visit, path: str, language: str, width: int) -> None:
    page = visit(in_language(path, language), width)
    for details in page.locator("summary").all():
        details.click()
    assert page.locator("html").get_attribute("lang") == language
    assert faults(page) == []


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_the_dark(visit: Visit, path: str, width: int) -> None:
    page = visit(path, width, color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 24, 29)"
    assert faults(page) == []


@pytest.mark.parametrize("path", OTHERS)
def test_axe_finds_nothing_whatever_the_outcome(visit: Visit, path: str) -> None:
    assert faults(visit(path)) == []


@pytest.mark.parametrize("path", ["/nowhere", "/izid/vloga/V9"])
def test_axe_finds_nothing_on_an_error(chromium: Any, address: str, path: str) -> None:
    page = chromium.new_page(base_url=address)
    page.goto(path)
    found = faults(page)
    page.close()
    assert found == []


@pytest.mark.parametrize("path", [*PAGES, *OTHERS])
@pytest.mark.parametrize("language", ["sl", "en"])
def test_nothing_scrolls_sideways_on_a_narrow_screen(visit: Visit, path: str, language: str) -> None:
    page = visit(in_language(path, language), 320)
    for details in page.locator("summary").all():
        details.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("width", [640, 768, 1024])
def test_nothing_scrolls_sideways_between_phone_and_desk(visit: Visit, width: int) -> None:
    for path in ("/izid/", "/izid/vloga/V2", "/izid/preverjanje"):
        assert visit(path, width).evaluate("document.documentElement.scrollWidth") == width


def press_until(page: Page, words: str, key: str = "Tab") -> None:
    """Press a key until the focus stands on the element with these words; it must be seen there."""
    for _ in range(200):
        page.keyboard.press(key)
        if " ".join(page.evaluate("document.activeElement.textContent").split()) == words:
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid"
            return
    raise AssertionError(f"the keyboard does not reach {words!r}")


def test_the_whole_way_by_keyboard(visit: Visit) -> None:
    page = visit("/izid/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Na vsebino"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "vsebina"
    press_until(page, "Odobreno 2")
    page.keyboard.press("Enter")
    expect(page.locator(".count")).to_contain_text("Prikazano: 2 vlogi od 11.")
    press_until(page, "Prikaži vse")
    page.keyboard.press("Enter")
    expect(page.locator(".count")).to_contain_text("Prikazane so vse prejete vloge: 11.")
    page.locator("#lot").focus()
    page.keyboard.press("S")
    press_until(page, "Prikaži")
    page.keyboard.press("Enter")
    expect(page.locator(".count")).to_contain_text("Prikazano: 3 vloge od 11.")
    press_until(page, "Ustanova Zimzelen")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Ustanova Zimzelen")
    press_until(page, "Naslednja: Društvo Sreča →")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Društvo Sreča")
    press_until(page, "English", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Društvo Sreča")


def test_the_whole_way_without_javascript(visit: Visit) -> None:
    page = visit("/izid/", java_script_enabled=False)
    page.get_by_label("Sklop", exact=True).select_option("Mladi")
    page.get_by_label("Izid", exact=True).select_option("Delno odobreno")
    page.get_by_role("button", name="Prikaži").click()
    expect(page.locator(".count")).to_contain_text("Prikazano: 2 vlogi od 11.")
    page.get_by_role("link", name="Točke").click()
    expect(page.locator("tbody th").first).to_contain_text("V2")
    page.get_by_role("link", name="Točke").click()
    expect(page.locator("tbody th").first).to_contain_text("430-12/2026")
    page.get_by_role("link", name="Zavod Čebelica").click()
    expect(page.locator("h1")).to_have_text("Zavod Čebelica")
    page.go_back()
    expect(page.get_by_label("Sklop", exact=True)).to_have_value("young")
    expect(page.get_by_label("Izid", exact=True)).to_have_value("part")


def test_the_table_beside_the_picture_opens_and_names_its_cells_on_a_phone(visit: Visit) -> None:
    page = visit("/izid/?lot=young", 320)
    page.get_by_text("Tabela k sliki").click()
    row = page.locator("details tbody tr").first
    expect(row).to_be_visible()
    label = row.locator("td").nth(2).evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"Porabljeno doslej"'
    assert page.get_by_role("table").first.get_by_role("row").count() == 5


def test_paper_gets_the_result_and_not_the_tools(visit: Visit) -> None:
    page = visit("/izid/")
    page.emulate_media(media="print")
    hidden = ["nav", ".language", ".filter", ".downloads", "footer"]
    assert [page.locator(one).first.is_visible() for one in hidden] == [False] * len(hidden)
    assert page.locator("table.wide").first.is_visible()
