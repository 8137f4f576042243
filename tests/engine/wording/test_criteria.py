"""The sentence of every kind of criterion, to the letter, in both languages."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from razpis.engine.cases import Mark
from razpis.engine.problems import Language
from razpis.engine.trace import CriterionTrace, MarkTrace
from razpis.engine.wording import explain
from tests.engine.making import by_id, case, evaluated, marks, rulebook
from tests.engine.wording.telling import firm, told

FORM = """
fields:
  members: {type: integer, label: {sl: Število članov, en: Members}, required: false}
  local: {type: integer, label: {sl: Domači člani, en: Local members}, required: false}
  cost: {type: euro, label: {sl: Stroški, en: Costs}, required: false}
  own: {type: percent, label: {sl: Lastni delež, en: Own share}, required: false}
  status:
    type: choice
    label: {sl: Status, en: Status}
    required: false
    options: {hum: {sl: humanitarna organizacija, en: humanitarian organisation}, none: {sl: brez statusa, en: no status}}
  free: {type: yes_no, label: {sl: Brezplačno, en: Free of charge}, required: false}
  staff:
    type: table
    label: {sl: Zaposleni, en: Staff}
    required: false
    columns: {hours: {type: integer, label: {sl: ure, en: hours}, required: false}}
derived:
  share: {label: {sl: Delež domačih, en: Local share}, value: local / members * 100, unit: percent}
