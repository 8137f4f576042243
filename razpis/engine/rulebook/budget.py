"""The budget: an amount, or a tree of lines whose cents follow from it by stated shares and rounding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic import Field as Setting

from razpis.engine import money
from razpis.engine.money import Number, Rounding
from razpis.engine.problems import Text
from razpis.engine.rulebook.notes import euros
from razpis.engine.rulebook.source import Path_
from razpis.engine.rulebook.values import Amount, Key, Part, Percent, RoundingRule, Words

HALF_UP = Rounding(2)
_REST = Text(" ali eni dajte »rest: true«", " or give one of them 'rest: true'")


class Line(Part):
    """A line of the budget: exactly one of ``amount``, ``percent`` (of what the line above holds),
    ``percent_of_rest`` (of what is left there after amounts and percentages) and ``rest: true`` (all that is
    left; it takes what rounding leaves). ``reserve``: kept back, not for applications. ``committed``: owed
    already, deducted before it is divided further."""

    title: Words | None = None
    amount: Amount | None = None
    percent: Percent | None = None
    percent_of_rest: Percent | None = None
    rest: bool = False
    reserve: bool = False
    committed: Amount = 0
    lines: dict[Key, Line] = Setting(default_factory=dict)


class Budget(Part):
    """The whole: ``committed`` is deducted first; each line is rounded as ``round`` says (cents, half-up)."""

    amount: Amount
    committed: Amount = 0
    round: RoundingRule = HALF_UP
    lines: dict[Key, Line] = Setting(default_factory=dict)


def _budget(value: Any) -> Any:
    """A plain amount is a budget without lines."""
    return value if isinstance(value, dict) else {"amount": value}


BudgetTree = Annotated[Budget, BeforeValidator(_budget, json_schema_input_type=Amount | Budget)]


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line in cents. ``share`` says how it came about: amount, percent, percent_of_rest or rest; ``of`` is
    what the percentage was taken of; ``available``: its cents less what is committed."""

    key: str
    above: str
    cents: int
    available: int
    share: Literal["amount", "percent", "percent_of_rest", "rest"]
    percent: Number
    of: int
    reserve: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of the budget, or (``key``) with its name."""

    path: Path_
    text: Text
    key: bool = False


def whole(budget: Budget) -> int:
    """The cents there are to divide: the amount less what is committed."""
    return money.to_cents(budget.amount) - money.to_cents(budget.committed)


def divide(budget: Budget) -> tuple[tuple[BudgetLine, ...], tuple[Fault, ...]]:
    """Every line, from the top down, and what is wrong."""
    faults: list[Fault] = []
    lines = tuple(_divide("", whole(budget), budget.lines, budget.round, ("budget",), faults))
    if whole(budget) < 0:
        faults.append(
            Fault(("budget", "committed"), Text("obveznosti presegajo sredstva", "more is committed than there is"))
        )
    faults += _doubled(budget.lines)
    return lines, tuple(faults)


def _doubled(lines: Mapping[str, Line]) -> Iterator[Fault]:
    """Lines whose name another line before them has."""
    seen: set[str] = set()
    for path in _paths(lines, ("budget",)):
        key = str(path[-1])
        if key in seen:
            sl = f"vrstica »{key}« je zapisana dvakrat; eno preimenujte"
            yield Fault(path, Text(sl, f"the line '{key}' stands twice; rename one of them"), key=True)
        seen.add(key)


def _paths(lines: Mapping[str, Line], above: Path_) -> Iterator[Path_]:
    for key, line in lines.items():
        path = (*above, "lines", key)
        yield path
        yield from _paths(line.lines, path)


def _divide(
    above: str, cents: int, lines: Mapping[str, Line], rounding: Rounding, path: Path_, faults: list[Fault]
) -> Iterator[BudgetLine]:
    first = {key: _cents(line, cents, cents, rounding) for key, line in lines.items() if not _of_rest(line)}
    rest = cents - sum(first.values())
    second = {
        key: _cents(line, cents, rest, rounding) for key, line in lines.items() if line.percent_of_rest is not None
    }
    left = rest - sum(second.values())
    faults += _faults(lines, left if cents >= 0 else 0, path)
    for key, line in lines.items():
        share, percent, of = _share(line, cents, rest)
        mine = left if line.rest else {**first, **second}.get(key, 0)
        available = mine - money.to_cents(line.committed)
        if available < 0 <= mine:
            text = Text("obveznosti presegajo znesek vrstice", "more is committed than the line holds")
            faults.append(Fault((*path, "lines", key, "committed"), text))
        yield BudgetLine(key, above, mine, available, share, percent, of, line.reserve)
        yield from _divide(key, available, line.lines, rounding, (*path, "lines", key), faults)


def _of_rest(line: Line) -> bool:
    return line.rest or line.percent_of_rest is not None


def _cents(line: Line, cents: int, of: int, rounding: Rounding) -> int:
    if line.amount is not None:
        return money.to_cents(line.amount)
    percent = line.percent if line.percent is not None else line.percent_of_rest or 0
    return money.to_cents(money.rounded(money.divide(percent * of, 10_000), rounding))


def _share(
    line: Line, cents: int, rest: int
) -> tuple[Literal["amount", "percent", "percent_of_rest", "rest"], Number, int]:
    if line.amount is not None:
        return "amount", 0, cents
    if line.percent is not None:
        return "percent", line.percent, cents
    if line.percent_of_rest is not None:
        return "percent_of_rest", line.percent_of_rest, rest
    return "rest", 0, rest


def _faults(lines: Mapping[str, Line], left: int, path: Path_) -> Iterator[Fault]:
    for key, line in lines.items():
        stated = [line.amount is not None, line.percent is not None, line.percent_of_rest is not None, line.rest]
        if sum(stated) != 1:
            yield Fault(
                (*path, "lines", key),
                Text(
                    "vrstica ima natanko eno od: amount, percent, percent_of_rest, rest: true",
                    "a line has exactly one of: amount, percent, percent_of_rest, rest: true",
                ),
            )
    remainders = [key for key, line in lines.items() if line.rest]
    for key in remainders[1:]:
        text = Text("preostanek sme imeti le ena vrstica", "only one line may take the rest")
        yield Fault((*path, "lines", key, "rest"), text)
    if left < 0:
        yield Fault((*path, "lines"), _exceeding(lines, left, Text("", "") if remainders else _REST))


def _exceeding(lines: Mapping[str, Line], left: int, rest: Text) -> Text:
    """Lines that hold more than there is: which percentages, or by how much. ``rest``: what else may be done."""
    percents = sum(line.percent or 0 for line in lines.values())
    of_rest = sum(line.percent_of_rest or 0 for line in lines.values())
    for name, together in (("percent", percents), ("percent_of_rest", of_rest)):
        if together > 100:
            shown = money.plain(together)
            found = Text(
                f"odstotki ({name}) skupaj dajo {shown.replace('.', ',')} %; znižajte jih",
                f"the percentages ({name}) are {shown} % together; lower them",
            )
            return found + rest
    over = euros(money.from_cents(-left))
    return (
        Text(f"vrstice presegajo razpoložljivo za {over.sl}", f"the lines exceed what there is by {over.en}")
        + Text("; znižajte jih", "; lower them")
        + rest
    )
