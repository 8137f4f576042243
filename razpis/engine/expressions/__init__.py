"""The closed expression language: parsed once, type-checked, compiled to closures, exact, traced, bounded."""

from razpis.engine.expressions.expression import Expression, compile_expression
from razpis.engine.expressions.faults import EvaluationFault, ExpressionFault, Missing, UnknownName, Unsettled
from razpis.engine.expressions.kinds import (
    DATE,
    NUMBER,
    TEXT,
    TEXTS,
    UNKNOWN,
    WHOLE,
    YES_NO,
    Kind,
    choice,
    table,
)

__all__ = [
    "DATE",
    "NUMBER",
    "TEXT",
    "TEXTS",
    "UNKNOWN",
    "WHOLE",
    "YES_NO",
    "EvaluationFault",
    "Expression",
    "ExpressionFault",
    "Kind",
    "Missing",
    "UnknownName",
    "Unsettled",
    "choice",
    "compile_expression",
    "table",
]
