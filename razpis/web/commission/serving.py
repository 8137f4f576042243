"""Records of service: what waits for one, and the form that copies the papers."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from razpis.procedure.deadlines import local_time
from razpis.procedure.serving import MANNERS, Manner
from razpis.services.errors import Invalid
from razpis.services.examination import serving as service
from razpis.services.examination.serving import Line, Papers
from razpis.services.organisations.mandates import Upload
from razpis.web import access
from razpis.web.days import DayField
from razpis.web.forms import Form, required
from razpis.web.language import language

serving = Blueprint("serving", __name__, url_prefix="/vrocitve")
access.door(serving, *service.RECORDERS)
LARGEST = 12 * 1024 * 1024


@serving.url_value_preprocessor
def _may_be_large(endpoint: str | None, _values: object) -> None:
    """The form brings a paper; the protection of forms reads it before any view."""
    if endpoint == "serving.record":
        request.max_content_length = LARGEST


class PapersForm(Form):
    """The days of a service as its papers show them."""

    manner = RadioField(lazy_gettext("Način vročitve"), [required()], choices=[])
    address = StringField(lazy_gettext("Naslov ali predal"), [required()])
    dispatched_on = DayField(lazy_gettext("Dan odpreme"), [required()])
    notice_on = DayField(lazy_gettext("Dan obvestila o prispelem pismu"), [Optional()])
    delivered_on = DayField(lazy_gettext("Dan prevzema z vročilnice"), [Optional()])
    evidence = FileField(lazy_gettext("Vročilnica ali drugo dokazilo"))
    note = TextAreaField(lazy_gettext("Opomba ali razlog popravka"))
    seen = HiddenField()


@serving.get("/")
def listed() -> str:
    """Requests that were issued, those without a record of service first."""
    now = access.clock()
    return render_template("serving/listed.html", lines=service.waiting(access.actor(), now), manners=MANNERS)


@serving.route("/<int:request_id>", methods=["GET", "POST"])
def record(request_id: int) -> ResponseReturnValue:
    """Copy the papers of a service, or correct the record."""
    actor, now = access.actor(), access.clock()
    line = service.one(actor, request_id, now)
    form = _form(line)
    if form.validate_on_submit():
        try:
            service.record(actor, request_id, _papers(form), now, access.store())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Vročitev je zabeležena."))
            return redirect(url_for(".listed"))
    history = service.history(service.REQUEST, request_id)
    today = local_time(now).date()
    page = render_template("serving/record.html", form=form, line=line, history=history, manners=MANNERS, today=today)
    return page, 422 if form.wrong else 200


def _form(line: Line) -> PapersForm:
    known = line.record
    form = PapersForm(
        manner=(known.manner if known else Manner.POST).value,
        address=known.address if known else line.address,
        dispatched_on=known.dispatched_on if known else None,
        notice_on=known.notice_on if known else None,
        delivered_on=known.delivered_on if known else None,
        seen=str(known.number if known else 0),
    )
    form.manner.choices = [SelectChoice(manner.value, words[language()]) for manner, words in MANNERS.items()]
    return form


def _papers(form: PapersForm) -> Papers:
    seen, sent = form.seen.data or "", form.evidence.data
    return Papers(
        manner=Manner(form.manner.data),
        address=form.address.data,
        dispatched_on=form.dispatched_on.data,
        notice_on=form.notice_on.data,
        delivered_on=form.delivered_on.data,
        note=form.note.data or "",
        seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0,
        evidence=Upload(sent.filename, sent.read()) if sent else None,
    )
