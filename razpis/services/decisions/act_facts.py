"""What an act says, as kept: a decision without number and date, with its reasons for machines, under one hash."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from razpis.documents.decision import Decision
from razpis.models.base import canonical

_LATER = ("document_number", "issued_on", "whole_number")
DRAFT_DAY = datetime.date(2000, 1, 1)
"""Stands where the day is not known yet, because a decision cannot be built without one."""
DRAFT_NUMBER = "osnutek"


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of an act with their hash."""

    content: Mapping[str, Any]
    sha256: str


def facts(decision: Decision, reasons: Mapping[str, Any]) -> Facts:
    """The facts of a decision; its number and its day come with the approval and are left out."""
    told = _adapter().dump_python(decision, mode="json")
    content = {"decision": {key: told[key] for key in told if key not in _LATER}, "reasons": dict(reasons)}
    return Facts(content, digest(content))


def decision(content: Mapping[str, Any], number: str, day: datetime.date) -> Decision:
    """The decision as kept in ``content``, with its number and day."""
    told = {**content["decision"], "document_number": "-", "issued_on": day, "whole_number": number}
    return _adapter().validate_python(told)


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of facts."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


@cache
def _adapter() -> TypeAdapter[Decision]:
    return TypeAdapter(Decision)
