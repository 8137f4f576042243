"""The forms about organisations: details, grounds of mandates, statuses, representatives."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TelField,
)
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from razpis.procedure.organisations import LEGAL_FORMS, MANDATES, STATUSES, LegalForm, MandateKind, StatusKind
from razpis.services.organisations.mandates import Ground, Upload
from razpis.services.organisations.organisations import Details
from razpis.services.organisations.statuses import Given
from razpis.web.days import DayField
from razpis.web.forms import Form, required
from razpis.web.language import language


def _choices(words: Any) -> list[SelectChoice]:
    """Values and words of a closed list, in the language of the request."""
    at = 0 if language() == "sl" else 1
    return [SelectChoice(key.value, told[at][:1].upper() + told[at][1:]) for key, told in words.items()]


def upload(field: Any) -> Upload | None:
    """The file that was sent with a field, if any."""
    return Upload(field.data.filename or "", field.data.read()) if field.data else None


class NumberForm(Form):
    """Which organisation; ``next``: where its person was going."""

    maticna = StringField(_l("Matična številka"), [required()])
    next = HiddenField()


class DetailsForm(Form):
    """What is written about an organisation."""

    name = StringField(_l("Ime organizacije"), [required()])
    address = StringField(_l("Naslov"), [required()])
    legal_form = SelectField(_l("Pravna oblika"), [required(_l("Izberite pravno obliko."))])
    tax_number = StringField(_l("Davčna številka"))
    vat_payer = BooleanField(_l("Organizacija je zavezanka za DDV"))
    iban = StringField(_l("Bančni račun (TRR)"))
    email = EmailField(_l("E-naslov organizacije"))
    phone = TelField(_l("Telefon"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legal_form.choices = [SelectChoice("", _("– izberite –")), *_choices(LEGAL_FORMS)]

    def details(self) -> Details:
        """What was typed."""
        return Details(
            self.name.data or "",
            self.address.data or "",
            LegalForm(self.legal_form.data),
            self.tax_number.data or "",
            self.vat_payer.data,
            self.iban.data or "",
            self.email.data or "",
            self.phone.data or "",
        )


class ChangeForm(DetailsForm):
    """Details over those of a known revision."""

    revision = IntegerField(widget=HiddenInput())


class _GroundFields(Form):
    """On what ground somebody acts for an organisation."""

    kind = RadioField(_l("Na kakšni podlagi nastopate v imenu organizacije?"), [required(_l("Izberite podlago."))])
    valid_from = DayField(_l("Velja od"), [required()])
    valid_to = DayField(_l("Velja do vključno"), [Optional()])
    evidence = FileField(_l("Pooblastilo ali drugo dokazilo"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = _choices(MANDATES)

    def ground(self) -> Ground:
        """The ground as it was declared."""
        return Ground(MandateKind(self.kind.data), self.valid_from.data, self.valid_to.data, upload(self.evidence))


class AddForm(DetailsForm, _GroundFields):
    """A new organisation, and why its person may act for it."""

    registration_number = StringField(_l("Matična številka"), [required()])


class ClaimForm(_GroundFields):
    """A mandate for an organisation that somebody else has entered."""

    registration_number = StringField(_l("Matična številka"), [required()])


class OfferForm(Form):
    """A mandate offered to a person by e-mail."""

    email = EmailField(_l("E-naslov osebe"), [required()])
    valid_from = DayField(_l("Velja od"), [required()])
    valid_to = DayField(_l("Velja do vključno"), [Optional()])
    evidence = FileField(_l("Podpisano pooblastilo"))

    def ground(self) -> Ground:
        """What is offered."""
        return Ground(MandateKind.ATTORNEY, self.valid_from.data, self.valid_to.data, upload(self.evidence))


class StatusForm(Form):
    """A status by decision of an authority."""

    kind = SelectField(_l("Status"), [required()])
    field = StringField(_l("Področje javnega interesa"))
    decision_number = StringField(_l("Številka odločbe"), [required()])
    decided_on = DayField(_l("Datum odločbe"), [required()])
    valid_to = DayField(_l("Velja do vključno"), [Optional()])
    evidence = FileField(_l("Odločba"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = _choices(STATUSES)

    def given(self) -> Given:
        """The status as it was typed."""
        return Given(
            StatusKind(self.kind.data),
            self.decision_number.data or "",
            self.decided_on.data,
            self.field.data or "",
            self.valid_to.data,
            upload(self.evidence),
        )


class RepresentativeForm(Form):
    """A representative as the register names them."""

    name = StringField(_l("Ime in priimek"), [required()])
    function = StringField(_l("Funkcija"), [required()])
    valid_from = DayField(_l("Od"), [required()])
    valid_to = DayField(_l("Do vključno"), [Optional()])


class EndForm(Form):
    """The last day of a representative."""

    valid_to = DayField(_l("Zadnji dan"), [required()])
