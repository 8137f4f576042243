"""The result of a call, read once more: points, places, money, and what becomes of every application."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .claims import Claim
from .numbers import Number
from .passes import Division
from .points import Given, Rules, scored
from .ranking import places


@dataclass
class Result:
    """A row of results.csv."""

    id: str
    place: int | None
    points: Number | None
    outcome: str
    award: Number = Fraction(0)
    limited_by: str = ""
    reserve: int | None = None


def evaluated(rules: Rules, rows: list[dict[str, Any]], marks: Given, draws: dict[str, str]) -> dict[str, Result]:
    """The result of a call by application."""
    found = scored(rules, rows, marks)
    taken = places(rules, found, draws)
    results = {id_: Result(id_, taken.get(id_), one.total, one.out or "ranked") for id_, one in found.items()}
    if "allocation" in rules:
        division = Division(rules, found, taken)
        division.run()
        for one in division.claims:
            result = results[one.id]
            result.award, result.limited_by, result.outcome = one.award, one.limited_by, _outcome(one)
        if rules["allocation"].get("reserve_list"):
            _keep_reserve_list(division.claims, results)
    return results


def _outcome(one: Claim) -> str:
    if one.waits:
        return "open_tie"
    if one.award == one.requested:
        return "granted"
    return "part" if one.award else "no_money"


def _keep_reserve_list(claims: list[Claim], results: dict[str, Result]) -> None:
    """Everyone who got nothing, though something is due, lot by lot; equals share the position, and while a tie is
    open there is no list."""
    for lot in {one.lot for one in claims}:
        inside = [one for one in claims if one.lot == lot]
        listed = [one for one in inside if one.award == 0 and one.wanted > 0]
        for one in listed if not any(one.waits for one in inside) else []:
            results[one.id].reserve = 1 + sum(other.place < one.place for other in listed)
