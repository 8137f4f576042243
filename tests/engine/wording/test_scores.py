"""Sections, totals and thresholds in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from razpis.engine.problems import Language
from razpis.engine.trace import SectionTrace, ThresholdTrace
from tests.engine.making import marks, rulebook
from tests.engine.wording.telling import firm, told

FORM = """
fields:
  name: {type: text, label: Naziv}
  members: {type: integer, label: Število članov, required: false}
"""
GIVEN = {"name": "Društvo"}


# Sections and the total


def summed(section: str, points: str, language: Language = "sl") -> SectionTrace:
    rules = rulebook(
        FORM,
        f"sections: {{half: {{title: Polovica{section}}}}}",
        f"criteria: {{it: {{kind: formula, title: Merilo, points: {points}, section: half}}}}",
    )
    return told(rules, None, language, **GIVEN).sections[0]


@pytest.mark.parametrize(
    ("section", "points", "slovenian", "english"),
    [
        ("", "2", "Polovica: 2~točki", "Polovica: 2~points"),
        (", max: 50", "17.5", "Polovica: 17,5 od 50~točk", "Polovica: 17.5 of 50~points"),
        (", weight: 1.5", "4", "Polovica: 6~točk (4 × 1,5)", "Polovica: 6~points (4 × 1.5)"),
        (
            ", weight: 2, max: 50",
            "50.5",
            "Polovica: 50 od 50~točk (50,5 × 2); skupaj 101~točka, upošteva se največ 50",
            "Polovica: 50 of 50~points (50.5 × 2); 101~points in all, at most 50 counted",
        ),
        (
            ", max: 1",
            "3",
            "Polovica: 1 od 1~točke; skupaj 3~točke, upošteva se največ 1",
            "Polovica: 1 of 1~point; 3~points in all, at most 1 counted",
        ),
    ],
)
def test_a_section_shows_weight_and_cap_where_they_count(
    section: str, points: str, slovenian: str, english: str
) -> None:
    assert summed(section, points).sentence == firm(slovenian)
    assert summed(section, points, "en").sentence == firm(english)


def test_the_trace_of_a_section_is_exact() -> None:
    assert summed(", max: 50", "100 / 3") == SectionTrace(
        "half", "Polovica", Fraction(100, 3), 50, firm("Polovica: ≈~33,3333 od 50~točk")
    )
    assert summed("", "1").maximum is None


@pytest.mark.parametrize(
    ("total", "slovenian", "english"),
    [
        ("{}", "Skupaj: 3~točke", "Total: 3~points"),
        ("{max: 200}", "Skupaj: 3 od 200~točk", "Total: 3 of 200~points"),
        ("{max: 101}", "Skupaj: 3 od 101~točke", "Total: 3 of 101~points"),
    ],
)
def test_the_total_is_told_of_its_maximum(total: str, slovenian: str, english: str) -> None:
    most = {"{max: 101}": 101}.get(total, 200)
    criterion = f"{{kind: per_unit, title: Merilo, value: members, points: 1, missing: 0, max: {most}}}"
    rules = rulebook(FORM, f"criteria: {{it: {criterion}}}", f"total: {total}")
    found = [told(rules, None, language, **GIVEN, members=3).total for language in ("sl", "en")]
    assert found == [firm(slovenian), firm(english)]


def test_a_factor_on_the_total_is_told_with_what_it_multiplied() -> None:
    rules = rulebook(
        FORM,
        """
        sections: {half: {title: Polovica, max: 40}}
        criteria:
          one: {kind: formula, title: Ena, points: 60, section: half}
          two: {kind: formula, title: Dve, points: 2.5}
        total: {factor: 1 / 2}
        """,
    )
    assert told(rules, **GIVEN).total == firm("Skupaj: 21,25~točke; 42,5 × količnik 0,5 (1 / 2)")
    plain = rulebook(FORM, "criteria: {one: {kind: formula, title: Ena, points: 3}}", "total: {factor: 0.5}")
    assert told(plain, None, "en", **GIVEN).total == firm("Total: 1.5~points; 3 × factor 0.5")


# Thresholds


def threshold(stated: str, members: int, language: Language = "sl") -> ThresholdTrace:
    rules = rulebook(
        FORM,
        "sections: {half: {title: Polovica}}",
        "criteria: {it: {kind: formula, title: Merilo, points: members, missing: 0, section: half}}",
        f"thresholds: [{{{stated}}}]",
    )
    return told(rules, None, language, **GIVEN, members=members).thresholds[0]


@pytest.mark.parametrize(
    ("stated", "members", "met", "need", "sentence"),
    [
        ("of: total, at_least: 60", 60, True, "najmanj 60~točk", "skupaj: najmanj 60~točk, doseženo 60"),
        ("of: total, at_least: 60", 59, False, "najmanj 60~točk", "skupaj: najmanj 60~točk, doseženo 59; do praga manjka 1~točka"),
        ("of: half, at_least: 60", 58, False, "najmanj 60~točk", "Polovica: najmanj 60~točk, doseženo 58; do praga manjkata 2~točki"),
        ("of: it, at_least: 60", 57, False, "najmanj 60~točk", "Merilo: najmanj 60~točk, doseženo 57; do praga manjkajo 3~točke"),
        ("of: total, at_least: 60", 50, False, "najmanj 60~točk", "skupaj: najmanj 60~točk, doseženo 50; do praga manjka 10~točk"),
        (
            "of: total, at_least: 17.5, article: 12. člen",
            17,
            False,
            "najmanj 17,5~točke",
            "skupaj: najmanj 17,5~točke, doseženo 17; do praga manjka 0,5~točke (12. člen)",
        ),
        ("of: total, at_least: 1", 1, True, "najmanj 1~točko", "skupaj: najmanj 1~točko, doseženo 1"),
        ("of: total, more_than: 60", 61, True, "več kot 60~točk", "skupaj: več kot 60~točk, doseženo 61"),
        ("of: total, more_than: 60", 60, False, "več kot 60~točk", "skupaj: več kot 60~točk, doseženo 60; prag mora biti presežen"),
        ("of: total, more_than: 60", 56, False, "več kot 60~točk", "skupaj: več kot 60~točk, doseženo 56; do praga manjkajo 4~točke"),
    ],
)  # fmt: skip
def test_a_threshold_says_what_is_missing(stated: str, members: int, met: bool, need: str, sentence: str) -> None:
    title = {"total": "skupaj", "half": "Polovica", "it": "Merilo"}[stated.split(",")[0].removeprefix("of: ")]
    assert threshold(stated, members) == ThresholdTrace(title, firm(need), firm(sentence), met)


def test_thresholds_in_english() -> None:
    assert threshold("of: total, at_least: 60", 59, "en").sentence == firm(
        "total: at least 60~points, reached 59; 1~point short"
    )
    assert threshold("of: total, more_than: 60", 60, "en").sentence == firm(
        "total: more than 60~points, reached 60; the threshold must be exceeded"
    )


def test_below_a_threshold_each_one_missed_is_a_reason() -> None:
    rules = rulebook(
        FORM,
        "criteria: {it: {kind: formula, title: Merilo, points: members, missing: 0}}",
        "thresholds: [{of: total, at_least: 60}, {of: it, at_least: 5}, {of: it, more_than: 7}]",
    )
    found = told(rules, **GIVEN, members=5)
    assert found.summary == "Zavrnjeno: vloga ne doseže praga."
    assert found.refusal == (
        firm("Vloga ne doseže praga – skupaj: najmanj 60~točk, doseženo 5; do praga manjka 55~točk."),
        firm("Vloga ne doseže praga – Merilo: več kot 7~točk, doseženo 5; do praga manjkata 2~točki."),
    )
    in_english = told(rules, None, "en", **GIVEN, members=5)
    assert (in_english.summary, in_english.refusal[0]) == (
        "Refused: below the threshold.",
        firm("The application is below the threshold – total: at least 60~points, reached 5; 55~points short."),
    )


def test_what_is_not_scored_yet_says_what_it_waits_for() -> None:
    rules = rulebook(
        FORM,
        "commission: {minimum_marks: 2}",
        "criteria: {it: {kind: marks, title: Merilo, max: 5, discrepancy: {points: 1, then: agreed}}}",
    )
    few = told(rules, {("a", "it"): marks(3)}, **GIVEN)
    assert (few.summary, few.refusal, few.total, few.place) == ("Še ni ocenjeno: ocen je premalo.", (), "", "")
    apart = told(rules, {("a", "it"): marks(0, 5)}, **GIVEN)
    assert apart.summary == "Še ni ocenjeno: ocene se preveč razhajajo."
    assert told(rules, {("a", "it"): marks(3)}, "en", **GIVEN).summary == "Not scored yet: there are too few marks."
