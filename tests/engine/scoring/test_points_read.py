"""A criterion that reads the points of others: of those before it, exactly, and never in a circle."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.problems import Language
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.weights import weights
from razpis.engine.scoring import CriterionScore, Score, Standing
from razpis.engine.scoring.score import Computed, NotKnown
from razpis.engine.wording import Speaker
from razpis.engine.wording.rules_criteria import criterion
from tests.engine.factories import lines as wrong
from tests.engine.factories import marked, rulebook_text
from tests.engine.making import case, marks, rulebook, score_of
from tests.engine.wording.ruling import lines
from tests.engine.wording.telling import told

FORM = """
fields: {size: {type: integer, label: Velikost, min: 0, max: 20}}
sections: {content: {title: Vsebina, max: 25}, extra: {title: Dodatno}}
criteria:
  one: {kind: formula, title: Ena, section: content, points: size}
  two: {kind: marks, title: Dve, section: content, max: 10, after: one}
  bonus: {kind: formula, title: Dodatek, points: points_content / 10, section: extra}
  twice: {kind: formula, title: Še enkrat, points: points_bonus * 2 + points_one, max: 30}
thresholds: [{of: one, at_least: 5}]
"""


def rules() -> Rulebook:
    return rulebook(FORM)


def scored(size: int, *given_marks: int) -> Score:
    found = rules()
    return score_of(found, case(found, size=size), {("a", "two"): marks(*given_marks)})


def test_points_of_criteria_and_sections_are_read_after_weight_and_cap() -> None:
    assert [one.points for one in scored(12, 8).criteria] == [12, 8, 2, 16]
    assert [one.points for one in scored(20, 10).criteria] == [20, 10, Fraction(5, 2), 25]
    assert scored(12, 8).criteria[2] == CriterionScore("bonus", 2, Computed(2))
    assert scored(12, 8).total == 38


def test_points_that_are_not_known_yet_leave_it_without_points() -> None:
    found = scored(12)
    assert found.standing is Standing.NOT_SCORED
    assert [one.basis for one in found.criteria[2:]] == [NotKnown("content"), NotKnown("bonus")]


def test_what_comes_after_a_threshold_not_reached_has_none() -> None:
    assert [one.points for one in scored(4, 8).criteria] == [4, 0, Fraction(2, 5), Fraction(24, 5)]


@given(st.integers(5, 20), st.lists(st.integers(0, 10), min_size=1, max_size=4))
def test_a_bonus_is_its_share_exactly(size, given_marks) -> None:
    found = scored(size, *given_marks)
    content = next(one for one in found.sections if one.key == "content")
    assert found.criteria[2].points == content.points / Fraction(10)


def test_what_it_brings_alone_and_what_is_lost_without_it() -> None:
    """All full: 25 + 2.5 + 25. What reads points brings none alone, and takes theirs along where they are missing."""
    found = weights(rules())
    assert [one.alone for one in found] == [20, 10, 0, 0]
    assert [one.among_full for one in found] == [Fraction(79, 2), Fraction(13, 2), Fraction(15, 2), 25]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("sl", ["Dodatek: 20 / 10 = 2 → 2 točki", "Še enkrat: 2 × 2 + 12 = 16 → 16 od 30 točk"]),
        ("en", ["Dodatek: 20 / 10 = 2 → 2 points", "Še enkrat: 2 × 2 + 12 = 16 → 16 of 30 points"]),
    ],
)
def test_the_trace_shows_the_points_read(language: Language, sentences: list[str]) -> None:
    found = told(rules(), {("a", "two"): marks(8)}, language, size=12).criteria[2:]
    assert [one.sentence.replace("\u00a0", " ") for one in found] == sentences


def test_points_not_known_in_words() -> None:
    found = told(rules(), {}, "sl", size=12).criteria[2]
    assert found.sentence == "Dodatek: točke »Vsebina« še niso določene → točke še niso določene"
    assert told(rules(), {}, "en", size=12).criteria[2].basis == "points of 'Vsebina' are not known yet"


def test_the_rule_in_words_without_an_invented_example() -> None:
    found = rules()
    assert lines(criterion(Speaker("sl"), found, found.criteria[2])) == [
        "# Dodatek",
        "Točke = točke »Vsebina« / 10.",
    ]


CIRCLE = "merila berejo točke v krogu: {}; eno od njih naj teh točk ne bere"
LATER = "merilo bere točke merila »B«, ki se točkuje pozneje; prestavite ga za to merilo"


@pytest.mark.parametrize(
    ("criteria", "messages"),
    [
        ("{a: {kind: formula, title: A, points: ▸points_a}}", [CIRCLE.format("a → a")]),
        ("{a: {kind: formula, title: A, section: s, points: ▸points_s}}", [CIRCLE.format("a → a")]),
        (
            "{a: {kind: formula, title: A, points: ▸points_b}, b: {kind: formula, title: B, points: ▸points_c + 1}, "
            "c: {kind: formula, title: C, points: ▸points_a}}",
            [CIRCLE.format("a → b → c → a"), CIRCLE.format("b → c → a → b"), CIRCLE.format("c → a → b → c")],
        ),
        (
            "{a: {kind: formula, title: A, points: ▸points_b}, b: {kind: formula, title: B, points: members}}",
            [LATER],
        ),
        (
            "{a: {kind: formula, title: A, points: ▸points_s}, b: {kind: formula, title: B, section: s, points: members}}",
            [LATER],
        ),
        (
            "{a: {kind: per_unit, title: A, value: ▸points_b, points: 1, max: 1}, b: {kind: marks, title: B, max: 1}}",
            ["neznan podatek »points_b«"],
        ),
    ],
)
def test_what_cannot_be_read(criteria: str, messages: list[str]) -> None:
    text, expected = marked(rulebook_text(sections="{s: {title: S}}", criteria=criteria), *messages)
    assert wrong(text) == expected
