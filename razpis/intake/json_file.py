"""JSON read into named columns: a list of objects, or ``{"applications": [...]}``.

The list is walked here, its objects are decoded by the standard library, so that each application's place is
known; numbers stay the text they were written as.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple, NoReturn

from razpis.engine.problems import Place, did_you_mean
from razpis.intake.decoding import decoded
from razpis.intake.grid import MAX_ROWS, Numeral
from razpis.intake.json_places import Key, Lines, Value, offsets, walk
from razpis.intake.report import Inside, Notes, grouped, shown

LIST = "applications"

_SPACE = re.compile(r"[ \t\n\r]*")
_SLOVENIAN = {
    "Expecting value": "tu manjka vrednost",
    "Expecting ',' delimiter": "tu manjka vejica ali zaključni oklepaj",
    "Expecting ':' delimiter": "za imenom manjka dvopičje",
    "Expecting property name enclosed in double quotes": "tu je potrebno ime v dvojnih narekovajih",
    "Unterminated string starting at": "besedilo, ki se začne tu, nima zaključnega narekovaja",
    "Invalid control character at": "nova vrstica ali drug krmilni znak v besedilu; zapišite ga kot \\n",
    "Invalid \\escape": "neveljaven zapis za poševnico; poševnico zapišite dvakrat",
    "Invalid \\uXXXX escape": "za \\u morajo biti štiri šestnajstiške števke",
    "Illegal trailing comma before end of object": "vejica pred zaključnim oklepajem je odveč",
    "Extra data": "za koncem podatkov je še nekaj; odstranite to",
}


class _Object(NamedTuple):
    start: int
    end: int
    data: dict[str, Any]


class _Constant(Exception):
    """``NaN`` or ``Infinity``, which JSON does not know."""


class JsonGrid:
    """The objects of a JSON file; a column for every key that occurs, in the order of first occurrence."""

    def __init__(self, file: str, text: str, objects: list[_Object]) -> None:
        self._file = file
        self._text = text
        self._lines = Lines(file, text)
        self._objects = objects
        first: dict[str, _Object] = {}
        for one in objects:
            for name in one.data:
                first.setdefault(name, one)
        self._first = list(first.values())
        self._read = -1
        self._known: dict[Inside, int] = {}
        self.names = list(first)
        self.rows = [[one.data.get(name) for name in first] for one in objects]

    def header_place(self, column: int) -> Place:
        """Where the key stands in the first object that has it."""
        name, one = self.names[column], self._first[column]
        places = walk(self._text, one.start, one.end)
        offset = next(part.offset for part in places if isinstance(part, Key) and part.path == (name,))
        return self._lines.place(offset)

    def row_place(self, row: int) -> Place:
        """Where an object begins; of no object at all, the file."""
        return self._lines.place(self._objects[row].start) if self._objects else Place(self._file)

    def cell_place(self, row: int, column: int, inside: Inside = ()) -> Place:
        """Where a value begins, or the nearest part around it that is there."""
        if self._read != row:  # a table's faults come one after another
            one = self._objects[row]
            self._read, self._known = row, offsets(self._text, one.start, one.end)
        known = self._known
        path = (self.names[column], *inside)
        while path not in known:
            path = path[:-1]
        return self._lines.place(known[path])


def read(content: bytes, file: str, notes: Notes) -> JsonGrid:
    """The objects of ``content``. Raises :class:`Problems` where it is not JSON to its end."""
    text = decoded(content, file, notes, windows=False)
    return JsonGrid(file, text, _Reader(text, file, notes).objects())


class _Reader:
    def __init__(self, text: str, file: str, notes: Notes) -> None:
        self._text = text
        self._notes = notes
        self._lines = Lines(file, text)
        self._doubled = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._pairs,
            parse_float=Numeral,
            parse_int=Numeral,
            parse_constant=self._constant,
        )

    def objects(self) -> list[_Object]:
        """The objects of the list."""
        at = self._skip(0)
        if self._sign(at) == "{":
            return self._wrapped(at)
        found, at = self._list(at)
        self._end(at)
        return found

    def _pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        data = dict(pairs)
        self._doubled = self._doubled or len(data) != len(pairs)
        return data

    def _constant(self, name: str) -> NoReturn:
        raise _Constant(name)

    def _skip(self, at: int) -> int:
        space = _SPACE.match(self._text, at)
        assert space is not None
        return space.end()

    def _sign(self, at: int) -> str:
        return self._text[at : at + 1]

    def _stop(self, at: int, sl: str, en: str) -> NoReturn:
        self._notes.stop(self._lines.place(at), sl, en)

    def _broken(self, message: str, at: int) -> NoReturn:
        sl = _SLOVENIAN.get(message, f"nepravilen zapis ({message})")
        self._stop(at, f"JSON: {sl}", f"JSON: {message}")

    def _end(self, at: int) -> None:
        at = self._skip(at)
        if at < len(self._text):
            self._broken("Extra data", at)

    def _wrapped(self, start: int) -> list[_Object]:
        """``{"applications": [...]}``."""
        found: list[_Object] | None = None
        at = self._skip(start + 1)
        while self._sign(at) != "}":
            if self._sign(at) != '"':
                self._broken("Expecting property name enclosed in double quotes", at)
            name, after = self._value(at)
            colon = self._skip(after)
            if self._sign(colon) != ":":
                self._broken("Expecting ':' delimiter", colon)
            inner = self._skip(colon + 1)
            if name == LIST and found is None:
                found, after = self._list(inner)
            else:
                self._stray(at, name, doubled=name == LIST)
                _, after = self._value(inner)
            at = self._skip(after)
            if self._sign(at) == ",":
                at = self._skip(at + 1)
                if self._sign(at) == "}":
                    self._broken("Expecting property name enclosed in double quotes", at)
            elif self._sign(at) != "}":
                self._broken("Expecting ',' delimiter", at)
        if found is None:
            self._stop(
                start,
                f'manjka seznam vlog: {{"{LIST}": [...]}} ali kar [...]',
                f'the list of applications is missing: {{"{LIST}": [...]}} or just [...]',
            )
        self._end(at + 1)
        return found

    def _stray(self, at: int, name: str, *, doubled: bool) -> None:
        if doubled:
            sl, en = f"»{name}« je zapisan dvakrat; enega odstranite", f"'{name}' is written twice; remove one"
            self._notes.problem(self._lines.place(at), sl, en)
        else:
            sl, en = f"neznano ime »{shown(name)}«", f"unknown key '{shown(name)}'"
            self._notes.problem(self._lines.place(at), sl, en, did_you_mean(name, [LIST]))

    def _list(self, at: int) -> tuple[list[_Object], int]:
        """The objects of the list that begins at ``at``, and where it ends."""
        if self._sign(at) != "[":
            self._stop(
                at, "tu je potreben seznam vlog: [{…}, {…}]", "a list of applications is needed here: [{…}, {…}]"
            )
        found: list[_Object] = []
        at = self._skip(at + 1)
        while self._sign(at) != "]" or found:
            data, end = self._value(at)
            if isinstance(data, dict):
                found.append(_Object(at, end, data))
            else:
                self._notes.problem(
                    self._lines.place(at),
                    "vloga mora biti zapisana kot {ime: vrednost, …}",
                    "an application must be written as {key: value, …}",
                )
            if len(found) > MAX_ROWS:
                most = grouped(MAX_ROWS)
                self._stop(
                    at,
                    f"vlog je več kot {most.sl}, več jih ne beremo; preverite, ali je datoteka prava",
                    f"there are more than {most.en} applications, no more are read; check that it is the right file",
                )
            at = self._skip(end)
            if self._sign(at) == "]":
                break
            if self._sign(at) != ",":
                self._broken("Expecting ',' delimiter", at)
            at = self._skip(at + 1)
        return found, at + 1

    def _value(self, at: int) -> tuple[Any, int]:
        """The value that begins at ``at``, and where it ends."""
        self._doubled = False
        try:
            value, end = self._decoder.raw_decode(self._text, at)
        except json.JSONDecodeError as error:
            self._broken(error.msg, error.pos)
        except _Constant as constant:
            name = str(constant)
            parts = walk(self._text, at, len(self._text))
            offset = next(part.offset for part in parts if isinstance(part, Value) and part.text.startswith(name))
            self._stop(
                offset,
                f"{constant} ni število; zapišite število ali null",
                f"{constant} is not a number; write a number or null",
            )
        except RecursionError:
            sl = "zapis je gnezden pregloboko; odstranite odvečne oklepaje"
            self._stop(at, sl, "nested too deep; remove some brackets")
        if self._doubled:
            self._note_doubled(at, end)
        return value, end

    def _note_doubled(self, start: int, end: int) -> None:
        first: dict[Inside, int] = {}
        for part in walk(self._text, start, end):
            if isinstance(part, Key) and first.setdefault(part.path, part.offset) != part.offset:
                name, line = shown(str(part.path[-1])), self._lines.place(first[part.path]).line
                self._notes.problem(
                    self._lines.place(part.offset),
                    f"»{name}« je v isti vlogi zapisan dvakrat (prvič v vrstici {line}); enega odstranite",
                    f"'{name}' is written twice in one application (first on line {line}); remove one of them",
                )
