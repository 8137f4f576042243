"""The papers of a call in the order of its life, each with what it lacks, and as a PDF on the call's real data."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField

from razpis.procedure.acts import Kind
from razpis.procedure.roles import Role
from razpis.services.decisions import correcting
from razpis.services.decisions import papers as service
from razpis.services.errors import Invalid
from razpis.web import access
from razpis.web.forms import Button, Form, required
from razpis.web.sending import sent

papers = Blueprint("papers", __name__, url_prefix="/listine")
access.door(papers, *service.READERS)

KINDS: Mapping[Kind, str] = {
    Kind.START: _l("Sklep o začetku postopka"),
    Kind.APPOINTMENT: _l("Sklep o imenovanju komisije"),
    Kind.CALL: _l("Besedilo javnega razpisa"),
    Kind.AMENDMENT: _l("Sklep o spremembi razpisa"),
    Kind.CANCELLATION: _l("Sklep o razveljavitvi razpisa"),
    Kind.RECEIPT: _l("Potrdilo o prejemu vloge"),
    Kind.EXCLUSION: _l("Sklep o izločitvi"),
    Kind.MINUTES: _l("Zapisnik seje"),
    Kind.SUPPLEMENT_REQUEST: _l("Poziv k dopolnitvi"),
    Kind.DISMISSAL: _l("Sklep o zavrženju"),
    Kind.DISCONTINUANCE: _l("Sklep o ustavitvi postopka zaradi umika"),
    Kind.SCORE_SHEET: _l("Ocenjevalni list"),
    Kind.REPORT: _l("Poročilo komisije in predlog"),
    Kind.DECISION: _l("Odločitve o vlogah"),
    Kind.RESULT_LIST: _l("Obvestilo o rezultatih"),
    Kind.CORRECTION: _l("Sklep o popravi očitne pomote"),
}


class ErrorForm(Form):
    """An obvious error in an issued document."""

    act = SelectField(_l("Dokument s pomoto"), [required()], choices=[])
    reads = TextAreaField(_l("Kaj piše napačno"), [required()])
    shall_read = TextAreaField(_l("Kako je pravilno"), [required()])
    reason = TextAreaField(_l("Zakaj je pomota očitna"), [required()])


@papers.get("/<int:call>")
def listed(call: int) -> str:
    """Every paper of the call that this person may read."""
    actor = access.actor()
    found, lines = service.listed(actor, call, access.clock())
    official = not actor.roles.isdisjoint(service.OFFICIALS)
    officer = Role.OFFICER in actor.roles
    return render_template(
        "papers/listed.html", call=found, papers=lines, kinds=KINDS, official=official, officer=officer
    )


@papers.get("/<int:call>/<kind>/<which>.pdf")
def one(call: int, kind: str, which: str) -> Response:
    """One paper as a PDF, to be looked at."""
    if kind not in set(Kind):
        abort(404)
    actor, now = access.actor(), access.clock()
    if kind == Kind.RECEIPT:
        name, made = service.receipt(actor, call, which, now, access.store())
    else:
        name, made = service.pdf(actor, call, Kind(kind), which, now)
    return sent(made, "application/pdf", name, away=False)


@papers.route("/<int:call>/poprava", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def correct(call: int) -> ResponseReturnValue:
    """Draft the order that corrects an obvious error."""
    actor, form = access.actor(), ErrorForm()
    found, issued = correcting.correctable(actor, call)
    form.act.choices = [(one.key, f"{one.number}, {correcting.name(one)}") for one in issued]
    if form.validate_on_submit():
        error = correcting.Error(form.act.data, form.reads.data, form.shall_read.data, form.reason.data)
        try:
            correcting.draft(actor, call, error, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Sklep o popravi je pripravljen. Preglejte ga med listinami."))
            return redirect(url_for(".listed", call=call))
    return render_template("papers/correct.html", call=found, form=form, issued=issued), 422 if form.wrong else 200


@papers.post("/<int:call>/poprava/<key>/opustitev")
@access.only(Role.OFFICER)
def drop(call: int, key: str) -> ResponseReturnValue:
    """Give up the draft of a correction."""
    if Button().validate_on_submit():
        correcting.drop(access.actor(), call, key, access.clock())
        flash(_("Osnutek poprave je opuščen."))
    return redirect(url_for(".listed", call=call))
