"""How a command speaks to the terminal, and how it tells what went wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import click

from razpis.engine.cases import Case
from razpis.engine.problems import Language, Place, Problem, Problems, Text, of_system
from razpis.services.errors import Refused
from razpis.settings import SettingRefused


class Says:
    """Speaks to the terminal in the language chosen."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def text(self, sl: str, en: str) -> str:
        """The words of this language."""
        return Text(sl, en)[self.language]

    def out(self, sl: str, en: str) -> None:
        """A line of the result."""
        click.echo(self.text(sl, en))

    def problems(self, problems: Iterable[Problem]) -> None:
        """A line for each problem, on the error stream."""
        for problem in problems:
            click.echo(problem.line(self.language), err=True)

    def watch(self, cases: Sequence[Case]) -> Iterator[Case]:
        """The cases, with a progress bar where somebody is watching."""
        hidden = not sys.stderr.isatty() or len(cases) < 500
        with click.progressbar(cases, label=self.text("Točkovanje", "Scoring"), file=sys.stderr, hidden=hidden) as bar:
            yield from bar


pass_says = click.make_pass_decorator(Says)


def guarded(says: Says, work: Callable[[], Any]) -> Any:
    """Do ``work``; tell problems a line each and leave with a failure."""
    try:
        return work()
    except Problems as found:
        says.problems(found.problems)
    except Refused as refused:
        click.echo(refused.text[says.language], err=True)
    except SettingRefused as refused_setting:
        click.echo(says.text(f"Nastavitev ni prava: {refused_setting}", f"Wrong setting: {refused_setting}"), err=True)
    except OSError as error:
        says.problems([Problem(Place(str(error.filename or "-")), of_system(error))])
    raise click.exceptions.Exit(1)
