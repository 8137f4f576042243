"""The money and its division in words."""

from __future__ import annotations

import pytest

from razpis.engine.wording import Speaker
from razpis.engine.wording.rules_brief import brief
from razpis.engine.wording.rules_money import available, division, limits, money_part
from tests.engine.making import rulebook
from tests.engine.wording.ruling import blocks, lines

FORM = """
fields:
  clean: {type: yes_no, label: Nov}
  cost: {type: euro, label: Stroški}
  requested: {type: euro, label: Zaprošeno}
"""
SL, EN = Speaker("sl"), Speaker("en")


def of(*parts: str, form: str = FORM):
    return rulebook(form, *parts)


def test_one_pot() -> None:
    rules = of("budget: {amount: 1000, committed: 100}\nallocation: {request: requested, article: 9. člen}")
    assert lines(money_part(SL, rules)) == [
        "# Kako se razdeli denar (9. člen)",
        "Razpisana sredstva: 900,00 EUR.",
        "* Sredstva se dodelijo po prednostnem vrstnem redu; vloga, za katero jih ne ostane dovolj, prejme preostanek.",
        "* Znesek se zaokroži na cent (polovica navzgor).",
        "Nobena vloga ne prejme več, kot zaprosi.",
    ]


def test_no_money_at_all() -> None:
    rules = of()
    assert lines(money_part(SL, rules)) == ["# Kako se razdeli denar", "Ta pravila denarja ne delijo."]
    assert lines(money_part(EN, rules))[1] == "These rules divide no money."


def test_lots_and_what_becomes_of_leftovers() -> None:
    rules = of(
        "lots: {A: {title: Prvi, amount: 10, leftover_to: B}, B: {amount: 20}}\nallocation: {request: requested}"
    )
    assert blocks(*available(SL, rules)) == [
        "Razpisana sredstva po sklopih:",
        "sklop | sredstva | kar ostane",
        "Prvi | 10,00 EUR | v sklop »B«",
        "B | 20,00 EUR | ostane nerazdeljeno",
        "skupaj | 30,00 EUR | ",
    ]
    again = of(
        "lots: {A: {amount: 10, leftover_to: B}, B: {title: Drugi, amount: 20}}\nbudget: 25\n"
        "allocation: {request: requested, leftovers: second_pass, reserve_list: true}"
    )
    found = blocks(*available(EN, again))
    assert found[2:4] == ["A | 10.00 EUR | to the lot 'Drugi'", "Drugi | 20.00 EUR | to the common second pass"]
    assert found[-1] == "All lots together get at most 25.00 EUR."
    assert blocks(*division(SL, again))[1:3] == [
        "* Kar v sklopih ostane, se v drugem krogu razdeli med vloge vseh sklopov, ki niso prejele vsega, v enem vrstnem redu.",
        "* Vloge, ki bi jim po pravilih kaj pripadalo, pa niso prejele nič, ostanejo na rezervnem seznamu.",
    ]


def test_a_budget_with_lines() -> None:
    rules = of(
        """
        budget:
          amount: 1000
          lines:
            kept: {title: Rezerva, percent: 10, reserve: true}
            rest_: {rest: true, lines: {a: {title: Prva, percent: 50}, b: {rest: true}}}
        lots: {A: {line: a}, B: {title: Drugi, line: b}}
        allocation: {request: requested}
        """
    )
    assert blocks(*available(SL, rules))[-7:] == [
        "Proračun 1.000,00 EUR se deli na vrstice:",
        "Vrstice proračuna:",
        "vrstica | delež | znesek",
        "Rezerva | 10 % sredstev; rezerva | 100,00 EUR",
        "rest_ | ostanek | 900,00 EUR",
        "– Prva | 50 % vrstice »rest_« | 450,00 EUR",
        "– sklop »Drugi« | ostanek | 450,00 EUR",
    ]


