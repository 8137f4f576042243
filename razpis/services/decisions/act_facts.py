"""What an act says, as kept: a decision without number and date, with its reasons for machines, under one hash."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from razpis.documents import act as document
from razpis.documents.acts_of_application import Correction, Discontinuance
from razpis.documents.decision import Applicant, Authority, Call, Decision, LegalRemedy, Signer
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


@dataclass(frozen=True, slots=True)
class Order:
    """An order on an application as kept, without its number and its day."""

    subject: str
    authority: Authority
    call: Call
    case: str
    body: Discontinuance | Correction
    led_by: Signer | None
    issued_by: Signer | None
    remedy: LegalRemedy | None


def of_order(made: document.Act, applicant: Applicant, outcome: str, reasons: Mapping[str, Any]) -> Facts:
    """The facts of an order; what pages tell of every act stands under ``decision``, as for decisions."""
    assert isinstance(made.body, Discontinuance | Correction)
    head = made.heading
    told = Order(
        made.subject, head.authority, head.call, head.case, made.body, made.led_by, made.issued_by, made.remedy
    )
    content = {
        "decision": {
            "act": "SKLEP",
            "case_number": head.case,
            "applicant": {"name": applicant.name, "seat": applicant.seat},
            "outcome": outcome,
            "requested": 0,
            "awarded": 0,
        },
        "order": _orders().dump_python(told, mode="json"),
        "reasons": dict(reasons),
    }
    return Facts(content, digest(content))


def order(content: Mapping[str, Any], number: str, day: datetime.date) -> document.Act:
    """The order as kept in ``content``, with its number and day."""
    told = _orders().validate_python(content["order"])
    heading = document.Heading(told.authority, told.call, told.case, number, day)
    return document.Act(heading, told.subject, told.body, told.led_by, told.issued_by, remedy=told.remedy, final=True)


def remedy(content: Mapping[str, Any]) -> LegalRemedy:
    """The legal remedy that an act names."""
    kept = content["order"]["remedy"] if "order" in content else content["decision"]["remedy"]
    return TypeAdapter(LegalRemedy).validate_python(kept)


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of facts."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


@cache
def _orders() -> TypeAdapter[Order]:
    return TypeAdapter(Order)


@cache
def _adapter() -> TypeAdapter[Decision]:
    return TypeAdapter(Decision)
