"""Applications withdrawn after the deadline: which can be, what was recorded, the statement itself."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice

from razpis.procedure.deadlines import Channel, local_time
from razpis.procedure.roles import Role
from razpis.services.decisions import returning
from razpis.services.decisions import stopping as service
from razpis.services.errors import Invalid
from razpis.web import access
from razpis.web.days import DayField
from razpis.web.forms import Form, required

stops = Blueprint("stops", __name__, url_prefix="/umiki")
access.door(stops, *service.READERS)

CHANNELS = {
    Channel.REGISTERED_POST: _l("priporočeno po pošti"),
    Channel.ORDINARY_POST: _l("po navadni pošti"),
    Channel.IN_PERSON: _l("osebno, na zapisnik"),
    Channel.EMAIL: _l("po e-pošti"),
    Channel.PORTAL: _l("prek portala"),
}


class StatementForm(Form):
    """What the party said, when and how."""

    stated_on = DayField(_l("Dan izjave"), [required()])
    channel = RadioField(
        _l("Kako je izjava prispela"),
        [required()],
        choices=[SelectChoice(one.value, words) for one, words in CHANNELS.items()],
    )
    reason = TextAreaField(_l("Kaj je stranka izjavila in zakaj"), [required()])


@stops.get("/<int:call>")
def listed(call: int) -> str:
    """Withdrawals recorded on a call, applications that can still be withdrawn, and what became of the money."""
    actor = access.actor()
    found = service.desk(actor, call, access.clock())
    return render_template(
        "stops/listed.html",
        found=found,
        call=found.call,
        channels=CHANNELS,
        within=service.within(found.call, access.clock()),
        records=not actor.roles.isdisjoint(service.RECORDERS),
        official=not actor.roles.isdisjoint({Role.OFFICER, Role.SIGNATORY, Role.AUDITOR}),
        signatory=Role.SIGNATORY in actor.roles,
        returnable=returning.returnable(found.call),
    )


@stops.route("/<int:call>/<key>", methods=["GET", "POST"])
@access.only(*service.RECORDERS)
def record(call: int, key: str) -> ResponseReturnValue:
    """Write down the statement of one party."""
    actor, now, form = access.actor(), access.clock(), StatementForm()
    found, line = service.one(actor, call, key, now)
    if form.validate_on_submit():
        said = service.Statement(form.stated_on.data, Channel(form.channel.data), form.reason.data)
        try:
            service.record(actor, call, key, said, now)
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(
                _(
                    "Umik je zapisan, prijavitelj je obveščen. Namesto odločitve o vlogi se pripravi sklep o ustavitvi "
                    "postopka."
                )
            )
            return redirect(url_for(".listed", call=call))
    page = render_template("stops/record.html", call=found, line=line, form=form, today=local_time(now).date())
    return page, 422 if form.wrong else 200
