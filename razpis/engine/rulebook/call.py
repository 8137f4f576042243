"""What the call is, whose money it is, and what its decisions must say."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Setting

from razpis.engine.rulebook.values import Day, Key, Moment, Part, Words


class ApplicantFields(Part):
    """Which fields of the form name the applicant and the programme."""

    name: Key
    seat: Key | None = None
    registration_number: Key | None = None
    representative: Key | None = None
    programme: Key | None = None


class Authority(Part):
    """The body that decides."""

    name: Words
    unit: Words | None = None
    address: Words
    email: Words | None = None
    place: Words


class Remedy(Part):
    """The legal remedy: what, to whom, in how many days from service, how and at what fee."""

    kind: Literal["appeal", "court"] = "appeal"
    authority: Words
    through: Words | None = None
    days: int = Setting(ge=1, le=90)
    fee: Words | None = None
    source: Words


class Decisions(Part):
    """Settings of the decisions; each names its source, so that a lawyer can check it."""

    act: Literal["sklep", "odlocba"] = "sklep"
    case: Words
    date: Day
    authority: Authority
    legal_basis: tuple[Words, ...] = Setting(min_length=1, strict=False)
    procedure: tuple[Words, ...] = Setting(min_length=1, strict=False)
    contract_days: int = Setting(default=8, ge=1, le=90)
    budget_line: Words | None = None
    remedy: Remedy
    led_by: Words
    issued_by: Words
    serve: tuple[Words, ...] = Setting(default=(), strict=False)


class Call(Part):
    """The call itself. ``deadline`` is local time in Maribor; it never moves to the next working day."""

    title: Words
    reference: Words
    year: int = Setting(ge=1990, le=2100)
    deadline: Moment | None = None
    example: bool = False
    applicant: ApplicantFields | None = None
    decisions: Decisions | None = None
