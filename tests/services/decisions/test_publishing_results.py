"""Results are published whole, once, from what was decided: who is named, what adds up, what changed since."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act, Publication
from razpis.models.evaluations import EvaluationRun
from razpis.models.journal import Event
from razpis.models.remedies import RemedyRecord
from razpis.procedure.acts import ActState, Kind
from razpis.procedure.finality import Outcome, Remedied
from razpis.procedure.states import CallState
from razpis.services import files
from razpis.services.decisions import publishing_results, result_content, result_files, verifying
from razpis.services.errors import Forbidden, Invalid, Missing, Refused, Stale
from tests import commission_made, results_made
from tests.commission_made import Made
from tests.databases import Clock
from tests.marking_made import person
from tests.published import store
from tests.results_made import ADDRESS, Issued

REASON = "Odločitev o vlogi št. 2 je bila po pritožbi odpravljena."


def published(app: Flask, clock: Clock, call: Made, reason: str = "") -> Publication:
    officer = person(clock, call.officer)
    seen = publishing_results.desk(officer, call.call).sha256
    number = publishing_results.publish(officer, call.call, seen, reason, clock(), store(app), ADDRESS)
    return next(one for one in publishing_results.versions(call.call) if one.number == number)


def test_recipients_are_named_and_the_others_have_numbers(issued: Issued) -> None:
    app, call, clock = issued
    with app.app_context():
        results_made.dismissed(call)
        made = published(app, clock, call).content
        keys = ("number", "place", "recipient", "programme", "points", "requested", "award", "outcome", "decision")
        assert [tuple(line[key] for key in keys) for line in made["lines"]] == [
            (1, 1, "Društvo 0", "Program 0", "56", "3000.00", "3000.00", "granted", "41001-7/2026-10"),
            (2, 2, "Društvo 1", "Program 1", "43.5", "3000.00", "3000.00", "granted", "41001-7/2026-11"),
            (3, None, "", "", "22", "3000.00", "0.00", "below_threshold", "41001-7/2026-12"),
            (8, None, "", "", None, None, "0.00", "dismissed", ""),
        ]
        assert made["lines"][0]["limit"] == {
            "sl": "zaprošeni ali upravičeni znesek",
            "en": "the amount requested or due",
        }
        assert (made["budget"], made["awarded"], made["final"]) == ("10000.00", "6000.00", False)
        assert made["counts"] == {"granted": 2, "below_threshold": 1, "dismissed": 1}
        assert made["method"]["sl"][0].startswith("Sredstva se dodelijo po prednostnem vrstnem redu")
        run = db.session.query(EvaluationRun).one()
        assert made["evaluation_sha256"] == run.sha256
        assert run.awarded_cents == sum(int(Fraction(line["award"]) * 100) for line in made["lines"])
        told = json.dumps(made, ensure_ascii=False)
        assert [name for name in ("Društvo 2", "Program 2", "Društvo 7", "Zastopnica", "Petra") if name in told] == []


def test_all_are_named_where_the_rules_of_the_call_say_so(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = results_made.issued(clock, results_made.RULES_NAMING_ALL)
        results_made.dismissed(call)
        made = published(app, clock, call).content
        assert [line["recipient"] for line in made["lines"]] == ["Društvo 0", "Društvo 1", "Društvo 2", "Društvo 7"]


SHARED = commission_made.RULES.replace("budget: 10000", "budget: 1990").replace(
    "  fill: rank\n  edge: part\n", "  fill: proportional\n  value_of_point: {round: 2}\n"
)


def test_amounts_follow_from_what_is_published_of_the_value_of_a_point(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = published(app, clock, results_made.issued(clock, SHARED))
        (lot,) = made.content["lots"]
        told = [sentence.replace("\u00a0", " ") for sentence in lot["numbers"]["sl"]]
        assert (lot["value_of_point"], told) == (
            "20",
            ["Izračun vrednosti točke: 1.990,00 EUR / 99,5 točke = 20,00 EUR.", "Vrednost točke: 20,00 EUR."],
        )
        value = Fraction(lot["value_of_point"])
        funded = [line for line in made.content["lines"] if line["outcome"] == "part"]
        assert [Fraction(line["points"]) * value for line in funded] == [Fraction(line["award"]) for line in funded]
        assert [line["award"] for line in funded] == ["1120.00", "870.00"]
        rows = list(csv.DictReader(io.StringIO(result_files.table(made).decode("utf-8-sig"))))
        assert {row["value_of_point"] for row in rows} == {"20"}
        assert made.act is not None and made.act.sha256 is not None
        reader = PdfReader(io.BytesIO(files.content(store(app), made.act.sha256)))
        said = " ".join(" ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ").split())
        assert "Izračun vrednosti točke: 1.990,00 EUR / 99,5 točke = 20,00 EUR." in said


def test_nothing_is_published_before_every_decision_is_issued(issued: Issued) -> None:
    app, call, clock = issued
    with app.app_context():
        officer = person(clock, call.officer)
        last = db.session.query(Act).filter_by(application_id=call.applications[2]).one()
        last.state = ActState.RENDERED
        db.session.commit()
        found = publishing_results.desk(officer, call.call)
        assert [gap.sl for gap in found.gaps] == [
            "Odločitve še niso izdane za vloge št. 3. Najprej izdajte vse odločitve."
        ]
        assert (found.content, found.news) == (None, False)
        with pytest.raises(Refused, match=r"št\. 3"):
            publishing_results.publish(officer, call.call, "", "", clock(), store(app), ADDRESS)
        db.session.rollback()
        assert db.session.query(Publication).count() == 0


def test_a_decision_that_grants_another_amount_stops_it(issued: Issued) -> None:
    app, call, clock = issued
    with app.app_context():
        one = db.session.query(Act).filter_by(application_id=call.applications[0]).one()
        one.facts = {"decision": {"awarded": 300000}}
        db.session.commit()
        officer = person(clock, call.officer)
        assert publishing_results.desk(officer, call.call).gaps == []
        one.facts = {"decision": {"awarded": 300001}}
        db.session.commit()
        (gap,) = publishing_results.desk(officer, call.call).gaps
        assert gap.sl.startswith("Izdane odločitve o vlogah št. 1 določajo drug znesek")


def test_sums_that_differ_from_the_evaluation_stop_it(issued: Issued) -> None:
    app, call, clock = issued
    with app.app_context():
        db.session.query(EvaluationRun).one().awarded_cents += 1
        db.session.commit()
        (gap,) = publishing_results.desk(person(clock, call.officer), call.call).gaps
        assert gap.sl.startswith("Vsote se ne ujemajo z izračunom")


def test_only_an_officer_publishes_and_only_what_they_saw(issued: Issued) -> None:
    app, call, clock = issued
    with app.app_context():
        for who in (call.signatory, call.president, call.applicants[0]):
            with pytest.raises(Forbidden):
                publishing_results.publish(person(clock, who), call.call, "", "", clock(), store(app), ADDRESS)
        with pytest.raises(Forbidden):
            publishing_results.desk(person(clock, call.applicants[0]), call.call)
        officer = person(clock, call.officer)
        with pytest.raises(Missing):
            publishing_results.desk(officer, 4711)
        with pytest.raises(Missing):
            publishing_results.publish(officer, 4711, "", "", clock(), store(app), ADDRESS)
        with pytest.raises(Stale):
            publishing_results.publish(officer, call.call, "0" * 64, "", clock(), store(app), ADDRESS)
        db.session.rollback()
        made = published(app, clock, call)
        assert (made.number, made.reason, made.published_by) == (1, "", call.officer)
        with pytest.raises(Refused, match="že objavljeno kot različica 1"):
            publishing_results.publish(officer, call.call, made.sha256, "", clock(), store(app), ADDRESS)
        db.session.rollback()
        event = db.session.query(Event).filter_by(action="results.publish").one()
        assert (event.subject, event.subject_id, event.after["sha256"]) == ("call", call.call, made.sha256)


def test_a_change_is_a_new_version_with_its_reason_and_the_old_one_stays(issued: Issued) -> None:
    app, call, clock = issued
    with app.app_context():
        first = published(app, clock, call)
        before, sha256 = first.content, first.sha256
        annulled = db.session.query(Act).filter_by(application_id=call.applications[1]).one()
        annulled.state = ActState.ANNULLED
        db.session.commit()
        clock.forward(days=3)
        officer = person(clock, call.officer)
        seen = publishing_results.desk(officer, call.call).sha256
        with pytest.raises(Invalid):
            publishing_results.publish(officer, call.call, seen, "kratko", clock(), store(app), ADDRESS)
        db.session.rollback()
        second = published(app, clock, call, REASON)
        assert (second.number, second.reason, second.content["awarded"]) == (2, REASON, "3000.00")
        line = second.content["lines"][1]
        assert (line["outcome"], line["recipient"], line["award"], line["evaluated"]) == (
            "annulled",
            "",
            "0.00",
            "3000.00",
        )
        kept = publishing_results.versions(call.call)[1]
        assert (kept.content, kept.sha256, kept.number) == (before, sha256, 1)
        old, new = (db.session.get_one(Act, one.act_id) for one in (kept, second))
        assert (old.state, old.replaced_by, old.ended_because) == (ActState.REPLACED, new.id, REASON)
        assert (new.state, new.kind) == (ActState.ISSUED, Kind.RESULT_LIST)
        shown = verifying.document(old.key)
        assert shown.replaced_by is not None
        assert (shown.state, shown.replaced_by.number) == (ActState.REPLACED, new.number)


def test_final_once_every_remedy_is_exhausted(issued: Issued) -> None:
    app, call, clock = issued
    with app.app_context():
        assert published(app, clock, call).final is False
        for act in db.session.scalars(select(Act).where(Act.call_id == call.call, Act.application_id.is_not(None))):
            told = {"lodged_on": None, "ended_on": None, "reference": "", "note": "", "recorded_at": clock()}
            about = {"act_id": act.id, "number": 1, "kind": Remedied.NONE, "outcome": Outcome.NONE}
            db.session.add(RemedyRecord(**about, **told, recorded_by=call.officer))
        for state, final in ((CallState.REMEDIES, False), (CallState.CONTRACTS, True)):
            db.session.get_one(Call, call.call).state = state
            db.session.commit()
            assert publishing_results.desk(person(clock, call.officer), call.call).news is final
        made = published(app, clock, call, "Odločitve so postale dokončne.")
        assert (made.final, made.content["final"]) == (True, True)


def test_the_files_say_what_was_published(issued: Issued) -> None:
    app, call, clock = issued
    with app.app_context():
        results_made.dismissed(call)
        made = published(app, clock, call)
        rows = list(csv.DictReader(io.StringIO(result_files.table(made).decode("utf-8-sig"))))
        assert [(row["application"], row["recipient"], row["points"], row["award"]) for row in rows] == [
            ("1", "Društvo 0", "56", "3000.00"),
            ("2", "Društvo 1", "43.5", "3000.00"),
            ("3", "", "22", "0.00"),
            ("8", "", "", "0.00"),
        ]
        assert {(row["call"], row["budget"], row["final"]) for row in rows} == {("41001-7/2026", "10000.00", "ne")}
        assert made.act is not None and made.act.sha256 is not None
        pdf = files.content(store(app), made.act.sha256)
        assert verifying.compared(made.act.key, pdf) is verifying.Match.SAME
        reader = PdfReader(io.BytesIO(pdf))
        assert reader.attachments["rezultati.json"] == [result_files.data(made)]
        assert reader.attachments["rezultati.csv"] == [result_files.table(made)]
        said = " ".join(" ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ").split())
        for words in ("Ni dokončno", "Društvo 0", "6.000,00 EUR", "Vloga št. 3", "pod pragom", made.act.number or "?"):
            assert words in said
        assert "Društvo 2" not in said


def test_outcomes_all_have_words() -> None:
    assert {"granted", "part", "dismissed", "annulled", "discontinued"} <= result_content.OUTCOME_WORDS.keys()
