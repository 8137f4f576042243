"""From a file to a rulebook, in four stages: syntax, shape, meaning of the parts, meaning of the whole.

All problems of a stage are told at once. The warnings of the last stage go with the rulebook.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from razpis.engine.problems import Problems
from razpis.engine.rulebook import shape, source
from razpis.engine.rulebook.changes import changed
from razpis.engine.rulebook.compiled import Rulebook
from razpis.engine.rulebook.lint import lint
from razpis.engine.rulebook.meaning import Compiler
from razpis.engine.rulebook.source import Source


def read(path: Path, changes: Sequence[str] = ()) -> Rulebook:
    """The rulebook in ``path``; ``changes`` (``path=value``) make it a what-if. Raises :class:`Problems`."""
    return load(source.read_bytes(path), str(path), changes)


def load(content: bytes, name: str, changes: Sequence[str] = ()) -> Rulebook:
    """The rulebook in ``content``; ``name`` is used in places. Raises :class:`Problems`."""
    return load_with_places(content, name, changes)[0]


def load_with_places(content: bytes, name: str, changes: Sequence[str] = ()) -> tuple[Rulebook, Source]:
    """The rulebook in ``content`` and where each of its parts stands. Raises :class:`Problems`.

    In a what-if one number is changed and what follows from it is not, so a stated maximum that no longer
    adds up does not stop it.
    """
    tree = source.parse(content, name)
    if changes:
        tree = changed(tree, changes)
    file = shape.validate(tree)
    compiler = Compiler(tree, file)
    rulebook = compiler.rulebook(hashlib.sha256(content).hexdigest())
    if compiler.problems:
        raise Problems(compiler.problems)
    found = lint(tree, rulebook)
    errors = [problem for problem in found if not problem.warning]
    if errors and not changes:
        raise Problems(errors)
    return replace(rulebook, warnings=(*rulebook.warnings, *found)), tree
