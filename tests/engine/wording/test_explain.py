"""The place of an application in words, and the whole explanation put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from razpis.engine.cases import Draw
from razpis.engine.evaluation import Evaluation
from razpis.engine.problems import Language
from razpis.engine.wording import explain
from tests.engine.making import by_id, case, draw, evaluated, rulebook
from tests.engine.wording.telling import firm

FORM = """
fields:
  size: {type: integer, label: {sl: Velikost, en: Size}}
  own: {type: percent, label: {sl: Lastni delež, en: Own share}, required: false}
sections: {half: {title: {sl: Polovica, en: Half}}}
criteria: {it: {kind: formula, title: {sl: Merilo, en: Criterion}, points: size, section: half}}
derived: {double: {label: {sl: Dvakratnik, en: Double}, value: size * 2}}
"""


def ordered(
    keys: str, draws: Mapping[str, Draw] | None = None, still_tied: str = "open", /, **sizes: Any
) -> Evaluation:
    rules = rulebook(FORM, f"ranking: {{keys: {keys}, still_tied: {still_tied}}}")
    entrants = [
        case(rules, id_, line=line, size=size, own=50, submitted=f"2026-03-0{line} 09:30")
        for line, (id_, size) in enumerate(sizes.items(), 1)
    ]
    return evaluated(rules, entrants, draws=draws)


def place(evaluation: Evaluation, id_: str = "a", language: Language = "sl") -> str:
    return explain(evaluation, by_id(evaluation)[id_], language).place


@pytest.mark.parametrize(
    ("count", "slovenian", "english"),
    [
        (1, "1. mesto, edina uvrščena vloga", "place 1, the only application ranked"),
        (2, "1. mesto med 2 uvrščenima vlogama", "place 1 of 2 applications"),
        (3, "1. mesto med 3 uvrščenimi vlogami", "place 1 of 3 applications"),
        (5, "1. mesto med 5 uvrščenimi vlogami", "place 1 of 5 applications"),
        (101, "1. mesto med 101 uvrščeno vlogo", "place 1 of 101 applications"),
    ],
)
def test_the_place_is_told_among_the_ranked(count: int, slovenian: str, english: str) -> None:
    rules = rulebook(FORM)
    evaluation = evaluated(rules, [case(rules, f"v{at}", size=200 - at) for at in range(count)])
    assert place(evaluation, "v0") == f"{slovenian} (točke: 200)"
    assert place(evaluation, "v0", "en") == f"{english} (points: 200)"


@pytest.mark.parametrize(
    ("key", "slovenian", "english"),
    [
        ("points", "točke: 2.400", "points: 2,400"),
        ("{criterion: it}", "Merilo: 2.400", "Criterion: 2,400"),
        ("{section: half}", "Polovica: 2.400", "Half: 2,400"),
        ("{expression: double}", "Dvakratnik: 4.800", "Double: 4,800"),
        ("{expression: size + 1}", "size + 1: 2.401", "size + 1: 2,401"),
        ("{expression: size, label: {sl: po velikosti, en: by size}}", "po velikosti: 2.400", "by size: 2,400"),
        (
            "{expression: own if answered(own) else 0}",
            "own if answered(own) else 0: 50",
            "own if answered(own) else 0: 50",
        ),
        ("line", "zaporedna številka vloge: 1", "number in the input: 1"),
        ("submitted_at", "oddana: 1.~marec~2026 ob~09.30", "submitted: 1~March~2026 at~09:30"),
    ],
)
def test_every_key_says_what_it_compared(key: str, slovenian: str, english: str) -> None:
    evaluation = ordered(f"[{key}]", a=2400)
    assert place(evaluation) == firm(f"1. mesto, edina uvrščena vloga ({slovenian})")
    assert place(evaluation, "a", "en") == firm(f"place 1, the only application ranked ({english})")


def test_keys_follow_in_their_order_and_a_draw_has_no_value() -> None:
    evaluation = ordered("[points, {section: half}, draw]", a=7, b=5)
    assert place(evaluation) == "1. mesto med 2 uvrščenima vlogama (točke: 7; Polovica: 7)"
    assert place(ordered("[draw]", a=7)) == "1. mesto, edina uvrščena vloga"


def test_ties_say_how_they_were_settled() -> None:
    drawn = ordered("[points, draw]", draw("1", "b", "a"), a=5, b=5, c=1)
    assert [place(drawn, id_) for id_ in "abc"] == [
        "2. mesto med 3 uvrščenimi vlogami (točke: 5); o vrstnem redu je odločil žreb",
        "1. mesto med 3 uvrščenimi vlogami (točke: 5); o vrstnem redu je odločil žreb",
        "3. mesto med 3 uvrščenimi vlogami (točke: 1)",
    ]
    shared = ordered("[points]", None, "shared", a=5, b=5)
    assert place(shared, "b").endswith("(točke: 5); mesto si delijo vloge z enakimi vrednostmi")
    assert place(ordered("[points]", a=5, b=5)).endswith("(točke: 5); izenačenje še ni razrešeno")
    assert [place(one, "a", "en").split("; ")[-1] for one in (drawn, shared, ordered("[points]", a=5, b=5))] == [
        "the order was decided by draw",
        "the place is shared with equals",
        "the tie is not settled yet",
    ]


def test_without_money_a_ranked_application_is_told_its_place_alone() -> None:
    found = explain(ordered("[points]", a=5), by_id(ordered("[points]", a=5))["a"], "sl")
    assert (found.summary, found.amount, found.refusal, found.language) == ("Uvrščeno.", (), (), "sl")
    assert explain(ordered("[points]", a=5), by_id(ordered("[points]", a=5))["a"], "en").summary == "Ranked."
