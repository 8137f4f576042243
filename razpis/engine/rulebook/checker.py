"""What every check of meaning needs: places, problems, expressions, and the facts that may be missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from razpis.engine.expressions import (
    UNKNOWN,
    Expression,
    ExpressionFault,
    Kind,
    UnknownName,
    Unsettled,
    compile_expression,
)
from razpis.engine.expressions.build import fault_kind
from razpis.engine.expressions.size import Size, size_of
from razpis.engine.problems import Problem, Text, did_you_mean, one_of
from razpis.engine.rulebook.shape import RulebookFile
from razpis.engine.rulebook.source import Path_, Source

_SCORED = Text("; znan je šele v »ranking« in »allocation«", "; it is known only in 'ranking' and 'allocation'")
_PLACED = Text("; znan je šele v »allocation«", "; it is known only in 'allocation'")
_LATER = {"points": _SCORED, "ranking_points": _SCORED, "place": _PLACED, "lot_amount": _PLACED}
"""Facts that follow from the points and the order, with where they may be read."""


class Checker:
    """Checks one file. ``kinds``: the facts by name; ``sizes``: the digits that numbers among them may have;
    ``optional``: those that may be missing."""

    def __init__(self, source: Source, file: RulebookFile) -> None:
        self.source = source
        self.file = file
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.kinds: dict[str, Kind] = {}
        self.sizes: dict[str, Size] = {}
        self.optional: set[str] = {"applicant", "submitted_at"}
        if file.call.deadline is None:
            self.optional.add("call_deadline")

    def problem(self, path: Path_, sl: str, en: str, hint: Text | None = None, key: bool = False) -> None:
        """Note what is wrong with the value (or the key) at ``path``."""
        place = self.source.key_place(path) if key else self.source.place(path)
        self.problems.append(Problem(place, Text(sl, en) + (hint or Text("", ""))))

    def expression(
        self, path: Path_, text: str, wanted: Kind | None, kinds: Mapping[str, Kind] | None = None
    ) -> Expression:
        """``text`` compiled; where it is wrong, a problem and an expression that is never used."""
        try:
            found = compile_expression(text, self.kinds if kinds is None else kinds)
            if wanted is not None and (not found.kind.same(wanted) or found.kind.rows):
                raise fault_kind(0, wanted, found.kind)
            size_of(text, self.sizes)
            return found
        except Unsettled:
            pass
        except ExpressionFault as fault:
            later = _LATER.get(fault.name) if isinstance(fault, UnknownName) else None
            told = fault.text if later is None else fault.text + later
            self.problems.append(Problem(self.source.inside(path, fault.offset), told))
        return replace(compile_expression("0", {}), kind=UNKNOWN)

    def may_be_missing(self, expression: Expression) -> tuple[str, ...]:
        """The facts it reads that may not be given, and that it does not ask about first."""
        return tuple(sorted((expression.reads - expression.asks) & self.optional))

    def must_be_given(self, path: Path_, expression: Expression) -> None:
        """Refuse an expression that may read a fact nobody gave."""
        for name in self.may_be_missing(expression):
            self.problem(
                path,
                f"podatek »{name}« morda ni izpolnjen; v izraz dodajte »… if answered({name}) else …«",
                f"the fact '{name}' may not be given; write '… if answered({name}) else …'",
            )

    def unknown(self, path: Path_, name: str, known: Mapping[str, object]) -> None:
        """Note a reference to something the rulebook does not have."""
        near = did_you_mean(name, known)
        hint = near if near.sl else one_of(known)
        self.problem(path, f"neznano ime »{name}«", f"unknown name '{name}'", hint)
