"""What reading a file gives: a value with its warnings, or every problem noted on the way."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Generic, NoReturn, TypeAlias, TypeVar

from razpis.engine.problems import Place, Problem, Problems, Text, did_you_mean

T = TypeVar("T")
Step: TypeAlias = str | int
Inside: TypeAlias = tuple[Step, ...]

MOST_NAMED = 20
"""Names listed where one is unknown; a form may have a hundred."""

_SHOWN = 60
_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """What a file says, and the warnings that do not stop the work."""

    value: T
    warnings: tuple[Problem, ...] = ()


class Refused(Exception):
    """A cell that cannot be read. A table's cell may hold several faults, each with its row (from 0) and
    column inside the cell; a plain cell holds one, with an empty path."""

    def __init__(self, *faults: tuple[Inside, Text]) -> None:
        super().__init__("; ".join(text.en for _, text in faults))
        self.faults = faults


def grouped(number: int) -> Text:
    """A whole number as each language writes it: ``1.000.000`` and ``1,000,000``."""
    return Text(f"{number:,}".replace(",", "."), f"{number:,}")


def refused(sl: str, en: str) -> Refused:
    """The refusal of a plain cell, in both languages."""
    return Refused(((), Text(sl, en)))


def shown(text: str) -> str:
    """``text`` fit for one line of a message: shortened, control characters replaced."""
    short = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return _UNSHOWABLE.sub("\ufffd", short)


def listed(names: Collection[str]) -> Text:
    """The names one may choose from, the first :data:`MOST_NAMED` of them."""
    named, rest = ", ".join(shown(one) for one in [*names][:MOST_NAMED]), len(names) - MOST_NAMED
    return Text(f"{named} (in še {rest})", f"{named} (and {rest} more)") if rest > 0 else Text(named, named)


def instead(name: str, known: Collection[str]) -> Text:
    """What to write where ``name`` is not ``known``: the nearest name, else those there are."""
    near = did_you_mean(name, known)
    if near.sl or not known:
        return near
    return Text("; na izbiro: ", "; choose from: ") + listed(known)


class Notes:
    """Problems and warnings of one file, collected while it is read to its end."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._warnings: list[Problem] = []

    def problem(self, place: Place, sl: str, en: str, hint: Text | None = None) -> None:
        """Note what is wrong."""
        self._problems.append(Problem(place, Text(sl, en) + (hint or Text("", ""))))

    def warning(self, place: Place, sl: str, en: str) -> None:
        """Note what was taken in one of two possible ways, and how."""
        self._warnings.append(Problem(place, Text(sl, en), warning=True))

    def cell(self, place: Place, name: str, text: Text) -> None:
        """Note what is wrong with a cell of the column ``name``."""
        self._problems.append(Problem(place, Text(f"{name}: ", f"{name}: ") + text))

    def stop(self, place: Place, sl: str, en: str) -> NoReturn:
        """What is wrong leaves nothing more to read: raises :class:`Problems` with all that was noted."""
        self.problem(place, sl, en)
        self.give_up()

    def give_up(self) -> NoReturn:
        """Raise :class:`Problems` with all that was noted."""
        raise Problems([*self._problems, *self._warnings])

    def read(self, value: T) -> Read[T]:
        """``value`` with the warnings; raises :class:`Problems` (warnings among them) if any problem was noted."""
        if self._problems:
            self.give_up()
        return Read(value, tuple(sorted(self._warnings, key=lambda warning: warning.place)))
