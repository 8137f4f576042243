"""The steps of a call up to its deadline, each on a page of its own that says what will happen."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import Optional

from razpis.engine.problems import Text
from razpis.procedure.roles import Role
from razpis.procedure.states import CallEvent
from razpis.procedure.words import CALL_STATES
from razpis.procedure.workflow import CALL, allowed
from razpis.services.actor import Actor
from razpis.services.calls import calls as service
from razpis.services.calls import filers, office_days, publishing, readiness, suspending
from razpis.services.calls.calls import Call
from razpis.services.calls.publishing import NotReady
from razpis.services.errors import Invalid, Refused
from razpis.web import access, moments
from razpis.web.forms import Form, required
from razpis.web.sector.calls import BEFORE_PUBLICATION, calls


class SeenForm(Form):
    """A step taken on the call as it was seen."""

    revision = HiddenField()
    examples_seen = BooleanField(_l("Potrjujem, da so razlike v zgledih preverjene in namerne"), [Optional()])


class ReasonForm(Form):
    """A step that needs reasons; the act is the number of what was signed."""

    revision = HiddenField()
    reason = TextAreaField(_l("Razlogi"), [required(_l("Navedite razloge."))])
    act = StringField(_l("Številka in datum akta"), [Optional()])


class ResumeForm(ReasonForm):
    """A suspended call goes on, with a new deadline."""

    deadline_day = moments.day_field(_l("Novi rok za prijavo"))
    deadline_hour = moments.hour_field()
    deadline_fold = moments.fold_field()


@calls.route("/<int:call>/v-potrditev", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def send_to_review(call: int) -> ResponseReturnValue:
    """Send the draft to the signatory."""
    form = SeenForm()

    def send(actor: Actor, seen: int, now: datetime.datetime) -> None:
        publishing.send_to_review(actor, call, seen, now, form.examples_seen.data)

    return _seen(call, form, "send_to_review", send, _("Razpis je poslan podpisniku v potrditev."))


@calls.route("/<int:call>/potrditev", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def approve(call: int) -> ResponseReturnValue:
    """Approve the call."""

    def approve(actor: Actor, seen: int, now: datetime.datetime) -> None:
        publishing.approve(actor, call, seen, now)

    return _seen(call, SeenForm(), "approve", approve, _("Razpis je potrjen. Skrbnik razpisa ga zdaj lahko objavi."))


@calls.route("/<int:call>/objava", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def publish(call: int) -> ResponseReturnValue:
    """Publish the call."""

    def publish(actor: Actor, seen: int, now: datetime.datetime) -> None:
        publishing.publish(actor, call, seen, now)

    return _seen(call, SeenForm(), "publish", publish, _("Razpis je objavljen."))


@calls.route("/<int:call>/vrnitev", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def return_to_draft(call: int) -> ResponseReturnValue:
    """Return the call to its officer."""

    def send_back(form: ReasonForm, actor: Actor, now: datetime.datetime) -> None:
        publishing.send_back(actor, call, form.reason.data, now)

    return _reasoned(call, ReasonForm(), "return_to_draft", send_back, _("Razpis je vrnjen v osnutek."))


@calls.route("/<int:call>/zadrzanje", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def suspend(call: int) -> ResponseReturnValue:
    """Suspend the call."""

    def suspend(form: ReasonForm, actor: Actor, now: datetime.datetime) -> None:
        suspending.suspend(actor, call, form.reason.data, form.act.data or "", now)

    return _reasoned(call, ReasonForm(), "suspend", suspend, _("Razpis je zadržan."))


@calls.route("/<int:call>/nadaljevanje", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def resume(call: int) -> ResponseReturnValue:
    """Take a suspended call up again."""

    def resume(form: ResumeForm, actor: Actor, now: datetime.datetime) -> None:
        deadline = moments.moment(form, "deadline")
        suspending.resume(actor, call, form.reason.data, form.act.data or "", deadline, now)

    return _reasoned(call, ResumeForm(), "resume", resume, _("Razpis se nadaljuje."))


@calls.route("/<int:call>/razveljavitev", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def cancel(call: int) -> ResponseReturnValue:
    """Cancel the call."""

    def cancel(form: ReasonForm, actor: Actor, now: datetime.datetime) -> None:
        suspending.cancel(actor, call, form.reason.data, form.act.data or "", now)

    return _reasoned(call, ReasonForm(), "cancel", cancel, _("Razpis je razveljavljen."))


def _seen(
    call: int, form: SeenForm, step: str, take: Callable[[Actor, int, datetime.datetime], None], done: str
) -> ResponseReturnValue:
    """The page of a step without reasons: what is missing, then the button."""
    actor, now = access.actor(), access.clock()
    found = service.one(actor, call)
    in_turn(found, actor, now, CallEvent(step))
    gaps, code = _gaps(found, step, now), 200
    if form.validate_on_submit():
        try:
            take(actor, request.form.get("revision", 0, type=int), now)
        except NotReady as refused:
            gaps, code = refused.gaps, 422
        else:
            flash(done)
            return redirect(url_for(".show", call=call))
    differing = readiness.examples(found) if step in ("send_to_review", "approve") else ()
    unseen = code == 422 and bool(differing) and not form.examples_seen.data
    shown = {"gaps": gaps, "differing": differing, "unseen": unseen, "warnings": readiness.warnings(found)}
    return render_template(f"calls/{step}.html", call=found, form=form, **shown), code


def _gaps(call: Call, step: str, now: datetime.datetime) -> tuple[readiness.Gap, ...]:
    if step == "send_to_review":
        return readiness.missing_for_review(call, now)
    return readiness.missing(call, now)


def _reasoned(
    call: int, form: Any, step: str, take: Callable[[Any, Actor, datetime.datetime], None], done: str
) -> ResponseReturnValue:
    """The page of a step with reasons; those who filed are counted, not named."""
    actor, now = access.actor(), access.clock()
    found = service.one(actor, call)
    in_turn(found, actor, now, *(event for event in CallEvent if event.value.startswith(step)))
    if form.validate_on_submit():
        try:
            take(form, actor, now)
        except Invalid as invalid:
            form.refused(moments.by_field(invalid, form))
        else:
            flash(done)
            return redirect(url_for(".show", call=call))
    page = render_template(f"calls/{step}.html", call=found, form=form, **told(call, now))
    return page, 422 if form.wrong else 200


def told(call: int, now: datetime.datetime) -> dict[str, Any]:
    """Who will be told, in words, how many only a letter reaches, and the closed days beside a new deadline."""
    count = len(filers.addressed(call, now))
    words = ngettext(
        "Sporočilo po e-pošti dobi %(num)s oseba, ki zastopa prijavitelja.",
        "Sporočilo po e-pošti dobi %(num)s oseb, ki zastopajo prijavitelje.",
        count,
    )
    nobody = _("Vlog še ni, zato po e-pošti ne dobi sporočila nihče.")
    told = words if count else nobody
    return {"told": told, "on_paper": filers.without_mail(call), "closed": office_days.ahead(now)}


def in_turn(call: Call, actor: Actor, now: datetime.datetime, *events: CallEvent) -> None:
    """Say at once, not only after a form is filled in, that none of these steps can be taken now.

    Raises :class:`razpis.services.errors.Refused`.
    """
    state = service.state_now(call, now)
    if request.method == "POST" or state in BEFORE_PUBLICATION:
        return  # the service answers what is sent; before publication the page says what is missing
    if not {event for role in actor.roles for event in allowed(CALL, state, role)} & set(events):
        words = CALL_STATES[state]
        raise Refused(
            Text(
                f"Tega koraka zdaj ni mogoče opraviti: razpis je v stanju »{words.sl}«.",
                f"This step cannot be taken now: the call is in the state '{words.en}'.",
            )
        )
