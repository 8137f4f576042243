"""Papers of a call: each from the database as it is, everything missing at once, and for the right people alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.calls import CallVersion, Notice
from razpis.models.checking import FormalCheck, ServiceRecord, SupplementItem, SupplementRequest
from razpis.procedure.acts import Kind
from razpis.procedure.checking import Aspect
from razpis.procedure.sittings import SittingKind
from razpis.procedure.states import CallEvent
from razpis.services.decisions import act_facts, completeness, paper_room, papers, papers_application, parties
from razpis.services.decisions.papers import PaperState
from razpis.services.errors import Refused
from razpis.services.examination import minutes
from razpis.services.proposing import proposals
from razpis.services.sitting import sittings
from tests import commission_made, decisions_made
from tests.commission_made import DEADLINE, act_as
from tests.databases import Clock
from tests.services.decisions.paper_making import (
    PURPOSE,
    call_of,
    complete,
    officer,
    states,
    told,
    which,
    worked,
)


def test_every_paper_of_a_call_beingchecked(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        clock.forward(days=20)
        found = states(officer(made, clock), made, clock)
        assert found == [
            (Kind.START, PaperState.READY),
            (Kind.APPOINTMENT, PaperState.READY),
            (Kind.CALL, PaperState.READY),
            *[(Kind.RECEIPT, PaperState.ISSUED)] * 5,
            (Kind.EXCLUSION, PaperState.READY),
            (Kind.MINUTES, PaperState.LATER),
            (Kind.SUPPLEMENT_REQUEST, PaperState.READY),
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
        assert "10.000,00 EUR. Sredstva so zagotovljena na proračunski postavki 404201 (zgled)" in start
        appointed = told(actor, made, Kind.APPOINTMENT, "1", clock)
        assert "Številka: Sklep 2026-2" in appointed
        assert "predsednica ali predsednik: Petra Predsednica" in appointed
        assert (
            "sta navzoči najmanj 2 osebi z glasovalno pravico, med njimi predsednica ali predsednik. Glasovalno pravico imajo 3 osebe"
            in appointed
        )
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
        if name.endswith("nepodpisana"):
            _asked_for_signatures()
        said = told(officer(made, clock), made, Kind.DISMISSAL, name, clock)
        assert sentence in said
        assert "se zavrže" in said
        assert "Osnutek – ni izdano" in said


def _asked_for_signatures() -> None:
    for item in db.session.scalars(select(SupplementItem)):
        item.signature = True
    db.session.commit()


@pytest.mark.parametrize("signature", [False, True])
def test_what_is_issued_is_what_the_preview_showed(app: Flask, clock: Clock, signature: bool) -> None:
    with app.app_context():
        made = decisions_made.deciding(clock, left_out=("late", "ineligible", "incomplete"))
        if signature:
            _asked_for_signatures()
        call = call_of(made)
        room = paper_room.room_of(call, clock())
        people = parties.of_call(made.call, room.today)
        shown = {one.application: one.make() for one in papers_application.dismissed(room, people) if one.make}
        drawn = {
            one.application.id: act_facts.decision(one.facts.content, "7", room.today)
            for one in completeness.examine(call, clock()).drafts
            if one.kind is Kind.DISMISSAL
        }
        assert len(drawn) == 3
        as_issued = {"document_number": "-", "whole_number": "7"}
        assert {key: replace(one, **as_issued) for key, one in shown.items()} == drawn
        last = drawn[made.applications[-1]]
        assert last.programme_title == f"Program {len(made.applications) - 1}"
        assert ("Vloga ni bila podpisana, zato" in last.refusal_reasons[0]) is signature


def test_a_signature_and_more_asked_for_in_vain_is_not_supplemented(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        _asked_for_signatures()
        (request,) = db.session.scalars(select(SupplementRequest))
        request.items.append(SupplementItem(field="members", deficiency="Manjka število članov."))
        db.session.commit()
        found = which(officer(made, clock), made, clock, Kind.DISMISSAL)
        assert found == ["kljuc000-nedopolnjena", "kljuc001-neupravicena", "kljuc002-prepozna"]


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
        assert "Številka: 2026-11 Datum: " in said
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
        assert "Komisija je vloge odprla" not in said
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
        assert "na tej seji je komisija odločala o tem predlogu, navzoči: Marko Prvi, Mojca Druga, Petra" in report
        assert "Potrdilo:" in report
