"""The terms and legal parameters of a call: days, money line, contact, and periods with their articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import Optional

from razpis.procedure.parameter_kinds import UNIT_WORDS, Key, Unit
from razpis.procedure.parameters import PROFILES, Parameter
from razpis.procedure.roles import Role
from razpis.services.calls import calls as service
from razpis.services.calls import drafting, office_days, parameters
from razpis.services.calls.drafting import Terms
from razpis.services.calls.parameters import Own, Row
from razpis.services.errors import Invalid
from razpis.web import access, moments
from razpis.web.forms import Button, Form, required
from razpis.web.language import language, speaker
from razpis.web.sector.calls import calls

RULE_WORDS = {
    "never": _l("se ne premakne"),
    "date": _l("dan oddaje na pošti"),
    "hour": _l("ura oddaje na pošti"),
    "opening": _l("od odpiranja vlog"),
    "deadline": _l("od roka za prijavo"),
    "notice": _l("od obvestila o prispelem pismu"),
    "dispatch": _l("od odpreme"),
}
GROUPS = {
    Key.MIN_OPEN_DAYS: _l("Objava, rok in odpiranje"),
    Key.SUPPLEMENT_CALL_DAYS: _l("Dopolnitve"),
    Key.DECISION_NOTICE_DAYS: _l("Odločitve in vročanje"),
    Key.APPEAL_DAYS: _l("Pravna sredstva in vrnitev v prejšnje stanje"),
    Key.CONTRACT_SIGN_DAYS: _l("Pogodba in predplačila"),
    Key.PROCESSING_LOG_YEARS: _l("Hramba"),
}
"""What parameters are about, by the first of them in the order of a call's life."""


class TermsForm(Form):
    """What a call says beside its rules."""

    revision = HiddenField()
    summary_sl = TextAreaField(_l("Povzetek v slovenščini"), [Optional()])
    summary_en = TextAreaField(_l("Povzetek v angleščini"), [Optional()])
    opens_at_day = moments.day_field(_l("Od kdaj se sprejemajo vloge"))
    opens_at_hour = moments.hour_field()
    opens_at_fold = moments.fold_field()
    deadline_day = moments.day_field(_l("Rok za prijavo"))
    deadline_hour = moments.hour_field()
    deadline_fold = moments.fold_field()
    questions_until_day = moments.day_field(_l("Do kdaj se sprejemajo vprašanja"))
    questions_until_hour = moments.hour_field()
    questions_until_fold = moments.fold_field()
    budget_line = StringField(_l("Proračunska postavka"), [Optional()])
    contact = TextAreaField(_l("Kontakt za vprašanja"), [Optional()])
    per_organisation = IntegerField(_l("Največ vlog ene organizacije"), [required()])

    def terms(self) -> Terms:
        """What was typed. Raises :class:`Invalid`."""
        return Terms(
            summary_sl=(self.summary_sl.data or "").strip(),
            summary_en=(self.summary_en.data or "").strip(),
            opens_at=moments.moment(self, "opens_at"),
            deadline=moments.moment(self, "deadline"),
            questions_until=moments.moment(self, "questions_until"),
            budget_line=(self.budget_line.data or "").strip(),
            contact=(self.contact.data or "").strip().replace("\r\n", "\n"),
            per_organisation=self.per_organisation.data,
        )


@calls.route("/<int:call>/podatki", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def terms(call: int) -> ResponseReturnValue:
    """Days, money line, contact, summary."""
    found = service.one(access.actor(), call)
    form = TermsForm(data=_typed(drafting.terms(found), found.revision))
    if form.validate_on_submit():
        try:
            drafting.save_terms(access.actor(), call, int(form.revision.data), form.terms(), access.clock())
        except Invalid as invalid:
            form.refused(moments.by_field(invalid, form))
        else:
            flash(_("Podatki razpisa so shranjeni."))
            return redirect(url_for(".show", call=call))
    ahead = office_days.ahead(access.clock())
    return render_template("calls/terms.html", call=found, form=form, closed=ahead), 422 if form.wrong else 200


@calls.route("/<int:call>/parametri", methods=["GET", "POST"])
def legal(call: int) -> ResponseReturnValue:
    """Both profiles of the law side by side, and the call's own values, each with its article."""
    found, form, wrong = service.one(access.actor(), call), Button(), {}
    rows, chosen, confirmed = parameters.sheet(found), found.profile, found.profile_confirmed
    typed = {row.kind.key.value: row.own for row in rows}
    if form.validate_on_submit():
        typed = {key: _own(key) for key in typed}
        chosen, confirmed = request.form.get("profile", ""), "confirmed" in request.form
        seen = request.form.get("revision", 0, type=int)
        try:
            parameters.save(access.actor(), call, seen, chosen, confirmed, typed, access.clock())
        except Invalid as invalid:
            wrong = {key: text[language()] for key, text in invalid.fields.items()}
        else:
            flash(_("Pravni parametri so shranjeni."))
            return redirect(url_for(".show", call=call))
    shown = {
        "profiles": PROFILES,
        "unit_words": UNIT_WORDS,
        "rule_words": RULE_WORDS,
        "groups": _groups(rows),
        "chosen": chosen,
        "measured": measured,
    }
    page = render_template(
        "calls/legal.html", call=found, form=form, rows=rows, typed=typed, wrong=wrong, confirmed=confirmed, **shown
    )
    return page, 422 if wrong else 200


def _groups(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The parameters in parts, in the order of a call's life."""
    found: list[tuple[str, list[Row]]] = []
    for row in rows:
        if row.kind.key in GROUPS:
            found.append((str(GROUPS[row.kind.key]), []))
        found[-1][1].append(row)
    return found


def measured(one: Parameter) -> str:
    """A value with its unit: ``8 dni``, ``30 %``, ``20.000,00 EUR``, or the rule in words."""
    if isinstance(one.value, str):
        return str(RULE_WORDS[one.value])
    counted: dict[Unit, str] = {
        Unit.DAYS: ngettext("%(num)s dan", "%(num)s dni", one.value),
        Unit.WORKING_DAYS: ngettext("%(num)s delovni dan", "%(num)s delovnih dni", one.value),
        Unit.MONTHS: ngettext("%(num)s mesec", "%(num)s mesecev", one.value),
        Unit.YEARS: ngettext("%(num)s leto", "%(num)s let", one.value),
        Unit.ROUNDS: ngettext("%(num)s poziv", "%(num)s pozivov", one.value),
        Unit.PERCENT: f"{one.value}\u00a0%",
        Unit.CENTS: speaker().euros(one.value),
    }
    return counted[one.unit]


def _own(key: str) -> Own:
    return Own(*(request.form.get(f"{key}.{part}", "").strip() for part in ("value", "unit", "article")))


def _typed(stands: Terms, revision: int) -> dict[str, Any]:
    names = ("summary_sl", "summary_en", "budget_line", "contact", "per_organisation")
    found: dict[str, Any] = {name: getattr(stands, name) for name in names}
    for name in ("opens_at", "deadline", "questions_until"):
        found |= moments.written(name, getattr(stands, name))
    return found | {"revision": revision}
