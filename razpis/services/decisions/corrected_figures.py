"""Whether a correction would change what was decided: amounts of money and points stand, an error in them does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

_NUMBER = r"\d{1,3}(?:\.\d{3}){1,9}(?:,\d{1,30})?|\d{1,30}(?:,\d{1,30})?"  # bounded: a text of digits alone takes long
_MONEY = re.compile(rf"({_NUMBER})\s*(?:EUR|€|evr)", re.IGNORECASE)
_CENTS = re.compile(r"(?<![\d.,])((?:\d{1,3}(?:\.\d{3})+|\d+),\d{2})(?![\d,])")
_POINTS = re.compile(rf"({_NUMBER})\s*(?:točk|odstotn)", re.IGNORECASE)
_BARE = re.compile(rf"\s*({_NUMBER})\s*")


def changed(reads: str, shall_read: str, decision: Mapping[str, Any]) -> bool:
    """Whether ``shall_read`` tells another amount or other points than ``reads``.

    Guarded are numbers with a unit of money or points, numbers with two decimals, and a number that stands alone
    and is the amount granted or asked for, the sum of points or the points of a criterion in ``decision`` (as kept).
    A correction of an obvious error never changes the decision (ZUP, 223. člen).
    """
    known = frozenset(_decided(decision))
    return _guarded(reads) != _guarded(shall_read) or _alone(reads, known) != _alone(shall_read, known)


def _guarded(text: str) -> Counter[Fraction]:
    found = {match.start(1): _value(match[1]) for rule in (_MONEY, _CENTS, _POINTS) for match in rule.finditer(text)}
    return Counter(found.values())


def _alone(text: str, known: frozenset[Fraction]) -> Fraction | None:
    match = _BARE.fullmatch(text)
    return _value(match[1]) if match is not None and _value(match[1]) in known else None


def _decided(decision: Mapping[str, Any]) -> Iterator[Fraction]:
    yield Fraction(decision["awarded"], 100)
    yield Fraction(decision["requested"], 100)
    told = [decision.get("total") or {}]
    told += [row for section in decision.get("criteria", ()) for row in section["rows"]]
    for one in told:
        if _BARE.fullmatch(str(one.get("points", ""))):
            yield _value(str(one["points"]).strip())


def _value(number: str) -> Fraction:
    return Fraction(number.replace(".", "").replace(",", "."))
