"""The list of municipal functionaries, for hints of conflicts of interest."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf.file import FileField
from wtforms import StringField

from razpis.procedure.roles import Role
from razpis.services.errors import Invalid
from razpis.services.organisations import functionaries as service
from razpis.web import access
from razpis.web.forms import Button, Form, required

functionaries = Blueprint("functionaries", __name__, url_prefix="/funkcionarji")
access.door(functionaries, Role.OFFICER)


class AddForm(Form):
    """A functionary and an organisation they reported."""

    name = StringField(_l("Ime in priimek"), [required()])
    function = StringField(_l("Funkcija"), [required()])
    registration_number = StringField(_l("Matična številka organizacije"))
    note = StringField(_l("Opomba"))


class ImportForm(Form):
    """The whole list as CSV."""

    file = FileField(_l("Datoteka CSV"), [required(_l("Izberite datoteko."))])


@functionaries.route("/", methods=["GET", "POST"])
def listed() -> ResponseReturnValue:
    """The list, with a form to add one."""
    actor, form = access.actor(), AddForm()
    if form.validate_on_submit():
        given = form.name.data, form.function.data, form.registration_number.data or "", form.note.data or ""
        try:
            service.add(actor, *given, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Funkcionar je dodan."))
            return redirect(url_for(".listed"))
    code = 422 if form.wrong else 200
    page = "organisations/functionaries/listed.html"
    return render_template(page, functionaries=service.listed(actor), form=form), code


@functionaries.route("/uvoz", methods=["GET", "POST"])
def take_in() -> ResponseReturnValue:
    """Put a list from a file in the place of the present one."""
    actor, form = access.actor(), ImportForm()
    if form.validate_on_submit():
        sent = form.file.data
        try:
            count = service.take_in(actor, sent.read(), sent.filename or "", access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(ngettext("Na seznamu je %(num)s vrstica.", "Na seznamu je %(num)s vrstic.", count))
            return redirect(url_for(".listed"))
    code, present = 422 if form.wrong else 200, len(service.listed(actor))
    return render_template("organisations/functionaries/take_in.html", form=form, present=present), code


@functionaries.route("/<int:functionary>/odstrani", methods=["GET", "POST"])
def remove(functionary: int) -> ResponseReturnValue:
    """Say first what removing means, then remove."""
    actor, form = access.actor(), Button()
    found = service.one(actor, functionary)
    if form.validate_on_submit():
        service.remove(actor, functionary, access.clock())
        flash(_("Funkcionar je odstranjen s seznama."))
        return redirect(url_for(".listed"))
    return render_template("organisations/functionaries/remove.html", form=form, functionary=found)
