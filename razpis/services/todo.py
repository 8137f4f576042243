"""What a person should do now, by when, in order; then what waits for others."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from razpis.engine.problems import Text
from razpis.services.actor import Actor


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. ``kind`` and ``key`` say where; ``due`` is a moment, or ``None`` where nothing presses."""

    kind: str
    text: Text
    due: datetime.datetime | None = None
    key: str | int | None = None


def tasks(actor: Actor, now: datetime.datetime) -> list[Task]:
    """The person's tasks, those due first on top."""
    return []
