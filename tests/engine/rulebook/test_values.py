"""The values of a rulebook's keys: what each accepts, and what it says to everything else."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from razpis.engine.money import Rounding, fixed
from razpis.engine.problems import Text
from razpis.engine.rulebook.source import parse
from razpis.engine.rulebook.values import (
    ZONE,
    Amount,
    Day,
    Euro,
    Exact,
    Formula,
    Key,
    Label,
    Moment,
    Percent,
    RoundingRule,
    Words,
)


def value_of(kind, text):
    """What a YAML text means as a value of a kind."""
    return TypeAdapter(kind).validate_python(parse(f"a: {text}\n".encode(), "x").data["a"])


def refusal(kind, text):
    """What is said to a YAML text that is no value of a kind."""
    with pytest.raises(ValidationError) as caught:
        value_of(kind, text)
    (fault,) = caught.value.errors()
    return Text(fault["ctx"]["sl"], fault["ctx"]["en"])


NUMBER = Text(
    "tu je potrebno število, na primer 12 ali 2.5 (brez narekovajev, z decimalno piko)",
    "a number is needed here, for example 12 or 2.5 (no quotes, decimal point)",
)
WORDS = Text("tu je potrebno besedilo ali {sl: …, en: …}", "a text or {sl: …, en: …} is needed here")
FORMULA = Text("tu je potreben izraz, na primer: members >= 30", "an expression is needed here: members >= 30")
PERCENT = Text("odstotek mora biti od 0 do 100", "a percentage must lie between 0 and 100")
EUROS = Text("tu je potreben znesek v evrih", "an amount in euros is needed here")
NEGATIVE = Text("znesek ne sme biti negativen", "the amount must not be negative")
ROUNDING = Text(
    "zaokroževanje zapišite kot število decimalk ali {places: 2, mode: half_up} (načini: half_up, half_even, down, up)",
    "write rounding as a number of places or {places: 2, mode: half_up} (modes: half_up, half_even, down, up)",
)


def ambiguous(amount, *clear):
    return Text(
        f"znesek {amount} je dvoumen: pišite {' ali '.join(clear)}",
        f"the amount {amount} is ambiguous: write {' or '.join(clear)}",
    )


def two_ways(number, thousands):
    return Text(
        f"zapis {number} je dvoumen: pišite {thousands} (tisočice brez pike) ali {number}0 (decimalke)",
        f"{number} is ambiguous: write {thousands} (thousands without a point) or {number}0 (decimals)",
    )


def no_amount(text):
    return Text(
        f"»{text}« ni znesek; pišite 1234.50 ali '1.234,50'", f"'{text}' is not an amount; write 1234.50 or '1.234,50'"
    )


def no_name(text):
    return Text(
        f"ime »{text}« ni dovoljeno: male črke a–z, števke in podčrtaj, na začetku črka",
        f"the name '{text}' is not allowed: small letters a–z, digits and underscore, a letter first",
    )


def reserved(text):
    return Text(f"ime »{text}« je rezervirano; izberite drugo", f"the name '{text}' is reserved; choose another")


def no_label(text):
    return Text(
        f"»{text}« ni dovoljeno: ime ima 1 do 200 znakov, brez presledkov na začetku in koncu",
        f"'{text}' is not allowed: a name has 1 to 200 characters and no spaces at its ends",
    )


def no_day(text):
    return Text(f"»{text}« ni datum; pišite LLLL-MM-DD", f"'{text}' is not a date; write YYYY-MM-DD")


def not_in_calendar(text, sl, en):
    return Text(f"»{text}« ni na koledarju; preverite {sl}", f"'{text}' is not in the calendar; check the {en}")


def no_moment(text):
    return Text(
        f"»{text}« ni datum z uro; pišite LLLL-MM-DD UU:MM", f"'{text}' is not a date with time; write YYYY-MM-DD HH:MM"
    )


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Exact, "12", 12),
        (Exact, "-2.50", Fraction(-5, 2)),
        (Exact, "2.0", 2),
        (Exact, "1.5000", Fraction(3, 2)),
        (Exact, "0.125", Fraction(1, 8)),
        (Exact, "1234.125", Fraction(9873, 8)),
        (Percent, "0", 0),
        (Percent, "12.5", Fraction(25, 2)),
        (Percent, "100.00", 100),
        (Euro, "1234.50", Fraction("1234.5")),
        (Euro, "'1.234,50'", Fraction("1234.5")),
        (Euro, "1.234,50", Fraction("1234.5")),
        (Euro, "30 000,00 EUR", 30_000),
        (Euro, "-5", -5),
        (Amount, "0", 0),
        (Amount, "0.00", 0),
        (Amount, "30000", 30_000),
        (Words, "Naslov", Text("Naslov", "Naslov")),
        (Words, "'  Naslov '", Text("Naslov", "Naslov")),
        (Words, "2026", Text("2026", "2026")),
        (Words, "1.50", Text("1.50", "1.50")),
        (Words, "0.0000001", Text("0.0000001", "0.0000001")),
        (Words, "{sl: Člani}", Text("Člani", "Člani")),
        (Words, "{sl: ' Člani', en: 'Members '}", Text("Člani", "Members")),
        (Formula, "members >= 30", "members >= 30"),
        (Formula, "'  members '", "members"),
        (Formula, "true", "true"),
        (Formula, "false", "false"),
        (Formula, "12", "12"),
        (Formula, "-0.50", "-0.50"),
        (Formula, "0.0000001", "0.0000001"),
        (Key, "members_2", "members_2"),
        (Key, "a" * 60, "a" * 60),
        (Label, "Sklop A – zdravje", "Sklop A – zdravje"),
        (Label, "x" * 200, "x" * 200),
        (Day, "2026-05-04", datetime.date(2026, 5, 4)),
        (Day, "2028-02-29", datetime.date(2028, 2, 29)),
        (Moment, "2026-03-20 12:00", datetime.datetime(2026, 3, 20, 12, tzinfo=ZONE)),
        (Moment, "2026-03-20T23:59:59", datetime.datetime(2026, 3, 20, 23, 59, 59, tzinfo=ZONE)),
        (RoundingRule, "2", Rounding(2)),
        (RoundingRule, "-6", Rounding(-6)),
        (RoundingRule, "{places: 9, mode: half_even}", Rounding(9, "half_even")),
        (RoundingRule, "{places: 0}", Rounding(0)),
    ],
)
def test_what_is_accepted(kind, text, value):
    found = value_of(kind, text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        *(
            (Exact, text, NUMBER)
            for text in ("'12'", "012", "1e3", "1,5", "true", "~", "[1]", "{a: 1}", "x", ".5", "1_0")
        ),
        (Exact, "1.500", two_ways("1.500", "1500")),
        (Exact, "-12.345", two_ways("-12.345", "-12345")),
        *((Percent, text, PERCENT) for text in ("-0.01", "100.01", "-5")),
        (Percent, "'5'", NUMBER),
        (Euro, "1.500", ambiguous("1.500", "1500", "1.50")),
        (Euro, "'12.345'", ambiguous("12.345", "12345", "12.34")),
        (Euro, "1,500", ambiguous("1,500", "1500", "1.50")),
        (Euro, "1.234.567", ambiguous("1.234.567", "1234567")),
        (Euro, "'1,234.567'", ambiguous("1,234.567", "1234567")),
        (Euro, "0.0000001", no_amount("0.0000001")),
        (Euro, "12.3456", no_amount("12.3456")),
        (Euro, "1e3", no_amount("1e3")),
        (Euro, "''", no_amount("")),
        (Euro, "dvajset", no_amount("dvajset")),
        *((Euro, text, EUROS) for text in ("true", "~", "[1]", "{a: 1}")),
        (Amount, "-0.01", NEGATIVE),
        (Amount, "'-1.234,50'", NEGATIVE),
        (Amount, "-1.500", ambiguous("-1.500", "-1500", "-1.50")),
        *(
            (Words, text, WORDS)
            for text in ("true", "~", "''", "' '", "[a]", "{}", "{en: a}", "{sl: ''}", "{sl: a, de: b}")
        ),
        *((Words, text, WORDS) for text in ("{sl: a, en: 1}", "{sl: true}", "{sl: a, en: ~}", "{sl: [a]}")),
        *((Formula, text, FORMULA) for text in ("~", "''", "'  '", "[a]", "{a: 1}")),
        *((Key, text, no_name(text)) for text in ("Members", "člani", "2a", "_a", "a-b", "a.b", "12", "a" * 61)),
        (Key, "' a'", no_name(" a")),
        (Key, "''", no_name("")),
        *((Key, text, reserved(text)) for text in ("sum", "answered", "and", "if", "class", "lambda", "not")),
        (Label, "''", no_label("")),
        (Label, "' A'", no_label(" A")),
        (Label, "'A '", no_label("A ")),
        (Label, "x" * 201, no_label("x" * 201)),
        (Label, "12", no_label("12")),
        *((Day, text, no_day(text)) for text in ("2026-5-4", "4. 5. 2026", "20260504", "2026-W01-1", "x")),
        (Day, "2026-02-30", not_in_calendar("2026-02-30", "dan, mesec in leto", "day, month and year")),
        *(
            (Moment, text, not_in_calendar(text, "dan, mesec, leto in uro", "day, month, year and hour"))
            for text in ("2026-05-04 25:00", "2026-13-04 12:00")
        ),
        (Day, "'20260504'", no_day("20260504")),
        (Day, "~", no_day("None")),
        *((Moment, text, no_moment(text)) for text in ("2026-05-04", "2026-05-04 12")),
        *(
            (Moment, text, no_moment(text))
            for text in ("2026-05-04 12:00+02:00", "2026-05-04 12:00:00.5", "20260504 12:00")
        ),
        (Moment, "2026", no_moment("2026")),
        *((RoundingRule, text, ROUNDING) for text in ("10", "-7", "2.0", "'2'", "true", "~", "half_up", "[2]", "{}")),
        *((RoundingRule, f"{{{text}}}", ROUNDING) for text in ("mode: up", "places: true", "places: 2, mode: nearest")),
        *(
            (RoundingRule, f"{{{text}}}", ROUNDING)
            for text in ("places: 2, mode: [up]", "places: 2, mode: ~", "places: 2, x: 1")
        ),
    ],
)
def test_what_is_refused_and_what_is_said(kind, text, said):
    assert refusal(kind, text) == said


@given(st.integers(0, 10**12))
def test_an_amount_means_its_cents_however_it_is_written(cents):
    plain = fixed(Fraction(cents, 100), 2)
    grouped = f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02}"
    assert (
        value_of(Amount, plain) == value_of(Amount, f"'{plain}'") == value_of(Amount, grouped) == Fraction(cents, 100)
    )


@pytest.mark.parametrize(
    ("moment", "offset"),
    [("2026-01-20 12:00", 1), ("2026-07-20 12:00", 2), ("2026-03-29 03:00", 2), ("2026-10-25 02:30", 2)],
)
def test_a_moment_is_by_the_clock_in_maribor(moment, offset):
    assert value_of(Moment, moment).utcoffset() == datetime.timedelta(hours=offset)
