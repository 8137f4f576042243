"""What people click on the way from a closed call to its marking, each from their own first page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.published import PDF

CALL = "41001-7/2026"
PLAN = {"name": "načrt.pdf", "mimeType": "application/pdf", "buffer": PDF}
PAPER = "Društvo na papirju 4"
WRITTEN = {
    "Naziv": PAPER,
    "Naziv programa": "Program 4",
    "Število članov": "40",
    "Zaprošeni znesek": "3000",
    "Strošek, 1. vrstica": "prostor",
    "Znesek, 1. vrstica": "3500",
}


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page it leads to: what a sheet is saving by itself comes first."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def task(page: Page, words: str) -> None:
    """From the first page to what it says is to be done."""
    page.goto("/zacetek")
    follow(page, words)


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(words)


def told(page: Page, words: str) -> None:
    """What the page says of the step just taken."""
    expect(page.get_by_role("status").first).to_contain_text(words)


def declared(page: Page, conflict: str = "") -> None:
    """No conflict with anybody, but with ``conflict``."""
    task(page, f"Podajte izjave o nasprotju interesov: {CALL}")
    for one in page.locator("main select").all():
        one.select_option(index=1)
    if conflict:
        row = page.get_by_role("row").filter(has_text=conflict)
        row.get_by_role("combobox").select_option(index=3)
        row.get_by_role("textbox").fill("Predsednica društva je moja sestra.")
    page.get_by_role("checkbox").check()
    press(page, "Podaj izjave")
    said(page, "Podanih izjav: 5 od 5.")


def excluded(head: Page) -> None:
    task(head, "Odločite o izjavljenih nasprotjih interesov (1).")
    head.locator("main table a").first.click()
    follow(head, "Odloči")
    head.get_by_label("član je pri tej vlogi izločen").check()
    head.get_by_label("Številka in datum sklepa").fill("41001-7/2026-5, 4. 3. 2026")
    press(head, "Zapiši odločitev")
    said(head, "izločen(a), 41001-7/2026-5")


def sitting(president: Page, words: str, kind: str = "") -> None:
    """Begun with everybody there; ``kind``: what for, where that is to be chosen."""
    task(president, words)
    if "seje" not in president.url:
        follow(president, "Seje")
    follow(president, "Začni sejo")
    if kind:
        president.get_by_label(kind).check()
    president.get_by_label("Kraj").fill("Maribor, sejna soba")
    for name in ("Petra Predsednica", "Marko Prvi", "Mojca Druga"):
        president.get_by_label(name).check()
    press(president, "Začni sejo")


def risen(president: Page, *members: Page) -> None:
    """The sitting ended, its minutes drafted from the journal, signed by all."""
    task(president, f"seja teče; ko opravite, kar je treba, jo končajte: {CALL}")
    press(president, "Končaj sejo")
    press(president, "Sestavi zapisnik")
    press(president, "Podpiši zapisnik")
    for one in members:
        task(one, "Podpišite zapisnik")
        follow(one, "podpišite ga")
        press(one, "Podpiši zapisnik")


def opened(president: Page) -> None:
    """All opened in the order received; whoever filed is entitled; two are asked for their plan."""
    sitting(president, f"Začnite sejo odpiranja vlog: {CALL}")
    press(president, "Odpri vseh 5 vlog")
    told(president, "Odprtih je 5 vlog.")
    follow(president, "Preizkus vlog")
    follow(president, "Društvo 0")
    president.get_by_label("Člen, ki določa, kdo je upravičen").fill("3. člen pravilnika")
    for at in range(4):
        press(president, "Upravičena oseba")
        if at in (1, 2):
            said(president, "manjka Načrt")
            president.get_by_label("Kaj je narobe: Načrt").fill("Načrt ni priložen; vložite ga.")
            press(president, "Izdaj poziv k dopolnitvi")
        follow(president, "Naslednja: vloga št.")
    said(president, "njena vsebina še ni v spisu")


def typed_in(registry: Page) -> None:
    """The application on paper, whose organisation nobody knows yet."""
    task(registry, f"Prepišite odprte vloge na papirju (1): {CALL}")
    follow(registry, PAPER)
    follow(registry, "Določi prijavitelja")
    registry.get_by_label("da", exact=True).check()
    registry.get_by_label("Matična številka").fill("5000009")
    registry.get_by_label("Ime organizacije").fill(PAPER)
    registry.get_by_label("Naslov").fill("Gaj 1, 2000 Maribor")
    registry.get_by_label("Pravna oblika").select_option("society")
    press(registry, "Zapiši prijavitelja")
    registry.locator("main h2 + p a").first.click()
    while "/podatki/" in registry.url:
        transcribed(registry)
        press(registry, "Shrani in nadaljuj")
    press(registry, "Prevzemi prepis v spis")
    told(registry, "Prepis je v spisu.")


def transcribed(registry: Page) -> None:
    """Whatever of the application the page asks for, as it stands on paper."""
    for label, text in WRITTEN.items():
        for box in registry.get_by_label(label, exact=True).all():
            box.fill(text)
    for legend, option in (("Sedež", "v občini"), ("Izjava je podpisana", "da")):
        for group in registry.get_by_role("group", name=legend).all():
            group.get_by_label(option, exact=True).check()
    for box in registry.get_by_label("Načrt", exact=True).all():
        box.set_input_files(PLAN)


def served(registry: Page) -> None:
    """Both requests, sent and taken over on the same day, each written down in two steps."""
    task(registry, "Vročite pozive k dopolnitvi in vpišite vročitve (2).")
    for name in ("Društvo 1", "Društvo 2"):
        registry.get_by_role("row").filter(has_text=name).get_by_role("link", name="Zabeleži vročitev").click()
        registry.get_by_label("Dan odpreme").fill("2026-03-04")
        press(registry, "Zabeleži vročitev")
    for name in ("Društvo 1", "Društvo 2"):
        registry.get_by_role("row").filter(has_text=name).get_by_role("link", name="Vpiši prevzem").click()
        registry.get_by_label("Dan prevzema").fill("2026-03-04")
        press(registry, "Zabeleži vročitev")
        told(registry, "Vročitev je zabeležena.")


def answered(applicant: Page) -> None:
    task(applicant, "Dopolnite vlogo: Programi pomoči")
    said(applicant, "Zadnji dan za dopolnitev je četrtek, 12. marec 2026")
    applicant.locator("input[type=file]").set_input_files(PLAN)
    press(applicant, "Vloži dopolnitev")
    told(applicant, "Dopolnitev je vložena.")


def checked(president: Page) -> None:
    """The rest complete, a cost cut with a reason, all facts found, the conditions met."""
    sitting(president, f"Preizkus vlog in dejstva: {CALL}")
    follow(president, "Preizkus")
    for name in ("Društvo 0", "Društvo 1", "Društvo 3", PAPER):
        follow(president, name)
        if name == PAPER:
            press(president, "Upravičena oseba")
        press(president, "Vloga je popolna")
        follow(president, "Ugotovljena dejstva")
        if name == "Društvo 0":
            cut(president)
        president.locator("button[value=all]").click()
        follow(president, name)
        press(president, "Izpolnjuje pogoje: uvrsti v ocenjevanje")
        told(president, "Vloga je uvrščena v ocenjevanje.")
        follow(president, "Preizkus vlog")


def cut(president: Page) -> None:
    """2,500 of the second cost become 1,500; nothing typed is lost where the reason is missing."""
    row = president.locator("[id^='d-costs.'][id$='.amount']").nth(1)
    row.locator("summary").click()
    row.get_by_label("Ugotovljeno").fill("1.500,00")
    row.get_by_role("button", name="Zapiši popravek").click()
    said(president, "Napišite, zakaj ugotavljate drugače, kot piše v vlogi.")
    expect(row.get_by_label("Ugotovljeno")).to_have_value("1.500,00")
    row.get_by_label("Razlog").fill("Gradivo za 1.000 EUR je za drug program.")
    row.get_by_role("button", name="Zapiši popravek").click()
    told(president, "Popravek je zapisan.")
