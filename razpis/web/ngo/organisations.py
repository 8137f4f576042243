"""A person's organisations: adding one, its details, statuses and representatives."""

from __future__ import annotations

import io

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from razpis.engine.problems import Text
from razpis.procedure.deadlines import local_time
from razpis.procedure.organisations import legal_form_of
from razpis.services.errors import Forbidden, Invalid, Stale
from razpis.services.organisations import claims, evidence, mandates, representatives, statuses
from razpis.services.organisations import organisations as service
from razpis.web import access, organisation_words
from razpis.web.auth import ours
from razpis.web.forms import Button
from razpis.web.language import language
from razpis.web.ngo.organisation_forms import (
    AddForm,
    ChangeForm,
    EndForm,
    NumberForm,
    RepresentativeForm,
    StatusForm,
)

OFFICIAL = Text(
    "Kdor ima uradno vlogo, ne more zastopati organizacije: odločali bi v svoji stvari (ZUP, 35. člen).",
    "With an official role you cannot act for an organisation: you would decide your own matter (ZUP, Article 35).",
)
LARGEST = 11 * 1024 * 1024

organisations = Blueprint("organisations", __name__, url_prefix="/organizacije")
organisation_words.register(organisations)
access.door(organisations)


@organisations.url_value_preprocessor
def _may_be_large(_endpoint: str | None, _values: object) -> None:
    """A form here may carry a file, which is looked at before any view is."""
    request.max_content_length = LARGEST


@organisations.before_request
def _no_officials() -> None:
    """An official acts for no applicant: they would decide their own matter (ZUP 35)."""
    if access.official():
        raise Forbidden(OFFICIAL)


@organisations.get("/")
def mine() -> str:
    """The person's organisations, and what waits for an answer."""
    actor, now = access.actor(), access.clock()
    return render_template(
        "organisations/mine.html",
        organisations=service.mine(actor, now),
        offers=mandates.offers_to(actor),
        claims=claims.of(actor),
        form=Button(),
    )


@organisations.get("/nova")
def start() -> ResponseReturnValue:
    """Which organisation: its number leads on, or says what to do where it is taken."""
    number, wanted = request.args.get("maticna"), ours(request.args.get("next"))
    form = NumberForm(formdata=None, maticna=number, next=wanted or "")
    taken = False
    if number is not None:
        try:
            service.begin(number)
        except Invalid as invalid:
            said = invalid.fields["registration_number"]
            form.maticna.errors = [said[language()]]
            taken = said is service.TAKEN
        else:
            return redirect(url_for(".add", maticna=number, next=wanted))
    return render_template("organisations/start.html", form=form, taken=taken), 422 if form.wrong else 200


