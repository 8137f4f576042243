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
    counting,
    exhausted,
    final_on,
    follows_appeal,
    lodged_problems,
)

SERVED, LAST, AFTER = date(2026, 3, 5), date(2026, 3, 20), date(2026, 3, 21)
APPEAL = Period(Remedied.APPEAL, SERVED, LAST)
LAWSUIT = Period(Remedied.LAWSUIT, SERVED, LAST)
NOTHING = Lodged(Remedied.NONE)
ENDED = date(2026, 4, 30)


def appealed(outcome: Outcome, ended: date | None = None, reference: str = "") -> Lodged:
    return Lodged(Remedied.APPEAL, date(2026, 3, 19), outcome, ended, reference)


def sued(outcome: Outcome, ended: date | None = None) -> Lodged:
    return Lodged(Remedied.LAWSUIT, LAST, outcome, ended, "" if ended is None else "II U 1/2027")


REJECTED = appealed(Outcome.REJECTED, ENDED, "P-1")


@pytest.mark.parametrize(
    ("period", "told", "today", "over", "final"),
    [
        (APPEAL, [], AFTER, False, None),
        (APPEAL, [NOTHING], LAST, False, None),
        (APPEAL, [NOTHING], AFTER, True, AFTER),
        (Period(Remedied.APPEAL, None, None), [NOTHING], AFTER, False, None),
        (APPEAL, [appealed(Outcome.PENDING)], AFTER, False, None),
        (APPEAL, [appealed(Outcome.UPHELD, ENDED)], ENDED, False, None),
        (APPEAL, [REJECTED], ENDED, True, ENDED),
        (APPEAL, [appealed(Outcome.DISMISSED, ENDED)], ENDED, True, ENDED),
        (APPEAL, [appealed(Outcome.WITHDRAWN, LAST)], AFTER, True, AFTER),
        (APPEAL, [appealed(Outcome.PENDING), REJECTED], ENDED, True, ENDED),
        (LAWSUIT, [], SERVED, False, SERVED),
        (LAWSUIT, [NOTHING], AFTER, True, SERVED),
        (LAWSUIT, [NOTHING, sued(Outcome.PENDING)], LAST, False, SERVED),
        (LAWSUIT, [sued(Outcome.PENDING)], AFTER, True, SERVED),
        (LAWSUIT, [sued(Outcome.REJECTED, ENDED)], ENDED, True, SERVED),
        (LAWSUIT, [sued(Outcome.UPHELD, ENDED)], ENDED, False, None),
        (LAWSUIT, [appealed(Outcome.PENDING)], AFTER, False, SERVED),
        # a suit against a decision that an appeal did not change
        (APPEAL, [REJECTED, sued(Outcome.PENDING)], ENDED, True, ENDED),
        (APPEAL, [REJECTED, sued(Outcome.PENDING), sued(Outcome.REJECTED, ENDED)], ENDED, True, ENDED),
        (APPEAL, [NOTHING, sued(Outcome.DISMISSED, ENDED)], ENDED, True, AFTER),
        (APPEAL, [REJECTED, sued(Outcome.UPHELD, ENDED)], ENDED, False, None),
        (APPEAL, [sued(Outcome.PENDING)], ENDED, False, None),
        (APPEAL, [appealed(Outcome.PENDING), sued(Outcome.PENDING)], ENDED, False, None),
    ],
)
def test_final_and_exhausted(period: Period, told: list[Lodged], today: date, over: bool, final: date | None) -> None:
    assert (exhausted(period, told, today), final_on(period, told, today)) == (over, final)


@pytest.mark.parametrize(
    ("period", "told", "counts"),
    [
        (APPEAL, [], []),
        (APPEAL, [appealed(Outcome.PENDING), REJECTED], [REJECTED]),
        (APPEAL, [REJECTED, sued(Outcome.PENDING)], [REJECTED, sued(Outcome.PENDING)]),
        (APPEAL, [sued(Outcome.PENDING)], [sued(Outcome.PENDING)]),
        (LAWSUIT, [NOTHING, sued(Outcome.PENDING)], [sued(Outcome.PENDING)]),
    ],
)
def test_what_counts_of_all_that_was_recorded(period: Period, told: list[Lodged], counts: list[Lodged]) -> None:
    assert list(counting(period, told)) == counts


@pytest.mark.parametrize(
    ("period", "told", "new"),
    [
        (APPEAL, [], False),
        (APPEAL, [REJECTED], True),
        (APPEAL, [NOTHING], True),
        (APPEAL, [REJECTED, sued(Outcome.PENDING)], False),
        (LAWSUIT, [NOTHING], False),
    ],
)
def test_a_suit_after_an_appeal_is_news_and_not_a_correction(period: Period, told: list[Lodged], new: bool) -> None:
    assert follows_appeal(period, told, sued(Outcome.PENDING)) is new
    assert follows_appeal(period, told, REJECTED) is False


@pytest.mark.parametrize(
    ("told", "refused"),
    [([], True), ([appealed(Outcome.PENDING)], True), ([REJECTED], False), ([NOTHING, sued(Outcome.PENDING)], False)],
)
def test_a_suit_waits_for_the_end_of_the_appeal(told: list[Lodged], refused: bool) -> None:
    found = list(lodged_problems(sued(Outcome.PENDING), told, APPEAL, date(2026, 3, 4), ENDED))
    assert [problem.key for _, problem in found] == (["remedy_before_appeal"] if refused else [])
    assert list(lodged_problems(sued(Outcome.PENDING), told, LAWSUIT, date(2026, 3, 4), ENDED)) == []


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
    found = list(lodged_problems(lodged, [], period, date(2026, 3, 4), ENDED))
    assert [(name, problem.key) for name, problem in found] == keys


def test_everything_has_its_words() -> None:
    assert (list(REMEDIES), list(OUTCOMES), list(FOLLOWS)) == (list(Remedied), list(Outcome), list(Follows))
