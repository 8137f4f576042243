"""An applicant's applications: the list, starting one, and its task list."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from razpis.procedure.states import ApplicationState
from razpis.procedure.words import APPLICATION_STATES
from razpis.services.applications import answers, filing
from razpis.services.applications import applications as service
from razpis.services.applications.progress import progress
from razpis.services.applications.sheets import sheet
from razpis.services.calls.calls import Call
from razpis.services.decisions import own_stop
from razpis.services.errors import Invalid
from razpis.web import access, numbered
from razpis.web.forms import Button
from razpis.web.language import language
from razpis.web.ngo import filings, inspection, supplements, topics
from razpis.web.ngo.organisations import OFFICIAL
from razpis.web.ngo.room import applications

PARTS = (filings, inspection, supplements, topics)
"""Pages that stand in the same room."""

__all__ = ["PARTS", "applications"]


@applications.get("/vloge")
def mine() -> str:
    """The person's applications."""
    listed = service.mine(access.actor(), access.clock())
    return render_template("applications/mine.html", listed=listed, states=APPLICATION_STATES, state=ApplicationState)


@applications.route("/razpisi/<int:call>/prijava", methods=["GET", "POST"])
def start(call: int) -> ResponseReturnValue:
    """Begin an application: for which organisation, in which lot."""
    actor, now = access.actor(), access.clock()
    form, wrong = Button(), {}
    chosen, lot = request.form.get("organisation", type=numbered.number), request.form.get("lot", "")
    if form.validate_on_submit():
        try:
            key = service.start(actor, call, chosen, lot, now)
        except Invalid as invalid:
            wrong = {name: text[language()] for name, text in invalid.fields.items()}
        else:
            flash(_("Osnutek vloge je odprt. Izpolnite ga lahko v več delih; občina vlogo prejme šele, ko jo oddate."))
            return redirect(url_for("applications.tasks", key=key))
    found = service.offer(actor, call, now)
    begun = [one for one in service.mine(actor, now) if one.call == call]
    told = {"offer": found, "wrong": wrong, "begun": begun, "shut": _shut(found.call)}
    return render_template("applications/start.html", chosen=chosen, lot=lot, **told), 422 if wrong else 200


def _shut(call: Call) -> str | None:
    """Why the visitor cannot begin an application: the role they hold, or the time."""
    if access.official():
        return OFFICIAL[language()]
    now = access.clock()
    return None if service.takes(call, now) else service.closed_words(call, now)[language()]


@applications.get("/vloge/<key>")
def tasks(key: str) -> str:
    """What is done, what is missing, how much time is left, and what the rules give so far."""
    actor, now = access.actor(), access.clock()
    application = service.own(actor, key, now)
    form = sheet(application)
    return render_template(
        "applications/tasks.html",
        application=application,
        sheet=form,
        progress=progress(form, now, language()),
        open=service.takes(application.call, now) and application.state in answers.CHANGEABLE,
        shut=service.closed_words(application.call, now)[language()],
        standing=service.standing(application),
        unfiled=filing.unfiled(form),
        states=APPLICATION_STATES,
        renounceable=own_stop.possible(application, now),
    )
