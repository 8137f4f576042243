"""A call copied from last year's, mended, approved and published; then a newcomer files on it. A phone, no scripts."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from razpis import demo
from razpis.models.base import db
from razpis.models.outbox import Message
from razpis.procedure.states import CallState
from tests.published import PDF
from tests.world import Visitors, World

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REFERENCE, TITLE = "ZGLED-41001/2027", "Javni razpis za humanitarne programe 2027 (ZGLED)"
NEWCOMER = "tina@primer.si"
ANSWERS = {
    "Zakoniti zastopnik ali zastopnica": "Tina Poskus",
    "Datum vpisa v register": "4. 5. 2016",
    "Število članov": "34",
    "Število članov s stalnim prebivališčem v Mestni občini Maribor": "30",
    "Število prostovoljcev v programu": "5",
    "Naslov programa": "Topla roka",
    "Kratek opis programa": "Pomoč družinam v stiski, vsak teden v središču mesta.",
    "Število delavnic za uporabnike v letu 2026": "10",
    "Število različnih oseb, ki jih bo program vključil": "60",
    "Vrednost programa (vsi upravičeni stroški)": "5.000,00",
    "Lastna sredstva za program": "1000",
    "Zaprošeni znesek": "4000",
}
CHOSEN = {
    "Občina sedeža": "Mestna občina Maribor",
    "Pravnoorganizacijska oblika": "društvo",
    "Status organizacije": "brez statusa",
    "Dostopnost programa": "program je za uporabnike brezplačen",
    "Končno poročilo o programu, sofinanciranem v letu 2025": "v letu 2025 nismo bili sofinancirani",
    "Izjava, da istih stroškov ne krije drug javni vir": "da",
    "Izjava o resničnosti podatkov s podpisom zakonitega zastopnika": "da",
}
TOPICS = ("Organizacija", "Člani in prostovoljci", "Program", "Denar", "Izjave in priloge")

Phone = Callable[[], Page]


@pytest.fixture
def visitors(world: World, tmp_path: Path) -> Iterator[Visitors]:
    made = Visitors(world, tmp_path, WTF_CSRF_ENABLED=True)
    yield made
    made.anew()


@pytest.fixture
def phone(chromium: Browser, visitors: Visitors) -> Iterator[Phone]:
    """A new phone without scripts, on the application served on a free port."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, visitors.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    contexts = []

    def opened() -> Page:
        context = chromium.new_context(
            base_url=f"http://127.0.0.1:{server.port}",
            java_script_enabled=False,
            viewport={"width": 390, "height": 844},
        )
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    server.shutdown()
    thread.join()
    server.server_close()


def sign_in(page: Page, email: str, password: str = demo.PASSWORD) -> None:
    page.get_by_label("E-naslov").fill(email)
    page.get_by_label("Geslo").fill(password)
    page.get_by_role("button", name="Prijava").click()


