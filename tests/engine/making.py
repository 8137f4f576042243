"""Rulebooks from a few lines of YAML, and the cases, marks and evaluations that go with them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from textwrap import dedent
from typing import Any

from razpis.engine.cases import Case, Draw, Finding, Mark, Marks
from razpis.engine.evaluation import Evaluation, Line, evaluate
from razpis.engine.money import Number
from razpis.engine.problems import Place, Problem
from razpis.engine.rulebook import Rulebook, load
from razpis.engine.rulebook.values import ZONE
from razpis.engine.scoring import Score

CALL = "call: {title: Zgled, reference: R-1, year: 2026}\n"


def rulebook(*parts: str) -> Rulebook:
    """A rulebook of these parts of YAML; a call is put in front where no part states one."""
    text = "".join(dedent(part).strip("\n") + "\n" for part in parts)
    if not text.startswith("call:"):
        text = CALL + text
    return load(text.encode(), "pravila.yaml")


def case(
    rules: Rulebook,
    id_: str = "a",
    *,
    line: int = 1,
    lot: str = "",
    applicant: str | None = None,
    submitted: str | None = None,
    findings: Sequence[Finding] = (),
    **claims: Any,
) -> Case:
    """An application; fields that are not named were not answered. ``submitted``: local time."""
    unknown = set(claims) - set(rules.fields)
    assert unknown == set(), f"the form has no field {unknown}"
    return Case(
        id=id_,
        line=line,
        place=Place("vloge.csv", line + 1),
        lot=lot,
        applicant=applicant,
        submitted_at=local(submitted) if submitted else None,
        claims={key: claims.get(key) for key in rules.fields},
        findings=tuple(findings),
    )


def local(text: str) -> datetime.datetime:
    """A moment by the clock in Maribor."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def third(numerator: int) -> Fraction:
    """``numerator`` thirds."""
    return Fraction(numerator, 3)


def marks(*points: Number | None, agreed: Number | None = None) -> tuple[Mark, ...]:
    """Marks of members M1, M2 …, each with a reason; ``None`` is a recusal."""
    given = [Mark(f"M{at}", value, "" if value is None else f"razlog {at}") for at, value in enumerate(points, 1)]
    if agreed is not None:
        given.append(Mark("agreed", agreed, "dogovor"))
    return tuple(given)


def draw(tie: str, *order: str, seed: str = "") -> dict[str, Draw]:
    """One recorded draw, by the name of its tie."""
    return {tie: Draw(tie, order, seed, Place("zreb.csv", 2))}


def evaluated(
    rules: Rulebook, cases: Sequence[Case], given: Marks | None = None, draws: Mapping[str, Draw] | None = None
) -> Evaluation:
    """The evaluation of these cases."""
    return evaluate(rules, cases, given or {}, draws or {})


def score_of(rules: Rulebook, one: Case, given: Marks | None = None) -> Score:
    """One application scored, alone in its call."""
    (line,) = evaluated(rules, [one], given).lines
    return line.score


def by_id(evaluation: Evaluation) -> dict[str, Line]:
    """The lines of an evaluation by application."""
    return {line.case.id: line for line in evaluation.lines}


def said(problems: Sequence[Problem]) -> list[str]:
    """Problems as a user reads them in Slovenian."""
    return [problem.line("sl") for problem in problems]
