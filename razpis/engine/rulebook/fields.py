"""The application form: fields with their types, and the facts derived from them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field as Setting
from pydantic import PlainValidator, WithJsonSchema

from razpis.engine.expressions import DATE, NUMBER, TEXT, TEXTS, WHOLE, YES_NO, Kind, choice, table
from razpis.engine.problems import Text
from razpis.engine.rulebook.values import Exact, Formula, Key, Part, Words, _text, wrong


def _options(value: object) -> dict[str, Text]:
    """``[a, b]`` or ``{a: Words, b: Words}``."""
    items = list(value) if isinstance(value, list | dict) else []
    if not items or not all(isinstance(item, str) and item for item in items):
        raise wrong(
            "možnosti zapišite kot seznam besedil (števila in true/false v narekovajih) ali kot {vrednost: besedilo}",
            "write options as a list of texts (numbers and true/false in quotes) or as {value: text}",
        )
    if any("|" in item or item != item.strip() for item in items):
        raise wrong(
            "v možnosti ne sme biti znaka | in ne presledkov na začetku ali koncu",
            "an option must not contain the sign | nor spaces at its ends",
        )
    if len(set(items)) < len(items):
        raise wrong("ista možnost je zapisana dvakrat", "the same option is written twice")
    bare = next((item for item in items if isinstance(value, dict) and value[item] is None), None)
    if bare is not None:
        raise wrong(
            f"možnost »{bare}« nima besedila; dopišite ga (besedilo z vejico dajte v narekovaje)",
            f"the option '{bare}' has no text; write it (put a text with a comma in quotes)",
        )
    return {item: _text(value[item] if isinstance(value, dict) else item) for item in items}


Options = Annotated[dict[str, Text], PlainValidator(_options), WithJsonSchema({"type": ["array", "object"]})]


class _Asked(Part):
    label: Words
    help: Words | None = None
    required: bool = True
    public: bool = False
    filled_by: Literal["applicant", "office"] = "applicant"


class TextField(_Asked):
    """A line or a page of text."""

    type: Literal["text"]
    max_length: int = Setting(default=20_000, ge=1, le=100_000)

    def kind(self) -> Kind:
        return TEXT


class _Numeric(_Asked):
    min: Exact | None = None
    max: Exact | None = None


class IntegerField(_Numeric):
    """A whole number."""

    type: Literal["integer"]

    def kind(self) -> Kind:
        return WHOLE


class NumberField(_Numeric):
    """A decimal number, an amount in euros, or a percentage (30 means 30 %)."""

    type: Literal["decimal", "euro", "percent"]

    def kind(self) -> Kind:
        return NUMBER


class DateField(_Asked):
    """A day."""

    type: Literal["date"]

    def kind(self) -> Kind:
        return DATE


class YesNoField(_Asked):
    """Yes or no."""

    type: Literal["yes_no"]

    def kind(self) -> Kind:
        return YES_NO


class AttachmentField(_Asked):
    """A file; the fact is its name."""

    type: Literal["attachment"]

    def kind(self) -> Kind:
        return TEXT


class ChoiceField(_Asked):
    """One of the options."""

    type: Literal["choice"]
    options: Options

    def kind(self) -> Kind:
        return choice(tuple(self.options), self.options)


class ChoicesField(_Asked):
    """Any number of the options."""

    type: Literal["choices"]
    options: Options

    def kind(self) -> Kind:
        return Kind(TEXTS.name, options=tuple(self.options), item=TEXTS.item, labels=self.options)


Cell = Annotated[
    TextField | IntegerField | NumberField | DateField | YesNoField | ChoiceField,
    Setting(discriminator="type"),
]


class TableField(_Asked):
    """Rows with the same columns."""

    type: Literal["table"]
    columns: dict[Key, Cell] = Setting(min_length=1)
    max_rows: int = Setting(default=200, ge=1, le=5_000)

    def kind(self) -> Kind:
        return table({key: cell.kind() for key, cell in self.columns.items()})


Field = Annotated[
    TextField
    | IntegerField
    | NumberField
    | DateField
    | YesNoField
    | AttachmentField
    | ChoiceField
    | ChoicesField
    | TableField,
    Setting(discriminator="type"),
]


class Derived(Part):
    """A named expression over fields and earlier derived facts."""

    label: Words
    value: Formula
    unit: Literal["number", "euro", "percent"] = "number"


class Topic(Part):
    """A page of the form: what it is about and which fields stand on it, in this order."""

    label: Words
    help: Words | None = None
    fields: tuple[Key, ...] = Setting(min_length=1, strict=False)
