"""Calls whose papers can be read, and their papers as text."""

from __future__ import annotations

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.checking import FormalCheck
from razpis.procedure.acts import Kind
from razpis.procedure.checking import Aspect
from razpis.procedure.states import ApplicationState
from razpis.services.actor import Actor
from razpis.services.decisions import papers
from razpis.services.decisions.papers import PaperState
from tests import commission_made, decisions_made, marking_made
from tests.commission_made import Made, act_as
from tests.databases import Clock
from tests.documents.reading import page_text

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
    decisions_made.withdrawn(clock, made, 4)
    checked(made, clock, 0, Aspect.COMPLETE, "Pismo ni bilo podpisano", "9. člen pravilnika")
    checked(made, clock, 1, Aspect.ENTITLED, "Prijavitelj je podjetje.", "4. člen pravilnika")
    checked(made, clock, 2, Aspect.TIMELY, "prepozna", "ZUP, 68. člen")
    marking_made.conflict(made, made.members[0], 3, made.deputy)
    return made


def checked(made: Made, clock: Clock, at: int, aspect: Aspect, ground: str, article: str) -> None:
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
