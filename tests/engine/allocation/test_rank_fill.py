"""Fill in rank order: edges, minimum useful amounts, shared places, open ties, limits on sums."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.engine.allocation.sharing import Ask, awards, cents, divided, only_lot, rules


def test_each_takes_what_it_asks_for_while_the_money_lasts() -> None:
    lot = only_lot(divided(rules(""), b=Ask(2, 400), a=Ask(3, 600), c=Ask(1, 50)))
    assert [(one.id, one.cents, one.limited_by, one.available) for one in lot.awards] == [
        ("a", 60000, "request", 100000),
        ("b", 40000, "request", 40000),
        ("c", 0, "budget", 0),
    ]
    assert (lot.amount, lot.spent, lot.left, lot.value_of_point) == (100000, 100000, 0, None)


EDGE = {"a": Ask(5, 700), "b": Ask(4, 500), "c": Ask(3, 100), "d": Ask(2, 900), "e": Ask(1, 200)}


@pytest.mark.parametrize(
    ("edge", "granted"),
    [
        (
            "part",
            {
                "a": (70000, "request"),
                "b": (30000, "budget"),
                "c": (0, "budget"),
                "d": (0, "budget"),
                "e": (0, "budget"),
            },
        ),
        (
            "skip",
            {
                "a": (70000, "request"),
                "b": (0, "budget"),
                "c": (10000, "request"),
                "d": (0, "budget"),
                "e": (20000, "request"),
            },
        ),
        (
            "stop",
            {"a": (70000, "request"), "b": (0, "budget"), "c": (0, "budget"), "d": (0, "budget"), "e": (0, "budget")},
        ),
    ],
)
def test_what_happens_at_the_edge_is_what_the_rulebook_says(edge: str, granted: dict[str, tuple[int, str]]) -> None:
    evaluation = divided(rules(f"edge: {edge}"), **EDGE)
    assert cents(evaluation) == granted
    assert only_lot(evaluation).left == 100000 - sum(amount for amount, _ in granted.values())


def test_after_a_stop_what_was_left_is_still_shown() -> None:
    found = awards(divided(rules("edge: stop"), **EDGE))
    assert [found[id_].available for id_ in "abcde"] == [100000, 30000, 30000, 30000, 30000]


def test_a_lot_may_have_its_own_edge() -> None:
    lots = "lots: {A: {amount: 1000, edge: skip}, B: {amount: 1000}}"
    asks = {f"{id_}{lot}": ask._replace(lot=lot) for lot in "AB" for id_, ask in EDGE.items()}
    found = cents(divided(rules("edge: stop", lots), **asks))
    assert {id_: amount for id_, (amount, _) in found.items()} == {
        "aA": 70000, "bA": 0, "cA": 10000, "dA": 0, "eA": 20000,
        "aB": 70000, "bB": 0, "cB": 0, "dB": 0, "eB": 0,
    }  # fmt: skip
    assert (found["bA"][1], found["bB"][1]) == ("A", "B")


@pytest.mark.parametrize(("useful", "part", "last"), [("300", 30000, 0), ("300.01", 0, 30000), ("0", 30000, 0)])
def test_a_part_below_the_minimum_useful_amount_is_not_granted(useful: str, part: int, last: int) -> None:
    found = cents(divided(rules(f"minimum_useful: {useful}"), a=Ask(3, 700), b=Ask(2, 500), c=Ask(1, 300)))
    assert found == {
        "a": (70000, "request"),
        "b": (part, "budget"),
        "c": (last, "request" if last else "budget"),
    }


def test_a_shared_place_is_paid_whole_or_in_equal_proportion() -> None:
    asks = {"a": Ask(3, 500), "b": Ask(2, 400), "c": Ask(2, 800), "d": Ask(1, 100)}
    assert [cents(divided(rules(""), **asks))[id_] for id_ in "abc"] == [
        (50000, "request"),
        (16666, "budget"),
        (33333, "budget"),
    ]
    assert cents(divided(rules("edge: skip"), **asks)) == {
        "a": (50000, "request"),
        "b": (0, "budget"),
        "c": (0, "budget"),
        "d": (10000, "request"),
    }
    assert cents(divided(rules("edge: stop"), **asks))["d"] == (0, "budget")
    assert cents(divided(rules("minimum_useful: 200"), **asks)) == {
        "a": (50000, "request"),
        "b": (0, "budget"),
        "c": (0, "budget"),
        "d": (10000, "request"),
    }
    fits = asks | {"c": Ask(2, 100)}
    assert cents(divided(rules(""), **fits))["b"] == (40000, "request")


def test_equal_applications_get_equal_parts() -> None:
    found = cents(divided(rules(""), **{id_: Ask(1, 500) for id_ in "abc"}))
    assert found == dict.fromkeys("abc", (33333, "budget"))


def test_an_open_tie_waits_only_where_its_order_matters() -> None:
    call = rules("", still_tied="open")
    fits = divided(call, a=Ask(5, 300), b=Ask(5, 700), c=Ask(1, 100))
    assert cents(fits) == {"a": (30000, "request"), "b": (70000, "request"), "c": (0, "budget")}
    matters = divided(call, a=Ask(5, 300), b=Ask(5, 701), c=Ask(1, 100))
    assert [(one.id, one.cents, one.limited_by, one.undecided, one.available) for one in only_lot(matters).awards] == [
        ("a", 0, "", True, 100000),
        ("b", 0, "", True, 100000),
        ("c", 0, "", True, 100000),
    ]


@pytest.mark.parametrize(
    ("allocation", "left"),
    [("", 0), ("edge: skip", 100), ("edge: stop", 100), ("minimum_useful: 101", 100)],
)
def test_an_open_tie_that_can_get_nothing_in_any_order_does_not_wait(allocation: str, left: int) -> None:
    call = rules(allocation, still_tied="open")
    found = awards(divided(call, a=Ask(9, 1000 - left), b=Ask(5, 300), c=Ask(5, 200), d=Ask(1, 400)))
    assert {id_: (one.cents, one.limited_by, one.undecided) for id_, one in found.items()} == {
        "a": (100000 - left * 100, "request", False),
        "b": (0, "budget", False),
        "c": (0, "budget", False),
        "d": (0, "budget", False),
    }


@pytest.mark.parametrize("allocation", ["", "edge: skip", "edge: stop", "minimum_useful: 100"])
def test_an_open_tie_with_something_left_to_win_waits(allocation: str) -> None:
    call = rules(allocation, still_tied="open")
    found = awards(divided(call, a=Ask(9, 900), b=Ask(5, 300), c=Ask(5, 100)))
    assert [found[id_].undecided for id_ in "abc"] == [False, True, True]


def test_after_a_stop_an_open_tie_decides_nothing() -> None:
    call = rules("edge: stop", still_tied="open")
    found = awards(divided(call, a=Ask(9, 1500), b=Ask(5, 300), c=Ask(5, 900)))
    assert {id_: (one.cents, one.undecided) for id_, one in found.items()} == {
        "a": (0, False),
        "b": (0, False),
        "c": (0, False),
    }


def test_an_open_tie_in_one_lot_does_not_hold_up_another() -> None:
    lots = "lots: {A: {amount: 1000}, B: {amount: 1000}}"
    asks = {"a": Ask(5, 800, lot="A"), "b": Ask(5, 800, lot="A"), "c": Ask(5, 800, lot="B")}
    found = awards(divided(rules("", lots, "open"), **asks))
    assert [(found[id_].cents, found[id_].undecided) for id_ in "abc"] == [(0, True), (0, True), (80000, False)]


def test_a_request_of_nothing_gets_nothing_and_holds_nobody_up() -> None:
    for edge in ("part", "skip", "stop"):
        found = cents(divided(rules(f"edge: {edge}"), a=Ask(9, 0), b=Ask(5, 1000), c=Ask(4, 0), d=Ask(3, -5)))
        assert found == {"a": (0, "request"), "b": (100000, "request"), "c": (0, "request"), "d": (0, "request")}


def test_nobody_gets_anything_from_an_empty_pot() -> None:
    assert cents(divided(rules("", "budget: 0"), a=Ask(9, 5), b=Ask(8, 0))) == {"a": (0, "budget"), "b": (0, "request")}


# Own limits


def test_the_least_of_request_entitlement_and_limits_is_wanted_and_named() -> None:
    call = rules(
        "entitlement: cost * 0.8, limits: {cap: {amount: 300}, share: {amount: requested / 2}}", "budget: 9999"
    )
    found = cents(
        divided(
            call,
            request=Ask(9, 100, 9999),
            entitled=Ask(8, 900, 200),
            capped=Ask(7, 900, 1000),
            halved=Ask(6, 500, 1000),
            tied=Ask(5, 600, 1000),
            innermost=Ask(4, 600, 375),
        )
    )
    assert found == {
        "request": (5000, "share"),
        "entitled": (16000, "request"),
        "capped": (30000, "cap"),
        "halved": (25000, "share"),
        "tied": (30000, "cap"),
        "innermost": (30000, "request"),
    }


def test_a_negative_amount_counts_as_nothing() -> None:
    call = rules("entitlement: cost, limits: {cap: {amount: requested - 50}}")
    assert cents(divided(call, a=Ask(2, 40, 100), b=Ask(1, 90, -3))) == {"a": (0, "cap"), "b": (0, "request")}


def test_a_limit_may_hold_for_some_only() -> None:
    call = rules("limits: {cap: {amount: 100, where: young}}")
    found = cents(divided(call, a=Ask(2, 400, young=True), b=Ask(1, 400)))
    assert found == {"a": (10000, "cap"), "b": (40000, "request")}


@pytest.mark.parametrize(
    ("rounding", "entitled", "part"),
    [
        ("", 33333, 66667),
        ("round: 2", 33333, 66667),
        ("round: 1", 33330, 66670),
        ("round: 0", 33300, 66700),
        ("round: -2", 30000, 70000),
        ("round: {places: 0, mode: up}", 33400, 66600),
        ("round: {places: 0, mode: half_even}", 33300, 66700),
    ],
)
def test_entitlements_are_rounded_as_stated_and_parts_down_to_the_same_unit(
    rounding: str, entitled: int, part: int
) -> None:
    call = rules(f"entitlement: cost / 3{', ' if rounding else ''}{rounding}")
    found = cents(divided(call, a=Ask(2, 900, 1000), b=Ask(1, 900, 9000)))
    assert found == {"a": (entitled, "request"), "b": (part, "budget")}


def test_parts_of_a_shared_place_and_shortened_wants_keep_to_the_unit() -> None:
    asks = {id_: Ask(1, 900, applicant="P") for id_ in "abc"}
    assert cents(divided(rules("round: 0", "budget: 1000.50"), **asks)) == dict.fromkeys("abc", (33300, "budget"))
    cap = "round: 0, limits: {cap: {amount: 99.90, per: applicant}}"
    assert cents(divided(rules(cap), a=Ask(1, 900, applicant="P"))) == {"a": (9900, "cap")}


def test_a_request_between_two_units_is_rounded_down() -> None:
    found = cents(divided(rules("round: 0"), a=Ask(1, Fraction(1099, 100)), b=Ask(2, 7)))
    assert found == {"a": (1000, "request"), "b": (700, "request")}


JOINT = "limits: {joint: {amount: 500, per: applicant%s}}"


@pytest.mark.parametrize("edge", ["part", "skip", "stop"])
def test_a_limit_that_shortens_is_shared_by_its_members_in_one_place_and_concerns_nobody_else(edge: str) -> None:
    asks = {
        "a": Ask(2, 400, applicant="P"),
        "b": Ask(2, 600, applicant="P"),
        "c": Ask(2, 300, applicant="Q"),
        "d": Ask(1, 100, applicant="R"),
    }
    assert cents(divided(rules(f"edge: {edge}, {JOINT % ''}"), **asks)) == {
        "a": (20000, "joint"),
        "b": (30000, "joint"),
        "c": (30000, "request"),
        "d": (10000, "request"),
    }


@pytest.mark.parametrize(("edge", "a", "b"), [("part", 20000, 30000), ("skip", 0, 0)])
def test_in_one_place_an_edge_concerns_those_who_count_in_its_sum(edge: str, a: int, b: int) -> None:
    asks = {
        "a": Ask(2, 400, applicant="P"),
        "b": Ask(2, 600, applicant="P"),
        "c": Ask(2, 300, applicant="Q"),
        "none": Ask(2, 0, applicant="P"),
    }
    assert cents(divided(rules(f"edge: {edge}, minimum_useful: 50, {JOINT % ', binds: edge'}"), **asks)) == {
        "a": (a, "joint"),
        "b": (b, "joint"),
        "c": (30000, "request"),
        "none": (0, "request"),
    }


YOUTH = "youth: {amount: %s, per: all, where: young, binds: edge}"


def test_in_one_place_what_goes_to_the_members_of_one_sum_is_no_longer_in_the_others() -> None:
    call = rules(f"limits: {{{YOUTH % 100}}}", "budget: 450")
    found = divided(call, a=Ask(1, 400, young=True), b=Ask(1, 400))
    assert cents(found) == {"a": (10000, "youth"), "b": (35000, "budget")}
    assert found.certificate.failing == ()


def test_in_one_place_the_sum_that_holds_the_least_part_comes_first_not_the_one_that_holds_least() -> None:
    call = rules(f"limits: {{joint: {{amount: 500, per: applicant, binds: edge}}, {YOUTH % 400}}}", "budget: 5000")
    asks = {"a": Ask(1, 1500, applicant="P"), "b": Ask(1, 300, applicant="Q", young=True)}
    found = divided(call, **asks, c=Ask(1, 500, applicant="P", young=True))
    assert cents(found) == {"a": (37500, "joint"), "b": (27500, "youth"), "c": (12500, "joint")}
    assert found.certificate.failing == ()


def test_of_sums_that_hold_nothing_more_the_innermost_is_named() -> None:
    call = rules(f"limits: {{{YOUTH % 500}}}", "budget: 500")
    found = divided(call, x=Ask(2, 500, young=True), a=Ask(1, 100, young=True), b=Ask(1, 200))
    assert cents(found) == {"a": (0, "youth"), "b": (0, "budget"), "x": (50000, "request")}
    assert found.certificate.failing == ()


def test_of_a_lot_and_the_whole_budget_that_hold_equal_parts_the_lot_is_named() -> None:
    found = divided(rules("", "budget: 1000\nlots: {A: {amount: 1000}, B: {amount: 1000}}"), a=Ask(1, 1500, lot="A"))
    assert cents(found) == {"a": (100000, "A")}
    assert found.certificate.failing == ()


@pytest.mark.parametrize("fill", ["rank", "proportional"])
def test_who_is_entitled_to_nothing_or_less_gets_nothing(fill: str) -> None:
    found = divided(
        rules(f"fill: {fill}, entitlement: cost - 100"), a=Ask(3, 50, 100), b=Ask(2, 50, 0), c=Ask(1, 50, 120)
    )
    assert cents(found) == {"a": (0, "request"), "b": (0, "request"), "c": (2000, "request")}
    assert found.certificate.failing == ()


@pytest.mark.parametrize("order", ["each, klass", "klass, each"])
@pytest.mark.parametrize("ids", ["ab", "ba"])
def test_at_a_shared_place_the_scarcest_limit_shortens_first_whatever_the_names(order: str, ids: str) -> None:
    """The applicants' limit leaves 300 and 200 to the two; the class, which holds 550 more, then shortens nobody."""
    limits = {"each": "each: {amount: 300, per: applicant}", "klass": "klass: {amount: 650, per: all}"}
    call = rules(f"limits: {{{', '.join(limits[key] for key in order.split(', '))}}}")
    first, second = ids
    found = divided(
        call, z=Ask(9, 100, applicant="Q"), **{first: Ask(5, 400, applicant="P"), second: Ask(5, 900, applicant="Q")}
    )
    assert cents(found) == {first: (30000, "each"), second: (20000, "each"), "z": (10000, "request")}
    assert found.certificate.failing == ()


@pytest.mark.parametrize("order", ["each, klass", "klass, each"])
def test_what_one_limit_does_not_leave_to_its_members_another_leaves_to_others(order: str) -> None:
    """Of 300 for P, 150 go to a; of the class, which holds 400 for a and d together, d then finds 250 and not 550."""
    limits = {
        "each": "each: {amount: 300, per: applicant}",
        "klass": "klass: {amount: 400, per: all, where: young}",
    }
    call = rules(f"limits: {{{', '.join(limits[key] for key in order.split(', '))}}}")
    found = divided(
        call,
        a=Ask(5, 400, applicant="P", young=True),
        b=Ask(5, 400, applicant="P"),
        d=Ask(5, 300, applicant="Q", young=True),
    )
    assert cents(found) == {"a": (15000, "each"), "b": (15000, "each"), "d": (25000, "klass")}
    assert found.certificate.failing == ()
