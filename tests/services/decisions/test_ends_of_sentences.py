"""What people write as whole sentences is joined to the program's own without a second full stop or a hole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.assets import ASSETS
from razpis.models.base import db
from razpis.models.checking import FormalCheck, SupplementItem
from razpis.models.sittings import Declaration, Recusal
from razpis.procedure.acts import Kind
from razpis.services import files
from razpis.services.decisions import papers
from razpis.services.decisions.papers import PaperState
from razpis.services.examination import minutes
from razpis.services.rules import deciding, evaluating
from razpis.services.rules.evaluating import Inputs
from razpis.services.sitting import sittings
from tests import decisions_made
from tests.commission_made import Made, act_as
from tests.databases import Clock
from tests.documents.reading import page_text
from tests.services.decisions.paper_making import complete, officer, worked

EXAMPLE = ASSETS / "scoring_rules" / "maribor-humanitarni-2026"
FAULT = re.compile(r"(?<!\.)\.\.(?!\.)|(?<!\.[a-z])\.\)\.|\S \.(?!\S)|[?!]\.(?!\S)|\.;|\S  +\S")
"""Two full stops, one more inside brackets, one after a blank or another mark, two blanks."""


def faults(pdf: bytes) -> list[str]:
    """Each fault with the words around it; what stands over two lines is read as one."""
    lines = page_text(pdf).replace("\u00a0", " ").splitlines()
    whole = " ".join(line.strip() for line in lines if line.strip())
    return [whole[max(0, found.start() - 40) : found.end() + 20] for found in FAULT.finditer(whole)]


def in_papers(made: Made, clock: Clock) -> tuple[set[Kind], dict[str, list[str]]]:
    """The kinds of papers that are there, and the faults of each paper that has any."""
    actor, found, kinds = officer(made, clock), dict[str, list[str]](), set()
    for one in papers.listed(actor, made.call, clock())[1]:
        if one.state is PaperState.READY:
            kinds.add(one.kind)
            wrong = faults(papers.pdf(actor, made.call, one.kind, one.which, clock())[1])
            found |= {f"{one.kind}-{one.which}": wrong} if wrong else {}
    return kinds, found


def in_whole_sentences() -> None:
    """Whoever wrote something ended it with a full stop."""
    for check in db.session.scalars(select(FormalCheck)):
        check.ground, check.article = "Ugotovljeno je bilo v registru.", f"{check.article.rstrip('.')}."
    for item in db.session.scalars(select(SupplementItem)):
        item.deficiency = "Pismo ni podpisano; vložite podpisano."
    for said in db.session.scalars(select(Declaration)):
        said.explanation = "Predsednik društva je moj brat." if said.explanation else ""
    for recusal in db.session.scalars(select(Recusal)):
        recusal.reason = "Sorodstvo je ugotovljeno."
    db.session.commit()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Ni izpolnjen (podpisala je tajnica.).", True),
        ("Vloga je prepozna..", True),
        ("Vloga je prepozna .", True),
        ("Zakaj?.", True),
        ("V registru.; 4. člen", True),
        ("Dva  presledka", True),
        ("In tako naprej... (Zavod d.o.o.). Konec.", False),
    ],
)
def test_the_faults_would_be_found(text: str, wrong: bool) -> None:
    assert bool(FAULT.search(text)) is wrong


def test_papers_of_a_call_being_checked(app: Flask, clock: Clock) -> None:
    with app.app_context():
        made = worked(clock)
        in_whole_sentences()
        president = act_as(clock, made.president)
        sittings.end(president, made.call, clock.forward(minutes=30))
        sitting = sittings.of_call(president, made.call)[-1]
        minutes.draft(president, sitting.id, "Pripomb ni bilo.\nSeja je bila kratka.", clock())
        clock.forward(days=20)
        kinds, wrong = in_papers(made, clock)
        assert kinds == {
            *(Kind.START, Kind.APPOINTMENT, Kind.CALL, Kind.EXCLUSION, Kind.MINUTES, Kind.SUPPLEMENT_REQUEST),
            *(Kind.DISMISSAL, Kind.DISCONTINUANCE),
        }
        assert wrong == {}


def test_score_sheets_reports_and_what_is_issued(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = decisions_made.store(tmp_path)
    with app.app_context():
        made = decisions_made.deciding(clock, left_out=("late", "ineligible", "incomplete"))
        complete(made)
        in_whole_sentences()
        kinds, wrong = in_papers(made, clock)
        assert {Kind.SCORE_SHEET, Kind.REPORT} <= kinds
        assert wrong == {}
        decisions_made.issued(clock, made, store)
        acts = decisions_made.acts(made)
        assert len(acts) == 6
        found = {act.number: faults(files.content(store, act.sha256 or "")) for act in acts}
        assert {number: wrong for number, wrong in found.items() if wrong} == {}


def test_decisions_of_the_example_with_findings_in_whole_sentences() -> None:
    given = {name: EXAMPLE / f"{name}.csv" for name in ("applications", "marks", "findings", "draws")}
    evaluated = evaluating.run(Inputs(EXAMPLE.with_suffix(".yaml"), **given))
    decisions = dict(deciding.decisions(evaluated.evaluation))
    told = " ".join(page_text(decisions["V-16"]).split())
    assert "osmih dneh ni poslalo izjave s podpisom zastopnika." in told
    found = {key: faults(pdf) for key, pdf in decisions.items()}
    assert {key: wrong for key, wrong in found.items() if wrong} == {}
