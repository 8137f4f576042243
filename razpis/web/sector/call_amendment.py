"""The amendment of a published call: a later deadline, other texts, more money; criteria cannot be touched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Optional

from razpis.engine.problems import Text
from razpis.engine.rulebook.editing import Kind
from razpis.engine.rulebook.source import Path_
from razpis.procedure.roles import Role
from razpis.procedure.states import CallEvent
from razpis.services.calls import call_rules, drafting, publishing
from razpis.services.calls import calls as service
from razpis.services.calls.calls import Call
from razpis.services.calls.publishing import Amendment
from razpis.services.errors import Invalid
from razpis.web import access, moments
from razpis.web.forms import Form, required
from razpis.web.language import language
from razpis.web.sector.call_steps import in_turn, told
from razpis.web.sector.calls import calls
from razpis.web.sector.editor_groups import Box, box


class AmendForm(Form):
    """What an amendment may change, and why."""

    revision = HiddenField()
    reason = TextAreaField(_l("Razlogi za spremembo"), [required(_l("Navedite razloge."))])
    act = StringField(_l("Številka in datum podpisane spremembe"), [required(_l("Vpišite številko in datum akta."))])
    deadline_day = moments.day_field(_l("Rok za prijavo"))
    deadline_hour = moments.hour_field()
    deadline_fold = moments.fold_field()
    questions_until_day = moments.day_field(_l("Do kdaj se sprejemajo vprašanja"))
    questions_until_hour = moments.hour_field()
    questions_until_fold = moments.fold_field()
    summary_sl = TextAreaField(_l("Povzetek v slovenščini"), [Optional()])
    summary_en = TextAreaField(_l("Povzetek v angleščini"), [Optional()])
    contact = TextAreaField(_l("Kontakt za vprašanja"), [required()])


@calls.route("/<int:call>/sprememba", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def amend(call: int) -> ResponseReturnValue:
    """Amend or extend a published call."""
    actor, now = access.actor(), access.clock()
    found = service.one(actor, call)
    in_turn(found, actor, now, CallEvent.AMEND)
    form, wrong = AmendForm(data=_typed(found)), dict[str, str]()
    if form.validate_on_submit():
        try:
            publishing.amend(actor, call, int(form.revision.data), _amendment(form, found), now)
        except Invalid as invalid:
            wrong = {name: text[language()] for name, text in invalid.fields.items() if "/" in name}
            form.refused(moments.by_field(invalid, form))
        else:
            flash(_("Sprememba je objavljena kot nova različica."))
            return redirect(url_for(".show", call=call))
    page = render_template(
        "calls/amend.html", call=found, form=form, amounts=_amounts(found), wrong=wrong, **told(call, now)
    )
    return page, 422 if form.wrong or wrong else 200


def _amendment(form: AmendForm, call: Call) -> Amendment:
    """What was typed. Raises :class:`Invalid`."""
    deadline = moments.moment(form, "deadline")
    if deadline is None:
        raise Invalid({"deadline": Text("Vpišite rok za prijavo.", "Write the deadline.")})
    known = drafting.values(call)
    typed = {
        one.path: request.form[drafting.name(one.path)] for one in known if drafting.name(one.path) in request.form
    }
    return Amendment(
        text=call_rules.with_values(call.rulebook, drafting.understood(known, typed)),
        deadline=deadline,
        summary_sl=(form.summary_sl.data or "").strip(),
        summary_en=(form.summary_en.data or "").strip(),
        contact=(form.contact.data or "").strip().replace("\r\n", "\n"),
        questions_until=moments.moment(form, "questions_until"),
        reason=form.reason.data,
        act=form.act.data,
    )


def _amounts(call: Call) -> list[Box]:
    """The money of the call: lots and budget."""
    found = [one for one in drafting.values(call) if one.kind is Kind.EURO and one.path[0] in ("lots", "budget")]
    return [_named(box(one, request.form, {}), one.path) for one in found]


def _named(one: Box, path: Path_) -> Box:
    """The box of an amount with the lot or line it belongs to."""
    return replace(one, label=f"{path[1]} – {one.label}") if len(path) > 2 else one


def _typed(call: Call) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(call, name) for name in ("summary_sl", "summary_en", "contact", "revision")}
    for name in ("deadline", "questions_until"):
        found |= moments.written(name, getattr(call, name))
    return found
