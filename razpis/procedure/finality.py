"""When a decision becomes final (dokončna): by its service, the period of its remedy, and what is known of remedies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from razpis.procedure.problems import Problem, Words

_DAY = timedelta(days=1)


class Remedied(StrEnum):
    """What was lodged against a decision: nothing, an appeal, or a suit before the administrative court."""

    NONE = "none"
    APPEAL = "appeal"
    LAWSUIT = "lawsuit"


class Outcome(StrEnum):
    """How a remedy ended. Of ``NONE`` there is nothing to end; ``UPHELD`` takes the decision away."""

    NONE = "none"
    PENDING = "pending"
    WITHDRAWN = "withdrawn"
    DISMISSED = "dismissed"
    REJECTED = "rejected"
    UPHELD = "upheld"


class Follows(StrEnum):
    """What follows for an application whose decision a higher body took away: it decides anew here, on the evaluation
    there is; anew elsewhere, because points or facts have to be established again; or nothing more."""

    RENEWED = "renewed"
    ELSEWHERE = "elsewhere"
    NOTHING = "nothing"


REMEDIES: Mapping[Remedied, Words] = {
    Remedied.NONE: Words("nič ni bilo vloženo", "nothing was lodged"),
    Remedied.APPEAL: Words("pritožba", "appeal"),
    Remedied.LAWSUIT: Words("tožba v upravnem sporu", "suit before the administrative court"),
}
OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.NONE: Words("brez pravnega sredstva", "no remedy"),
    Outcome.PENDING: Words("še ni odločeno", "pending"),
    Outcome.WITHDRAWN: Words("umaknjeno", "withdrawn"),
    Outcome.DISMISSED: Words("zavrženo", "dismissed"),
    Outcome.REJECTED: Words("zavrnjeno", "rejected"),
    Outcome.UPHELD: Words("ugodeno", "upheld"),
}
FOLLOWS: Mapping[Follows, Words] = {
    Follows.RENEWED: Words(
        "zadeva je vrnjena; odloči se znova na isti oceni, z dopolnjeno obrazložitvijo",
        "remitted; decided anew on the same evaluation, with further reasons",
    ),
    Follows.ELSEWHERE: Words(
        "zadeva je vrnjena; točke ali dejstva je treba ugotoviti znova, zato se odloči zunaj portala",
        "remitted; points or facts have to be established again, so it is decided outside this portal",
    ),
    Follows.NOTHING: Words(
        "zadeva ni vrnjena: organ je odločil sam ali pa nova odločitev ni potrebna",
        "not remitted: the body decided itself, or no new decision is needed",
    ),
}
ENDED = frozenset({Outcome.WITHDRAWN, Outcome.DISMISSED, Outcome.REJECTED})
"""Outcomes that leave the decision as it is."""
_DECIDED = frozenset({Outcome.DISMISSED, Outcome.REJECTED, Outcome.UPHELD})


@dataclass(frozen=True, slots=True)
class Period:
    """``remedy`` that the decision allows; the day it was ``served`` and the ``last`` day for the remedy, both
    ``None`` while service is not known."""

    remedy: Remedied
    served: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Lodged:
    """What is known of a remedy. ``ended`` is the day the decision on it was served, or it was withdrawn."""

    kind: Remedied
    on: date | None = None
    outcome: Outcome = Outcome.NONE
    ended: date | None = None
    reference: str = ""


def ordinary(period: Period, told: Sequence[Lodged]) -> Lodged | None:
    """The last that was told (the first told first) of the remedy which decides when the decision is final; a suit
    against a decision on an appeal is not that."""
    counted = [one for one in told if one.kind is not Remedied.LAWSUIT or period.remedy is Remedied.LAWSUIT]
    return counted[-1] if counted else None


def counting(period: Period, told: Sequence[Lodged]) -> Sequence[Lodged]:
    """What counts of all that was told: the last of the remedy that the decision allows, and of a suit after it."""
    first = ordinary(period, told)
    return told[-1:] if first is None or first is told[-1] else (first, told[-1])


def stands(lodged: Lodged | None) -> bool:
    """Whether the decision stands after what was told last: nothing was lodged, what was lodged has ended and left it
    as it is, or a court has a suit, which holds up nothing (ZUS-1, 32. člen)."""
    if lodged is None:
        return False
    pending_suit = lodged.kind is Remedied.LAWSUIT and lodged.outcome is Outcome.PENDING
    return lodged.kind is Remedied.NONE or lodged.outcome in ENDED or pending_suit


def exhausted(period: Period, told: Sequence[Lodged], today: date) -> bool:
    """Whether no ordinary remedy can change the decision any more: the period is over, nothing was lodged in it or what
    was lodged has ended, and no court has taken the decision away."""
    if not told or period.last is None or period.last >= today:
        return False
    return stands(ordinary(period, told)) and stands(told[-1])


def final_on(period: Period, told: Sequence[Lodged], today: date) -> date | None:
    """The day from which the decision is final, ``None`` while it is not.

    Where an appeal is allowed that is the day after its period, or the later day on which the appeal ended; where
    only a suit is allowed it is the day of service, whatever the court does (ZUP, 224. and 225. člen).
    """
    if period.remedy is Remedied.LAWSUIT:
        return None if told and told[-1].outcome is Outcome.UPHELD else period.served
    if not exhausted(period, told, today):
        return None
    appealed = ordinary(period, told)
    assert period.last is not None and appealed is not None
    after = period.last + _DAY
    return after if appealed.ended is None else max(after, appealed.ended)


def follows_appeal(period: Period, told: Sequence[Lodged], lodged: Lodged) -> bool:
    """Whether this is the first of a suit against a decision that an appeal did not change: news, and no correction."""
    new = lodged.kind is Remedied.LAWSUIT and told and told[-1].kind is not Remedied.LAWSUIT
    return bool(new) and period.remedy is Remedied.APPEAL


def lodged_problems(
    lodged: Lodged, told: Sequence[Lodged], period: Period, issued: date, today: date
) -> Iterator[tuple[str, Problem]]:
    """What in a record cannot be, after what was ``told`` before; each with the name of the field it is about."""
    if lodged.kind is Remedied.NONE:
        yield from _too_early(period, today)
        return
    if period.remedy is Remedied.APPEAL and lodged.kind is Remedied.LAWSUIT and not stands(ordinary(period, told)):
        yield (
            "kind",
            Problem(
                "remedy_before_appeal",
                "Najprej zapišite, kako se je končala pritožba ali da je ni bilo; tožba je mogoča zoper dokončno "
                "odločitev.",
                "First record how the appeal ended or that there was none; a suit needs a final decision.",
            ),
        )
    yield from _day("lodged_on", lodged.on, issued, today)
    if lodged.outcome is Outcome.NONE:
        yield "outcome", Problem("remedy_outcome", "Izberite, kako se je končalo.", "Choose how it ended.")
    elif lodged.outcome is not Outcome.PENDING:
        yield from _day("ended_on", lodged.ended, lodged.on or issued, today)
    if lodged.outcome in _DECIDED and not lodged.reference.strip():
        yield (
            "reference",
            Problem(
                "remedy_reference",
                "Vpišite številko akta, s katerim je bilo odločeno.",
                "Enter the number of the act that decided.",
            ),
        )


def _too_early(period: Period, today: date) -> Iterator[tuple[str, Problem]]:
    if period.last is None:
        yield (
            "kind",
            Problem(
                "remedy_unserved",
                "Vročitev odločitve še ni zabeležena, zato rok še ne teče.",
                "The decision is not known to be served, so the period does not run yet.",
            ),
        )
    elif period.last >= today:
        last = period.last
        yield (
            "kind",
            Problem(
                "remedy_running",
                f"Rok še teče, do vključno {last.day}. {last.month}. {last.year}. Da ni bilo vloženo nič, se zapiše "
                "po njem.",
                f"The period runs until {last.isoformat()}. That nothing was lodged is recorded after it.",
            ),
        )


def _day(name: str, day: date | None, earliest: date, today: date) -> Iterator[tuple[str, Problem]]:
    if day is None:
        yield name, Problem("remedy_day_missing", "Vpišite dan.", "Enter the day.")
    elif not earliest <= day <= today:
        yield (
            name,
            Problem(
                "remedy_day",
                f"Dan mora biti od {earliest.day}. {earliest.month}. {earliest.year} do danes.",
                f"The day must be from {earliest.isoformat()} to today.",
            ),
        )
