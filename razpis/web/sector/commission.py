"""The commission of a call: who sits in it, by which act, and how many must be present."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from razpis.procedure.commission import FUNCTIONS, CommissionFunction
from razpis.procedure.roles import Role
from razpis.services.calls import calls as service
from razpis.services.calls import commission as seats
from razpis.services.errors import Invalid
from razpis.web import access
from razpis.web.forms import Form, required
from razpis.web.language import language
from razpis.web.sector.calls import calls


class SeatForm(Form):
    """An appointment."""

    function = SelectField(_l("Funkcija"), [required()])
    act = StringField(_l("Sklep o imenovanju (številka in datum)"), [required()])


class QuorumForm(Form):
    """How many must be present."""

    quorum = IntegerField(_l("Sklepčnost: koliko članov mora biti navzočih"), [required()])


class ReleaseForm(Form):
    """The end of a seat."""

    act = StringField(_l("Sklep o razrešitvi (številka in datum)"), [required()])


@calls.route("/<int:call>/komisija", methods=["GET", "POST"])
def commission(call: int) -> ResponseReturnValue:
    """The seats, a search for people, and the quorum."""
    actor = access.actor()
    if request.method == "POST":
        actor.needs(Role.OFFICER)
    found, form = service.one(actor, call), QuorumForm()
    if form.validate_on_submit():
        try:
            seats.set_quorum(actor, call, form.quorum.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Sklepčnost je shranjena."))
            return redirect(url_for(".commission", call=call))
    elif request.method == "GET":
        form.quorum.data = found.quorum
    asked, officer = request.args.get("oseba", ""), Role.OFFICER in actor.roles
    shown = {"seats": seats.seats(found), "functions": _functions(), "asked": asked, "officer": officer}
    people = seats.people(actor, asked) if officer else []
    shown |= {"people": people, "problems": seats.problems(found), "most": seats.FOUND_AT_MOST}
    page = render_template("calls/commission.html", call=found, form=form, **shown)
    return page, 422 if form.wrong else 200


@calls.route("/<int:call>/komisija/imenovanje/<int:person>", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def appoint(call: int, person: int) -> ResponseReturnValue:
    """Give this person a seat."""
    actor = access.actor()
    found, form = service.one(actor, call), SeatForm()
    form.function.choices = [SelectChoice(value, words) for value, words in _functions().items()]
    if form.validate_on_submit():
        function = CommissionFunction(form.function.data)
        try:
            seats.appoint(actor, call, person, function, form.act.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Oseba je imenovana v komisijo."))
            return redirect(url_for(".commission", call=call))
    chosen = seats.person(actor, person)
    return render_template("calls/appoint.html", call=found, form=form, chosen=chosen), 422 if form.wrong else 200


@calls.route("/<int:call>/komisija/<int:seat>/razresitev", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def release(call: int, seat: int) -> ResponseReturnValue:
    """End a seat."""
    found, form = service.one(access.actor(), call), ReleaseForm()
    if form.validate_on_submit():
        try:
            seats.release(access.actor(), call, seat, form.act.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Imenovanje je končano."))
            return redirect(url_for(".commission", call=call))
    ending = next((one for one in seats.seats(found) if one.id == seat), None)
    return render_template("calls/release.html", call=found, form=form, seat=ending), 422 if form.wrong else 200


def _functions() -> dict[str, str]:
    return {one.value: FUNCTIONS[one][language() == "en"] for one in CommissionFunction}
