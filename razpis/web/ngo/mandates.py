"""Mandates: offered to others, accepted, filed with evidence, taken back, revoked."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from razpis.procedure.deadlines import local_time
from razpis.services.errors import Invalid, Missing
from razpis.services.organisations import claims, mandates
from razpis.services.organisations import organisations as service
from razpis.web import access, links
from razpis.web.forms import Button
from razpis.web.ngo.organisation_forms import ClaimForm, OfferForm
from razpis.web.ngo.organisations import organisations as organisations


@organisations.route("/<int:organisation>/pooblastilo/novo", methods=["GET", "POST"])
def offer(organisation: int) -> ResponseReturnValue:
    """Offer a mandate to a person; the same is said whether they have an account or not."""
    actor, now = access.actor(), access.clock()
    found, form = service.own(actor, organisation, now), OfferForm(valid_from=local_time(now).date())
    if form.validate_on_submit():
        try:
            mandates.offer(
                actor,
                organisation,
                form.email.data,
                form.ground(),
                links.whole("organisations.mine"),
                now,
                access.store(),
            )
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Ponudba je poslana. Velja, ko jo oseba sprejme."))
            return redirect(url_for(".one", organisation=organisation, _anchor="pooblastila"))
    code = 422 if form.wrong else 200
    return render_template("organisations/offer.html", form=form, organisation=found), code


@organisations.route("/<int:organisation>/pooblastilo/<int:mandate>/preklic", methods=["GET", "POST"])
def revoke(organisation: int, mandate: int) -> ResponseReturnValue:
    """Say first what revoking means, then revoke."""
    actor, now, form = access.actor(), access.clock(), Button()
    found = service.own(actor, organisation, now)
    given = next((one for one in found.mandates if one.id == mandate and one.revoked_at is None), None)
    if given is None:
        raise Missing
    if form.validate_on_submit():
        own = given.user_id == actor.id
        mandates.revoke(actor, organisation, mandate, now)
        flash(_("Pooblastilo je preklicano."))
        return redirect(url_for(".mine") if own else url_for(".one", organisation=organisation))
    return render_template("organisations/revoke.html", form=form, organisation=found, mandate=given)


@organisations.post("/<int:organisation>/ponudba/<int:offered>/umik")
def withdraw(organisation: int, offered: int) -> ResponseReturnValue:
    """Take back an offer nobody has accepted."""
    mandates.withdraw(access.actor(), organisation, offered, access.clock())
    flash(_("Ponudba je umaknjena."))
    return redirect(url_for(".one", organisation=organisation, _anchor="pooblastila"))


@organisations.post("/ponudba/<int:offered>/sprejem")
def accept(offered: int) -> ResponseReturnValue:
    """Accept what was offered to one's own address."""
    mandates.accept(access.actor(), offered, access.clock())
    flash(_("Pooblastilo je sprejeto. Organizacijo zdaj zastopate."))
    return redirect(url_for(".mine"))


@organisations.post("/ponudba/<int:offered>/zavrnitev")
def decline(offered: int) -> ResponseReturnValue:
    """Decline what was offered to one's own address."""
    mandates.decline(access.actor(), offered, access.clock())
    flash(_("Ponudba je zavrnjena."))
    return redirect(url_for(".mine"))


@organisations.route("/pooblastilo", methods=["GET", "POST"])
def claim() -> ResponseReturnValue:
    """File a mandate with evidence for an organisation that somebody else has entered."""
    now = access.clock()
    form = ClaimForm(registration_number=request.args.get("maticna", ""), valid_from=local_time(now).date())
    if form.validate_on_submit():
        try:
            claims.file(access.actor(), form.registration_number.data, form.ground(), now, access.store())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Dokazilo je oddano. Ko ga občina pregleda, boste videli odgovor na tej strani."))
            return redirect(url_for(".mine"))
    return render_template("organisations/claim.html", form=form), 422 if form.wrong else 200
