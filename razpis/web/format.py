"""Numbers, money, outcomes and names as pages write them, in the language of the request."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from razpis.engine import money
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.web.language import speaker


def init(app: Flask) -> None:
    """Make the filters known to the templates."""
    filters = (euros, number, words, sentence, outcome, settled, input_file, applications, kilobytes)
    app.jinja_env.filters.update({one.__name__: one for one in filters})


def euros(cents: Number | None) -> str:
    """``6.120,00 EUR``; a dash where there is no amount."""
    return "–" if cents is None else speaker().euros(cents)


def number(value: Number | None) -> str:
    """``17,5``; a dash where there is no number."""
    return "–" if value is None else speaker().number(value)


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
