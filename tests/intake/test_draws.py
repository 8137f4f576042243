"""Draws: an order, a seed, or both, for every tie once."""

from __future__ import annotations

from razpis.engine.cases import Draw
from razpis.engine.problems import Place
from razpis.intake import Read, read_draws
from tests.intake.factories import said, told, written

HEADER = "tie,order,seed"


def draws(rows: str) -> Read:
    return read_draws(written(f"{HEADER}\n{rows}", "zrebi.csv"))


def test_draws_by_their_tie() -> None:
    assert draws("A:1,V2 | V1,\nB:4,,1234\n7,V3|V4|V5,seme") == Read(
        {
            "A:1": Draw("A:1", ("V2", "V1"), "", Place("zrebi.csv", 2, 1)),
            "B:4": Draw("B:4", (), "1234", Place("zrebi.csv", 3, 1)),
            "7": Draw("7", ("V3", "V4", "V5"), "seme", Place("zrebi.csv", 4, 1)),
        }
    )


def test_no_draws_are_no_draws() -> None:
    assert draws("") == Read({})


def test_all_that_may_be_wrong() -> None:
    assert said(
        lambda: draws("A:1,V1|V2,\nA:1,,seme\n,V1|V2,x\nC:1,,\nD:1,V1||V2,\nE:1,V1|V2|V1,\nF:1,V1|V\x07,a\x07")
    ) == [
        "zrebi.csv:3:1: tie: žreb za »A:1« je že v vrstici 2; enega odstranite",
        "zrebi.csv:4:1: tie: celica je prazna; izpolnite jo",
        "zrebi.csv:5:5: order: vpišite vrstni red, seme ali oboje",
        "zrebi.csv:6:5: order: prazna oznaka v vrstnem redu; med znakoma | mora biti oznaka vloge",
        "zrebi.csv:7:5: order: vloga »V1« je v vrstnem redu dvakrat; enkrat jo izbrišite",
        "zrebi.csv:8:5: order: krmilni znak U+0007 ni dovoljen; besedilo vnesite znova brez njega",
        "zrebi.csv:8:11: seed: krmilni znak U+0007 ni dovoljen; besedilo vnesite znova brez njega",
    ]


def test_the_same_in_english() -> None:
    assert told(lambda: draws("A:1,V1|V2,\nA:1,,seed\nC:1,,\nD:1,V1||V2,\nE:1,V1|V1,")) == [
        "zrebi.csv:3:1: tie: line 2 already has a draw of 'A:1'; remove one of them",
        "zrebi.csv:4:5: order: fill in the order, the seed or both",
        "zrebi.csv:5:5: order: a blank id in the order; there must be an id between the signs |",
        "zrebi.csv:6:5: order: the application 'V1' stands twice in the order; delete it once",
    ]
