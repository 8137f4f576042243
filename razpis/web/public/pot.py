"""The picture of a lot's money filling line by line: where every bar stands, in whole numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from razpis.services.rules.results import Line, Lot

ROW = 26
_SHORT, _LONG = 18, 60
_WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Bar:
    """One application. ``x`` and ``width`` are shares of the picture's width, ``y`` its line in pixels;
    ``used`` and ``left`` the cents given so far and still there. The name stands where there is most room, at
    ``label_x``: ``after`` the bar or ``inside`` it, where it begins there, or ``before`` it, where it ends."""

    line: Line
    x: str
    width: str
    y: int
    used: int
    left: int
    label_x: str
    side: str
    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Pot:
    """A lot's money and its bars. ``cut`` is where the line under the last application that got money stands,
    if there was none left for one ranked below it."""

    lot: Lot
    bars: tuple[Bar, ...]
    height: int
    cut: int | None


def pot(lot: Lot, order: Sequence[Line]) -> Pot:
    """The picture of ``lot``; ``order`` is everyone ranked in it, best first."""
    funded = max((at for at, line in enumerate(order, 1) if line.award), default=0)
    return Pot(
        lot=lot,
        bars=tuple(_bars(lot, order)),
        height=len(order) * ROW,
        cut=funded * ROW if any(line.outcome == "no_money" for line in order[funded:]) else None,
    )


def _bars(lot: Lot, order: Sequence[Line]) -> Iterator[Bar]:
    used = 0
    for at, line in enumerate(order):
        start, used = used, used + line.award
        begin, end = _share(start, lot.amount), _share(used, lot.amount)
        room = {"after": _WHOLE - end, "before": begin, "inside": end - begin}
        side = max(room, key=lambda key: room[key])
        yield Bar(
            line=line,
            x=_percent(begin),
            width=_percent(end - begin),
            y=at * ROW,
            used=used,
            left=lot.amount - used,
            label_x=_percent(end if side == "after" else begin),
            side=side,
            short=shortened(line.name, _SHORT),
            long=shortened(line.name, _LONG),
        )


def _share(cents: int, amount: int) -> int:
    """Thousandths of the whole, rounded down."""
    return cents * _WHOLE // amount if amount else 0


def _percent(thousandths: int) -> str:
    return f"{thousandths // 10}.{thousandths % 10}%"


def shortened(name: str, most: int) -> str:
    """The name, cut with an ellipsis where it is longer than ``most`` letters."""
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
