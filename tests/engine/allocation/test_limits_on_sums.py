"""Limits on sums: an applicant over all lots, a class, the whole budget over its lots."""

from __future__ import annotations

from fractions import Fraction

import pytest

from razpis.engine.problems import Problems
from razpis.engine.rulebook import Rulebook
from tests.engine.allocation.sharing import Ask, awards, cents, divided, rules
from tests.engine.making import said

LOTS = "lots: {A: {amount: 1000}, B: {amount: 1000}}"
JOINT = "limits: {joint: {amount: 500, per: applicant%s}}"
TWICE = {
    "a": Ask(9, 400, lot="A", applicant="P"),
    "b": Ask(8, 400, lot="B", applicant="P"),
    "c": Ask(7, 400, lot="B", applicant="Q"),
    "d": Ask(6, 400, lot="B", applicant="P"),
}


def test_in_rank_order_an_applicants_limit_shortens_what_is_wanted() -> None:
    assert cents(divided(rules(JOINT % "", LOTS), **TWICE)) == {
        "a": (40000, "request"),
        "b": (10000, "joint"),
        "c": (40000, "request"),
        "d": (0, "joint"),
    }


@pytest.mark.parametrize(
    ("edge", "granted"),
    [
        ("part", {"a": 40000, "b": 10000, "c": 40000, "d": 0}),
        ("skip", {"a": 40000, "b": 0, "c": 40000, "d": 0}),
        ("stop", {"a": 40000, "b": 0, "c": 0, "d": 0}),
    ],
)
def test_where_it_is_an_edge_the_edge_rule_decides(edge: str, granted: dict[str, int]) -> None:
    found = cents(divided(rules(f"edge: {edge}, {JOINT % ', binds: edge'}", LOTS), **TWICE))
    assert {id_: amount for id_, (amount, _) in found.items()} == granted
    assert {found["b"][1], found["d"][1]} == {"joint"}


def test_a_limit_on_a_sum_may_count_some_lots_or_some_applications_only() -> None:
    in_b = cents(divided(rules("limits: {joint: {amount: 500, per: applicant, lots: [B]}}", LOTS), **TWICE))
    assert {id_: amount for id_, (amount, _) in in_b.items()} == {"a": 40000, "b": 40000, "c": 40000, "d": 10000}
    young = {id_: ask._replace(young=id_ in "ac") for id_, ask in TWICE.items()}
    found = cents(divided(rules("limits: {youth: {amount: 500, per: all, where: young}}", LOTS), **young))
    assert found == {
        "a": (40000, "request"),
        "b": (40000, "request"),
        "c": (10000, "youth"),
        "d": (40000, "request"),
    }


def test_the_whole_budget_may_be_less_than_its_lots_together() -> None:
    found = cents(divided(rules("", f"budget: 1200\n{LOTS}"), **TWICE))
    assert found == {"a": (40000, "request"), "b": (40000, "request"), "c": (40000, "request"), "d": (0, "budget")}
    assert cents(divided(rules("", f"budget: 1100\n{LOTS}"), **TWICE))["c"] == (30000, "budget")


def test_a_limit_on_an_applicant_needs_to_know_who_it_is() -> None:
    asks = {"a": Ask(9, 400, lot="A"), "b": Ask(8, 400, lot="B", applicant="P"), "c": Ask(8, 400, lot="B")}
    with pytest.raises(Problems) as caught:
        divided(rules(JOINT % "", LOTS), **asks)
    assert said(caught.value.problems) == [
        f"vloge.csv:{line}:1: vloga {id_}: omejitev »joint« velja za prijavitelja, podatka »applicant« pa ni"
        for id_, line in (("a", 2), ("c", 4))
    ]


def test_a_negative_limit_on_a_sum_is_nothing() -> None:
    assert cents(divided(rules("limits: {all: {amount: 3 - 5, per: all}}"), a=Ask(1, 5))) == {"a": (0, "all")}


