"""From a file to a rulebook, in three stages: syntax, shape, meaning; all problems of a stage at once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from razpis.engine.problems import Problems
from razpis.engine.rulebook import shape, source
from razpis.engine.rulebook.changes import changed
from razpis.engine.rulebook.compiled import Rulebook
from razpis.engine.rulebook.meaning import Compiler


def read(path: Path, changes: Sequence[str] = ()) -> Rulebook:
    """The rulebook in ``path``; ``changes`` (``path=value``) make it a what-if. Raises :class:`Problems`."""
    return load(source.read_bytes(path), str(path), changes)


def load(content: bytes, name: str, changes: Sequence[str] = ()) -> Rulebook:
    """The rulebook in ``content``; ``name`` is used in places. Raises :class:`Problems`."""
    tree = source.parse(content, name)
    if changes:
        tree = changed(tree, changes)
    file = shape.validate(tree)
    compiler = Compiler(tree, file)
    rulebook = compiler.rulebook(hashlib.sha256(content).hexdigest())
    if compiler.problems:
        raise Problems(compiler.problems)
    return rulebook
