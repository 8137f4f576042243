"""Members' sheets of marks: as they stand, whether they are full and locked, and as the engine reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from razpis.engine import money
from razpis.engine.cases import AGREED, Mark, Marks
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.marking import AgreedMark, MarkSheet, MemberMark
from razpis.services.sitting.duties import Duties

Sheets = Mapping[tuple[int, int], MarkSheet]
"""By application and person."""


@dataclass(frozen=True, slots=True)
class Round:
    """The marks of a call: whose duty they are, the sheets there are, and the agreed values that hold."""

    duties: Duties
    sheets: Sheets
    agreed: Mapping[tuple[int, str], AgreedMark]

    def due_sheets(self, application: int) -> list[MarkSheet | None]:
        """The sheet of each who must mark the application, in their order; ``None`` where there is none yet."""
        return [self.sheets.get((application, person)) for person in self.duties.due[application]]

    def closed(self, application: int) -> bool:
        """Whether all sheets of the application are locked: only then anyone sees another's marks."""
        sheets = self.due_sheets(application)
        return bool(sheets) and all(one is not None and one.locked_at is not None for one in sheets)


def of_applications(duties: Duties, applications: Iterable[int], person: int | None = None) -> Round:
    """The sheets (of one ``person`` alone, where named) and agreed values of ``applications``."""
    ids = list(applications)
    query = select(MarkSheet).where(MarkSheet.application_id.in_(ids)).order_by(MarkSheet.id)
    query = query if person is None else query.where(MarkSheet.user_id == person)
    found = db.session.scalars(query.options(selectinload(MarkSheet.marks), selectinload(MarkSheet.reopenings)))
    values = select(AgreedMark).where(AgreedMark.application_id.in_(ids), AgreedMark.ended_at.is_(None))
    return Round(
        duties,
        {(one.application_id, one.user_id): one for one in found},
        {(one.application_id, one.criterion): one for one in db.session.scalars(values.order_by(AgreedMark.id))},
    )


def given(sheet: MarkSheet | None) -> dict[str, MemberMark]:
    """The marks that stand in a sheet, by criterion; one taken away does not."""
    return {} if sheet is None else {one.criterion: one for one in sheet.marks if one.points}


def lacking(sheet: MarkSheet | None, needed: Sequence[str]) -> list[str]:
    """The criteria still without a mark, or with one that has no reason."""
    marks = given(sheet)
    return [key for key in needed if key not in marks or not marks[key].reason.strip()]


def engine_marks(found: Round, applications: Iterable[Application], criteria: Sequence[str]) -> Marks:
    """The marks as the engine reads them: those of members on duty alone, agreed values, and recusals, by the
    application's key."""
    marks: dict[tuple[str, str], tuple[Mark, ...]] = {}
    for application in applications:
        for criterion in criteria:
            rows = _of_criterion(found, application.id, criterion)
            if rows:
                marks[application.key, criterion] = tuple(rows)
    return marks


def _of_criterion(found: Round, application: int, criterion: str) -> list[Mark]:
    names, rows = found.duties.names, list[Mark]()
    for person in found.duties.due[application]:
        mark = given(found.sheets.get((application, person))).get(criterion)
        if mark is not None:
            rows.append(Mark(names[person], money.parse_number(mark.points), mark.reason))
    rows += [Mark(names[person], None, "") for person in found.duties.excluded[application]]
    agreed = found.agreed.get((application, criterion))
    if agreed is not None:
        rows.append(Mark(AGREED, money.parse_number(agreed.points), agreed.reason))
    return rows
