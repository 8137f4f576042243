"""A fixed part for everyone, and the rest by weight."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.allocation.sharing import Ask, awards, cents, divided, only_lot, rules
from tests.engine.allocation.test_laws import ASKS, EUROS, HALVES, exact, named

FOUR = {"a": Ask(60, 900), "b": Ask(30, 150), "c": Ask(20, 300), "d": Ask(0, 50)}


def by_rule(fixed: str, money: str = "budget: 1000", **more: Ask) -> dict[str, tuple[int, str]]:
    return cents(divided(rules(f"fill: proportional, fixed_part: {fixed}", money), **(FOUR | more)))


def test_everyone_gets_the_fixed_part_and_the_rest_is_shared_by_points() -> None:
    """Fixed parts 100 + 100 + 100 + 50; b wants 50 more; 600 EUR for 80 points."""
    found = divided(rules("fill: proportional, fixed_part: 100"), **FOUR)
    assert cents(found) == {
        "a": (55_000, "level"),
        "b": (15_000, "request"),
        "c": (25_000, "level"),
        "d": (5_000, "request"),
    }
    assert awards(found)["a"].passes == (("fixed_part", 10_000), ("general", 45_000))
    assert only_lot(found).value_of_point == 750


def test_without_points_there_is_the_fixed_part_alone() -> None:
    assert by_rule("100", e=Ask(0, 900))["e"] == (10_000, "level")


def test_an_amount_below_nothing_is_no_fixed_part() -> None:
    found = awards(divided(rules("fill: proportional, fixed_part: 10 * (points - 40)"), **FOUR))
    assert {id_: one.wish.fixed for id_, one in found.items()} == {"a": 20_000, "b": 0, "c": 0, "d": 0}


def test_where_the_money_does_not_suffice_all_get_the_same_share_of_theirs() -> None:
    assert by_rule("50 if points == 0 else 100", "budget: 175") == {
        "a": (5_000, "fixed_part"),
        "b": (5_000, "fixed_part"),
        "c": (5_000, "fixed_part"),
        "d": (2_500, "fixed_part"),
    }


@pytest.mark.parametrize("rest", ["resharing: true", "resharing: false", "value_of_point: {round: 2}"])
def test_what_one_does_not_want_of_its_share_is_shared_again_whatever_the_rule_for_the_rest(rest: str) -> None:
    """50 for d, a third of the other 210 for each of the others."""
    found = divided(rules(f"fill: proportional, fixed_part: 100, {rest}", "budget: 260"), **FOUR)
    assert cents(found) == {**dict.fromkeys("abc", (7_000, "fixed_part")), "d": (5_000, "request")}
    assert found.certificate.failing == ()


def test_a_cent_that_rounding_leaves_of_fixed_parts_is_not_shared_by_points() -> None:
    found = divided(rules("fill: proportional, fixed_part: 100", "budget: 100"), **{k: FOUR[k] for k in "abc"})
    assert (cents(found), only_lot(found).left) == (dict.fromkeys("abc", (3_333, "fixed_part")), 1)


def test_it_goes_to_its_owner_where_there_is_one() -> None:
    call = rules("fill: proportional, fixed_part: 100, last_cent: first_in_rank", "budget: 100")
    found = divided(call, **{k: FOUR[k] for k in "abc"})
    assert [award.cents for award in awards(found).values()] == [3_334, 3_333, 3_333]


def test_a_joint_limit_holds_the_fixed_parts_too() -> None:
    limits = "limits: {kept: {amount: 180, per: all, where: points >= 30}}"
    assert by_rule(f"100, {limits}") == {
        "a": (9_000, "kept"),
        "b": (9_000, "kept"),
        "c": (30_000, "request"),
        "d": (5_000, "request"),
    }


def test_the_fixed_part_is_rounded_as_awards_are() -> None:
    found = awards(divided(rules("fill: proportional, fixed_part: 33.50, round: 0", "budget: 60"), **FOUR))
    assert [award.wish.fixed for award in found.values()] == [3_400] * 4


def test_leftovers_of_lots_come_on_top() -> None:
    money = "lots: {A: {amount: 100, leftover_to: B}, B: {amount: 100}}"
    found = divided(
        rules("fill: proportional, fixed_part: 60", money),
        a=Ask(5, 70, lot="A"),
        b=Ask(5, 90, lot="B"),
        c=Ask(5, 90, lot="B"),
    )
    assert cents(found) == {"a": (7_000, "request"), "b": (6_500, "level"), "c": (6_500, "level")}


def test_a_joint_limit_may_be_used_up_by_a_lot_that_is_divided_before() -> None:
    """The first lot may use all of a limit, also for what is shared there; the next finds no fixed part left."""
    money = "lots: {A: {amount: 100, leftover_to: B}, B: {amount: 100}}"
    call = rules("fill: proportional, fixed_part: 60, limits: {each: {amount: 70, per: applicant}}", money)
    found = divided(
        call,
        a=Ask(5, 90, lot="A", applicant="P"),
        b=Ask(5, 90, lot="B", applicant="P"),
        c=Ask(5, 90, lot="B", applicant="Q"),
    )
    assert cents(found) == {"a": (7_000, "each"), "b": (0, "each"), "c": (7_000, "each")}
    assert found.certificate.failing == ()


def test_a_second_pass_follows() -> None:
    money = "lots: {A: {amount: 100}, B: {amount: 100}}"
    found = divided(
        rules("fill: proportional, fixed_part: 60, leftovers: second_pass", money),
        a=Ask(5, 70, lot="A"),
        b=Ask(5, 90, lot="B"),
        c=Ask(5, 90, lot="B"),
    )
    assert awards(found)["b"].passes == (("fixed_part", 5_000), ("second_pass", 1_500))
    assert found.certificate.failing == ()


SIMPLE = st.lists(st.tuples(HALVES, EUROS).map(lambda drawn: Ask(*drawn)), min_size=1, max_size=8)
FIXED = st.sampled_from(["20", "60", "cost * 0.3", "40 if young else 15.25"])
MANY = st.builds(
    "fill: proportional, fixed_part: {}, resharing: {}, last_cent: {}{}{}".format,
    FIXED,
    st.sampled_from(["true", "false"]),
    st.sampled_from(["nobody", "first_in_rank", "largest_remainder"]),
    st.sampled_from(["", ", value_of_point: {round: 2}"]),
    st.sampled_from(["", ", round: 0", ", leftovers: second_pass"]),
)
LIMITS = """, entitlement: cost * 0.8 + 10, limits: {cap: {amount: 150},
joint: {amount: 180, per: applicant}, youth: {amount: 210.55, per: all, where: young}}"""
LOTS = "budget: 450.01\nlots: {A: {amount: 300.33}, B: {amount: 250.50}}"


@given(SIMPLE, st.integers(0, 60))
def test_the_rest_is_shared_as_if_the_fixed_parts_were_not_there(drawn, fixed) -> None:
    """With money for all fixed parts: what comes on top is the plain division of the rest of the money."""
    asks = named([ask._replace(requested=Fraction(int(ask.requested * 100), 100)) for ask in drawn])
    parts = {id_: min(ask.requested, fixed) for id_, ask in asks.items()}
    found = divided(rules(f"fill: proportional, fixed_part: {fixed}", "budget: 500"), **asks)
    plain = divided(
        rules("fill: proportional", f"budget: {float(500 - sum(parts.values())):.2f}"),
        **{id_: ask._replace(requested=ask.requested - parts[id_]) for id_, ask in asks.items()},
    )
    assert {id_: one.cents for id_, one in awards(found).items()} == {
        id_: one.cents + parts[id_] * 100 for id_, one in awards(plain).items()
    }


@given(st.lists(ASKS, max_size=9), MANY)
def test_no_sum_is_over_its_limit_and_the_certificate_holds(drawn, fill) -> None:
    asks = named(drawn)
    found = divided(rules(fill + LIMITS, LOTS), **asks)
    given_ = awards(found)
    assert sum(award.cents for award in given_.values()) <= 45_001
    assert [one.id for one in given_.values() if not 0 <= one.cents <= one.wish.want] == []
    assert all(lot.left >= 0 for lot in found.lots)
    assert found.certificate.failing == ()


@given(st.lists(ASKS, max_size=8), MANY, st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(drawn, fill, shuffler) -> None:
    asks = named(drawn)
    mixed = list(asks.items())
    shuffler.shuffle(mixed)
    call = rules(fill + LIMITS, LOTS)
    assert awards(divided(call, **dict(mixed))) == awards(divided(call, **asks))


@given(SIMPLE, st.integers(0, 300), st.integers(0, 400), st.integers(0, 400))
def test_a_bigger_pot_never_means_less_before_rounding(drawn, fixed, pot, more) -> None:
    asks = named(drawn)
    small = awards(divided(rules(f"fill: proportional, fixed_part: {fixed}", f"budget: {pot}"), **asks))
    big = awards(divided(rules(f"fill: proportional, fixed_part: {fixed}", f"budget: {pot + more}"), **asks))

    def whole(award) -> Fraction:
        return exact(award) + (
            dict(award.passes)["fixed_part"] if award.share is not None and len(award.passes) > 1 else 0
        )

    assert [id_ for id_ in asks if whole(big[id_]) < whole(small[id_])] == []


def test_equals_get_equal_amounts() -> None:
    found = divided(rules("fill: proportional, fixed_part: 30", "budget: 99.99"), a=Ask(5, 100), b=Ask(5, 100))
    assert [award.cents for award in awards(found).values()] == [4_999, 4_999]