def test_a_budget_of_which_a_part_is_owed_already() -> None:
    rules = of(
        """
        budget:
          amount: 90000
          committed: 6543.21
          lines:
            training: {amount: 5000, committed: 350.50}
            spare: {percent: 2.5, reserve: true}
            home: {title: Dom, percent_of_rest: 60, lines: {city: {rest: true}}}
        lots: {A: {title: Prvi, line: city}, B: {line: training}}
        allocation: {request: requested}
        """
    )
    assert blocks(*available(SL, rules))[-7:] == [
        "Od proračuna 90.000,00 EUR se odštejejo že prevzete obveznosti 6.543,21 EUR; na vrstice se deli 83.456,79 EUR:",
        "Vrstice proračuna:",
        "vrstica | delež | znesek | obveznosti | za delitev",
        "training | določen znesek | 5.000,00 EUR | 350,50 EUR | 4.649,50 EUR",
        "rezerva | 2,5 % sredstev | 2.086,42 EUR | 0,00 EUR | 2.086,42 EUR",
        "Dom | 60 % ostanka | 45.822,22 EUR | 0,00 EUR | 45.822,22 EUR",
        "– sklop »Prvi« | ostanek | 45.822,22 EUR | 0,00 EUR | 45.822,22 EUR",
    ]
    assert blocks(*available(EN, rules))[-7:-2:3] == [
        "Of the budget of 90,000.00 EUR the commitments of 6,543.21 EUR are deducted; 83,456.79 EUR is divided:",
        "training | a stated amount | 5,000.00 EUR | 350.50 EUR | 4,649.50 EUR",
    ]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            "minimum_useful: 800",
            [
                "* Če sredstva zadoščajo le še za del zneska, ki ga vloga lahko prejme, in je ta del manjši od 800,00 EUR, "
                "ga ne prejme."
            ],
        ),
        (
            "minimum_useful: 800, limits: {all_: {amount: 900, per: all, binds: edge}}",
            [
                "* Če sredstva ali skupna omejitev zadoščajo le še za del zneska, ki ga vloga lahko prejme, in je ta del "
                "manjši od 800,00 EUR, ga ne prejme. Na deljenem mestu ga tedaj ne prejme nobena."
            ],
        ),
        ("minimum_useful: 800, edge: skip", []),
        ("edge: part", []),
    ],
)
def test_what_is_too_little_to_be_granted(settings: str, said: list[str]) -> None:
    tied = "shared" if "binds" in settings else "open"
    rules = of(f"ranking: {{still_tied: {tied}}}\nbudget: 1000\nallocation: {{request: requested, {settings}}}")
    assert [line for line in blocks(*division(SL, rules)) if "manjši" in line] == said


def test_how_many_get_money_by_lot() -> None:
    rules = of(
        "lots: {A: {title: Prvi, amount: 1, most_winners: 1}, B: {amount: 2}, C: {amount: 2}}\n"
        "allocation: {request: requested, most_winners: 5}"
    )
    found = [line for line in blocks(*division(SL, rules)) if "prejme največ" in line]
    more = "po vrstnem redu; če bi deljeno mesto to število preseglo, jih ne prejme nobena vloga s tega mesta."
    assert found == [f"* Prvi: Sredstva prejme največ 1 vloga {more}", f"* Sredstva prejme največ 5 vlog {more}"]


def test_edges_that_differ_by_lot() -> None:
    rules = of(
        "lots: {A: {title: Prvi, amount: 1, edge: skip}, B: {amount: 2}, C: {amount: 2, edge: part}}\n"
        "allocation: {request: requested, edge: stop, minimum_useful: 50, round: {places: -2, mode: down}}"
    )
    assert blocks(*division(SL, rules)) == [
        "* Sredstva se dodelijo po prednostnem vrstnem redu.",
        "* Prvi: vloga, za katero jih ne ostane dovolj, se preskoči in na vrsti je naslednja.",
        "* B: pri prvi vlogi, za katero jih ne ostane dovolj, se delitev konča.",
        "* C: vloga, za katero jih ne ostane dovolj, prejme preostanek.",
        "* Če sredstva zadoščajo le še za del zneska, ki ga vloga lahko prejme, in je ta del manjši od 50,00 EUR, ga ne "
        "prejme.",
        "* Znesek se zaokroži na 100 evrov (navzdol).",
    ]


def shares(allocation: str, money: str = "budget: 1000") -> list[str]:
    return blocks(*division(SL, of(f"{money}\nallocation: {{request: requested, fill: proportional, {allocation}}}")))


