"""Corrections of obvious errors on their way out: approval by another, the document, the issue."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from razpis.procedure.roles import Role
from razpis.services.decisions import corrections as service
from razpis.services.decisions import releases, rendering
from razpis.services.errors import Missing
from razpis.web import access, links
from razpis.web.forms import ApproveForm, Button
from razpis.web.language import language

corrections = Blueprint("corrections", __name__, url_prefix="/poprave")
access.door(corrections, *service.READERS)


@corrections.get("/<int:call>")
def listed(call: int) -> str:
    """Every correction of a call with its state and what is to be done."""
    actor = access.actor()
    found, acts = service.listed(actor, call)
    return render_template(
        "corrections/listed.html",
        call=found,
        acts=acts,
        states={state: words[language()] for state, words in releases.STATES.items()},
        officer=Role.OFFICER in actor.roles,
        signatory=Role.SIGNATORY in actor.roles,
        me=actor.id,
    )


@corrections.route("/<int:call>/<key>/odobritev", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def approve(call: int, key: str) -> ResponseReturnValue:
    """Approve, after reading what changes."""
    actor, form = access.actor(), ApproveForm()
    if form.validate_on_submit():
        service.approve(actor, call, key, form.seen.data or "", links.verification(), access.clock())
        flash(_("Poprava je odobrena in oštevilčena. Zdaj nastaja dokument."))
        return redirect(url_for(".listed", call=call))
    found, act = service.one(actor, call, key)
    return render_template("corrections/approve.html", call=found, act=act)


@corrections.post("/<int:call>/<key>/izdelava")
@access.only(Role.OFFICER, Role.SIGNATORY)
def make(call: int, key: str) -> ResponseReturnValue:
    """Make the document now; the server makes it meanwhile too."""
    _call, act = service.one(access.actor(), call, key)
    if act.release_id is None:
        raise Missing
    rendering.one_set(act.release_id, access.clock(), access.store(), current_app.config.get("SEAL"), 1)
    return redirect(url_for(".listed", call=call))


@corrections.route("/<int:call>/<key>/izdaja", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def issue(call: int, key: str) -> ResponseReturnValue:
    """Issue, after reading what follows."""
    actor, form = access.actor(), Button()
    if form.validate_on_submit():
        service.issue(actor, call, key, access.clock(), access.store(), links.decision)
        flash(_("Sklep o popravi je izdan. Vročite ga enako kot odločitev o vlogi."))
        return redirect(url_for("deliveries.listed", call=call))
    found, act = service.one(actor, call, key)
    return render_template("corrections/issue.html", call=found, act=act)
