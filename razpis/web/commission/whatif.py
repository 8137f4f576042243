"""The what-if desk: other numbers in the rules, who would gain and lose. Marked as not binding on every page."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from razpis.procedure.roles import Role
from razpis.services.errors import Invalid
from razpis.services.proposing import whatif as service
from razpis.web import access
from razpis.web.language import language

whatif = Blueprint("whatif", __name__, url_prefix="/komisija/<int:call>/simulacije")
access.door(whatif, Role.PRESIDENT, Role.OFFICER)


@whatif.route("/", methods=["GET", "POST"])
def desk(call: int) -> ResponseReturnValue:
    """What can be changed, and every simulation so far."""
    actor, wrong = access.actor(), dict[str, str]()
    if request.method == "POST":
        try:
            run = service.simulate(actor, call, request.form, access.clock())
        except Invalid as invalid:
            wrong = {path: text[language()] for path, text in invalid.fields.items()}
        else:
            return redirect(url_for(".one", call=call, run=run))
    found, knobs, earlier = service.desk(actor, call)
    shown = render_template(
        "whatif/desk.html", call=found, knobs=knobs, earlier=earlier, typed=request.form, wrong=wrong
    )
    return shown, 422 if wrong else 200


@whatif.get("/<int:run>")
def one(call: int, run: int) -> str:
    """One simulation beside the result; names only where asked for, and then noted."""
    named = request.args.get("imena") == "da"
    found = service.compared(access.actor(), call, run, named, access.clock())
    return render_template("whatif/one.html", call=call, found=found, named=named)
