"""The rulebook as the engine uses it: the file's parts with their expressions compiled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from razpis.engine import money
from razpis.engine.expressions import Expression, Kind
from razpis.engine.money import Number
from razpis.engine.problems import Problem
from razpis.engine.rulebook.allocation import Allocation, Limit, Lot, RankKey, SetAside
from razpis.engine.rulebook.bands import Range
from razpis.engine.rulebook.budget import BudgetLine, whole
from razpis.engine.rulebook.criteria import Condition, Criterion, Section
from razpis.engine.rulebook.fields import Derived, Field
from razpis.engine.rulebook.shape import RulebookFile
from razpis.engine.rulebook.topics import FormTopic, form_topics


@dataclass(frozen=True, slots=True)
class DerivedRule:
    """A derived fact; ``optional``: it may be missing, because something it reads may be."""

    key: str
    rule: Derived
    value: Expression
    optional: bool


@dataclass(frozen=True, slots=True)
class ConditionRule:
    """A condition with its test."""

    key: str
    rule: Condition
    test: Expression


@dataclass(frozen=True, slots=True)
class CriterionRule:
    """A criterion with its expressions; which of them stand depends on its kind."""

    key: str
    rule: Criterion
    applies: Expression | None = None
    value: Expression | None = None
    items: tuple[Expression, ...] = ()
    ranges: tuple[Range, ...] = ()
    find: Callable[[Number], int] | None = None

    @property
    def reads_points(self) -> tuple[str, ...]:
        """The criteria and sections whose points it reads, by key."""
        read = () if self.value is None else sorted(self.value.reads)
        return tuple(name.removeprefix("points_") for name in read if name.startswith("points_"))


@dataclass(frozen=True, slots=True)
class ThresholdRule:
    """The least points of ``of`` (``total``, a section's or a criterion's key); ``strict``: more than;
    ``applies``: for whom it holds. ``any_of``: its parts, of which ``needed`` suffice; ``of`` is then blank."""

    of: str
    points: Number
    strict: bool
    at: int
    applies: Expression | None = None
    any_of: tuple[ThresholdRule, ...] = ()
    needed: int = 1

    @property
    def parts(self) -> tuple[ThresholdRule, ...]:
        """What is set against points: its parts, or itself."""
        return self.any_of or (self,)

    def reached_by(self, points: Number) -> bool:
        """Whether these points of ``of`` reach it."""
        return points > self.points if self.strict else points >= self.points


@dataclass(frozen=True, slots=True)
class RankRule:
    """One key of the order. ``sign`` is 1 where the lowest comes first, -1 where the highest does."""

    key: RankKey
    sign: int
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class LimitRule:
    """A named bound in euros, on one application's award or on a sum; ``where``: whose awards it counts."""

    key: str
    rule: Limit
    amount: Expression
    where: Expression | None = None


@dataclass(frozen=True, slots=True)
class SetAsideRule:
    """Money kept for some, with the test of whom it is kept for."""

    key: str
    rule: SetAside
    where: Expression


@dataclass(frozen=True, slots=True)
class AllocationRule:
    """How money is divided, with its expressions over facts and points."""

    rule: Allocation
    entitlement: Expression
    weight: Expression
    limits: tuple[LimitRule, ...]
    set_asides: tuple[SetAsideRule, ...] = ()
    fixed_part: Expression | None = None


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A checked rulebook. ``sha256`` is of the file's bytes; ``warnings`` do not stop the work."""

    file: RulebookFile
    name: str
    sha256: str
    kinds: Mapping[str, Kind]
    derived: tuple[DerivedRule, ...]
    conditions: tuple[ConditionRule, ...]
    criteria: tuple[CriterionRule, ...]
    thresholds: tuple[ThresholdRule, ...]
    ranking: tuple[RankRule, ...]
    allocation: AllocationRule | None
    factor: Expression | None = None
    budget_lines: tuple[BudgetLine, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def fields(self) -> Mapping[str, Field]:
        """The application form, in its order."""
        return self.file.fields

    @property
    def topics(self) -> tuple[FormTopic, ...]:
        """The form divided into pages."""
        return form_topics(self.file)

    @property
    def sections(self) -> Mapping[str, Section]:
        """The sections, in their order."""
        return self.file.sections

    @property
    def lots(self) -> Mapping[str, Lot]:
        """The lots; one nameless lot where the call has none and divides money."""
        return self.file.lots or ({"": Lot()} if self.file.budget is not None else {})

    def lot_cents(self, key: str) -> int:
        """The cents of a lot: its amount, its line of the budget, or the whole budget."""
        lot, budget = self.lots[key], self.file.budget
        if lot.amount is not None:
            return money.to_cents(lot.amount)
        if lot.line is not None:
            return next(line.available for line in self.budget_lines if line.key == lot.line)
        assert budget is not None
        return whole(budget)

    def allocation_limit(self, key: str) -> Number:
        """The euros of a limit on a sum, which is the same for all."""
        assert self.allocation is not None
        amount: Number = next(one for one in self.allocation.limits if one.key == key).amount.value({})
        return amount

    def most_winners(self, lot: str) -> int | None:
        """How many applications of this lot may get money; ``None`` where their number has no limit."""
        assert self.file.allocation is not None
        own = self.lots[lot].most_winners
        return self.file.allocation.most_winners if own is None else own

    def fill(self, lot: str) -> str:
        """How the money of this lot is divided: rank or proportional."""
        assert self.file.allocation is not None
        return self.lots[lot].fill or self.file.allocation.fill

    @property
    def by_fill(self) -> Mapping[str, tuple[str, ...]]:
        """The lots by how their money is divided, each in its order."""
        fills = {lot: self.fill(lot) for lot in self.lots}
        return {fill: tuple(lot for lot in fills if fills[lot] == fill) for fill in dict.fromkeys(fills.values())}

    def edge(self, lot: str) -> str:
        """What happens in this lot to an application that does not fit: part, skip or stop."""
        assert self.file.allocation is not None
        return self.lots[lot].edge or self.file.allocation.edge
