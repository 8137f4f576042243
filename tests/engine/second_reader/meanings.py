"""Every expression that the drawn calls use, with its meaning in Python: so this reader needs no parser of its own."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from .numbers import exact

Names = dict[str, Any]
MEANINGS: dict[str, Callable[[Names], Any]] = {
    "true": lambda n: True,
    # conditions, and for whom something holds
    "young": lambda n: n["young"],
    "not young": lambda n: not n["young"],
    "kind == 'society'": lambda n: n["kind"] == "society",
    "kind == 'institute'": lambda n: n["kind"] == "institute",
    "members >= 2": lambda n: n["members"] >= 2,
    "members > 5": lambda n: n["members"] > 5,
    "applicant_number <= 2": lambda n: n["applicant_number"] <= 2,
    "points > 4": lambda n: n["points"] > 4,
    "points >= 5": lambda n: n["points"] >= 5,
    "place <= 2": lambda n: n["place"] <= 2,
    "lot == 'A'": lambda n: n["lot"] == "A",
    # points
    "score": lambda n: exact(n["score"]),
    "members": lambda n: Fraction(n["members"]),
    "kind": lambda n: n["kind"],
    "score / 3": lambda n: exact(n["score"]) / 3,
    "10 - cost / 20": lambda n: 10 - exact(n["cost"]) / 20,
    "0.1 * points_size if points_first >= 3 else 0": lambda n: (
        n["points_size"] / 10 if n["points_first"] >= 3 else Fraction(0)
    ),
    "1.1 if young else 1": lambda n: Fraction(11, 10) if n["young"] else Fraction(1),
    # order
    "cost": lambda n: exact(n["cost"]),
    "requested": lambda n: exact(n["requested"]),
    # money
    "0.8 * cost": lambda n: exact(n["cost"]) * Fraction(4, 5),
    "0.9 * cost": lambda n: exact(n["cost"]) * Fraction(9, 10),
    "cost * 0.8 + 10": lambda n: exact(n["cost"]) * Fraction(4, 5) + 10,
    "80 if points >= 5 else 33.3335": lambda n: Fraction(80) if n["points"] >= 5 else Fraction(333335, 10000),
    "100 if place == 1 else 60": lambda n: Fraction(100) if n["place"] == 1 else Fraction(60),
    "0.4 * lot_amount": lambda n: n["lot_amount"] * Fraction(2, 5),
    "30 if young else 12.5": lambda n: Fraction(30) if n["young"] else Fraction(25, 2),
    # what is shared by
    "points": lambda n: n["points"],
    "wanted": lambda n: n["wanted"],
    "points * wanted": lambda n: n["points"] * n["wanted"],
    "points - 2": lambda n: n["points"] - 2,
}


def holds(expression: str, names: Names) -> bool:
    """Whether a yes/no expression holds."""
    return bool(MEANINGS[expression](names))


def number(expression: Any, names: Names) -> Any:
    """The value of an expression; a number alone is itself."""
    return exact(expression) if isinstance(expression, int | float) else MEANINGS[expression](names)
