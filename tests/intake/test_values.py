"""Cells of every type of field: what they become, what is refused, and in which words."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from pydantic import TypeAdapter

from razpis.engine.rulebook.fields import Field
from razpis.intake.grid import Numeral
from razpis.intake.report import Refused
from razpis.intake.values import LINE, REASON, Convert, composed, converter

FORM: TypeAdapter[Field] = TypeAdapter(Field)
OPTIONS = {
    "social": {"sl": "Socialno varstvo", "en": "Social care"},
    "health": "Zdravje",
    "a": "Enako",
    "b": "Enako",
    "c": "health",
}


def field(**settings: object) -> Convert:
    """The converter of a field as a rulebook states it."""
    return converter(FORM.validate_python({"label": "Polje", **settings}))


TEXT = field(type="text", max_length=10)
WHOLE = field(type="integer", min=1, max=20)
DECIMAL = field(type="decimal")
EURO = field(type="euro", max=Decimal("1000.5"))
PERCENT = field(type="percent")
DAY = field(type="date")
YES_NO = field(type="yes_no")
FILE = field(type="attachment")
CHOICE = field(type="choice", options=OPTIONS)
CHOICES = field(type="choices", options=["old", "young"])
ALL = [TEXT, WHOLE, DECIMAL, EURO, PERCENT, DAY, YES_NO, FILE, CHOICE, CHOICES, LINE, REASON]
MIDNIGHT = datetime.datetime(2026, 5, 4)  # noqa: DTZ001 - as openpyxl gives it


def refusal(convert: Convert, cell: object) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        convert(cell)
    (((), text),) = caught.value.faults
    return text.sl, text.en


@pytest.mark.parametrize("convert", ALL)
@pytest.mark.parametrize("cell", [None, "", "  ", "\t\u00a0\n"])
def test_a_blank_cell_is_no_answer(convert: Convert, cell: object) -> None:
    assert convert(cell) is None


@pytest.mark.parametrize(
    ("convert", "cell", "value"),
    [
        (TEXT, " Ime ", "Ime"),
        (TEXT, "dve\nvrsti", "dve\nvrsti"),
        (TEXT, "c\u030cs\u030c", "čš"),
        (TEXT, Numeral("12"), "12"),
        (WHOLE, " 12 ", 12),
        (WHOLE, Numeral("12.0"), 12),
        (DECIMAL, "12,5", Fraction(25, 2)),
        (DECIMAL, Numeral("-0.125"), Fraction(-1, 8)),
        (EURO, "1.000,50", Fraction(2001, 2)),
        (EURO, Numeral("1000.50"), Fraction(2001, 2)),
        (PERCENT, "30 %", 30),
        (PERCENT, Numeral("30"), 30),
        (DAY, "4. 5. 2026", datetime.date(2026, 5, 4)),
        (DAY, datetime.date(2026, 5, 4), datetime.date(2026, 5, 4)),
        (DAY, MIDNIGHT, datetime.date(2026, 5, 4)),
        (FILE, "statut.pdf", "statut.pdf"),
        (CHOICE, "social", "social"),
        (CHOICE, "Socialno varstvo", "social"),
        (CHOICE, "health", "health"),
        (CHOICE, "Zdravje", "health"),
        (CHOICES, "old", ("old",)),
        (CHOICES, "young | old", ("young", "old")),
        (CHOICES, ["young", " old "], ("young", "old")),
        (CHOICES, [], ()),
        (LINE, Numeral("7"), "7"),
        (REASON, "Prvič.\nDrugič.", "Prvič.\nDrugič."),
    ],
)
def test_cells_become_values(convert: Convert, cell: object, value: object) -> None:
    assert convert(cell) == value


@pytest.mark.parametrize("text", ["da", "DA", "Da", "yes", "TRUE", "true"])
def test_yes(text: str) -> None:
    assert YES_NO(text) is True


@pytest.mark.parametrize("text", ["ne", "NE", "no", "False"])
def test_no(text: str) -> None:
    assert YES_NO(text) is False


@pytest.mark.parametrize("answer", [True, False])
def test_a_truth_value_is_itself(answer: bool) -> None:
    assert YES_NO(answer) is answer


@pytest.mark.parametrize("text", ["1", "x", "dane", "nein"])
def test_what_is_neither_yes_nor_no_is_refused(text: str) -> None:
    assert refusal(YES_NO, text) == (
        f"»{text}« ni niti »da« niti »ne«; zapišite da ali ne",
        f"'{text}' is neither yes nor no; write yes or no",
    )


@pytest.mark.parametrize(
    ("convert", "sl", "en"),
    [
        (TEXT, "besedilo", "a text"),
        (WHOLE, "število", "a number"),
        (EURO, "število", "a number"),
        (DAY, "datum", "a date"),
        (YES_NO, "da ali ne", "yes or no"),
        (FILE, "ime datoteke", "a file's name"),
        (CHOICE, "ena od možnosti", "one of the options"),
        (CHOICES, "možnosti, ločene z |", "options separated by |"),
    ],
)
@pytest.mark.parametrize("cell", [{"a": 1}, datetime.time(8), b"x"])
def test_a_cell_of_another_kind_is_refused(convert: Convert, sl: str, en: str, cell: object) -> None:
    assert refusal(convert, cell) == (f"tu je potrebno: {sl}", f"{en} is needed here")


@pytest.mark.parametrize(
    ("convert", "cell"),
    [(TEXT, True), (TEXT, ["a"]), (WHOLE, True), (WHOLE, MIDNIGHT), (DAY, Numeral("45000")), (YES_NO, Numeral("1"))],
)
def test_kinds_are_not_mixed(convert: Convert, cell: object) -> None:
    assert refusal(convert, cell)[1].endswith(" is needed here")


def test_bounds_hold_for_texts_and_for_numerals() -> None:
    told = ("21 je preveč; dovoljeno je največ 20", "21 is too much; at most 20 is allowed")
    assert refusal(WHOLE, "21") == refusal(WHOLE, Numeral("21")) == told
    assert refusal(EURO, "1000,51")[0] == "1000,51 je preveč; dovoljeno je največ 1000,5"


def test_a_text_that_is_too_long_is_refused_with_both_lengths() -> None:
    assert TEXT("č" * 10) == "č" * 10
    assert refusal(TEXT, "č" * 11) == (
        "besedilo je predolgo: znakov je 11, dovoljenih največ 10; skrajšajte ga",
        "the text is too long: 11 characters, at most 10 are allowed; shorten it",
    )


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\r", "\x0b", "\x7f", "\x85", "\u202e", "\u2066", "\ud800", "\uffff"])
@pytest.mark.parametrize("convert", [TEXT, FILE, LINE])
def test_control_characters_are_refused(convert: Convert, sign: str) -> None:
    code = f"U+{ord(sign):04X}"
    assert refusal(convert, f"a{sign}b") == (
        f"krmilni znak {code} ni dovoljen; besedilo vnesite znova brez njega",
        f"the control character {code} is not allowed; enter the text again without it",
    )


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "a\u2028b"])
@pytest.mark.parametrize("convert", [FILE, LINE])
def test_a_name_stands_on_one_line(convert: Convert, text: str) -> None:
    assert refusal(convert, text) == (
        "besedilo mora biti v eni vrstici; odstranite prelome in tabulatorje",
        "the text must stand on one line; remove line breaks and tabs",
    )


def test_a_name_may_hold_a_space_that_does_not_break_and_a_joiner() -> None:
    assert LINE("Dom\u00a0Maribor 👩\u200d🦰") == "Dom\u00a0Maribor 👩\u200d🦰"


def test_a_name_is_at_most_255_characters_long() -> None:
    assert refusal(LINE, "x" * 256)[0] == "besedilo je predolgo: znakov je 256, dovoljenih največ 255; skrajšajte ga"


@pytest.mark.parametrize(
    ("text", "hint_sl", "hint_en"),
    [
        ("socal", " – ste mislili »social«?", " – did you mean 'social'?"),
        ("Enako", "", ""),
        ("Socialno varstv", " – ste mislili »Socialno varstvo«?", " – did you mean 'Socialno varstvo'?"),
        ("zzz", "", ""),
    ],
)
def test_an_unknown_option_is_refused_with_the_known_ones(text: str, hint_sl: str, hint_en: str) -> None:
    assert refusal(CHOICE, text) == (
        f"»{text}« ni med možnostmi (social, health, a, b, c){hint_sl}",
        f"'{text}' is not among the options (social, health, a, b, c){hint_en}",
    )


def test_of_many_options_the_first_are_listed() -> None:
    options = [f"o{number}" for number in range(20)]
    convert = field(type="choice", options=options)
    listed = ", ".join(options[:12])
    assert refusal(convert, "zz") == (
        f"»zz« ni med možnostmi ({listed}, …)",
        f"'zz' is not among the options ({listed}, …)",
    )


@pytest.mark.parametrize(("cell", "shown"), [("old, new", "old, new"), ("old|new;ill", "new;ill"), ("a/b", "a/b")])
def test_options_separated_by_another_sign_are_told_the_right_one(cell: str, shown: str) -> None:
    assert refusal(CHOICES, cell) == (
        f"»{shown}« ni med možnostmi (old, young); več možnosti ločite z znakom |",
        f"'{shown}' is not among the options (old, young); separate several options by the sign |",
    )


@pytest.mark.parametrize("cell", ["old|old", ["old", "old"]])
def test_an_option_given_twice_is_refused(cell: object) -> None:
    assert refusal(CHOICES, cell) == (
        "možnost »old« je navedena dvakrat; eno izbrišite",
        "the option 'old' is given twice; delete one",
    )


@pytest.mark.parametrize("cell", ["old|", "|old", ["old", ""], ["old", None], [["old"]]])
def test_a_blank_option_is_refused(cell: object) -> None:
    assert refusal(CHOICES, cell) == (
        "prazna možnost; med znakoma | mora biti možnost",
        "a blank option; there must be an option between the signs |",
    )


def test_options_may_be_numbers_in_a_spreadsheet() -> None:
    options = ["1", "2"]
    assert field(type="choice", options=options)(Numeral("2")) == "2"
    assert field(type="choices", options=options)(Numeral("2")) == ("2",)


@pytest.mark.parametrize(("text", "same"), [("plain", "plain"), ("c\u030c", "č"), ("č", "č")])
def test_texts_are_composed(text: str, same: str) -> None:
    assert composed(text) == same
