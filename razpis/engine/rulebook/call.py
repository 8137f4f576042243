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
    """The body that decides; ``units`` from the administration down to the sector."""

    name: Words
    units: tuple[Words, ...] = Setting(default=(), strict=False)
    address: Words
    email: Words
    place: Words


class Grant(Part):
    """What goes with an award: budget line, period of use, days for signing the contract once called."""

    budget_line: Words
    period: Words
    contract_days: int = Setting(ge=1, le=90)


class Remedy(Part):
    """The legal remedy. ``lodged_with`` and ``addressed_to`` stand in the case their sentence needs
    (»pri Mestni občini …«, »županu …«); ``days`` run from service; ``source`` is for the lawyer."""

    kind: Literal["appeal", "lawsuit"]
    days: int = Setting(ge=1, le=90)
    lodged_with: Words
    addressed_to: Words | None = None
    fee: Words | None = None
    source: Words


class Signer(Part):
    """Who signs: caption (»Postopek vodila:«), name, title."""

    caption: Words
    name: Words
    title: Words


class Decisions(Part):
    """Settings of the decisions. Acts are numbered from ``first_document`` in the order of the results."""

    act: Literal["sklep", "odlocba"]
    case: Words
    first_document: int = Setting(ge=1)
    date: Day
    publication: Words
    authority: Authority
    legal_basis: tuple[Words, ...] = Setting(min_length=1, strict=False)
    procedure: tuple[Words, ...] = Setting(min_length=1, strict=False)
    proposal: tuple[Words, ...] = Setting(default=(), strict=False)
    grant: Grant
    remedy: Remedy
    led_by: Signer | None = None
    issued_by: Signer
    serve: tuple[Words, ...] = Setting(min_length=1, strict=False)


class Call(Part):
    """The call itself. ``deadline`` is local time in Maribor; it never moves to the next working day.

    ``names_published``: whose names stand in the published results; the others stand there by their numbers.
    """

    title: Words
    reference: Words
    year: int = Setting(ge=1990, le=2100)
    deadline: Moment | None = None
    example: bool = False
    applicant: ApplicantFields | None = None
    decisions: Decisions | None = None
    names_published: Literal["recipients", "all"] = "recipients"
