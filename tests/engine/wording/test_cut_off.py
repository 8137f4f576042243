"""A division names the provision it stands on, and one in rank order where the money ended."""

from __future__ import annotations

from razpis.engine.evaluation import Evaluation
from razpis.engine.wording import explain_lot, lot_numbers
from razpis.engine.wording.speaker import NBSP
from tests.engine.wording.paying import call, divided

ENDED = "Najnižje mesto, ki so mu bila pri razdelitvi dodeljena sredstva: 2. (60 točk)."


def lines(found: Evaluation) -> list[str]:
    return [line.replace(NBSP, " ") for line in explain_lot(found, found.lots[0], "sl")]


def test_the_provision_stands_behind_the_money() -> None:
    found = divided(call("edge: part, article: 14. člen", "budget: 1000"), a=(60, 900))
    assert lines(found)[:2] == ["Razpisana sredstva: 1.000,00 EUR.", "Podlaga za razdelitev: 14. člen."]
    assert explain_lot(found, found.lots[0], "en")[1] == "Basis of the division: 14. člen."


def test_in_rank_order_it_says_where_the_money_ended() -> None:
    found = divided(call("edge: part", "budget: 1000"), a=(72, 900), b=(60, 900), c=(50, 900))
    assert lines(found)[2] == ENDED
    assert [line.replace(NBSP, " ") for line in lot_numbers(found, found.lots[0], "sl")] == [ENDED]
    assert lot_numbers(found, found.lots[0], "en") == (
        f"The lowest place that the division gave money to: 2 (60{NBSP}points).",
    )


def test_where_all_got_some_or_nobody_did_no_end_is_told() -> None:
    for budget in ("budget: 3000", "budget: 0"):
        found = divided(call("edge: part", budget), a=(72, 900), b=(60, 900))
        assert lot_numbers(found, found.lots[0], "sl") == ()
