"""Problems in two languages, and the error that carries one."""

from __future__ import annotations

import pickle

import pytest

from razpis.procedure.problems import Problem, ProcedureError, Words

PROBLEM = Problem("key", "narobe je", "it is wrong")


@pytest.mark.parametrize("text", [PROBLEM, Words("narobe je", "it is wrong")])
def test_text_is_read_by_its_language(text: Problem | Words) -> None:
    assert (text["sl"], text["en"]) == ("narobe je", "it is wrong")


def test_an_error_speaks_english_to_the_log_and_carries_its_problem() -> None:
    error = ProcedureError(PROBLEM)
    assert (str(error), error.problem) == ("it is wrong", PROBLEM)
    assert pickle.loads(pickle.dumps(error)).problem == PROBLEM
