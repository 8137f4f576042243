"""Moments in forms: a day and an hour by the clock in Ljubljana, and which of two where the hour comes twice."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from razpis.engine.problems import Text
from razpis.procedure.deadlines import DeadlineError, deadline_instant, local_time
from razpis.services.errors import Invalid
from razpis.web.forms import Form

FIRST, SECOND = "0", "1"


def day_field(label: str) -> DateField:
    """The day of a moment."""
    return DateField(label, [Optional()])


def hour_field(label: str = "") -> TimeField:
    """The hour of a moment."""
    return TimeField(label or _l("Ura"), [Optional()])


def fold_field() -> RadioField:
    """Which hour is meant in the night when summer time ends; not asked otherwise."""
    choices = [SelectChoice(FIRST, _l("prva (poletni čas)")), SelectChoice(SECOND, _l("druga (zimski čas)"))]
    return RadioField(_l("Ta ura nastopi dvakrat. Katera velja?"), [Optional()], choices=choices)


def written(name: str, at: datetime.datetime | None) -> dict[str, object]:
    """The fields of the moment ``name`` as they show ``at``."""
    if at is None:
        return {}
    local = local_time(at)
    return {f"{name}_day": local.date(), f"{name}_hour": local.time(), f"{name}_fold": str(local.fold)}


def moment(form: Form, name: str) -> datetime.datetime | None:
    """The moment typed into the fields of ``name``; ``None`` where they are empty. Raises :class:`Invalid`."""
    day, hour = form[f"{name}_day"].data, form[f"{name}_hour"].data
    if day is None and hour is None:
        return None
    if day is None or hour is None:
        raise Invalid({f"{name}_day": Text("Vpišite dan in uro.", "Write both the day and the hour.")})
    sent = form[f"{name}_fold"].raw_data  # what was sent, not what the moment before had
    try:
        return deadline_instant(day, hour, int(sent[0]) if sent and sent[0] in (FIRST, SECOND) else None)
    except DeadlineError as error:
        raise Invalid({f"{name}_hour": Text(error.problem.sl, error.problem.en)}) from None


def by_field(error: Invalid, form: Form) -> Invalid:
    """The same refusal, told by the fields a moment has in ``form``."""
    named: Mapping[str, Text] = {
        f"{name}_day" if f"{name}_day" in form else name: text for name, text in error.fields.items()
    }
    return Invalid(named)
