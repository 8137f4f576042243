"""The whole division once more, pass by pass: what the rules allow in each turn beside what is claimed of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from razpis.engine import money
from razpis.engine.certificate import fixed_parts, money_thresholds, set_asides
from razpis.engine.certificate.claims import AwardClaim, LotClaim
from razpis.engine.certificate.entries import FIXED, LOT, Entries, Entry, Key, Sum, stages, within_number
from razpis.engine.certificate.in_order import InOrder
from razpis.engine.certificate.in_shares import InShares
from razpis.engine.certificate.order import Entrant, Order, facts_read, places
from razpis.engine.certificate.turns import Outcome, Pass, Turn, Verdict
from razpis.engine.money import Number
from razpis.engine.pairing import paired
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.allocation import Allocation
from razpis.engine.rulebook.compiled import AllocationRule

GENERAL, SECOND = "general", "second_pass"
Method: TypeAlias = Callable[[Pass], Outcome]


@dataclass(slots=True)
class Settlement:
    """What came out. ``turns``: every turn with its verdict, by pass. ``last``: by application, the verdict that
    its award as a whole stands on. ``left``: what every sum holds in the end; ``overspent``: by how much (below
    zero) one was overspent. ``values``: by lot, its value of a point as used and before rounding. ``amounts``,
    ``received``, ``given``: each lot's own money and what moved between lots. ``winners``: by lot, how many may get
    money, where that is limited. ``before``: the entries before any threshold
    that follows from the money. ``fixed``: the turns in which fixed parts were given, stage by stage, with what every
    sum held after them."""

    entries: list[Entry]
    sums: dict[Key, Sum]
    rule: Allocation
    method: InOrder | InShares
    several: bool
    amounts: dict[str, int]
    before: list[Entry]
    left: dict[Key, int]
    winners: dict[str, int]
    turns: list[tuple[str, Turn, Verdict]] = field(default_factory=list)
    last: dict[str, Verdict] = field(default_factory=dict)
    overspent: dict[Key, int] = field(default_factory=dict)
    values: dict[str, tuple[Number, Number]] = field(default_factory=dict)
    received: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    fixed: list[tuple[fixed_parts.Given, Mapping[Key, int]]] = field(default_factory=list)

    def passes(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """The passes each application took part in, with the cents it is said to have got in them; none are told
        of where there is only one."""
        found: dict[str, tuple[tuple[str, int], ...]] = {entry.id: () for entry in self.entries}
        for name, turn, _ in self.turns if self.several else ():
            found[turn.id] = (*found[turn.id], (name, turn.cents))
        return found


def settle(
    rulebook: Rulebook,
    entrants: Mapping[str, Entrant],
    orders: Iterable[Order],
    claims: Mapping[str, AwardClaim],
    lots: Mapping[str, LotClaim],
    fill: str,
) -> Settlement:
    """Every pass over the lots with this fill judged, with the claimed awards taken out of the money as it goes. Who
    is below a threshold that is claimed to follow from the money takes no part; that threshold is judged by itself."""
    assert rulebook.allocation is not None
    reader, rule = Entries(rulebook), rulebook.allocation.rule
    before = _entries(reader, entrants, orders, fill)
    here, entries = [lot for lot in rulebook.lots if rulebook.fill(lot) == fill], before
    if rule.money_threshold is not None:
        entries = money_thresholds.above(entries, lots)
    if any(rulebook.most_winners(lot) is not None for lot in rulebook.lots):
        entries = within_number(rulebook, entries)
    in_order = InOrder(
        edges={lot: rulebook.edge(lot) for lot in rulebook.lots},
        common=rule.edge,
        useful=money.to_cents(rule.minimum_useful),
        sums=reader.sums,
        unit=reader.unit,
    )
    in_shares = InShares(rule, reader.sums, reader.unit, reader.mode)
    found = Settlement(
        entries=entries,
        sums=reader.sums,
        rule=rule,
        method=in_shares if fill == "proportional" else in_order,
        several=rule.leftovers == "second_pass" or bool(rule.set_asides) or rule.fixed_part is not None,
        amounts={lot: rulebook.lot_cents(lot) for lot in here},
        before=before,
        left={key: one.cents for key, one in reader.sums.items()},
        winners={lot: most for lot in here if (most := rulebook.most_winners(lot)) is not None},
    )
    _Settling(rulebook, rulebook.allocation, entrants, claims, found).run()
    return found


def _entries(reader: Entries, entrants: Mapping[str, Entrant], orders: Iterable[Order], fill: str) -> list[Entry]:
    """What each application of the lots with this fill may have, before any threshold that follows from the money."""
    found = [
        reader.entry(entrants[one.id], one.place, one.id in order.open)
        for order in orders
        for one in order.places
        if reader.rulebook.fill(one.lot) == fill
    ]
    if "place" not in facts_read(reader.rulebook):
        return found
    tied: dict[tuple[str, int], list[Entry]] = {}
    for entry in found:
        if entry.open:
            tied.setdefault((entry.lot, entry.place), []).append(entry)
    waiting = {key for key, group in tied.items() if _turns_on_place(reader, entrants, group)}
    return [replace(one, waits=True) if one.open and (one.lot, one.place) in waiting else one for one in found]


def _turns_on_place(reader: Entries, entrants: Mapping[str, Entrant], group: Sequence[Entry]) -> bool:
    """Whether what one of a tie may have is not the same in all of its places."""
    first = group[0].place
    others = [
        (one, reader.entry(entrants[one.id], place, True))
        for one in group
        for place in range(first + 1, first + len(group))
    ]
    return any((one.most, one.sums) != (other.most, other.sums) for one, other in others)


@dataclass(slots=True)
class _Settling:
    rulebook: Rulebook
    rule: AllocationRule
    entrants: Mapping[str, Entrant]
    claims: Mapping[str, AwardClaim]
    found: Settlement
    got: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        for key, one in set_asides.sums(self.rulebook, self.rule.set_asides).items():
            self.found.sums[key], self.found.left[key] = one, one.cents
        for stage in stages(self.rulebook, list(self.found.amounts)):
            now = [entry for entry in self.found.entries if entry.lot in stage]
            for rule in self.rule.set_asides:
                own = {lot: set_asides.drawn(self.rulebook, self.rule.set_asides, rule, lot) for lot in stage}
                chosen = [entry for entry in now if own[entry.lot] and rule.where.value(entry.facts)]
                self._pass(rule.key, [self._turn(rule.key, entry, own[entry.lot]) for entry in chosen])
            if self.rule.fixed_part is not None and isinstance(self.found.method, InShares):
                now = self._fixed(now)
            beside = {lot: set_asides.beside(self.rulebook, self.rule.set_asides, lot) for lot in stage}
            self._pass(GENERAL, [self._turn(GENERAL, entry, beside[entry.lot]) for entry in now])
            waiting = self._waiting()
            for lot in stage:
                if lot not in waiting:
                    self._move_on(lot)
        if self.rule.rule.leftovers == "second_pass":
            self._second()

    def _fixed(self, entries: Sequence[Entry]) -> list[Entry]:
        """Everyone asks for its fixed part, or for all it may have, if that is less. Those who got it share the
        rest."""
        method = self.found.method
        assert isinstance(method, InShares)
        turns = [self._turn(FIXED, entry, ()) for entry in entries]
        asked = [
            replace(turn, ask=min(turn.ask, turn.entry.fixed), entry=replace(turn.entry, weight=turn.entry.fixed))
            for turn in turns
        ]
        before = len(self.found.turns)
        self._pass(FIXED, asked, fixed_parts.method(method))
        given = [(turn, verdict) for _, turn, verdict in self.found.turns[before:]]
        self.found.fixed.append((given, dict(self.found.left)))
        return [turn.entry for turn, one in paired(turns, asked) if one.cents >= one.ask]

    def _turn(self, name: str, entry: Entry, more: Sequence[Key]) -> Turn:
        at = entry.sums.index(("lot", entry.lot))
        sums = (*entry.sums[:at], *more, *entry.sums[at:])
        cents, got = self._cents(name, entry), self.got[entry.id]
        return Turn(entry, entry.lot, entry.place, entry.open, self._ask(entry), sums, cents, got)

    def _ask(self, entry: Entry) -> int:
        return max(entry.most - self.got[entry.id], 0)

    def _cents(self, name: str, entry: Entry) -> int:
        claim = self.claims[entry.id]
        return dict(claim.passes).get(name, 0) if self.found.several else claim.cents

    def _pass(self, name: str, turns: list[Turn], otherwise: Method | None = None) -> None:
        """Judge one pass by the method of the call, or ``otherwise``."""
        left = {key: max(cents, 0) for key, cents in self.found.left.items()}
        method = otherwise or self.found.method
        outcome = method(Pass(name, tuple(turns), left, self._still_waiting()))
        self.found.values.update(outcome.values)
        for turn, verdict in paired(turns, outcome.verdicts):
            whole = self.got[turn.id] == turn.entry.most and turn.id in self.found.last
            self.found.turns.append((name, turn, verdict))
            if not whole or verdict.cents:
                self.found.last[turn.id] = verdict
            self.got[turn.id] += turn.cents
            for key in turn.sums:
                self.found.left[key] -= turn.cents
        self.found.overspent.update((key, cents) for key, cents in self.found.left.items() if cents < 0)

    def _still_waiting(self) -> tuple[Turn, ...]:
        """The latest turn of each application that waits."""
        latest = {turn.id: (turn, verdict) for _, turn, verdict in self.found.turns}
        return tuple(turn for turn, verdict in latest.values() if verdict.undecided)

    def _waiting(self) -> set[str]:
        """The lots that pass nothing on, because a tie in them is open."""
        last = self.found.last
        return {one.lot for one in self.found.entries if one.id in last and last[one.id].undecided}

    def _free(self, lot: str) -> int:
        """What a lot may pass on: nothing that a set-aside keeps."""
        return max(
            min(
                self.found.left[key]
                for key in (("lot", lot), *set_asides.beside(self.rulebook, self.rule.set_asides, lot))
            ),
            0,
        )

    def _move(self, lot: str, cents: int, sign: int) -> None:
        for key in (("lot", lot), *set_asides.beside(self.rulebook, self.rule.set_asides, lot)):
            self.found.left[key] += sign * cents

    def _move_on(self, lot: str) -> None:
        target = self.rulebook.lots[lot].leftover_to
        if target is not None:
            cents = self._free(lot)
            self._move(lot, cents, -1)
            self._move(target, cents, 1)
            self.found.given[lot] = cents
            self.found.received[target] += cents

    def _second(self) -> None:
        """The common pass: what the lots leave, in one order over all of them; the rest stays, in the last first."""
        pot = ("lot", SECOND)
        self.found.sums[pot] = Sum(SECOND, 0, False, LOT)
        moved: dict[str, int] = {}
        waiting = self._waiting()
        for lot in self.rulebook.lots:
            moved[lot] = 0 if lot in waiting else self._free(lot)
            self._move(lot, moved[lot], -1)
        self.found.left[pot] = sum(moved.values())
        before = self.got.copy()
        self._pass(SECOND, self._asking(pot))
        for entry in self.found.entries:
            self.found.received[entry.lot] += self.got[entry.id] - before[entry.id]
        unused = self.found.left[pot]
        for lot, cents in reversed(moved.items()):
            stays = min(unused, cents)
            self.found.given[lot] += cents - stays
            unused -= stays

    def _asking(self, pot: Key) -> list[Turn]:
        """Those who have not got all they may have, by their common place."""
        common = self._common_places()
        open_ = self.rulebook.file.ranking.still_tied == "open"
        asking = [
            entry
            for entry in sorted(self.found.entries, key=lambda entry: common[entry.id])
            if self._ask(entry) and not self.found.last[entry.id].undecided
        ]
        return [
            replace(
                self._turn(SECOND, entry, ()),
                lot=SECOND,
                place=common[entry.id],
                open=open_,
                sums=tuple(pot if key == ("lot", entry.lot) else key for key in entry.sums),
            )
            for entry in asking
        ]

    def _common_places(self) -> dict[str, int]:
        """Places over all lots; equals of one lot that a draw has put in order keep that order among them."""
        common = places(self.rulebook, list(self.entrants.values()))
        equals: dict[int, list[Entry]] = {}
        for entry in self.found.entries:
            equals.setdefault(common[entry.id], []).append(entry)
        for group in equals.values():
            if len({entry.lot for entry in group}) == 1:
                common.update((entry.id, common[entry.id] + entry.place - group[0].place) for entry in group)
        return common
