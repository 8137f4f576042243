"""The sentences of criteria that compare, stand behind a gate or are marked by members."""

from __future__ import annotations

import pytest

from razpis.engine.cases import Mark
from razpis.engine.trace import MarkTrace
from razpis.engine.wording import explain
from tests.engine.making import by_id, case, evaluated, marks, rulebook
from tests.engine.wording.judging import FORM, both, trace
from tests.engine.wording.telling import firm, told

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


def test_behind_points_that_are_not_known_nothing_is_said_of_a_threshold() -> None:
    rules = rulebook(
        FORM,
        """
        criteria:
          one: {kind: marks, title: Ena, max: 9}
          two: {kind: formula, title: Dve, points: 5, max: 5, after: one}
        thresholds: [{of: one, at_least: 3}]
        """,
    )
    second = told(rules).criteria[1]
    assert (second.points, second.sentence) == (
        None,
        "Dve: merilo se še ne točkuje, ker točke, od katerih je odvisno, še niso določene → točke še niso določene",
    )
    assert told(rules, None, "en").criteria[1].sentence == (
        "Dve: not scored yet: the points it depends on are not known → no points yet"
    )


def test_a_gate_that_is_not_reached_is_the_only_reason() -> None:
    """What was not scored behind it says nothing of the sum of all points."""
    rules = rulebook(
        FORM,
        """
        criteria:
          one: {kind: formula, title: Ena, points: members, missing: 0, max: 9}
          two: {kind: formula, title: Dve, points: 5, max: 5, after: one}
        thresholds: [{of: one, at_least: 3}, {of: total, at_least: 10}]
        """,
    )
    assert told(rules, members=2).refusal == (
        firm("Vloga ne doseže praga – Ena: najmanj 3~točke, doseženo 2; do praga manjka 1~točka."),
    )
    assert told(rules, members=4).refusal == (
        firm("Vloga ne doseže praga – skupaj: najmanj 10~točk, doseženo 9; do praga manjka 1~točka."),
    )


def test_another_threshold_that_stands_by_itself_is_told_beside_a_gate() -> None:
    rules = rulebook(
        FORM,
        """
        sections: {s: {title: Sklop}, z: {title: Zaprt}}
        criteria:
          one: {kind: formula, title: Ena, points: members, missing: 0, max: 9}
          two: {kind: formula, title: Dve, section: z, points: 5, max: 5, after: one}
          three: {kind: formula, title: Tri, section: s, points: members, missing: 0, max: 9}
        thresholds: [{of: one, at_least: 3}, {of: s, at_least: 4}, {of: z, at_least: 1}, {of: two, at_least: 1}]
        """,
    )
    assert told(rules, members=2).refusal == (
        firm("Vloga ne doseže praga – Ena: najmanj 3~točke, doseženo 2; do praga manjka 1~točka."),
        firm("Vloga ne doseže praga – Sklop: najmanj 4~točke, doseženo 2; do praga manjkata 2~točki."),
    )


def test_several_of_which_some_suffice_are_told_beside_a_gate_if_none_of_them_waits_behind_it() -> None:
    rules = rulebook(
        FORM,
        """
        criteria:
          one: {kind: formula, title: Ena, points: members, missing: 0, max: 9}
          two: {kind: formula, title: Dve, points: 5, max: 5, after: one}
          three: {kind: formula, title: Tri, points: members, missing: 0, max: 9}
        thresholds:
          - {of: one, at_least: 3}
          - any_of: [{of: one, at_least: 4}, {of: three, at_least: 4}]
          - any_of: [{of: two, at_least: 4}, {of: three, at_least: 4}]
        """,
    )
    assert told(rules, members=2).refusal == (
        firm("Vloga ne doseže praga – Ena: najmanj 3~točke, doseženo 2; do praga manjka 1~točka."),
        firm(
            "Vloga ne doseže praga – potrebnih pragov: 1 od 2, doseženih 0 – Ena: najmanj 4~točke, doseženo 2; do praga manjkata "
            "2~točki. Tri: najmanj 4~točke, doseženo 2; do praga manjkata 2~točki."
        ),
    )


def test_points_of_a_section_are_told_while_other_points_are_not_known() -> None:
    rules = rulebook(
        FORM,
        """
        sections: {s: {title: S, max: 8}}
        criteria:
          one: {kind: formula, title: Ena, section: s, points: members, missing: 0, max: 8}
          marked: {kind: marks, title: Dve, max: 10}
          bonus: {kind: formula, title: Tri, points: 0.5 * points_s}
        """,
    )
    assert [one.sentence for one in told(rules, members=4).criteria] == [
        firm("Ena: 4 → 4 od 8~točk"),
        "Dve: število ocen: 0, potrebnih najmanj 1 → točke še niso določene",
        firm("Tri: 0,5 × 4 = 2 → 2~točki"),
    ]


# The place


def test_points_for_the_order_are_told_apart_from_all_points() -> None:
    rules = rulebook(
        FORM,
        """
        criteria:
          one: {kind: formula, title: Ena, points: members, missing: 0, max: 9}
          two: {kind: formula, title: Dve, points: 5, max: 5, ranking_weight: 2}
        """,
    )
    found = told(rules, members=4)
    assert (found.total, found.place) == (
        firm("Skupaj: 9~točk"),
        "1. mesto, edina uvrščena vloga (točke za vrstni red: 14)",
    )
    assert told(rules, None, "en", members=4).place.endswith("(points for the order: 14)")


# Marks


JUDGED = "kind: marks, max: 5"


@pytest.mark.parametrize(
    ("settings", "points", "slovenian", "english"),
    [
        ("", (3, 3, 4), "ocene 3; 3; 4: povprečje ≈~3,3333 → ≈~3,3333 od 5~točk", "marks 3; 3; 4: mean ≈~3.3333 → ≈~3.3333 of 5~points"),
        ("", (3, None, 4), "ocene 3; 4: povprečje 3,5 → 3,5 od 5~točk", "marks 3; 4: mean 3.5 → 3.5 of 5~points"),
        ("", (4,), "ocena 4 → 4 od 5~točk", "mark 4 → 4 of 5~points"),
        (", round_combined: 1", (3, 3, 4), "ocene 3; 3; 4: povprečje (zaokroženo) 3,3 → 3,3 od 5~točk", "marks 3; 3; 4: mean (rounded) 3.3 → 3.3 of 5~points"),
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
        (
            ", min: 1, lowest_is_best: true, combine: sum",
            (1, 2),
            "ocene 1; 2: vsota 3 → 12 − 3 → 9~točk",
            "marks 1; 2: sum 3 → 12 − 3 → 9~points",
        ),
        (
            ", discrepancy: {points: 1, then: further_member}",
            (1, 5, 4),
            "ocene 1; 5; 4: povprečje najbližjih dveh ocen 4,5 → 4,5 od 5~točk",
            "marks 1; 5; 4: mean of the two closest marks 4.5 → 4.5 of 5~points",
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
