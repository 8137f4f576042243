"""Single values of a rulebook's text listed and changed in place: all else, comments too, stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from types import NoneType
from typing import Annotated, Any, TypeAlias, get_args, get_origin

import yaml
from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from razpis.engine import money
from razpis.engine.expressions.lexer import AMBIGUOUS
from razpis.engine.problems import Text
from razpis.engine.rulebook import values
from razpis.engine.rulebook.budget import Budget
from razpis.engine.rulebook.fields import _options
from razpis.engine.rulebook.schema_words import words
from razpis.engine.rulebook.shape import RulebookFile, _infos, _members
from razpis.engine.rulebook.source import Path_, parse

Value: TypeAlias = str | money.Number
NAME = "pravila.yaml"
_BOM = "\ufeff"
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_NUMBER = re.compile(r"[+-]?(?:0|[1-9]\d{0,29})(?:\.\d{1,20})?", re.ASCII)


class Kind(StrEnum):
    """What a value is. ``DAY`` is written ``2026-03-20``, ``MOMENT`` ``2026-03-20 12:00``."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    EURO = "euro"
    PERCENT = "percent"
    DAY = "day"
    MOMENT = "moment"


_KINDS: Mapping[Callable[[Any], Any], Kind] = {
    values._text: Kind.TEXT,
    values._number: Kind.NUMBER,
    values._expression: Kind.NUMBER,  # only where it is a plain number
    values._euro: Kind.EURO,
    values._positive_euro: Kind.EURO,
    values._percent: Kind.PERCENT,
    values._day: Kind.DAY,
    values._moment: Kind.MOMENT,
}
_TEXTS = (Kind.TEXT, Kind.DAY, Kind.MOMENT)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value that may be changed: where it stands, what it is, what it says now.

    ``language`` is ``sl`` or ``en`` where the text has a line for each, else empty.
    """

    path: Path_
    kind: Kind
    words: Text
    value: Value
    language: str = ""


@dataclass(frozen=True, slots=True)
class _Spot:
    scalar: Scalar
    node: yaml.ScalarNode


class Unfit(ValueError):
    """What a person typed is not a value of its kind; ``text`` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def editable(text: str) -> tuple[Scalar, ...]:
    """The values of a rulebook's text that a form may change, in their order; examples are left out.

    Raises :class:`razpis.engine.problems.Problems` where the text is not YAML as a rulebook is written.
    """
    return tuple(spot.scalar for spot in _spots(text.removeprefix(_BOM)))


def changed(text: str, new: Mapping[Path_, Value]) -> str:
    """``text`` with these values in place of those that stand there; equal ones stay as they are written.

    A text is UTF-8 without lone surrogates. Raises :class:`KeyError` for a path that is not among the editable
    ones, and :class:`razpis.engine.problems.Problems` as :func:`editable` does.
    """
    body = text.removeprefix(_BOM)
    spots = {spot.scalar.path: spot for spot in _spots(body)}
    found = [(spots[path], value) for path, value in new.items()]
    for spot, value in sorted(found, key=lambda pair: pair[0].node.start_mark.index, reverse=True):
        if value != spot.scalar.value:
            begin, end = spot.node.start_mark.index, spot.node.end_mark.index
            body = body[:begin] + _instead(body[begin:end], spot, value) + body[end:]
    return text[: len(text) - len(text.removeprefix(_BOM))] + body


def typed(kind: Kind, text: str) -> Value:
    """What a person typed, as a value of its kind: ``1.234,50`` is an amount, ``2,5`` a number.

    Raises :class:`Unfit`.
    """
    text = text.strip() if kind is not Kind.TEXT else text.replace("\r\n", "\n")
    if kind in _TEXTS:
        return _checked(kind, text)
    try:
        value = money.parse_euro(text) if kind is Kind.EURO else money.parse_number(text)
    except money.NumberError as error:
        raise Unfit(_not_a_number(error, kind)) from None
    if kind is Kind.WHOLE and not isinstance(value, int):
        raise Unfit(Text("Vpišite celo število.", "Write a whole number."))
    return value


def _checked(kind: Kind, text: str) -> str:
    if any(ord(sign) < ord(" ") and sign not in "\n\t" for sign in text):
        raise Unfit(
            Text("Besedilo vsebuje znak, ki ga ni mogoče zapisati.", "The text holds a sign that cannot be kept.")
        )
    checks = {Kind.TEXT: values._text, Kind.DAY: values._day, Kind.MOMENT: values._moment}
    try:
        checks[kind](text)
    except PydanticCustomError as error:
        told = error.context or {}
        raise Unfit(Text(told["sl"], told["en"])) from None
    return text


def _not_a_number(error: money.NumberError, kind: Kind) -> Text:
    if error.kind == "ambiguous":
        return Text(
            f"»{error.text}« je dvoumno: pišite 1500 ali 1500,00.",
            f"'{error.text}' is ambiguous: write 1500 or 1500.00.",
        )
    if kind is Kind.EURO:
        return Text(f"»{error.text}« ni znesek; pišite na primer 1.234,50.", f"'{error.text}' is not an amount.")
    return Text(f"»{error.text}« ni število; pišite na primer 12 ali 2,5.", f"'{error.text}' is not a number.")


