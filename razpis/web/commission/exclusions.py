"""The head's desk for conflicts: what was declared, whether the member is excluded, and who steps in."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from razpis.procedure.conflicts import GROUNDS
from razpis.procedure.roles import Role
from razpis.services.errors import Invalid
from razpis.services.sitting import exclusions as service
from razpis.web import access
from razpis.web.forms import Form, required

exclusions = Blueprint("exclusions", __name__, url_prefix="/izlocitve")
access.door(exclusions, Role.SIGNATORY, Role.OFFICER, Role.PRESIDENT, Role.AUDITOR)


class DecisionForm(Form):
    """The head's decision on one conflict."""

    excluded = RadioField(
        _l("Odločitev"),
        [required()],
        choices=[
            SelectChoice("yes", _l("član je pri tej vlogi izločen")),
            SelectChoice("no", _l("nasprotja interesov ni, član nadaljuje")),
        ],
    )
    act = StringField(_l("Številka in datum sklepa"), [required()])
    substitute = SelectField(_l("Namestnik pri tej vlogi"), choices=[])
    reason = TextAreaField(_l("Razlogi"))


@exclusions.get("/")
def index() -> str:
    """Calls with declared conflicts."""
    return render_template("exclusions/index.html", calls=service.calls_with_conflicts(access.actor()))


@exclusions.get("/<int:call>")
def listed(call: int) -> str:
    """Every conflict declared in a call, with the decision on it."""
    found = service.declared(access.actor(), call)
    return render_template("exclusions/listed.html", conflicts=found, grounds=GROUNDS, role=Role)


@exclusions.route("/izjava/<int:declaration>", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def decide(declaration: int) -> ResponseReturnValue:
    """Decide on one conflict."""
    actor, form = access.actor(), DecisionForm()
    conflict, deputies = service.one(actor, declaration)
    named = [SelectChoice(str(one.user_id), one.user.name) for one in deputies]
    form.substitute.choices = [SelectChoice("", _("brez namestnika")), *named]
    if form.validate_on_submit():
        substitute = int(form.substitute.data) if form.substitute.data else None
        try:
            service.decide(
                actor, declaration, form.excluded.data == "yes", form.act.data, form.reason.data or "", substitute,
                access.clock(),
            )  # fmt: skip
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Odločitev o izločitvi je zapisana."))
            return redirect(url_for(".listed", call=conflict.declaration.application.call_id))
    page = render_template("exclusions/decide.html", form=form, conflict=conflict, grounds=GROUNDS)
    return page, 422 if form.wrong else 200
