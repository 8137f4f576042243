"""Organisations the municipality writes down itself, because their application came on paper."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.organisations import Organisation
from razpis.procedure.identifiers import IdentifierError, check_maticna
from razpis.procedure.organisations import LegalForm, legal_form_of
from razpis.services.errors import Invalid
from razpis.services.organisations import organisations, register

UNKNOWN = Text(
    "Te matične številke ni ne med prijavitelji ne v poslovnem registru; prepišite z vloge.",
    "This number is neither among the applicants nor in the business register; copy it from the paper.",
)
FORM = Text("Izberite pravno obliko.", "Choose the legal form.")
AGAIN = Text(
    "Organizacijo je ta hip vpisal nekdo drug. Pošljite še enkrat.", "Somebody entered it just now. Send again."
)


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands on paper of an applicant. Name, address and form are needed only where the number is not known."""

    registration_number: str
    name: str = ""
    address: str = ""
    legal_form: LegalForm | None = None


def entered(said: Entered, now: datetime.datetime) -> Organisation:
    """The organisation of this number: as it is known here, as the business register has it, or as it is typed.

    Within the running transaction; nobody gets a mandate by it. Raises :class:`Invalid`.
    """
    number = _number(said.registration_number)
    found = organisations.by_number(number)
    if found is not None:
        return found
    made = _made(number, said, now)
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError as error:  # somebody entered it this very moment
        raise Invalid({"registration_number": AGAIN}) from error
    return made


def _made(number: str, said: Entered, now: datetime.datetime) -> Organisation:
    """What is typed goes before what the business register says."""
    known = register.entry(number)
    name = " ".join((said.name or (known.name if known else "")).split())
    address = " ".join((said.address or (known.address if known else "")).split())
    form = said.legal_form or (legal_form_of(known.legal_form, known.name) if known else None)
    wrong = {one: UNKNOWN for one, words in (("name", name), ("address", address)) if not 2 <= len(words) <= 300}
    if form is None:
        raise Invalid({**wrong, "legal_form": FORM})
    if wrong:
        raise Invalid(wrong)
    return Organisation(
        registration_number=number,
        name=name,
        address=address,
        legal_form=form,
        tax_number=known.tax_number if known else None,
        created_at=now,
    )


def _number(typed: str) -> str:
    if not typed.strip():
        raise Invalid({"registration_number": organisations.NO_NUMBER})
    try:
        return check_maticna(typed)
    except IdentifierError as error:
        raise Invalid({"registration_number": Text(error.problem.sl, error.problem.en)}) from error