def fits(page: Page) -> None:
    """No page on the way may run over the side of the phone."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") == 390, page.url


def press(page: Page, name: str) -> None:
    fits(page)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    fits(page)
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def copied(officer: Page, source: int) -> None:
    """A new draft by the call ``source``, with all that the page says is missing."""
    officer.goto("/prijava")
    sign_in(officer, "sektor@zgled.si")
    officer.goto("/vodenje/razpisi/")
    follow(officer, "Nov razpis")
    officer.locator("main details summary").click()  # the older calls
    officer.locator(f"main a[href='/vodenje/razpisi/{source}/kopija']").click()
    officer.get_by_label("Številka novega razpisa").fill(REFERENCE)
    press(officer, "Naredi nov osnutek")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Besedila prejšnjega razpisa")
    officer.locator("main .over a").click()
    for place, count in {"Podatki razpisa": 1, "Pravni parametri": 1, "Komisija": 2}.items():
        heading = officer.get_by_role("heading", level=3).filter(has_text=place)
        expect(heading.locator("xpath=following-sibling::ul[1]/li")).to_have_count(count)


def rules_changed(officer: Page) -> None:
    """The title, the money of a lot and the points of a band, each on its tab."""
    follow(officer, "Pravila, obrazec in besedila")
    officer.locator("[id='call/title/sl']").fill(TITLE)
    press(officer, "Shrani")
    follow(officer, "Sredstva in razdelitev")
    officer.locator("summary").filter(has_text="A – pomoč ljudem").click()
    officer.locator("[id='lots/A/amount']").fill("32.500,00")
    press(officer, "Shrani")
    follow(officer, "Merila in točke")
    officer.locator("summary").filter(has_text=re.compile("^Število članov$")).click()
    officer.locator("[id='criteria/members/bands/2/points']").fill("25")
    press(officer, "Shrani")
    expect(officer.get_by_text("1 zgled se ne ujema:")).to_be_visible()


def gaps_filled(officer: Page) -> None:
    """The deadline, the version of the law and the commission."""
    follow(officer, f"{REFERENCE} · {TITLE}")
    follow(officer, "Podatki razpisa")
    deadline = officer.get_by_role("group", name="Rok za prijavo")
    deadline.get_by_label("Dan").fill("2026-12-10")
    press(officer, "Shrani")
    follow(officer, "Besedila prejšnjega razpisa")
    for box in officer.get_by_role("checkbox").all():
        box.check()
    press(officer, "Potrdi označena besedila")
    expect(officer.get_by_text("Vsa besedila so spremenjena ali potrjena.")).to_be_visible()
    follow(officer, f"{REFERENCE} · {TITLE}")
    follow(officer, "Pravni parametri")
    officer.get_by_label("Potrjujem, da je različica zakona preverjena").check()
    press(officer, "Shrani")
    for name, function in {
        "Ana Novak Zgled": "predsednica ali predsednik",
        "Bor Kranjc Zgled": "članica ali član",
        "Cilka Zupan Zgled": "članica ali član",
    }.items():
        officer.goto(re.sub(r"/komisija.*", "", officer.url) + "/komisija")
        officer.get_by_label("Ime ali e-naslov").fill(name)
        press(officer, "Poišči")
        follow(officer, f"Imenuj: {name}")
        officer.get_by_label("Funkcija").select_option(function)
        officer.get_by_label("Sklep o imenovanju").fill("013-1/2026, 1. 9. 2026")
        press(officer, "Imenuj")
    follow(officer, f"{REFERENCE} · {TITLE}")
    expect(officer.get_by_role("heading", name="Do objave manjka")).to_have_count(0)


def published(officer: Page, signatory: Page) -> None:
    """Sent, approved by another person, published."""
    follow(officer, "Pošlji v potrditev")
    press(officer, "Pošlji podpisniku")
    expect(officer.get_by_role("alert")).to_contain_text("Razpis še ni poslan")
    officer.get_by_label("Potrjujem, da so razlike v zgledih preverjene").check()
    press(officer, "Pošlji podpisniku")

    signatory.goto("/prijava")
    sign_in(signatory, "podpis@zgled.si")
    follow(signatory, f"Preglejte in potrdite ali vrnite: {REFERENCE}")
    follow(signatory, "Potrdi razpis")
    expect(signatory.get_by_role("main")).to_contain_text("pričakovano 20, izračunano 25")
    press(signatory, "Potrdi razpis")

    officer.goto("/zacetek")
    follow(officer, f"Objavite razpis: {REFERENCE}")
    follow(officer, "Objavi razpis")
    press(officer, "Objavi razpis")
    follow(officer, "Javna stran razpisa")


def registered(newcomer: Page, visitors: Visitors) -> None:
    """From the public page of the call to an account of one's own, confirmed by the link in the mail."""
    newcomer.goto("/")
    follow(newcomer, TITLE)
    expect(newcomer.get_by_role("main")).to_contain_text("32.500,00 EUR")
    follow(newcomer, "Oddaj vlogo")
    follow(newcomer, "Odprite nov račun")
    newcomer.get_by_label("Ime in priimek").fill("Tina Poskus")
    newcomer.get_by_label("E-naslov").fill(NEWCOMER)
    newcomer.get_by_label("Geslo").fill("mačka na strehi spi")
    press(newcomer, "Odpri račun")
    newcomer.goto(mailed(visitors, "potrditev"))
    press(newcomer, "Potrdi e-naslov")
    sign_in(newcomer, NEWCOMER, "mačka na strehi spi")


