"""Words about organisations for the pages of every audience: forms, statuses, mandates, accounts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from flask import Blueprint
from flask_babel import format_date
from flask_babel import gettext as _

from razpis.engine.problems import Text
from razpis.procedure.identifiers import grouped_iban
from razpis.procedure.organisations import LEGAL_FORMS, MANDATES, STATUSES, LegalForm, MandateKind, StatusKind
from razpis.services.organisations import organisations
from razpis.web.language import language


def register(blueprint: Blueprint) -> None:
    """Make the filters known to the templates of the whole application."""
    for one in (legal_form, status_kind, mandate_kind, short_day, iban, odd, saved):
        blueprint.add_app_template_filter(one)


def legal_form(form: LegalForm) -> str:
    """``društvo``."""
    return LEGAL_FORMS[form][_at()]


def status_kind(kind: StatusKind) -> str:
    """``invalidska organizacija``."""
    return STATUSES[kind][_at()]


def mandate_kind(kind: MandateKind) -> str:
    """``zakoniti zastopnik``."""
    return MANDATES[kind][_at()]


def short_day(date: datetime.date) -> str:
    """``5. 6. 2026``, which stands after »od« and »do« as it is."""
    told: str = format_date(date, {"sl": "d. M. y", "en": "d/M/y"}[language()])
    return told.replace(" ", "\u00a0")


def iban(number: str | None) -> str:
    """``SI56 0110 0600 0000 314``; a dash where there is none."""
    return grouped_iban(number).replace(" ", "\u00a0") if number else "–"


def odd(organisation: Any) -> Sequence[Text]:
    """What looks odd about an organisation."""
    return organisations.warnings(organisation)


def saved(name: str, value: object) -> str:
    """A detail by the name of its field, as a reader compares it."""
    if name == "legal_form":
        return legal_form(LegalForm(str(value)))
    if isinstance(value, bool):
        told: str = _("da") if value else _("ne")
        return told
    return str(value or "–")


def _at() -> int:
    return 0 if language() == "sl" else 1
