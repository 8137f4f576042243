"""Sittings of the commission: what they are for, and who counts towards the quorum for one application."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from razpis.procedure.commission import CommissionFunction, has_quorum
from razpis.procedure.problems import Words


class SittingKind(StrEnum):
    """What a sitting is for."""

    OPENING = "opening"
    CHECKING = "checking"
    SCORING = "scoring"
    PROPOSING = "proposing"


SITTINGS: Mapping[SittingKind, Words] = {
    SittingKind.OPENING: Words("odpiranje vlog", "opening of applications"),
    SittingKind.CHECKING: Words("preizkus vlog", "checking of applications"),
    SittingKind.SCORING: Words("ocenjevanje", "scoring"),
    SittingKind.PROPOSING: Words("usklajevanje in predlog", "agreeing and proposing"),
}


@dataclass(frozen=True, slots=True)
class Sitter:
    """A person in a commission. ``replaces``: the person they stand in for in this one application."""

    person: int
    function: CommissionFunction
    replaces: int | None = None


def deciding(
    present: Collection[int], sitters: Collection[Sitter], excluded: Collection[int]
) -> tuple[CommissionFunction, ...]:
    """The functions in which those present decide on one application.

    Nobody ``excluded`` from it decides, a deputy only where appointed in place of somebody excluded, and then in
    that one's function (ZUP, 35.–37. člen; ZIntPK, 38. člen).
    """
    functions = {one.person: one.function for one in sitters}
    found: list[CommissionFunction] = []
    for one in sitters:
        if one.person not in present or one.person in excluded:
            continue
        if one.function is not CommissionFunction.DEPUTY:
            found.append(one.function)
        elif one.replaces in excluded and one.replaces in functions:
            found.append(functions[one.replaces])
    return tuple(found)


def can_decide(present: Collection[int], sitters: Collection[Sitter], excluded: Collection[int], quorum: int) -> bool:
    """Whether those present can decide on one application after the exclusions."""
    return has_quorum(deciding(present, sitters, excluded), quorum)
