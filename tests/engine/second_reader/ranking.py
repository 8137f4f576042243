"""Places in every lot: 1, 1, 3. What stays equal after all keys has the same place."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import Any

from .meanings import number
from .points import Rules, Scored

Order = tuple[Any, ...]


def order_of(rules: Rules, one: Scored) -> Order:
    """What an application is compared by, key after key; the least comes first. A draw is not looked at here."""
    keys = rules.get("ranking", {}).get("keys", ["points"])
    return tuple(_worth(key, one) for key in keys if key != "draw")


def _worth(key: Any, one: Scored) -> Fraction:
    if key == "points":
        return -one.ranking
    if key in ("submitted_at", "line"):
        return Fraction(one.row[key])
    if "expression" in key:
        value = number(key["expression"], one.row | {"points": one.total})
    else:
        value = one.parts[key.get("criterion") or key.get("section")]
    return value if key.get("order") == "lowest" else -value


def places(rules: Rules, found: dict[str, Scored], draws: dict[str, str]) -> dict[str, int]:
    """The place of everyone who is not out. ``draws``: by the name of a tie its seed."""
    taken: dict[str, int] = {}
    for lot in {one.row["lot"] for one in found.values()}:
        ranked = [one for one in found.values() if not one.out and one.row["lot"] == lot]
        for one in ranked:
            taken[one.row["id"]] = 1 + sum(order_of(rules, other) < order_of(rules, one) for other in ranked)
    for tie, ids in ties(found, taken).items():
        if tie in draws:
            drawn = sorted(ids, key=lambda id_: hashlib.sha256(f"{draws[tie]}:{tie}:{id_}".encode()).hexdigest())
            taken |= {id_: taken[ids[0]] + at for at, id_ in enumerate(drawn)}
    return taken


def ties(found: dict[str, Scored], taken: dict[str, int]) -> dict[str, list[str]]:
    """By the name of a tie – the place, with its lot before it where there are lots – those who share it."""
    groups: dict[str, list[str]] = {}
    for id_, place in taken.items():
        lot = found[id_].row["lot"]
        groups.setdefault(f"{lot}:{place}" if lot else str(place), []).append(id_)
    return {tie: ids for tie, ids in groups.items() if len(ids) > 1}
