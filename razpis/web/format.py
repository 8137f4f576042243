"""Numbers, money, outcomes and names as pages write them, in the language of the request."""

from __future__ import annotations

import datetime

from flask import Flask
from flask_babel import format_date, format_datetime, ngettext
from flask_babel import gettext as _

from razpis.engine import money
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.procedure.deadlines import local_time
from razpis.web.language import language, speaker


def init(app: Flask) -> None:
    """Make the filters known to the templates."""
    told = (euros, number, decimal, words, sentence, outcome, settled, input_file, applications, kilobytes)
    times = (day, weekday, moment, minute, left)
    app.jinja_env.filters.update({one.__name__: one for one in (*told, *times)})


def euros(cents: Number | None) -> str:
    """``6.120,00 EUR``; a dash where there is no amount."""
    return "–" if cents is None else speaker().euros(cents)


def number(value: Number | None) -> str:
    """``17,5``; a dash where there is no number."""
    return "–" if value is None else speaker().number(value)


def decimal(text: str) -> str:
    """A number kept as text with a point (``17.5``) as it is written: ``17,5``."""
    return text.replace(".", ",") if language() == "sl" else text


def words(text: Text | None) -> str:
    """The text in the language of the request."""
    return speaker().text(text)


def sentence(told: str) -> str:
    """The words with a capital letter and a full stop."""
    return told[:1].upper() + told[1:] + ("" if told.endswith((".", "!", "?")) else ".")


def outcome(key: str) -> str:
    """An outcome in a word or two."""
    outcomes: dict[str, str] = {
        "granted": _("Odobreno"),
        "part": _("Delno odobreno"),
        "ranked": _("Uvrščeno"),
        "open_tie": _("Izenačeno"),
        "no_money": _("Ni sredstev"),
        "below_threshold": _("Pod pragom"),
        "condition_failed": _("Pogoj ni izpolnjen"),
        "dismissed": _("Zavrženo"),
        "discontinued": _("Postopek ustavljen"),
        "not_scored": _("Še ni ocenjeno"),
    }
    return outcomes[key]


def settled(how: str) -> str:
    """How a tie was settled."""
    ways: dict[str, str] = {
        "draw": _("odločil je žreb"),
        "shared": _("mesto si delijo"),
        "open": _("še ni razrešeno"),
    }
    return ways[how]


def input_file(role: str) -> str:
    """What an input file of the evaluation holds."""
    known: dict[str, str] = {
        "rulebook": _("Pravila razpisa"),
        "applications": _("Vloge"),
        "marks": _("Ocene članov komisije"),
        "findings": _("Ugotovitve komisije"),
        "draws": _("Zapisani žrebi"),
    }
    return known.get(role, role)


def applications(count: int) -> str:
    """``1 vloga``, ``2 vlogi``, ``3 vloge``, ``5 vlog``."""
    counted: str = ngettext("%(num)s vloga", "%(num)s vlog", count)
    return counted


def kilobytes(size: int) -> str:
    """``45 kB``, at least 1."""
    return f"{speaker().number(max(1, money.whole(money.divide(size, 1000), 'half_up')))}\u00a0kB"


def day(date: datetime.date | None) -> str:
    """``5. junij 2026``; a dash where there is none."""
    pattern = {"sl": "d. MMMM y", "en": "d MMMM y"}[language()]
    told: str = format_date(date, pattern).replace(". ", ".\u00a0") if date else "–"
    return told


def weekday(date: datetime.date | None) -> str:
    """``petek, 5. junij 2026``."""
    return f"{format_date(date, 'EEEE')}, {day(date)}" if date else "–"


def moment(at: datetime.datetime | None) -> str:
    """``petek, 5. junij 2026 ob 12.00``, by the clock in Ljubljana."""
    if at is None:
        return "–"
    local = local_time(at)
    told: str = _("%(day)s ob %(time)s", day=weekday(local.date()), time=_clock(local))
    return told


def minute(at: datetime.datetime | None) -> str:
    """``5. 6. 2026 12.00``: for tables."""
    if at is None:
        return "–"
    local = local_time(at)
    pattern = {"sl": "d. M. y", "en": "d/M/y"}[language()]
    return f"{format_date(local.date(), pattern).replace(' ', chr(0xA0))} {_clock(local)}"


def left(span: datetime.timedelta) -> str:
    """How much time is left, in the two largest units: ``še 3 dni in 4 ure``; nothing is left below a minute."""
    minutes = int(span.total_seconds()) // 60
    days, hours = minutes // 1440, minutes % 1440 // 60
    parts = [
        ngettext("%(num)s dan", "%(num)s dni", days) if days else "",
        ngettext("%(num)s ura", "%(num)s ur", hours) if hours else "",
        ngettext("%(num)s minuta", "%(num)s minut", minutes % 60) if minutes % 60 and not days else "",
    ]
    told: str = _(" in ").join([part.replace(" ", "\u00a0") for part in parts if part][:2])
    return told or _("manj kot minuta")


def _clock(local: datetime.datetime) -> str:
    """``12.00``; seconds only where they matter (``11.59.59``); where the hour comes twice, with its zone."""
    point = {"sl": ".", "en": ":"}[language()]
    pattern = point.join(["HH", "mm", "ss"] if local.second else ["HH", "mm"])
    told: str = format_datetime(local, pattern, rebase=False)
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return f"{told} ({local:%Z})" if twice else told
