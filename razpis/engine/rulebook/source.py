"""A YAML file read through its events: exact numbers, a place for every key, traps refused.

Only ``true`` and ``false`` are booleans; a plain ``12`` or ``0.10`` is an exact number; everything else,
and everything quoted, stays text. Anchors, aliases, tags, duplicate keys, a second document, oversize
and over-deep files are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from razpis.engine.problems import Place, Problem, Problems, Text, of_system
from razpis.engine.rulebook.broken import Quoted, broken

MAX_BYTES = 1_000_000
MAX_DEPTH = 20

Step: TypeAlias = str | int
Path_: TypeAlias = tuple[Step, ...]

_INTEGER = re.compile(r"[+-]?(?:0|[1-9]\d{0,29})", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:0|[1-9]\d{0,29})\.\d{1,20}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says: ``data`` of dicts, lists, texts, ints, Decimals, bools and None, with places."""

    file: str
    data: Any
    values: dict[Path_, Place] = field(repr=False)
    keys: dict[Path_, Place] = field(repr=False)
    quotes: dict[Path_, int] = field(repr=False)

    def inside(self, path: Path_, offset: int) -> Place:
        """The place ``offset`` characters into a text, blanks before it left out; over several lines, its beginning."""
        begin = self.place(path)
        if path not in self.quotes:
            return begin
        return Place(begin.file, begin.line, begin.column + self.quotes[path] + offset)

    def place(self, path: Path_) -> Place:
        """The place of a value, or of the nearest part around it that exists."""
        return self.values.get(self.nearest(path), Place(self.file))

    def nearest(self, path: Path_) -> Path_:
        """The path itself, or that of the nearest part around it that exists."""
        while path and path not in self.values:
            path = path[:-1]
        return path

    def key_place(self, path: Path_) -> Place:
        """The place of a key; for a list's item, of the item."""
        return self.keys.get(path) or self.place(path)


def read_bytes(path: Path) -> bytes:
    """The bytes of a rulebook file, of one too large only its beginning. Raises :class:`Problems`."""
    name = str(path)
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        text = Text("datoteke ni mogoče prebrati: ", "cannot read the file: ") + of_system(error)
        raise Problems([Problem(Place(name), text)]) from None


def parse(content: bytes, name: str) -> Source:
    """Read YAML ``content``; ``name`` is used in places. Raises :class:`Problems`."""
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        sl = f"datoteka je prevelika; pravila razpisa smejo imeti največ {limit} MB"
        raise Problems([Problem(Place(name), Text(sl, f"the file is too large; a rulebook has at most {limit} MB"))])
    text = _decoded(content, name)
    builder = _Builder(name, text)
    try:
        data = builder.document()
    except _TooDeepError:
        data = None
    except yaml.MarkedYAMLError as error:
        builder.problems.append(broken(name, text, error, builder.quoted))
    except yaml.reader.ReaderError as error:
        builder.problems.append(_forbidden(name, text, error))
    if builder.problems:
        raise Problems(builder.problems)
    return Source(name, data, builder.values, builder.keys, builder.quotes)


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        place = Place(name, before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        raise Problems(
            [
                Problem(
                    place,
                    Text(
                        "datoteka ni zapisana v UTF-8; v urejevalniku jo shranite s kodiranjem UTF-8",
                        "the file is not in UTF-8; save it with the encoding UTF-8 in your editor",
                    ),
                )
            ]
        ) from None


def _forbidden(name: str, text: str, error: yaml.reader.ReaderError) -> Problem:
    """A control character; the parser counts bytes."""
    before = text.encode()[: error.position].decode()
    place = Place(name, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    code = f"U+{error.character:04X}"
    return Problem(
        place,
        Text(
            f"znak {code} ni dovoljen; izbrišite ga ali datoteko shranite s kodiranjem UTF-8",
            f"the character {code} is not allowed; delete it or save the file with the encoding UTF-8",
        ),
    )


class _TooDeepError(Exception):
    """No further event is asked for: the parser needs time in the square of the depth."""


class _Builder:
    """Turns the parser's events into data, noting every place and every forbidden part."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
        self.problems: list[Problem] = []
        self.values: dict[Path_, Place] = {}
        self.keys: dict[Path_, Place] = {}
        self.quotes: dict[Path_, int] = {}
        self.quoted: Quoted | None = None

    def document(self) -> Any:
        data = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(
                        event,
                        "tu se začne drug dokument (---); datoteka sme imeti le enega",
                        "another document begins here (---); the file may hold only one",
                    )
                    return None
            elif isinstance(event, yaml.NodeEvent):
                data = self._value(event, ())
        return data

    def _refuse(self, event: Any, sl: str, en: str) -> None:
        self.problems.append(Problem(self._place(event), Text(sl, en)))

    def _place(self, event: Any) -> Place:
        return Place(self._name, event.start_mark.line + 1, event.start_mark.column + 1)

    def _value(self, event: Any, path: Path_) -> Any:
        self.values[path] = self._place(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self._refuse(
                event,
                "sidra in sklici (& in *) niso dovoljeni; vrednost zapišite še enkrat",
                "anchors and aliases (& and *) are not allowed; write the value again",
            )
            if isinstance(event, yaml.AliasEvent):
                return None
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, f"oznaka {tag} ni dovoljena; izbrišite jo", f"the tag {tag} is not allowed; delete it")
        if len(path) >= MAX_DEPTH and not isinstance(event, yaml.ScalarEvent):
            self._refuse(
                event,
                f"zapis je gnezden globlje od {MAX_DEPTH} ravni",
                f"the file is nested deeper than {MAX_DEPTH} levels",
            )
            raise _TooDeepError
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        if event.start_mark.line == event.end_mark.line:
            blanks = len(event.value) - len(event.value.lstrip())
            self.quotes[path] = int(event.style in ("'", '"')) + blanks
        elif event.style in ("'", '"'):
            self.quoted = Quoted(event.start_mark.line, event.end_mark.line)
        return _scalar(event)

    def _sequence(self, path: Path_) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path_) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(
                    event, "ime pred dvopičjem mora biti besedilo", "what stands before a colon must be a text"
                )
                self._value(event, (*path, "?"))
                self._value(next(self._events), (*path, "?"))
                continue
            key = event.value
            if key in data:
                first = self.keys[(*path, key)].line
                self._refuse(
                    event,
                    f"»{key}« je zapisan dvakrat (prvič v vrstici {first}); eno vrstico odstranite",
                    f"'{key}' is written twice (first on line {first}); remove one of them",
                )
                self._value(next(self._events), (*path, "?"))
                continue
            if event.anchor or event.tag:
                self._refuse(
                    event,
                    "sidra (&) in oznake (!) niso dovoljeni; izbrišite jih",
                    "anchors (&) and tags (!) are not allowed; delete them",
                )
            self.keys[(*path, key)] = self._place(event)
            data[key] = self._value(next(self._events), (*path, key))
        return data


def _scalar(event: Any) -> Any:
    text: str = event.value
    if event.style not in (None, ""):
        return text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "~", "null"):
        return None
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text
