"""Whether a decimal comma makes two values of one where two are allowed too: ``min(0,5 * x)``."""

from __future__ import annotations

from razpis.engine.expressions.commas import commas
from razpis.engine.problems import Text
from razpis.engine.rulebook.compiled import Rulebook
from razpis.engine.rulebook.notes import Notes
from razpis.engine.rulebook.written import expressions


def look(notes: Notes, rulebook: Rulebook) -> None:
    """Note every comma without a space between two numbers in the brackets of a function."""
    for path, source, _ in expressions(rulebook):
        for comma in commas(source):
            if comma.of_function:
                advice = Text(
                    f"»{comma.written}« sta tu dve vrednosti; decimalno število pišite s piko ({comma.number}), med "
                    f"vrednostma pa za vejico dajte presledek ({comma.left.text}, {comma.right.text})",
                    f"'{comma.written}' are two values here; write decimals with a point ({comma.number}), and a space "
                    f"after the comma between values ({comma.left.text}, {comma.right.text})",
                )
                notes.inside(path, comma.offset, advice)
