"""Legal remedies against issued decisions: which are final, what was lodged against each, the end of remedies."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from razpis.procedure.finality import FOLLOWS, OUTCOMES, REMEDIES, Follows, Lodged, Outcome, Remedied
from razpis.procedure.roles import Role
from razpis.services.decisions import annulling, renewals
from razpis.services.decisions import remedies as service
from razpis.services.decisions.remedies import Standing
from razpis.services.errors import Invalid
from razpis.web import access
from razpis.web.days import DayField
from razpis.web.forms import Button, Form, required
from razpis.web.language import language

remedies = Blueprint("remedies", __name__, url_prefix="/pravna-sredstva")
access.door(remedies, *service.READERS)


class RemedyForm(Form):
    """What was lodged against a decision, and how it ended."""

    kind = RadioField(_l("Kaj je bilo vloženo"), [required()], choices=[])
    lodged_on = DayField(_l("Dan vložitve"), [Optional()])
    outcome = RadioField(_l("Kako se je končalo"), [Optional()], choices=[])
    ended_on = DayField(_l("Dan vročitve odločitve o pravnem sredstvu ali dan umika"), [Optional()])
    reference = StringField(_l("Številka akta, s katerim je bilo odločeno"))
    note = TextAreaField(_l("Opomba ali razlog popravka"))
    seen = HiddenField()


class AnnulForm(Form):
    """Who annulled a decision and what follows; on what it rests, and why."""

    body = StringField(_l("Organ, ki je odločil"), [required()])
    reference = StringField(_l("Številka akta, s katerim je bilo odločeno"), [required()])
    decided_on = DayField(_l("Dan tega akta"), [required()])
    follows = RadioField(_l("Kaj sledi"), [required()], choices=[])
    instructions = TextAreaField(_l("Navodila organa"))
    basis = TextAreaField(_l("Podlaga (akt, s katerim je bilo odločeno, in člen)"), [required()])
    reason = TextAreaField(_l("Razlog, ki bo javen ob preverjanju dokumenta"), [required()])


@remedies.get("/<int:call>")
def listed(call: int) -> str:
    """The decisions of a call with the day each becomes final."""
    actor = access.actor()
    found = service.register(actor, call, access.clock())
    return render_template(
        "remedies/listed.html",
        found=found,
        call=found.call,
        kinds=REMEDIES,
        outcomes=OUTCOMES,
        annullable=annulling.annullable,
        taken=renewals.desk(actor, call).taken,
        signatory=Role.SIGNATORY in actor.roles,
        records=Role.OFFICER in actor.roles and found.call.state in service.RECORDED_IN,
    )


@remedies.route("/<int:call>/odlocitev/<key>", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def record(call: int, key: str) -> ResponseReturnValue:
    """Write down what was lodged against one decision."""
    actor, now = access.actor(), access.clock()
    found, standing = service.one(actor, call, key, now)
    form = _form(standing)
    if form.validate_on_submit():
        seen = form.seen.data or ""
        number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0
        try:
            service.record(actor, call, key, _lodged(form), form.note.data or "", number, now)
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Pravno sredstvo je zapisano."))
            return redirect(url_for(".listed", call=call))
    page = render_template(
        "remedies/record.html",
        call=found.call,
        one=standing,
        form=form,
        kinds=REMEDIES,
        outcomes=OUTCOMES,
        today=found.today,
    )
    return page, 422 if form.wrong else 200


@remedies.route("/<int:call>/odlocitev/<key>/razveljavitev", methods=["GET", "POST"])
@access.only(Role.SIGNATORY)
def annul(call: int, key: str) -> ResponseReturnValue:
    """Mark a decision as annulled, after a remedy against it was upheld."""
    actor, now = access.actor(), access.clock()
    found, standing = service.one(actor, call, key, now)
    form = _annul_form(standing)
    if form.validate_on_submit():
        try:
            annulling.annul(actor, call, key, _annulled(form), now)
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Odprava odločitve je zapisana."))
            return redirect(url_for("renewals.listed", call=call))
    possible = annulling.annullable(standing)
    page = render_template("remedies/annul.html", call=found.call, one=standing, form=form, possible=possible)
    return page, 422 if form.wrong else 200


@remedies.route("/<int:call>/brez", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def nothing(call: int) -> ResponseReturnValue:
    """Write down that nothing was lodged against the decisions whose period is over, after reading which they are."""
    actor, now, form = access.actor(), access.clock(), Button()
    if form.validate_on_submit():
        count = service.nothing(actor, call, now)
        flash(ngettext("Zapisano za %(num)s odločitev.", "Zapisano za odločitev: %(num)s.", count))
        return redirect(url_for(".listed", call=call))
    found = service.register(actor, call, now)
    return render_template("remedies/nothing.html", found=found, call=found.call)


@remedies.route("/<int:call>/konec", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def finish(call: int) -> ResponseReturnValue:
    """End the time of remedies, after reading what follows."""
    actor, now, form = access.actor(), access.clock(), Button()
    if form.validate_on_submit():
        service.finish(actor, call, now)
        flash(_("Vse odločitve so dokončne. Objavite novo različico rezultatov."))
        return redirect(url_for("publications.desk", call=call))
    found = service.register(actor, call, now)
    return render_template("remedies/finish.html", found=found, call=found.call)


def _form(standing: Standing) -> RemedyForm:
    known = None if _new_suit(standing) else standing.record
    form = RemedyForm(
        kind=known.kind.value if known else Remedied.LAWSUIT.value if standing.suable else None,
        lodged_on=known.lodged_on if known else None,
        outcome=known.outcome.value if known and known.outcome is not Outcome.NONE else None,
        ended_on=known.ended_on if known else None,
        reference=known.reference if known else "",
        seen=str(len(standing.records)),
    )
    form.kind.choices = [SelectChoice(one.value, words[language()]) for one, words in REMEDIES.items()]
    told = {one: words for one, words in OUTCOMES.items() if one is not Outcome.NONE}
    form.outcome.choices = [SelectChoice(one.value, words[language()]) for one, words in told.items()]
    return form


def _new_suit(standing: Standing) -> bool:
    """Whether the page is asked to begin a record of its own, and not to correct the last one."""
    return standing.suable and request.args.get("novo") == Remedied.LAWSUIT.value


def _lodged(form: RemedyForm) -> Lodged:
    return Lodged(
        kind=Remedied(form.kind.data),
        on=form.lodged_on.data,
        outcome=Outcome(form.outcome.data) if form.outcome.data else Outcome.NONE,
        ended=form.ended_on.data,
        reference=form.reference.data or "",
    )


def _annul_form(standing: Standing) -> AnnulForm:
    form = AnnulForm(reference=standing.record.reference if standing.record else "")
    form.follows.choices = [SelectChoice(one.value, words[language()]) for one, words in FOLLOWS.items()]
    return form


def _annulled(form: AnnulForm) -> annulling.Told:
    return annulling.Told(
        basis=form.basis.data,
        reason=form.reason.data,
        follows=Follows(form.follows.data),
        body=form.body.data,
        reference=form.reference.data,
        decided_on=form.decided_on.data,
        instructions=form.instructions.data or "",
    )
