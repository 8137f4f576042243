"""Criteria of many applications: worded once where the points alone matter, and never mistaken for each other."""

from __future__ import annotations

import pytest

from razpis.engine.evaluation import Evaluation
from razpis.engine.problems import Language
from razpis.engine.wording import Explainer, Speaker, criteria, explain
from razpis.engine.wording.traces import Traces
from tests.engine.making import case, evaluated, marks, rulebook

RULES = """
fields:
  sort: {type: choice, label: Vrsta, options: [sort, other], required: false}
  n: {type: integer, label: Število}
derived: {half: {label: Polovica, value: n / 2}}
criteria:
  chosen: {kind: choice, title: Izbira, value: sort, points: {sort: 3, other: 1}, missing: 3, max: 3}
  plain: {kind: per_unit, title: Enote, value: n, points: 1, max: 50}
  derived: {kind: per_unit, title: Polovice, value: half, points: 1, max: 50, count: exact}
  judged: {kind: marks, title: Ocena, max: 10}
"""


def evaluation() -> Evaluation:
    """Five applications, some of them with the same answers."""
    rules = rulebook(RULES)
    stated = [("sort", 4), (None, 4), ("sort", 4), ("other", 5), ("other", 4)]
    cases = [case(rules, f"v{at}", line=at, sort=sort, n=n) for at, (sort, n) in enumerate(stated, 1)]
    return evaluated(rules, cases, {(one.id, "judged"): marks(3, 3 + at) for at, one in enumerate(cases)})


@pytest.mark.parametrize("language", ["sl", "en"])
def test_one_after_another_reads_as_each_by_itself(language: Language) -> None:
    found = evaluation()
    explainer = Explainer(found, language)
    assert [explainer.explain(line) for line in found.lines] == [explain(found, line, language) for line in found.lines]


def test_a_missing_fact_is_not_told_as_the_option_of_the_same_name() -> None:
    found = evaluation()
    explainer = Explainer(found, "sl")
    assert {explainer.explain(line).criteria[0].sentence for line in found.lines} == {
        "Izbira: sort → 3 od 3\u00a0točk",
        "Izbira: podatka ni (Vrsta) → 3 od 3\u00a0točk",
        "Izbira: other → 1 od 3\u00a0točk",
    }


@pytest.mark.parametrize("remembered", [0, 1, 100])
def test_words_are_the_same_however_many_are_remembered(remembered: int) -> None:
    found = evaluation()
    rules, speaker = found.rulebook, Speaker("sl")
    words = Traces(speaker, rules, remembered)
    for line in found.lines:
        for rule, given in zip(rules.criteria, line.score.criteria, strict=True):
            assert words.trace(rule, line.score, given) == criteria.trace(speaker, rules, rule, line.score, given)


def test_only_what_depends_on_the_points_alone_is_repeated() -> None:
    found = evaluation()
    words = Traces(Speaker("sl"), found.rulebook)
    assert [words.repeated(given) is not None for given in found.lines[0].score.criteria] == [True, True, False, False]
