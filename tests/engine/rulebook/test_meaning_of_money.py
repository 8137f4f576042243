"""Lots, budget lines, limits, set-asides and the request: what does not fit together."""

from __future__ import annotations

import pytest

from tests.engine.factories import lines, marked, rulebook, rulebook_text

TAKEN = "ime »{}« je že zasedeno; izberite drugo"
UNKNOWN = "neznano ime »{}«"
NEEDS = "tu je potrebno: {}; izraz pa da: {}"
ONE_OF = "sklop ima natanko eno od: amount, line (vrstica proračuna)"
LINE = "vrstica ima natanko eno od: amount, percent, percent_of_rest, rest: true"
EXACTLY = "zapišite natanko eno od: amount, percent"
ALLOCATION = "manjka »allocation«: kako se sredstva razdelijo"
HELD = "vrstica »{}« je rezerva ali se deli naprej"
SUM = "skupna omejitev (per: {}) je lahko le število, na primer 5000; podatkov ne bere"
REQUEST = "request: requested"


def meant(text, hint):
    return f"{text} – ste mislili »{hint}«?"


def given(name):
    return f"podatek »{name}« morda ni izpolnjen; v izraz dodajte »… if answered({name}) else …«"


def back(*lots):
    alone = len(lots) == 2
    advice = "izbrišite »leftover_to« ali vpišite drug sklop" if alone else "pri enem od njih izbrišite »leftover_to«"
    return f"ostanek bi se vrnil v sklop »{lots[-1]}«: {' → '.join(lots)}; {advice}"


def money(budget="1000", allocation=REQUEST, **parts):
    return {"budget": budget, "allocation": "{" + allocation + "}", **parts}


def lots(text, budget=None, allocation=REQUEST):
    return ({"budget": budget} if budget else {}) | {"lots": text, "allocation": "{" + allocation + "}"}


