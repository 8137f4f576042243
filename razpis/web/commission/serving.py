"""Records of service: what waits for one, and the form that copies the papers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, Regexp

from razpis.procedure.deadlines import Channel, deadline_instant, local_time
from razpis.procedure.roles import Role
from razpis.procedure.serving import MANNERS
from razpis.services.applications.sheets import Sheet
from razpis.services.decisions import papers_served
from razpis.services.errors import Invalid
from razpis.services.examination import serving as service
from razpis.services.examination import supplements_on_paper
from razpis.services.examination.supplementing import Page
from razpis.services.examination.supplements_on_paper import Arrival
from razpis.web import access, form_pages, service_papers, supplement_fields
from razpis.web.days import DayField
from razpis.web.forms import Form, required
from razpis.web.language import language
from razpis.web.sending import sent as sent_file

serving = Blueprint("serving", __name__, url_prefix="/vrocitve")
access.door(serving, *service.RECORDERS)
CHANNELS = {
    Channel.REGISTERED_POST: _l("priporočeno po pošti"),
    Channel.ORDINARY_POST: _l("po navadni pošti"),
    Channel.IN_PERSON: _l("osebno v vložišču"),
}
_HOUR = r"\s*([01]?\d|2[0-3])[.:]([0-5]\d)\s*"


@serving.url_value_preprocessor
def _may_be_large(endpoint: str | None, _values: object) -> None:
    """The form brings a paper; the protection of forms reads it before any view."""
    if endpoint == "serving.enter":
        form_pages.may_be_large(uploads=True)
    if endpoint == "serving.record":
        request.max_content_length = service_papers.LARGEST


class ArrivalForm(Form):
    """How a supplement on paper came."""

    channel = RadioField(_l("Kako je prispela"), [required()], choices=[])
    posted_on = DayField(_l("Dan oddaje na pošti (poštni žig)"), [Optional()])
    arrived_on = DayField(_l("Dan prejema"), [required()])
    arrived_hour = StringField(
        _l("Ura prejema"),
        [required(), Regexp(_HOUR, message=_l("Uro zapišite kot 9.30 ali 14.05."))],
    )


@serving.get("/")
def listed() -> str:
    """Requests that were issued, those without a record of service first."""
    actor = access.actor()
    lines, enters = service.waiting(actor, access.clock()), Role.REGISTRY in actor.roles
    return render_template("serving/listed.html", lines=lines, manners=MANNERS, enters=enters)


@serving.get("/dopolnitve")
@access.only(Role.REGISTRY)
def arrivals() -> str:
    """Requests that a supplement on paper may still come for."""
    return render_template("serving/arrivals.html", found=supplements_on_paper.waiting(access.actor()))


@serving.route("/<int:request_id>/dopolnitev", methods=["GET", "POST"])
@access.only(Role.REGISTRY)
def enter(request_id: int) -> ResponseReturnValue:
    """Type in a supplement that came on paper."""
    actor, now, wrong = access.actor(), access.clock(), dict[str, str]()
    page = supplements_on_paper.page(actor, request_id, now)
    form, sheet = _arrival_form(now), supplement_fields.sheet_of(page)
    if "action" not in request.form and form.validate_on_submit():
        sent = supplement_fields.sent(sheet, page.requests[-1])
        try:
            filed = supplements_on_paper.enter(actor, request_id, _arrival(form), sent, now, access.store())
        except Invalid as invalid:
            wrong = {name: text[language()] for name, text in invalid.fields.items()}
            form.refused(Invalid({name: text for name, text in invalid.fields.items() if name in form}))
        else:
            _tell(filed.receipt if filed else None)
            return redirect(url_for(".arrivals"))
    return _entering(page, sheet, form, wrong), 422 if form.wrong or wrong else 200


@serving.get("/<int:request_id>/poziv.pdf")
def letter(request_id: int) -> Response:
    """The request itself as a PDF, to be printed and served."""
    name, made = papers_served.request(access.actor(), request_id, access.clock())
    return sent_file(made, "application/pdf", name, away=False)


@serving.route("/<int:request_id>", methods=["GET", "POST"])
def record(request_id: int) -> ResponseReturnValue:
    """Copy the papers of a service, or correct the record."""
    actor, now = access.actor(), access.clock()
    line = service.one(actor, request_id, now)
    form = service_papers.of_record(line, line.address)
    if form.validate_on_submit():
        try:
            service.record(actor, request_id, service_papers.papers(form), now, access.store())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Vročitev je zabeležena."))
            return redirect(url_for(".listed"))
    history = service.history(service.REQUEST, request_id)
    today = local_time(now).date()
    page = render_template("serving/record.html", form=form, line=line, history=history, manners=MANNERS, today=today)
    return page, 422 if form.wrong else 200


def _arrival_form(now: datetime.datetime) -> ArrivalForm:
    local = local_time(now)
    form = ArrivalForm(arrived_on=local.date(), arrived_hour=local.strftime("%H.%M"))
    form.channel.choices = [SelectChoice(one.value, words) for one, words in CHANNELS.items()]
    return form


def _arrival(form: ArrivalForm) -> Arrival:
    hour, minute = (int(part) for part in form.arrived_hour.data.replace(":", ".").split("."))
    at = deadline_instant(form.arrived_on.data, datetime.time(hour, minute), fold=0)
    return Arrival(Channel(form.channel.data), form.posted_on.data, at)


def _entering(page: Page, sheet: Sheet, form: ArrivalForm, wrong: Mapping[str, str]) -> str:
    given = request.form if request.method == "POST" else None
    asked = page.requests[-1]
    inputs = supplement_fields.inputs(sheet, asked, given, wrong, supplement_fields.row_asked_for())
    return render_template(
        "serving/enter.html", page=page, asked=asked, sheet=sheet, form=form, inputs=inputs, wrong=wrong
    )


def _tell(receipt: str | None) -> None:
    if receipt is None:
        flash(_("Dopolnitev je prepozna in ne šteje. To je zapisano v dnevniku."))
    else:
        flash(_("Dopolnitev je vpisana. Številka potrdila: %(receipt)s.", receipt=receipt))
