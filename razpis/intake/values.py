"""A cell becomes a value of its field's type: one function for each field, made once for each file."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from razpis.engine.expressions.build import Value
from razpis.engine.money import Number
from razpis.engine.problems import Text, did_you_mean
from razpis.engine.rulebook.fields import (
    AttachmentField,
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    IntegerField,
    NumberField,
    TextField,
    YesNoField,
)
from razpis.intake import days, numbers
from razpis.intake.grid import Numeral
from razpis.intake.report import refused, shown

Convert: TypeAlias = Callable[[object], Value]
"""From a cell to a value, ``None`` where it is blank; raises :class:`Refused`."""

MAX_LINE = 255

# Control characters, halves of surrogate pairs, and signs that turn the direction of writing (in a decision
# they could show an amount backwards). New lines and tabs are part of longer texts.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile(r"[\n\t\u2028\u2029]")
_YES_NO = {"true": True, "da": True, "yes": True, "false": False, "ne": False, "no": False}
_SEVERAL = "|"
_LISTING = re.compile(r"[,;/]")
_SEPARATE = Text("; več možnosti ločite z znakom |", "; separate several options by the sign |")
_LISTED = 12


def composed(text: str) -> str:
    """``text`` in Unicode's composed form (NFC), so that equal letters are equal characters."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _clean(text: str) -> str:
    if text.isprintable():  # nearly every short text, told at once
        return composed(text)
    found = _CONTROL.search(text)
    if found:
        code = f"U+{ord(found.group()):04X}"
        raise refused(
            f"krmilni znak {code} ni dovoljen; besedilo vnesite znova brez njega",
            f"the control character {code} is not allowed; enter the text again without it",
        )
    return composed(text)


def _at_most(text: str, limit: int) -> str:
    if len(text) > limit:
        raise refused(
            f"besedilo je predolgo: znakov je {len(text)}, dovoljenih največ {limit}; skrajšajte ga",
            f"the text is too long: {len(text)} characters, at most {limit} are allowed; shorten it",
        )
    return text


def _long(limit: int) -> Callable[[str], str]:
    return lambda text: _at_most(_clean(text), limit)


def one_line(text: str) -> str:
    """A short text on one line (an id, a name); raises :class:`Refused`."""
    if not text.isprintable() and _BREAK.search(text):
        raise refused(
            "besedilo mora biti v eni vrstici; odstranite prelome in tabulatorje",
            "the text must stand on one line; remove line breaks and tabs",
        )
    return _at_most(_clean(text), MAX_LINE)


def _convert(wanted: Text, from_text: Callable[[str], Value], natives: Mapping[Any, Callable[[Any], Value]]) -> Convert:
    """Blank to ``None``, a text through ``from_text``, other kinds of cell through ``natives``."""

    def convert(cell: object) -> Value:
        if cell.__class__ is str:
            text = str.strip(cell)
            return from_text(text) if text else None
        if cell is None:
            return None
        native = natives.get(cell.__class__)
        if native is None:
            raise refused(f"tu je potrebno: {wanted.sl}", f"{wanted.en} is needed here")
        return native(cell)

    return convert


def _textual(from_text: Callable[[str], Value], wanted: Text) -> Convert:
    return _convert(wanted, from_text, {Numeral: lambda number: from_text(str(number))})


_TEXT = Text("besedilo", "a text")
LINE: Convert = _textual(one_line, _TEXT)
"""For ids and names."""
REASON: Convert = _textual(_long(20_000), _TEXT)
"""For the commission's reasons, which may run over several lines."""


def _text(field: TextField) -> Convert:
    return _textual(_long(field.max_length), _TEXT)


def _attachment(field: AttachmentField) -> Convert:
    return _textual(one_line, Text("ime datoteke", "a file's name"))


def _number(parse: numbers.Parse, machine: Callable[[Numeral], Number], field: IntegerField | NumberField) -> Convert:
    check = numbers.within(field.min, field.max)
    wanted = Text("število", "a number")
    return _convert(wanted, lambda text: check(parse(text)), {Numeral: lambda text: check(machine(text))})


def _integer(field: IntegerField) -> Convert:
    return _number(numbers.integer, numbers.whole_numeral, field)


def _amount(field: NumberField) -> Convert:
    parse, machine = {
        "decimal": (numbers.decimal, numbers.numeral),
        "percent": (numbers.percent, numbers.numeral),
        "euro": (numbers.euro, numbers.euro_numeral),
    }[field.type]
    return _number(parse, machine, field)


def _date(field: DateField) -> Convert:
    natives = {datetime.date: days.day_of, datetime.datetime: days.day_of}
    return _convert(Text("datum", "a date"), days.day, natives)


def yes_or_no(text: str) -> bool:
    """``da``/``ne``, ``yes``/``no``, ``true``/``false`` in any case; raises :class:`Refused`."""
    found = _YES_NO.get(text.lower())
    if found is None:
        raise refused(
            f"»{shown(text)}« ni niti »da« niti »ne«; zapišite da ali ne",
            f"'{shown(text)}' is neither yes nor no; write yes or no",
        )
    return found


def _yes_no(field: YesNoField) -> Convert:
    return _convert(Text("da ali ne", "yes or no"), yes_or_no, {bool: lambda answer: answer})


def _option(options: Mapping[str, Text], several: bool = False) -> Callable[[str], str]:
    """An option's key from its key or its Slovenian label; a label that two options share names neither."""
    labels = [composed(words.sl) for words in options.values()]
    known = {label: key for key, label in zip(options, labels, strict=True) if labels.count(label) == 1}
    known.update((composed(key), key) for key in options)
    listed = ", ".join([*options][:_LISTED]) + (", …" if len(options) > _LISTED else "")

    def find(text: str) -> str:
        found = known.get(composed(text))
        if found is not None:
            return found
        hint = _SEPARATE if several and _LISTING.search(text) else did_you_mean(text, known)
        raise refused(
            f"»{shown(text)}« ni med možnostmi ({listed}){hint.sl}",
            f"'{shown(text)}' is not among the options ({listed}){hint.en}",
        )

    return find


def _choice(field: ChoiceField) -> Convert:
    return _textual(_option(field.options), Text("ena od možnosti", "one of the options"))


def _choices(field: ChoicesField) -> Convert:
    find = _option(field.options, several=True)

    def pick(parts: list[object]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for part in parts:
            if not isinstance(part, str) or not part.strip():
                raise refused(
                    "prazna možnost; med znakoma | mora biti možnost",
                    "a blank option; there must be an option between the signs |",
                )
            key = find(part.strip())
            if key in found:
                sl, en = f"možnost »{key}« je navedena dvakrat; eno izbrišite", f"the option '{key}' is given twice"
                raise refused(sl, f"{en}; delete one")
            found[key] = None
        return tuple(found)

    natives = {list: pick, Numeral: lambda number: pick([str(number)])}
    return _convert(
        Text("možnosti, ločene z |", "options separated by |"), lambda text: pick([*text.split(_SEVERAL)]), natives
    )


_CONVERTERS: Mapping[type, Callable[[Any], Convert]] = {
    TextField: _text,
    IntegerField: _integer,
    NumberField: _amount,
    DateField: _date,
    YesNoField: _yes_no,
    AttachmentField: _attachment,
    ChoiceField: _choice,
    ChoicesField: _choices,
}


def converter(field: Field) -> Convert:
    """What makes a value of a cell of ``field``."""
    return _CONVERTERS[type(field)](field)
