"""Decimals written with a comma, as people write them: an expression reads two values there."""

from __future__ import annotations

from dataclasses import dataclass

from razpis.engine.expressions.lexer import Token, tokens
from razpis.engine.problems import Text


@dataclass(frozen=True, slots=True)
class Comma:
    """A comma right between two numbers, in brackets.

    ``brackets``: where these begin, with the function's name if they are one's; ``of_function``: whether they are;
    ``left``, ``right``: the numbers; ``offset``: where the left one begins, in characters from 0.
    """

    brackets: int
    of_function: bool
    left: Token
    right: Token

    @property
    def offset(self) -> int:
        return self.left.offset

    @property
    def number(self) -> str:
        """What was probably meant."""
        return f"{self.left.text}.{self.right.text}"

    @property
    def written(self) -> str:
        return f"{self.left.text},{self.right.text}"


def with_point(number: str) -> Text:
    """The advice that follows an error."""
    return Text(f"; decimalno število pišite s piko ({number})", f"; write decimals with a point ({number})")


def commas(source: str) -> tuple[Comma, ...]:
    """Those of a text that an expression was read from, from left to right."""
    found: list[Comma] = []
    opened: list[tuple[int, bool]] = []
    read = tokens(source)
    for at, token in enumerate(read):
        if token.kind == "sign" and token.text in "([":
            named = token.text == "(" and at > 0 and read[at - 1].kind == "name"
            opened.append((read[at - 1].offset if named else token.offset, named))
        elif token.kind == "sign" and token.text in ")]":
            opened.pop()
        elif token.text == "," and token.kind == "sign" and between_numbers(read, at):
            found.append(Comma(*opened[-1], read[at - 1], read[at + 1]))
    return tuple(found)


def between_numbers(read: list[Token], at: int) -> bool:
    """Whether the token there stands between two numbers without a space."""
    if not 0 < at < len(read) - 1:
        return False
    left, here, right = read[at - 1 : at + 2]
    together = left.offset + len(left.text) == here.offset and here.offset + 1 == right.offset
    return together and left.kind == right.kind == "number"
