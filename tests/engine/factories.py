"""Rulebook texts and expressions for tests; a ▸ in a text marks the place where a problem is expected."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent, indent

import pytest

from razpis.engine.expressions import ExpressionFault, Kind, compile_expression
from razpis.engine.problems import Language, Problem, Problems
from razpis.engine.rulebook import Rulebook, load

MARK = "▸"
FILE = "pravila.yaml"
PARTS = {
    "call": "{title: Zgled, reference: 41001-1/2026, year: 2026}",
    "fields": """
        requested: {label: Zaprošeni znesek, type: euro}
        members: {label: Člani, type: integer}
        executed: {label: Izvedba programa, type: percent}
        founded: {label: Ustanovitev, type: date}
        local: {label: Sedež v občini, type: yes_no}
        area: {label: Področje, type: choice, options: [a, b, c]}
        services: {label: Storitve, type: choices, options: [a, b]}
        title: {label: Naslov programa, type: text}
        costs:
          label: Stroški
          type: table
          columns:
            price: {label: Cena, type: euro}
            people: {label: Osebe, type: integer}
        note: {label: Opomba, type: text, required: false}
        staff: {label: Zaposleni, type: integer, required: false}
        """,
}


def rulebook_text(**parts: str) -> str:
    """A rulebook of the usual call and form and these parts of YAML, in the order of a rulebook."""
    named = {name.removeprefix(MARK): (name, text) for name, text in parts.items()}
    whole = {name: (name, text) for name, text in PARTS.items()} | named
    return "".join(f"{name}:{_placed(text)}\n" for name, text in whole.values())


def _placed(text: str) -> str:
    return " " + text if "\n" not in text else "\n" + indent(dedent(text).strip("\n"), "  ")


def rulebook(**parts: str) -> Rulebook:
    """The rulebook of :func:`rulebook_text`, loaded."""
    return load(rulebook_text(**parts).encode(), FILE)


def problems(content: str | bytes) -> tuple[Problem, ...]:
    """What is wrong with a rulebook; fails where nothing is."""
    with pytest.raises(Problems) as caught:
        load(content.encode() if isinstance(content, str) else content, FILE)
    return caught.value.problems


def lines(content: str | bytes, language: Language = "sl") -> list[str]:
    """What is wrong with a rulebook, as it is printed."""
    return [problem.line(language) for problem in problems(content)]


def marked(text: str, *messages: str) -> tuple[str, list[str]]:
    """The text without its marks, and the messages each with the place of its mark; one mark is for them all."""
    places = []
    for number, line in enumerate(text.split("\n"), start=1):
        pieces = line.split(MARK)
        places += [(number, len("".join(pieces[: at + 1])) + 1) for at in range(len(pieces) - 1)]
    if len(places) == 1:
        places *= len(messages)
    expected = [f"{FILE}:{line}:{column}: {said}" for (line, column), said in zip(places, messages, strict=True)]
    return text.replace(MARK, ""), expected


def refusal(source: str, names: Mapping[str, Kind]) -> ExpressionFault:
    """Why an expression is refused; fails where it is not."""
    with pytest.raises(ExpressionFault) as caught:
        compile_expression(source, names)
    return caught.value
