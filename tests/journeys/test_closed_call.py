"""A closed call goes to its accepted proposal: the president, two members, the head, the registry and an applicant
click what their pages offer. Without scripts, but for one member, whose marks are saved as they are typed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from razpis.app import create_app
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.examination import supplements
from razpis.services.proposing import journal_facts, proposals
from tests import commission_made
from tests.commission_clicks import (
    CALL,
    answered,
    checked,
    declared,
    excluded,
    follow,
    opened,
    press,
    risen,
    said,
    served,
    sitting,
    task,
    told,
    typed_in,
)
from tests.databases import Clock
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MARKS = {1: ("25", "20"), 2: ("20", "18"), 4: ("21", "5"), 5: ("20", "18")}
"""By the number of the application: quality and reach, as the president and the first member mark them."""

PROPOSING = "usklajevanje in predlog"
"""What a sitting is for at which the commission agrees on values and adopts its proposal."""

OTHERS = MARKS | {4: ("22", "19")}
"""As the second member marks: with the fourth application far from the president."""


@dataclass(frozen=True, slots=True)
class Office:
    """The application on a free port, and everyone's browser, signed in."""

    app: Flask
    clock: Clock
    call: commission_made.Made
    enter: Callable[..., Page]


def made(clock: Clock) -> commission_made.Made:
    """A closed call: four applications, the second and third without their plan, and an envelope."""
    call = commission_made.made(clock, 0, CallState.CLOSED)
    found = db.session.get_one(Call, call.call)
    for at in range(4):
        files = ("plan",) if at in (0, 3) else ()
        one = commission_made.application(found, at, ApplicationState.SUBMITTED, files=files)
        call.applications.append(one.id)
        call.applicants.append(one.created_by)
    call.applications.append(commission_made.on_paper(call.call, 4, sender_address="Gaj 1, 2000 Maribor"))
    commission_made.let_in(*call.voters, call.signatory, call.registry, call.applicants[1])
    return call


@pytest.fixture
def office(chromium: Browser, sqlite_template: Path, tmp_path: Path) -> Iterator[Office]:
    path, clock = tmp_path / "razpis.db", Clock()
    path.write_bytes(sqlite_template.read_bytes())
    settings = {"INSTANCE_PATH": str(tmp_path), "SQLALCHEMY_DATABASE_URI": f"sqlite:///{path}"}
    app = create_app(None, clock, SECRET_KEY="test", **settings)
    with app.app_context():
        call = made(clock)
        db.session.remove()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    contexts = []

    def enter(email: str, scripts: bool = False) -> Page:
        context = chromium.new_context(base_url=f"http://127.0.0.1:{server.port}", java_script_enabled=scripts)
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.goto("/prijava")
        page.get_by_label("E-naslov").fill(email)
        page.get_by_label("Geslo").fill(PASSWORD)
        page.get_by_role("button", name="Prijava").click()
        return page

    yield Office(app, clock, call, enter)
    for context in contexts:
        context.close()
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


def marked(member: Page, marks: Mapping[int, tuple[str, str]], by_typing: bool = False) -> None:
    """Each mark with its own reason, in the member's own order; typed, it saves itself. Then the sheets are locked."""
    task(member, f"Ocenite vloge: {CALL}")
    last = member.locator("main tbody td:first-child").last.inner_text().removeprefix("št. ")
    member.locator("main tbody a").first.click()
    for _ in marks:
        number = int(member.get_by_role("heading", level=1).inner_text().rpartition(" ")[2])
        for criterion, points in zip(("quality", "reach"), marks[number], strict=True):
            member.locator(f"#points-{criterion}").fill(points)
            member.locator(f"#reason-{criterion}").fill(f"Vloga {number}, {criterion}: {points} točk po presoji člana.")
        if by_typing:
            member.locator("#points-quality").focus()
            expect(member.get_by_text("Shranjeno.")).to_have_count(2)
            if number != int(last):
                follow(member, "Naslednja")
        else:
            press(member, "Shrani in naprej")
    task(member, f"Ocenite vloge: {CALL}")
    follow(member, "Zakleni dokončane liste")
    press(member, f"Zakleni: {len(marks)}")
    told(member, "Zaklenjen")


def locked(president: Page) -> None:
    """Nothing is locked before the seed of a draw is fixed."""
    task(president, f"Ocenite vloge: {CALL}")
    follow(president, "Zakleni ocene vseh članov")
    press(president, "Zakleni ocene")
    said(president, "seme žreba pa še ni določeno")
    task(president, f"Določite seme žreba, preden zaklenete ocene: {CALL}")
    president.get_by_label("Seme žreba").fill("4 8 15 16 23 42")
    president.get_by_label("Od kod je").fill("Loterija, žrebanje 7. 3. 2026")
    press(president, "Določi seme")
    task(president, f"Ocenite vloge: {CALL}")
    follow(president, "Zakleni ocene vseh članov")
    press(president, "Zakleni ocene")
    told(president, "Ocene so zaklenjene.")


def reopened(president: Page, member: Page) -> None:
    """A slip of the pen: the president opens the sheet with a reason, its member alone mends it and locks it again."""
    president.locator("tr", has_text="Društvo 0").get_by_role("link", name="Ocene vseh članov").click()
    follow(president, "Odpri list Mojca Druga")
    president.get_by_label("Razlog").fill("Članica je točke vpisala v napačno vrstico.")
    press(president, "Odpri list")
    task(member, f"Dopolnite in zaklenite odprte ocenjevalne liste (1): {CALL}")
    follow(member, "Društvo 0")
    member.locator("#points-quality").fill("24")
    press(member, "Shrani")
    follow(member, "Ocenjevanje")
    follow(member, "Zakleni dokončane liste")
    press(member, "Zakleni: 1")