"""


def trace(criterion: str, language: Language = "sl", given: tuple[Mark, ...] = (), **claims: Any) -> CriterionTrace:
    rules = rulebook(FORM, f"criteria: {{it: {{title: {{sl: Merilo, en: Criterion}}, {criterion}}}}}")
    return told(rules, {("a", "it"): given}, language, **claims).criteria[0]


def both(criterion: str, given: tuple[Mark, ...] = (), **claims: Any) -> tuple[str, str]:
    """The sentence in Slovenian and in English."""
    sl, en = (trace(criterion, language, given, **claims).sentence for language in ("sl", "en"))
    return sl, en


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


# Comparisons with the others


@pytest.mark.parametrize(
    ("to", "slovenian", "english"),
    [
        ("sum", "10 (vsota vseh: 30) → 9 × 10 / 30 → 3 od 9~točk", "10 (sum of all: 30) → 9 × 10 / 30 → 3 of 9~points"),
        (
            "best",
            "10 (največja vrednost: 20) → 9 × 10 / 20 → 4,5 od 9~točk",
            "10 (greatest value: 20) → 9 × 10 / 20 → 4.5 of 9~points",
        ),
        (
            "lowest",
            "10 (najmanjša vrednost: 10) → 9 × 10 / 10 → 9 od 9~točk",
            "10 (least value: 10) → 9 × 10 / 10 → 9 of 9~points",
        ),
    ],
)
def test_a_comparison_names_what_it_is_set_against(to: str, slovenian: str, english: str) -> None:
    rules = rulebook(
        FORM, f"criteria: {{it: {{kind: relative, title: M, value: members, to: {to}, max: 9, missing: 0}}}}"
    )
    evaluation = evaluated(rules, [case(rules, "a", members=10), case(rules, "b", members=20)])
    line = by_id(evaluation)["a"]
    assert explain(evaluation, line, "sl").criteria[0].sentence == firm(f"M: {slovenian}")
    assert explain(evaluation, line, "en").criteria[0].sentence == firm(f"M: {english}")


def test_a_comparison_with_nothing_shows_no_division_by_it() -> None:
    assert both("kind: relative, value: members, to: lowest, max: 9, missing: 0", members=0)[0] == firm(
        "Merilo: 0 (najmanjša vrednost: 0) → 9 od 9~točk"
    )


# Gates


def test_behind_a_closed_gate_the_reason_is_the_threshold() -> None:
    rules = rulebook(
        FORM,
        """
        criteria:
          one: {kind: formula, title: Ena, points: members, missing: 0, max: 9}
          two: {kind: formula, title: Dve, points: 5, max: 5, after: one, weight: 2}
        thresholds: [{of: one, at_least: 3}]
        """,
    )
    assert [one.sentence for one in told(rules, members=2).criteria] == [
        firm("Ena: 2 → 2 od 9~točk"),
        firm("Dve: merilo se ne točkuje, ker prejšnji prag ni dosežen → 0 od 10~točk"),
    ]
    assert told(rules, None, "en", members=2).criteria[1].sentence == firm(
        "Dve: not scored: an earlier threshold is not reached → 0 of 10~points"
    )


# Marks


JUDGED = "kind: marks, max: 5"


@pytest.mark.parametrize(
    ("settings", "points", "slovenian", "english"),
    [
        ("", (3, 3, 4), "ocene 3; 3; 4: povprečje ≈~3,3333 → ≈~3,3333 od 5~točk", "marks 3; 3; 4: mean ≈~3.3333 → ≈~3.3333 of 5~points"),
        ("", (3, None, 4), "ocene 3; 4: povprečje 3,5 → 3,5 od 5~točk", "marks 3; 4: mean 3.5 → 3.5 of 5~points"),
        ("", (4,), "ocena 4 → 4 od 5~točk", "mark 4 → 4 of 5~points"),
        (", combine: median", (1, 2, 5), "ocene 1; 2; 5: mediana 2 → 2 od 5~točk", "marks 1; 2; 5: median 2 → 2 of 5~points"),
        (
            ", combine: trimmed_mean",
            (1, 2, 5),
            "ocene 1; 2; 5: povprečje brez najnižje in najvišje ocene 2 → 2 od 5~točk",
            "marks 1; 2; 5: mean without the lowest and the highest mark 2 → 2 of 5~points",
        ),
        (", combine: sum", (1, 2, 5), "ocene 1; 2; 5: vsota 8 → 8~točk", "marks 1; 2; 5: sum 8 → 8~points"),
        (
            ", combine: closest_two",
            (1, 2, 5),
            "ocene 1; 2; 5: povprečje najbližjih dveh ocen 1,5 → 1,5 od 5~točk",
            "marks 1; 2; 5: mean of the two closest marks 1.5 → 1.5 of 5~points",
        ),
        (", combine: lowest", (1, 2), "ocene 1; 2: najnižja ocena 1 → 1 od 5~točk", "marks 1; 2: lowest mark 1 → 1 of 5~points"),
        (", combine: highest", (1, 2), "ocene 1; 2: najvišja ocena 2 → 2 od 5~točk", "marks 1; 2: highest mark 2 → 2 of 5~points"),
        (
            ", min: 1, lowest_is_best: true",
            (1, 2),
            "ocene 1; 2: povprečje 1,5 → 6 − 1,5 → 4,5 od 5~točk",
            "marks 1; 2: mean 1.5 → 6 − 1.5 → 4.5 of 5~points",
        ),
        (", minimum_marks: 3", (1, None), "število ocen: 1, potrebnih najmanj 3 → točke še niso določene", "marks: 1, at least 3 needed → no points yet"),
        (
            ", minimum_marks: 2, discrepancy: {points: 1, then: agreed}",
            (1, 5),
            "ocene se preveč razhajajo; potrebna je soglasna ocena → točke še niso določene",
            "the marks are too far apart; an agreed mark is needed → no points yet",
        ),
        (
            ", minimum_marks: 2, discrepancy: {points: 1, then: further_member}",
            (1, 5),
            "ocene se preveč razhajajo; potrebna je ocena še enega člana → točke še niso določene",
            "the marks are too far apart; one more member has to mark → no points yet",
        ),
    ],
)  # fmt: skip
def test_marks_are_listed_and_combined(
    settings: str, points: tuple[int | None, ...], slovenian: str, english: str
) -> None:
    assert both(JUDGED + settings, marks(*points)) == (firm(f"Merilo: {slovenian}"), firm(f"Criterion: {english}"))


def test_an_agreed_mark_stands_alone_and_gives_its_reason() -> None:
    given = (Mark("Ana", 1, "Premalo."), Mark("agreed", 4, "po razpravi"))
    found = trace(JUDGED, given=given)
    assert found.sentence == firm("Merilo: soglasno določena ocena 4 → 4 od 5~točk")
    assert found.reason == "Soglasno določena ocena 4. po razpravi."
    assert found.marks == (MarkTrace("Ana", "1", "Premalo."), MarkTrace("soglasno", "4", "po razpravi"))
    english = trace(JUDGED, "en", given)
    assert english.sentence == firm("Criterion: agreed mark 4 → 4 of 5~points")
    assert english.marks[1].member == "agreed"


def test_the_reasons_of_the_members_follow_the_basis_each_once_without_names() -> None:
    given = (
        Mark("Ana", 3, " Vsebina je jasna. "),
        Mark("Bor", 4, "Vsebina je jasna."),
        Mark("Cene", None, "nasprotje interesov"),
        Mark("Dana", 4, "Ali bo učinek trajal?"),
        Mark("Eva", 4, ""),
        Mark("Fani", 4, "Stroški so utemeljeni"),
    )
    found = trace(JUDGED, given=given)
    assert found.reason == (
        "Ocene 3; 4; 4; 4; 4: povprečje 3,8. Vsebina je jasna. Ali bo učinek trajal? Stroški so utemeljeni."
    )
    assert found.marks[2] == MarkTrace("Cene", "", "nasprotje interesov")


def test_the_section_of_a_criterion_is_told_by_its_key() -> None:
    rules = rulebook(
        FORM, "sections: {half: {title: Polovica}}\ncriteria: {it: {kind: formula, title: M, points: 1, section: half}}"
    )
    assert told(rules).criteria[0].section == "half"
