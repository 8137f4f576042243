"""From a file to a rulebook, in three stages: syntax, shape, meaning; all problems of a stage at once."""

from __future__ import annotations

import hashlib
from pathlib import Path

from razpis.engine.problems import Problems
from razpis.engine.rulebook import shape, source
from razpis.engine.rulebook.compiled import Rulebook
from razpis.engine.rulebook.meaning import Compiler


def read(path: Path) -> Rulebook:
    """The rulebook in ``path``; raises :class:`Problems`."""
    return load(source.read_bytes(path), str(path))


def load(content: bytes, name: str) -> Rulebook:
    """The rulebook in ``content``; ``name`` is used in places. Raises :class:`Problems`."""
    tree = source.parse(content, name)
    file = shape.validate(tree)
    compiler = Compiler(tree, file)
    rulebook = compiler.rulebook(hashlib.sha256(content).hexdigest())
    if compiler.problems:
        raise Problems(compiler.problems)
    return rulebook
