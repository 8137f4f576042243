"""The result list: the lots of a call with the applications somebody chose to see, in the order they chose."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from razpis.engine.problems import Text
from razpis.services.rules.results import OUTCOMES, Line, Lot, Outcome, Results

_ALPHABET = {letter: at for at, letter in enumerate("abcčćdđefghijklmnopqrsštuvwxyzž")}


def alphabetical(name: str) -> tuple[tuple[int, str], ...]:
    """A key that puts names in the order of the Slovenian alphabet: č after c, š after s, ž last; signs and
    digits come first, a letter of another alphabet beside the one it is made from (ö beside o)."""
    return tuple((_rank(letter), letter) for letter in name.casefold())


def _rank(letter: str) -> int:
    if letter in _ALPHABET:
        return _ALPHABET[letter]
    return _ALPHABET.get(unicodedata.normalize("NFD", letter)[0], -1)


@dataclass(frozen=True, slots=True)
class Column:
    """A column to sort by: what of a line is compared, and whether great comes first."""

    value: Callable[[Line], Any]
    greatest_first: bool = False


COLUMNS: Mapping[str, Column] = {
    "place": Column(lambda line: line.place),
    "name": Column(lambda line: alphabetical(line.name)),
    "programme": Column(lambda line: alphabetical(line.programme) if line.programme else None),
    "points": Column(lambda line: line.points, greatest_first=True),
    "requested": Column(lambda line: line.requested, greatest_first=True),
    "award": Column(lambda line: line.award, greatest_first=True),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose to see. ``sort`` is a column, with ``-`` before it the other way round."""

    lot: str | None = None
    outcome: str | None = None
    sort: str = "place"

    @property
    def narrow(self) -> bool:
        """Whether anything may be left out."""
        return self.lot is not None or self.outcome is not None

    def direction(self, column: str) -> str | None:
        """``ascending`` or ``descending`` where the list is sorted by ``column``."""
        if self.sort.removeprefix("-") != column:
            return None
        reverse = COLUMNS[column].greatest_first != self.sort.startswith("-")
        return "descending" if reverse else "ascending"

    def by(self, column: str) -> Choice:
        """The same sorted by ``column``; the other way round where it is so sorted already."""
        return replace(self, sort=f"-{column}" if self.sort == column else column)

    def holds(self, line: Line) -> bool:
        """Whether the line is among those chosen."""
        return self.lot in (None, line.lot) and self.outcome in (None, line.outcome)

    def ordered(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        """The lines in the order chosen; those without a value last, equal ones as they were."""
        key = self.sort.removeprefix("-")
        column = COLUMNS[key]
        known: list[Line] = []
        unknown: list[Line] = []
        for line in lines:
            (unknown if column.value(line) is None else known).append(line)
        known.sort(key=column.value, reverse=self.direction(key) == "descending")
        return (*known, *unknown)


@dataclass(frozen=True, slots=True)
class Rows:
    """Lines of a table and the sums under it, in cents; ``requested`` is ``None`` where no line asks for money."""

    lines: tuple[Line, ...]
    requested: int | None
    award: int


@dataclass(frozen=True, slots=True)
class LotList:
    """One lot: its money (``None`` where the rulebook divides none), everyone ranked in it in the order of
    places, and of the chosen lines those ranked and those not."""

    key: str
    title: Text
    money: Lot | None
    order: tuple[Line, ...]
    ranked: Rows
    unranked: Rows


@dataclass(frozen=True, slots=True)
class ResultList:
    """The whole list: its lots, how many applications are shown, how many there are of each outcome, and
    whether any names its programme."""

    lots: tuple[LotList, ...]
    shown: int
    total: int
    outcomes: Mapping[Outcome, int]
    programmes: bool
    titles: Mapping[str, Text]
    amount: int
    spent: int


def result_list(results: Results, choice: Choice) -> ResultList:
    """The list as chosen. A lot or an outcome that does not exist chooses nothing."""
    document = results.document
    titles = {lot.lot: lot.title for lot in document.lots}
    titles.update({line.lot: Text(line.lot, line.lot) for line in document.lines if line.lot not in titles})
    counted = Counter(line.outcome for line in document.lines)
    lots = (_lot(results, choice, key, title) for key, title in titles.items() if choice.lot in (None, key))
    return ResultList(
        lots=tuple(lot for lot in lots if choice.outcome is None or lot.ranked.lines or lot.unranked.lines),
        shown=sum(1 for line in document.lines if choice.holds(line)),
        total=len(document.lines),
        outcomes={outcome: counted[outcome] for outcome in OUTCOMES if counted[outcome]},
        programmes=any(line.programme for line in document.lines),
        titles=titles,
        amount=sum(lot.amount for lot in document.lots),
        spent=sum(lot.spent for lot in document.lots),
    )


def _lot(results: Results, choice: Choice, key: str, title: Text) -> LotList:
    lines = [line for line in results.document.lines if line.lot == key]
    chosen = choice.ordered(line for line in lines if choice.holds(line))
    return LotList(
        key=key,
        title=title,
        money=results.lot(key),
        order=tuple(line for line in lines if line.place is not None),
        ranked=_rows(line for line in chosen if line.place is not None),
        unranked=_rows(line for line in chosen if line.place is None),
    )


def _rows(lines: Iterable[Line]) -> Rows:
    lines = tuple(lines)
    requests = [line.requested for line in lines if line.requested is not None]
    return Rows(lines, sum(requests) if requests else None, sum(line.award for line in lines))
