"""The commission's proposal: prepared on a result, read, signed – with a dissenting opinion too – and handed over."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice

from razpis.procedure.roles import COMMISSION, Role
from razpis.services.errors import Invalid, Refused
from razpis.services.proposing import adoption, result_pages
from razpis.services.proposing import proposals as service
from razpis.services.sitting import seated
from razpis.web import access
from razpis.web.forms import Button, Form
from razpis.web.language import language

proposing = Blueprint("proposing", __name__, url_prefix="/komisija/<int:call>/predlog")
access.door(proposing, *COMMISSION)


class SignForm(Form):
    """Agreement, or a dissenting opinion with its grounds."""

    vote = RadioField(
        _l("Glas"),
        choices=[
            SelectChoice("for", _l("S predlogom se strinjam")),
            SelectChoice("against", _l("Dajem ločeno mnenje")),
        ],
        default="for",
    )
    dissent = TextAreaField(_l("Ločeno mnenje z razlogi"))


@proposing.get("/")
def listed(call: int) -> str:
    """Every proposal of the call, the newest first."""
    actor = access.actor()
    found = service.listed(actor, call)
    named_call = found[0].call if found else seated.held(actor, call).call
    return render_template("proposals/listed.html", call=call, found=found, named_call=named_call)


@proposing.route("/priprava/<int:run>", methods=["GET", "POST"])
def prepare(call: int, run: int) -> ResponseReturnValue:
    """What preparing means, then prepare."""
    form, refused = Button(), ""
    if form.validate_on_submit():
        try:
            number = service.prepare(access.actor(), call, run, access.clock())
        except Refused as error:
            refused = error.text[language()]
        else:
            flash(_("Predlog je pripravljen. Člani ga lahko preberejo in podpišejo."))
            return redirect(url_for(".one", call=call, number=number))
    overview, lacking = result_pages.overview(access.actor(), call), adoption.lacking(access.actor(), call)
    shown = render_template("proposals/prepare.html", call=call, found=overview, refused=refused, lacking=lacking)
    return shown, 409 if refused else 200


@proposing.route("/<int:number>", methods=["GET", "POST"])
def one(call: int, number: int) -> ResponseReturnValue:
    """The report and proposal; whoever votes signs it here."""
    form, refused = SignForm(), ""
    if form.validate_on_submit():
        try:
            if _signed(form, call, number):
                flash(_("Predlog ste podpisali."))
                return redirect(url_for(".one", call=call, number=number))
        except Refused as error:
            refused = error.text[language()]
    return _shown(form, call, number, refused), 422 if form.wrong else 409 if refused else 200


def _shown(form: SignForm, call: int, number: int, refused: str) -> str:
    """The proposal as this person sees it; what was typed stays where the signature was refused."""
    actor = access.actor()
    found = service.read(actor, call, number)
    signs = found.state.value == "signing" and all(one.user_id != actor.id for one in found.signatures)
    return render_template(
        "proposals/one.html",
        call=call,
        found=found,
        form=form,
        refused=refused,
        signs=signs,
        in_the_way=adoption.in_the_way(actor, found) if signs else None,
        presides=Role.PRESIDENT in actor.roles,
        unlike=service.unlike_journal(actor, call, number),
    )


def _signed(form: SignForm, call: int, number: int) -> bool:
    """Whether the vote is kept; if not, the form says why."""
    against = form.vote.data == "against"
    if against and not (form.dissent.data or "").strip():
        form.dissent.errors = [_("Napišite razloge ločenega mnenja.")]
        return False
    try:
        service.sign(access.actor(), call, number, form.dissent.data if against else "", access.clock())
    except Invalid as invalid:
        form.refused(invalid)
        return False
    return True


@proposing.route("/<int:number>/predaja", methods=["GET", "POST"])
def submit(call: int, number: int) -> ResponseReturnValue:
    """Hand the proposal over to the head, after reading what that means."""
    actor, form, refused = access.actor(), Button(), ""
    if form.validate_on_submit():
        try:
            service.submit(actor, call, number, access.clock())
        except Refused as error:
            refused = error.text[language()]
        else:
            flash(_("Predlog je predan predstojniku."))
            return redirect(url_for(".one", call=call, number=number))
    found = service.read(actor, call, number)
    shown = render_template("proposals/submit.html", call=call, found=found, refused=refused)
    return shown, 409 if refused else 200
