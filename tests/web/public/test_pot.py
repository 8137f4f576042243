"""The picture of the money: every bar begins where the one before it ends, in whole numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from razpis.services.rules.result_list import Choice, LotList, result_list
from razpis.services.rules.results import load
from razpis.web.public.pot import Pot, pot, shortened
from tests.web import calls


@pytest.fixture(scope="module")
def lots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, LotList]:
    results = load(calls.written(tmp_path_factory.mktemp("pot"), calls.rank()))
    return {lot.key: lot for lot in result_list(results, Choice()).lots}


def drawn(lot: LotList) -> Pot:
    assert lot.money is not None
    return pot(lot.money, lot.order)


def test_bars_follow_each_other_and_end_where_the_money_does(lots: dict[str, LotList]) -> None:
    bars = drawn(lots["young"]).bars
    assert [(bar.line.id, bar.x, bar.width, bar.y, bar.used, bar.left) for bar in bars] == [
        ("V1", "0.0%", "35.0%", 0, 350_000, 650_000),
        ("V2", "35.0%", "40.0%", 26, 750_000, 250_000),
        ("430-12/2026", "75.0%", "25.0%", 52, 1_000_000, 0),
        ("V4", "100.0%", "0.0%", 78, 1_000_000, 0),
    ]


def test_a_name_stands_where_there_is_most_room(lots: dict[str, LotList]) -> None:
    bars = drawn(lots["young"]).bars
    assert [(bar.label_x, bar.side) for bar in bars] == [
        ("35.0%", "after"),
        ("35.0%", "inside"),
        ("75.0%", "before"),
        ("100.0%", "before"),
    ]
    assert (bars[1].short, bars[1].long) == ("<script>alert('Za…", calls.HOSTILE)


def test_the_line_is_drawn_under_the_last_one_with_money(lots: dict[str, LotList]) -> None:
    assert drawn(lots["young"]).cut == 3 * 26
    assert drawn(lots["young"]).height == 4 * 26


def test_no_line_is_drawn_while_a_tie_is_open(lots: dict[str, LotList]) -> None:
    assert drawn(lots["old"]).cut is None


def test_no_line_is_drawn_where_everybody_got_something(tmp_path: Path) -> None:
    results = load(calls.written(tmp_path, calls.proportional()))
    (lot,) = result_list(results, Choice()).lots
    picture = drawn(lot)
    assert picture.cut is None
    assert [(bar.x, bar.width) for bar in picture.bars] == [("0.0%", "56.2%"), ("56.2%", "10.0%"), ("66.2%", "33.8%")]


def test_a_lot_without_money_is_an_empty_picture(lots: dict[str, LotList]) -> None:
    young = lots["young"]
    assert young.money is not None
    nobody = tuple(replace(line, award=0, outcome="no_money") for line in young.order)
    picture = pot(replace(young.money, amount=0, spent=0), nobody)
    assert {(bar.x, bar.width) for bar in picture.bars} == {("0.0%", "0.0%")}
    assert picture.cut == 0


@pytest.mark.parametrize(
    ("name", "shown"), [("Društvo", "Društvo"), ("Društvo Oreh", "Društvo…"), ("123456789", "123456789")]
)
def test_a_long_name_is_cut(name: str, shown: str) -> None:
    assert shortened(name, 9) == shown
