"""What the rules leave open: marks, ties, rounding."""

from __future__ import annotations

import pytest

from tests.engine.rulebook.linting import assert_said

QUALITY = "quality: {kind: marks, title: Kakovost, article: 3. člen, max: 5, weight: 2, round: 2}"
COMMISSION = "commission: {minimum_marks: 2, members: [A, B, C]}"
RANKING = "ranking: {keys: [points, draw]}"
TOTAL = "total: {max: 20}"
NOT_STATED = (
    "opozorilo: ni zapisano, koliko ocen potrebuje ocenjevano merilo (zdaj zadošča ena); dodajte »commission: "
    "{minimum_marks: 3}«"
)
OPEN = (
    "opozorilo: če sta vlogi v vseh ključih enaki, ostane vrstni red odprt; na konec ključev dodajte »draw« (žreb) ali "
    "zapišite »still_tied: shared« (delita si mesto)"
)


def endless(title: str) -> str:
    return (
        f"opozorilo: točke merila »{title}« imajo lahko neskončno decimalk, zaokroževanje pa ni zapisano "
        "(zdaj se ne zaokrožijo); dodajte »round: 2« merilu ali »total«"
    )


def test_how_many_marks_are_needed_must_be_stated() -> None:
    assert_said([(COMMISSION, "commission: {members: [A, B, C]}"), (QUALITY, f"▸{QUALITY}")], NOT_STATED)
    own = QUALITY.replace("max: 5", "max: 5, minimum_marks: 1")
    assert_said([(COMMISSION, "commission: {members: [A, B, C]}"), (QUALITY, own)])
    agreed = QUALITY.replace("max: 5", "max: 5, combine: agreed")
    assert_said([(COMMISSION, "commission: {members: [A, B, C]}"), (QUALITY, agreed)])


def test_more_marks_needed_than_there_are_members() -> None:
    assert_said(
        [(COMMISSION, "commission: {minimum_marks: ▸4, members: [A, B, C]}")],
        "opozorilo: potrebnih ocen: 4, članov komisije pa je 3; merilo »Kakovost« nikoli ne bo ocenjeno",
    )
    assert_said(
        [(QUALITY, QUALITY.replace("max: 5", "max: 5, minimum_marks: ▸5"))],
        "opozorilo: potrebnih ocen: 5, članov komisije pa je 3; merilo »Kakovost« nikoli ne bo ocenjeno",
    )
    assert_said([(COMMISSION, "commission: {minimum_marks: 4}")])


def test_nobody_is_left_to_mark_once_more() -> None:
    apart = QUALITY.replace("max: 5", "max: 5, discrepancy: {points: 2, then: further_member}")
    assert_said([(QUALITY, apart)])
    assert_said(
        [(QUALITY, apart.replace("discrepancy", "▸discrepancy")), (COMMISSION, COMMISSION.replace("2", "3"))],
        "opozorilo: ob razhajanju naj oceni še en član, komisija pa jih nima več kot 3",
    )
    pair = "commission: {minimum_marks: 1, members: [A, B]}"
    assert_said(
        [(QUALITY, apart.replace("discrepancy", "▸discrepancy")), (COMMISSION, pair)],
        "opozorilo: ob razhajanju naj oceni še en član, komisija pa jih nima več kot 2",
    )
    agreed = apart.replace("further_member", "agreed")
    assert_said([(QUALITY, agreed), (COMMISSION, COMMISSION.replace("2", "3"))])


def test_nobody_is_left_where_sums_are_too_far_apart() -> None:
    apart = ", discrepancies: [▸{points: 5, then: further_member}]}"
    assert_said([(COMMISSION, COMMISSION.replace("}", apart.replace("▸", "")))])
    assert_said(
        [(COMMISSION, COMMISSION.replace("2", "3").replace("}", apart))],
        "opozorilo: ob razhajanju naj oceni še en član, komisija pa jih nima več kot 3",
    )
    assert_said(
        [(COMMISSION, "commission: {minimum_marks: 1, members: [A, B]}".replace("}", apart))],
        "opozorilo: ob razhajanju naj oceni še en član, komisija pa jih nima več kot 2",
    )
    agreed = apart.replace("further_member", "agreed").replace("▸", "")
    assert_said([(COMMISSION, COMMISSION.replace("2", "3").replace("}", agreed))])


