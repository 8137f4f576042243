"""Random calls that divide money, small enough for everything to meet at once: ties, limits, edges, passes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from hypothesis import strategies as st

from razpis.engine.cases import Case, Draw
from razpis.engine.evaluation import Evaluation, evaluate
from razpis.engine.rulebook import Rulebook
from tests.engine.allocation.sharing import FORM, Ask
from tests.engine.making import case, draw, rulebook

EUROS = st.sampled_from([0, 1, 10, 40, 60, 90, 100, 150, 300]) | st.integers(0, 20000).map(lambda c: Fraction(c, 100))
POINTS = st.sampled_from([0, 1, 2, 3, 5, 8]) | st.integers(0, 90).map(lambda tenths: Fraction(tenths, 10))
ASKS = st.builds(
    Ask,
    points=POINTS,
    requested=EUROS,
    cost=EUROS,
    lot=st.sampled_from(["A", "B", "C"]),
    applicant=st.sampled_from(["P", "Q", "R"]),
    young=st.booleans(),
)
ROUNDS = st.sampled_from(
    ["", "round: 0", "round: -1", "round: {places: 2, mode: down}", "round: {places: 1, mode: up}"]
)
RANK = st.builds(
    "edge: {}, minimum_useful: {}{}".format,
    st.sampled_from(["part", "skip", "stop"]),
    st.sampled_from([0, 20]),
    st.sampled_from(["", "", ", most_winners: 1", ", most_winners: 2", ", most_winners: 3"]),
)
PROPORTIONAL = st.builds(
    "fill: proportional, resharing: {}, last_cent: {}, {}, {}, weight: {}".format,
    st.sampled_from(["true", "false"]),
    st.sampled_from(["nobody", "largest_remainder", "first_in_rank", "last_in_rank", "largest_award"]),
    st.sampled_from(["article: a", "value_of_point: {round: 2}", "value_of_point: {round: {places: 0, mode: up}}"]),
    st.sampled_from(["reserve_list: true", "minimum_grant: {amount: 25.50}", "minimum_grant: {amount: 40, drop: all}"]),
    st.sampled_from(["points", "points * wanted", "1"]),
)
LIMITS = st.lists(
    st.sampled_from(
        [
            "cap: {amount: 80}",
            "part: {amount: cost * 0.9}",
            "joint: {amount: 120, per: applicant}",
            "joined: {amount: 95.55, per: applicant, lots: [A, C], binds: edge}",
            "youth: {amount: 130.01, per: all, where: young}",
            "best: {amount: 100, per: all, where: points > 2, binds: edge}",
        ]
    ),
    unique=True,
)
SEVERAL = st.sampled_from(
    [
        "leftovers: second_pass",
        "set_asides: {kept: {where: young, percent: 30}}",
        "set_asides: {kept: {where: young, amount: 90, unused: stays}, "
        "good: {where: points > 4, amount: 60, lots: [A, B]}}",
        "leftovers: second_pass, set_asides: {kept: {where: young, amount: 90, lots: [A], unused: stays}}",
    ]
)
PASSES = st.just("") | SEVERAL
MONEY = st.sampled_from(
    [
        "lots: {A: {amount: 200}, B: {amount: 150.33}, C: {amount: 90}}",
        "lots: {A: {amount: 200, leftover_to: B}, B: {amount: 90.01}, C: {amount: 150, leftover_to: B, edge: skip}}",
        "budget: 250.50\nlots: {A: {amount: 200}, B: {amount: 150, leftover_to: A}, C: {amount: 0}}",
        "budget: {amount: 500.05, committed: 20, lines: {a: {percent: 50}, b: {percent: 20}, c: {rest: true}}}\n"
        "lots: {A: {line: a}, B: {line: b}, C: {line: c}}",
    ]
)
ORDERS = st.sampled_from(["[points]", "[points, draw]", "[points, {expression: cost, order: lowest}]"])


class Call(NamedTuple):
    """A rulebook with its applications and draws."""

    text: str
    rules: Rulebook
    cases: tuple[Case, ...]
    draws: Mapping[str, Draw]

    def __repr__(self) -> str:
        """The rulebook's text and a line for each application."""
        rows = (
            f"{one.id} {one.lot} {one.applicant} {', '.join(f'{key} {value}' for key, value in one.claims.items())}"
            for one in self.cases
        )
        return "\n".join((self.text, *rows, repr(self.draws)))

    def evaluated(self) -> Evaluation:
        """The result."""
        return evaluate(self.rules, self.cases, {}, self.draws)


@st.composite
def calls(draw_, fill=RANK | PROPORTIONAL, passes=PASSES, limits=LIMITS, least=1) -> Call:
    """Any call; ``fill``, ``passes`` and ``limits`` may be narrowed; at least ``least`` apply."""
    stated = ", ".join(part for part in (draw_(fill), draw_(ROUNDS), draw_(passes)) if part)
    bounds = ", ".join(draw_(limits))
    entitled = draw_(st.sampled_from(["", "entitlement: cost * 0.8 + 10, "]))
    parts = (
        f"ranking: {{keys: {draw_(ORDERS)}, still_tied: {draw_(st.sampled_from(['shared', 'shared', 'open']))}}}",
        draw_(MONEY),
        f"allocation: {{request: requested, {entitled}{stated}, limits: {{{bounds}}}}}",
    )
    rules = rulebook(FORM, *parts)
    entrants = tuple(
        case(rules, f"v{at}", line=at + 1, lot=ask.lot, applicant=ask.applicant,
             size=ask.points, requested=ask.requested, cost=ask.cost, young=ask.young)
        for at, ask in enumerate(draw_(st.lists(ASKS, min_size=least, max_size=9)))
    )  # fmt: skip
    found = Call("\n".join(parts), rules, entrants, {})
    ties = [tie for ranking in found.evaluated().rankings for tie in ranking.ties]
    if ties and any(rule.key.draw for rule in rules.ranking) and draw_(st.booleans()):
        found = found._replace(draws=draw(ties[0].name, *reversed(ties[0].ids)))
    return found
