"""The outbox of decisions: what is missing, drafts, approval by a second person, documents, the release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf.file import FileField
from wtforms import TextAreaField

from razpis.procedure.roles import Role
from razpis.services.decisions import act_files, issuing, rendering, returning
from razpis.services.decisions import releases as service
from razpis.services.errors import Invalid
from razpis.web import access, links
from razpis.web.forms import ApproveForm, Button, Form, required
from razpis.web.language import language
from razpis.web.sending import sent

releases = Blueprint("releases", __name__, url_prefix="/odlocbe")
access.door(releases, *service.READERS)
BATCH = 20
"""How many documents one press of the button makes: a few seconds; the server makes the rest meanwhile."""
LARGEST = 24 * 1024 * 1024


@releases.url_value_preprocessor
def _may_be_large(endpoint: str | None, _values: object) -> None:
    """The form brings a signed document, or names many; the protection of forms reads it before any view."""
    if endpoint == "releases.signed":
        request.max_content_length = LARGEST


class DropForm(Form):
    """Why drafts are given up."""

    reason = TextAreaField(_l("Zakaj osnutke opuščate"), [required()])


class ReturnForm(Form):
    """Why the accepted proposal goes back."""

    reason = TextAreaField(_l("Razlogi, ki jih bo prebrala komisija"), [required()])


class SignedForm(Form):
    """A decision signed elsewhere."""

    file = FileField(_l("Podpisana datoteka PDF"), [required(_l("Izberite datoteko."))])


@releases.get("/<int:call>")
def outbox(call: int) -> str:
    """The outbox of a call: what is missing, or the set in hand with its progress."""
    actor = access.actor()
    found = service.outbox(actor, call)
    examined = None if found.release else service.examined(actor, call, access.clock())
    return render_template("releases/outbox.html", **_about(found), examined=examined)


@releases.post("/<int:call>/osnutki")
@access.only(Role.OFFICER)
def draft(call: int) -> ResponseReturnValue:
    """Put together drafts for all applications."""
    service.draft(access.actor(), call, access.clock())
    flash(_("Osnutki so pripravljeni. Preglejte jih; odobri jih podpisnik."))
    return redirect(url_for(".outbox", call=call))


@releases.get("/<int:call>/akti/<key>")
def file(call: int, key: str) -> ResponseReturnValue:
    """The document of one act, or its preview."""
    name, content = act_files.one(access.actor(), call, key, access.clock(), access.store())
    return sent(content, "application/pdf", name, away=False)


@releases.post("/<int:call>/paket")
@access.only(Role.OFFICER, Role.SIGNATORY)
def several(call: int) -> ResponseReturnValue:
    """The chosen documents in one file."""
    keys = request.form.getlist("act")
    content = act_files.several(access.actor(), call, keys, access.clock(), access.store())
    return sent(content, "application/zip", f"odlocbe-{call}.zip")


@releases.route("/<int:call>/<int:number>/odobritev", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def approve(call: int, number: int) -> ResponseReturnValue:
    """Approve the set, after reading what follows."""
    actor, form = access.actor(), ApproveForm()
    if form.validate_on_submit():
        service.approve(actor, call, number, form.seen.data or "", links.verification(), access.clock())
        flash(_("Odločitve so odobrene in oštevilčene. Zdaj nastajajo dokumenti."))
        return redirect(url_for(".outbox", call=call))
    return _step("releases/approve.html", call, number)


@releases.route("/<int:call>/<int:number>/opustitev", methods=["GET", "POST"])
@access.only(Role.OFFICER, Role.SIGNATORY)
def drop(call: int, number: int) -> ResponseReturnValue:
    """Give the set up, with a reason."""
    actor, form = access.actor(), DropForm()
    if form.validate_on_submit():
        try:
            service.drop(actor, call, number, form.reason.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Osnutki so opuščeni. Ko vzrok odpravite, pripravite nove."))
            return redirect(url_for(".outbox", call=call))
    return _step("releases/drop.html", call, number, form=form)


@releases.post("/<int:call>/<int:number>/izdelava")
@access.only(Role.OFFICER, Role.SIGNATORY)
def make(call: int, number: int) -> ResponseReturnValue:
    """Make some more of the documents now; the server makes them meanwhile too."""
    release = service.current(access.actor(), call, number).id
    made = rendering.one_set(release, access.clock(), access.store(), current_app.config.get("SEAL"), BATCH)
    flash(ngettext("Narejen je %(num)s dokument.", "Narejenih dokumentov: %(num)s.", made))
    return redirect(url_for(".outbox", call=call))


@releases.route("/<int:call>/<int:number>/izdaja", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def issue(call: int, number: int) -> ResponseReturnValue:
    """Issue all decisions at once, after reading what follows."""
    actor, form = access.actor(), Button()
    if form.validate_on_submit():
        count = issuing.issue(actor, call, number, access.clock(), access.store(), links.decision)
        flash(ngettext("Izdana je %(num)s odločitev.", "Izdanih je %(num)s odločitev.", count))
        return redirect(url_for("deliveries.listed", call=call))
    return _step("releases/issue.html", call, number)


@releases.route("/<int:call>/akti/<key>/podpisan", methods=["GET", "POST"])
@access.only(Role.OFFICER, Role.SIGNATORY)
def signed(call: int, key: str) -> ResponseReturnValue:
    """Take in a decision that was signed elsewhere, its signature checked."""
    actor, form = access.actor(), SignedForm()
    act = act_files.act(actor, call, key)
    if form.validate_on_submit():
        roots = current_app.config.get("SEAL_ROOTS")
        try:
            content = form.file.data.read()
            found = act_files.take_signed(actor, call, key, content, roots, access.clock(), access.store())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Podpisani dokument je sprejet. Podpisnik: %(who)s.", who=found.who))
            return redirect(url_for(".outbox", call=call))
    shown = {"call": service.outbox(actor, call).call, "act": act, "signer": act_files.signer(act)}
    return render_template("releases/signed.html", **shown, form=form), 422 if form.wrong else 200


@releases.route("/<int:call>/vrnitev", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def give_back(call: int) -> ResponseReturnValue:
    """Return the accepted proposal to the commission, with reasons, while nothing is issued."""
    actor, form = access.actor(), ReturnForm()
    if form.validate_on_submit():
        try:
            number = returning.give_back(actor, call, form.reason.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Predlog je vrnjen komisiji."))
            return redirect(url_for("proposals.one", call=call, number=number))
    found = service.outbox(actor, call).call
    page = render_template("releases/give_back.html", call=found, form=form, possible=returning.returnable(found))
    return page, 422 if form.wrong else 200


def _step(page: str, call: int, number: int, form: Form | None = None) -> ResponseReturnValue:
    """A page on which a step is confirmed."""
    service.current(access.actor(), call, number)
    shown = render_template(page, **_about(service.outbox(access.actor(), call)), form=form)
    return shown, 422 if form is not None and form.wrong else 200


def _about(found: service.Outbox) -> Mapping[str, Any]:
    actor, release = access.actor(), found.release
    return {
        "call": found.call,
        "found": found,
        "release": release,
        "state": service.STATES[release.state][language()] if release else "",
        "officer": Role.OFFICER in actor.roles,
        "signatory": Role.SIGNATORY in actor.roles,
        "sealing": bool(current_app.config.get("SEAL")),
        "returnable": returning.returnable(found.call),
        "own": release is not None and release.drafted_by == actor.id,
    }
