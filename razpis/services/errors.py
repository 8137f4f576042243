"""Why a command was refused: a small family, each told to the person in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from razpis.engine.problems import Text


class Refused(Exception):
    """The command cannot be carried out; nothing was changed. ``text`` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.sl)
        self.text = text


class Missing(Refused):
    """There is no such thing, or it is not this person's."""

    def __init__(self) -> None:
        super().__init__(Text("Tega ni ali pa ni vaše.", "This does not exist, or it is not yours."))


class Forbidden(Refused):
    """This person may not do that."""


class TooMany(Refused):
    """Too many attempts from one place; ``seconds`` until the next one is let through."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            Text(
                f"Preveč poskusov z vašega omrežja. Naslednji bo mogoč čez {seconds} s.",
                f"Too many attempts from your network. The next one can be made in {seconds} s.",
            )
        )
        self.seconds = seconds


class Stale(Refused):
    """Somebody else changed it in the meantime. ``theirs`` is what stands now, by field."""

    def __init__(self, text: Text, theirs: Mapping[str, object] | None = None) -> None:
        super().__init__(text)
        self.theirs = dict(theirs or {})


class Invalid(Refused):
    """What was sent cannot stand. ``fields`` says of each field what is wrong and how to put it right."""

    def __init__(self, fields: Mapping[str, Text]) -> None:
        super().__init__(
            Text("; ".join(one.sl for one in fields.values()), "; ".join(one.en for one in fields.values()))
        )
        self.fields = dict(fields)
