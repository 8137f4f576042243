"""The sentence of every kind of criterion, to the letter, in both languages."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.engine.making import rulebook
from tests.engine.wording.judging import both
from tests.engine.wording.telling import firm, told


def test_the_sentence_from_the_rulebook_of_members() -> None:
    rules = rulebook(
        """
        fields: {members: {type: integer, label: Člani}}
        criteria:
          members:
            kind: bands
            title: {sl: Število članov, en: Number of members}
            article: {sl: 7. člen, en: Article 7}
            value: members
            bands:
              - {to: 10, points: 5}
              - {from: 11, to: 30, points: 10}
              - {from: 31, to: 50, points: 20}
              - {from: 51, to: 100, points: 30}
              - {above: 100, points: 50}
            max: 50
        """
    )
    sentences = [told(rules, members=members).criteria[0].sentence for members in (34, 7, 2400)]
    assert sentences == [
        "Število članov: 34 → razred 31–50 → 20 od 50\u00a0točk (7. člen)",
        "Število članov: 7 → razred do vključno 10 → 5 od 50\u00a0točk (7. člen)",
        "Število članov: 2.400 → razred nad 100 → 50 od 50\u00a0točk (7. člen)",
    ]
    found = told(rules, None, "en", members=34).criteria[0]
    assert found.sentence == "Number of members: 34 → band 31–50 → 20 of 50\u00a0points (Article 7)"
    assert (found.key, found.title, found.article, found.points, found.maximum) == (
        "members",
        "Number of members",
        "Article 7",
        20,
        50,
    )
    assert (found.basis, found.reason, found.section, found.marks) == ("34 → band 31–50",) * 2 + ("", ())


@pytest.mark.parametrize(
    ("band", "slovenian", "english"),
    [
        ("{from: 3, to: 3, points: 1}", "3", "3"),
        ("{from: 1.5, to: 3, points: 1}", "1,5–3", "1.5–3"),
        ("{from: 1, points: 1}", "1 ali več", "1 or more"),
        ("{above: 1, points: 1}", "nad 1", "above 1"),
        ("{to: 3, points: 1}", "do vključno 3", "up to 3"),
        ("{below: 5, points: 1}", "manj kot 5", "below 5"),
        ("{from: 1, below: 5, points: 1}", "od 1 do manj kot 5", "from 1 to below 5"),
        ("{above: 1, to: 3, points: 1}", "nad 1 do vključno 3", "above 1 up to 3"),
        ("{above: 1, below: 5, points: 1}", "nad 1 do manj kot 5", "above 1 to below 5"),
        ("{points: 1}", "vse vrednosti", "any value"),
    ],
)
def test_a_band_says_its_ends(band: str, slovenian: str, english: str) -> None:
    sentences = both(f"kind: bands, value: own, missing: 0, otherwise: 0, max: 1, bands: [{band}]", own=3)
    assert sentences == (
        firm(f"Merilo: 3~% → razred {slovenian} → 1 od 1~točke"),
        firm(f"Criterion: 3% → band {english} → 1 of 1~point"),
    )


def test_a_number_outside_the_bands_says_so() -> None:
    bands = "kind: bands, value: members, missing: 0, otherwise: 0, max: 9, bands: [{from: 5, to: 8, points: 9}]"
    assert both(bands, members=4) == (
        firm("Merilo: 4 → zunaj razredov → 0 od 9~točk"),
        firm("Criterion: 4 → outside the bands → 0 of 9~points"),
    )


def test_a_computed_number_shows_how_it_came_about() -> None:
    bands = "kind: bands, missing: 0, otherwise: 0, max: 9, bands: [{from: 20, points: 9}]"
    share = "Merilo: 2.400 / 8.000 × 100 = 30~% → razred 20 ali več → 9 od 9~točk"
    assert both(f"value: share, {bands}", members=8000, local=2400)[0] == firm(share)
    assert both(f"value: local / members * 100, {bands}", members=3, local=1) == (
        firm("Merilo: 1 / 3 × 100 ≈~33,3333 → razred 20 ali več → 9 od 9~točk"),
        firm("Criterion: 1 / 3 × 100 ≈~33.3333 → band 20 or more → 9 of 9~points"),
    )
    assert both(f"value: cost, {bands}", cost=Fraction(500050, 100))[0] == firm(
        "Merilo: 5.000,50~EUR → razred 20 ali več → 9 od 9~točk"
    )


@pytest.mark.parametrize(
    ("criterion", "claims", "slovenian", "english"),
    [
        (
            "kind: choice, value: status, missing: 0, points: {hum: 20, none: 0}, max: 20",
            {"status": "hum"},
            "humanitarna organizacija → 20 od 20~točk",
            "humanitarian organisation → 20 of 20~points",
        ),
        (
            "kind: choice, value: (status if answered(status) else 'none'), points: {hum: 20}, otherwise: 1, max: 20",
            {},
            "none → 1 od 20~točk",
            "none → 1 of 20~points",
        ),
        (
            "kind: choice, value: free, missing: 0, points: {'true': 2, 'false': 0}, max: 2",
            {"free": True},
            "da → 2 od 2~točk",
            "yes → 2 of 2~points",
        ),
        (
            "kind: choice, value: free, missing: 0, points: {'true': 2, 'false': 0}, max: 2",
            {"free": False},
            "ne → 0 od 2~točk",
            "no → 0 of 2~points",
        ),
        (
            "kind: per_unit, value: members, missing: 0, points: 5, max: 50",
            {"members": 7},
            "7 × 5~točk → 35 od 50~točk",
            "7 × 5~points → 35 of 50~points",
        ),
        (
            "kind: per_unit, value: members, missing: 0, points: 5, max: 50",
            {"members": 12},
            "12 × 5~točk; skupaj 60~točk, upošteva se največ 50 → 50 od 50~točk",
            "12 × 5~points; 60~points in all, at most 50 counted → 50 of 50~points",
        ),
        (
            "kind: per_unit, value: own, missing: 0, points: 1, max: 50",
            {"own": Fraction(17, 2)},
            "8,5~% → 8 × 1~točka → 8 od 50~točk",
            "8.5% → 8 × 1~point → 8 of 50~points",
        ),
        (
            "kind: per_unit, value: members, missing: 0, points: 2, unit: 3, max: 30, count: started",
            {"members": 10},
            "10 → 4 začete enote po 3; 4 × 2~točki → 8 od 30~točk",
            "10 → 4 started units of 3; 4 × 2~points → 8 of 30~points",
        ),
        (
            "kind: per_unit, value: members, missing: 0, points: 2, unit: 3, max: 30, count: full",
            {"members": 7},
            "7 → 2 polni enoti po 3; 2 × 2~točki → 4 od 30~točk",
            "7 → 2 whole units of 3; 2 × 2~points → 4 of 30~points",
        ),
        (
            "kind: per_unit, value: members, missing: 0, points: 3, unit: 4, max: 30, count: exact",
            {"members": 6},
            "6 → 1,5 enote po 4; 1,5 × 3~točke → 4,5 od 30~točk",
            "6 → 1.5 units of 4; 1.5 × 3~points → 4.5 of 30~points",
        ),
        (
            "kind: formula, points: members * 2, missing: 0",
            {"members": 1},
            "1 × 2 = 2 → 2~točki",
            "1 × 2 = 2 → 2~points",
        ),
        (
            "kind: formula, points: members, missing: 0, min: 2, max: 101",
            {"members": 1},
            "1; upošteva se najmanj 2 → 2 od 101~točke",
            "1; at least 2 counted → 2 of 101~points",
        ),
        (
            "kind: formula, points: members, missing: 0, min: 2, max: 101",
            {"members": 2},
            "2 → 2 od 101~točke",
            "2 → 2 of 101~points",
        ),
        (
            "kind: formula, points: members, missing: 0, max: 10",
            {"members": 11},
            "11; skupaj 11~točk, upošteva se največ 10 → 10 od 10~točk",
            "11; 11~points in all, at most 10 counted → 10 of 10~points",
        ),
        (
            "kind: formula, points: members, missing: 3, max: 10",
            {},
            "podatka ni (Število članov) → 3 od 10~točk",
            "not given (Members) → 3 of 10~points",
        ),
        (
            "kind: formula, points: sum(staff.hours), missing: 0, max: 10",
            {"staff": ({"hours": 1}, {"hours": None})},
            "podatka ni (Zaposleni, 2. vrstica, ure) → 0 od 10~točk",
            "not given (Staff, row 2, hours) → 0 of 10~points",
        ),
        (
            "kind: formula, points: 10 if members >= 50 else 5 if members > 20 else members / 4, missing: 0, max: 10",
            {"members": 60},
            "60 ≥ 50: da → 10 od 10~točk",
            "60 ≥ 50: yes → 10 of 10~points",
        ),
        (
            "kind: formula, points: 10 if members >= 50 else 5 if members > 20 else members / 4, missing: 0, max: 10",
            {"members": 30},
            "30 ≥ 50: ne; 30 > 20: da → 5 od 10~točk",
            "30 ≥ 50: no; 30 > 20: yes → 5 of 10~points",
        ),
        (
            "kind: formula, points: 10 if members >= 50 else 5 if members > 20 else members / 4, missing: 0, max: 10",
            {"members": 8},
            "8 ≥ 50: ne; 8 > 20: ne → 8 / 4 = 2 → 2 od 10~točk",
            "8 ≥ 50: no; 8 > 20: no → 8 / 4 = 2 → 2 of 10~points",
        ),
        (
            "kind: formula, points: 12 if answered(members) else 0, max: 10",
            {"members": 8},
            "podatek »Število članov« je izpolnjen: da → 12; skupaj 12~točk, upošteva se največ 10 → 10 od 10~točk",
            "'Members' is given: yes → 12; 12~points in all, at most 10 counted → 10 of 10~points",
        ),
        (
            "kind: formula, points: share, missing: 0, max: 10",
            {},
            "podatka ni (Delež domačih) → 0 od 10~točk",
            "not given (Local share) → 0 of 10~points",
        ),
        (
            "kind: formula, points: 5, max: 10, applies: answered(members)",
            {},
            "merilo za to vlogo ne velja → 0 od 10~točk",
            "the criterion does not apply here → 0 of 10~points",
        ),
    ],
)
def test_every_basis_is_told(criterion: str, claims: dict[str, Any], slovenian: str, english: str) -> None:
    assert both(criterion, **claims) == (firm(f"Merilo: {slovenian}"), firm(f"Criterion: {english}"))


def test_a_checklist_names_what_holds() -> None:
    listed = """kind: checklist, max: 6, items: [
        {text: {sl: brezplačno, en: free of charge}, when: free if answered(free) else false, points: 5},
        {text: {sl: nad deset članov, en: over ten members}, when: (members if answered(members) else 0) > 10, points: 2.5}]"""
    assert both(listed, free=True, members=1) == (
        firm("Merilo: brezplačno (5) → 5 od 6~točk"),
        firm("Criterion: free of charge (5) → 5 of 6~points"),
    )
    assert both(listed, free=True, members=11) == (
        firm("Merilo: brezplačno (5); nad deset članov (2,5); skupaj 7,5~točke, upošteva se največ 6 → 6 od 6~točk"),
        firm(
            "Criterion: free of charge (5); over ten members (2.5); 7.5~points in all, at most 6 counted → 6 of 6~points"
        ),
    )
    assert both(listed) == (
        firm("Merilo: nič od naštetega → 0 od 6~točk"),
        firm("Criterion: none of those listed → 0 of 6~points"),
    )


# Weight and rounding


@pytest.mark.parametrize(
    ("settings", "slovenian"),
    [
        ("weight: 2", "7; 7 × utež 2 → 14 od 20~točk"),
        ("weight: 0.3, round: 0", "7; 7 × utež 0,3; zaokroženo na 2 → 2 od 3~točk"),
        ("weight: 0.35, round: 0", "7; 7 × utež 0,35; zaokroženo na 2 → 2 od 4~točk"),
        ("round: 0", "7 → 7 od 10~točk"),
        ("round: -1", "7; zaokroženo na 10 → 10 od 10~točk"),
    ],
)
def test_weight_and_rounding_are_told_where_they_change_the_points(settings: str, slovenian: str) -> None:
    criterion = f"kind: formula, points: members, missing: 0, max: 10, {settings}"
    assert both(criterion, members=7)[0] == firm(f"Merilo: {slovenian}")


def test_weight_is_told_in_english_too() -> None:
    assert both("kind: formula, points: members / 3, missing: 0, weight: 2, round: 1", members=7)[1] == firm(
        "Criterion: 7 / 3 ≈~2.3333; ≈~2.3333 × weight 2; rounded to 4.7 → 4.7~points"
    )
