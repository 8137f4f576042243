"""Lots that are divided in different ways, in words."""

from __future__ import annotations

from razpis.engine.wording import Explainer, explain_lot
from razpis.engine.wording.rules_money import division
from razpis.engine.wording.speaker import Speaker
from tests.engine.wording.paying import call, divided
from tests.engine.wording.ruling import blocks

LOTS = "lots: {A: {amount: 1000}, B: {title: {sl: Mladi, en: Youth}, amount: 1000, fill: proportional}}"


def test_the_rules_name_the_lots_of_each_way() -> None:
    rules = call("round: 2", LOTS)
    assert blocks(*division(Speaker("sl"), rules)) == [
        "* A: Sredstva se dodelijo po prednostnem vrstnem redu; vloga, za katero jih ne ostane dovolj, prejme preostanek.",
        "* Mladi: Sredstva sklopa se razdelijo sorazmerno s številom točk: znesek = točke × vrednost točke.",
        "* Mladi: Kar vlogi nad njeno mejo ne pripada, se razdeli med druge; vrednost točke se zato poveča.",
        "* Znesek se zaokroži na cent (polovica navzgor); kar zaradi zaokroževanja ostane, ostane nerazdeljeno.",
    ]
    assert blocks(*division(Speaker("en"), rules))[1].startswith("* Youth: The money of a lot is shared in proportion")


def test_every_lot_says_its_own_way() -> None:
    found = divided(call("round: 2", LOTS), a=(9, 1500, 0, "A"), b=(9, 1500, 0, "B"))
    told = [explain_lot(found, lot, "en")[1] for lot in found.lots]
    assert told[0].startswith("The money is granted in rank order")
    assert told[1].startswith("The money is shared in proportion to points")


def test_a_lot_is_put_into_words_once_for_all_its_applications() -> None:
    found = divided(call("round: 2", LOTS), a=(9, 1500, 0, "A"), b=(9, 1500, 0, "B"))
    explainer = Explainer(found, "en")
    assert [explainer.divided(lot.lot) for lot in found.lots] == [explain_lot(found, lot, "en") for lot in found.lots]
    assert explainer.divided("A") is explainer.divided("A")
