"""Organisations as officials see them: read, with mandates that wait for a decision."""

from __future__ import annotations

import io

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from razpis.procedure.deadlines import local_time
from razpis.services.errors import Invalid, Missing
from razpis.services.organisations import claims, evidence, mandates
from razpis.services.organisations import organisations as service
from razpis.web import access, numbered
from razpis.web.forms import Button, Form, required

applicants = Blueprint("applicants", __name__, url_prefix="/prijavitelji")
access.door(applicants, *service.READERS)


class RefuseForm(Form):
    """Why a mandate is not confirmed."""

    reason = StringField(_l("Razlog, ki ga bo oseba prebrala"), [required()])


@applicants.get("/")
def listed() -> str:
    """Organisations by name, filtered; officials who decide see how many mandates wait."""
    actor, wanted, page = (
        access.actor(),
        request.args.get("isci", ""),
        request.args.get("stran", 1, type=numbered.number),
    )
    waiting = 0 if actor.roles.isdisjoint(mandates.DECIDING) else len(claims.waiting(actor))
    found = service.listed(actor, wanted, page)
    return render_template(
        "organisations/applicants/listed.html", found=found, words=wanted, page=page, waiting=waiting
    )


@applicants.get("/<int:organisation>")
def one(organisation: int) -> str:
    """One organisation; the reading is noted."""
    actor, now = access.actor(), access.clock()
    return render_template(
        "organisations/applicants/one.html",
        organisation=service.read(actor, organisation, now),
        today=local_time(now).date(),
        decides=not actor.roles.isdisjoint(mandates.DECIDING),
    )


@applicants.get("/<int:organisation>/dokazilo/<key>")
def file(organisation: int, key: str) -> ResponseReturnValue:
    """Evidence of an organisation; the reading is noted."""
    found = evidence.read(access.actor(), organisation, key, access.clock(), access.store())
    return send_file(io.BytesIO(found.content), found.media_type, as_attachment=True, download_name=found.name)


@applicants.get("/pooblastila")
@access.only(*mandates.DECIDING)
def waiting() -> str:
    """Mandates filed with evidence that wait for a decision."""
    found = claims.waiting(access.actor())
    return render_template("organisations/applicants/waiting.html", claims=found, form=Button())


@applicants.post("/pooblastila/<int:claim>/potrditev")
@access.only(*mandates.DECIDING)
def confirm(claim: int) -> ResponseReturnValue:
    """Confirm a mandate."""
    claims.confirm(access.actor(), claim, access.clock())
    flash(_("Pooblastilo je potrjeno."))
    return redirect(url_for(".waiting"))


@applicants.route("/pooblastila/<int:claim>/zavrnitev", methods=["GET", "POST"])
@access.only(*mandates.DECIDING)
def refuse(claim: int) -> ResponseReturnValue:
    """Refuse a mandate, with a reason."""
    actor, form = access.actor(), RefuseForm()
    found = next((one for one in claims.waiting(actor) if one.id == claim), None)
    if found is None:
        raise Missing
    if form.validate_on_submit():
        try:
            claims.refuse(actor, claim, form.reason.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Pooblastilo ni potrjeno; oseba bo prebrala razlog."))
            return redirect(url_for(".waiting"))
    code = 422 if form.wrong else 200
    return render_template("organisations/applicants/refuse.html", form=form, claim=found), code


@applicants.route("/<int:organisation>/pooblastilo/<int:mandate>/preklic", methods=["GET", "POST"])
@access.only(*mandates.DECIDING)
def revoke(organisation: int, mandate: int) -> ResponseReturnValue:
    """Say first what revoking means, then revoke."""
    actor, now, form = access.actor(), access.clock(), Button()
    found = service.read(actor, organisation, now)
    given = next((one for one in found.mandates if one.id == mandate and one.revoked_at is None), None)
    if given is None:
        raise Missing
    if form.validate_on_submit():
        mandates.revoke(actor, organisation, mandate, now)
        flash(_("Pooblastilo je preklicano."))
        return redirect(url_for(".one", organisation=organisation))
    return render_template("organisations/applicants/revoke.html", form=form, organisation=found, mandate=given)
