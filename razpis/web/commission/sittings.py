"""Sittings: begun with those present, the opening carried through in order, minutes drafted and signed."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from razpis.procedure.commission import FUNCTIONS
from razpis.procedure.roles import COMMISSION, Role
from razpis.procedure.sittings import SITTINGS, SittingKind
from razpis.services.calls import calls
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.examination import minutes, opening
from razpis.services.sitting import declarations, seated
from razpis.services.sitting import sittings as service
from razpis.services.sitting.sittings import Beginning
from razpis.web import access
from razpis.web.forms import Form, required
from razpis.web.language import language

sittings = Blueprint("sittings", __name__, url_prefix="/komisija/<int:call>/seje")
access.door(sittings, *COMMISSION, Role.OFFICER, Role.SIGNATORY, Role.AUDITOR)


class BeginningForm(Form):
    """What a sitting is for, where it is held and who is there."""

    kind = RadioField(_l("Namen seje"), [required()], choices=[])
    place = StringField(_l("Kraj"), [required()])
    present = SelectMultipleField(
        _l("Navzoči"), choices=[], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    open_to_public = BooleanField(_l("Seja je javna"))


class RemarksForm(Form):
    """What the minutes say besides what the journal knows."""

    remarks = TextAreaField(_l("Opombe in izjave navzočih"))


@sittings.get("/")
def listed(call: int) -> str:
    """Sittings held, the one that runs, and what the president can do next."""
    actor, now = access.actor(), access.clock()
    seat, held = seated.held(actor, call), service.of_call(actor, call)
    running = held[-1] if held and held[-1].ended_at is None else None
    return render_template(
        "sittings/listed.html",
        seat=seat,
        seats=seated.of_call(call),
        held=held,
        running=running,
        here={one.user_id for one in running.presences if one.left_at is None} if running else set(),
        waiting=opening.waiting(call) if calls.state_now(seat.call, now).value in ("closed", "opening") else [],
        state=calls.state_now(seat.call, now),
        functions=FUNCTIONS,
        kinds=SITTINGS,
        signed=minutes.signed,
        unsigned=minutes.unsigned_by,
    )


@sittings.route("/nova", methods=["GET", "POST"])
def start(call: int) -> ResponseReturnValue:
    """Begin a sitting."""
    actor, now, form, told = access.actor(), access.clock(), BeginningForm(), ""
    seat, seats = seated.presiding(actor, call), seated.of_call(call)
    state = calls.state_now(seat.call, now)
    kinds = [kind for kind in SittingKind if state in service.WHEN[kind]]
    form.kind.choices = [(kind.value, SITTINGS[kind][language()]) for kind in kinds]
    if kinds and (len(kinds) == 1 or request.method == "GET"):
        form.kind.data = form.kind.data or kinds[-1].value  # the latest is what this state of the call is about
    form.present.choices = [SelectChoice(str(one.user_id), one.user.name) for one in seats]
    if form.validate_on_submit():
        try:
            service.start(actor, call, _beginning(form), now)
        except Invalid as invalid:
            form.refused(invalid)
        except Refused as refused:
            told = refused.text[language()]
        else:
            flash(_("Seja se je začela."))
            return redirect(url_for(".listed", call=call))
    left = declarations.undeclared(call, [one.user_id for one in seats])
    page = render_template("sittings/start.html", form=form, call=seat.call, seats=seats, left=left, told=told)
    return page, 422 if form.wrong else 409 if told else 200


def _beginning(form: BeginningForm) -> Beginning:
    present = [int(one) for one in form.present.data]
    return Beginning(SittingKind(form.kind.data), form.place.data, present, form.open_to_public.data)


@sittings.post("/navzocnost")
def attend(call: int) -> ResponseReturnValue:
    """Somebody has come or left."""
    actor, now = access.actor(), access.clock()
    verb, _sep, person = request.form.get("change", "").partition("-")
    number = int(person) if person.isascii() and person.isdecimal() and len(person) < 10 else 0
    if verb == "come":
        service.come(actor, call, number, now)
        flash(_("Prihod je zapisan."))
    else:
        service.leave(actor, call, number, now)
        flash(_("Odhod je zapisan."))
    return redirect(url_for(".listed", call=call))


@sittings.post("/odpiranje")
def unseal(call: int) -> ResponseReturnValue:
    """Open the next application, or all that wait, as the page showed them."""
    numbers = [int(one) for one in request.form.getlist("application") if one.isascii() and one.isdecimal()]
    wanted = numbers[:1] if request.form.get("how") == "next" else numbers
    in_time = opening.open_applications(access.actor(), call, wanted, access.clock())
    opened = ngettext("Odprta je %(num)s vloga.", "Odprtih je %(num)s vlog.", in_time)
    late = len(wanted) - in_time
    told = ngettext("Prepozna, neodprta: %(num)s.", "Prepozne, neodprte: %(num)s.", late) if late else ""
    flash(f"{opened} {told}".strip())
    return redirect(url_for(".listed", call=call))


@sittings.post("/konec")
def end(call: int) -> ResponseReturnValue:
    """End the running sitting; the minutes come next."""
    number = service.end(access.actor(), call, access.clock())
    flash(_("Seja je končana. Sestavite zapisnik."))
    return redirect(url_for(".record", call=call, sitting=number))


@sittings.post("/konec-odpiranja")
def finish(call: int) -> ResponseReturnValue:
    """End the opening; the check begins."""
    opening.finish(access.actor(), call, access.clock())
    flash(_("Odpiranje je končano. Začel se je preizkus vlog."))
    return redirect(url_for("checking.listed", call=call))


@sittings.route("/<int:sitting>/zapisnik", methods=["GET", "POST"])
def record(call: int, sitting: int) -> ResponseReturnValue:
    """The minutes of a sitting, or the form that drafts them."""
    actor, form = access.actor(), RemarksForm()
    if form.validate_on_submit():
        try:
            minutes.draft(actor, sitting, form.remarks.data or "", access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Zapisnik je sestavljen. Preberite ga in ga podpišite."))
            return redirect(url_for(".record", call=call, sitting=sitting))
    held, found = minutes.one(actor, sitting)
    if held.call_id != call:
        raise Missing
    page = render_template(
        "sittings/record.html",
        form=form,
        sitting=held,
        minutes=found,
        unsigned=minutes.unsigned_by(held),
        kinds=SITTINGS,
    )
    return page, 422 if form.wrong else 200


@sittings.post("/<int:sitting>/podpis")
def sign(call: int, sitting: int) -> ResponseReturnValue:
    """Sign the minutes as they were read."""
    number = request.form.get("minutes", "")
    found = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
    minutes.sign(access.actor(), found, request.form.get("sha256", ""), access.clock())
    flash(_("Zapisnik ste podpisali."))
    return redirect(url_for(".record", call=call, sitting=sitting))
