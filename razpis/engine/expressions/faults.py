"""What can go wrong in an expression: when it is read, and when it is evaluated."""

from __future__ import annotations

from razpis.engine.problems import Text


class ExpressionFault(Exception):
    """The text is not a valid expression; ``offset`` counts characters from 0."""

    def __init__(self, offset: int, sl: str, en: str, hint: Text | None = None) -> None:
        hint = hint or Text("", "")
        self.offset = offset
        self.text = Text(sl, en) + hint
        super().__init__(self.text.en)


class UnknownName(ExpressionFault):
    """The expression reads a fact that is not there; ``name`` says which."""

    def __init__(self, offset: int, name: str, hint: Text) -> None:
        self.name = name
        super().__init__(offset, f"neznan podatek »{name}«", f"unknown fact '{name}'", hint)


class Unsettled(ExpressionFault):
    """The expression reads a fact that is itself in fault, so nothing can be said about it yet."""

    def __init__(self, offset: int, name: str) -> None:
        super().__init__(offset, f"podatek »{name}« ima napako", f"the fact '{name}' is in fault")


class EvaluationFault(Exception):
    """A valid expression has no value for these facts (a division by zero, an empty ``min``)."""

    def __init__(self, sl: str, en: str) -> None:
        self.text = Text(sl, en)
        super().__init__(en)


class Missing(Exception):
    """The expression read a fact that was not given; ``name`` says which."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)
