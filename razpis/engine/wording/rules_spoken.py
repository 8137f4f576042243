"""Expressions of the rules in words: facts and options by their labels, what follows »če« as a clause."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from razpis.engine.expressions import syntax
from razpis.engine.expressions.build import Sign
from razpis.engine.money import Number
from razpis.engine.pairing import paired
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.wording import naming
from razpis.engine.wording.rules_phrases import fact, quoted, scored
from razpis.engine.wording.speaker import Speaker

_PRINTED = {"==": "=", "!=": "≠", ">=": "≥", "<=": "≤", "*": "×", "-": "−", "in": "∈", "not in": "∉"}
_OPPOSITE = {"==": "!=", "!=": "==", ">=": "<", "<": ">=", "<=": ">", ">": "<=", "in": "not in", "not in": "in"}
_BOUNDS = {
    ">=": Text("vsaj", "at least"),
    ">": Text("več kot", "more than"),
    "<=": Text("največ", "at most"),
    "<": Text("manj kot", "less than"),
    "==": Text("enako", "equal to"),
}
_MIRRORED = {">=": "<=", "<=": ">=", ">": "<", "<": ">"}
_DAYS = {">": Text("pozneje kot", "after"), "<": Text("prej kot", "before"), "==": Text("enak", "equal to")}
_ONE = {
    "points": Text("število točk", "the number of points"),
    "ranking_points": Text("število točk za vrstni red", "the number of points for the order"),
    "lot_amount": Text("znesek sklopa", "the amount of the lot"),
}
Options = Mapping[str, str]


def spoken(speaker: Speaker, rulebook: Rulebook, source: str) -> str:
    """A value: ``0,7 × »Stroški«, če je število točk vsaj 60, sicer 0,5 × »Stroški«``."""
    return _Words(speaker, rulebook).value(syntax.parse(source))


def clause(speaker: Speaker, rulebook: Rulebook, source: str) -> str:
    """A test as it follows »če« or "where": ``je »Stroški« vsaj 5``, ``'Costs' is at least 5``."""
    return _Words(speaker, rulebook).clause(syntax.parse(source))


def amount(speaker: Speaker, rulebook: Rulebook, source: str) -> str:
    """An expression in euros: a plain number as money, also where it is chosen among several."""
    return _Words(speaker, rulebook).amount(syntax.parse(source))


class _Words:
    """Words the parts of one expression."""

    def __init__(self, speaker: Speaker, rulebook: Rulebook) -> None:
        self._speaker = speaker
        self._rulebook = rulebook

    def value(self, node: syntax.Node) -> str:
        """What the node comes to, with signs between its parts."""
        match node:
            case syntax.Literal(value=value):
                return quoted(self._speaker, value) if isinstance(value, str) else self._speaker.value(value)
            case syntax.Name(name=name):
                return fact(self._speaker, self._rulebook, name)
            case syntax.Column(table=table, column=column):
                return quoted(self._speaker, naming.column(self._speaker, self._rulebook, table, column))
            case syntax.Items(items=items):
                return f"({self._listed(items)})"
            case syntax.Group(inner=inner):
                return f"({self.value(inner)})"
            case syntax.Negative(operand=operand):
                return f"−{self.value(operand)}"
            case syntax.Not(operand=operand):
                return f"{self._sign('not')} {self.value(operand)}"
            case syntax.Binary(sign=sign, left=left, right=right):
                return f"{self.value(left)} {self._sign(sign)} {self.value(right)}"
            case syntax.Compare():
                return self._compared(node)
            case syntax.Choose():
                return self._either(self.value(node.yes), node.condition, self.value(node.no))
            case _:
                return self._called(node)

    def amount(self, node: syntax.Node) -> str:
        """What the node comes to in euros."""
        if isinstance(node, syntax.Literal) and isinstance(node.value, Number):
            return self._speaker.euros(node.value * 100)
        if isinstance(node, syntax.Choose):
            return self._either(self.amount(node.yes), node.condition, self.amount(node.no))
        return self.value(node)

    def clause(self, node: syntax.Node, holds: bool = True) -> str:
        """The node as a test that holds, or does not."""
        match node:
            case syntax.Not(operand=operand):
                return self.clause(operand, not holds)
            case syntax.Group(inner=inner) if not isinstance(inner, syntax.Binary):
                return self.clause(inner, holds)
            case syntax.Group(inner=inner) if holds:
                return f"({self.clause(inner)})"
            case syntax.Binary(sign=sign, left=left, right=right) if holds:
                return f"{self.clause(left)} {self._sign(sign)} {self.clause(right)}"
            case syntax.Compare(operands=(left, right), signs=(sign,)):
                return self._pair(left, sign if holds else _OPPOSITE[sign], right)
            case syntax.Call(function="answered", arguments=(syntax.Name(name=name),)):
                label = quoted(self._speaker, naming.label(self._speaker, self._rulebook, name))
                return self._answered(label, holds)
            case _:
                return self._holds(self.value(node), holds)

    def _answered(self, label: str, holds: bool) -> str:
        if holds:
            return self._speaker.say(f"je podatek {label} izpolnjen", f"{label} is given")
        return self._speaker.say(f"podatek {label} ni izpolnjen", f"{label} is not given")

    def _holds(self, what: str, holds: bool) -> str:
        if holds:
            return self._speaker.say(f"velja {what}", f"{what} holds")
        return self._speaker.say(f"ne velja {what}", f"{what} does not hold")

    def _pair(self, left: syntax.Node, sign: str, right: syntax.Node) -> str:
        """Two sides compared; what is asked about comes first."""
        if isinstance(left, syntax.Literal) and sign in _MIRRORED:
            left, sign, right = right, _MIRRORED[sign], left
        positive = sign in ("==", "in")
        if sign in ("==", "!=", "in", "not in"):
            for asked, given in ((left, right), (right, left)):
                options = self._options(asked)
                listed = isinstance(given, syntax.Items) and "in" not in sign
                if isinstance(asked, syntax.Name) and options and _literals(given) and not listed:
                    return self._picked(asked.name, [options.get(one, one) for one in _literals(given)], positive)
        if sign in ("in", "not in"):
            return self._among(left, right, positive)
        if sign == "!=":
            one, other = self._subject(left), self._object(right, left)
            return self._speaker.say(f"{one} ni enako {other}", f"{one} is not {other}")
        return self._bounded(left, sign, right)

    def _bounded(self, left: syntax.Node, sign: str, right: syntax.Node) -> str:
        """``je »Stroški« vsaj 5``; a day is not more, but later."""
        one, other = self._subject(left), self._object(right, left)
        if self._dated(left) or self._dated(right):
            after = {">=": Text("ali pozneje", "or later"), "<=": Text("ali prej", "or earlier")}.get(sign)
            told = f"{other} {self._speaker.text(after)}" if after else f"{self._speaker.text(_DAYS[sign])} {other}"
        else:
            told = f"{self._speaker.text(_BOUNDS[sign])} {other}"
        return self._speaker.say(f"je {one} {told}", f"{one} is {told}")

    def _picked(self, name: str, options: list[str], positive: bool) -> str:
        """Which options were picked, or which lot it is."""
        say = self._speaker.say
        shown = [quoted(self._speaker, option) for option in options]
        listed = say(" ali ", " or ").join(shown)
        if not positive and len(shown) > 1:
            listed = say("ne ", "neither ") + say(" ne ", " nor ").join(shown)
        if name == "lot":
            if positive:
                return say(f"je sklop {listed}", f"the lot is {listed}")
            return say(f"sklop ni {listed}", f"the lot is {'not ' if len(shown) == 1 else ''}{listed}")
        label = fact(self._speaker, self._rulebook, name)
        if positive:
            return say(f"je pri podatku {label} izbrano {listed}", f"{listed} is chosen under {label}")
        none = f"{listed} is {'not ' if len(shown) == 1 else ''}chosen under {label}"
        return say(f"pri podatku {label} ni izbrano {listed}", none)

    def _among(self, left: syntax.Node, right: syntax.Node, positive: bool) -> str:
        one, other = self._subject(left), self.value(right)
        if positive:
            return self._speaker.say(f"je {one} med {other}", f"{one} is one of {other}")
        return self._speaker.say(f"{one} ni med {other}", f"{one} is not one of {other}")

    def _subject(self, node: syntax.Node) -> str:
        """A side of a comparison as one thing."""
        if not isinstance(node, syntax.Name):
            return self.value(node)
        if node.name in _ONE:
            return self._speaker.text(_ONE[node.name])
        title = scored(self._speaker, self._rulebook, node.name)
        if title:
            return self._speaker.say(f"število točk {title}", f"the number of points of {title}")
        return fact(self._speaker, self._rulebook, node.name)

    def _object(self, node: syntax.Node, beside: syntax.Node) -> str:
        """A side of a comparison that ``beside`` is held against: a number in its unit, a day as a day."""
        if isinstance(node, syntax.Literal) and isinstance(beside, syntax.Name):
            if isinstance(node.value, Number) and not isinstance(node.value, bool):
                if beside.name == "call_year":
                    return str(node.value)
                return naming.quantity(self._speaker, self._rulebook, beside.name, node.value)
            if isinstance(node.value, str) and self._dated(beside):
                return self._speaker.date(datetime.date.fromisoformat(node.value))
        return self._subject(node)

    def _dated(self, node: syntax.Node) -> bool:
        kind = self._rulebook.kinds.get(node.name) if isinstance(node, syntax.Name) else None
        return kind is not None and kind.name == "date"

    def _options(self, node: syntax.Node) -> Options:
        """The words of the options of a fact, or of the lots."""
        if isinstance(node, syntax.Column):
            return naming.options(self._speaker, self._rulebook, f"{node.table}..{node.column}")
        return naming.options(self._speaker, self._rulebook, node.name) if isinstance(node, syntax.Name) else {}

    def _compared(self, node: syntax.Compare) -> str:
        options = {key: words for side in node.operands for key, words in self._options(side).items()}
        told = [self._option(side, options) for side in node.operands]
        rest = [f"{self._sign(sign)} {side}" for sign, side in paired(node.signs, told[1:])]
        return " ".join([told[0], *rest])

    def _option(self, node: syntax.Node, options: Options) -> str:
        if isinstance(node, syntax.Items):
            return f"({'; '.join(self._option(item, options) for item in node.items)})"
        if isinstance(node, syntax.Literal) and isinstance(node.value, str):
            return quoted(self._speaker, options.get(node.value, node.value))
        return self.value(node)

    def _either(self, yes: str, asked: syntax.Node, no: str) -> str:
        condition = self.clause(asked)
        return self._speaker.say(f"{yes}, če {condition}, sicer {no}", f"{yes} where {condition}, otherwise {no}")

    def _called(self, node: syntax.Node) -> str:
        assert isinstance(node, syntax.Call)
        return f"{self._sign(node.function)} ({self._listed(node.arguments)})"

    def _listed(self, nodes: tuple[syntax.Node, ...]) -> str:
        return "; ".join(self.value(node) for node in nodes)

    def _sign(self, sign: str) -> str:
        return self._speaker.derivation((Sign(_PRINTED.get(sign, sign)),))


def _literals(node: syntax.Node) -> list[str]:
    """The texts written out on one side; none where it is something else."""
    given = node.items if isinstance(node, syntax.Items) else (node,)
    found = [one.value for one in given if isinstance(one, syntax.Literal) and isinstance(one.value, str)]
    return found if len(found) == len(given) else []
