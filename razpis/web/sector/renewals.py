"""Decisions taken away and remitted: the new decision drafted, approved by another, issued."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from razpis.procedure.finality import FOLLOWS
from razpis.procedure.roles import Role
from razpis.services.decisions import releases, rendering, renewing
from razpis.services.decisions import renewals as service
from razpis.services.errors import Invalid, Missing
from razpis.web import access, links
from razpis.web.forms import ApproveForm, Button, Form
from razpis.web.language import language

renewals = Blueprint("renewals", __name__, url_prefix="/ponovno-odlocanje")
access.door(renewals, *service.READERS)


class ReasonsForm(Form):
    """How the new decision heeds what was ordered."""

    reasons = TextAreaField(_l("Dopolnjena obrazložitev: kako odločitev upošteva navodila"))


class LeaveForm(Form):
    """Why the evaluation there is cannot stand."""

    reason = TextAreaField(_l("Zakaj ocena ne more ostati"))


@renewals.get("/<int:call>")
def listed(call: int) -> str:
    """Decisions that were taken away, what follows for each, and the new decision on its way."""
    actor = access.actor()
    found = service.desk(actor, call)
    return render_template(
        "renewals/listed.html",
        call=found.call,
        taken=found.taken,
        follows={one: words[language()] for one, words in FOLLOWS.items()},
        states={state: words[language()] for state, words in releases.STATES.items()},
        withdrawn=renewing.withdrawn,
        officer=Role.OFFICER in actor.roles,
        signatory=Role.SIGNATORY in actor.roles,
        me=actor.id,
    )


@renewals.route("/<int:call>/<key>/osnutek", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def draft(call: int, key: str) -> ResponseReturnValue:
    """Draft the new decision in place of the one with this key."""
    actor, form = access.actor(), ReasonsForm()
    if form.validate_on_submit():
        try:
            renewing.draft(actor, call, key, form.reasons.data or "", access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Nova odločitev je pripravljena. Preglejte jo; odobri jo podpisnik."))
            return redirect(url_for(".listed", call=call))
    found, taken = renewing.fillable(actor, call, key)
    page = render_template(
        "renewals/draft.html", call=found, one=taken.annulment, form=form, withdrawn=renewing.withdrawn(taken)
    )
    return page, 422 if form.wrong else 200


@renewals.route("/<int:call>/<key>/odobritev", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def approve(call: int, key: str) -> ResponseReturnValue:
    """Approve, after reading what it says."""
    actor, form = access.actor(), ApproveForm()
    if form.validate_on_submit():
        service.approve(actor, call, key, form.seen.data or "", links.verification(), access.clock())
        flash(_("Nova odločitev je odobrena in oštevilčena. Zdaj nastaja dokument."))
        return redirect(url_for(".listed", call=call))
    found, act = service.one(actor, call, key)
    return render_template("renewals/approve.html", call=found, act=act)


@renewals.post("/<int:call>/<key>/izdelava")
@access.only(Role.OFFICER, Role.SIGNATORY)
def make(call: int, key: str) -> ResponseReturnValue:
    """Make the document now; the server makes it meanwhile too."""
    _call, act = service.one(access.actor(), call, key)
    if act.release_id is None:
        raise Missing
    rendering.one_set(act.release_id, access.clock(), access.store(), current_app.config.get("SEAL"), 1)
    return redirect(url_for(".listed", call=call))


@renewals.route("/<int:call>/<key>/izdaja", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def issue(call: int, key: str) -> ResponseReturnValue:
    """Issue, after reading what follows."""
    actor, form = access.actor(), Button()
    if form.validate_on_submit():
        service.issue(actor, call, key, access.clock(), access.store(), links.decision)
        flash(_("Nova odločitev je izdana. Vročite jo in objavite novo različico rezultatov."))
        return redirect(url_for("deliveries.listed", call=call))
    found, act = service.one(actor, call, key)
    return render_template("renewals/issue.html", call=found, act=act)


@renewals.post("/<int:call>/<key>/opustitev")
@access.only(Role.OFFICER)
def drop(call: int, key: str) -> ResponseReturnValue:
    """Give up the draft."""
    if Button().validate_on_submit():
        service.drop(access.actor(), call, key, access.clock())
        flash(_("Osnutek nove odločitve je opuščen."))
    return redirect(url_for(".listed", call=call))


@renewals.route("/<int:call>/<key>/zunaj", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def leave(call: int, key: str) -> ResponseReturnValue:
    """Give up deciding anew here, after reading what follows."""
    actor, form = access.actor(), LeaveForm()
    if form.validate_on_submit():
        try:
            service.leave(actor, call, key, form.reason.data or "", access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Zapisano je, da se o vlogi odloči zunaj portala."))
            return redirect(url_for(".listed", call=call))
    found, taken = service.waiting(actor, call, key)
    return render_template(
        "renewals/leave.html", call=found, one=taken.annulment, form=form
    ), 422 if form.wrong else 200
