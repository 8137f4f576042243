"""Calls written by somebody who knows the format's page and nothing else, with results worked out by hand.

Each folder holds the text of an invented call and the working beside its rules, what came in, and what must come out.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from razpis.exports.results_csv import results_csv
from razpis.services.rules import checking, evaluating
from razpis.services.rules.evaluating import Inputs

HERE = Path(__file__).parent / "tryout"
CALLS = sorted(folder.name for folder in HERE.iterdir())


def test_every_call_is_tried() -> None:
    assert CALLS == ["festivals", "pensioners", "reading"]


@pytest.mark.parametrize("call", CALLS)
def test_the_result_is_what_was_worked_out_by_hand(call: str) -> None:
    folder = HERE / call
    marks = folder / "marks.csv"
    found = evaluating.run(
        Inputs(folder / "rules.yaml", folder / "applications.csv", marks if marks.exists() else None)
    ).evaluation
    assert results_csv(found).decode() == (folder / "results.csv").read_text(encoding="utf-8")
    assert found.certificate.failing == ()


def test_the_check_warns_of_what_a_reader_of_the_page_may_leave_out() -> None:
    """The same fact in two criteria, as the call says it; a price that might be 0 where the lowest wins; a limit without
    its own article beside that of the whole."""
    told = [
        one.line("en").split(": warning: ")[1]
        for one in checking.check(HERE / "reading" / "rules.yaml").rulebook.warnings
    ]
    assert told == [
        "the same fact (readers) counts in several criteria: 'Doseženi bralci', 'Cena na bralca'; if the rules say so, "
        "nothing need be done",
        "the value may be 0 or less: a single such application takes all points from the others; give the field "
        "'min: 1', or write 'max(1, …)'",
        "the limit names no article; add 'article', so that the decision can say what it stands on",
    ]


@pytest.mark.parametrize("call", ["festivals", "pensioners"])
def test_the_check_warns_of_nothing_else(call: str) -> None:
    assert checking.check(HERE / call / "rules.yaml").rulebook.warnings == ()
