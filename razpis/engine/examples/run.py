"""All examples of a rulebook run: how many there are, and where the rules give something else."""

from __future__ import annotations

from dataclasses import dataclass

from razpis.engine.evaluation import evaluate
from razpis.engine.examples.build import Builder
from razpis.engine.examples.compare import Comparison, count
from razpis.engine.problems import Problem, Problems, Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.examples import ExampleGroup
from razpis.engine.rulebook.source import Path_, Source


@dataclass(frozen=True, slots=True)
class Examined:
    """How many applications the examples hold, how many expectations, and every one that is not met."""

    applications: int
    expectations: int
    problems: tuple[Problem, ...]


def examine(rulebook: Rulebook, source: Source) -> Examined:
    """Evaluate every example; ``source`` is where ``rulebook`` was read from."""
    groups = rulebook.file.examples
    builder = Builder(rulebook, source)
    problems: list[Problem] = []
    for at, group in enumerate(groups):
        problems += _examined(builder, source, group, ("examples", at))
    applications = [one for group in groups for one in group.applications]
    return Examined(
        applications=len(applications),
        expectations=sum(count(one.expect) for one in applications),
        problems=tuple(sorted(problems, key=lambda problem: problem.place)),
    )


def _examined(builder: Builder, source: Source, group: ExampleGroup, path: Path_) -> list[Problem]:
    inputs = builder.inputs(group, path)
    if builder.problems:
        return builder.problems
    if not any(count(one.expect) for one in group.applications):
        text = Text(
            "zgled ničesar ne pričakuje; pri vsaj eni vlogi dodajte »expect«",
            "the example expects nothing; add 'expect' to one application at least",
        )
        return [Problem(source.place(path), text)]
    try:
        evaluation = evaluate(inputs.rulebook, inputs.cases, inputs.marks, {})
    except Problems as found:
        return list(found.problems)
    lines = {line.case.id: line for line in evaluation.lines}
    return [
        problem
        for at, one in enumerate(group.applications)
        for problem in Comparison(evaluation, lines[one.id], source, (*path, "applications", at, "expect")).differences(
            one.expect
        )
    ]
