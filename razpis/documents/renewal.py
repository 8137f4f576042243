"""Why an application is decided anew: the decision taken away, who took it away, what that body said, the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Renewal:
    """The decision that this one stands in place of, by number and day; the act of the body that took it away and
    remitted the matter, with its instructions; ``reasons``: the paragraphs that answer them (ZUP, 251. člen)."""

    annulled: str
    annulled_on: date
    body: str
    reference: str
    decided_on: date
    instructions: tuple[str, ...]
    reasons: tuple[str, ...]


def gaps(renewal: Renewal) -> Iterator[str]:
    """What a decision taken anew may not lack."""
    required = {
        "številka odpravljene odločitve": renewal.annulled,
        "kdo je odločitev odpravil": renewal.body,
        "številka akta, s katerim je bila odpravljena": renewal.reference,
    }
    yield from (f"manjka {what}" for what, text in required.items() if not text.strip())
    if not any(text.strip() for text in renewal.reasons):
        yield "manjka odgovor na navodila organa, ki je odločitev odpravil"
