"""The first page after signing in: what you should do now, by when, in order."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from razpis.procedure.roles import OFFICIAL
from razpis.services import todo, waiting
from razpis.services.todo import Task
from razpis.web import access

home = Blueprint("home", __name__)
access.door(home)

PAGES: dict[str, tuple[str, str | None]] = {
    "organisation": ("organisations.start", None),
    "offers": ("organisations.mine", None),
    "application": ("applications.tasks", "key"),
    "supplement": ("applications.supplement", "key"),
    "open_call": ("public.call", "call"),
    "public_call": ("public.call", "call"),
    "call": ("calls.show", "call"),
    "questions": ("calls.questions", "call"),
    "claims": ("applicants.waiting", None),
    "transcripts": ("transcripts.listed", "call"),
    "envelopes": ("registry.envelopes_of_call", "call"),
    "declarations": ("commission.sheet", "call"),
    "sittings": ("sittings.listed", "call"),
    "checking": ("checking.listed", "call"),
    "marking": ("marking.listed", "call"),
    "agreeing": ("agreeing.listed", "call"),
    "seed": ("runs.seed", "call"),
    "proposing": ("proposing.listed", "call"),
    "exclusions": ("exclusions.index", None),
    "proposals": ("proposals.waiting", None),
    "releases": ("releases.outbox", "call"),
    "deliveries": ("deliveries.listed", "call"),
    "remedies": ("remedies.listed", "call"),
    "renewals": ("renewals.listed", "call"),
    "corrections": ("corrections.listed", "call"),
    "stops": ("stops.listed", "call"),
    "publications": ("publications.desk", "call"),
    "decision": ("decisions.own", "key"),
    "serving": ("serving.listed", None),
    "people": ("accounts.listed", None),
    "journal": ("journal.events", None),
    "calls": ("calls.index", None),
}
"""Of each kind of task, the page where it is done, and what its key is called there."""
OF_CALL = {"proposals", *(kind for kind, (_, name) in PAGES.items() if name == "call")} - {"call", *todo.OTHERS}
"""Kinds of tasks whose key is a call, and that are not done on the page of the call itself."""


@home.get("/zacetek")
def first() -> str:
    """What waits for this person, then what waits for others."""
    actor, now = access.actor(), access.clock()
    own, others = todo.tasks(actor, now), waiting.tasks(actor, now)
    found = {
        "tasks": [task for task in own if task.kind not in todo.OTHERS],
        "waiting": [*(task for task in own if task.kind in todo.OTHERS), *others],
    }
    shown = {name: [(task, address(task)) for task in tasks] for name, tasks in found.items()}
    return render_template("home/first.html", official=sorted(actor.roles.intersection(OFFICIAL)), **shown)


def of_call(call: int) -> dict[str, list[Any]]:
    """For the page of a call: what the visitor does next, each with the address of its page; with whom the call is."""
    actor, now = access.actor(), access.clock()
    own = [task for task in todo.tasks(actor, now) if task.key == call and task.kind in OF_CALL]
    others = [task for task in waiting.tasks(actor, now) if task.key == call and task.kind == "call"]
    return {"next": [(task.text, address(task)) for task in own], "waiting": [task.text for task in others]}


def address(task: Task) -> str:
    """Where the task is done."""
    endpoint, name = PAGES[task.kind]
    values: dict[str, Any] = {name: task.key} if name else {}
    return url_for(endpoint, **values)
