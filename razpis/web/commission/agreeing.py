"""Agreeing: what the marks leave open, an agreed value, a sheet opened again, one more member, the spread."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from razpis.procedure.roles import COMMISSION
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.marking import agreeing as service
from razpis.services.marking import mark_locks, sheets_open
from razpis.services.marking import spread as statistics
from razpis.services.sitting import seated, sittings
from razpis.web import access
from razpis.web.forms import Form, required
from razpis.web.language import language

agreeing = Blueprint("agreeing", __name__, url_prefix="/komisija/<int:call>/usklajevanje")
access.door(agreeing, *COMMISSION)


class AgreeForm(Form):
    """A value the commission agreed on."""

    points = StringField(_l("Dogovorjene točke"), [required()])
    reason = TextAreaField(_l("Razlog"), [required()])


class ReasonForm(Form):
    """Why a sheet is opened again."""

    reason = TextAreaField(_l("Razlog"), [required()])


class FurtherForm(Form):
    """Who is called in to mark, and why."""

    member = SelectField(_l("Namestnica ali namestnik"), coerce=int)
    reason = TextAreaField(_l("Razlog"), [required()])


@agreeing.get("/")
def listed(call: int) -> str:
    """What is to be agreed on, and every application with its locked sheets."""
    actor, now = access.actor(), access.clock()
    return render_template(
        "agreeing/listed.html",
        call=call,
        named_call=seated.held(actor, call).call,
        sits=sittings.runs(call),
        questions=service.questions(actor, call, now),
        sheets=sheets_open.of_call(actor, call, now),
    )


@agreeing.get("/razprsenost")
def spread(call: int) -> str:
    """How marks spread: a picture with its table. Statistics, no points."""
    actor = access.actor()
    found, named_call = statistics.spread(actor, call, access.clock()), seated.held(actor, call).call
    return render_template("agreeing/spread.html", call=call, found=found, named_call=named_call)


@agreeing.get("/<key>")
def one(call: int, key: str) -> str:
    """The marks of all members on one application, once all sheets are locked."""
    return render_template("agreeing/one.html", call=call, found=_found(call, key))


@agreeing.route("/<key>/dogovor/<criterion>", methods=["GET", "POST"])
def agree(call: int, key: str, criterion: str) -> ResponseReturnValue:
    """The members' marks, and the value agreed on with its reason."""
    actor, now, form, told = access.actor(), access.clock(), AgreeForm(), ""
    if form.validate_on_submit():
        try:
            service.agree(actor, call, key, criterion, form.points.data, form.reason.data, now)
        except Invalid as invalid:
            form.refused(invalid)
        except Refused as refused:
            told = refused.text[language()]
        else:
            flash(_("Dogovorjena vrednost je zapisana."))
            return redirect(url_for(".listed", call=call))
    asked = service.questions(actor, call, now)
    question = next((one for one in asked if (one.application.key, one.criterion) == (key, criterion)), None)
    if question is None:
        raise Missing
    shown = {"call": call, "question": question, "form": form, "told": told, "sits": sittings.runs(call)}
    return render_template("agreeing/agree.html", **shown), 422 if form.wrong else 409 if told else 200


@agreeing.route("/<key>/odpri/<int:member>", methods=["GET", "POST"])
def reopen(call: int, key: str, member: int) -> ResponseReturnValue:
    """Open a locked sheet again, with a reason that stays in the file."""
    form, found = ReasonForm(), _found(call, key)
    if form.validate_on_submit():
        try:
            mark_locks.reopen(access.actor(), call, key, member, form.reason.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("List je odprt. Ko ga član znova zaklene, je vloga spet ocenjena."))
            return redirect(url_for(".listed", call=call))
    sheet = next((one for one in found.sheets if one.person == member), None)
    if sheet is None:
        raise Missing
    shown = render_template("agreeing/reopen.html", call=call, found=found, sheet=sheet, form=form)
    return shown, 422 if form.wrong else 200


@agreeing.post("/<key>/odpri")
def open_for_missing(call: int, key: str) -> ResponseReturnValue:
    """Open a scored application for those who have still to mark it."""
    mark_locks.open_for_missing(access.actor(), call, key, access.clock())
    flash(_("Vloga je odprta. Ko namestnik oceni in zaklene svoj list, je spet ocenjena."))
    return redirect(url_for(".listed", call=call))


@agreeing.route("/<key>/clan", methods=["GET", "POST"])
def call_in(call: int, key: str) -> ResponseReturnValue:
    """Call in a deputy as one more member."""
    form, found = FurtherForm(), _found(call, key)
    form.member.choices = [SelectChoice(person, name) for person, name in found.deputies.items()]
    if form.validate_on_submit():
        try:
            mark_locks.call_in(access.actor(), call, key, form.member.data, form.reason.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Namestnik je poklican. Ko oceni in zaklene, je vloga spet ocenjena."))
            return redirect(url_for(".listed", call=call))
    shown = render_template("agreeing/call_in.html", call=call, found=found, form=form)
    return shown, 422 if form.wrong else 200


def _found(call: int, key: str) -> sheets_open.Opened:
    return sheets_open.one(access.actor(), call, key, access.clock())