@pytest.mark.parametrize("ranking", ["keys: [points, submitted_at]", "keys: [points], still_tied: open"])
def test_a_chain_of_keys_that_can_end_open(ranking: str) -> None:
    assert_said([(RANKING, f"▸ranking: {{{ranking}}}")], OPEN)


@pytest.mark.parametrize("ranking", ["keys: [points, line]", "keys: [points], still_tied: shared"])
def test_a_chain_of_keys_that_ends(ranking: str) -> None:
    assert_said([(RANKING, f"ranking: {{{ranking}}}")])


@pytest.mark.parametrize("combine", ["mean", "trimmed_mean"])
def test_a_mean_without_rounding(combine: str) -> None:
    without = QUALITY.replace(", round: 2", f", combine: {combine}")
    assert_said([(QUALITY, f"▸{without}")], endless("Kakovost"))
    assert_said([(QUALITY, without), (TOTAL, "total: {max: 20, round: 2}")])
    assert_said([(QUALITY, without.replace("max: 5", "max: 5, round_combined: 1"))])


SHARE = ("derived:\n", "derived:\n  share: {label: Delež, value: total_cost / 3000}\n")
USED = ("keys: [points, draw]", "keys: [points, {expression: share}, draw]")


def computed(kind: str) -> list[tuple[str, str]]:
    """The rules with a computed criterion in place of the judged one."""
    criterion = f"quality: {{{kind}, title: Kakovost, article: 3. člen, max: 1}}"
    return [(QUALITY, criterion), (TOTAL, "total: {max: 11}"), SHARE, USED]


@pytest.mark.parametrize(
    "kind",
    [
        "▸kind: relative, value: total_cost, to: best",
        "▸kind: formula, points: total_cost / 1000",
        "▸kind: formula, points: -(total_cost / 1000) + half",
        "▸kind: formula, points: share",
        "▸kind: per_unit, value: total_cost, points: 1, unit: 300, count: exact",
        "▸kind: per_unit, value: share, points: 1, count: exact",
    ],
)
def test_a_division_without_rounding(kind: str) -> None:
    changes = computed(kind.replace("▸", ""))
    changes[0] = (QUALITY, f"▸{changes[0][1]}")
    assert_said(changes, endless("Kakovost"))


@pytest.mark.parametrize(
    "kind",
    [
        "kind: formula, points: total_cost * 0.5",
        "kind: formula, points: half",
        "kind: formula, points: 'round(total_cost / 1000, 2)'",
        "kind: formula, points: floor(share)",
        "kind: per_unit, value: total_cost, points: 1, unit: 250, count: exact",
        "kind: per_unit, value: share, points: 1, count: full",
        "kind: choice, value: form, points: {društvo: 1, zavod: 0}",
        "kind: checklist, items: [{text: velik, when: share > 1, points: 1}]",
    ],
)
def test_what_ends_by_itself_needs_no_rounding(kind: str) -> None:
    assert_said(computed(kind))


def test_a_factor_that_divides() -> None:
    assert_said(
        [(TOTAL, "total: {factor: ▸total_cost / 10000}"), ("- {of: total, at_least: 5", "- {of: quality, at_least: 5")],
        "opozorilo: množitelj deli, zaokroževanje skupnih točk pa ni zapisano; dodajte »round: 2«",
    )


def test_a_draw_before_other_keys_is_still_the_last() -> None:
    last = (
        "opozorilo: »draw« naj bo zadnji ključ: žrebajo se le vloge, ki so enake v vseh drugih ključih, tudi v tistih "
        "za njim"
    )
    assert_said([(RANKING, "ranking: {keys: [▸draw, points]}")], last)
    assert_said([(RANKING, "ranking: {keys: [points, ▸draw, {criterion: members}, line]}")], last)
