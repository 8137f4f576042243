"""The certificate accepts what the fills give, and refuses it as soon as anything in it is changed."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from razpis.engine.certificate import AwardClaim
from tests.engine.certificate.calls import PROPORTIONAL, RANK, SEVERAL, Call, calls
from tests.engine.certificate.refusing import certified, said, with_awards


@given(calls(RANK))
def test_what_a_fill_in_rank_order_gives_is_certified(call: Call) -> None:
    assert call.evaluated().certificate.failing == ()


@given(calls(PROPORTIONAL))
def test_what_a_proportional_fill_gives_is_certified(call: Call) -> None:
    assert call.evaluated().certificate.failing == ()


@given(calls(PROPORTIONAL, limits=st.just([]), least=3))
def test_without_limits_too(call: Call) -> None:
    assert call.evaluated().certificate.failing == ()


@given(calls(), st.data(), st.sampled_from([-1, 1]))
def test_a_cent_more_or_less_is_refused(call, data, cent) -> None:
    evaluation = call.evaluated()
    award = data.draw(st.sampled_from(said(evaluation).awards))
    passes = award.passes
    if passes:
        at = data.draw(st.integers(0, len(passes) - 1))
        passes = (*passes[:at], (passes[at][0], passes[at][1] + cent), *passes[at + 1 :])
    other = replace(award, cents=award.cents + cent, passes=passes)
    assert not certified(evaluation, with_awards(said(evaluation), other), call.draws).ok


def with_cents(award: AwardClaim, change: int) -> AwardClaim:
    """The award with cents added, in the first of its passes where they fit."""
    passes = list(award.passes)
    at = next((at for at, (_, cents) in enumerate(passes) if cents + change >= 0), None)
    if at is not None:
        passes[at] = (passes[at][0], passes[at][1] + change)
    return replace(award, cents=award.cents + change, passes=tuple(passes))


@given(calls(least=4), st.data())
def test_money_moved_between_two_is_refused(call, data) -> None:
    evaluation = call.evaluated()
    claims = said(evaluation)
    funded = [award for award in claims.awards if award.cents]
    assume(funded)
    giver = data.draw(st.sampled_from(funded))
    taker = data.draw(st.sampled_from([award for award in claims.awards if award.id != giver.id]))
    cents = data.draw(st.integers(1, giver.cents))
    moved = with_awards(claims, with_cents(giver, -cents), with_cents(taker, cents))
    assert not certified(evaluation, moved, call.draws).ok


@given(calls(least=4), st.data())
def test_two_awards_exchanged_are_refused(call, data) -> None:
    evaluation = call.evaluated()
    claims = said(evaluation)
    unequal = [(a, b) for a, b in combinations(claims.awards, 2) if a.lot == b.lot and a.cents != b.cents]
    assume(unequal)
    one, other = data.draw(st.sampled_from(unequal))
    exchanged = with_awards(claims, replace(one, id=other.id), replace(other, id=one.id))
    assert not certified(evaluation, exchanged, call.draws).ok


@given(calls(least=4, passes=SEVERAL), st.data())
def test_a_cent_moved_between_passes_is_refused(call, data) -> None:
    evaluation = call.evaluated()
    movable = [award for award in said(evaluation).awards if len(award.passes) > 1]
    assume(movable)
    award = data.draw(st.sampled_from(movable))
    passes = list(award.passes)
    (at, to) = data.draw(st.permutations(range(len(passes))))[:2]
    passes[at] = (passes[at][0], passes[at][1] - 1)
    passes[to] = (passes[to][0], passes[to][1] + 1)
    other = with_awards(said(evaluation), replace(award, passes=tuple(passes)))
    assert not certified(evaluation, other, call.draws).ok


@given(calls(), st.data())
def test_another_limit_is_refused(call, data) -> None:
    evaluation = call.evaluated()
    award = data.draw(st.sampled_from(said(evaluation).awards))
    names = {"", "request", "level", "budget", "minimum", "second_pass", "A", "B", "C"}
    names |= set(call.rules.file.allocation.limits) | set(call.rules.file.allocation.set_asides)
    other = data.draw(st.sampled_from(sorted(names - {award.limited_by})))
    assert not certified(evaluation, with_awards(said(evaluation), replace(award, limited_by=other)), call.draws).ok


@given(calls(least=4), st.data())
def test_two_places_exchanged_are_refused(call, data) -> None:
    evaluation = call.evaluated()
    claims = said(evaluation)
    unequal = [(a, b) for a, b in combinations(claims.places, 2) if a.lot == b.lot and a.place != b.place]
    assume(unequal)
    one, other = data.draw(st.sampled_from(unequal))
    swapped = {one.id: one._replace(place=other.place), other.id: other._replace(place=one.place)}
    places = tuple(swapped.get(place.id, place) for place in claims.places)
    certificate = certified(evaluation, replace(claims, places=places), call.draws)
    assert [check.name for check in certificate.failing] == ["places"]


@given(calls(), st.data())
def test_any_other_word_in_an_award_is_refused(call, data) -> None:
    evaluation = call.evaluated()
    award = data.draw(st.sampled_from(said(evaluation).awards))
    other = data.draw(
        st.sampled_from(
            [
                replace(award, undecided=not award.undecided),
                replace(award, available=1 if award.available is None else None),
                replace(award, share=1 if award.share is None else award.share + 1),
                replace(award, rounded_down=not award.rounded_down),
                replace(award, last_cents=award.last_cents + 1),
                replace(award, passes=(*award.passes, ("general", 0))),
                replace(award, lot="D"),
            ]
        )
    )
    assert not certified(evaluation, with_awards(said(evaluation), other), call.draws).ok


@given(calls(), st.data())
def test_any_other_word_on_a_lot_is_refused(call, data) -> None:
    evaluation = call.evaluated()
    claims = said(evaluation)
    lot = data.draw(st.sampled_from(claims.lots))
    field = data.draw(st.sampled_from(["amount", "received", "given", "value", "exact_value"]))
    other = replace(lot, **{field: (getattr(lot, field) or 0) + 1})
    lots = tuple(other if one.lot == lot.lot else one for one in claims.lots)
    assert not certified(evaluation, replace(claims, lots=lots), call.draws).ok
