"""What keeps decisions from being issued: one gap at a time, each with the page on which it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from razpis.engine.problems import Text


class Where(StrEnum):
    """The page on which a gap is mended."""

    TERMS = "terms"
    PARAMETERS = "parameters"
    RULES = "rules"
    PROPOSAL = "proposal"
    LINE = "line"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or wrong. ``application`` is its number in the order received, where it is about
    one; ``key`` is what the page of ``where`` is opened with (an application's key, an organisation's number)."""

    where: Where
    text: Text
    application: int | None = None
    key: str | int | None = None
