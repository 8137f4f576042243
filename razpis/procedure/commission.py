"""The commission of a call: its functions, and when it can decide."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

SMALLEST = 3


class CommissionFunction(StrEnum):
    """What a person is in a commission."""

    PRESIDENT = "president"
    MEMBER = "member"
    DEPUTY = "deputy"
    SECRETARY = "secretary"


FUNCTIONS: Mapping[CommissionFunction, tuple[str, str]] = {
    CommissionFunction.PRESIDENT: ("predsednica ali predsednik", "president"),
    CommissionFunction.MEMBER: ("članica ali član", "member"),
    CommissionFunction.DEPUTY: ("namestnica ali namestnik člana", "deputy member"),
    CommissionFunction.SECRETARY: ("zapisničarka ali zapisničar", "secretary"),
}


def has_quorum(present: Collection[CommissionFunction], quorum: int) -> bool:
    """Whether those present can decide: the president among them, and ``quorum`` of those who vote."""
    voting = [one for one in present if one is not CommissionFunction.SECRETARY]
    return CommissionFunction.PRESIDENT in voting and len(voting) >= quorum
