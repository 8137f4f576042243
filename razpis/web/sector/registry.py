"""The registry: envelopes that came on paper, entered by what stands on their outside."""

from __future__ import annotations

import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Regexp

from razpis.procedure.deadlines import Channel, deadline_instant, local_time
from razpis.procedure.roles import Role
from razpis.services.applications import envelopes
from razpis.services.applications.envelopes import Outside
from razpis.services.errors import Invalid
from razpis.web import access
from razpis.web.days import DayField
from razpis.web.forms import Form, required

registry = Blueprint("registry", __name__, url_prefix="/vlozisce")
access.door(registry, Role.REGISTRY)

CHANNELS = {
    Channel.REGISTERED_POST: _l("priporočeno po pošti"),
    Channel.ORDINARY_POST: _l("po navadni pošti"),
    Channel.IN_PERSON: _l("osebno v vložišču"),
}
_HOUR = r"\s*([01]?\d|2[0-3])[.:]([0-5]\d)\s*"


class EnvelopeForm(Form):
    """What stands on the envelope and how it came."""

    channel = RadioField(
        _l("Kako je prispela"),
        [required()],
        choices=[SelectChoice(one.value, words) for one, words in CHANNELS.items()],
    )
    sender = StringField(_l("Pošiljatelj, kot piše na ovojnici"), [required(), Length(max=300)])
    sender_address = StringField(_l("Naslov pošiljatelja"), [Length(max=300)])
    posted_on = DayField(_l("Dan oddaje na pošti (poštni žig)"))
    arrived_on = DayField(_l("Dan prejema"), [required()])
    arrived_hour = StringField(
        _l("Ura prejema"), [required(), Regexp(_HOUR, message=_l("Uro zapišite kot 9.30 ali 14.05."))]
    )
    marked = RadioField(
        _l("Ali je ovojnica označena, kot zahteva razpis"),
        [required()],
        choices=[SelectChoice("yes", _l("da")), SelectChoice("no", _l("ne"))],
    )
    note = TextAreaField(_l("Opomba (na primer poškodovana ovojnica)"), [Length(max=2000)])


@registry.get("/")
def calls() -> str:
    """Published calls and how many envelopes came on each."""
    return render_template("registry/calls.html", calls=envelopes.calls(access.actor()))


@registry.get("/<int:call>")
def envelopes_of_call(call: int) -> str:
    """The envelopes of a call in the order received."""
    found, listed = envelopes.of_call(access.actor(), call)
    return render_template("registry/envelopes_of_call.html", call=found, envelopes=listed, channels=CHANNELS)


@registry.route("/<int:call>/nova", methods=["GET", "POST"])
def enter(call: int) -> ResponseReturnValue:
    """Enter an envelope."""
    actor, now = access.actor(), access.clock()
    form = EnvelopeForm(arrived_on=local_time(now).date(), arrived_hour=local_time(now).strftime("%H.%M"))
    if form.validate_on_submit():
        try:
            key = envelopes.enter(actor, call, _outside(form), now)
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Ovojnica je vpisana v prejemno evidenco."))
            return redirect(url_for("registry.receipt", key=key))
    found, _listed = envelopes.of_call(actor, call)
    return render_template("registry/enter.html", call=found, form=form), 422 if form.wrong else 200


@registry.get("/ovojnice/<key>")
def receipt(key: str) -> str:
    """The receipt of an envelope, to be printed."""
    envelope = envelopes.one(access.actor(), key)
    return render_template("registry/receipt.html", envelope=envelope, channels=CHANNELS)


def _outside(form: EnvelopeForm) -> Outside:
    return Outside(
        channel=Channel(form.channel.data),
        sender=" ".join(form.sender.data.split()),
        sender_address=" ".join((form.sender_address.data or "").split()),
        posted_on=form.posted_on.data,
        arrived_at=_arrival(form),
        marked=form.marked.data == "yes",
        note=(form.note.data or "").strip(),
    )


def _arrival(form: EnvelopeForm) -> datetime.datetime:
    """The moment of arrival; in the night when clocks go back the first of the two hours."""
    hour, minute = (int(part) for part in form.arrived_hour.data.replace(":", ".").split("."))
    return deadline_instant(form.arrived_on.data, datetime.time(hour, minute), fold=0)
