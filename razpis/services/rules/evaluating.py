"""Evaluate a call from files, and write the result: all of it, or nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from razpis.engine.cases import Case, Draw, Marks
from razpis.engine.evaluation import Evaluation, Watch, evaluate
from razpis.engine.problems import Language, Problem
from razpis.engine.rulebook import read
from razpis.exports.evaluation_json import evaluation_json
from razpis.exports.reasons_csv import reasons_csv
from razpis.exports.results_csv import results_csv
from razpis.intake import read_applications, read_draws, read_findings, read_marks
from razpis.services.rules.evaluation_warnings import evaluation_warnings

RESULTS, EVALUATION, DECISIONS, REASONS = "results.csv", "evaluation.json", "decisions", "reasons.csv"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files of one evaluation; ``changes`` (``path=value``) to the rulebook make it a simulation."""

    rulebook: Path
    applications: Path
    marks: Path | None = None
    findings: Path | None = None
    draws: Path | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An evaluation with what was noticed on the way, the SHA-256 of each input file, and the changes that
    make it a simulation."""

    evaluation: Evaluation
    warnings: tuple[Problem, ...]
    hashes: Mapping[str, str]
    changes: tuple[str, ...] = ()


def run(inputs: Inputs, watch: Watch = iter) -> Evaluated:
    """Read all files and evaluate. Raises :class:`Problems`."""
    rulebook = read(inputs.rulebook, inputs.changes)
    applications = read_applications(inputs.applications, rulebook)
    warnings = [*applications.warnings]  # those of the rulebook are for `razpis check`
    cases: Sequence[Case] = applications.value
    if inputs.findings is not None:
        corrected = read_findings(inputs.findings, rulebook, applications.value)
        warnings += corrected.warnings
        cases = corrected.value
    marks: Marks = {}
    if inputs.marks is not None:
        marked = read_marks(inputs.marks, rulebook, applications.value)
        warnings += marked.warnings
        marks = marked.value
    draws: Mapping[str, Draw] = {}
    if inputs.draws is not None:
        drawn = read_draws(inputs.draws)
        warnings += drawn.warnings
        draws = drawn.value
    evaluation = evaluate(rulebook, cases, marks, draws, watch)
    warnings += evaluation_warnings(evaluation)
    return Evaluated(evaluation, tuple(warnings), _hashes(inputs), inputs.changes)


def _hashes(inputs: Inputs) -> dict[str, str]:
    files = {
        "rulebook": inputs.rulebook,
        "applications": inputs.applications,
        "marks": inputs.marks,
        "findings": inputs.findings,
        "draws": inputs.draws,
    }
    return {role: hashlib.sha256(path.read_bytes()).hexdigest() for role, path in files.items() if path is not None}


def decision_file(application: str) -> str:
    """The file name of an application's decision: its id, unsafe characters escaped."""
    name = urllib.parse.quote(application, safe=" ()-_.,čšžćđČŠŽĆĐ")
    if len(name) > 120 or name.startswith("."):
        name = hashlib.sha256(application.encode()).hexdigest()
    return f"{name}.pdf"


def write(
    evaluated: Evaluated,
    out: Path,
    decisions: Iterable[tuple[str, bytes]] | None = None,
    language: Language = "sl",
) -> list[Path]:
    """Write ``results.csv``, ``reasons.csv``, ``evaluation.json`` and ``decisions/`` to ``out``; the paths written.

    Everything is made in a folder beside ``out`` first and moved only when it is complete; what was in
    ``out`` under other names stays. Raises ``OSError``.
    """
    out.mkdir(parents=True, exist_ok=True)
    with _workshop(out) as made:
        (made / RESULTS).write_bytes(results_csv(evaluated.evaluation))
        (made / REASONS).write_bytes(reasons_csv(evaluated.evaluation, language))
        (made / EVALUATION).write_bytes(evaluation_json(evaluated.evaluation, evaluated.hashes, evaluated.changes))
        if decisions is not None:
            (made / DECISIONS).mkdir()
            for application, content in decisions:
                (made / DECISIONS / decision_file(application)).write_bytes(content)
        return _move(made, out)


@contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix=".razpis-", dir=out))
    try:
        yield made
    finally:
        shutil.rmtree(made)


def _move(made: Path, out: Path) -> list[Path]:
    """Old decisions go away even where no new ones came: they would contradict the new result."""
    old = made / "old"
    if (out / DECISIONS).exists():
        os.replace(out / DECISIONS, old)
    written = []
    for name in (DECISIONS, EVALUATION, REASONS, RESULTS):
        if (made / name).exists():
            os.replace(made / name, out / name)
            written.append(out / name)
    return written
