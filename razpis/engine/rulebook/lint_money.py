"""Whether the money adds up: limits that never bind, a least award nobody can reach, cents without rounding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from razpis.engine import money
from razpis.engine.expressions import Expression
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.rulebook import bounds
from razpis.engine.rulebook.bounds import Interval
from razpis.engine.rulebook.budget import whole
from razpis.engine.rulebook.compiled import AllocationRule, LimitRule, Rulebook
from razpis.engine.rulebook.lint_procedure import dividing, splits_cents
from razpis.engine.rulebook.notes import Notes, euros
from razpis.engine.rulebook.source import Path_


def look(notes: Notes, rulebook: Rulebook, known: Mapping[str, Interval]) -> None:
    """Note what is wrong with the division of money."""
    allocation = rulebook.allocation
    if allocation is None:
        return
    for at, limit in enumerate(allocation.limits):
        never = _never_binds(rulebook, allocation, at, limit, known)
        if never is not None:
            notes.warning(
                ("allocation", "limits", limit.key, "amount"),
                f"omejitev »{_title(limit).sl}« nikoli ne velja: {never.sl}",
                f"the limit '{_title(limit).en}' never binds: {never.en}",
            )
    _minimum_grant(notes, allocation, known)
    _set_asides(notes, rulebook, allocation)
    _set_asides_together(notes, rulebook, allocation)
    _rounding(notes, rulebook, allocation)
    _open_places(notes, rulebook, allocation)


def _title(limit: LimitRule) -> Text:
    return limit.rule.title or Text(limit.key, limit.key)


def _never_binds(
    rulebook: Rulebook, allocation: AllocationRule, at: int, limit: LimitRule, known: Mapping[str, Interval]
) -> Text | None:
    """Why a limit can never be what holds an award down; ``None`` where it can."""
    least = bounds.bounds(limit.rule.amount, known).low
    if least is None:
        return None
    held = _within_reach(rulebook, limit)
    if least >= held and not (limit.rule.per == "application" and _wants_count(allocation)):
        return Text(f"na voljo je le {euros(held).sl}", f"there is only {euros(held).en} to divide")
    if limit.rule.per != "application":
        return None
    asked = bounds.bounds(allocation.rule.entitlement or allocation.rule.request, known).high
    if asked is not None and least >= asked:
        return Text(f"upravičeni znesek je največ {euros(asked).sl}", f"the entitlement is at most {euros(asked).en}")
    for other_at, other in enumerate(allocation.limits):
        most = bounds.bounds(other.rule.amount, known).high
        if other_at == at or most is None or not _covers(other, limit):
            continue
        if most < least or (most == least and other_at < at):
            return Text(
                f"»{_title(other).sl}« je vedno največ {euros(most).sl}",
                f"'{_title(other).en}' is never more than {euros(most).en}",
            )
    return None


def _wants_count(allocation: AllocationRule) -> bool:
    """Whether what an application may have changes what others get, though there is less to divide."""
    return "wanted" in allocation.weight.reads or allocation.rule.money_threshold is not None


def _within_reach(rulebook: Rulebook, limit: LimitRule) -> Number:
    """The most euros that what the limit bounds could get without it."""
    lots = limit.rule.lots or tuple(rulebook.lots)
    cents = [rulebook.lot_cents(lot) for lot in lots]
    moves = rulebook.file.allocation is not None and rulebook.file.allocation.leftovers == "second_pass"
    if moves or any(lot.leftover_to for lot in rulebook.lots.values()):
        held = sum(rulebook.lot_cents(lot) for lot in rulebook.lots)
    else:
        held = max(cents) if limit.rule.per == "application" else sum(cents)
    budget = rulebook.file.budget
    if budget is not None and not budget.lines:
        held = min(held, whole(budget))
    return money.from_cents(held)


def _covers(other: LimitRule, limit: LimitRule) -> bool:
    """Whether ``other`` holds wherever ``limit`` does."""
    if other.rule.per != "application" or other.where is not None:
        return False
    return not other.rule.lots or (bool(limit.rule.lots) and set(limit.rule.lots) <= set(other.rule.lots))


def _minimum_grant(notes: Notes, allocation: AllocationRule, known: Mapping[str, Interval]) -> None:
    stated = allocation.rule.minimum_grant
    if stated is None:
        return
    everywhere = [limit for limit in allocation.limits if limit.rule.per == "application" and limit.where is None]
    sources = [limit.rule.amount for limit in everywhere if not limit.rule.lots]
    sources.append(allocation.rule.entitlement or allocation.rule.request)
    ends = [bounds.bounds(source, known).high for source in sources]
    highs = [end for end in ends if end is not None]
    if highs and min(highs) < stated.amount:
        least, most = euros(stated.amount), euros(min(highs))
        notes.error(
            ("allocation", "minimum_grant", "amount"),
            f"nihče ne bi dobil ničesar: najnižji znesek je {least.sl}, ena vloga pa sme dobiti največ {most.sl}",
            f"nobody would get anything: the least award is {least.en}, but one application gets at most {most.en}",
        )


def _set_asides(notes: Notes, rulebook: Rulebook, allocation: AllocationRule) -> None:
    for one in allocation.set_asides:
        held = money.from_cents(sum(rulebook.lot_cents(lot) for lot in one.rule.lots or tuple(rulebook.lots)))
        amount = one.rule.amount
        if amount is not None and amount > held:
            notes.error(
                ("allocation", "set_asides", one.key),
                f"rezervirano je {euros(amount).sl}, na voljo pa je le {euros(held).sl}",
                f"{euros(amount).en} is set aside, but there is only {euros(held).en}",
                key=True,
            )


def _set_asides_together(notes: Notes, rulebook: Rulebook, allocation: AllocationRule) -> None:
    """Each is filled by itself, in turn, so what they keep of the same lots adds up."""
    kept: list[tuple[frozenset[str], Number]] = []
    for one in allocation.set_asides:
        lots = frozenset(one.rule.lots or rulebook.lots)
        held = money.from_cents(sum(rulebook.lot_cents(lot) for lot in lots))
        percent = one.rule.percent
        alone = one.rule.amount if percent is None else money.divide(percent * held, 100)
        assert alone is not None
        kept.append((lots, alone))
        together = money.total(amount for among, amount in kept if among <= lots)
        if alone <= held < together:
            notes.warning(
                ("allocation", "set_asides", one.key),
                f"rezervirano je skupaj {euros(together).sl}, na voljo pa je le {euros(held).sl}; polni se po vrsti, "
                "zato za zadnje zmanjka – dele zmanjšajte",
                f"{euros(together).en} are set aside together, but there is only {euros(held).en}; they are filled in "
                "turn, so the last ones run short – make them smaller",
                key=True,
            )


def _rounding(notes: Notes, rulebook: Rulebook, allocation: AllocationRule) -> None:
    rule = allocation.rule
    amounts = [rule.entitlement or rule.request, *(limit.rule.amount for limit in allocation.limits)]
    if rule.round is not None:
        return
    known = dividing(rulebook)
    if "proportional" in rulebook.by_fill or any(splits_cents(amount, known) for amount in amounts):
        notes.warning(
            ("allocation",),
            "ni zapisano, kako se dodeljeni znesek zaokroži (zdaj na cent, polovica navzgor); dodajte »round: 2« ali, "
            "za cele evre, »round: 0«",
            "it is not stated how awards are rounded (now to the cent, halves up); add 'round: 2' or, for whole "
            "euros, 'round: 0'",
            key=True,
        )


def _open_places(notes: Notes, rulebook: Rulebook, allocation: AllocationRule) -> None:
    """A fill in rank order can wait for a place; what is shared among all, and whom money is kept for, cannot."""
    ranking = rulebook.file.ranking
    draw = any(key.draw for key in ranking.keys)
    if any(key.line for key in ranking.keys) or (ranking.still_tied == "shared" and not draw):
        return
    for path, reads in _by_place(rulebook, allocation):
        if "place" in reads:
            notes.error(
                path,
                "od mesta (place) je tu lahko odvisno le, če nobeno ne ostane odprto; zapišite »still_tied: shared« in "
                "izpustite »draw«: izenačene si mesto delijo",
                "this may depend on the place (place) only where none stays open; write 'still_tied: shared' and leave "
                "'draw' out: those who are tied share their place",
            )


def _by_place(rulebook: Rulebook, allocation: AllocationRule) -> Iterator[tuple[Path_, frozenset[str]]]:
    """What is read where an open place cannot be waited for."""
    for kept in allocation.set_asides:
        yield ("allocation", "set_asides", kept.key, "where"), kept.where.reads
    shared = frozenset(rulebook.by_fill.get("proportional", ()))
    if not shared:
        return
    for name in ("entitlement", "weight", "fixed_part"):
        expression: Expression | None = getattr(allocation, name)
        if expression is not None:
            yield ("allocation", name), expression.reads
    for limit in allocation.limits:
        if shared.intersection(limit.rule.lots or shared):
            path = ("allocation", "limits", limit.key)
            yield (*path, "amount"), limit.amount.reads
            yield (*path, "where"), limit.where.reads if limit.where is not None else frozenset()
