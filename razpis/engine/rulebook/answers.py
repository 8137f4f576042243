"""An answer written into the rulebook becomes the value a form's field would give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pydantic_core import PydanticCustomError

from razpis.engine import money
from razpis.engine.expressions.build import Value
from razpis.engine.money import Number
from razpis.engine.problems import Text, did_you_mean, option_meant
from razpis.engine.rulebook.fields import (
    AttachmentField,
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    IntegerField,
    NumberField,
    TableField,
    TextField,
    YesNoField,
)
from razpis.engine.rulebook.source import Path_
from razpis.engine.rulebook.values import _day, _euro, _number


class WrongAnswer(Exception):
    """An answer its field does not allow; ``path`` leads to the part inside it."""

    def __init__(self, sl: str, en: str, path: Path_ = ()) -> None:
        super().__init__(en)
        self.text = Text(sl, en)
        self.path = path


def answer(field: Field, raw: Any) -> Value:
    """The value of ``raw`` (as YAML holds it), ``None`` where nothing is given. Raises :class:`WrongAnswer`."""
    return None if raw is None else _READERS[type(field)](field, raw)


def _text(field: TextField, raw: Any) -> str:
    text = _line(field, raw)
    if len(text) > field.max_length:
        raise WrongAnswer(
            f"besedilo ima {len(text)} znakov, dovoljenih je največ {field.max_length}",
            f"the text has {len(text)} characters, at most {field.max_length} are allowed",
        )
    return text


def _line(_: Field, raw: Any) -> str:
    if not isinstance(raw, str):
        raise WrongAnswer("tu je potrebno besedilo (število v narekovajih)", "a text is needed here (quote a number)")
    return raw


def _read(read: Callable[[Any], Any], raw: Any) -> Any:
    """What a reader of the rulebook's own values gives."""
    try:
        return read(raw)
    except PydanticCustomError as error:
        context = error.context or {}
        raise WrongAnswer(context["sl"], context["en"]) from None


def _integer(field: IntegerField, raw: Any) -> Number:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise WrongAnswer("tu je potrebno celo število", "a whole number is needed here")
    return _within(field, raw)


def _numeric(field: NumberField, raw: Any) -> Number:
    return _within(field, _read(_euro if field.type == "euro" else _number, raw))


def _within(field: IntegerField | NumberField, value: Number) -> Number:
    if field.min is not None and value < field.min:
        least = money.plain(field.min)
        raise WrongAnswer(f"obrazec dovoli najmanj {least}", f"the form allows {least} at least")
    if field.max is not None and value > field.max:
        most = money.plain(field.max)
        raise WrongAnswer(f"obrazec dovoli največ {most}", f"the form allows {most} at most")
    return value


def _date(_: DateField, raw: Any) -> Value:
    return _read(_day, raw)


def _yes_no(_: YesNoField, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise WrongAnswer("tu je potrebno true ali false", "true or false is needed here")
    return raw


def _choice(field: ChoiceField | ChoicesField, raw: Any) -> str:
    if not isinstance(raw, str) or raw not in field.options:
        listed = ", ".join(field.options)
        hint = option_meant(str(raw), field.options)
        raise WrongAnswer(
            f"»{raw}« ni med možnostmi ({listed}){hint.sl}", f"'{raw}' is not among the options ({listed}){hint.en}"
        )
    return raw


def _choices(field: ChoicesField, raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list):
        raise WrongAnswer("tu je potreben seznam možnosti: [a, b]", "a list of options is needed here: [a, b]")
    chosen = tuple(_at((at,), partial(_choice, field, one)) for at, one in enumerate(raw))
    if len(set(chosen)) < len(chosen):
        raise WrongAnswer("ista možnost je navedena dvakrat", "the same option is given twice")
    return chosen


def _at(path: Path_, read: Callable[[], Any]) -> Any:
    """What ``read`` gives; a wrong part is told with the way to it."""
    try:
        return read()
    except WrongAnswer as wrong:
        raise WrongAnswer(wrong.text.sl, wrong.text.en, (*path, *wrong.path)) from None


def _table(field: TableField, raw: Any) -> tuple[dict[str, Value], ...]:
    if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
        raise WrongAnswer(
            "tu je potrebna tabela: [{stolpec: vrednost}, …]", "a table is needed here: [{column: value}, …]"
        )
    if len(raw) > field.max_rows:
        raise WrongAnswer(
            f"vrstic je {len(raw)}, dovoljenih največ {field.max_rows}",
            f"there are {len(raw)} rows, at most {field.max_rows} are allowed",
        )
    return tuple(_at((at,), partial(_row, field, row)) for at, row in enumerate(raw))


def _row(field: TableField, raw: Mapping[str, Any]) -> dict[str, Value]:
    for name in raw:
        if name not in field.columns:
            hint = did_you_mean(name, field.columns)
            raise WrongAnswer(f"neznan stolpec »{name}«{hint.sl}", f"unknown column '{name}'{hint.en}", (name,))
    row = {key: _at((key,), partial(answer, field.columns[key], raw.get(key))) for key in field.columns}
    for key, column in field.columns.items():
        if column.required and row[key] is None:
            raise WrongAnswer(f"manjka »{key}«", f"'{key}' is missing")
    return row


_READERS: Mapping[type, Callable[[Any, Any], Value]] = {
    TextField: _text,
    AttachmentField: _line,
    IntegerField: _integer,
    NumberField: _numeric,
    DateField: _date,
    YesNoField: _yes_no,
    ChoiceField: _choice,
    ChoicesField: _choices,
    TableField: _table,
}
