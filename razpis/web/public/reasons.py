"""The stored reasons of a result, arranged for a page: nothing is computed or worded anew."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from razpis.engine.problems import Language
from razpis.engine.trace import CriterionTrace, Explanation, SectionTrace
from razpis.engine.wording import Speaker
from razpis.services.rules.results import Line


@dataclass(frozen=True, slots=True)
class Group:
    """Criteria of one section; ``section`` is ``None`` where they stand in none."""

    section: SectionTrace | None
    criteria: tuple[CriterionTrace, ...]


def groups(explanation: Explanation) -> tuple[Group, ...]:
    """The criteria under their sections, sections in the order of the rulebook, loose criteria last."""
    sections = {section.key: section for section in explanation.sections}
    order = {key: at for at, key in enumerate(sections)}
    ordered = sorted(explanation.criteria, key=lambda one: order.get(one.section, len(order)))
    grouped = groupby(ordered, key=lambda one: sections.get(one.section))
    return tuple(Group(section, tuple(criteria)) for section, criteria in grouped)


def why(line: Line, language: Language) -> str:
    """Why the result is what it is, in a line for the list: what gave the amount, or why there is none."""
    told = line.explanation[language]
    if told.amount:
        whole = told.amount[-1].removeprefix(f"{Speaker(language).euros(line.award)}: ")
        return whole[:1].upper() + whole[1:]
    return " ".join(told.refusal) or told.summary
