"""The result as the engine gives it: order, money, ties, certificate, the trace of each line; the seed and the draw."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from razpis.procedure.roles import COMMISSION
from razpis.services.errors import Invalid
from razpis.services.marking import draws
from razpis.services.proposing import result_pages
from razpis.services.proposing import runs as service
from razpis.web import access
from razpis.web.forms import Form, required
from razpis.web.language import language

runs = Blueprint("runs", __name__, url_prefix="/komisija/<int:call>/izid")
access.door(runs, *COMMISSION)


class SeedForm(Form):
    """The seed of the call's draws."""

    seed = StringField(_l("Seme žreba"), [required()])
    source = StringField(_l("Od kod je"), [required()])


@runs.get("/")
def result(call: int) -> str:
    """The last result, or what it waits for."""
    return render_template("runs/result.html", call=call, found=result_pages.overview(access.actor(), call))


@runs.post("/izracun")
def compute(call: int) -> ResponseReturnValue:
    """Compute the result as everything stands now."""
    service.compute(access.actor(), call, access.clock())
    flash(_("Izid je izračunan in shranjen."))
    return redirect(url_for(".result", call=call))


@runs.post("/zreb/<tie>")
def draw(call: int, tie: str) -> ResponseReturnValue:
    """Draw an open tie from the seed fixed beforehand."""
    service.draw(access.actor(), call, tie, access.clock())
    flash(_("Žreb je opravljen in zapisan; izid je izračunan znova."))
    return redirect(url_for(".result", call=call))


@runs.route("/seme", methods=["GET", "POST"])
def seed(call: int) -> ResponseReturnValue:
    """The seed: fixed once, before anyone can know of a tie."""
    actor, form = access.actor(), SeedForm()
    if form.validate_on_submit():
        try:
            draws.fix(actor, call, form.seed.data, form.source.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Seme žreba je določeno."))
            return redirect(url_for(".seed", call=call))
    found = result_pages.seed(actor, call)
    return render_template("runs/seed.html", call=call, found=found, form=form), 422 if form.wrong else 200


@runs.get("/<key>")
def one(call: int, key: str) -> str:
    """Why an application has these points, this place and this amount."""
    found = result_pages.one(access.actor(), call, key, access.clock())
    told = found.line["explanation"][language()]
    return render_template("runs/one.html", call=call, found=found, told=told)
