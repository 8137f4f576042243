"""The editor of a call's rules: boxes for those who know no YAML, the text for those who do, the check beside both."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from razpis.engine.wording.rules import rules
from razpis.engine.wording.weights import weight_notes, weight_rows
from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.services.calls import calls as service
from razpis.services.calls import drafting
from razpis.services.calls.calls import Call
from razpis.services.errors import Invalid
from razpis.services.rules import rule_check
from razpis.web import access
from razpis.web.forms import Button
from razpis.web.language import language, speaker
from razpis.web.sector.calls import calls
from razpis.web.sector.editor_groups import TABS, groups, tab_of


@calls.route("/<int:call>/pravila", methods=["GET", "POST"])
def rules_editor(call: int) -> ResponseReturnValue:
    """The rules, value by value, and what the check says of them."""
    found, form, wrong = service.one(access.actor(), call), Button(), dict[str, str]()
    tab = request.args.get("zavihek", "besedila")
    tab = tab if tab in TABS else "besedila"
    values = drafting.values(found)
    if form.validate_on_submit():
        names = {drafting.name(one.path): one.path for one in values}
        typed = {names[name]: text for name, text in request.form.items() if name in names}
        seen = request.form.get("revision", 0, type=int)
        try:
            drafting.save_values(access.actor(), call, seen, typed, access.clock())
        except Invalid as invalid:
            wrong = {name: text[language()] for name, text in invalid.fields.items()}
        else:
            flash(_("Pravila so shranjena."))
            return redirect(url_for(".rules_editor", call=call, zavihek=tab))
    tabs = {key: words for key, words in TABS.items() if any(tab_of(one.path) == key for one in values)}
    shown = {"tab": tab, "tabs": tabs, "groups": groups(values, tab, request.form), "wrong": wrong, "form": form}
    shown["asked"] = request.args.get("polje", "")
    return render_template("calls/rules_editor.html", call=found, **shown, **_beside(found)), 422 if wrong else 200


@calls.route("/<int:call>/pravila/besedilo", methods=["GET", "POST"])
def rules_text(call: int) -> ResponseReturnValue:
    """The whole text of the rules, for those who know YAML."""
    found, form, wrong = service.one(access.actor(), call), Button(), ""
    text = found.rulebook
    if form.validate_on_submit():
        text, seen = request.form.get("rulebook", ""), request.form.get("revision", 0, type=int)
        try:
            drafting.save_text(access.actor(), call, seen, text, access.clock())
        except Invalid as invalid:
            wrong = " ".join(one[language()] for one in invalid.fields.values())
        else:
            flash(_("Pravila so shranjena."))
            return redirect(url_for(".rules_text", call=call))
    page = render_template("calls/rules_text.html", call=found, form=form, text=text, wrong=wrong, **_beside(found))
    return page, 422 if wrong else 200


@calls.get("/<int:call>/pravila.yaml")
def rules_file(call: int) -> Response:
    """The text of the rules as a file."""
    found = service.one(access.actor(), call)
    headers = {"Content-Disposition": f"attachment; filename=pravila-{call}.yaml"}
    return Response(found.rulebook, content_type="application/yaml; charset=utf-8", headers=headers)


@calls.get("/<int:call>/pravila/predogled")
def rules_preview(call: int) -> str:
    """The rules in words and the form, as applicants will see them."""
    found = service.one(access.actor(), call)
    return render_template("calls/rules_preview.html", call=found, **_beside(found))


def _beside(call: Call) -> dict[str, Any]:
    """What the check says, what the examples gave, what counts how much, and the rules in words."""
    look = rule_check.look(call.rulebook)
    rulebook = look.rulebook
    may = call.state is CallState.DRAFT and Role.OFFICER in access.actor().roles
    return {
        "look": look,
        "editable": may,
        "weights": weight_rows(speaker(), rulebook) if rulebook is not None else (),
        "weight_notes": weight_notes(speaker()),
        "told": rules(rulebook, language(), "ngo") if rulebook is not None else None,
        "rulebook": rulebook,
    }
