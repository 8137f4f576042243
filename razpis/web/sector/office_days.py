"""Days on which the body does not work and times in which no period runs, with forms to enter them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from razpis.procedure.deadlines import local_time
from razpis.procedure.roles import Role
from razpis.services.calls import office_days as service
from razpis.services.errors import Invalid
from razpis.web import access
from razpis.web.days import DayField
from razpis.web.forms import Button, Form, required

office_days = Blueprint("office_days", __name__, url_prefix="/koledar-organa")
access.door(office_days, *service.READERS)


class DayForm(Form):
    """A day on which the body does not work."""

    day = DayField(_l("Dan"), [required()])
    reason = StringField(_l("Zakaj organ ne posluje"), [required()])


class TimeForm(Form):
    """A time in which no period runs."""

    first = DayField(_l("Prvi dan"), [required()])
    last = DayField(_l("Zadnji dan"), [required()])
    article = StringField(_l("Zakon in člen, ki to določa"), [required()])


@office_days.get("/")
def listed() -> str:
    """The days and times that stand."""
    actor, now = access.actor(), access.clock()
    return render_template(
        "office_days/listed.html",
        deadlines=service.deadlines(actor, now),
        days=service.closed_days(actor),
        times=service.suspended_times(actor),
        changes=Role.OFFICER in actor.roles,
        button=Button(),
        today=local_time(now).date(),
    )


@office_days.route("/nov-dan", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def close() -> ResponseReturnValue:
    """Enter a day."""
    form = DayForm()
    if form.validate_on_submit():
        try:
            service.close(access.actor(), form.day.data, form.reason.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Dan je vpisan. Roki, ki bi se iztekli ta dan, se iztečejo prvi naslednji delovni dan."))
            return redirect(url_for(".listed"))
    return render_template("office_days/close.html", form=form), 422 if form.wrong else 200


@office_days.post("/dnevi/<int:number>/umik")
@access.only(Role.OFFICER)
def reopen(number: int) -> ResponseReturnValue:
    """Take a day back."""
    service.reopen(access.actor(), number, access.clock())
    flash(_("Vpis je umaknjen."))
    return redirect(url_for(".listed"))


@office_days.route("/nov-zastoj", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def suspend() -> ResponseReturnValue:
    """Enter a time in which no period runs."""
    form = TimeForm()
    if form.validate_on_submit():
        try:
            service.suspend(access.actor(), form.first.data, form.last.data, form.article.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Zastoj rokov je vpisan."))
            return redirect(url_for(".listed"))
    return render_template("office_days/suspend.html", form=form), 422 if form.wrong else 200


@office_days.post("/zastoji/<int:number>/umik")
@access.only(Role.OFFICER)
def resume(number: int) -> ResponseReturnValue:
    """Take a time back."""
    service.resume(access.actor(), number, access.clock())
    flash(_("Vpis je umaknjen."))
    return redirect(url_for(".listed"))
