"""What facts are called and how they are shown: labels, units, options by their words."""

from __future__ import annotations

from razpis.engine import money
from razpis.engine.expressions.build import THEN, Parts
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.fields import TableField
from razpis.engine.wording.speaker import NBSP, Speaker

_GIVEN = {
    "lot": Text("sklop", "lot"),
    "applicant": Text("prijavitelj", "applicant"),
    "submitted_at": Text("dan oddaje", "day of submission"),
    "call_year": Text("leto razpisa", "year of the call"),
    "call_deadline": Text("zadnji dan roka", "last day for applications"),
    "applicant_applications": Text("število vlog prijavitelja", "applications of the applicant"),
    "applicant_number": Text("zaporedna številka vloge prijavitelja", "number among the applicant's applications"),
}


def label(speaker: Speaker, rulebook: Rulebook, name: str) -> str:
    """The label of a fact; of a table's cell (``table.row.column``) with its row and column."""
    key, _, cell = name.partition(".")
    field = rulebook.fields.get(key)
    if field is not None and isinstance(field, TableField) and cell:
        row, _, column = cell.partition(".")
        within = speaker.text(field.columns[column].label)
        return speaker.text(field.label) + speaker.say(f", {row}. vrstica, {within}", f", row {row}, {within}")
    if field is not None:
        return speaker.text(field.label)
    derived = next((speaker.text(one.rule.label) for one in rulebook.derived if one.key == key), "")
    return derived or speaker.text(_GIVEN.get(key)) or key


def quantity(speaker: Speaker, rulebook: Rulebook, name: str, value: Number) -> str:
    """A number with its unit, where it is a field, a table's cell or a derived fact with one."""
    units = {one.key: one.rule.unit for one in rulebook.derived}
    key, _, cell = name.partition(".")
    field = rulebook.fields.get(key)
    unit = units.get(key, "") if field is None else field.type
    if field is not None and isinstance(field, TableField) and cell:
        unit = field.columns[cell.partition(".")[2]].type
    if unit == "euro":
        return speaker.euros(value * 100)
    return speaker.number(value) + (speaker.say(f"{NBSP}%", "%") if unit == "percent" else "")


def shown(speaker: Speaker, rulebook: Rulebook, name: str, value: object) -> str:
    """A fact as people read it: with its unit, an option and a lot by their words."""
    if name == "call_year":
        return str(value)
    if isinstance(value, money.Number) and not isinstance(value, bool):
        return quantity(speaker, rulebook, name, value)
    key, _, cell = name.partition(".")
    field = rulebook.fields.get(key)
    if field is not None and isinstance(field, TableField) and cell:
        options = getattr(field.columns[cell.partition(".")[2]], "options", {})
    else:
        options = getattr(field, "options", {})
    if isinstance(value, tuple) and options:
        return "; ".join(speaker.text(options[item]) for item in value) or speaker.say("nič", "none")
    if key == "lot" and value in rulebook.file.lots:
        return speaker.text(rulebook.file.lots[str(value)].title) or str(value)
    if isinstance(value, str) and value in options:
        return speaker.text(options[value])
    return speaker.value(value)


def derivation(speaker: Speaker, rulebook: Rulebook, parts: Parts) -> str:
    """An expression as written, with facts in place of names; those only asked about stand by their labels."""
    return speaker.derivation(parts, lambda name: label(speaker, rulebook, name))


def derived(speaker: Speaker, rulebook: Rulebook, parts: Parts, value: Number, shown: str) -> str:
    """A derivation and what it comes to: ``2.400 / 8.000 = 0,3``; where a branch taken is itself the value, it is
    written once: ``34 > 30: da → 100``."""
    if parts[-2:] == (THEN, value):
        return f"{derivation(speaker, rulebook, parts[:-1])} {shown}"
    return f"{derivation(speaker, rulebook, parts)} {speaker.equal_to(shown)}"