def _instead(old: str, spot: _Spot, value: Value) -> str:
    """How ``value`` is written where ``old`` stood; a block text keeps the note beside its sign and its end."""
    written = (
        _quoted(str(value)) if spot.scalar.kind in _TEXTS else _number(money.exact(Fraction(value)), spot.scalar.kind)
    )
    if spot.node.style not in ("|", ">"):
        return written
    header = re.split(r"[\r\n]", old, maxsplit=1)[0]
    note = header[header.index(" #") :] if " #" in header else ""
    return written + note + old[len(old.rstrip()) :]


def _quoted(text: str) -> str:
    """In double quotes on one line, so that it stands alike in blocks and in braces."""
    return '"' + "".join(_ESCAPES.get(sign) or _shown(sign) for sign in text) + '"'


def _shown(sign: str) -> str:
    if sign.isprintable():
        return sign
    code = ord(sign)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _number(value: money.Number, kind: Kind) -> str:
    if kind is Kind.EURO and value * 100 == money.floor(value * 100):
        return money.fixed(value, 2)
    text = money.plain(value)
    return text + "0" if AMBIGUOUS.fullmatch(text.lstrip("-")) else text


@lru_cache(maxsize=8)  # a page reads the values of a text and changes some of them
def _spots(text: str) -> tuple[_Spot, ...]:
    parse(text.encode(), NAME)
    return tuple(_inside(RulebookFile, (), yaml.compose(text, Loader=yaml.CSafeLoader), (), Text("", "")))


def _inside(annotation: Any, metadata: tuple[Any, ...], node: Any, path: Path_, said: Text) -> Iterator[_Spot]:
    """The values in and under ``node``, which the file's model says is an ``annotation``."""
    bare, check = _known(annotation, metadata)
    kind = Kind.WHOLE if bare is int else _KINDS.get(check) if check else Kind.EURO if bare is Budget else None
    if isinstance(node, yaml.ScalarNode):
        if kind is not None:
            yield from _one(kind, node, path, said)
    elif check is _options or kind is Kind.TEXT:
        yield from _texts(node, path, said, options=check is _options)
    elif isinstance(node, yaml.MappingNode):
        yield from _mapping(bare, node, path, said)
    elif get_origin(bare) is tuple:
        for at, item in enumerate(node.value):
            yield from _inside(get_args(bare)[0], (), item, (*path, at), said)


def _known(annotation: Any, metadata: tuple[Any, ...]) -> tuple[Any, Callable[[Any], Any] | None]:
    """The type without ``Annotated`` and ``| None``, and the function that checks its values."""
    check = next((one.func for one in metadata if isinstance(one, PlainValidator)), None)
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _known(inner, (*metadata, *more))
    others = [one for one in get_args(annotation) if one is not NoneType]
    if len(others) == 1 and NoneType in get_args(annotation):
        return _known(others[0], metadata)
    return annotation, check  # type: ignore[return-value] # pydantic's functions may take a second argument


def _mapping(bare: Any, node: yaml.MappingNode, path: Path_, said: Text) -> Iterator[_Spot]:
    items = {key.value: value for key, value in node.value}
    if get_origin(bare) is dict:
        for key, value in items.items():
            yield from _inside(get_args(bare)[1], (), value, (*path, key), said)
        return
    tags = [items[name].value for name in ("type", "kind") if isinstance(items.get(name), yaml.ScalarNode)]
    members = _members(bare)
    part = next((members[tag] for tag in tags if tag in members), bare)
    known = dict(_infos(part))
    for key, value in items.items():
        if key in known and key != "examples":
            info, told = known[key], words(part.__name__, key) or said
            yield from _inside(info.annotation, tuple(info.metadata), value, (*path, key), told)


def _texts(node: Any, path: Path_, said: Text, options: bool) -> Iterator[_Spot]:
    """The lines of a text in two languages, or of the options of a field."""
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        if options and not isinstance(value, yaml.ScalarNode):
            yield from _texts(value, (*path, key.value), said, options=False)
        elif isinstance(value, yaml.ScalarNode):
            yield from _one(Kind.TEXT, value, (*path, key.value), said, "" if options else key.value)


def _one(kind: Kind, node: yaml.ScalarNode, path: Path_, said: Text, language: str = "") -> Iterator[_Spot]:
    """The value itself, unless it is empty, or no plain number where only that can be changed."""
    plain = not node.style
    if kind in _TEXTS:
        if node.value or not plain:
            yield _Spot(Scalar(path, kind, said, node.value, language), node)
    elif plain and _NUMBER.fullmatch(node.value):
        as_amount = kind is Kind.NUMBER and path[-1] == "amount"
        value = money.exact(Fraction(node.value))
        yield _Spot(Scalar(path, Kind.EURO if as_amount else kind, said, value), node)
    elif kind is Kind.EURO:
        try:
            yield _Spot(Scalar(path, kind, said, money.parse_euro(node.value)), node)
        except money.NumberError:
            return