def test_shares_by_points() -> None:
    assert shares("round: 2, value_of_point: {round: {places: 2, mode: down}}, last_cent: largest_remainder") == [
        "* Sredstva se razdelijo sorazmerno s številom točk: znesek = točke × vrednost točke.",
        "* Kar vlogi nad njeno mejo ne pripada, se razdeli med druge; vrednost točke se zato poveča.",
        "* Vrednost točke se zaokroži na cent (navzdol) in objavi.",
        "* Znesek se zaokroži na cent (polovica navzgor); kar zaradi zaokroževanja ostane, ostane nerazdeljeno.",
    ]
    assert shares("round: 2, last_cent: largest_remainder")[-1] == (
        "* Znesek se zaokroži na cent (polovica navzgor); cente, ki zaradi zaokroževanja ostanejo, prejmejo vloge z "
        "največjim odrezanim delom."
    )


def test_shares_by_another_weight_speak_of_one_unit() -> None:
    assert shares("weight: points * 2, value_of_point: {round: 2}")[:3] == [
        "* Sredstva se razdelijo sorazmerno z utežjo točke × 2: znesek = utež × vrednost enote.",
        "* Kar vlogi nad njeno mejo ne pripada, se razdeli med druge; vrednost enote se zato poveča.",
        "* Vrednost enote se zaokroži na cent (polovica navzgor) in objavi.",
    ]


def test_shares_by_another_weight_without_resharing() -> None:
    assert shares("resharing: false, weight: points * requested", "lots: {A: {amount: 5}}")[:2] == [
        "* Sredstva sklopa se razdelijo sorazmerno z utežjo točke × »Zaprošeno«: znesek = utež × vrednost enote.",
        "* Kar vlogi nad njeno mejo ne pripada, ostane nerazdeljeno.",
    ]


@pytest.mark.parametrize(
    ("drop", "said"),
    [
        (
            "lowest",
            "Če bi kdo prejel manj kot 100,00 EUR, odpade najnižji in sredstva se razdelijo znova, dokler takih ni več.",
        ),
        ("all", "Kdor bi prejel manj kot 100,00 EUR, ne prejme nič; sredstva se razdelijo med druge."),
    ],
)
def test_the_least_award(drop: str, said: str) -> None:
    assert shares(f"minimum_grant: {{amount: 100, drop: {drop}}}")[2] == f"* {said}"


def test_set_asides() -> None:
    of_one = "set_asides: {new: {where: clean, percent: 10, lots: [A], title: NVO}}"
    assert shares(of_one, "lots: {A: {title: Prvi, amount: 5}, B: {amount: 5}}")[0] == (
        "* Najprej se razdeli 10 % sredstev v sklopu »Prvi«, namenjeno za: NVO (če velja »Nov«); kar ne porabijo, je na "
        "voljo vsem. Tudi te vloge sodelujejo pri delitvi ostalih sredstev."
    )
    asides = "set_asides: {new: {where: clean, percent: 10, title: Novi programi}, old: {where: not clean, amount: 50, unused: stays}}"
    assert shares(asides)[:2] == [
        "* Najprej se razdeli 10 % sredstev, namenjeno za: novi programi (če velja »Nov«); kar ne porabijo, je na voljo vsem. Tudi te vloge sodelujejo pri delitvi ostalih sredstev.",
        "* Najprej se razdeli 50,00 EUR, namenjeno za: old (če ne velja »Nov«); kar ne porabijo, ostane. Tudi te vloge sodelujejo pri delitvi ostalih sredstev.",
    ]


def test_limits() -> None:
    rules = of(
        """
        lots: {A: {amount: 1000}, B: {amount: 1000}}
        allocation:
          request: requested
          entitlement: 0.8 * cost
          round: 2
          limits:
            share: {amount: 0.5 * cost, title: polovica stroškov, article: 6. člen}
            cap: {amount: 600, where: clean, lots: [A, B]}
            person: {amount: 900.50, per: applicant}
            several: {amount: 1500, per: all}
        """
    )
    assert blocks(*limits(SL, rules)) == [
        "Nobena vloga ne more prejeti več, kot dopušča vsaka od teh mej:",
        "* zaprošeni znesek",
        "* upravičeni znesek: 0,8 × »Stroški«; zaokroženo na cent (polovica navzgor)",
        "* polovica stroškov: 0,5 × »Stroški« (6. člen)",
        "* cap: 600,00 EUR, v sklopih »A« in »B«, če velja »Nov«",
        "* person: 900,50 EUR za vse vloge istega prijavitelja skupaj; sklopi jo porabljajo po vrsti: »A«, »B«",
        "* several: 1.500,00 EUR za vse te vloge skupaj; sklopi jo porabljajo po vrsti: »A«, »B«",
    ]
    plain = of("budget: 9\nallocation: {request: requested, entitlement: cost}")
    assert blocks(*limits(EN, plain))[1:] == ["* the amount requested", "* the entitlement: 'Stroški'"]


