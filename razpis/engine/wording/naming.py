"""What facts are called and how they are shown: labels, units, options by their words."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from razpis.engine import money
from razpis.engine.expressions.build import THEN, Parts, Picked, Sign, Value
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.fields import TableField
from razpis.engine.wording.speaker import NBSP, Speaker

_ASKS = tuple(Sign(text) for text in ("=", "≠", "∈", "∉"))
"""Between an option and what it is compared with."""
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


def options(speaker: Speaker, rulebook: Rulebook, name: str) -> dict[str, str]:
    """The words of every option of a fact or a table's column (``table.row.column``), and of the lots."""
    key, _, cell = name.partition(".")
    if key == "lot":
        return {lot: speaker.text(one.title) or lot for lot, one in rulebook.file.lots.items()}
    field = rulebook.fields.get(key)
    if field is not None and isinstance(field, TableField) and cell:
        stated = getattr(field.columns[cell.partition(".")[2]], "options", {})
    else:
        stated = getattr(field, "options", {})
    return {option: speaker.text(words) for option, words in stated.items()}


def column(speaker: Speaker, rulebook: Rulebook, table: str, name: str) -> str:
    """``Postavke: Cena``: a column of a table."""
    columns = getattr(rulebook.fields[table], "columns", {})
    return f"{label(speaker, rulebook, table)}: {speaker.text(columns[name].label)}"


def shown(speaker: Speaker, rulebook: Rulebook, name: str, value: object) -> str:
    """A fact as people read it: with its unit, an option and a lot by their words."""
    if name == "call_year":
        return str(value)
    if isinstance(value, money.Number) and not isinstance(value, bool):
        return quantity(speaker, rulebook, name, value)
    words = options(speaker, rulebook, name)
    if isinstance(value, tuple) and words:
        return "; ".join(words[item] for item in value) or speaker.say("nič", "none")
    return words.get(value, value) if isinstance(value, str) else speaker.value(value)


def derivation(speaker: Speaker, rulebook: Rulebook, parts: Parts) -> str:
    """An expression as written, with facts in place of names; those only asked about stand by their labels, and
    options by their words."""
    worded = tuple(_worded(speaker, rulebook, parts, at) for at in range(len(parts)))
    return speaker.derivation(worded, lambda name: label(speaker, rulebook, name))


def _worded(speaker: Speaker, rulebook: Rulebook, parts: Parts, at: int) -> Value:
    """A part of a derivation: an option that was picked, or is compared with one, by its words."""
    part = parts[at]
    if isinstance(part, Picked):
        words = options(speaker, rulebook, part.fact)
        if isinstance(part.value, bool):
            return part
        if not isinstance(part.value, tuple):
            picked = _quoted(speaker, words, part.value)
            return picked if "." in part.fact else f"{picked} ({label(speaker, rulebook, part.fact)})"
        if "." in part.fact:
            return "(" + "; ".join(_quoted(speaker, words, one) for one in part.value) + ")"
        chosen = shown(speaker, rulebook, part.fact, part.value)
        return speaker.say(f"izbranimi ({chosen})", f"those chosen ({chosen})")
    beside = [parts[at + 2 * to] for to in (-1, 1) if 0 <= at + 2 * to < len(parts) and parts[at + to] in _ASKS]
    asked = next((one.fact for one in beside if isinstance(one, Picked)), "")
    if not isinstance(part, str | tuple) or not asked:
        return part
    words = options(speaker, rulebook, asked)
    if isinstance(part, str):
        return _quoted(speaker, words, part)
    return "(" + "; ".join(_quoted(speaker, words, one) for one in part) + ")"


def _quoted(speaker: Speaker, words: Mapping[str, str], option: str) -> str:
    return speaker.say(f"»{words.get(option, option)}«", f"'{words.get(option, option)}'")


def derived(speaker: Speaker, rulebook: Rulebook, parts: Parts, value: Number, shown: str) -> str:
    """A derivation and what it comes to: ``2.400 / 8.000 = 0,3``; where a branch taken is itself the value, it is
    written once: ``34 > 30: da → 100``."""
    if parts[-2:] == (THEN, value):
        return f"{derivation(speaker, rulebook, parts[:-1])} {shown}"
    return f"{derivation(speaker, rulebook, parts)} {speaker.equal_to(shown)}"


def traced(speaker: Speaker, rulebook: Rulebook, reads: Set[str], facts: Mapping[str, Any], shown: str) -> str:
    """What was computed from the facts ``reads``, behind how those came about that were computed themselves:
    ``Delež lastnih sredstev: 1.200 / 9.600 × 100 = 12,5 %; 12,5 / 4 = 3,125``."""
    before = origins(speaker, rulebook, reads, facts).items()
    return "; ".join([*(f"{label(speaker, rulebook, key)}: {origin}" for key, origin in before), shown])


def behind(rulebook: Rulebook, reads: Set[str]) -> set[str]:
    """The facts ``reads`` and, where they are computed, those that they were computed from."""
    needed = set(reads)
    for one in reversed(rulebook.derived):  # a computed fact reads only earlier ones
        if one.key in needed:
            needed |= one.value.reads
    return needed


def origins(speaker: Speaker, rulebook: Rulebook, reads: Set[str], facts: Mapping[str, Any]) -> dict[str, str]:
    """How the computed facts among ``reads`` came about, and those that they were computed from in turn: by name,
    ``1.200 / 9.600 × 100 = 12,5 %``. One that is not known, or only another fact's value, has no entry."""
    needed, found = behind(rulebook, reads), {}
    for one in rulebook.derived:
        value = facts[one.key] if one.key in needed else None
        if not isinstance(value, money.Number) or isinstance(value, bool):
            continue
        _, parts = one.value.derive(facts)
        if len(parts) > 1:
            found[one.key] = derived(speaker, rulebook, parts, value, quantity(speaker, rulebook, one.key, value))
    return found
