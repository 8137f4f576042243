"""What the decisions of a call must say besides their reasons: name of the act, articles, remedy, signers."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from razpis.procedure.roles import Role
from razpis.services.decisions import releases as outbox
from razpis.services.decisions import terms as service
from razpis.services.decisions.terms import Terms
from razpis.services.errors import Invalid
from razpis.web import access
from razpis.web.forms import Form

decision_terms = Blueprint("decision_terms", __name__, url_prefix="/odlocbe")
access.door(decision_terms, Role.OFFICER)
LISTS = frozenset({"units", "legal_basis", "procedure", "proposal", "serve"})
"""Settings with one text a line."""


class TermsForm(Form):
    """The settings in the order in which they stand in a decision."""

    act = RadioField(_l("Ime akta"), choices=[SelectChoice("sklep", "SKLEP"), SelectChoice("odlocba", "ODLOČBA")])
    case = StringField(_l("Številka zadeve"))
    pattern = StringField(_l("Obrazec številke dokumenta"))
    first_document = IntegerField(_l("Prva številka dokumenta"), [Optional()])
    publication = StringField(_l("Kje in kdaj je bil razpis objavljen"))
    authority = StringField(_l("Organ"))
    units = TextAreaField(_l("Notranje enote"))
    address = StringField(_l("Naslov organa"))
    email = StringField(_l("E-naslov organa"))
    place = StringField(_l("Kraj izdaje"))
    legal_basis = TextAreaField(_l("Pravna podlaga"))
    procedure = TextAreaField(_l("Potek postopka"))
    proposal = TextAreaField(_l("Razmerje do predloga komisije"))
    budget_line = StringField(_l("Proračunska postavka"))
    period = StringField(_l("Obdobje porabe"))
    contract_days = IntegerField(_l("V koliko dneh se podpiše pogodba"), [Optional()])
    remedy = RadioField(
        _l("Pravno sredstvo"),
        choices=[SelectChoice("appeal", _l("pritožba")), SelectChoice("lawsuit", _l("tožba v upravnem sporu"))],
    )
    remedy_days = IntegerField(_l("Rok v dneh od vročitve"), [Optional()])
    lodged_with = StringField(_l("Vloži se pri (mestnik)"))
    addressed_to = StringField(_l("Naslovljeno (dajalnik)"))
    fee = StringField(_l("Stavek o taksi"))
    led_caption = StringField(_l("Napis nad podpisom tistega, ki vodi postopek"))
    led_name = StringField(_l("Kdo vodi postopek"))
    led_title = StringField(_l("Njegova funkcija"))
    issued_caption = StringField(_l("Napis nad podpisom tistega, ki akt izda"))
    issued_name = StringField(_l("Kdo akt izda"))
    issued_title = StringField(_l("Funkcija podpisnika"))
    serve = TextAreaField(_l("Vročiti"))
    seen = HiddenField()


@decision_terms.route("/<int:call>/nastavitve", methods=["GET", "POST"])
def edit(call: int) -> ResponseReturnValue:
    """See and change the settings; every change is kept with its day."""
    actor = access.actor()
    found = outbox.outbox(actor, call).call
    last = service.latest(call)
    form = TermsForm(data=_typed(service.of_call(found)) | {"seen": str(last.number if last else 0)})
    if form.validate_on_submit():
        seen = form.seen.data or ""
        number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0
        try:
            service.save(actor, call, number, _terms(form), access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Nastavitve odločb so shranjene."))
            return redirect(url_for("releases.outbox", call=call))
    page = render_template("releases/terms.html", call=found, form=form, last=last)
    return page, 422 if form.wrong else 200


def _typed(terms: Terms) -> dict[str, object]:
    """The settings as the form holds them: a list as lines."""
    values = {one.name: getattr(terms, one.name) for one in fields(terms)}
    return {name: "\n".join(value) if name in LISTS else value for name, value in values.items()}


def _terms(form: TermsForm) -> Terms:
    values: dict[str, Any] = {}
    for one in fields(Terms):
        given = form[one.name].data
        if one.name in LISTS:
            values[one.name] = tuple(" ".join(line.split()) for line in (given or "").splitlines() if line.strip())
        elif isinstance(form[one.name], IntegerField):
            values[one.name] = given or 0
        else:
            values[one.name] = " ".join((given or "").split())
    return Terms(**values)
