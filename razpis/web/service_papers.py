"""The form that copies the papers of a service, whatever document was served."""

from __future__ import annotations

from typing import TypeVar

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from razpis.procedure.serving import MANNERS, Manner
from razpis.services.decisions.delivery import Delivery
from razpis.services.examination.serving import Line, Papers
from razpis.services.organisations.mandates import Upload
from razpis.web.days import DayField
from razpis.web.forms import Form, required
from razpis.web.language import language

LARGEST = 12 * 1024 * 1024
"""The bytes of a request that brings such papers."""


class DispatchForm(Form):
    """How and when something was sent."""

    manner = RadioField(_l("Način vročitve"), [required()], choices=[])
    dispatched_on = DayField(_l("Dan odpreme"), [required()])


class PapersForm(DispatchForm):
    """The days of a service as its papers show them."""

    address = StringField(_l("Naslov ali predal"), [required()])
    notice_on = DayField(_l("Dan obvestila o prispelem pismu"), [Optional()])
    delivered_on = DayField(_l("Dan prevzema z vročilnice"), [Optional()])
    evidence = FileField(_l("Vročilnica ali drugo dokazilo"))
    note = TextAreaField(_l("Opomba ali razlog popravka"))
    seen = HiddenField()


FormT = TypeVar("FormT", bound=DispatchForm)


def choosing(form: FormT) -> FormT:
    """The form with the ways of service to choose from."""
    form.manner.choices = [SelectChoice(manner.value, words[language()]) for manner, words in MANNERS.items()]
    return form


def of_record(served: Line | Delivery, address: str) -> PapersForm:
    """The form filled from the record that counts; without one, with the ``address`` known."""
    known = served.record
    form = PapersForm(
        manner=(known.manner if known else Manner.POST).value,
        address=known.address if known else address,
        dispatched_on=known.dispatched_on if known else None,
        notice_on=known.notice_on if known else None,
        delivered_on=known.delivered_on if known else None,
        seen=str(known.number if known else 0),
    )
    return choosing(form)


def papers(form: PapersForm) -> Papers:
    """What was copied."""
    seen, sent = form.seen.data or "", form.evidence.data
    return Papers(
        manner=Manner(form.manner.data),
        address=form.address.data,
        dispatched_on=form.dispatched_on.data,
        notice_on=form.notice_on.data,
        delivered_on=form.delivered_on.data,
        note=form.note.data or "",
        seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0,
        evidence=Upload(sent.filename, sent.read()) if sent else None,
    )
