"""Questions about a call: the officer answers, everyone reads."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from razpis.procedure.roles import Role
from razpis.services.calls import calls as service
from razpis.services.calls import questions as service_of_questions
from razpis.services.errors import Invalid, Missing
from razpis.web import access
from razpis.web.forms import Form, required
from razpis.web.sector.calls import calls


class AnswerForm(Form):
    """An answer for everyone."""

    text = TextAreaField(_l("Odgovor"), [required()])


@calls.get("/<int:call>/vprasanja")
def questions(call: int) -> str:
    """Those that wait first, then those answered. Who asked is not shown."""
    found = service.one(access.actor(), call)
    waiting = [one for one in found.questions if one.answered_at is None]
    answered = [one for one in found.questions if one.answered_at is not None]
    officer = Role.OFFICER in access.actor().roles
    return render_template("calls/questions.html", call=found, waiting=waiting, answered=answered, officer=officer)


@calls.route("/<int:call>/vprasanja/<int:question>", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def answer(call: int, question: int) -> ResponseReturnValue:
    """Answer, or put an answer right."""
    found = service.one(access.actor(), call)
    asked = next((one for one in found.questions if one.id == question), None)
    if asked is None:
        raise Missing
    form = AnswerForm(text=asked.answer)
    if form.validate_on_submit():
        try:
            service_of_questions.answer(access.actor(), question, form.text.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Odgovor je objavljen."))
            return redirect(url_for(".questions", call=call))
    return render_template("calls/answer.html", call=found, question=asked, form=form), 422 if form.wrong else 200