@pytest.mark.parametrize(("amount", "given"), [("0", 0), ("200 / 3", 6666)])
def test_a_limit_on_a_sum_holds_whole_cents_only(amount: str, given: int) -> None:
    found = divided(rules(f"limits: {{joint: {{amount: {amount}, per: all}}}}"), a=Ask(9, 300))
    assert cents(found) == {"a": (given, "joint")}
    assert found.certificate.failing == ()


def test_a_limit_that_shortens_does_so_behind_one_that_is_an_edge() -> None:
    limits = "limits: {wide: {amount: 900, per: all, binds: edge}, joint: {amount: 500, per: all}}"
    found = divided(rules(limits), a=Ask(9, 800))
    assert cents(found) == {"a": (50000, "joint")}
    assert found.certificate.failing == ()


# Shared proportionally


def test_in_a_proportional_fill_an_applicant_held_by_its_limit_leaves_the_rest_to_others() -> None:
    asks = {
        "a": Ask(4, 900, lot="A", applicant="P", young=True),
        "b": Ask(6, 900, lot="A", applicant="Q"),
        "c": Ask(4, 900, lot="B", applicant="P", young=True),
        "d": Ask(2, 900, lot="B", applicant="R"),
    }
    found = awards(divided(rules(f"fill: proportional, {JOINT % ', where: young'}", LOTS), **asks))
    assert {id_: (found[id_].cents, found[id_].limited_by, found[id_].level) for id_ in "abcd"} == {
        "a": (25000, "joint", 6250),
        "b": (75000, "level", 12500),
        "c": (25000, "joint", 6250),
        "d": (75000, "level", 37500),
    }


def test_the_whole_budget_holds_all_lots_at_one_level() -> None:
    asks = {"a": Ask(3, 900, lot="A"), "b": Ask(1, 900, lot="B"), "c": Ask(8, 900, lot="B")}
    found = divided(rules("fill: proportional", f"budget: 1200\n{LOTS}"), **asks)
    assert cents(found) == {"a": (30000, "level"), "b": (10000, "level"), "c": (80000, "level")}
    assert [(lot.lot, lot.value_of_point) for lot in found.lots] == [("A", 10000), ("B", 10000)]


def test_a_lot_fills_before_the_whole_budget_does() -> None:
    asks = {"a": Ask(1, 900, lot="A"), "b": Ask(9, 900, lot="B"), "c": Ask(9, 900, lot="B")}
    found = divided(rules("fill: proportional", f"budget: 1700\n{LOTS}"), **asks)
    assert cents(found) == {"a": (70000, "level"), "b": (50000, "level"), "c": (50000, "level")}
    assert [(lot.lot, lot.value_of_point) for lot in found.lots] == [("A", 70000), ("B", Fraction(50000, 9))]


def test_without_resharing_a_limit_on_a_sum_lowers_its_members_to_one_level() -> None:
    asks = {
        "a": Ask(4, 900, applicant="P"),
        "b": Ask(4, 100, applicant="P"),
        "c": Ask(2, 900, applicant="Q"),
    }
    call = rules("fill: proportional, resharing: false, limits: {joint: {amount: 300, per: applicant}}")
    found = awards(divided(call, **asks))
    assert {id_: (found[id_].cents, found[id_].limited_by, found[id_].level) for id_ in "abc"} == {
        "a": (20000, "joint", 5000),
        "b": (10000, "request", None),
        "c": (20000, "level", 10000),
    }


def test_a_joint_limit_rounds_down_rather_than_being_broken() -> None:
    asks = {id_: Ask(1, 9, young=True) for id_ in "ab"} | {"c": Ask(1, 9)}
    call = rules("fill: proportional, limits: {joint: {amount: 0.05, per: all, where: young}}")
    found = awards(divided(call, **asks))
    assert {id_: (found[id_].cents, found[id_].rounded_down) for id_ in "abc"} == {
        "a": (2, True),
        "b": (2, True),
        "c": (900, False),
    }


