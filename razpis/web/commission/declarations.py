"""A member's commissions, and the declarations of conflicts that come before everything else."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from razpis.procedure.commission import FUNCTIONS
from razpis.procedure.conflicts import GROUNDS, Ground
from razpis.procedure.roles import COMMISSION
from razpis.procedure.states import CallState
from razpis.procedure.words import CALL_STATES
from razpis.services.calls import calls
from razpis.services.errors import Invalid
from razpis.services.sitting import declarations, declaring, seated
from razpis.services.sitting.declarations import Said
from razpis.services.sitting.declaring import Row
from razpis.web import access
from razpis.web.language import language

commission = Blueprint("commission", __name__, url_prefix="/komisija")
access.door(commission, *COMMISSION)
IN_HAND = frozenset(
    list(CallState)[list(CallState).index(CallState.CLOSED) : list(CallState).index(CallState.DECIDING)]
)
"""States in which the commission has something to do; such calls come first."""
NONE = "none"
"""What the page sends where there is no conflict."""


@commission.get("/")
def mine() -> str:
    """The commissions the person sits in, with what waits for them."""
    actor, now = access.actor(), access.clock()
    seats = [
        (seat, calls.state_now(seat.call, now), *declarations.progress(seat.call_id)) for seat in seated.mine(actor)
    ]
    seats.sort(key=lambda one: one[1] not in IN_HAND)
    return render_template("commission/mine.html", seats=seats, functions=FUNCTIONS, states=CALL_STATES)


@commission.route("/<int:call>/izjave", methods=["GET", "POST"])
def sheet(call: int) -> ResponseReturnValue:
    """The list of applicants; what is said of each is declared together. What is left blank is left for later."""
    actor, now = access.actor(), access.clock()
    found, errors, given = declaring.sheet(actor, call, now), {}, MultiDict[str, str]()
    if request.method == "POST":
        given = request.form
        try:
            count = declarations.declare(actor, call, _said(found.rows), "confidential" in given, now)
        except Invalid as invalid:
            errors = {name: text[language()] for name, text in invalid.fields.items()}
        else:
            flash(ngettext("Zapisana je %(num)s izjava.", "Zapisanih je %(num)s izjav.", count))
            return redirect(url_for(".sheet", call=call))
    page = render_template(
        "declarations/sheet.html", sheet=found, grounds=GROUNDS, errors=errors, given=given, free=NONE
    )
    return page, 422 if errors else 200


def _said(rows: tuple[Row, ...]) -> dict[int, Said]:
    """What the form says of each application it names; a blank choice says nothing."""
    said: dict[int, Said] = {}
    for row in rows:
        choice = request.form.get(f"ground-{row.line.id}", "")
        if choice == NONE:
            said[row.line.id] = Said()
        elif choice in set(Ground):
            said[row.line.id] = Said(Ground(choice), request.form.get(f"explanation-{row.line.id}", ""))
    return said