def test_which_lot_uses_a_joint_limit_first() -> None:
    lots = "lots: {A: {title: Prvi, amount: 9}, B: {amount: 9, leftover_to: A}, C: {amount: 9}}\nallocation: "
    joint = "limits: {one: {amount: 5, per: all}, two: {amount: 5, per: applicant, lots: [A, C]}, three: {amount: 5, per: all, lots: [C]}}"
    assert blocks(*limits(EN, of(f"{lots}{{request: requested, {joint}}}")))[2:] == [
        "* one: 5.00 EUR for all these applications together; the lots use it in turn: 'B', 'Prvi', 'C'",
        "* two: 5.00 EUR for all applications of one applicant together, in the lots 'Prvi' and 'C'; the lots use it in "
        "turn: 'Prvi', 'C'",
        "* three: 5.00 EUR for all these applications together, in the lot 'C'",
    ]
    shared = blocks(*limits(SL, of(f"{lots}{{request: requested, fill: proportional, {joint}}}")))
    assert shared[2] == "* one: 5,00 EUR za vse te vloge skupaj"


def test_in_short() -> None:
    rules = of(
        """
        criteria: {it: {kind: marks, title: M, max: 50}}
        total: {max: 50}
        thresholds: [{of: it, at_least: 1}, {of: total, at_least: 20}]
        lots: {A: {amount: 10}, B: {amount: 20}}
        allocation: {request: requested, limits: {cap: {amount: 8}, part: {amount: cost}, few: {amount: 1, where: clean}}}
        """
    )
    assert lines(*brief(SL, rules)) == [
        "# Na kratko",
        "* Razpisana sredstva: 30,00 EUR v 2 sklopih.",
        "* Ena vloga lahko prejme največ 8,00 EUR.",
        "* Potrebne točke: najmanj 20 od 50.",
    ]
    one = of(
        "thresholds: [{of: total, more_than: 2}]\ncriteria: {it: {kind: marks, title: M, max: 5}}\nbudget: 5\nallocation: {request: requested}"
    )
    assert lines(*brief(EN, one)) == ["# In short", "* Money available: 5.00 EUR.", "* Points needed: more than 2."]
    most = of("criteria: {it: {kind: marks, title: M, max: 5}}\ntotal: {max: 5}")
    assert lines(*brief(SL, most)) == ["# Na kratko", "* Največ točk: 5."]
    assert brief(SL, of()) == ()


def test_below_the_threshold_of_the_money_one_is_on_the_reserve_list() -> None:
    settings = "reserve_list: true, money_threshold: {at_most: 1.5}, set_asides: {new: {where: clean, amount: 5}}"
    rules = of(f"budget: 10\nallocation: {{request: requested, {settings}}}")
    told = blocks(*division(SL, rules))
    assert [line.split(" ")[1] for line in told] == ["V", "Najprej", "Sredstva", "Vloge,", "Znesek"]
    assert told[3] == (
        "* Vloge, ki bi jim po pravilih kaj pripadalo, pa niso prejele nič, ostanejo na rezervnem seznamu, tudi tiste pod "
        "pragom, ki sledi iz sredstev."
    )


def test_every_lot_has_a_threshold_of_its_own_money() -> None:
    settings = "allocation: {request: requested, money_threshold: {at_most: 1}}"
    told = [blocks(*division(one, of(f"lots: {{A: {{amount: 5}}}}\n{settings}")))[0] for one in (SL, EN)]
    assert [line.partition(":")[0] for line in told] == [
        "* V delitvi vsakega sklopa sodelujejo vloge, ki dosežejo prag, ki sledi iz sredstev tega sklopa",
        "* In each lot those take part who reach a threshold that follows from its money",
    ]


def test_of_several_thresholds_on_the_total_the_highest_is_needed() -> None:
    rules = of(
        "thresholds: [{of: total, at_least: 2}, {of: total, more_than: 3}, {of: total, at_least: 3}]\n"
        "criteria: {it: {kind: marks, title: M, max: 5}}"
    )
    assert lines(*brief(SL, rules)) == ["# Na kratko", "* Potrebne točke: več kot 3."]
