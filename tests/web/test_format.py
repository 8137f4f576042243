"""Numbers and words as the pages write them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from razpis.app import create_app
from razpis.services.rules.results import OUTCOMES
from razpis.web import format


@pytest.fixture(params=["sl", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    app = create_app(SECRET_KEY="test")
    with app.test_request_context(f"/izid/?jezik={request.param}"):
        yield request.param


def test_amounts_and_numbers(language: str) -> None:
    told = [format.euros(612_000), format.euros(None), format.number(Fraction(35, 2)), format.number(None)]
    told.append(format.decimal("8.5"))
    expected = {
        "sl": ["6.120,00\u00a0EUR", "–", "17,5", "–", "8,5"],
        "en": ["6,120.00\u00a0EUR", "–", "17.5", "–", "8.5"],
    }
    assert told == expected[language]


def test_the_hour_that_comes_twice_is_told_with_its_zone(language: str) -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    told = [
        format.minute(first + timedelta(hours=hours)).rpartition("\u00a0")[2].split(" ", 1)[1] for hours in range(3)
    ]
    point = {"sl": ".", "en": ":"}[language]
    assert told == [f"02{point}30 (CEST)", f"02{point}30 (CET)", f"03{point}30"]


def test_applications_are_counted_with_the_right_form(language: str) -> None:
    counted = [format.applications(count) for count in (0, 1, 2, 3, 4, 5, 11, 100, 101, 102, 104, 105)]
    forms = {
        "sl": "vlog vloga vlogi vloge vloge vlog vlog vlog vloga vlogi vloge vlog",
        "en": "applications application" + " applications" * 10,
    }
    assert [told.split(" ")[1] for told in counted] == forms[language].split(" ")


def test_every_outcome_has_its_own_word(language: str) -> None:
    words = [format.outcome(outcome) for outcome in OUTCOMES]
    assert len(set(words)) == len(OUTCOMES)
    assert words[0] == {"sl": "Odobreno", "en": "Granted"}[language]


def test_files_are_named_by_what_they_hold(language: str) -> None:
    told = [format.input_file(role) for role in ("marks", "something new")]
    assert told == [
        {"sl": "Ocene članov komisije", "en": "Marks of the commission's members"}[language],
        "something new",
    ]


@pytest.mark.parametrize(("size", "told"), [(1, "1\u00a0kB"), (1499, "1\u00a0kB"), (1500, "2\u00a0kB")])
def test_sizes_are_whole_kilobytes(language: str, size: int, told: str) -> None:
    assert format.kilobytes(size) == told


@pytest.mark.parametrize(
    ("told", "sentence"), [("skupaj 5", "Skupaj 5."), ("Že konec.", "Že konec."), ("čaka?", "Čaka?"), ("", ".")]
)
def test_a_sentence_begins_and_ends(told: str, sentence: str) -> None:
    assert format.sentence(told) == sentence
