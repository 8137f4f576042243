"""When a decision becomes final (dokončna): by its service, the period of its remedy, and what is known of remedies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
        "zadeva je vrnjena; točke ali dejstva je treba ugotoviti znova, zato se odloči zunaj programa",
        "remitted; points or facts have to be established again, so it is decided outside this program",
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


def exhausted(period: Period, lodged: Lodged | None, today: date) -> bool:
    """Whether nothing can change the decision by an ordinary remedy any more: the period is over and nothing was
    lodged, or what was lodged has ended and left it as it is."""
    if lodged is None or period.last is None or period.last >= today:
        return False
    return lodged.kind is Remedied.NONE or lodged.outcome in ENDED


def final_on(period: Period, lodged: Lodged | None, today: date) -> date | None:
    """The day from which the decision is final, ``None`` while it is not.

    Where an appeal is allowed that is the day after its period, or the later day on which the appeal ended; where
    only a suit is allowed it is the day of service, whatever the court does (ZUP, 224. and 225. člen).
    """
    if period.remedy is Remedied.LAWSUIT:
        return None if lodged is not None and lodged.outcome is Outcome.UPHELD else period.served
    if not exhausted(period, lodged, today):
        return None
    assert period.last is not None and lodged is not None
    after = period.last + _DAY
    return after if lodged.ended is None else max(after, lodged.ended)


def lodged_problems(lodged: Lodged, period: Period, issued: date, today: date) -> Iterator[tuple[str, Problem]]:
    """What in a record cannot be, each with the name of the field it is about."""
    if lodged.kind is Remedied.NONE:
        yield from _too_early(period, today)
        return
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
