"""The delivery of issued decisions: the log, the dispatch of all, the record of each, the end of deciding."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from razpis.procedure.deadlines import local_time
from razpis.procedure.roles import Role
from razpis.procedure.serving import MANNERS, Manner
from razpis.services.decisions import delivery as service
from razpis.services.errors import Invalid
from razpis.services.examination.serving import RECORDERS
from razpis.web import access, service_papers
from razpis.web.forms import Button
from razpis.web.service_papers import DispatchForm

deliveries = Blueprint("deliveries", __name__, url_prefix="/odlocbe")
access.door(deliveries, *service.READERS)


@deliveries.url_value_preprocessor
def _may_be_large(endpoint: str | None, _values: object) -> None:
    """The form brings a paper; the protection of forms reads it before any view."""
    if endpoint == "deliveries.record":
        request.max_content_length = service_papers.LARGEST


@deliveries.get("/<int:call>/vrocanje")
def listed(call: int) -> str:
    """The delivery log."""
    return _log(call, service_papers.choosing(DispatchForm(manner=Manner.POST.value)))


@deliveries.post("/<int:call>/odprema")
@access.only(*RECORDERS)
def dispatch(call: int) -> ResponseReturnValue:
    """Write down that all decisions that wait were sent."""
    actor, now, form = access.actor(), access.clock(), service_papers.choosing(DispatchForm())
    if form.validate_on_submit():
        try:
            count = service.dispatch(actor, call, Manner(form.manner.data), form.dispatched_on.data, now)
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(ngettext("Zapisana je odprema %(num)s odločitve.", "Zapisana je odprema %(num)s odločitev.", count))
            return redirect(url_for(".listed", call=call))
    return _log(call, form), 422


def _log(call: int, form: DispatchForm) -> str:
    actor, now = access.actor(), access.clock()
    return render_template(
        "deliveries/listed.html",
        log=service.log(actor, call, now),
        form=form,
        manners=MANNERS,
        today=local_time(now).date(),
        records=not actor.roles.isdisjoint(RECORDERS),
        officer=Role.OFFICER in actor.roles,
        reads=not actor.roles.isdisjoint({Role.OFFICER, Role.SIGNATORY, Role.AUDITOR}),
    )


@deliveries.route("/<int:call>/vrocanje/<key>", methods=["GET", "POST"])
@access.only(*RECORDERS)
def record(call: int, key: str) -> ResponseReturnValue:
    """Copy the papers of a service, or correct the record."""
    actor, now = access.actor(), access.clock()
    found = service.one(actor, call, key, now)
    form = service_papers.of_record(found, f"{found.applicant}, {found.address}")
    if form.validate_on_submit():
        try:
            service.record(actor, call, key, service_papers.papers(form), now, access.store())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Vročitev je zabeležena."))
            return redirect(url_for(".listed", call=call))
    history, today = service.history(found.act), local_time(now).date()
    page = render_template(
        "deliveries/record.html", call=call, found=found, form=form, history=history, manners=MANNERS, today=today
    )
    return page, 422 if form.wrong else 200


@deliveries.route("/<int:call>/zakljucek", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def finish(call: int) -> ResponseReturnValue:
    """Close deciding, after reading what follows."""
    actor, now, form = access.actor(), access.clock(), Button()
    if form.validate_on_submit():
        service.finish(actor, call, now)
        flash(_("Odločanje je zaključeno. Tečejo roki za pravna sredstva."))
        return redirect(url_for("calls.show", call=call))
    return render_template("deliveries/finish.html", log=service.log(actor, call, now))
