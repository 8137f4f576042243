"""The commission's pages: marking to an accepted proposal in a browser without scripts."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.journal import Reading
from razpis.models.marking import MemberMark
from razpis.services.marking import mark_locks
from razpis.services.proposing import proposals, runs
from tests import commission_made
from tests import marking_made as made
from tests.databases import Clock
from tests.marking_made import key, person
from tests.people import signed_in
from tests.web.page import Page

MEMBER, PRESIDENT = "clan1@zgled.si", "predsednica@zgled.si"
HOSTILE = "<script>alert('a')</script> \"in\" & 100 % %(x)s {{ 7*7 }}"


def round_of(app: Flask, clock: Clock, count: int = 3, rules: str = commission_made.RULES) -> made.Made:
    """A call in marking whose people can sign in; inside an application context."""
    call = made.scoring(clock, count, rules)
    commission_made.let_in(
        *call.voters, call.deputy, call.secretary, call.officer, call.signatory, *call.applicants[:1]
    )
    return call


def base(call: made.Made) -> str:
    return f"/komisija/{call.call}"


def fields(points: str, reason: str, seen: int = 0, criterion: str = "quality") -> dict[str, str]:
    return {f"points-{criterion}": points, f"reason-{criterion}": reason, f"seen-{criterion}": str(seen)}


def test_a_member_marks_and_locks_without_scripts(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock, 1)
    client = signed_in(app, MEMBER)
    listed = Page(client.get(f"{base(call)}/ocenjevanje/").text)
    assert listed.rows() == [["št. 1", "Društvo 0", "0/2", "čaka"]]
    address = listed.links["Društvo 0"]
    shown = Page(client.get(address).text)
    assert "Kako prepričljivo je program utemeljen." in shown.text
    assert "Od 0 do 30, korak 0,5" in shown.text
    assert "Program 0" in shown.text
    sent = fields("17,5", "Načrt je izvedljiv.") | fields("12", HOSTILE, criterion="reach")
    answer = client.post(address, data=sent | {"to": "next"})
    assert (answer.status_code, answer.location) == (302, f"{base(call)}/ocenjevanje/")
    again = client.get(address).text
    assert "<script>alert" not in again
    assert "&lt;script&gt;alert(&#39;a&#39;)&lt;/script&gt;" in again
    preview = Page(client.get(f"{base(call)}/ocenjevanje/zakleni").text)
    assert "Vloga št. 1, Društvo 0" in preview.text
    assert client.post(f"{base(call)}/ocenjevanje/zakleni", data={"key": key(0)}).status_code == 302
    locked = client.get(address).text
    assert "List je zaklenjen." in locked
    assert "<textarea" not in locked


def test_what_is_wrong_is_told_beside_its_field_and_what_is_right_is_kept(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock)
    client = signed_in(app, MEMBER)
    address = f"{base(call)}/ocenjevanje/{key(1)}"
    answer = client.post(address, data=fields("12", "") | fields("11", "Doseg je lepo opisan.", criterion="reach"))
    assert answer.status_code == 422
    page = Page(answer.text)
    assert "Kakovost programa: Napišite razlog: ocena brez razloga ne velja." in page.links
    assert ("value", "12") in page.attributes
    assert ("value", "11") in page.attributes
    with app.app_context():
        assert [one.criterion for one in db.session.scalars(select(MemberMark))] == ["reach"]


def test_another_window_is_told_and_nothing_overwritten(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock)
    client = signed_in(app, MEMBER)
    address = f"{base(call)}/ocenjevanje/{key(1)}"
    assert client.post(address, data=fields("12", "Iz prvega okna vpisano.")).status_code == 302
    answer = client.post(address, data=fields("13", "Iz drugega okna vpisano."))
    assert answer.status_code == 409
    assert "V drugem oknu ste medtem shranili 12" in answer.text
    assert "Iz drugega okna vpisano." in answer.text


def test_a_script_saves_field_by_field(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock)
    client = signed_in(app, MEMBER)
    address = f"{base(call)}/ocenjevanje/{key(1)}/shrani"
    saved = client.post(address, data=fields("12", "Načrt je izvedljiv.")).json
    assert saved == {"revisions": {"quality": 1}, "faults": {}, "conflicts": []}
    wrong = client.post(address, data=fields("99", "", 1)).json
    assert wrong is not None
    assert set(wrong["faults"]["quality"]) == {"points", "reason"}
    other = client.post(address, data=fields("14", "Iz starega okna vpisano.", 0)).json
    assert other == {"revisions": {"quality": 1}, "faults": {}, "conflicts": ["quality"]}


def across(call: made.Made, criterion: str = "quality") -> str:
    return f"{base(call)}/ocenjevanje/merila/{criterion}/vloge"


def by_application(at: int, points: str, reason: str, seen: int = 0) -> dict[str, str]:
    return fields(points, reason, seen, key(at))


def stand_of(app: Flask) -> list[tuple[str, str, str, int]]:
    with app.app_context():
        marks = db.session.scalars(select(MemberMark).order_by(MemberMark.id))
        return [(one.sheet.application.key, one.criterion, one.points, one.revision) for one in marks]


def test_one_criterion_is_marked_across_all_applications(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock)
        made.conflict(call, call.members[0], 1)
    client = signed_in(app, MEMBER)
    listed = Page(client.get(f"{base(call)}/ocenjevanje/").text)
    shown = client.get(across(call)).text
    assert across(call) in listed.links.values()
    assert "Kako prepričljivo je program utemeljen." in shown
    assert [f'id="points-{key(at)}"' in shown for at in range(3)] == [True, False, True]
    sent = by_application(0, "17,5", "Načrt je izvedljiv.") | by_application(2, "31", "Preveč.")
    answer = client.post(across(call), data=sent)
    assert (answer.status_code, stand_of(app)) == (422, [(key(0), "quality", "17.5", 1)])
    assert 'value="31"' in answer.text
    sent = by_application(0, "18", "Boljši načrt.", 0) | by_application(2, "30", "Odličen doseg programa.")
    answer = client.post(across(call), data=sent)
    assert (answer.status_code, "V drugem oknu ste medtem shranili 17,5" in answer.text) == (409, True)
    sent = by_application(0, "18", "Boljši načrt.", 1) | by_application(2, "30", "Odličen doseg programa.", 1)
    assert client.post(across(call), data=sent).status_code == 302
    assert stand_of(app) == [(key(0), "quality", "18", 2), (key(2), "quality", "30", 1)]
    assert client.post(across(call), data=by_application(1, "5", "Izločena sem.")).status_code == 403


def test_a_script_saves_one_criterion_application_by_application(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock)
        made.locked(clock, call, made.GOOD)
    client = signed_in(app, MEMBER)
    answer = client.post(across(call) + "/shrani", data=by_application(0, "3", "Premislil sem si o tem.", 1))
    assert (answer.status_code, "zaklenjene" in answer.json["refused"]) == (409, True)
    locked = client.get(across(call)).text
    assert ("<textarea" in locked, "List je zaklenjen." in locked) == (False, True)


def test_what_a_script_is_told_of_one_criterion(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock)
    client = signed_in(app, MEMBER)
    answer = client.post(across(call) + "/shrani", data=by_application(2, "12", "Doseg je dober."))
    assert answer.json == {"conflicts": [], "faults": {}, "revisions": {key(2): 1}}


def test_unknown_criteria_and_pages_are_missing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock)
    client = signed_in(app, MEMBER)
    found = [client.get(path).status_code for path in (across(call, "members"), across(call) + "?stran=2")]
    assert found == [404, 404]


def test_attachments_hang_beside_the_criteria_for_whoever_may_read(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock)
        made.conflict(call, call.members[0], 1)
    client = signed_in(app, MEMBER)
    links = Page(client.get(f"{base(call)}/ocenjevanje/{key(0)}").text).links
    assert links["plan-0.pdf"] == f"{base(call)}/preizkus/{key(0)}/priloge/plan0"
    assert client.get(f"{base(call)}/preizkus/{key(1)}/priloge/plan1").status_code == 403


def test_what_was_typed_is_shown_where_the_president_has_locked_meanwhile(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock)
        made.locked(clock, call, made.GOOD)
    client = signed_in(app, MEMBER)
    address = f"{base(call)}/ocenjevanje/{key(0)}"
    answer = client.post(address, data=fields("1", "Dolgo premišljen razlog.", 1))
    assert answer.status_code == 409
    page = Page(answer.text)
    assert "Vpisano ni shranjeno" in page.text
    assert "Dolgo premišljen razlog." in page.text
    assert "Ocena: 26" in page.text
    refused = client.post(f"{address}/shrani", data=fields("1", "Dolgo premišljen razlog.", 1))
    assert (refused.status_code, list(refused.json or {})) == (409, ["refused"])


def test_nobody_sees_anothers_marks_before_all_are_locked(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock, 1)
        made.filled(clock, call, made.GOOD[:1])
        for who in (call.president, call.members[1]):
            mark_locks.lock_own(person(clock, who), call.call, [key(0)], clock())
    client = signed_in(app, MEMBER)
    secrets = ("utemeljitev člana 1", "utemeljitev člana 3")
    for path in ("ocenjevanje/", f"ocenjevanje/{key(0)}", "usklajevanje/", "usklajevanje/razprsenost", "izid/"):
        page = client.get(f"{base(call)}/{path}")
        assert page.status_code == 200, path
        assert not any(words in page.text for words in secrets), path
    hidden = client.get(f"{base(call)}/usklajevanje/{key(0)}")
    assert hidden.status_code == 409
    assert not any(words in hidden.text for words in secrets)
    with app.app_context():
        mark_locks.lock_own(person(clock, call.members[0]), call.call, [key(0)], clock())
    opened = client.get(f"{base(call)}/usklajevanje/{key(0)}").text
    assert all(words in opened for words in secrets)


def test_a_conflict_closes_every_door(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock)
        made.conflict(call, call.members[0], 1, substitute=call.deputy)
        made.undeclare(call, call.members[0], 2)
    client = signed_in(app, MEMBER)
    assert Page(client.get(f"{base(call)}/ocenjevanje/").text).rows() == [["št. 1", "Društvo 0", "0/2", "čaka"]]
    for at in (1, 2):
        for path in (f"ocenjevanje/{key(at)}", f"usklajevanje/{key(at)}"):
            assert client.get(f"{base(call)}/{path}").status_code == 403, path
        for path in (f"ocenjevanje/{key(at)}", f"ocenjevanje/{key(at)}/shrani"):
            sent = client.post(f"{base(call)}/{path}", data=fields("12", "Načrt je izvedljiv."))
            assert sent.status_code in (403, 409), path
        assert client.post(f"{base(call)}/ocenjevanje/zakleni", data={"key": [key(0), key(at)]}).status_code == 403
    with app.app_context():
        assert db.session.scalars(select(MemberMark)).all() == []


PAGES = (
    "ocenjevanje/",
    "ocenjevanje/kljuc000",
    "usklajevanje/",
    "usklajevanje/razprsenost",
    "izid/",
    "izid/seme",
    "predlog/",
)


@pytest.mark.parametrize(
    ("email", "codes"),
    [
        (PRESIDENT, {200}),
        (MEMBER, {200}),
        ("skrbnica@zgled.si", {403}),
        ("podpisnik@zgled.si", {403}),
        ("prijavitelj0@zgled.si", {403}),
    ],
)
def test_who_may_enter(app: Flask, clock: Clock, email: str, codes: set[int]) -> None:
    with app.app_context():
        call = round_of(app, clock)
    client = signed_in(app, email)
    assert {client.get(f"{base(call)}/{path}").status_code for path in PAGES} == codes
    assert app.test_client().get(f"{base(call)}/izid/").status_code == 302
    assert client.get(f"/komisija/{call.call + 1}/izid/").status_code == (404 if codes == {200} else 403)


def test_reading_an_application_is_noted(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock)
    client = signed_in(app, MEMBER)
    client.get(f"{base(call)}/ocenjevanje/{key(0)}")
    with app.app_context():
        found = db.session.scalars(select(Reading).where(Reading.purpose == "application.marking")).all()
        assert [(one.name, one.subject_id) for one in found] == [("Marko Prvi", call.applications[0])]


def test_from_the_seed_to_an_accepted_proposal(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock)
        made.filled(clock, call, made.GOOD)
    president, member, head = (signed_in(app, who) for who in (PRESIDENT, MEMBER, "podpisnik@zgled.si"))
    seed = president.post(f"{base(call)}/izid/seme", data={"seed": made.SEED, "source": "Loterija, 7. 3. 2026"})
    assert seed.status_code == 302
    assert president.post(f"{base(call)}/ocenjevanje/zakleni-krog").status_code == 302
    assert president.post(f"{base(call)}/izid/izracun").status_code == 302
    result = Page(president.get(f"{base(call)}/izid/").text)
    assert [row[:4] for row in result.rows()] == [
        ["1.", "Društvo 0 št. 1", "56", "Odobreno"],
        ["2.", "Društvo 1 št. 2", "43,5", "Odobreno"],
        ["–", "Društvo 2 št. 3", "22", "Pod pragom"],
    ]
    why = Page(president.get(result.links["Društvo 0"]).text)
    assert "Vloga 1, quality: utemeljitev člana 1." in why.text
    prepare = result.links["Pripravi predlog"]
    assert president.post(prepare).status_code == 409
    first = Page(president.get(prepare).text)
    assert ("Najprej seja Seja ne teče." in first.text, "Seje komisije" in first.links) == (True, True)
    with app.app_context():
        made.meeting(clock, call)
    assert "skupaj 6.000,00 EUR" in Page(president.get(prepare).text).text
    proposal = president.post(prepare).location
    for client in (president, member):
        assert client.post(proposal, data={"vote": "for", "dissent": ""}).status_code == 302
    assert president.post(f"{proposal}/predaja").status_code == 302
    waiting = Page(head.get("/predlogi/").text)
    before = waiting.links["Programi pomoči"]
    handed = Page(head.get(before).text)
    assert "Vloga 1, quality: utemeljitev člana 1." in Page(head.get(handed.links["Društvo 0"]).text).text
    assert member.get(handed.links["Društvo 0"]).status_code == 403
    assert head.post(f"{before}/vrnitev", data={"reason": ""}).status_code == 422
    assert member.get(f"{before}/sprejem").status_code == 403
    assert "ni mogoče preklicati" in head.get(f"{before}/sprejem").text
    assert head.post(f"{before}/sprejem").status_code == 302
    assert head.post(f"{before}/sprejem").status_code == 409
    assert "sprejet" in Page(head.get(before).text).text


def test_the_desk_of_what_if(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock)
        made.locked(clock, call, made.GOOD)
        runs.compute(person(clock, call.president), call.call, clock())
    client = signed_in(app, "skrbnica@zgled.si")
    address = f"{base(call)}/simulacije/"
    assert "ne zavezuje nikogar" in client.get(address).text
    wrong = client.post(address, data={"thresholds.0.at_least": "trideset"})
    assert wrong.status_code == 422
    assert ("value", "trideset") in Page(wrong.text).attributes
    made_one = client.post(address, data={"thresholds.0.at_least": "50"}).location
    hidden, named = client.get(made_one).text, client.get(f"{made_one}?imena=da").text
    assert ("Društvo 1" in hidden, "Društvo 1" in named) == (False, True)
    assert signed_in(app, MEMBER).get(address).status_code == 403


def test_agreeing_reopening_and_dissent_on_pages(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = round_of(app, clock, 1)
        made.locked(clock, call, [{"quality": ("25", "26", "24"), "reach": ("5", "22", "21")}])
    client = signed_in(app, PRESIDENT)
    listed = Page(client.get(f"{base(call)}/usklajevanje/").text)
    assert "Programi pomoči, 41001-7/2026" in listed.text
    assert "Seja ne teče Dogovorjene vrednosti in predlog komisija sprejme na seji." in listed.text
    address = listed.links["Vpiši dogovorjeno vrednost"]
    early = client.post(address, data={"points": "15", "reason": "Po razpravi o prilogi 3."})
    assert (early.status_code, "Po razpravi o prilogi 3." in early.text) == (409, True)
    with app.app_context():
        made.meeting(clock, call)
    assert client.post(address, data={"points": "31", "reason": "kratko"}).status_code == 422
    assert client.post(address, data={"points": "15", "reason": "Po razpravi o prilogi 3."}).status_code == 302
    assert "Dogovorjeno: 15" in Page(client.get(f"{base(call)}/usklajevanje/").text).text
    reopen = f"{base(call)}/usklajevanje/{key(0)}/odpri/{call.members[0]}"
    assert client.get(reopen).status_code == 200
    assert client.post(reopen, data={"reason": ""}).status_code == 422
    assert client.post(reopen, data={"reason": "Spregledana priloga 2."}).status_code == 302
    assert client.get(reopen).status_code == 409


def test_a_dissent_typed_as_the_sitting_ends_is_shown_again_and_not_kept(app: Flask, clock: Clock) -> None:
    dissent = "Tretji program si zasluži več točk."
    with app.app_context():
        call = round_of(app, clock)
        made.locked(clock, call, made.GOOD)
        made.meeting(clock, call)
        president = person(clock, call.president)
        proposals.prepare(president, call.call, runs.compute(president, call.call, clock()), clock())
        made.risen(clock, call)
    client, address = signed_in(app, MEMBER), f"{base(call)}/predlog/1"
    before = Page(client.get(address).text).text
    assert ("Zdaj ne morete podpisati 1. seja" in before, "Dajem ločeno mnenje" in before) == (True, False)
    answer = client.post(address, data={"vote": "against", "dissent": dissent})
    assert answer.status_code == 409
    assert [words in answer.text for words in (dissent, "je končana", "Podpisal ga ni še nihče.")] == [True] * 3
