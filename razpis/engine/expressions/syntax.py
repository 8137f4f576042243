"""The tree of an expression and the parser that builds it.

Grammar, loosest first: ``a if c else b`` · ``or`` · ``and`` · ``not`` · comparisons and ``in`` (may be
chained) · ``+ -`` · ``* /`` · unary ``-`` · numbers, 'texts', true/false, names, ``table.column``,
``function(…)``, ``(…)``, ``[…]``. There are no powers, no attributes, no loops and no definitions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from razpis.engine.expressions.commas import between_numbers, with_point
from razpis.engine.expressions.faults import ExpressionFault
from razpis.engine.expressions.lexer import Token, tokens
from razpis.engine.money import Number, exact
from razpis.engine.problems import Text

MAX_DEPTH = 30
MAX_NODES = 400
_MEANT = {
    word: Text(f"; pišite »{meant}«", f"; write '{meant}'")
    for word, meant in (("ali", "or"), ("OR", "or"), ("AND", "and"))
}


@dataclass(frozen=True, slots=True)
class Literal:
    offset: int
    value: Number | str | bool


@dataclass(frozen=True, slots=True)
class Name:
    offset: int
    name: str


@dataclass(frozen=True, slots=True)
class Column:
    offset: int
    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Items:
    offset: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Group:
    offset: int
    inner: Node


@dataclass(frozen=True, slots=True)
class Call:
    offset: int
    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Negative:
    offset: int
    operand: Node


@dataclass(frozen=True, slots=True)
class Not:
    offset: int
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic (``+ - * /``) or logic (``and or``)."""

    offset: int
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare:
    """``first sign second …``: every neighbouring pair must hold."""

    offset: int
    operands: tuple[Node, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choose:
    offset: int
    condition: Node
    yes: Node
    no: Node


Node: TypeAlias = Literal | Name | Column | Items | Group | Call | Negative | Not | Binary | Compare | Choose

_COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")


def parse(source: str) -> Node:
    """The tree of ``source``; raises :class:`ExpressionFault`."""
    parser = _Parser(tokens(source))
    node = parser.expression()
    parser.expect_end()
    return node


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0
        self._nodes = 0

    def expect_end(self) -> None:
        if self._now.kind != "end":
            raise self._unexpected("konec izraza", "the end of the expression")

    def expression(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ExpressionFault(
                self._now.offset,
                f"izraz je gnezden globlje od {MAX_DEPTH} ravni; razdelite ga z izpeljanimi podatki (derived)",
                f"the expression is nested deeper than {MAX_DEPTH} levels; split it with derived facts",
            )
        node = self._logic("or", lambda: self._logic("and", self._not))
        if self._take("keyword", "if"):
            offset = node_offset(node)
            condition = self._logic("or", lambda: self._logic("and", self._not))
            if not self._take("keyword", "else"):
                raise self._unexpected("»else«", "'else'")
            node = self._made(Choose(offset, condition, node, self.expression()))
        self._depth -= 1
        return node

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _take(self, kind: str, *texts: str) -> Token | None:
        token = self._now
        if token.kind == kind and (not texts or token.text in texts):
            self._at += 1
            return token
        return None

    def _made(self, node: Node) -> Node:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise ExpressionFault(
                self._now.offset,
                f"izraz ima več kot {MAX_NODES} delov; razdelite ga z izpeljanimi podatki (derived)",
                f"the expression has more than {MAX_NODES} parts; split it with derived facts",
            )
        return node

    def _unexpected(self, sl: str, en: str) -> ExpressionFault:
        token = self._now
        seen_sl = f"»{token.text}«" if token.kind != "end" else "konec izraza"
        seen_en = f"'{token.text}'" if token.kind != "end" else "the end of the expression"
        return ExpressionFault(
            token.offset,
            f"pričakovano: {sl}; tu pa je {seen_sl}",
            f"expected {en}, found {seen_en}",
            self._decimal_comma() or _MEANT.get(token.text),
        )

    def _decimal_comma(self) -> Text | None:
        """``0,1``: a comma right between two numbers, where no list is read."""
        if self._now.text != "," or not between_numbers(self._tokens, self._at):
            return None
        return with_point(f"{self._tokens[self._at - 1].text}.{self._tokens[self._at + 1].text}")

    def _logic(self, word: str, part: Callable[[], Node]) -> Node:
        node = part()
        while token := self._take("keyword", word):
            node = self._made(Binary(token.offset, word, node, part()))
        return node

    def _not(self) -> Node:
        negations: list[Token] = []
        while token := self._take("keyword", "not"):
            negations.append(token)
        node = self._comparison()
        for token in reversed(negations):
            node = self._made(Not(token.offset, node))
        return node

    def _comparison(self) -> Node:
        operands = [self._binary(("+", "-"))]
        signs: list[str] = []
        offset = self._now.offset
        while sign := self._comparison_sign():
            signs.append(sign)
            operands.append(self._binary(("+", "-")))
        return self._made(Compare(offset, tuple(operands), tuple(signs))) if signs else operands[0]

    def _comparison_sign(self) -> str:
        if token := self._take("sign", *_COMPARISONS):
            return token.text
        if self._take("keyword", "in"):
            return "in"
        following = self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        if self._now.text == "not" and self._now.kind == "keyword" and following.text == "in":
            self._at += 2
            return "not in"
        return ""

    def _binary(self, signs: tuple[str, ...]) -> Node:
        part = self._unary if "*" in signs else lambda: self._binary(("*", "/"))
        node = part()
        while token := self._take("sign", *signs):
            node = self._made(Binary(token.offset, token.text, node, part()))
        return node

    def _unary(self) -> Node:
        minuses: list[Token] = []
        while token := self._take("sign", "-"):
            minuses.append(token)
        node = self._atom()
        for token in reversed(minuses):
            node = self._made(Negative(token.offset, node))
        return node

    def _atom(self) -> Node:
        offset = self._now.offset
        if token := self._take("number"):
            return self._made(Literal(offset, exact(Fraction(token.text))))
        if token := self._take("text"):
            return self._made(Literal(offset, token.text[1:-1]))
        if token := self._take("keyword", "true", "false"):
            return self._made(Literal(offset, token.text == "true"))
        if token := self._take("name"):
            return self._after_name(token)
        if self._take("sign", "("):
            return self._parenthesised(offset)
        if self._take("sign", "["):
            return self._made(Items(offset, self._list("]")))
        raise self._unexpected("podatek, število ali oklepaj", "a fact, a number or a bracket")

    def _after_name(self, token: Token) -> Node:
        if self._take("sign", "("):
            return self._made(Call(token.offset, token.text, self._list(")")))
        if self._take("sign", "."):
            column = self._take("name")
            if column is None:
                raise self._unexpected("ime stolpca", "the name of a column")
            return self._made(Column(token.offset, token.text, column.text))
        return self._made(Name(token.offset, token.text))

    def _parenthesised(self, offset: int) -> Node:
        first = self.expression()
        if self._take("sign", ","):
            return self._made(Items(offset, (first, *self._list(")"))))
        self._close(")")
        return self._made(Group(offset, first))

    def _list(self, closing: str) -> tuple[Node, ...]:
        items: list[Node] = []
        while not self._take("sign", closing):
            items.append(self.expression())
            if not self._take("sign", ","):
                self._close(closing)
                break
        return tuple(items)

    def _close(self, closing: str) -> None:
        if not self._take("sign", closing):
            raise self._unexpected(f"»{closing}«", f"'{closing}'")


def children(node: Node) -> tuple[Node, ...]:
    """The parts a node is made of, from left to right."""
    match node:
        case Items():
            return node.items
        case Group():
            return (node.inner,)
        case Negative() | Not():
            return (node.operand,)
        case Compare():
            return node.operands
        case Binary():
            return (node.left, node.right)
        case Choose():
            return (node.condition, node.yes, node.no)
        case Call():
            return node.arguments
        case _:
            return ()


def first_fact(node: Node) -> Name | Column | None:
    """The first fact that is read, ``None`` where none is."""
    if isinstance(node, Name | Column):
        return node
    found = (first_fact(child) for child in children(node))
    return next((one for one in found if one is not None), None)


def node_offset(node: Node) -> int:
    """Where the node's text begins (for a binary node: its left end)."""
    while isinstance(node, Binary | Compare | Choose):
        node = node.left if isinstance(node, Binary) else _first(node)
    return node.offset


def _first(node: Compare | Choose) -> Node:
    return node.operands[0] if isinstance(node, Compare) else node.yes
