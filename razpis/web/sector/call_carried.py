"""Texts of a copied call in which the earlier call's year or days stand: where each is changed, or confirmed."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.services.calls import calls as service
from razpis.services.calls import confirming, drafting
from razpis.services.calls.carried import Carried, Place
from razpis.services.calls.carried import carried as found_in
from razpis.services.errors import Invalid
from razpis.web import access
from razpis.web.forms import Button
from razpis.web.language import language
from razpis.web.sector.calls import calls
from razpis.web.sector.editor_groups import tab_of


@calls.route("/<int:call>/prejsnja-besedila", methods=["GET", "POST"])
def carried(call: int) -> ResponseReturnValue:
    """Every such text, those still to be looked at first."""
    found, form, wrong = service.one(access.actor(), call), Button(), ""
    if form.validate_on_submit():
        seen = request.form.get("revision", 0, type=int)
        try:
            count = confirming.confirm(access.actor(), call, seen, request.form.getlist("names"), access.clock())
        except Invalid as invalid:
            wrong = invalid.text[language()]
        else:
            flash(ngettext("Potrjeno je %(num)s besedilo.", "Potrjenih je %(num)s besedil.", count))
            return redirect(url_for(".carried", call=call))
    lines = [(one, _page(call, one)) for one in found_in(found)]
    page = render_template(
        "calls/carried.html",
        call=found,
        wrong=wrong,
        left=[line for line in lines if not line[0].confirmed],
        done=[line for line in lines if line[0].confirmed],
        editable=found.state is CallState.DRAFT and Role.OFFICER in access.actor().roles,
    )
    return page, 422 if wrong else 200


def _page(call: int, one: Carried) -> str:
    """Where the text is changed: its very box, where it has one."""
    if one.place is Place.RULES:
        box = drafting.name(one.path)
        return url_for(".rules_editor", call=call, zavihek=tab_of(one.path), polje=box, _anchor=box)
    pages = {
        Place.RULES_TEXT: ".rules_text",
        Place.TERMS: ".terms",
        Place.PARAMETERS: ".legal",
        Place.CONTRACT: ".contract",
    }
    return url_for(pages[one.place], call=call)