@pytest.mark.parametrize(
    ("parts", "messages"),
    [
        # money and how it is divided belong together
        ({"▸budget": "1000"}, [ALLOCATION]),
        ({"▸lots": "{A: {amount: 1}}"}, [ALLOCATION]),
        ({"▸allocation": "{request: requested}"}, ["manjka »budget« ali »lots«: koliko je sredstev"]),
        # the request
        (money(allocation="request: ▸requsted"), [meant("neznan podatek »requsted«", "requested")]),
        (money(allocation="request: ▸title"), [NEEDS.format("število", "besedilo")]),
        (
            money(allocation="request: ▸staff"),
            ["podatek »staff« mora biti vedno izpolnjen; polju dajte »required: true«"],
        ),
        (money(allocation=REQUEST + ", entitlement: ▸title"), [NEEDS.format("število", "besedilo")]),
        (money(allocation=REQUEST + ", entitlement: ▸staff"), [given("staff")]),
        (
            money(allocation=REQUEST + ", fill: proportional, weight: ▸point"),
            [meant("neznan podatek »point«", "points")],
        ),
        (
            money(allocation=REQUEST + ", ▸minimum_grant: {amount: 5}"),
            ["najnižji znesek velja za sorazmerno delitev; pri vrstnem redu uporabite »minimum_useful«"],
        ),
        # limits and set-asides
        (
            money(allocation=REQUEST + ", limits: {▸request: {amount: 1}, ▸level: {amount: 1}}"),
            [TAKEN.format("request"), TAKEN.format("level")],
        ),
        (lots("{a: {amount: 1}}", allocation=REQUEST + ", limits: {▸a: {amount: 1}}"), [TAKEN.format("a")]),
        (money(allocation=REQUEST + ", limits: {l: {amount: ▸local}}"), [NEEDS.format("število", "da/ne")]),
        (money(allocation=REQUEST + ", limits: {l: {amount: ▸staff}}"), [given("staff")]),
        (money(allocation=REQUEST + ", limits: {l: {amount: 5 * ▸requested, per: all}}"), [SUM.format("all")]),
        (money(allocation=REQUEST + ", limits: {l: {amount: ▸staff, per: applicant}}"), [SUM.format("applicant")]),
        (money(allocation=REQUEST + ", limits: {l: {amount: 5 * ▸wage, per: all}}"), ["neznan podatek »wage«"]),
        (money(allocation=REQUEST + ", limits: {l: {amount: 1, where: ▸members}}"), [NEEDS.format("da/ne", "število")]),
        (money(allocation=REQUEST + ", limits: {l: {amount: 1, where: ▸staff > 1}}"), [given("staff")]),
        (
            lots("{A: {amount: 1}}", allocation=REQUEST + ", limits: {l: {amount: 1, lots: [A, ▸B]}}"),
            [UNKNOWN.format("B") + "; na voljo: A"],
        ),
        (
            money(allocation=REQUEST + ", limits: {l: {amount: 1}}, set_asides: {▸l: {where: local, amount: 1}}"),
            [TAKEN.format("l")],
        ),
        (money(allocation=REQUEST + ", set_asides: {▸s: {where: local}}"), [EXACTLY]),
        (money(allocation=REQUEST + ", set_asides: {▸s: {where: local, amount: 1, percent: 1}}"), [EXACTLY]),
        (
            money(allocation=REQUEST + ", set_asides: {s: {where: ▸members, percent: 5, lots: [▸A]}}"),
            [NEEDS.format("da/ne", "število"), UNKNOWN.format("A")],
        ),
        # lots
        (lots("{▸A: {}, ▸B: {amount: 1, line: b}}", budget="{amount: 9, lines: {b: {rest: true}}}"), [ONE_OF, ONE_OF]),
        (lots("{A: {line: ▸bb}}", budget="{amount: 9, lines: {b: {rest: true}}}"), [meant(UNKNOWN.format("bb"), "b")]),
        (lots("{A: {line: ▸b}}", budget="{amount: 9, lines: {b: {rest: true, reserve: true}}}"), [HELD.format("b")]),
        (
            lots("{A: {line: ▸b}}", budget="{amount: 9, lines: {b: {rest: true, lines: {c: {rest: true}}}}}"),
            [HELD.format("b")],
        ),
        (
            lots("{A: {line: b}, B: {line: ▸b}, C: {line: ▸b}}", budget="{amount: 9, lines: {b: {rest: true}}}"),
            ["vrstico »b« že ima sklop »A«; vpišite drugo"] * 2,
        ),
        (lots("{A: {amount: 1, leftover_to: ▸C}, B: {amount: 1}}"), [UNKNOWN.format("C") + "; na voljo: A, B"]),
        (lots("{A: {amount: 1, leftover_to: ▸A}}"), [back("A", "A")]),
        (lots("{A: {amount: 1, leftover_to: ▸B}, B: {amount: 1, leftover_to: A}}"), [back("A", "B", "A")]),
        (
            lots(
                "{D: {amount: 1, leftover_to: C}, A: {amount: 1, leftover_to: ▸B}, B: {amount: 1, leftover_to: C}, "
                "C: {amount: 1, leftover_to: A}}"
            ),
            [back("A", "B", "C", "A")],
        ),
        (lots("{A: {amount: 1, leftover_to: B}, B: {amount: 1, leftover_to: ▸B}}"), [back("B", "B")]),
        (
            lots("{A: {amount: 1, leftover_to: B}, B: {amount: 1, leftover_to: ▸C}}"),
            [UNKNOWN.format("C") + "; na voljo: A, B"],
        ),
        # budget
        (
            {"▸budget": "{amount: 9, lines: {b: {rest: true}}}", "allocation": "{request: requested}"},
            ["proračun ima vrstice, razpis pa nima sklopov (lots: … line: …)"],
        ),
        (lots("{A: {line: b}}", budget="{amount: 9, lines: {b: ▸{amount: 1, rest: true}}}"), [LINE]),
        (lots("{A: {line: b}}", budget="{amount: 9, lines: {b: ▸{title: T}}}"), [LINE]),
        (
            lots("{A: {line: b}}", budget="{amount: 9, lines: {b: {rest: true}, c: {rest: ▸true, reserve: true}}}"),
            ["preostanek sme imeti le ena vrstica"],
        ),
        (
            lots("{A: {line: b}}", budget="{amount: 9, lines: ▸{b: {amount: 7}, c: {amount: 5.50, reserve: true}}}"),
            ["vrstice presegajo razpoložljivo za 3,50 EUR; znižajte jih ali eni dajte »rest: true«"],
        ),
        (
            lots("{A: {line: b}}", budget="{amount: 9, lines: ▸{b: {amount: 7676.54}, c: {rest: true}}}"),
            ["vrstice presegajo razpoložljivo za 7.667,54 EUR; znižajte jih"],
        ),
        (
            lots("{A: {line: b}}", budget="{amount: 9, lines: ▸{b: {percent: 62.5}, c: {percent: 60}}}"),
            ["odstotki (percent) skupaj dajo 122,5 %; znižajte jih ali eni dajte »rest: true«"],
        ),
        (
            lots(
                "{A: {line: b}}",
                budget="{amount: 9, lines: ▸{b: {percent_of_rest: 60}, c: {percent_of_rest: 60}, d: {rest: true}}}",
            ),
            ["odstotki (percent_of_rest) skupaj dajo 120 %; znižajte jih"],
        ),
        (
            lots("{A: {line: b}}", budget="{amount: 9, committed: ▸10, lines: {b: {percent: 100}}}"),
            ["obveznosti presegajo sredstva"],
        ),
        (
            lots("{A: {line: b}}", budget="{amount: 9, lines: {b: {percent: 50, committed: ▸5}}}"),
            ["obveznosti presegajo znesek vrstice"],
        ),
    ],
)
def test_what_does_not_fit_together_is_told_at_its_place(parts, messages):
    content, expected = marked(rulebook_text(**parts), *messages)
    assert lines(content) == expected


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"▸budget": "1000"}, "'allocation' is missing: how the money is divided"),
        ({"▸allocation": "{request: requested}"}, "'budget' or 'lots' is missing: how much money there is"),
        (money(allocation="request: ▸staff"), "the fact 'staff' must always be given; give the field 'required: true'"),
        (
            money(allocation=REQUEST + ", ▸minimum_grant: {amount: 5}"),
            "a least award belongs to a proportional fill; in rank order use 'minimum_useful'",
        ),
        (money(allocation=REQUEST + ", set_asides: {▸s: {where: local}}"), "write exactly one of: amount, percent"),
        (lots("{▸A: {}}"), "a lot has exactly one of: amount, line (of the budget)"),
        (
            lots("{A: {amount: 1, leftover_to: ▸A}}"),
            "the leftover would come back to lot 'A': A → A; delete 'leftover_to' or write another lot",
        ),
        (
            lots("{A: {amount: 1, leftover_to: ▸B}, B: {amount: 1, leftover_to: A}}"),
            "the leftover would come back to lot 'A': A → B → A; delete 'leftover_to' at one of them",
        ),
        (
            lots("{A: {line: b}}", budget="{amount: 9, lines: {b: ▸{}}}"),
            "a line has exactly one of: amount, percent, percent_of_rest, rest: true",
        ),
        (
            lots("{A: {line: b}}", budget="{amount: 9, lines: ▸{b: {amount: 1010}}}"),
            "the lines exceed what there is by 1,001.00 EUR; lower them or give one of them 'rest: true'",
        ),
        (
            lots("{A: {line: b}}", budget="{amount: 9, committed: ▸10, lines: {b: {percent: 100}}}"),
            "more is committed than there is",
        ),
        (
            lots("{A: {line: ▸b}}", budget="{amount: 9, lines: {b: {rest: true, reserve: true}}}"),
            "the line 'b' is a reserve or is divided further",
        ),
    ],
)
def test_the_same_is_told_in_english(parts, message):
    content, expected = marked(rulebook_text(**parts), message)
    assert lines(content, "en") == expected


