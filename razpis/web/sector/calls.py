"""The sector's calls: the list, opening one from a rulebook or from last year's, and the page of one call."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from razpis.engine.problems import Text
from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.procedure.workflow import CALL, allowed
from razpis.services.actor import Actor
from razpis.services.calls import calls as service
from razpis.services.calls import carried, filers, readiness
from razpis.services.errors import Invalid
from razpis.web import access, home
from razpis.web.forms import Form, required
from razpis.web.sector.timeline import timeline

calls = Blueprint("calls", __name__, url_prefix="/vodenje/razpisi")
access.door(calls, *service.READERS)
BEFORE_PUBLICATION = (CallState.DRAFT, CallState.IN_REVIEW, CallState.CONFIRMED)
DEADLINE_AHEAD = (*BEFORE_PUBLICATION, CallState.PUBLISHED)


class NewForm(Form):
    """A call from a file or a pasted text."""

    unprinted = frozenset({"rulebook"})  # its comments may hold any sign

    file = FileField(_l("Datoteka s pravili (YAML)"), [Optional()])
    rulebook = TextAreaField(_l("ali prilepljeno besedilo pravil"), [Optional()])


class CopyForm(Form):
    """A call as another one was."""

    reference = StringField(_l("Številka novega razpisa"), [required()])


@calls.get("/")
def index() -> str:
    """All calls, filtered by words and state."""
    words, chosen = request.args.get("iskanje", ""), request.args.get("stanje", "")
    state = CallState(chosen) if chosen in set(CallState) else None
    found = service.listed(access.actor(), words, state)
    now = access.clock()
    states = {call.id: CALL.state_words[service.state_now(call, now)] for call in found}
    return render_template(
        "calls/index.html", found=found, states=states, words_asked=words, state=state, all_states=CALL.state_words
    )


@calls.route("/nov", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def new() -> ResponseReturnValue:
    """Open a call from a rulebook."""
    form = NewForm()
    if form.validate_on_submit():
        try:
            call = service.create(access.actor(), _rulebook(form), access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Razpis je odprt kot osnutek."))
            return redirect(url_for(".show", call=call))
    others, now = service.listed(access.actor()), access.clock()
    states = {call.id: CALL.state_words[service.state_now(call, now)] for call in others}
    page = render_template("calls/new.html", form=form, others=others, states=states)
    return page, 422 if form.wrong else 200


@calls.route("/<int:call>/kopija", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def copy(call: int) -> ResponseReturnValue:
    """Open a call as this one was."""
    source = service.one(access.actor(), call)
    form = CopyForm(reference=service.following_reference(source, access.clock()))
    if form.validate_on_submit():
        try:
            made = service.copy(access.actor(), call, form.reference.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Nov osnutek je narejen po prejšnjem razpisu. Preverite datume, zneske in parametre."))
            left = carried.unconfirmed(service.one(access.actor(), made))
            return redirect(url_for(".carried" if left else ".show", call=made))
    return render_template("calls/copy.html", form=form, call=source), 422 if form.wrong else 200


@calls.get("/<int:call>")
def show(call: int) -> str:
    """One call: its timeline, what it lacks, what can be done now."""
    actor, now = access.actor(), access.clock()
    found = service.one(actor, call)
    state = service.state_now(found, now)
    gaps = readiness.missing(found, now) if state in BEFORE_PUBLICATION else ()
    return render_template(
        "calls/show.html",
        call=found,
        state=state,
        state_words=CALL.state_words[state],
        stages=timeline(found, state),
        gaps=gaps,
        warnings=readiness.warnings(found) if state in DEADLINE_AHEAD else (),
        carried=len(carried.unconfirmed(found)),
        steps=steps(actor, state, published=found.published_at is not None),
        filed=service.filed(actor, call),
        on_paper=filers.without_mail(call),
        officer=Role.OFFICER in actor.roles,
        **home.of_call(call),
    )


def steps(actor: Actor, state: CallState, *, published: bool) -> list[tuple[str, Text]]:
    """What this person may do with the call now: the address of the page and the words of the step."""
    events = [event for role in actor.roles for event in allowed(CALL, state, role)]
    unfit = "resume_unpublished" if published else "resume"
    known = ("send_to_review", "approve", "return_to_draft", "publish", "amend", "suspend", "resume", "cancel")
    found: dict[str, Text] = {}
    for event in CALL.event_words:
        if event in events and event.value != unfit:
            name = event.value.removesuffix("_unpublished")
            if name in known:
                found[f"calls.{name}"] = Text(CALL.event_words[event].sl, CALL.event_words[event].en)
    return list(found.items())


def _rulebook(form: NewForm) -> str:
    """The text of the rules, from the file or the box. Raises :class:`Invalid`."""
    if form.file.data:
        try:
            text: str = form.file.data.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            told = Text("Datoteka ni zapisana v UTF-8.", "The file is not in UTF-8.")
            raise Invalid({"file": told}) from None
        return text
    pasted: str = form.rulebook.data or ""
    if not pasted.strip():
        raise Invalid({"rulebook": Text("Izberite datoteko ali prilepite besedilo.", "Choose a file or paste a text.")})
    return pasted
