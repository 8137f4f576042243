"""Public pages: open, coming and past calls, each with its rules and answers, and what the service says of itself."""

from __future__ import annotations

import io
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from razpis.engine.wording import rules_form
from razpis.engine.wording.rules import rules
from razpis.procedure.states import CallState
from razpis.procedure.workflow import CALL
from razpis.services import files
from razpis.services.calls import calls as service
from razpis.services.calls import public_calls, questions
from razpis.services.calls.calls import Call
from razpis.services.decisions import public_results
from razpis.services.errors import Invalid, Refused
from razpis.services.rules.rulebooks import compiled
from razpis.web import access, numbered
from razpis.web.forms import Form, required
from razpis.web.language import language, speaker

public = Blueprint("public", __name__)
APPLY = "applications.start"


class QuestionForm(Form):
    """A question about a call."""

    text = TextAreaField(_l("Vaše vprašanje"), [required(_l("Napišite vprašanje."))])


@public.get("/")
def calls() -> str:
    """Open, coming and past calls."""
    shown = public_calls.shown(access.clock())
    return render_template("public/calls.html", shown=shown, state_words=_state_words)


@public.route("/razpisi/<int:call>", methods=["GET", "POST"])
def call(call: int) -> ResponseReturnValue:
    """One call: who may apply, until when, for what money, and how; questions and answers."""
    found, form = public_calls.published(call), QuestionForm()
    if form.validate_on_submit():
        actor = access.actor()
        try:
            questions.ask(actor, call, form.text.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        except Refused as refused:
            form.form_errors.append(refused.text[language()])
        else:
            flash(_("Vprašanje je poslano. Odgovor bo objavljen na tej strani, brez vašega imena."))
            return redirect(url_for(".call", call=call) + "#vprasanja")
    return render_template("public/call.html", form=form, **_shown(found)), 422 if form.wrong else 200


@public.get("/razpisi/<int:call>/pravila")
def call_rules(call: int) -> str:
    """The rules of the call in words."""
    version = _version(call)
    told = rules(compiled(version.rulebook), language(), "ngo")
    return render_template("public/call_rules.html", call=public_calls.published(call), edition=version, told=told)


@public.get("/razpisi/<int:call>/pravila.yaml")
def call_rulebook(call: int) -> Response:
    """The rules as the program reads them."""
    version = _version(call)
    name = f"pravila-{call}-{version.number}.yaml"
    return _file(version.rulebook, "application/yaml; charset=utf-8", name)


@public.get("/razpisi/<int:call>/razlicica.json")
def call_version(call: int) -> Response:
    """What was frozen at publication: its SHA-256 is the hash on the page of the call."""
    version = _version(call)
    name = f"razpis-{call}-{version.number}.json"
    return _file(public_calls.frozen_text(version), "application/json", name)


@public.get("/razpisi/<int:call>/vzorec-pogodbe")
def call_contract(call: int) -> Response:
    """The model contract as it was published with a version of the call."""
    version = _version(call)
    found = public_calls.contract(version)
    content = io.BytesIO(files.content(access.store(), found.sha256))
    return send_file(content, found.media_type, as_attachment=True, download_name=found.name)


@public.get("/dostopnost")
def accessibility() -> str:
    """What works for whom, and what was tested."""
    return render_template("public/accessibility.html")


@public.get("/zasebnost")
def privacy() -> str:
    """What happens to personal data."""
    return render_template("public/privacy.html")


def _shown(call: Call) -> dict[str, Any]:
    """What the page of a call shows."""
    now, visitor = access.clock(), access.visitor()
    state = service.state_now(call, now)
    rulebook = compiled(call.rulebook)
    opens = call.opens_at
    takes = state is CallState.PUBLISHED and opens is not None and opens <= now and not access.official()
    return {
        "call": call,
        "state": state,
        "state_words": _state_words(call),
        "rulebook": rulebook,
        "who": rules_form.conditions(speaker(), rulebook, to_you=True),
        "prepare": rules_form.form(speaker(), rulebook),
        "apply": url_for(APPLY, call=call.id) if takes and APPLY in current_app.view_functions else None,
        "notices": public_calls.notices(call),
        "contract": call.versions[-1].frozen.get("contract"),
        "published": public_results.of_call(call.id),
        "answered": questions.answered(call.id),
        "asks": questions.taken(call, now),
        "waiting": questions.waiting_of(visitor, call.id) if visitor is not None else 0,
    }


def _state_words(call: Call) -> str:
    """Where the call is, for the public."""
    now = access.clock()
    state = service.state_now(call, now)
    if state is CallState.PUBLISHED:
        coming = call.opens_at is not None and call.opens_at > now
        words: str = _("odprtje napovedano") if coming else _("odprt")
        return words
    return CALL.state_words[state][language()]


def _version(call: int) -> public_calls.CallVersion:
    return public_calls.version(call, request.args.get("razlicica", type=numbered.number))


def _file(text: str, kind: str, name: str) -> Response:
    return Response(text, content_type=kind, headers={"Content-Disposition": f"attachment; filename={name}"})
