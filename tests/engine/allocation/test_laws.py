"""What holds of every allocation, whatever the rulebook and the applications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.allocation import Award
from razpis.engine.evaluation import Evaluation
from razpis.engine.money import Number
from tests.engine.allocation.sharing import Ask, awards, cents, divided, only_lot, rules
from tests.engine.making import draw

POT = 500
HALVES = st.integers(0, 24).map(lambda halves: Fraction(halves, 2))
EUROS = st.integers(0, 300) | st.integers(0, 30000).map(lambda amount: Fraction(amount, 100))
ASKS = st.builds(
    Ask,
    points=HALVES,
    requested=EUROS,
    cost=EUROS,
    lot=st.sampled_from(["A", "B"]),
    applicant=st.sampled_from(["P", "Q", "R"]),
    young=st.booleans(),
)
ROUNDINGS = st.sampled_from(
    ["", ", round: 0", ", round: -1", ", round: {places: 2, mode: down}", ", round: {places: 0, mode: up}"]
)
OWNERS = st.sampled_from(["nobody", "first_in_rank", "last_in_rank", "largest_award", "largest_remainder"])
VALUES = st.sampled_from(["", "", ", value_of_point: {round: 2}", ", value_of_point: {round: {places: 0, mode: up}}"])
LEASTS = st.sampled_from(["", "", ", minimum_grant: {amount: 20}", ", minimum_grant: {amount: 35, drop: all}"])
PROPORTIONAL = st.builds(
    "fill: proportional, resharing: {}, last_cent: {}{}{}{}".format,
    st.sampled_from(["true", "false"]),
    OWNERS,
    ROUNDINGS,
    VALUES,
    LEASTS,
)
RANK = st.builds(
    "edge: {}, minimum_useful: {}{}{}".format,
    st.sampled_from(["part", "skip", "stop"]),
    st.sampled_from([0, 30]),
    ROUNDINGS,
    st.sampled_from(["", "", ", most_winners: 2"]),
)
PASSES = st.sampled_from(
    [
        "",
        ", leftovers: second_pass",
        ", set_asides: {kept: {where: young, percent: 30}}",
        ", leftovers: second_pass, set_asides: {kept: {where: young, amount: 90, lots: [A], unused: stays}}",
    ]
)
LIMITS = """, entitlement: cost * 0.8 + 10, limits: {cap: {amount: 150},
joint: {amount: 180, per: applicant%s}, youth: {amount: 210.55, per: all, where: young}}"""
LOTS = "budget: 450.01\nlots: {A: {amount: 300.33}, B: {amount: 250.50}}"


def named(asks: Sequence[Ask]) -> dict[str, Ask]:
    return {f"v{at}": ask for at, ask in enumerate(asks)}


def spent(evaluation: Evaluation, asks: Mapping[str, Ask], **same: object) -> int:
    """The sum of the awards of those of whom all this holds."""
    chosen = {id_ for id_, ask in asks.items() if all(getattr(ask, key) == value for key, value in same.items())}
    return sum(award.cents for id_, award in awards(evaluation).items() if id_ in chosen)


@given(st.lists(ASKS, max_size=9), PROPORTIONAL | RANK, PASSES, st.sampled_from(["", ", binds: edge"]))
def test_no_sum_is_over_its_limit_and_no_award_over_its_entitlement(drawn, fill, passes, binds) -> None:
    asks = named(drawn)
    found = divided(rules(fill + passes + LIMITS % binds, LOTS), **asks)
    assert sum(award.cents for award in awards(found).values()) <= 45001
    for limit, same in ((30033, {"lot": "A"}), (25050, {"lot": "B"}), (21055, {"young": True})):
        moved = "second_pass" in passes and "lot" in same
        assert moved or spent(found, asks, **same) <= limit, same
    for applicant in "PQR":
        assert spent(found, asks, applicant=applicant) <= 18000
    for award in awards(found).values():
        assert 0 <= award.cents <= award.wish.want <= min(award.wish.entitlement, award.wish.request, 15000)
    for lot in found.lots:
        assert lot.left >= 0
        assert lot.spent + lot.left + lot.given == lot.amount + lot.received
    assert sum(lot.received for lot in found.lots) == sum(lot.given for lot in found.lots)
    assert found.certificate.failing == ()


@given(st.lists(ASKS, max_size=8), PROPORTIONAL | RANK, PASSES, st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_no_award(drawn, fill, passes, shuffler) -> None:
    asks = named(drawn)
    mixed = list(asks.items())
    shuffler.shuffle(mixed)
    call = rules(fill + passes + LIMITS % "", LOTS)
    assert awards(divided(call, **dict(mixed))) == awards(divided(call, **asks))


@given(st.lists(ASKS, min_size=1, max_size=8), PROPORTIONAL | RANK, st.data())
def test_equals_get_equal_amounts(drawn, fill, data) -> None:
    """A twin with the same answers shares the place, so nothing may prefer either of the two."""
    asks = named([ask._replace(lot="") for ask in drawn])
    twin = data.draw(st.sampled_from(sorted(asks)))
    found = cents(divided(rules(fill, f"budget: {POT}"), **asks, twin=asks[twin]))
    assert found["twin"] == found[twin]


# Proportional fills before rounding


def exact(award: Award) -> Number:
    """The award before rounding."""
    return award.wish.want if award.share is None else award.share


SIMPLE = st.lists(st.tuples(HALVES, EUROS).map(lambda drawn: Ask(*drawn)), min_size=1, max_size=8)


@given(SIMPLE, st.sampled_from(["true", "false"]), st.integers(1, 12))
def test_more_own_points_never_mean_less_own_money(drawn, resharing, more) -> None:
    asks = named(drawn)
    call = rules(f"fill: proportional, resharing: {resharing}", f"budget: {POT}")
    better = asks | {"v0": asks["v0"]._replace(points=asks["v0"].points + more)}
    before, after = awards(divided(call, **asks))["v0"], awards(divided(call, **better))["v0"]
    assert exact(after) >= exact(before)


@given(SIMPLE, st.sampled_from(["true", "false"]), st.integers(0, 400), st.integers(0, 400))
def test_a_bigger_pot_never_means_a_smaller_share(drawn, resharing, pot, more) -> None:
    fill = f"fill: proportional, resharing: {resharing}"
    asks = named(drawn)
    small = awards(divided(rules(fill, f"budget: {pot}"), **asks))
    big = awards(divided(rules(fill, f"budget: {pot + more}"), **asks))
    assert [id_ for id_ in asks if exact(big[id_]) < exact(small[id_])] == []


@given(SIMPLE)
def test_shares_sum_to_the_pot_where_not_all_can_be_full(drawn) -> None:
    found = divided(rules("fill: proportional", f"budget: {POT}"), **named(drawn))
    worthy = [award for award in awards(found).values() if award.wish.weight > 0]
    wanted = sum(award.wish.want for award in worthy)
    assert sum(exact(award) for award in worthy) == min(wanted, POT * 100)


@given(SIMPLE, st.sampled_from(["first_in_rank", "last_in_rank", "largest_award", "largest_remainder"]))
def test_with_an_owner_of_the_last_cent_all_is_spent_to_the_cent(drawn, owner) -> None:
    """No two share a place here, so the owner is never in doubt."""
    asks = named([ask._replace(points=ask.points + Fraction(at, 100)) for at, ask in enumerate(drawn)])
    found = divided(rules(f"fill: proportional, last_cent: {owner}", f"budget: {POT}"), **asks)
    wanted = sum(award.wish.want for award in awards(found).values() if award.wish.weight > 0)
    assert only_lot(found).spent == min(wanted, POT * 100)


@given(SIMPLE, st.sampled_from(["true", "false"]))
def test_lots_that_share_nothing_do_not_know_of_each_other(drawn, resharing) -> None:
    call = rules(
        f"fill: proportional, resharing: {resharing}, value_of_point: {{round: 1}}",
        "lots: {A: {amount: 300}, B: {amount: 200}}",
    )
    asks = {id_: ask._replace(lot="AB"[at % 2]) for at, (id_, ask) in enumerate(named(drawn).items())}
    together = awards(divided(call, **asks))
    for lot in "AB":
        alone = awards(divided(call, **{id_: ask for id_, ask in asks.items() if ask.lot == lot}))
        assert alone == {id_: together[id_] for id_ in alone}


# Rank fills, replayed


def replayed(asks: Mapping[str, Ask], edge: str, useful: int) -> dict[str, int]:
    """One pot in rank order, no two in one place, told once more in the plainest way."""
    left, stopped, given_ = POT * 100, False, {}
    for id_, ask in sorted(asks.items(), key=lambda one: -one[1].points):
        want = int(ask.requested * 100)
        amount = 0
        if not stopped and want <= left:
            amount = want
        elif edge == "stop":
            stopped = True
        elif edge == "part" and left >= useful * 100:
            amount = left
        given_[id_] = amount
        left -= amount
    return given_


@given(
    st.lists(st.tuples(HALVES, EUROS), max_size=9), st.sampled_from(["part", "skip", "stop"]), st.sampled_from([0, 30])
)
def test_a_rank_fill_is_what_its_edge_rule_says(drawn, edge, useful) -> None:
    asks = {f"v{at}": Ask(points + Fraction(at, 100), requested) for at, (points, requested) in enumerate(drawn)}
    call = rules(f"edge: {edge}, minimum_useful: {useful}", f"budget: {POT}")
    assert {id_: amount for id_, (amount, _) in cents(divided(call, **asks)).items()} == replayed(asks, edge, useful)


# Ties that are open


@given(st.lists(ASKS, max_size=9), RANK, st.sampled_from(["", ", binds: edge"]), st.randoms(use_true_random=False))
def test_what_does_not_wait_for_an_open_tie_is_the_same_however_it_is_drawn(drawn, fill, binds, chance) -> None:
    asks = named([ask._replace(points=ask.points // 6) for ask in drawn])
    call = rules(fill + LIMITS % binds, LOTS, "open", "[points, draw]")
    before = divided(call, **asks)
    draws = {}
    for tie in (tie for ranking in before.rankings for tie in ranking.ties):
        ids = list(tie.ids)
        chance.shuffle(ids)
        draws |= draw(tie.name, *ids)
    after = awards(divided(call, draws, **asks))
    decided = {id_: award.cents for id_, award in awards(before).items() if not award.undecided}
    assert decided == {id_: after[id_].cents for id_ in decided}
    assert before.certificate.failing == ()
