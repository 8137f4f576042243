"""The sector's pages: a call from its rulebook to its publication, as an officer and a signatory see them."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from razpis.models.accounts import User
from razpis.models.base import db
from razpis.models.calls import Question
from razpis.procedure.parameter_kinds import KINDS
from razpis.procedure.states import CallState
from razpis.services.actor import Actor
from razpis.services.calls import publishing, questions
from razpis.services.people import standing
from tests import people
from tests.databases import Clock
from tests.people import signed_in
from tests.services import call_making as making
from tests.web.page import Page

HOME = "/vodenje/razpisi/"
OFFICER, SIGNER = "skrbnica@zgled.si", "podpisnik@zgled.si"


@pytest.fixture
def both(app: Flask, clock: Clock) -> tuple[FlaskClient, FlaskClient]:
    """An officer's browser and a signatory's."""
    with app.app_context():
        making.officer(clock)
        making.signatory(clock)
    return signed_in(app, OFFICER), signed_in(app, SIGNER)


def page(client: FlaskClient, path: str, code: int = 200) -> Page:
    response = client.get(path)
    assert response.status_code == code, response.text
    return Page(response.text)


def sent(client: FlaskClient, path: str, code: int = 302, **data: str) -> Page:
    response = client.post(path, data=data)
    assert response.status_code == code, Page(response.text).text
    return Page(response.text)


def revision(client: FlaskClient, path: str) -> str:
    match = re.search(r'name="revision"[^>]*value="(\d+)"', client.get(path).text)
    assert match is not None
    return match.group(1)


def acting(email: str, clock: Clock) -> Actor:
    """The person with this address, as an actor."""
    return standing.actor_of(db.session.scalars(select(User).where(User.email == email)).one(), clock())


def publish(call: int, clock: Clock) -> None:
    """Take a draft to its publication."""
    officer, signer = acting(OFFICER, clock), acting(SIGNER, clock)
    publishing.send_to_review(officer, call, making.revision(call), clock())
    publishing.approve(signer, call, making.revision(call), clock())
    publishing.publish(officer, call, making.revision(call), clock())


def seated(app: Flask, clock: Clock) -> None:
    """Three people with accounts, to be found and appointed."""
    with app.app_context():
        for at in range(3):
            people.user(clock, f"clan{at}@zgled.si", f"Članica Številka {at}")


def parameters() -> dict[str, str]:
    cited = {f"{key.value}.article": "14. člen pravilnika" for key, kind in KINDS.items() if not kind.source}
    return {
        **cited,
        "appeal_days.value": "21",
        "appeal_days.article": "15. člen",
        "profile": "ZUP_pre_I",
        "confirmed": "1",
    }


def test_a_call_goes_from_its_rulebook_to_the_public(
    app: Flask, clock: Clock, both: tuple[FlaskClient, FlaskClient]
) -> None:
    officer, signer = both
    seated(app, clock)
    assert "Začnite s pravili" in page(officer, HOME).text
    assert "Izberite datoteko ali prilepite besedilo." in sent(officer, f"{HOME}nov", 422).text
    sent(officer, f"{HOME}nov", rulebook=making.RULES)
    call = f"{HOME}1"
    shown = page(officer, call)
    assert "Do objave manjka" in shown.text
    assert "Komisija nima predsednice ali predsednika." in shown.text
    assert shown.links["Pravni parametri"] == f"{call}/parametri"
    seen = revision(officer, f"{call}/parametri")
    sent(officer, f"{call}/parametri", revision=seen, **parameters())
    found = page(officer, f"{call}/komisija?oseba=številka")
    assert len([name for name in found.links if name.startswith("Imenuj: Članica")]) == 3
    for at, function in enumerate(("president", "member", "member")):
        person = found.links[f"Imenuj: Članica Številka {at}"]
        assert "namestnica ali namestnik člana" in page(officer, person).text
        sent(officer, person, function=function, act="Sklep 41001-1/2026-2")
    model = {"revision": revision(officer, f"{call}/vzorec-pogodbe"), "contract": (io.BytesIO(b"%PDF-1.7\n"), "p.pdf")}
    assert officer.post(f"{call}/vzorec-pogodbe", data=model).status_code == 302
    refused = page(officer, f"{call}/objava")
    assert "Objavi razpis" in refused.text
    response = officer.post(f"{call}/objava", data={"revision": seen})
    assert response.status_code == 409
    sent(officer, f"{call}/v-potrditev", revision=revision(officer, f"{call}/v-potrditev"))
    assert "Potrdi razpis" in page(signer, f"{call}/potrditev").text
    assert "Parametre je mogoče spreminjati le v osnutku." in page(signer, f"{call}/parametri").text
    assert signer.post(f"{call}/parametri", data=parameters()).status_code == 403
    sent(signer, f"{call}/potrditev", revision=revision(signer, f"{call}/potrditev"))
    sent(officer, f"{call}/objava", revision=revision(officer, f"{call}/objava"))
    public = page(app.test_client(), "/razpisi/1")
    assert "petek, 20. marec 2026 ob 12.00" in public.text
    assert "71.000,00 EUR" in public.text


def test_a_publication_refused_lists_all_with_links(
    app: Flask, clock: Clock, both: tuple[FlaskClient, FlaskClient]
) -> None:
    officer, signer = both
    sent(officer, f"{HOME}nov", rulebook=making.RULES)
    refused = sent(officer, f"{HOME}1/v-potrditev", 422, revision="1")
    assert {"Pravni parametri"} <= set(refused.links)
    assert refused.text.count("nima navedenega člena") == 10
    assert page(signer, f"{HOME}1/v-potrditev", 403).text.count("nimate potrebnih pravic") == 1


def test_others_changes_are_told_and_nothing_is_overwritten(
    app: Flask, clock: Clock, both: tuple[FlaskClient, FlaskClient]
) -> None:
    officer, _ = both
    sent(officer, f"{HOME}nov", rulebook=making.RULES)
    path = f"{HOME}1/pravila?zavihek=denar"
    seen = revision(officer, path)
    sent(officer, path, revision=seen, **{"lots/A/amount": "31.000,00"})
    late = sent(officer, path, 409, revision=seen, **{"lots/A/amount": "1,00"})
    assert "spremenil nekdo drug" in late.text
    with app.app_context():
        assert making.call(1).budget_cents == 7_200_000


def test_the_editor_shows_boxes_bands_and_what_the_check_says(
    app: Flask, clock: Clock, both: tuple[FlaskClient, FlaskClient]
) -> None:
    officer, signer = both
    sent(officer, f"{HOME}nov", rulebook=making.RULES)
    path = f"{HOME}1/pravila?zavihek=merila"
    shown = officer.get(path).text
    assert 'name="criteria/members/bands/0/points" value="5"' in shown
    assert 'name="criteria/need/step" value="0,5"' in shown
    assert "Zgledi: ujemajo se vsa pričakovanja" in Page(shown).text
    assert Page(shown).tables[0][0] == ["od vključno", "nad, brez meje", "do vključno", "točke"]
    wrong = sent(officer, path, 422, revision="1", **{"criteria/members/max": "petdeset", "criteria/need/step": "0,5"})
    assert "»petdeset« ni število; pišite na primer 12 ali 2,5." in wrong.text
    sent(officer, path, revision="1", **{"criteria/members/bands/4/points": "51"})
    broken = page(officer, path).text
    assert "napaka: razpisa s temi pravili ni mogoče objaviti" in broken
    for tab in ("besedila", "denar", "pragovi", "pogoji", "obrazec", "sklepi"):
        assert "Shrani" in page(officer, f"{HOME}1/pravila?zavihek={tab}").text
    assert "Shrani" not in page(signer, path).text


def test_the_text_of_the_rules_is_for_those_who_know_it(
    app: Flask, clock: Clock, both: tuple[FlaskClient, FlaskClient]
) -> None:
    officer, signer = both
    sent(officer, f"{HOME}nov", rulebook=making.RULES)
    path = f"{HOME}1/pravila/besedilo"
    assert "YAML: " in sent(officer, path, 422, revision="1", rulebook="call: {").text
    sent(officer, path, revision="1", rulebook=making.RULES.replace("value: members\n", "value: membrs\n"))
    assert "vrstica 341, stolpec 12" in page(officer, path).text
    assert "predogleda ni" in page(signer, f"{HOME}1/pravila/predogled").text
    file = officer.get(f"{HOME}1/pravila.yaml")
    assert "value: membrs" in file.text
    assert file.headers["Content-Disposition"] == "attachment; filename=pravila-1.yaml"


def test_days_are_typed_by_the_clock_and_an_hour_that_comes_twice_is_asked(
    app: Flask, clock: Clock, both: tuple[FlaskClient, FlaskClient]
) -> None:
    officer, _ = both
    sent(officer, f"{HOME}nov", rulebook=making.RULES)
    path = f"{HOME}1/podatki"
    typed = {"revision": "1", "per_organisation": "2", "budget_line": "1", "contact": "Ana"}
    half = sent(officer, path, 422, **typed, deadline_day="2026-10-25", deadline_hour="")
    assert "Vpišite dan in uro." in half.text
    twice = sent(officer, path, 422, **typed, deadline_day="2026-10-25", deadline_hour="02:30")
    assert "nastopi dvakrat" in twice.text
    skipped = sent(officer, path, 422, **typed, deadline_day="2026-03-29", deadline_hour="02:30")
    assert "ura premakne naprej" in skipped.text
    sent(officer, path, **typed, deadline_day="2026-10-25", deadline_hour="02:30", deadline_fold="1")
    assert 'name="deadline_fold" value="1"' in officer.get(path).text


def test_an_amendment_shows_what_it_may_change(app: Flask, clock: Clock, both: tuple[FlaskClient, FlaskClient]) -> None:
    officer, _ = both
    with app.app_context():
        made = making.draft(acting(OFFICER, clock), clock)
        publish(made, clock)
        making.application(made, people.user(clock), 0)
    path = f"{HOME}{made}/sprememba"
    shown = page(officer, path)
    assert "Sporočilo po e-pošti dobi 1 oseba" in shown.text
    data = {
        "revision": revision(officer, path),
        "deadline_day": "2026-04-03",
        "deadline_hour": "12:00",
        "contact": "Ana",
    }
    data |= {"reason": "Na prošnjo.", "act": "Sklep 9"}
    less = sent(officer, path, 409, **data, **{"lots/A/amount": "1,00"})
    assert "ne morete zmanjšati" in less.text
    wrong = sent(officer, path, 422, **data, **{"lots/A/amount": "več"})
    assert "ni znesek" in wrong.text
    sent(officer, path, **data, **{"lots/A/amount": "40000"})
    public = page(app.test_client(), f"/razpisi/{made}")
    assert "Različica 2" in public.text
    assert "Na prošnjo. Sklep 9" in public.text
    assert "81.000,00 EUR" in public.text


def test_signers_steps_ask_for_reasons_and_say_what_follows(
    app: Flask, clock: Clock, both: tuple[FlaskClient, FlaskClient]
) -> None:
    _, signer = both
    with app.app_context():
        made = making.draft(acting(OFFICER, clock), clock)
        publish(made, clock)
    call = f"{HOME}{made}"
    assert set(page(signer, call).links) >= {"Zadrži razpis", "Razveljavi razpis"}
    assert "Navedite razloge." in sent(signer, f"{call}/zadrzanje", 422).text
    sent(signer, f"{call}/zadrzanje", reason="Ni proračuna.")
    assert "Ni proračuna." in page(app.test_client(), f"/razpisi/{made}").text
    day = {"deadline_day": "2026-04-03", "deadline_hour": "12:00"}
    assert "Določite novi rok" in sent(signer, f"{call}/nadaljevanje", 422, reason="Je proračun.").text
    sent(signer, f"{call}/nadaljevanje", reason="Je proračun.", **day)
    sent(signer, f"{call}/razveljavitev", reason="Sredstev ni.", act="Sklep 7")
    assert sent(signer, f"{call}/razveljavitev", 409, reason="Še enkrat.").text.count("končno") == 1
    with app.app_context():
        assert making.call(made).state is CallState.CANCELLED


def test_before_the_opening_only_counts_are_shown(
    app: Flask, clock: Clock, both: tuple[FlaskClient, FlaskClient]
) -> None:
    officer, _ = both
    with app.app_context():
        made = making.draft(acting(OFFICER, clock), clock)
        publish(made, clock)
        making.application(made, people.user(clock), 0)
        making.application(made, people.user(clock, "bor@zgled.si", "Bor Zgled"), 1)
    shown = page(officer, f"{HOME}{made}")
    assert shown.rows() == [["prek portala", "2"]]
    assert "Društvo" not in shown.text.replace("društvo", "")
    assert "zgled.si" not in shown.text.replace("gp.mom", "")


def test_questions_are_answered_without_a_name(app: Flask, clock: Clock, both: tuple[FlaskClient, FlaskClient]) -> None:
    officer, _ = both
    with app.app_context():
        made = making.draft(acting(OFFICER, clock), clock)
        publish(made, clock)
        questions.ask(people.actor(clock), made, "Ali štejejo podporni člani?", clock())
        number = db.session.scalars(select(Question.id)).one()
    listed = page(officer, f"{HOME}{made}/vprasanja")
    assert "Ana Zgled" not in listed.text
    assert "od 5 do 2000 znakov" in sent(officer, f"{HOME}{made}/vprasanja/{number}", 422, text="Ne").text
    sent(officer, f"{HOME}{made}/vprasanja/{number}", text="Ne štejejo.")
    public = page(app.test_client(), f"/razpisi/{made}")
    assert "Ne štejejo." in public.text
    assert page(officer, f"{HOME}{made}/vprasanja/77", 404).text.startswith("Te strani ni")


def test_a_copy_and_the_filter_of_the_list(app: Flask, clock: Clock, both: tuple[FlaskClient, FlaskClient]) -> None:
    officer, _ = both
    sent(officer, f"{HOME}nov", rulebook=making.RULES)
    assert "že ima drug razpis" in sent(officer, f"{HOME}1/kopija", 422, reference="ZGLED-41001/2026").text
    sent(officer, f"{HOME}1/kopija", reference="ZGLED-2/2027")
    assert len(page(officer, HOME).rows()) == 2
    assert len(page(officer, f"{HOME}?iskanje=2/2027").rows()) == 1
    assert "Takega razpisa ni." in page(officer, f"{HOME}?stanje=closed").text


def test_a_seat_ends_by_an_act_and_the_quorum_is_set(
    app: Flask, clock: Clock, both: tuple[FlaskClient, FlaskClient]
) -> None:
    officer, signer = both
    with app.app_context():
        made = making.draft(acting(OFFICER, clock), clock)
    path = f"{HOME}{made}/komisija"
    sent(officer, path, quorum="2")
    assert "od 2 do 50" in sent(officer, path, 422, quorum="1").text
    release = next(address for name, address in page(officer, path).links.items() if name.startswith("Končaj"))
    assert "manj" not in page(officer, release).text
    sent(officer, release, act="Sklep o razrešitvi 3")
    assert "nima predsednice" in page(officer, path).text
    assert "Dodaj osebo" not in page(signer, path).text
