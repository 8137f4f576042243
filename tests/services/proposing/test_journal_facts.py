"""The facts of the report told again from the journal alone; where they differ, no proposal is handed over."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.evaluations import EvaluationRun, Proposal
from razpis.procedure.states import ApplicationState
from razpis.services.errors import Refused
from razpis.services.marking import mark_locks
from razpis.services.proposing import journal_facts, proposals, runs, whatif
from tests import marking_made as made
from tests.databases import Clock
from tests.marking_made import key, person
from tests.services.proposing.test_proposals import TIED


def prepared(clock: Clock, call: made.Made) -> int:
    president = person(clock, call.president)
    made.meeting(clock, call)
    return proposals.prepare(president, call.call, runs.compute(president, call.call, clock()), clock())


def test_the_report_is_told_again_from_the_journal_alone(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, 4)
        made.conflict(call, call.members[1], 3)
        late = made.commission_made.application(made.call(call), 4, ApplicationState.LATE)
        president = person(clock, call.president)
        made.filled(clock, call, made.GOOD)
        made.filled_by(clock, call, [call.president, call.members[0]], [made.GOOD[1]], first=3)
        made.seeded(clock, call)
        mark_locks.lock_round(president, call.call, clock())
        mark_locks.reopen(president, call.call, key(2), call.president, "Pomota pri prepisu ocene.", clock())
        mark_locks.lock_own(president, call.call, [key(2)], clock())
        number = prepared(clock, call)
        told = journal_facts.of_journal(call.call, number)
        stored = proposals.read(president, call.call, number)
        assert told == journal_facts.of_report(stored.report) | {"proposal": stored.sha256}
        assert (told["opened"], told["left_out"]) == ([1, 2, 3, 4], [[late.number, "late"]])
        assert told["exclusions"] == [[4, call.members[1], "relative"]]
        assert told["marks"] == [[call.president, 8], [call.members[0], 8], [call.members[1], 6]]
        assert told["reopened"] == [[3, "Pomota pri prepisu ocene."]]
        assert [row[1] for row in told["commission"]] == ["president", "member", "member", "deputy", "secretary"]
        assert proposals.unlike_journal(president, call.call, number) == []


def test_every_table_of_the_report_is_told_a_second_time(app: Flask, clock: Clock) -> None:
    """What the report has besides: who a person or an application is called, said once, and the inputs' hashes."""
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        number = prepared(clock, call)
        report = proposals.read(person(clock, call.president), call.call, number).report
        assert set(report) == set(journal_facts.of_report(report))
        assert set(journal_facts.FACTS) == {*report, "proposal"}
        told = journal_facts.of_journal(call.call, number)
        assert [one[:6] for one in told["lines"]] == [
            [key(0), "", 1, "56", "granted", 300_000],
            [key(1), "", 2, "43.5", "granted", 300_000],
            [key(2), "", None, "22", "below_threshold", 0],
        ]
        assert told["lines"][0][6] == {"members": "10", "quality": "25", "reach": "21"}
        assert (told["lots"], told["reserve"]) == ([["", 1_000_000, 600_000, 400_000]], [])
        assert (told["certificate"], told["adopted"]) == (
            [True, True],
            [1, ["Marko Prvi", "Mojca Druga", "Petra Predsednica"]],
        )


def test_a_run_whose_document_was_altered_tells_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        number = prepared(clock, call)
        run = db.session.scalars(select(EvaluationRun)).one()
        run.document = run.document.replace("3000.00", "3500.00")
        db.session.commit()
        found = [one.sl for one in proposals.unlike_journal(person(clock, call.president), call.call, number)]
        assert found == ["točke, mesta in zneski", "sredstva po sklopih", "rezervni seznam", "potrdilo o izidu"]


def test_draws_and_simulations_are_told_again_too(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, TIED)
        runs.compute(person(clock, call.president), call.call, clock())
        runs.draw(person(clock, call.president), call.call, "1", clock())
        number = prepared(clock, call)
        assert [row[0] for row in journal_facts.of_journal(call.call, number)["draws"]] == ["1"]
        whatif.simulate(person(clock, call.president), call.call, {"budget": "5000"}, clock())
        assert proposals.unlike_journal(person(clock, call.president), call.call, number) == []
        again = prepared(clock, call)
        assert journal_facts.of_journal(call.call, again)["simulations"] == [
            [one["number"], one["changes"]]
            for one in proposals.read(person(clock, call.president), call.call, again).report["simulations"]
        ]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda report: report["marks"][0].update(given=5), "število ocen"),
        (lambda report: report["commission"].pop(), "sestava komisije"),
        (lambda report: report["run"].update(sha256="0" * 64), "izračun izida"),
        (lambda report: report["opened"].pop(), "odprte vloge"),
        (lambda report: report.update(agreed=3), "dogovorjene vrednosti"),
        (lambda report: report["lines"][0].update(cents=1), "odtis predloga"),
        (lambda report: report["lines"][0].update(cents=1), "točke, mesta in zneski"),
        (lambda report: report["lines"][0]["criteria"].update(quality="30"), "točke, mesta in zneski"),
        (lambda report: report["lots"][0].update(left=1), "sredstva po sklopih"),
        (lambda report: report["reserve"].append("kljuc002"), "rezervni seznam"),
        (lambda report: report["certificate"]["sl"].append("  ✗ vsota"), "potrdilo o izidu"),
        (lambda report: report["adopted"]["present"].pop(), "seja, na kateri je predlog sprejet"),
        (lambda report: report["sittings"].pop(), "seje in navzoči"),
    ],
)
def test_a_report_that_differs_from_the_journal_is_not_handed_over(
    app: Flask, clock: Clock, change: Callable[[dict[str, Any]], Any], named: str
) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        number = prepared(clock, call)
        for who in call.voters:
            proposals.sign(person(clock, who), call.call, number, "", clock())
        row = db.session.scalars(select(Proposal)).one()
        report = copy.deepcopy(row.report)
        change(report)
        row.report = report
        db.session.commit()
        with pytest.raises(Refused, match=named):
            proposals.submit(person(clock, call.president), call.call, number, clock())
        assert made.call(call).state.value == "agreeing"
        found = [one.sl for one in proposals.unlike_journal(person(clock, call.president), call.call, number)]
        assert named in found
