"""When a decision is final: by its service, its period, and what was lodged against it."""

from __future__ import annotations

from datetime import date

import pytest

from razpis.procedure.finality import (
    FOLLOWS,
    OUTCOMES,
    REMEDIES,
    Follows,
    Lodged,
    Outcome,
    Period,
    Remedied,
    exhausted,
    final_on,
    lodged_problems,
)

SERVED, LAST, AFTER = date(2026, 3, 5), date(2026, 3, 20), date(2026, 3, 21)
APPEAL = Period(Remedied.APPEAL, SERVED, LAST)
LAWSUIT = Period(Remedied.LAWSUIT, SERVED, LAST)
NOTHING = Lodged(Remedied.NONE)
ENDED = date(2026, 4, 30)


def appealed(outcome: Outcome, ended: date | None = None, reference: str = "") -> Lodged:
    return Lodged(Remedied.APPEAL, date(2026, 3, 19), outcome, ended, reference)


@pytest.mark.parametrize(
    ("period", "lodged", "today", "over", "final"),
    [
        (APPEAL, None, AFTER, False, None),
        (APPEAL, NOTHING, LAST, False, None),
        (APPEAL, NOTHING, AFTER, True, AFTER),
        (Period(Remedied.APPEAL, None, None), NOTHING, AFTER, False, None),
        (APPEAL, appealed(Outcome.PENDING), AFTER, False, None),
        (APPEAL, appealed(Outcome.UPHELD, ENDED), ENDED, False, None),
        (APPEAL, appealed(Outcome.REJECTED, ENDED), ENDED, True, ENDED),
        (APPEAL, appealed(Outcome.DISMISSED, ENDED), ENDED, True, ENDED),
        (APPEAL, appealed(Outcome.WITHDRAWN, LAST), AFTER, True, AFTER),
        (LAWSUIT, None, SERVED, False, SERVED),
        (LAWSUIT, Lodged(Remedied.LAWSUIT, LAST, Outcome.PENDING), AFTER, False, SERVED),
        (LAWSUIT, Lodged(Remedied.LAWSUIT, LAST, Outcome.UPHELD, ENDED), ENDED, False, None),
        (LAWSUIT, NOTHING, AFTER, True, SERVED),
    ],
)
def test_final_and_exhausted(
    period: Period, lodged: Lodged | None, today: date, over: bool, final: date | None
) -> None:
    assert (exhausted(period, lodged, today), final_on(period, lodged, today)) == (over, final)


@pytest.mark.parametrize(
    ("lodged", "period", "keys"),
    [
        (NOTHING, APPEAL, []),
        (NOTHING, Period(Remedied.APPEAL, None, None), [("kind", "remedy_unserved")]),
        (NOTHING, Period(Remedied.APPEAL, SERVED, ENDED), [("kind", "remedy_running")]),
        (appealed(Outcome.PENDING), APPEAL, []),
        (appealed(Outcome.NONE), APPEAL, [("outcome", "remedy_outcome")]),
        (Lodged(Remedied.APPEAL, None, Outcome.PENDING), APPEAL, [("lodged_on", "remedy_day_missing")]),
        (Lodged(Remedied.APPEAL, date(2026, 3, 1), Outcome.PENDING), APPEAL, [("lodged_on", "remedy_day")]),
        (Lodged(Remedied.APPEAL, date(2026, 5, 1), Outcome.PENDING), APPEAL, [("lodged_on", "remedy_day")]),
        (appealed(Outcome.WITHDRAWN, ENDED), APPEAL, []),
        (appealed(Outcome.WITHDRAWN, date(2026, 3, 18)), APPEAL, [("ended_on", "remedy_day")]),
        (appealed(Outcome.REJECTED, ENDED, "P-1"), APPEAL, []),
        (appealed(Outcome.UPHELD), APPEAL, [("ended_on", "remedy_day_missing"), ("reference", "remedy_reference")]),
        (
            Lodged(Remedied.APPEAL, None, Outcome.DISMISSED, ENDED, "P-1"),
            APPEAL,
            [("lodged_on", "remedy_day_missing")],
        ),
    ],
)
def test_what_in_a_record_cannot_be(lodged: Lodged, period: Period, keys: list[tuple[str, str]]) -> None:
    found = list(lodged_problems(lodged, period, date(2026, 3, 4), ENDED))
    assert [(name, problem.key) for name, problem in found] == keys


def test_everything_has_its_words() -> None:
    assert (list(REMEDIES), list(OUTCOMES), list(FOLLOWS)) == (list(Remedied), list(Outcome), list(Follows))
