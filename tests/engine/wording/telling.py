"""What the wording tests share: one application evaluated and explained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from razpis.engine.cases import Marks
from razpis.engine.problems import Language
from razpis.engine.rulebook import Rulebook
from razpis.engine.trace import Explanation
from razpis.engine.wording import explain
from tests.engine.making import case, evaluated


def told(
    rules: Rulebook,
    given: Marks | None = None,
    language: Language = "sl",
    case_: Mapping[str, Any] | None = None,
    /,
    **claims: Any,
) -> Explanation:
    """One application explained; ``case_``: what is not an answer (lot, submitted, findings)."""
    one = case(rules, **(case_ or {}), **claims)
    evaluation = evaluated(rules, [one], given)
    return explain(evaluation, evaluation.lines[0], language)


def firm(text: str) -> str:
    """The text with no-break spaces where ``~`` is written."""
    return text.replace("~", "\u00a0")
