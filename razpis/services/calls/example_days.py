"""The days in a rulebook's examples, moved along with the deadline, so that examples of time go on saying the same."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from razpis.services.rules.rule_check import look

_DAY = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?:([ T])(\d{2}):(\d{2}))?(?![\d:-])", re.ASCII)
_COMMENT = re.compile(r"(?:^|\s)#")


@dataclass(frozen=True, slots=True)
class _Move:
    """As many years as between the two deadlines, then the days that are left, and of moments the hours too: what
    was a year before the deadline stays a year before it."""

    years: int
    days: datetime.timedelta
    hours: datetime.timedelta

    def day(self, day: datetime.date) -> datetime.date:
        return _years_on(day, self.years) + self.days

    def moment(self, moment: datetime.datetime) -> datetime.datetime:
        return datetime.datetime.combine(self.day(moment.date()), moment.time()) + self.hours


def followed(text: str, old: datetime.datetime, new: datetime.datetime) -> str:
    """``text``, whose deadline was ``old`` and is ``new``, with the days of its examples moved by as much.

    Both deadlines are wall times. An example that tells of a year of activity or of a minute too late tells of it
    still. Where moved days would make more examples come out otherwise than days left alone (they do not hang on
    the deadline), they are left alone.
    """
    moved = _moved(text, _between(old.replace(tzinfo=None), new.replace(tzinfo=None)))
    return moved if moved == text or _differing(moved) <= _differing(text) else text


def _between(old: datetime.datetime, new: datetime.datetime) -> _Move:
    years = new.year - old.year
    days = new.date() - _years_on(old.date(), years)
    hours = datetime.datetime.combine(old.date(), new.time()) - old
    return _Move(years, days, hours)


def _differing(text: str) -> int:
    """How many expectations of the examples do not hold."""
    examples = look(text).examples
    return len(examples.problems) if examples is not None else 0


def _moved(text: str, move: _Move) -> str:
    inside, lines = False, []
    for line in text.splitlines(keepends=True):
        if re.match(r"\w", line):
            inside = line.startswith("examples:")
        lines.append(_line(line, move) if inside else line)
    return "".join(lines)


def _line(line: str, move: _Move) -> str:
    """A line with its days moved; what follows a ``#`` is a remark and stays."""
    remark = _COMMENT.search(line)
    end = remark.start() if remark else len(line)
    return _DAY.sub(_moving(move), line[:end]) + line[end:]


def _moving(move: _Move) -> Callable[[re.Match[str]], str]:
    def put(found: re.Match[str]) -> str:
        year, month, day, between, hour, minute = found.groups()
        try:
            written = datetime.date(int(year), int(month), int(day))
            if between is None:
                return f"{move.day(written):%Y-%m-%d}"
            at = datetime.datetime.combine(written, datetime.time(int(hour), int(minute)))
            return f"{move.moment(at):%Y-%m-%d}{between}{move.moment(at):%H:%M}"
        except (ValueError, OverflowError):
            return found.group()  # no day of the calendar: the check of the rules says so

    return put


def _years_on(day: datetime.date, years: int) -> datetime.date:
    """The same day so many years later; the last of February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
