"""What may stand beside each way of dividing the money, and what may not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from razpis.engine.rulebook.allocation import Allocation, MoneyThreshold
from razpis.engine.rulebook.checker import Checker
from razpis.engine.rulebook.source import Path_


def check_fills(checker: Checker, rule: Allocation) -> None:
    """Note what no lot, or not every lot it stands for, can use; and what lots of different fills would share."""
    fills = _fills(checker, rule)
    if rule.minimum_grant is not None and "proportional" not in fills.values():
        checker.problem(
            ("allocation", "minimum_grant"),
            "najnižji znesek velja za sorazmerno delitev; pri vrstnem redu uporabite »minimum_useful«",
            "a least award belongs to a proportional fill; in rank order use 'minimum_useful'",
            key=True,
        )
    stated: list[tuple[Path_, int | None]] = [
        (("lots", key), lot.most_winners) for key, lot in checker.file.lots.items() if fills[key] == "proportional"
    ]
    if "proportional" in fills.values():
        stated.insert(0, (("allocation",), rule.most_winners))
    for path, most in stated:
        if most is not None:
            checker.problem(
                (*path, "most_winners"),
                "omejeno število prejemnikov velja pri delitvi po vrstnem redu (fill: rank)",
                "a limited number of recipients belongs to a fill in rank order (fill: rank)",
                key=True,
            )
    if len(set(fills.values())) > 1:
        for shared in _shared(checker, rule, fills):
            checker.problem(
                shared,
                "to si delijo sklopi z različno delitvijo (fill); ni določeno, kateri bi dobil prvi – navedite le "
                "sklope z enako delitvijo ali pravilo izpustite",
                "lots that are divided in different ways (fill) share this; nothing says which of them comes first – "
                "name only lots divided alike, or leave it out",
                key=True,
            )


def _fills(checker: Checker, rule: Allocation) -> Mapping[str, str]:
    """How the money of each lot is divided."""
    return {key: lot.fill or rule.fill for key, lot in checker.file.lots.items()} or {"": rule.fill}


def _shared(checker: Checker, rule: Allocation, fills: Mapping[str, str]) -> Iterator[Path_]:
    """Places in the file by which lots of different fills would meet in the same money."""

    def mixed(lots: Iterable[str]) -> bool:
        return len({fills[lot] for lot in tuple(lots) or fills if lot in fills}) > 1

    if rule.leftovers == "second_pass":
        yield "allocation", "leftovers"
    budget = checker.file.budget
    if budget is not None and not budget.lines:
        yield ("budget",)
    for key, limit in rule.limits.items():
        if limit.per != "application" and mixed(limit.lots):
            yield "allocation", "limits", key
    for key, kept in rule.set_asides.items():
        if mixed(kept.lots):
            yield "allocation", "set_asides", key
    for key, lot in checker.file.lots.items():
        if lot.leftover_to is not None and mixed((key, lot.leftover_to)):
            yield "lots", key, "leftover_to"


def check_set_asides(checker: Checker, rule: Allocation) -> None:
    """Note money that stays where it is set aside, over lots that another such shares only in part: what both keep
    of the common lots would have to be divided between them, and nothing says how."""
    lots = frozenset(checker.file.lots)
    keeping = {key: frozenset(one.lots) or lots for key, one in rule.set_asides.items() if one.unused == "stays"}
    for (first, among), (key, others) in combinations(keeping.items(), 2):
        if among & others and not (among <= others or others <= among):
            checker.problem(
                ("allocation", "set_asides", key),
                f"sklopi se z »{first}« prekrivajo le deloma, neporabljeni denar pa obakrat ostane (unused: stays); ni "
                "določeno, koliko ga ostane iz skupnih sklopov – naj bodo isti, eni znotraj drugih ali brez skupnih",
                f"its lots and those of '{first}' overlap only in part, and what is not used stays in both (unused: "
                "stays); nothing says how much of it stays of the common lots – name the same lots, some within the "
                "others, or none in common",
                key=True,
            )


def check_fixed_part(checker: Checker, rule: Allocation) -> None:
    """Note a fixed part where nothing is shared by weight, or beside a part that would contradict it."""
    path = ("allocation", "fixed_part")
    if "proportional" not in _fills(checker, rule).values():
        checker.problem(
            path,
            "stalni del velja za sorazmerno delitev (fill: proportional); pri vrstnem redu uporabite »entitlement«",
            "a fixed part belongs to a proportional fill (fill: proportional); in rank order use 'entitlement'",
            key=True,
        )
    if rule.minimum_grant is not None:
        checker.problem(
            path,
            "stalni del (fixed_part) ni združljiv z »minimum_grant«: je že najmanj, kar vloga dobi; zapišite le eno od "
            "obojega",
            "a fixed part (fixed_part) cannot stand beside 'minimum_grant': it is already the least an application "
            "gets; write only one of them",
            key=True,
        )
    if rule.set_asides:
        checker.problem(
            path,
            "stalni del (fixed_part) ni združljiv s »set_asides«: ni določeno, iz katerega denarja bi bil; namenski "
            "denar zapišite kot sklop",
            "a fixed part (fixed_part) cannot stand beside 'set_asides': nothing says from which money it would come; "
            "write money kept for some as a lot",
            key=True,
        )


def check_money_threshold(checker: Checker, rule: MoneyThreshold | None) -> None:
    """Note a threshold from the money that names no number, or numbers that do not go together."""
    if rule is None:
        return
    path = ("allocation", "money_threshold")
    stated = {name for name in ("at_most", "at_least", "nearest") if getattr(rule, name) is not None}
    if len(stated) != 1 and stated != {"nearest", "at_least"}:
        checker.problem(
            path,
            "zapišite natanko eno od: at_most, at_least, nearest (ob nearest sme stati at_least)",
            "write exactly one of: at_most, at_least, nearest (at_least may stand beside nearest)",
            key=True,
        )
    for name in sorted(stated):
        if getattr(rule, name) <= 0:
            sl, en = "mnogokratnik denarja mora biti večji od 0", "a multiple of the money must be above 0"
            checker.problem((*path, name), sl, en)
