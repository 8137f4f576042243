"""Papers of a call: each from the database as it is, everything missing at once, and for the right people alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call, CallVersion, Notice
from razpis.models.checking import FormalCheck, ServiceRecord
from razpis.models.journal import Reading
from razpis.procedure.acts import Kind
from razpis.procedure.checking import Aspect
from razpis.procedure.roles import Role
from razpis.procedure.sittings import SittingKind
from razpis.procedure.states import ApplicationState, CallEvent, CallState
from razpis.services.actor import Actor
from razpis.services.decisions import papers
from razpis.services.decisions.papers import PaperState
from razpis.services.errors import Forbidden, Missing, Refused
from razpis.services.examination import minutes
from razpis.services.proposing import proposals
from razpis.services.sitting import sittings
from tests import commission_made, decisions_made, marking_made
from tests.commission_made import DEADLINE, Made, act_as
from tests.databases import Clock
from tests.documents.reading import page_text
from tests.queries import counted

PURPOSE = "Razpis podpira programe pomoči."


def call_of(made: Made) -> Call:
    return db.session.get_one(Call, made.call)


def complete(made: Made) -> None:
    """What the rules of the tests leave out: the purpose, the budget line, whom to ask."""
    call = call_of(made)
    call.summary_sl, call.budget_line, call.contact = PURPOSE, "404201 (zgled)", "Sonja Skrbnica\n02 000 00 00"
    db.session.commit()


def worked(clock: Clock) -> Made:
    """A call being checked: asked in vain, not entitled, late, one that a member is excluded from, one withdrawn."""
    made = commission_made.checking(clock, 5, rules=decisions_made.RULES)
    complete(made)
    states = (
        ApplicationState.INCOMPLETE,
        ApplicationState.INELIGIBLE,
        ApplicationState.LATE,
        ApplicationState.COMPLETE,
        ApplicationState.STOPPING,
    )
    for number, state in zip(made.applications, states, strict=True):
        db.session.get_one(Application, number).state = state
    decisions_made.asked_in_vain(made, made.applications[0])
    _checked(made, clock, 0, Aspect.COMPLETE, "Pismo ni bilo podpisano", "9. člen pravilnika")
    _checked(made, clock, 1, Aspect.ENTITLED, "Prijavitelj je podjetje.", "4. člen pravilnika")
    _checked(made, clock, 2, Aspect.TIMELY, "prepozna", "ZUP, 68. člen")
    marking_made.conflict(made, made.members[0], 3, made.deputy)
    return made


def _checked(made: Made, clock: Clock, at: int, aspect: Aspect, ground: str, article: str) -> None:
    values = {"aspect": aspect, "number": 1, "met": False, "ground": ground, "article": article}
    db.session.add(FormalCheck(application_id=made.applications[at], at=clock(), by=made.president, **values))
    db.session.commit()


def told(actor: Actor, made: Made, kind: Kind, which: str, clock: Clock) -> str:
    """The words of a paper, white space as single spaces."""
    _, made_pdf = papers.pdf(actor, made.call, kind, which, clock())
    return " ".join(page_text(made_pdf).replace("\u00a0", " ").split())


def officer(made: Made, clock: Clock) -> Actor:
    return act_as(clock, made.officer)


def states(actor: Actor, made: Made, clock: Clock) -> list[tuple[Kind, PaperState]]:
    return [(one.kind, one.state) for one in papers.listed(actor, made.call, clock())[1]]


def which(actor: Actor, made: Made, clock: Clock, kind: Kind) -> list[str]:
    return [one.which for one in papers.listed(actor, made.call, clock())[1] if one.kind is kind]


def test_every_paper_of_a_call_being_checked(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        clock.forward(days=20)
        found = states(officer(made, clock), made, clock)
        assert found == [
            (Kind.START, PaperState.READY),
            (Kind.APPOINTMENT, PaperState.READY),
            (Kind.CALL, PaperState.READY),
            (Kind.EXCLUSION, PaperState.READY),
            (Kind.MINUTES, PaperState.LATER),
            (Kind.SUPPLEMENT_REQUEST, PaperState.READY),
            (Kind.DISMISSAL, PaperState.READY),
            (Kind.DISMISSAL, PaperState.READY),
            (Kind.DISMISSAL, PaperState.READY),
            (Kind.DISMISSAL, PaperState.READY),
            (Kind.DISCONTINUANCE, PaperState.READY),
            (Kind.SCORE_SHEET, PaperState.LATER),
            (Kind.REPORT, PaperState.LATER),
            (Kind.DECISION, PaperState.LATER),
            (Kind.RESULT_LIST, PaperState.LATER),
        ]


def test_what_the_papers_about_the_call_say(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        actor = officer(made, clock)
        start = told(actor, made, Kind.START, "1", clock)
        assert f"Predmet in namen razpisa: {PURPOSE}" in start
        assert "10.000,00 EUR. Zagotovljena so na proračunski postavki 404201 (zgled)" in start
        appointed = told(actor, made, Kind.APPOINTMENT, "1", clock)
        assert "Številka: Sklep 2026-2" in appointed
        assert "predsednica ali predsednik: Petra Predsednica" in appointed
        assert "najmanj 2 osebi z glasovalno pravico. Glasovalno pravico imajo 3 osebe" in appointed
        text = told(actor, made, Kind.CALL, "1", clock)
        assert "do 2. 3. 2026 ob 12.00. Rok se ne premakne" in text
        assert "dopolni v 8 dneh od vročitve poziva (14. člen pravilnika)" in text
        assert "pritožba županu Občine Zgled v 15 dneh od vročitve" in text
        assert "Sedež je v občini (3. člen). Sicer se vloga zavrne." in text
        assert "Nepodpisan izvod besedila razpisa" in text


def test_what_the_papers_about_applications_say(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        clock.forward(days=20)
        actor = officer(made, clock)
        excluded = told(actor, made, Kind.EXCLUSION, which(actor, made, clock, Kind.EXCLUSION)[0], clock)
        assert "Marko Prvi (članica ali član) se izloči iz obravnave vloge št. 4 prijavitelja Društvo 3" in excluded
        assert "Pri tej vlogi jo nadomešča Nejc Namestnik." in excluded
        request = told(
            actor, made, Kind.SUPPLEMENT_REQUEST, which(actor, made, clock, Kind.SUPPLEMENT_REQUEST)[0], clock
        )
        assert "Pismo podpore (priloga)" in request
        assert "v 8 dneh od vročitve tega poziva" in request
        assert "vročen 5. 3. 2026; rok se izteče 13. 3. 2026 ob 24. uri" in request
        ended = told(actor, made, Kind.DISCONTINUANCE, "kljuc004", clock)
        assert "Postopek po vlogi št. 5 prijavitelja Društvo 4" in ended
        assert "dovoljena pritožba županu Občine Zgled v 15 dneh" in ended


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("kljuc000-nedopolnjena", "Prijavitelj v tem roku dopolnitve ni vložil. Komisija je ugotovila: Pismo ni bilo"),
        ("kljuc000-nepodpisana", "rok se je iztekel 13. 3. 2026, podpisane vloge pa v roku ni bilo"),
        ("kljuc001-neupravicena", "(4. člen pravilnika). Komisija je ugotovila: Prijavitelj je podjetje."),
        ("kljuc002-prepozna", "Rok za oddajo vlog se je iztekel 2. 3. 2026 ob 12.00"),
    ],
)
def test_each_ground_of_dismissal_from_what_was_found(app: Flask, clock: Clock, name: str, sentence: str) -> None:
    with app.app_context():
        made = worked(clock)
        clock.forward(days=20)
        said = told(officer(made, clock), made, Kind.DISMISSAL, name, clock)
        assert sentence in said
        assert "se zavrže" in said
        assert "Osnutek – ni izdano" in said


def test_everything_that_is_missing_is_told_at_once(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = commission_made.checking(clock, 1)
        call, found = papers.listed(officer(made, clock), made.call, clock())
        start = next(one for one in found if one.kind is Kind.START)
        assert start.state is PaperState.LACKING
        problems = [one.sl for one in start.problems]
        for part in (
            "opis predmeta in namena razpisa",
            "proračunska postavka",
            "naziv organa",
            "pravna podlaga (členi)",
        ):
            assert f"manjka {part}" in problems
        with pytest.raises(Refused, match=r"Listine še ni: manjka opis predmeta.*; manjka naziv organa"):
            papers.pdf(officer(made, clock), call.id, Kind.START, "1", clock())


def test_a_sign_without_a_glyph_is_named(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        call_of(made).summary_sl = "Pomoč 🐝 vsem"
        db.session.commit()
        with pytest.raises(Refused, match=r"znaka »🐝« \(U\+1F41D\) ni v pisavi dokumentov"):
            papers.pdf(officer(made, clock), made.call, Kind.START, "1", clock())


def test_dismissals_and_requests_wait_for_service_and_reasons(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        for record in db.session.scalars(select(ServiceRecord)).all():
            db.session.delete(record)
        check = db.session.scalars(select(FormalCheck).where(FormalCheck.aspect == Aspect.COMPLETE)).one()
        check.ground, check.article = "", ""
        db.session.commit()
        found = [
            one for one in papers.listed(officer(made, clock), made.call, clock())[1] if one.kind is Kind.DISMISSAL
        ]
        assert [one.sl for one in found[0].problems] == [
            "manjka razlog za zavrženje",
            "manjka člen za zavrženje",
            "manjka vročitev poziva",
            "manjka konec roka za dopolnitev",
        ]


def test_amendments_and_the_cancellation(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        call = call_of(made)
        base: dict[str, Any] = {"parameters": call.parameters, "budget_cents": 1_000_000, "deadline": None}
        call.versions[0].frozen = base
        later = DEADLINE + timedelta(days=7)
        after = {**base, "deadline": later.isoformat(), "budget_cents": 900_000, "act": "2026-11 z dne 1. 3. 2026"}
        after["parameters"] = {
            **call.parameters,
            "supplement_days": {"value": 10, "unit": "days", "article": "9. člen"},
        }
        version = {"number": 2, "rulebook": call.rulebook + "\n# novo\n", "frozen": after, "sha256": "b" * 64}
        call.versions.append(
            CallVersion(reason="Prazniki.", published_at=DEADLINE, published_by=made.officer, **version)
        )
        notice = {"event": CallEvent.CANCEL, "reason": "Sredstva so bila prerazporejena.", "act": "2026-12"}
        call.notices.append(Notice(at=clock(), by=made.signatory, **notice))
        db.session.commit()
        said = told(officer(made, clock), made, Kind.AMENDMENT, "2", clock)
        assert "Številka: 2026-11 z dne 1. 3. 2026" in said
        assert (
            "Spremeni se: razpisana sredstva, rok za oddajo vlog, rok za dopolnitev vloge, pravila in obrazec." in said
        )
        assert "Razlogi za spremembo: Prazniki." in said
        ended = told(officer(made, clock), made, Kind.CANCELLATION, "1", clock)
        assert "Sredstva so bila prerazporejena." in ended
        assert "Prispele vloge (5) se ne obravnavajo." in ended


def test_minutes_say_what_was_drafted_and_who_has_signed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        president = act_as(clock, made.president)
        sittings.end(president, made.call, clock.forward(minutes=30))
        sitting = sittings.of_call(president, made.call)[-1]
        drafted = minutes.draft(president, sitting.id, "Brez posebnosti.", clock())
        said = told(officer(made, clock), made, Kind.MINUTES, "1", clock)
        assert "Osnutek – niso podpisali še vsi" in said
        assert said.count("še ni podpisano") == 3
        assert "Brez posebnosti." in said
        assert "Komisija je po vrsti prispetja" not in said
        assert drafted.sha256 in said
        for person in made.voters:
            minutes.sign(act_as(clock, person), drafted.id, drafted.sha256, clock())
        assert "niso podpisali" not in told(officer(made, clock), made, Kind.MINUTES, "1", clock)
        assert SittingKind.CHECKING is sitting.kind


def test_score_sheets_and_the_report_of_a_proposal(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = decisions_made.deciding(clock)
        complete(made)
        president = act_as(clock, made.president)
        sheet = told(president, made, Kind.SCORE_SHEET, "kljuc000", clock)
        assert "OCENJEVALNI LIST vloge št. 1" in sheet
        assert "Ocene posameznih oseb" in sheet
        assert "podpisano v programu" in sheet
        number = str(proposals.listed(president, made.call)[0].number)
        report = told(president, made, Kind.REPORT, number, clock)
        assert "POROČILO KOMISIJE" in report
        assert "Ločenih mnenj ni." in report
        assert "Potrdilo:" in report


def test_members_read_nothing_of_what_they_are_excluded_from(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        clock.forward(days=20)
        excluded, other = act_as(clock, made.members[0]), act_as(clock, made.members[1])
        marking_made.conflict(made, made.members[0], 0)
        assert which(other, made, clock, Kind.DISMISSAL) == [
            "kljuc000-nedopolnjena",
            "kljuc000-nepodpisana",
            "kljuc001-neupravicena",
            "kljuc002-prepozna",
        ]
        assert which(excluded, made, clock, Kind.DISMISSAL) == ["kljuc001-neupravicena", "kljuc002-prepozna"]
        assert which(excluded, made, clock, Kind.SUPPLEMENT_REQUEST) == []
        for kind, name in ((Kind.DISMISSAL, "kljuc000-nedopolnjena"), (Kind.SUPPLEMENT_REQUEST, "1")):
            with pytest.raises(Missing):
                papers.pdf(excluded, made.call, kind, name, clock())
        assert len(which(excluded, made, clock, Kind.EXCLUSION)) == 2  # their own
        assert which(other, made, clock, Kind.EXCLUSION) == []


def test_who_comes_in_and_whose_readings_are_noted(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        stranger = commission_made.user("tuja@zgled.si", "Tuja", Role.MEMBER)
        auditor = commission_made.user("rev@zgled.si", "Rok", Role.AUDITOR)
        db.session.commit()
        for person, wrong in ((made.applicants[0], Forbidden), (made.registry, Forbidden), (stranger.id, Missing)):
            with pytest.raises(wrong):
                papers.listed(act_as(clock, person), made.call, clock())
        for kind, name in ((Kind.START, "2"), (Kind.DECISION, "1"), (Kind.MINUTES, "")):
            with pytest.raises(Missing):
                papers.pdf(officer(made, clock), made.call, kind, name, clock())
        assert papers.pdf(act_as(clock, auditor.id), made.call, Kind.START, "1", clock())[1].startswith(b"%PDF")
        assert db.session.scalars(select(Reading)).all() == []
        clock.forward(days=20)
        papers.pdf(officer(made, clock), made.call, Kind.DISMISSAL, "kljuc002-prepozna", clock())
        noted = db.session.scalars(select(Reading)).all()
        assert [(one.purpose, one.subject_id) for one in noted] == [("application.paper", made.applications[2])]


def test_before_the_opening_nothing_of_applications_is_told(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = commission_made.made(clock, 2, CallState.CLOSED, rules=decisions_made.RULES)
        complete(made)
        db.session.get_one(Application, made.applications[0]).state = ApplicationState.LATE
        db.session.commit()
        found = papers.listed(officer(made, clock), made.call, clock())[1]
        told = [one.kind for one in found if one.state is not PaperState.LATER]
        assert told == [Kind.START, Kind.APPOINTMENT, Kind.CALL]
        assert "Društvo" not in " ".join(one.about for one in found)


def test_an_applicant_reads_the_request_to_its_own_application(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        name, own = papers.own_request(act_as(clock, made.applicants[0]), "kljuc000", 1, clock())
        request = which(officer(made, clock), made, clock, Kind.SUPPLEMENT_REQUEST)[0]
        assert name == f"supplement_request-41001-7-2026-{request}.pdf"
        assert "Izvod za vpogled" in page_text(own)
        for person, key, number in ((1, "kljuc000", 1), (0, "kljuc000", 2), (1, "kljuc001", 1)):
            with pytest.raises(Missing):
                papers.own_request(act_as(clock, made.applicants[person]), key, number, clock())


def test_the_list_asks_the_database_as_often_for_many_as_for_few(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        actor = officer(made, clock)
        db.session.expire_all()
        with counted() as few:
            papers.listed(actor, made.call, clock())
        for at in range(5, 25):
            one = commission_made.application(call_of(made), at, ApplicationState.INELIGIBLE)
            made.applications.append(one.id)
            _checked(made, clock, at, Aspect.ENTITLED, "Prijavitelj je podjetje.", "4. člen")
        db.session.expire_all()
        with counted() as many:
            papers.listed(actor, made.call, clock())
        assert len(many) == len(few)