def agreed(president: Page) -> None:
    """At the sitting that proposes: outside one there is nothing to agree on."""
    task(president, f"Uskladite ocene (1): {CALL}")
    said(president, f"Programi pomoči, {CALL}")
    said(president, "Seja ne teče Dogovorjene vrednosti in predlog komisija sprejme na seji.")
    sitting(president, f"Uskladite ocene (1): {CALL}", PROPOSING)
    task(president, f"Uskladite ocene (1): {CALL}")
    follow(president, "Vpiši dogovorjeno vrednost")
    president.locator("#points").fill("12")
    president.locator("#reason").fill("Po razpravi sta se člana strinjala, da doseg ni preverjen.")
    press(president, "Zapiši dogovor")
    said(president, "Dogovorjeno: 12")


def computed(president: Page) -> None:
    """The result, its tie settled by the draw, and a try with more money that binds nobody."""
    follow(president, "Izid")
    press(president, "Izračunaj izid")
    said(president, "Izenačenje Mesto 2")
    press(president, "Opravi žreb")
    told(president, "Žreb je opravljen in zapisan")
    follow(president, "Kaj, če bi bila pravila drugačna")
    president.locator("#k-budget").fill("12000")
    press(president, "Izračunaj simulacijo")
    said(president, "Ni izid in ne zavezuje nikogar.")


def proposed(president: Page, others: Mapping[Page, str]) -> None:
    """Prepared, read and signed by all, with the dissenting opinion of whoever has one, and handed over."""
    task(president, f"Uskladite ocene in predlagajte izid: {CALL}")
    follow(president, "Izid")
    follow(president, "Pripravi predlog")
    press(president, "Pripravi predlog")
    said(president, "Dejstva poročila so bila znova sestavljena iz dogodkov v dnevniku; ujemajo se.")
    press(president, "Podpiši")
    for member, dissent in others.items():
        task(member, f"Preberite in podpišite predlog: {CALL}")
        follow(member, "Predlog št.")
        if dissent:
            member.get_by_label("Dajem ločeno mnenje").check()
            press(member, "Podpiši")
            said(member, "Napišite razloge ločenega mnenja.")
            member.get_by_label("Ločeno mnenje z razlogi").fill(dissent)
        press(member, "Podpiši")
        told(member, "Predlog ste podpisali.")
    risen(president, *others)
    task(president, f"Predlog je podpisan; predajte ga predstojniku: {CALL}")
    follow(president, "Predlog št.")
    follow(president, "Predaj predstojniku")
    press(president, "Predaj predlog")
    told(president, "Predlog je predan predstojniku.")


def everyone(office: Office) -> tuple[Page, Page, Page, Page]:
    """The president, two members and the head, signed in; the first member's browser runs scripts."""
    return (
        office.enter("predsednica@zgled.si"),
        office.enter("clan1@zgled.si", scripts=True),
        office.enter("clan2@zgled.si"),
        office.enter("podpisnik@zgled.si"),
    )


def test_from_the_closed_call_to_the_accepted_proposal(office: Office) -> None:
    president, first, second, head = everyone(office)
    registry = office.enter("vlozisce@zgled.si")
    declared(president)
    declared(first, conflict="Društvo 3")
    declared(second)
    excluded(head)
    opened(president)
    typed_in(registry)
    risen(president, first, second)
    task(president, f"Odpiranje vlog: {CALL}")
    press(president, "Končaj odpiranje in začni preizkus")
    served(registry)
    answered(office.enter("prijavitelj1@zgled.si"))
    with office.app.app_context():
        assert supplements.lapse_due(office.clock.forward(days=9)) == 1
        db.session.remove()
    president, first, second, head = everyone(office)
    checked(president)
    risen(president, first, second)
    task(president, f"Preizkus vlog in dejstva: {CALL}")
    press(president, "Začni ocenjevanje")

    marked(president, MARKS)
    marked(first, {number: MARKS[number] for number in (1, 2, 5)}, by_typing=True)
    marked(second, OTHERS)
    locked(president)
    reopened(president, second)
    agreed(president)
    computed(president)
    proposed(president, {first: "Doseg vloge 5 je precenjen.", second: ""})

    task(head, f"Odločite o predlogu komisije: {CALL}")
    head.locator("main a").first.click()
    said(head, "Doseg vloge 5 je precenjen.")
    follow(head, "Vrni komisiji")
    head.get_by_label("Razlogi, ki jih bo prebrala komisija").fill("Pojasnite dogovorjeno oceno vloge 4.")
    press(head, "Vrni predlog")
    task(president, f"Predstojnik je predlog vrnil; preberite razloge in pripravite novega: {CALL}")
    follow(president, "Predlog št. 1")
    said(president, "Pojasnite dogovorjeno oceno vloge 4.")
    sitting(president, f"Uskladite ocene in predlagajte izid: {CALL}", PROPOSING)
    proposed(president, {first: "", second: ""})
    task(head, f"Odločite o predlogu komisije: {CALL}")
    head.locator("main a").first.click()
    follow(head, "Sprejmi predlog")
    press(head, "Sprejmi predlog")
    told(head, "Predlog je sprejet. Sledi izdaja odločitev.")

    with office.app.app_context():
        call = db.session.get_one(Call, office.call.call)
        assert call.state is CallState.DECIDING
        signatory = commission_made.act_as(office.clock, office.call.signatory)
        report = proposals.read(signatory, call.id, 2).report
        facts = journal_facts.of_journal(call.id, 2)
        assert journal_facts.of_report(report) | {"proposal": facts["proposal"]} == facts
        states = [db.session.get_one(Application, number).state for number in office.call.applications]
        assert states[2] is ApplicationState.INCOMPLETE
        db.session.remove()