def test_a_line_that_stands_twice_in_the_tree_is_told():
    budget = "{amount: 9, lines: {a: {amount: 4, lines: {b: {rest: true}}}, ▸b: {rest: true}}}"
    content, expected = marked(
        rulebook_text(**lots("{A: {amount: 1}}", budget=budget)), "vrstica »b« je zapisana dvakrat; eno preimenujte"
    )
    assert lines(content) == expected


# What the engine gets


def test_a_call_without_lots_has_one_nameless_lot_with_the_whole_budget():
    rules = rulebook(**money(budget="{amount: '10.000,00', committed: 1500.50}"))
    assert list(rules.lots) == [""]
    assert rules.lot_cents("") == 849_950
    assert rules.edge("") == "part"


def test_a_call_that_divides_no_money_has_no_lots():
    rules = rulebook()
    assert (dict(rules.lots), rules.allocation, rules.budget_lines) == ({}, None, ())


def test_a_lot_has_its_amount_or_its_line_and_its_own_edge():
    budget = "{amount: 1000, lines: {a: {percent: 25, committed: 50}, b: {rest: true}}}"
    rules = rulebook(
        **lots("{A: {line: a}, B: {amount: 7.50, edge: stop}}", budget=budget, allocation=REQUEST + ", edge: skip")
    )
    assert {lot: (rules.lot_cents(lot), rules.edge(lot)) for lot in rules.lots} == {
        "A": (20_000, "skip"),
        "B": (750, "stop"),
    }


def test_the_entitlement_is_the_request_unless_it_is_stated():
    assert rulebook(**money()).allocation.entitlement.source == "requested"
    stated = rulebook(**money(allocation=REQUEST + ", entitlement: 'min(requested, points * 10)'"))
    assert stated.allocation.entitlement.source == "min(requested, points * 10)"
    assert stated.allocation.entitlement.reads == {"requested", "points"}


def test_a_limit_on_a_sum_is_the_same_amount_for_all():
    rules = rulebook(**money(allocation=REQUEST + ", limits: {cap: {amount: 1500 * 2, per: all, where: local}}"))
    (limit,) = rules.allocation.limits
    assert (limit.key, limit.where.source) == ("cap", "local")
    assert rules.allocation_limit("cap") == 3000


def test_a_set_aside_keeps_its_test():
    rules = rulebook(**money(allocation=REQUEST + ", set_asides: {young: {where: members < 5, percent: 10}}"))
    (kept,) = rules.allocation.set_asides
    assert (kept.key, kept.where.source, kept.rule.percent) == ("young", "members < 5", 10)
