"""Numbers of documents and receipts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.procedure.identifiers import CaseNumber, parse_case_number
from razpis.procedure.numbering import (
    APPLICANT_DOCUMENT,
    DOCUMENT,
    RECEIPT,
    NumberError,
    pattern_problems,
    series,
    written,
)

CASE = parse_case_number("41001-950/2017")
cases = st.builds(
    CaseNumber, st.integers(100, 99999).map(str), st.integers(1, 9999), st.integers(2000, 2099), st.just(None)
)


@pytest.mark.parametrize(
    ("pattern", "serial", "applicant", "number"),
    [
        (DOCUMENT, 1, None, "41001-950/2017-1"),
        (APPLICANT_DOCUMENT, 37, 301, "41001-950/2017-301-37"),
        (RECEIPT, 12, None, "P-41001-950/2017-0012"),
        ("{classification}-{case}/{year2:02}-{applicant}-{serial}", 37, 301, "41001-950/17-301-37"),
        ("{year}/{serial:06}", 7, None, "2017/000007"),
    ],
)
def test_numbers_are_written_by_their_pattern(pattern: str, serial: int, applicant: int | None, number: str) -> None:
    assert written(pattern, CASE, serial, applicant) == number


def test_a_document_number_is_read_back() -> None:
    assert parse_case_number(written(DOCUMENT, CASE, 3)) == parse_case_number("41001-950/2017-3")


@pytest.mark.parametrize(
    ("pattern", "name"),
    [(DOCUMENT, "41001-950/2017-#"), (RECEIPT, "P-41001-950/2017-#"), ("{year}/{serial:06}", "2017/#")],
)
def test_a_series_is_all_but_the_serial(pattern: str, name: str) -> None:
    assert series(pattern, CASE) == name


@given(st.sampled_from([DOCUMENT, RECEIPT, "{year}/{serial:06}"]), cases, cases, st.integers(1, 99), st.integers(1, 99))
def test_numbers_are_equal_only_in_one_series_with_one_serial(
    pattern: str, first: CaseNumber, second: CaseNumber, one: int, other: int
) -> None:
    same = series(pattern, first) == series(pattern, second) and one == other
    assert (written(pattern, first, one) == written(pattern, second, other)) is same


@pytest.mark.parametrize("pattern", [DOCUMENT, APPLICANT_DOCUMENT, RECEIPT, "{serial}", "{year}/{serial}-x"])
def test_good_patterns(pattern: str) -> None:
    assert pattern_problems(pattern) == ()


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("", ["{serial} mora biti v njem enkrat"]),
        ("{serial}-{serial}", ["{serial} mora biti v njem enkrat"]),
        ("{year", ["zavitih oklepajev ni mogoče razbrati"]),
        ("{serial}-{day}", ["polja {day} ni ali ni prav zapisano"]),
        ("{serial!r}", ["polja {serial} ni ali ni prav zapisano"]),
        ("{serial:x}", ["polja {serial} ni ali ni prav zapisano"]),
        ("{year}{serial}", ["pred {serial} manjka ločilo"]),
        ("{year}A1{serial}", ["pred {serial} manjka ločilo"]),
        ("{case.serial}", ["polja {case.serial} ni ali ni prav zapisano", "{serial} mora biti v njem enkrat"]),
    ],
)
def test_a_pattern_says_what_is_wrong_with_it(pattern: str, words: list[str]) -> None:
    known = "Znana polja: classification, case, year, year2, applicant, serial."
    assert [problem.sl for problem in pattern_problems(pattern)] == [
        f"Obrazec številke ni pravi: {word}. {known}" for word in words
    ]


@pytest.mark.parametrize(
    ("pattern", "serial", "key"),
    [("{year}", 1, "number_pattern"), (DOCUMENT, 0, "number_serial"), (APPLICANT_DOCUMENT, 1, "number_applicant")],
)
def test_a_number_that_cannot_be_written_is_refused(pattern: str, serial: int, key: str) -> None:
    with pytest.raises(NumberError) as caught:
        written(pattern, CASE, serial)
    assert caught.value.problem.key == key
