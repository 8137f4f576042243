"""The kinds of value a rulebook's keys may hold, each checked strictly and told in two languages."""

from __future__ import annotations

import contextlib
import datetime
import keyword
import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from razpis.engine import money, problems
from razpis.engine.expressions.functions import FUNCTIONS
from razpis.engine.expressions.lexer import AMBIGUOUS, KEYWORDS

ZONE = ZoneInfo("Europe/Ljubljana")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?", re.ASCII)


class Part(BaseModel):
    """A part of the rulebook: closed (unknown keys refused), strict and frozen."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True)


def wrong(sl: str, en: str) -> PydanticCustomError:
    """A refusal in both languages."""
    return PydanticCustomError("razpis", "{en}", {"sl": sl, "en": en})


def _text(value: Any) -> problems.Text:
    if isinstance(value, str) and value.strip():
        return problems.Text(value.strip(), value.strip())
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return problems.Text(_written(value), _written(value))
    if isinstance(value, dict) and set(value) in ({"sl"}, {"sl", "en"}):
        words = [value["sl"], value.get("en", value["sl"])]
        if all(isinstance(word, str) and word.strip() for word in words):
            return problems.Text(words[0].strip(), words[1].strip())
    raise wrong("tu je potrebno besedilo ali {sl: …, en: …}", "a text or {sl: …, en: …} is needed here")


def _written(value: Any) -> str:
    """The text of a number as a person writes it: never ``1E-7``."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _number(value: Any) -> money.Number:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        text = _written(value)
        if AMBIGUOUS.fullmatch(text.lstrip("-")):
            raise wrong(
                f"zapis {text} je dvoumen: pišite {text.replace('.', '')} (tisočice brez pike) ali {text}0 (decimalke)",
                f"{text} is ambiguous: write {text.replace('.', '')} (thousands without a point) or {text}0 (decimals)",
            )
        return money.exact(Fraction(value))
    raise wrong(
        "tu je potrebno število, na primer 12 ali 2.5 (brez narekovajev, z decimalno piko)",
        "a number is needed here, for example 12 or 2.5 (no quotes, decimal point)",
    )


def _percent(value: Any) -> money.Number:
    percent = _number(value)
    if not 0 <= percent <= 100:
        raise wrong("odstotek mora biti od 0 do 100", "a percentage must lie between 0 and 100")
    return percent


def _euro(value: Any) -> money.Number:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise wrong("tu je potreben znesek v evrih", "an amount in euros is needed here")
    try:
        return money.parse_euro(_written(value))
    except money.NumberError as error:
        if error.kind == "ambiguous":
            whole, cents = error.text.replace(".", "").replace(",", ""), error.text.replace(",", ".")[:-1]
            single = cents.count(".") == 1
            raise wrong(
                f"znesek {error.text} je dvoumen: pišite {whole}" + single * f" ali {cents}",
                f"the amount {error.text} is ambiguous: write {whole}" + single * f" or {cents}",
            ) from None
        raise wrong(
            f"»{error.text}« ni znesek; pišite 1234.50 ali '1.234,50'",
            f"'{error.text}' is not an amount; write 1234.50 or '1.234,50'",
        ) from None


def _positive_euro(value: Any) -> money.Number:
    euros = _euro(value)
    if euros < 0:
        raise wrong("znesek ne sme biti negativen", "the amount must not be negative")
    return euros


def _expression(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return _written(value)
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise wrong("tu je potreben izraz, na primer: members >= 30", "an expression is needed here: members >= 30")


def _key(value: Any) -> str:
    if isinstance(value, str) and _KEY.fullmatch(value):
        if value in KEYWORDS or value in FUNCTIONS or keyword.iskeyword(value):
            raise wrong(
                f"ime »{value}« je rezervirano; izberite drugo", f"the name '{value}' is reserved; choose another"
            )
        return value
    raise wrong(
        f"ime »{value}« ni dovoljeno: male črke a–z, števke in podčrtaj, na začetku črka",
        f"the name '{value}' is not allowed: small letters a–z, digits and underscore, a letter first",
    )


def _label(value: Any) -> str:
    if isinstance(value, str) and 0 < len(value.strip()) <= 200 and value == value.strip():
        return value
    raise wrong(
        f"»{value}« ni dovoljeno: ime ima 1 do 200 znakov, brez presledkov na začetku in koncu",
        f"'{value}' is not allowed: a name has 1 to 200 characters and no spaces at its ends",
    )


def _day(value: Any) -> datetime.date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        with contextlib.suppress(ValueError):
            return datetime.date.fromisoformat(value)
        raise wrong(
            f"»{value}« ni na koledarju; preverite dan, mesec in leto",
            f"'{value}' is not in the calendar; check the day, month and year",
        )
    raise wrong(f"»{value}« ni datum; pišite LLLL-MM-DD", f"'{value}' is not a date; write YYYY-MM-DD")


def _moment(value: Any) -> datetime.datetime:
    """Local date and time in Europe/Ljubljana; the hour is always stated."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        with contextlib.suppress(ValueError):
            return datetime.datetime.fromisoformat(value).replace(tzinfo=ZONE)
        raise wrong(
            f"»{value}« ni na koledarju; preverite dan, mesec, leto in uro",
            f"'{value}' is not in the calendar; check the day, month, year and hour",
        )
    raise wrong(
        f"»{value}« ni datum z uro; pišite LLLL-MM-DD UU:MM",
        f"'{value}' is not a date with time; write YYYY-MM-DD HH:MM",
    )


def _rounding(value: Any) -> money.Rounding:
    """``2`` or ``{places: 2, mode: half_up}``."""
    data = value if isinstance(value, dict) else {"places": value}
    places, mode = data.get("places"), data.get("mode", "half_up")
    if isinstance(places, int) and not isinstance(places, bool) and -6 <= places <= 9:
        if set(data) <= {"places", "mode"} and isinstance(mode, str) and mode in money.MODES:
            return money.Rounding(places, mode)
    modes = ", ".join(money.MODES)
    raise wrong(
        f"zaokroževanje zapišite kot število decimalk ali {{places: 2, mode: half_up}} (načini: {modes})",
        f"write rounding as a number of places or {{places: 2, mode: half_up}} (modes: {modes})",
    )


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


Words = Annotated[problems.Text, PlainValidator(_text), _schema(type=["string", "object", "number"])]
Exact = Annotated[int | Fraction, PlainValidator(_number), _schema(type="number")]
Percent = Annotated[int | Fraction, PlainValidator(_percent), _schema(type="number", minimum=0, maximum=100)]
Euro = Annotated[int | Fraction, PlainValidator(_euro), _schema(type=["number", "string"])]
Amount = Annotated[int | Fraction, PlainValidator(_positive_euro), _schema(type=["number", "string"])]
Formula = Annotated[str, PlainValidator(_expression), _schema(type=["string", "number", "boolean"])]
Key = Annotated[str, PlainValidator(_key), _schema(type="string", pattern=_KEY.pattern)]
Label = Annotated[str, PlainValidator(_label), _schema(type="string", maxLength=200)]
Day = Annotated[datetime.date, PlainValidator(_day), _schema(type="string", format="date")]
Moment = Annotated[datetime.datetime, PlainValidator(_moment), _schema(type="string")]
RoundingRule = Annotated[money.Rounding, PlainValidator(_rounding), _schema(type=["integer", "object"])]
