"""Roles in a call, and which of them may not meet in one person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from razpis.procedure.problems import Words


class Role(StrEnum):
    """Who takes a step. ``SYSTEM`` is the clock of the server and is never given to a person."""

    APPLICANT = "applicant"
    MEMBER = "member"
    PRESIDENT = "president"
    OFFICER = "officer"
    REGISTRY = "registry"
    SIGNATORY = "signatory"
    SECOND_INSTANCE = "second_instance"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


OFFICIAL = tuple(role for role in Role if role not in (Role.APPLICANT, Role.SYSTEM))
COMMISSION = (Role.MEMBER, Role.PRESIDENT)

_APPLICANT = Words(
    "Kdor zastopa prijavitelja, ne more imeti uradne vloge: odločal bi v svoji stvari (ZUP, 35. člen).",
    "An applicant's user cannot hold an official role: they would decide their own matter (ZUP, Article 35).",
)
_PROPOSER_SIGNS = Words(
    "Kdor v komisiji predlaga, ne more podpisati odločitve o svojem predlogu.",
    "Who proposes in the commission cannot sign the decision on that proposal.",
)
_FIRST_INSTANCE = Words(
    "Kdor je sodeloval na prvi stopnji, ne more odločati o pritožbi (ZUP, 35. člen).",
    "Who took part at first instance cannot decide the appeal (ZUP, Article 35).",
)
_AUDITOR = Words(
    "Nadzornik ne more biti udeležen v postopku, ki ga nadzira.",
    "An auditor cannot take part in what they audit.",
)
_SYSTEM = Words(
    "Uradne vloge »sistem« ni mogoče dodeliti osebi.", "The role of the system cannot be given to a person."
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two roles one person may not hold in the same call, in the order of :class:`Role`, and why."""

    first: Role
    second: Role
    text: Words


def _pairs() -> tuple[Conflict, ...]:
    reasons: dict[frozenset[Role], Words] = {
        **{frozenset({Role.APPLICANT, role}): _APPLICANT for role in OFFICIAL},
        **{frozenset({role, Role.SIGNATORY}): _PROPOSER_SIGNS for role in COMMISSION},
        **{frozenset({role, Role.SECOND_INSTANCE}): _FIRST_INSTANCE for role in (*COMMISSION, Role.SIGNATORY)},
        **{frozenset({Role.AUDITOR, role}): _AUDITOR for role in OFFICIAL if role is not Role.AUDITOR},
        **{frozenset({role, Role.SYSTEM}): _SYSTEM for role in (Role.APPLICANT, *OFFICIAL)},
    }
    pairs = ((frozenset({first, second}), first, second) for first, second in combinations(Role, 2))
    return tuple(Conflict(first, second, reasons[pair]) for pair, first, second in pairs if pair in reasons)


INCOMPATIBLE = _pairs()


def conflicts(roles: Collection[Role]) -> tuple[Conflict, ...]:
    """The pairs among one person's roles that may not meet, with their reasons.

    Source: ZUP, 35.–37. člen; ZIntPK, 37. and 38. člen.
    """
    return tuple(pair for pair in INCOMPATIBLE if pair.first in roles and pair.second in roles)
