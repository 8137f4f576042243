"""The pages of the commission from declarations to facts, of the head, the registry and the applicant."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.checking import SupplementRequest
from razpis.models.outbox import Message
from razpis.models.sittings import Declaration, Sitting
from razpis.procedure.checking import Aspect
from razpis.procedure.conflicts import Ground
from razpis.procedure.sittings import SittingKind
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.examination import checks, supplements
from razpis.services.sitting import declarations, sittings
from razpis.services.sitting.declarations import Said
from tests import commission_made as made
from tests import decisions_made, queries
from tests.commission_made import DEADLINE, Made, act_as, supplement_page
from tests.databases import Clock
from tests.people import signed_in
from tests.web.page import Page

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def client(app: Flask, number: int) -> FlaskClient:
    with app.app_context():
        email = db.session.get_one(User, number).email
    return signed_in(app, email)


def closed(app: Flask, clock: Clock, count: int = 2) -> Made:
    """A call past its deadline, nothing opened."""
    with app.app_context():
        call = made.made(clock, count, CallState.PUBLISHED)
        for one in call.applications:
            db.session.get_one(Application, one).state = ApplicationState.SUBMITTED
        made.let_in(
            *call.voters, call.deputy, call.secretary, call.signatory, call.registry, call.officer, *call.applicants
        )
        return call


def checking(app: Flask, clock: Clock, count: int = 2, rules: str = made.RULES) -> Made:
    """A call being checked at a sitting."""
    with app.app_context():
        call = made.checking(clock, count, rules=rules)
        made.let_in(*call.voters, call.registry, *call.applicants)
        return call


def asked(app: Flask, clock: Clock, rules: str = made.RULES) -> Made:
    """The first application asked to mend an answer, a table and a file."""
    call = checking(app, clock, 1, rules)
    with app.app_context():
        president = act_as(clock, call.president)
        checks.entitled(president, call.applications[0], True, "", "", clock())
        wanted = {"members": "Preverite število.", "letter": "Pismo ni podpisano.", "costs": "Seštevek ne drži."}
        supplements.ask(president, call.applications[0], wanted, clock(), supplement_page)
    return call


def state(app: Flask, call: Made, at: int = 0) -> ApplicationState:
    with app.app_context():
        return db.session.get_one(Application, call.applications[at]).state


def test_the_opening_goes_through_its_pages(app: Flask, clock: Clock) -> None:
    call = closed(app, clock)
    home = f"/komisija/{call.call}"
    for number in call.voters:
        browser = client(app, number)
        assert "0 od 2" in browser.get("/komisija/").text
        page = browser.get(f"{home}/izjave").text
        assert "Društvo 0" in page and "Podanih izjav: 0 od 2" in page
        assert page.count('<option value="none">ni nasprotja interesov</option>') == 2
        said = {f"ground-{one}": "none" for one in call.applications}
        sent = browser.post(f"{home}/izjave", data=said)
        assert (sent.status_code, "Potrdite izjavo o zaupnosti." in sent.text) == (422, True)
        assert browser.post(f"{home}/izjave", data={**said, "confidential": "y"}).status_code == 302
    browser = client(app, call.president)
    beginning = {"kind": "opening", "place": "Maribor", "present": [str(one) for one in call.voters]}
    assert browser.post(f"{home}/seje/nova", data=beginning).status_code == 302
    page = browser.get(f"{home}/seje/").text
    assert "Odpri naslednjo (št. 1)" in page and "Odpri 2 vlogi" in page
    opened = browser.post(f"{home}/seje/odpiranje", data={"application": call.applications, "how": "all"})
    assert opened.status_code == 302
    assert state(app, call) is ApplicationState.OPENED
    assert browser.post(f"{home}/seje/konec").status_code == 302
    with app.app_context():
        sitting = db.session.scalars(select(Sitting.id)).one()
    record = f"{home}/seje/{sitting}/zapisnik"
    assert browser.post(record, data={"remarks": "Brez pripomb."}).status_code == 302
    told = Page(browser.get(record).text)
    assert (
        told.rows(0)[1][2]
        == "pravočasna oddana prek portala 1. 3. 2026 ob 12.00.00; rok 2. 3. 2026 ob 12.00.00; ZUP, 68. člen"
    )
    with app.app_context():
        drafted = db.session.get_one(Sitting, sitting).minutes[-1]
        signature = {"minutes": str(drafted.id), "sha256": drafted.sha256}
    for number in call.voters:
        assert client(app, number).post(f"{home}/seje/{sitting}/podpis", data=signature).status_code == 302
    assert browser.post(f"{home}/seje/konec-odpiranja").status_code == 302
    assert "Preizkus je končan pri 0 od 2 vlog." in browser.get(f"{home}/preizkus/").text


def test_a_conflict_goes_to_the_head_and_hides_the_application(app: Flask, clock: Clock) -> None:
    call = closed(app, clock)
    first = call.applications[0]
    member = client(app, call.members[0])
    blank = {f"ground-{first}": "relative", f"explanation-{first}": "", "confidential": "y"}
    sent = member.post(f"/komisija/{call.call}/izjave", data=blank)
    assert (sent.status_code, "Napišite, v čem je nasprotje interesov." in sent.text) == (422, True)
    filled = {**blank, f"explanation-{first}": "predsednica je sestra"}
    assert member.post(f"/komisija/{call.call}/izjave", data=filled).status_code == 302
    head = client(app, call.signatory)
    assert "čaka" in head.get("/izlocitve/").text.lower()
    with app.app_context():
        number = db.session.scalars(select(Declaration.id)).one()
    page = head.get(f"/izlocitve/izjava/{number}").text
    assert "predsednica je sestra" in page and "Nejc Namestnik" in page
    wrong = head.post(f"/izlocitve/izjava/{number}", data={"excluded": "no", "act": "Sklep 9", "substitute": ""})
    assert (wrong.status_code, "Napišite, zakaj nasprotja interesov ni." in wrong.text) == (422, True)
    given = {"excluded": "yes", "act": "Sklep 9", "substitute": str(call.deputy)}
    assert head.post(f"/izlocitve/izjava/{number}", data=given).status_code == 302
    assert "namesto njega ali nje: Nejc Namestnik" in head.get(f"/izlocitve/{call.call}").text
    assert client(app, call.officer).get(f"/izlocitve/izjava/{number}").status_code == 403


def test_the_check_goes_through_its_pages(app: Flask, clock: Clock) -> None:
    call = checking(app, clock, 1)
    browser, home = client(app, call.president), f"/komisija/{call.call}/preizkus"
    page = browser.get(f"{home}/kljuc000").text
    assert "Ali jo je vložila upravičena oseba?" in page and "prostor" in page
    assert browser.post(f"{home}/kljuc000", data={"decision": "not_entitled", "article": "4. člen"}).status_code == 422
    assert browser.post(f"{home}/kljuc000", data={"decision": "complete"}).status_code == 409
    assert browser.post(f"{home}/kljuc000", data={"decision": "izmisljeno"}).status_code == 404
    assert browser.post(f"{home}/kljuc000", data={"decision": "entitled", "article": "4. člen"}).status_code == 302
    wrong = browser.post(f"{home}/kljuc000", data={"decision": "ask", "field": ["members"], "deficiency-members": ""})
    assert (wrong.status_code, 'href="#deficiency-members"' in wrong.text) == (422, True)
    assert browser.post(f"{home}/kljuc000", data={"decision": "complete"}).status_code == 302
    facts = f"/komisija/{call.call}/dejstva/kljuc000"
    assert "Ugotovljenih 0 od 6." in browser.get(facts).text
    cut = {"path": "costs.2.amount", "seen": "0", "action": "correct", "value": "3000", "reason": "račun"}
    assert "Priznani znesek ne more biti višji od navedenega." in browser.post(facts, data=cut).text
    assert browser.post(facts, data={**cut, "value": "2000", "reason": ""}).status_code == 422
    assert browser.post(facts, data={**cut, "value": "2000"}).status_code == 302
    assert browser.post(facts, data={**cut, "value": "1000"}).status_code == 409
    assert browser.post(facts, data={"path": "seat", "seen": "0", "action": "confirm"}).status_code == 302
    page = browser.get(facts).text
    assert "Ugotovljenih 2 od 6." in page and "2.000" in page
    left = {"action": "all", "left": ["members", "requested", "signed", "costs.1.amount"]}
    assert browser.post(facts, data=left).status_code == 302
    assert browser.post(f"{home}/kljuc000", data={"decision": "admit"}).status_code == 302
    assert browser.post(f"{home}/ocenjevanje").status_code == 302
    with app.app_context():
        assert db.session.get_one(Call, call.call).state is CallState.SCORING


def test_what_came_late_is_not_asked_about_any_more(app: Flask, clock: Clock) -> None:
    call = checking(app, clock, 2)
    with app.app_context():
        president = act_as(clock, call.president)
        late = call.applications[1]
        checks.put(president, late, Aspect.TIMELY, False, "prispela dan po roku", "ZUP, 68. člen", clock())
        db.session.get_one(Application, late).state = ApplicationState.LATE
        db.session.commit()
    rows = Page(client(app, call.president).get(f"/komisija/{call.call}/preizkus/").text).rows(0)
    asked = [row[2:4] for row in rows]
    assert asked == [["še ni odgovora"] * 2, ["se ne preizkuša: prepozna"] * 2]


def test_a_missing_signature_is_asked_for_as_such(app: Flask, clock: Clock) -> None:
    call = checking(app, clock, 1)
    page = f"/komisija/{call.call}/preizkus/kljuc000"
    browser = client(app, call.president)
    browser.post(page, data={"decision": "entitled", "article": "4. člen"})
    typed = {"decision": "ask", "field": ["letter", "members"], "signature": ["letter"], "deficiency-members": ""}
    wrong = browser.post(page, data={**typed, "deficiency-letter": "Pismo ni podpisano."}).text
    assert 'value="letter" id="signature-letter" checked' in wrong
    assert 'value="members" id="signature-members">' in wrong
    both = {"deficiency-letter": "Pismo ni podpisano.", "deficiency-members": "Manjka število."}
    assert browser.post(page, data={**typed, **both}).status_code == 302
    with app.app_context():
        (request,) = supplements.requests_of(call.applications[0])
        assert {item.field: item.signature for item in request.items} == {"letter": True, "members": False}
        assert "/vloge/kljuc000/dopolnitev\n" in db.session.scalars(select(Message.body)).one()


def test_words_beside_what_is_not_ticked_ask_for_nothing_and_stay(app: Flask, clock: Clock) -> None:
    call = checking(app, clock, 1)
    page = f"/komisija/{call.call}/preizkus/kljuc000"
    browser = client(app, call.president)
    browser.post(page, data={"decision": "entitled", "article": "4. člen"})
    typed = {"decision": "ask", "field": ["letter"], "deficiency-letter": "Pismo ni podpisano."}
    loose = browser.post(page, data={**typed, "deficiency-members": "Preverite število."})
    assert loose.status_code == 422
    assert "Označite, da je to treba dopolniti, ali pa besedilo izbrišite." in loose.text
    assert [words in loose.text for words in ("Pismo ni podpisano.", "Preverite število.")] == [True, True]
    with app.app_context():
        assert supplements.requests_of(call.applications[0]) == []
    assert browser.post(page, data={**typed, "deficiency-members": "  "}).status_code == 302
    with app.app_context():
        (request,) = supplements.requests_of(call.applications[0])
        assert [item.field for item in request.items] == ["letter"]


def test_the_request_is_printed_from_the_page_of_services(app: Flask, clock: Clock) -> None:
    call = asked(app, clock, decisions_made.RULES)
    registry = client(app, call.registry)
    link = Page(registry.get("/vrocitve/").text).links["Poziv (PDF) : Društvo 0"]
    printed = registry.get(link)
    assert (printed.status_code, printed.mimetype, printed.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert client(app, call.president).get(link).status_code == 403
    assert registry.get("/vrocitve/99/poziv.pdf").status_code == 404


def test_a_supplement_goes_from_the_request_to_its_answer(app: Flask, clock: Clock) -> None:
    call = asked(app, clock)
    registry = client(app, call.registry)
    assert "ni zabeleženo" in registry.get("/vrocitve/").text
    with app.app_context():
        number = db.session.scalars(select(SupplementRequest.id)).one()
    papers = {
        "manner": "post",
        "address": "Zgledna 1",
        "dispatched_on": "4. 3. 2026",
        "delivered_on": "5. 3. 2026",
        "seen": "0",
    }
    wrong = registry.post(f"/vrocitve/{number}", data=papers)
    assert (wrong.status_code, "Ta dan je v prihodnosti." in wrong.text) == (422, True)
    clock.forward(days=2)
    registry = client(app, call.registry)
    assert registry.post(f"/vrocitve/{number}", data=papers).status_code == 302
    assert "5. marec 2026" in Page(registry.get("/vrocitve/").text).text
    applicant = client(app, call.applicants[0])
    page = Page(applicant.get("/vloge/kljuc000/dopolnitev").text).text
    assert "petek, 13. marec 2026, do polnoči" in page and "Preverite število." in page
    answer = {"a-members": "12", "rows-costs": "1", "a-costs-0-what": "najem", "a-costs-0-amount": "900"}
    more = applicant.post("/vloge/kljuc000/dopolnitev", data={**answer, "action": "add:costs"}).text
    assert 'name="rows-costs" value="2"' in more and "najem" in more
    less = applicant.post("/vloge/kljuc000/dopolnitev", data={**answer, "action": "drop:costs-0"}).text
    assert "najem" not in less and 'value="12"' in less
    bad = applicant.post("/vloge/kljuc000/dopolnitev", data={**answer, "a-members": "dvanajst"})
    assert (bad.status_code, "Dopolnitev še ni vložena." in bad.text, "dvanajst" in bad.text) == (422, True, True)
    files = {"a-letter": (io.BytesIO(PDF), "pismo.pdf")}
    assert applicant.post("/vloge/kljuc000/dopolnitev", data={**answer, **files}).status_code == 302
    page = applicant.get("/vloge/kljuc000/dopolnitev")
    assert "D-41001-7/2026-0001" in page.text
    link = Page(page.text).links["pismo.pdf"]
    assert applicant.get(link).data == PDF
    shown = client(app, call.president).get(f"/komisija/{call.call}/preizkus/kljuc000").text
    assert "pismo.pdf" in shown and "Stroški, Pismo podpore, Število članov" in shown
    clock.forward(days=30)
    applicant = client(app, call.applicants[0])
    assert "Rok je potekel" in applicant.get("/vloge/kljuc000/dopolnitev").text
    late = applicant.post("/vloge/kljuc000/dopolnitev", data={**answer, "a-members": "13"})
    assert (late.status_code, "iztekel" in late.text) == (409, True)


@pytest.mark.parametrize(
    "path",
    [
        "/komisija/{call}/preizkus/kljuc000",
        "/komisija/{call}/dejstva/kljuc000",
        "/komisija/{call}/preizkus/kljuc000/priloge/plan0",
    ],
)
def test_no_page_shows_content_to_whoever_may_not_read_it(app: Flask, clock: Clock, path: str) -> None:
    with app.app_context():
        call = made.made(clock, 1, CallState.CHECKING)
        one = call.applications[0]
        made.free(call, clock, call.voters, {call.members[0]: {one: Said(Ground.PARTY, "sem član društva")}})
        declarations.declare(act_as(clock, call.deputy), call.call, {one: Said()}, True, clock())
        made.let_in(*call.voters, call.deputy, call.secretary, call.officer, call.applicants[0])
    address = path.format(call=call.call)
    found = {who: client(app, who).get(address) for who in (call.members[0], call.deputy, call.secretary)}
    assert {who: page.status_code for who, page in found.items()} == dict.fromkeys(found, 403)
    assert not any("Program 0" in page.text for page in found.values())
    assert client(app, call.officer).get(address).status_code == 403
    assert client(app, call.applicants[0]).get(address).status_code == 403
    assert app.test_client().get(address).status_code == 302


def test_another_call_and_hostile_words_lead_nowhere(app: Flask, clock: Clock) -> None:
    call = checking(app, clock, 1)
    browser = client(app, call.president)
    for path in (
        f"/komisija/{call.call + 9}/preizkus/",
        f"/komisija/{call.call}/preizkus/nic",
        f"/komisija/{call.call + 9}/seje/",
    ):
        assert browser.get(path).status_code == 404
    with app.app_context():
        db.session.get_one(Application, call.applications[0]).organisation.name = "<script>alert(1)</script>"
        db.session.commit()
    for path in (
        f"/komisija/{call.call}/preizkus/",
        f"/komisija/{call.call}/preizkus/kljuc000",
        f"/komisija/{call.call}/izjave",
    ):
        page = browser.get(path).text
        assert "<script>alert(1)" not in page and "&lt;script&gt;" in page
    for change in ("leave-", "leave-x", "leave-99999999999", "come-<b>"):
        assert browser.post(f"/komisija/{call.call}/seje/navzocnost", data={"change": change}).status_code == 404
    assert browser.post(f"/komisija/{call.call}/seje/odpiranje", data={"application": "x"}).status_code == 409


def test_pages_take_the_same_queries_for_many_and_few(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.checking(clock, 2)
        made.let_in(call.president)
    browser = client(app, call.president)
    paths = [f"/komisija/{call.call}/{room}" for room in ("preizkus/", "izjave", "seje/", "preizkus/kljuc000")]
    counts = [counted(app, browser, path) for path in paths]
    with app.app_context():
        row = db.session.get_one(Call, call.call)
        for at in range(2, 12):
            made.application(row, at, ApplicationState.OPENED)
        db.session.commit()
        call.applications = list(db.session.scalars(select(Application.id).order_by(Application.id)))
        made.free(call, clock, call.voters)
    assert [counted(app, browser, path) for path in paths] == counts


def test_a_hundred_applications_keep_the_pages_small(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock, 100, CallState.CHECKING)
        made.let_in(call.president)
    browser = client(app, call.president)
    blank = browser.get(f"/komisija/{call.call}/izjave")
    assert len(blank.data) < 300_000
    with app.app_context():
        made.free(call, clock, call.voters)
        made.sitting(call, clock, SittingKind.CHECKING)
    for path in (f"/komisija/{call.call}/preizkus/", f"/komisija/{call.call}/izjave", f"/komisija/{call.call}/seje/"):
        page = browser.get(path)
        assert page.status_code == 200
        assert len(page.data) < 300_000


def counted(app: Flask, browser: FlaskClient, path: str) -> int:
    """How many queries a page takes."""
    with app.app_context(), queries.counted() as sent:
        assert browser.get(path).status_code == 200
    return len(sent)


def test_people_come_and_leave_and_the_page_says_so(app: Flask, clock: Clock) -> None:
    call = checking(app, clock, 1)
    browser, home = client(app, call.president), f"/komisija/{call.call}/seje"
    gone = browser.post(f"{home}/navzocnost", data={"change": f"leave-{call.members[0]}"}, follow_redirects=True)
    assert "Odhod je zapisan." in gone.text
    back = browser.post(f"{home}/navzocnost", data={"change": f"come-{call.members[0]}"}, follow_redirects=True)
    assert "Prihod je zapisan." in back.text
    assert client(app, call.members[0]).get(f"{home}/nova").status_code == 403
    with app.app_context():
        assert sittings.running(call.call).kind is SittingKind.CHECKING
        assert clock() > DEADLINE
