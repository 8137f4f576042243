"""Identifiers: real ones are taken, a slip is refused, and the message says what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.procedure.identifiers import (
    CaseNumber,
    IdentifierError,
    account_warnings,
    check_davcna,
    check_iban,
    check_maticna,
    grouped_iban,
    parse_case_number,
)

CHECKS = {"maticna": check_maticna, "davcna": check_davcna, "iban": check_iban, "case": parse_case_number}


def refusal(check: str, text: str) -> str:
    """The key of the refusal of ``text``."""
    with pytest.raises(IdentifierError) as caught:
        CHECKS[check](text)
    return caught.value.problem.key


def is_maticna(text: str) -> bool:
    """Whether the check takes ``text``."""
    try:
        check_maticna(text)
    except IdentifierError:
        return False
    return True


@st.composite
def maticne(draw: st.DrawFn) -> str:
    """Registration numbers of seven digits, by the weights of the decree."""
    first = draw(st.lists(st.integers(0, 9), min_size=6, max_size=6))
    rest = sum(digit * weight for digit, weight in zip(first, (7, 6, 5, 4, 3, 2), strict=True)) % 11
    if rest == 0:  # not issued: the next first digit leaves another rest
        first[0] = (first[0] + 1) % 10
        rest = sum(digit * weight for digit, weight in zip(first, (7, 6, 5, 4, 3, 2), strict=True)) % 11
    return "".join(map(str, first)) + str(0 if rest == 1 else 11 - rest)


@st.composite
def davcne(draw: st.DrawFn) -> str:
    """Tax numbers, by the weights of the law."""
    first = [draw(st.integers(1, 9)), *draw(st.lists(st.integers(0, 9), min_size=6, max_size=6))]
    rest = sum(digit * weight for digit, weight in zip(first, range(8, 1, -1), strict=True)) % 11
    if rest == 0:
        first[-1] = (first[-1] + 1) % 10
        rest = sum(digit * weight for digit, weight in zip(first, range(8, 1, -1), strict=True)) % 11
    return "".join(map(str, first)) + str(0 if rest == 1 else 11 - rest)


@st.composite
def accounts(draw: st.DrawFn) -> str:
    """Slovenian accounts with both checks right."""
    thirteen = draw(st.integers(10**11, 10**13 - 1))
    bban = thirteen * 100 + 98 - thirteen * 100 % 97
    return f"SI{98 - (bban * 10**6 + 281800) % 97:02d}{bban:015d}"


@st.composite
def slips(draw: st.DrawFn, numbers: st.SearchStrategy[str], first: int = 0) -> tuple[str, str]:
    """A number and the same with one digit from the place ``first`` on changed."""
    number = draw(numbers)
    place = draw(st.integers(first, len(number) - 1))
    other = draw(st.integers(1, 9))
    return number, f"{number[:place]}{(int(number[place]) + other) % 10}{number[place + 1 :]}"


# Matična številka


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("1732803", "1732803"),
        (" 1732803000 ", "1732803"),
        ("5258880", "5258880"),
        ("5258880000", "5258880"),
        ("525 88-80.000", "5258880"),
        ("5883369001", "5883369001"),
        ("5883369a01", "5883369A01"),
    ],
)
def test_a_registration_number_is_taken_in_its_normal_form(text: str, normal: str) -> None:
    assert check_maticna(text) == normal


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "maticna_length"),
        ("173280", "maticna_length"),
        ("17328031", "maticna_length"),
        ("173280X", "maticna_letters"),
        ("17328030A1", "maticna_letters"),
        ("١٧٣٢٨٠٣", "maticna_letters"),
        ("1732804", "maticna_check"),
        ("0000000", "maticna_check"),
    ],
)
def test_a_registration_number_says_what_is_wrong_with_it(text: str, key: str) -> None:
    assert refusal("maticna", text) == key


@given(maticne())
def test_every_registration_number_of_the_decree_is_taken(number: str) -> None:
    assert check_maticna(number) == number


@given(slips(maticne()))
def test_one_wrong_digit_of_a_registration_number_is_refused(pair: tuple[str, str]) -> None:
    assert [is_maticna(number) for number in pair] == [True, False]


@given(maticne(), st.integers(1, 999))
def test_the_unit_of_a_registration_number_has_no_check(number: str, unit: int) -> None:
    assert check_maticna(f"{number}{unit:03d}") == f"{number}{unit:03d}"


# Davčna številka


@pytest.mark.parametrize("text", ["14717468", "SI14717468", "si 1471 7468", "50223054", "12709590"])
def test_a_tax_number_is_taken_in_its_normal_form(text: str) -> None:
    assert check_davcna(text) == text.replace(" ", "")[-8:]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "davcna_length"),
        ("1471746", "davcna_length"),
        ("147174680", "davcna_length"),
        ("HR14717468", "davcna_letters"),
        ("1471746O", "davcna_letters"),
        ("14717469", "davcna_check"),
        ("00000000", "davcna_check"),
    ],
)
def test_a_tax_number_says_what_is_wrong_with_it(text: str, key: str) -> None:
    assert refusal("davcna", text) == key


@given(slips(davcne()))
def test_one_wrong_digit_of_a_tax_number_is_refused(pair: tuple[str, str]) -> None:
    number, wrong = pair
    assert check_davcna(number) == number
    assert refusal("davcna", wrong) == "davcna_check"


# Bank account


@pytest.mark.parametrize(
    "text", ["SI56 0110 0600 0000 314", "SI56 0135 9559 0309 190", "si56012700100008403", "SI56-0127-0010-0008-403"]
)
def test_an_account_is_taken_in_its_normal_form(text: str) -> None:
    bare = text.replace(" ", "").replace("-", "").upper()
    assert check_iban(text) == bare
    assert check_iban(grouped_iban(bare)) == bare


def test_an_account_is_grouped_as_people_read_it() -> None:
    assert grouped_iban("SI56011006000000314") == "SI56 0110 0600 0000 314"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "iban_country"),
        ("HR1210010051863000160", "iban_country"),
        ("SI5601100600000031", "iban_length"),
        ("SI5601100600000O314", "iban_letters"),
        ("SI56011006000000315", "iban_check"),
        ("SI54011006000000315", "iban_check"),
    ],
)
def test_an_account_says_what_is_wrong_with_it(text: str, key: str) -> None:
    assert refusal("iban", text) == key


def test_an_account_whose_own_check_digits_are_wrong_is_refused_though_its_iban_check_is_right() -> None:
    bban = 11006000000315
    account = f"SI{98 - (bban * 10**6 + 281800) % 97:02d}{bban:015d}"
    assert refusal("iban", account) == "iban_account"


@given(accounts())
def test_every_right_account_begins_with_si56(account: str) -> None:
    assert check_iban(account) == account
    assert account[:4] == "SI56"


@given(slips(accounts().map(lambda account: account[2:])))
def test_one_wrong_digit_of_an_account_is_refused(pair: tuple[str, str]) -> None:
    number, wrong = pair
    assert check_iban(f"SI{number}") == f"SI{number}"
    assert refusal("iban", f"SI{wrong}") == "iban_check"


@pytest.mark.parametrize(
    ("account", "keys"), [("SI56011006000000314", ["iban_state_account"]), ("SI56191000000123438", [])]
)
def test_an_account_of_the_state_is_only_warned_about(account: str, keys: list[str]) -> None:
    warnings = account_warnings(check_iban(account))
    assert [problem.key for problem in warnings] == keys
    assert [problem.warning for problem in warnings] == [True] * len(keys)


# Number of a case


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("41001-950/2017-1", ("41001", 950, 2017, 1)),
        ("1000-1/2023", ("1000", 1, 2023, None)),
        (" 302-0001 / 2023", ("302", 1, 2023, None)),
        ("4102–657/2020", ("4102", 657, 2020, None)),
    ],
)
def test_a_case_number_is_read(text: str, parts: tuple[str, int, int, int | None]) -> None:
    number = parse_case_number(text)
    assert (number.classification, number.serial, number.year, number.document) == parts


@pytest.mark.parametrize("text", ["41001-950/2017-1", "302-0001/2023", "1000-1/2023-12"])
def test_a_case_number_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_case_number(text)) == text


def test_leading_zeros_make_no_other_case() -> None:
    assert parse_case_number("302-0001/2023") == parse_case_number("302-1/2023")


def test_a_document_names_its_case() -> None:
    assert str(parse_case_number("41001-950/2017-1").case) == "41001-950/2017"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "41001/950-2017",
        "41001-937/17",
        "41001-0/2017",
        "41001-950/2017-0",
        "41001-950/2017-",
        "600-193/2022-5-403010",
    ],
)
def test_another_form_is_no_case_number(text: str) -> None:
    assert refusal("case", text) == "case_number"


@given(st.integers(100, 99999), st.integers(1, 99999), st.integers(2000, 2100), st.none() | st.integers(1, 999))
def test_a_case_number_comes_back_from_its_text(mark: int, serial: int, year: int, document: int | None) -> None:
    number = CaseNumber(str(mark), serial, year, document)
    assert parse_case_number(str(number)) == number


def test_a_case_number_that_was_not_read_is_written_without_zeros() -> None:
    assert str(CaseNumber("1000", 1, 2023)) == "1000-1/2023"