def test_at_a_shared_place_an_applicants_limit_is_shared_by_its_own_applications_alone() -> None:
    asks = {id_: Ask(5, 800, lot="A", applicant="P") for id_ in "ab"} | {"c": Ask(5, 800, lot="A", applicant="Q")}
    call = rules(f"edge: stop, {JOINT % ', lots: [A]'}".replace("500", "1000"), LOTS.replace("1000", "5000"))
    found = divided(call, **asks, d=Ask(1, 100, lot="A", applicant="R"))
    assert cents(found) == {
        "a": (50000, "joint"),
        "b": (50000, "joint"),
        "c": (80000, "request"),
        "d": (10000, "request"),
    }
    assert found.certificate.failing == ()


# A tie that is open in one lot, and a limit that another lot shares with it

TWO_LOTS = "lots: {A: {amount: 500}, B: {amount: 1000}}"
TIED = {"a": Ask(9, 400, lot="A", applicant="P"), "b": Ask(9, 400, lot="A", applicant="Q")}
LATER = {"c": Ask(8, 300, lot="B", applicant="P"), "d": Ask(7, 100, lot="B", applicant="R")}


def waiting(call: Rulebook, **asks: Ask) -> str:
    """The applications that wait for an open tie, by their letters."""
    found = divided(call, **asks)
    assert found.certificate.failing == ()
    return "".join(id_ for id_, award in sorted(awards(found).items()) if award.undecided)


@pytest.mark.parametrize("binds", ["", ", binds: edge"])
def test_who_shares_a_limit_with_an_open_tie_waits_with_the_rest_of_its_lot(binds: str) -> None:
    """Applicant P may get 500 EUR in all: c gets 300 or 100 of them, whether a or b is drawn first."""
    call = rules(JOINT % binds, TWO_LOTS, "open")
    assert waiting(call, **TIED, **LATER) == "abcd"
    assert waiting(call, **TIED, d=LATER["d"]) == "ab"


def test_who_fits_under_the_limit_beside_the_open_tie_does_not_wait() -> None:
    call = rules(JOINT % "", TWO_LOTS, "open")
    assert waiting(call, **TIED, c=Ask(8, 100, lot="B", applicant="P")) == "ab"


@pytest.mark.parametrize("binds", ["", ", binds: edge"])
def test_where_the_limit_is_used_up_before_the_tie_nothing_waits_for_it(binds: str) -> None:
    first = {"e": Ask(10, 500, lot="A", applicant="P")}
    call = rules(JOINT % binds, TWO_LOTS.replace("A: {amount: 500}", "A: {amount: 900}"), "open")
    others = {"a": Ask(9, 300, lot="A", applicant="Q"), "b": Ask(9, 300, lot="A", applicant="R")}
    assert waiting(call, **first, **others, c=LATER["c"]) == "ab"


@pytest.mark.parametrize(("amount", "expected"), [("500", "ab"), ("500.01", "abc")])
def test_the_last_cent_of_a_limit_is_still_worth_waiting_for(amount: str, expected: str) -> None:
    """With e's 500 EUR the limit of applicant P is used up, or all but a cent of it."""
    call = rules((JOINT % ", binds: edge").replace("500", amount), TWO_LOTS.replace("500", "900"), "open")
    tied = {id_: ask._replace(requested=300) for id_, ask in TIED.items()}
    assert waiting(call, e=Ask(10, 500, lot="A", applicant="P"), **tied, c=LATER["c"]) == expected


def test_who_uses_up_money_that_the_tie_has_no_part_in_does_not_wait() -> None:
    assert waiting(rules(JOINT % "", TWO_LOTS, "open"), **TIED, c=Ask(8, 1000, lot="B", applicant="R")) == "ab"
    empty = rules(f"most_winners: 1, {JOINT % ''}", TWO_LOTS.replace("A: {amount: 500}", "A: {amount: 0}"), "open")
    assert waiting(empty, **TIED, c=Ask(8, 500, lot="B", applicant="P")) == "ab"


