"""What is wrong with a file, where, and what to do: in Slovenian and English, all of a stage at once."""

from __future__ import annotations

import difflib
import errno
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["sl", "en"]

MAX_LISTED = 24  # names that are listed where none is near
MAX_COMPARED = 250  # names a misspelt one is compared with: a file of thousands must not take minutes


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Slovenian and in English."""

    sl: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.sl if language == "sl" else self.en

    def __add__(self, other: Text) -> Text:
        return Text(self.sl + other.sl, self.en + other.en)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file; line and column count from 1, 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line or 1}:{self.column or 1}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, at its place. A warning does not stop the work."""

    place: Place
    text: Text
    warning: bool = False

    def line(self, language: Language = "sl") -> str:
        """``FILE:LINE:COLUMN: what is wrong, what to do``."""
        word = {"sl": "opozorilo: ", "en": "warning: "}[language] if self.warning else ""
        return f"{self.place}: {word}{self.text[language]}"


class Problems(Exception):
    """Every problem of one stage of reading, in the order of their places."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.place))
        super().__init__("\n".join(problem.line("en") for problem in self.problems))


_SYSTEM = {
    errno.ENOENT: Text("datoteke ali mape ni", "there is no such file or folder"),
    errno.EACCES: Text("ni dovoljenja", "permission denied"),
    errno.EISDIR: Text("to je mapa, ne datoteka", "this is a folder, not a file"),
    errno.ENOTDIR: Text("to ni mapa", "this is not a folder"),
    errno.ENOSPC: Text("na disku ni prostora", "the disk is full"),
    errno.EROFS: Text("na ta disk ni mogoče pisati", "the disk is read-only"),
    errno.EADDRINUSE: Text(
        "vrata so zasedena; izberite druga z --port", "the port is taken; choose another with --port"
    ),
}


def of_system(error: OSError) -> Text:
    """What the system refused, in words; its own where it is a rare one."""
    words = error.strerror or type(error).__name__
    return _SYSTEM.get(error.errno or 0, Text(words, words))


def option_meant(name: str, labels: Mapping[str, Text]) -> Text:
    """What was meant by a ``name`` that is none of the options: those that people read as ``name``, else the nearest.

    ``labels``: every option with its label.
    """
    wanted = name.casefold()
    read = [(key, words) for key, words in labels.items() if wanted in (words.sl.casefold(), words.en.casefold())]
    if not read:
        return did_you_mean(name, labels)
    sl = " ali ".join(f"»{key}« ({words.sl})" for key, words in read)
    en = " or ".join(f"'{key}' ({words.en})" for key, words in read)
    return Text(f" – ste mislili {sl}?", f" – did you mean {en}?")


def one_of(known: Iterable[str]) -> Text:
    """``; na voljo: a, b`` where there are some, and not too many to be read."""
    names = list(itertools.islice(known, MAX_LISTED + 1))
    if not 0 < len(names) <= MAX_LISTED:
        return Text("", "")
    return Text(f"; na voljo: {', '.join(names)}", f"; allowed: {', '.join(names)}")


def did_you_mean(name: str, known: Iterable[str]) -> Text:
    """`` – ste mislili »x«?`` for the nearest known name, else nothing."""
    near = difflib.get_close_matches(name, itertools.islice(known, MAX_COMPARED), n=1)
    if not near:
        return Text("", "")
    return Text(f" – ste mislili »{near[0]}«?", f" – did you mean '{near[0]}'?")
