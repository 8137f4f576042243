"""Where in a JSON text its keys and values stand: asked only when something is wrong with them."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from razpis.engine.problems import Place
from razpis.intake.report import Inside, Step

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_NEWLINE = re.compile("\n")


class Key(NamedTuple):
    """A key with the path to its value and its offset in the text."""

    path: Inside
    offset: int


class Value(NamedTuple):
    """A value with its path and its offset in the text."""

    path: Inside
    offset: int
    text: str


class Lines:
    """Turns offsets of a text into places."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._starts = [0, *(found.end() for found in _NEWLINE.finditer(text))]

    def place(self, offset: int) -> Place:
        """Line and column of ``offset``."""
        line = bisect_right(self._starts, offset)
        return Place(self._file, line, offset - self._starts[line - 1] + 1)


def walk(text: str, start: int, end: int) -> Iterator[Key | Value]:
    """Every key and value of the well-formed JSON in ``text[start:end]``, in their order."""
    steps: list[Step] = []
    in_object: list[bool] = []
    key_next = False
    for found in _TOKEN.finditer(text, start, end):
        piece = found.group()
        if piece in "}]":
            steps.pop()
            in_object.pop()
        elif piece == ",":
            key_next = in_object[-1]
            if not key_next:
                steps[-1] = int(steps[-1]) + 1
        elif piece == ":":
            key_next = False
        elif key_next:
            steps[-1] = json.loads(piece)
            yield Key(tuple(steps), found.start())
        else:
            yield Value(tuple(steps), found.start(), piece)
            if piece in "{[":
                in_object.append(piece == "{")
                steps.append(0)
                key_next = in_object[-1]


def offsets(text: str, start: int, end: int) -> dict[Inside, int]:
    """The offset of every value by its path."""
    return {part.path: part.offset for part in walk(text, start, end) if isinstance(part, Value)}