@organisations.route("/nova/podatki", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """The details of a new organisation, filled in from the business register, and the person's ground."""
    now, wanted = access.clock(), ours(request.args.get("next"))
    if request.method == "GET":
        number, entry = service.begin(request.args.get("maticna", ""))
        form = AddForm(registration_number=number, valid_from=local_time(now).date())
        if entry is not None:
            form.name.data, form.address.data, form.tax_number.data = entry.name, entry.address, entry.tax_number
            form.legal_form.data = legal_form_of(entry.legal_form, entry.name).value
        return render_template("organisations/add.html", form=form, entry=entry)
    form = AddForm()
    if form.validate_on_submit():
        given = form.registration_number.data, form.details(), form.ground()
        try:
            added = service.add(access.actor(), *given, now, access.store())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Organizacija je dodana."))
            return redirect(wanted or url_for(".one", organisation=added.id))
    return render_template("organisations/add.html", form=form, entry=None), 422


@organisations.get("/<int:organisation>")
def one(organisation: int) -> str:
    """Everything about one organisation."""
    actor, now = access.actor(), access.clock()
    return render_template(
        "organisations/one.html",
        organisation=service.own(actor, organisation, now),
        offers=mandates.open_offers(organisation),
        today=local_time(now).date(),
        form=Button(),
    )


@organisations.route("/<int:organisation>/uredi", methods=["GET", "POST"])
def change(organisation: int) -> ResponseReturnValue:
    """Change the details; where somebody else has changed them meanwhile, both versions are shown."""
    actor, now = access.actor(), access.clock()
    found, theirs = service.own(actor, organisation, now), None
    form = ChangeForm(obj=found)
    if form.validate_on_submit():
        try:
            service.change(actor, organisation, form.revision.data or 0, form.details(), now)
        except Invalid as invalid:
            form.refused(invalid)
        except Stale as stale:
            theirs = stale.theirs
            form.form_errors.append(stale.text[language()])
            form.revision.raw_data = [str(theirs["revision"])]
        else:
            flash(_("Podatki so shranjeni."))
            return redirect(url_for(".one", organisation=organisation))
    code = 409 if theirs else 422 if form.wrong else 200
    return render_template("organisations/change.html", form=form, organisation=found, theirs=theirs), code


@organisations.get("/<int:organisation>/dokazilo/<key>")
def file(organisation: int, key: str) -> ResponseReturnValue:
    """Evidence that was sent for this organisation."""
    found = evidence.own(access.actor(), organisation, key, access.clock(), access.store())
    return send_file(io.BytesIO(found.content), found.media_type, as_attachment=True, download_name=found.name)


@organisations.route("/<int:organisation>/status/nov", methods=["GET", "POST"])
def add_status(organisation: int) -> ResponseReturnValue:
    """Write down a status."""
    actor, now = access.actor(), access.clock()
    found, form = service.own(actor, organisation, now), StatusForm()
    if form.validate_on_submit():
        try:
            statuses.add(actor, organisation, form.given(), now, access.store())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Status je vpisan."))
            return redirect(url_for(".one", organisation=organisation, _anchor="statusi"))
    code = 422 if form.wrong else 200
    return render_template("organisations/add_status.html", form=form, organisation=found), code


@organisations.route("/<int:organisation>/status/<int:status>/konec", methods=["GET", "POST"])
def end_status(organisation: int, status: int) -> ResponseReturnValue:
    """Say first what the end of a status means, then end it."""
    actor, now, form = access.actor(), access.clock(), Button()
    found = service.own(actor, organisation, now)
    if form.validate_on_submit():
        statuses.end(actor, organisation, status, now)
        flash(_("Status je končan."))
        return redirect(url_for(".one", organisation=organisation, _anchor="statusi"))
    return render_template(
        "organisations/end_status.html", form=form, organisation=found, status=statuses.one(found, status)
    )


@organisations.route("/<int:organisation>/zastopnik/nov", methods=["GET", "POST"])
def add_representative(organisation: int) -> ResponseReturnValue:
    """Write down a representative."""
    actor, now = access.actor(), access.clock()
    found, form = service.own(actor, organisation, now), RepresentativeForm()
    if form.validate_on_submit():
        given = form.name.data, form.function.data, form.valid_from.data, form.valid_to.data
        try:
            representatives.add(actor, organisation, *given, now)
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Zastopnik je vpisan."))
            return redirect(url_for(".one", organisation=organisation, _anchor="zastopniki"))
    code = 422 if form.wrong else 200
    return render_template("organisations/add_representative.html", form=form, organisation=found), code


@organisations.route("/<int:organisation>/zastopnik/<int:representative>/konec", methods=["GET", "POST"])
def end_representative(organisation: int, representative: int) -> ResponseReturnValue:
    """Write down the last day of a representative."""
    actor, now = access.actor(), access.clock()
    found = service.own(actor, organisation, now)
    named, form = representatives.one(found, representative), EndForm(valid_to=local_time(now).date())
    if form.validate_on_submit():
        try:
            representatives.end(actor, organisation, representative, form.valid_to.data, now)
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Konec funkcije je vpisan."))
            return redirect(url_for(".one", organisation=organisation, _anchor="zastopniki"))
    code = 422 if form.wrong else 200
    page = "organisations/end_representative.html"
    return render_template(page, form=form, organisation=found, representative=named), code
