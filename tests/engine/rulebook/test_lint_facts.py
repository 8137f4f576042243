"""Facts nobody reads, facts that count twice, rules without an article."""

from __future__ import annotations

import pytest

from tests.engine.rulebook.linting import assert_said

FORM = "  form: {type: choice, label: Oblika, options: [društvo, zavod], public: true}"
HALF = "half: {label: Polovica, value: total_cost * 0.5}"
SHARE = "share: {amount: half, title: polovica, article: 5. člen}"
QUALITY = "quality: {kind: marks, title: Kakovost, article: 3. člen, max: 5, weight: 2, round: 2}"
THRESHOLD = "{of: total, at_least: 5, article: 4. člen}"


def unread(label: str) -> str:
    return (
        f"opozorilo: podatka »{label}« ne bere nobeno pravilo; če ni potreben, ga ne zahtevajte "
        "(če se objavi, dodajte »public: true«)"
    )


def test_a_field_nobody_reads() -> None:
    assert_said([(FORM, FORM.replace("  form", "  ▸form").replace(", public: true", ""))], unread("Oblika"))


def test_texts_and_papers_are_read_by_people() -> None:
    papers = "  plan: {type: attachment, label: Načrt}\n  summary: {type: text, label: Opis}"
    assert_said([(FORM, f"{FORM}\n{papers}")])


def test_the_applicants_own_fields_are_for_the_decision() -> None:
    call = "call: {title: Zgled, reference: R-1, year: 2026"
    field = "  since: {type: date, label: Od}"
    assert_said(
        [(FORM, f"{FORM}\n  ▸{field.strip()}")],
        unread("Od"),
    )
    assert_said([(FORM, f"{FORM}\n{field}"), (call, call + ", applicant: {name: form, seat: since}")])


@pytest.mark.parametrize(
    "use",
    [
        (QUALITY, QUALITY.replace("max: 5", "max: 5, applies: since")),
        (THRESHOLD, THRESHOLD.replace("at_least", "applies: since, at_least")),
        ("keys: [points, draw]", "keys: [points, {expression: 1 if since else 0}, draw]"),
        ("total: {max: 20}", "total: {max: 20, factor: 1 if since else 0}"),
        ("  request: requested\n", "  request: requested\n  entitlement: requested if since else 0\n"),
        ("  request: requested\n", "  request: requested\n  fill: proportional\n  weight: points if since else 0\n"),
        ("amount: half", "amount: half if since else 0"),
        ("amount: half", "amount: half, where: since"),
        ("  limits:\n", "  set_asides: {novi: {where: since, amount: 100}}\n  limits:\n"),
        ("test: clean,", "test: clean and since,"),
        (HALF, HALF.replace("total_cost * 0.5", "total_cost * (0.5 if since else 1)")),
    ],
)
def test_every_part_of_the_rules_reads(use: tuple[str, str]) -> None:
    assert_said([(FORM, f"{FORM}\n  since: {{type: yes_no, label: Nov}}"), use])


def test_a_checklist_reads_by_its_items() -> None:
    checklist = "quality: {kind: checklist, title: Kakovost, article: 3. člen, max: 10, items: "
    items = "[{text: nov, when: since, points: 10}]}"
    assert_said([(FORM, f"{FORM}\n  since: {{type: yes_no, label: Nov}}"), (QUALITY, checklist + items)])


def test_a_derived_fact_nobody_uses() -> None:
    assert_said(
        [(HALF, f"{HALF}\n  ▸more: {{label: Dvakrat, value: total_cost * 2}}")],
        "opozorilo: izpeljanega podatka »Dvakrat« ne uporabi nobeno pravilo; izbrišite ga",
    )


def test_a_derived_fact_used_by_another_is_used() -> None:
    assert_said([(HALF, "whole: {label: Vse, value: total_cost}\n  half: {label: Polovica, value: whole * 0.5}")])


def test_one_fact_in_two_criteria() -> None:
    formula = "quality: {kind: formula, title: Kakovost, article: 3. člen, points: members / 10, max: 10, round: 2}"
    assert_said(
        [(QUALITY, f"▸{formula}")],
        "opozorilo: isti podatek (members) šteje v več merilih: »Člani«, »Kakovost«; če je tako v pravilniku, ni treba "
        "storiti ničesar",
    )


def test_one_fact_in_criteria_for_different_applicants_counts_once() -> None:
    formula = (
        "kind: formula, title: Kakovost, article: 3. člen, points: total_cost / 1000, max: 10, round: 2, applies: "
    )
    two = f"quality: {{{formula} form == 'zavod'}}\n  other: {{{formula} form == 'društvo'}}"
    assert_said([(QUALITY, two)])


def test_what_has_no_article() -> None:
    def said(sl: str) -> str:
        return f"opozorilo: {sl} ne navaja člena; dodajte »article«, da bo odločba povedala, na čem stoji"

    assert_said(
        [("  clean: {text: Nima dolgov, test: clean, article: 1. člen}", "  ▸clean: {text: Nima, test: clean}")],
        said("pogoj"),
    )
    assert_said([(QUALITY, "▸" + QUALITY.replace(", article: 3. člen", ""))], said("merilo"))
    assert_said([(THRESHOLD, "▸{of: total, at_least: 5}")], said("prag"))
    assert_said([(SHARE, "▸share: {amount: half}")], said("omejitev"))


def test_rules_without_money_have_no_limits_to_check() -> None:
    text_of_money = """lots: {A: {amount: 1000}, B: {amount: 3000}}
allocation:
  request: requested
  round: 2
  limits:
    share: {amount: half, title: polovica, article: 5. člen}
"""
    assert_said(
        [(text_of_money, ""), (HALF, "▸" + HALF), ("  requested:", "  ▸requested:")],
        unread("Zaprošeno"),
        "opozorilo: izpeljanega podatka »Polovica« ne uporabi nobeno pravilo; izbrišite ga",
    )
