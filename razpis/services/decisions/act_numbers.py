"""Numbers of documents in a call's case: by the pattern of the body, unique, never given twice."""

from __future__ import annotations

from sqlalchemy import select

from razpis.models.base import db
from razpis.models.documents import Act
from razpis.procedure import numbering
from razpis.procedure.identifiers import IdentifierError, parse_case_number
from razpis.services import numbers
from razpis.services.decisions.terms import Terms


def following(terms: Terms, applicant: int | None) -> str:
    """The number of the next document, within the running transaction; ``applicant`` is its place in the order
    received, where the pattern asks for it.

    The case number is that of the call (Uredba o upravnem poslovanju, 6. člen); where it has another form, the
    serial is put after it. A number that stands already, because the body gave it elsewhere, is passed over.
    """
    while True:
        found = _next(terms, applicant)
        if db.session.scalar(select(Act.id).where(Act.number == found)) is None:
            return found


def _next(terms: Terms, applicant: int | None) -> str:
    try:
        case = parse_case_number(terms.case)
    except IdentifierError:
        return f"{terms.case}-{numbers.following(f'{terms.case}-#', terms.first_document)}"
    given = applicant if "{applicant" in terms.pattern else None
    serial = numbers.following(numbering.series(terms.pattern, case, given), terms.first_document)
    return numbering.written(terms.pattern, case, serial, given)