def test_equals_that_an_empty_lot_leaves_without_money_do_not_wait() -> None:
    call = rules(JOINT % "", "lots: {A: {amount: 499.99}}", "open")
    tied = {id_: ask._replace(applicant="P") for id_, ask in TIED.items()}
    found = divided(call, e=Ask(10, Fraction(49999, 100), lot="A", applicant="P"), **tied)
    assert cents(found) == {"a": (0, "A"), "b": (0, "A"), "e": (49999, "request")}
    assert found.certificate.failing == ()


@pytest.mark.parametrize(("budget", "expected"), [(1500, "ab"), (1300, "abc")])
def test_an_open_tie_takes_no_more_of_the_whole_budget_than_its_lot_holds(budget: int, expected: str) -> None:
    call = rules("", f"budget: {budget}\n{TWO_LOTS}", "open")
    assert waiting(call, **TIED, c=Ask(8, 900, lot="B")) == expected


def test_a_lot_that_is_filled_later_waits_too() -> None:
    lots = TWO_LOTS.replace("}}", "}, C: {amount: 100, leftover_to: B}}")
    assert waiting(rules(JOINT % "", lots, "open"), **TIED, **LATER) == "abcd"
    call = rules(f"leftovers: second_pass, {JOINT % ''}", TWO_LOTS.replace("500", "400"), "open")
    more = {"c": Ask(8, 1100, lot="B", applicant="Q"), "d": Ask(7, 100, lot="B", applicant="R")}
    assert waiting(call, **TIED, **more) == "abcd"


# A class that is shared by lots filled one after another: A passes its leftover on to B, so B comes after A

IN_TURN = "lots: {A: {amount: 10000, leftover_to: B}, B: {amount: 1000}}"


@pytest.mark.parametrize(("cap", "expected"), [("900", "ae"), ("899.99", "aef")])
def test_one_that_got_a_part_already_waits_for_the_rest_alone(cap: str, expected: str) -> None:
    """Of what all may get a has 100 EUR from the set-aside; a and e want 500 more, and f wants 300."""
    call = rules(
        f"set_asides: {{youth: {{where: young, amount: 100, lots: [A]}}}}, "
        f"limits: {{tied: {{amount: 500, per: all, where: points >= 9}}, all: {{amount: {cap}, per: all}}}}",
        IN_TURN,
        "open",
    )
    asks = {"a": Ask(9, 300, lot="A", young=True), "e": Ask(9, 300, lot="A"), "f": Ask(8, 300, lot="B")}
    assert waiting(call, **asks) == expected


def test_nobody_waits_for_one_whose_award_is_decided() -> None:
    limits = "limits: {few: {amount: 300, per: all, where: points >= 9}, all: {amount: 700, per: all}}"
    call = rules(limits, IN_TURN, "open")
    assert waiting(call, a=Ask(9, 500, lot="A"), f=Ask(8, 400, lot="B")) == ""


def test_lots_that_pass_nothing_on_use_a_limit_in_the_order_of_the_file() -> None:
    """B passes its leftover on and comes first; of A and C, which do not, A stands first in the file."""
    lots = "lots: {A: {amount: 100}, C: {amount: 100}, B: {amount: 10, leftover_to: A}, D: {amount: 5, leftover_to: B}}"
    each = {lot: Ask(5, 60, lot=lot, applicant="P") for lot in "ABCD"}
    found = divided(rules("limits: {joint: {amount: 100, per: applicant}}", lots), **each)
    assert cents(found) == {"D": (500, "D"), "B": (1000, "B"), "A": (6000, "request"), "C": (2500, "joint")}
    assert found.certificate.failing == ()
