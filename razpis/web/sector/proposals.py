"""Proposals before the head: read with all that stands under them, accepted, or returned with reasons."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from razpis.procedure.roles import Role
from razpis.services.errors import Invalid
from razpis.services.proposing import proposals as service
from razpis.services.proposing import result_pages
from razpis.web import access
from razpis.web.forms import Button, Form, required
from razpis.web.language import language

proposals = Blueprint("proposals", __name__, url_prefix="/predlogi")
access.door(proposals, *service.READERS)


class ReturnForm(Form):
    """Why the proposal is returned."""

    reason = TextAreaField(_l("Razlogi, ki jih bo prebrala komisija"), [required()])


@proposals.get("/")
def waiting() -> str:
    """Proposals that wait for the head."""
    return render_template("proposals/waiting.html", found=service.waiting(access.actor()))


@proposals.get("/<int:call>/<int:number>")
def one(call: int, number: int) -> str:
    """The report and proposal as handed over."""
    actor = access.actor()
    return render_template(
        "proposals/head.html",
        call=call,
        found=service.read(actor, call, number),
        earlier=service.listed(actor, call),
        unlike=service.unlike_journal(actor, call, number),
        decides=Role.SIGNATORY in actor.roles,
    )


@proposals.get("/<int:call>/<int:number>/vloga/<key>")
def line(call: int, number: int, key: str) -> str:
    """Why an application has these points, this place and this amount, as proposed; the reading is noted."""
    found = result_pages.proposed(access.actor(), call, number, key, access.clock())
    told = found.line["explanation"][language()]
    return render_template("proposals/line.html", call=call, number=number, found=found, told=told)


@proposals.route("/<int:call>/<int:number>/sprejem", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def accept(call: int, number: int) -> ResponseReturnValue:
    """Accept, after reading what follows."""
    actor, form = access.actor(), Button()
    if form.validate_on_submit():
        service.accept(actor, call, number, access.clock())
        flash(_("Predlog je sprejet. Sledi izdaja odločitev."))
        return redirect(url_for(".one", call=call, number=number))
    return render_template("proposals/accept.html", call=call, found=service.read(actor, call, number))


@proposals.route("/<int:call>/<int:number>/vrnitev", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def give_back(call: int, number: int) -> ResponseReturnValue:
    """Return to the commission, with reasons."""
    actor, form = access.actor(), ReturnForm()
    if form.validate_on_submit():
        try:
            service.give_back(actor, call, number, form.reason.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Predlog je vrnjen komisiji."))
            return redirect(url_for(".one", call=call, number=number))
    found = service.read(actor, call, number)
    return render_template("proposals/give_back.html", call=call, found=found, form=form), 422 if form.wrong else 200