def mailed(visitors: Visitors, word: str) -> str:
    """The path of the link with ``word`` in the last message to the newcomer."""
    with visitors.app.app_context():
        found = select(Message.body).where(Message.recipient == NEWCOMER).order_by(Message.id.desc())
        body = db.session.scalars(found).first() or ""
        db.session.remove()
    return re.findall(rf"https?://[^/\s]+(/\S*{word}\S*)", body)[-1]


def organised(newcomer: Page) -> None:
    """Back on the way to the call: an organisation, represented by the newcomer."""
    expect(newcomer.get_by_role("main")).to_contain_text(TITLE)
    follow(newcomer, "Vpišite organizacijo")
    newcomer.get_by_label("Matična številka organizacije").fill("5258880")
    press(newcomer, "Naprej")
    newcomer.get_by_label("Ime organizacije").fill("Društvo Nova pot")
    newcomer.get_by_label("Naslov", exact=True).fill("Glavni trg 1, 2000 Maribor")
    newcomer.get_by_label("Pravna oblika").select_option("Društvo")
    newcomer.get_by_label("Zakoniti zastopnik").check()
    press(newcomer, "Dodaj organizacijo")


def filed(newcomer: Page) -> None:
    """An application begun from the first page, filled in topic by topic, looked over and filed."""
    newcomer.goto("/zacetek")
    follow(newcomer, f"Razpis je odprt: {TITLE}")
    follow(newcomer, "Oddaj vlogo")
    newcomer.get_by_label("A – pomoč ljudem").check()
    press(newcomer, "Začni vlogo")
    follow(newcomer, TOPICS[0])
    for topic in TOPICS:
        expect(newcomer.get_by_role("heading", level=1)).to_have_text(topic)
        answered(newcomer)
        press(newcomer, "Shrani in nadaljuj")
    expect(newcomer.locator(".tasks .status")).to_have_text(["popolno"] * len(TOPICS))
    follow(newcomer, "Preglej odgovore in oddaj")
    newcomer.get_by_label("Izjavljam, da so navedbe").check()
    press(newcomer, "Oddaj vlogo")


def answered(newcomer: Page) -> None:
    """Whatever of the answers the topic on the page asks for."""
    for label, text in ANSWERS.items():
        for box in newcomer.get_by_label(label, exact=True).all():
            box.fill(text)
    for legend, option in CHOSEN.items():
        for group in newcomer.get_by_role("group", name=legend).all():
            group.get_by_label(option, exact=True).check()
    for box in newcomer.get_by_label("Finančni načrt").all():
        box.set_input_files({"name": "načrt.pdf", "mimeType": "application/pdf", "buffer": PDF})


def test_from_last_years_call_to_a_receipt_in_a_newcomers_hand(phone: Phone, visitors: Visitors, world: World) -> None:
    officer, signatory, newcomer = phone(), phone(), phone()
    copied(officer, world.ids["states"][CallState.CLOSED])
    rules_changed(officer)
    gaps_filled(officer)
    published(officer, signatory)
    expect(officer.get_by_role("heading", level=1)).to_have_text(TITLE)

    registered(newcomer, visitors)
    organised(newcomer)
    filed(newcomer)
    expect(newcomer.get_by_role("heading", level=1)).to_have_text("Vloga je oddana")
    expect(newcomer.get_by_role("main")).to_contain_text(f"P-{REFERENCE}-0001")
    expect(newcomer.get_by_role("main")).to_contain_text("Društvo Nova pot")
