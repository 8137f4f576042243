"""What the commission looks at when applications are opened: three questions, answered apart, with their articles."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from razpis.procedure.problems import Words


class Aspect(StrEnum):
    """The three questions of the opening: in time, filed by an entitled person, complete."""

    TIMELY = "timely"
    ENTITLED = "entitled"
    COMPLETE = "complete"


ASPECTS: Mapping[Aspect, tuple[Words, Words]] = {
    Aspect.TIMELY: (Words("pravočasna", "in time"), Words("prepozna", "late")),
    Aspect.ENTITLED: (
        Words("vložila jo je upravičena oseba", "from an entitled person"),
        Words("vložila jo je neupravičena oseba", "from a person not entitled"),
    ),
    Aspect.COMPLETE: (Words("popolna", "complete"), Words("nepopolna", "incomplete")),
}
"""Each with the words for yes and for no."""

ARTICLES: Mapping[Aspect, str] = {
    Aspect.TIMELY: "ZUP, 68. člen",
    Aspect.ENTITLED: "",
    Aspect.COMPLETE: "ZUP, 67. člen",
}
"""The article of the law; who may apply is said by the call's own regulation, so the commission writes its article."""
