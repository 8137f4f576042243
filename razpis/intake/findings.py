"""The commission's findings from a CSV file: claims confirmed or corrected, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from razpis.engine.cases import Case, Finding
from razpis.engine.expressions.build import Value
from razpis.engine.problems import Text, did_you_mean
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.fields import TableField
from razpis.intake import tables, values
from razpis.intake.records import APPLICATION, Records
from razpis.intake.report import Read, Refused, instead, refused, shown

HEADER = ("application", "field", "value", "reason")
GIVEN = ("lot", "applicant", "submitted_at", "id")

_ROW = re.compile(r"[1-9]\d{0,8}", re.ASCII)


def read_findings(path: Path, rulebook: Rulebook, cases: Sequence[Case]) -> Read[tuple[Case, ...]]:
    """``cases`` with the findings in the CSV file ``path`` attached, in the order of the file.

    ``field`` is a field's key, or ``table.row.column`` with rows from 1. A blank value means that nothing was
    established; where the field is required this makes the application incomplete, and a warning says so.
    Raises :class:`Problems` with all that is wrong.
    """
    records = Records(path, HEADER)
    reader = _Reader(records, rulebook, cases)
    for row in range(len(records)):
        reader.row(row)
    return records.notes.read(
        tuple(replace(case, findings=(*case.findings, *reader.found.get(case.id, ()))) for case in cases)
    )


class _Reader:
    def __init__(self, records: Records, rulebook: Rulebook, cases: Sequence[Case]) -> None:
        self.found: dict[str, list[Finding]] = {}
        self._records = records
        self._rulebook = rulebook
        self._cases = {case.id: case for case in cases}
        self._derived = {derived.key: derived for derived in rulebook.derived}
        self._first: dict[tuple[str, str], int] = {}
        self._converters: dict[str, tuple[values.Convert, bool]] = {}
        for key, field in rulebook.fields.items():
            if isinstance(field, TableField):
                for name, column in field.columns.items():
                    self._converters[f"{key}.{name}"] = (values.converter(column), column.required)
            else:
                self._converters[key] = (tables.converter(field), field.required)

    def row(self, row: int) -> None:
        """One finding; what is wrong with it is noted."""
        records = self._records
        id_ = records.known(row, "application", self._cases, APPLICATION)
        path = records.line_text(row, "field")
        reason = records.reason(row)
        if path is None:
            return
        try:
            kind = self._kind(path, None if id_ is None else self._cases[id_])
        except Refused as found:
            records.note(row, "field", found)
            return
        value = self._value(row, id_, path, kind)
        if id_ is None:
            return
        first = self._first.setdefault((id_, path), row)
        if first != row:
            line = records.line(first)
            records.refuse(
                row,
                "field",
                f"o »{path}« te vloge je ugotovitev že v vrstici {line}; eno odstranite",
                f"line {line} already has a finding on '{path}' of this application; remove one",
            )
        self.found.setdefault(id_, []).append(Finding(path, value, reason))

    def _value(self, row: int, id_: str | None, path: str, kind: str) -> Value:
        convert, required = self._converters[kind]
        try:
            value = convert(self._records.text(row, "value"))
        except Refused as found:
            self._records.note(row, "value", found)
            return None
        if value is None and required and "." in path:
            self._records.note(row, "value", Refused(((), tables.BLANK)))
        elif value is None and required:
            self._records.notes.warning(
                self._records.place(row, "value"),
                f"value: »{path}« je obvezen podatek; brez ugotovljene vrednosti vloga »{shown(id_ or '')}« ni popolna",
                f"value: '{path}' is required; without an established value the application '{shown(id_ or '')}' "
                "is incomplete",
            )
        return value

    def _kind(self, path: str, case: Case | None) -> str:
        """The name of the converter for ``path``; raises :class:`Refused` where it leads nowhere."""
        parts = path.split(".")
        if len(parts) == 3 and f"{parts[0]}.{parts[2]}" in self._converters:
            self._check_row(parts, case)
            return f"{parts[0]}.{parts[2]}"
        if path in self._converters and len(parts) == 1:
            return path
        raise self._nowhere(path, parts)

    def _check_row(self, parts: list[str], case: Case | None) -> None:
        table, row, _ = parts
        if not _ROW.fullmatch(row):
            raise refused(
                f"»{shown(row)}« ni številka vrstice; vrstice se štejejo od 1",
                f"'{shown(row)}' is not a row's number; rows count from 1",
            )
        if case is None:
            return
        count = len(case.claims[table] or ())
        if int(row) > count:
            raise refused(
                f"vrstice {row} v tabeli »{table}« te vloge ni (število vrstic: {count})",
                f"the table '{table}' of this application has no row {row} (rows: {count})",
            )

    def _nowhere(self, path: str, parts: list[str]) -> Refused:
        derived = self._derived.get(path)
        if derived is not None:
            listed = ", ".join(sorted(derived.value.reads))
            return refused(
                f"»{path}« se izračuna in se ne popravlja; popravite podatke, iz katerih sledi ({listed})",
                f"'{path}' is derived and not corrected; correct what it follows from ({listed})",
            )
        if path in GIVEN:
            return refused(
                f"»{path}« ni odgovor v obrazcu; popravite ga v datoteki z vlogami",
                f"'{path}' is not an answer in the form; correct it in the file of applications",
            )
        field = self._rulebook.fields.get(parts[0])
        if isinstance(field, TableField):
            columns = list(field.columns)
            hint = did_you_mean(parts[2], columns) if len(parts) == 3 else Text("", "")
            return refused(
                f"v tabeli »{parts[0]}« se popravi ena celica: {parts[0]}.1.{columns[0]} "
                f"(stolpci: {', '.join(columns)}){hint.sl}",
                f"one cell of the table '{parts[0]}' is corrected: {parts[0]}.1.{columns[0]} (columns: "
                f"{', '.join(columns)}){hint.en}",
            )
        hint = instead(path, self._rulebook.fields)
        return refused(
            f"podatka »{shown(path)}« v obrazcu ni{hint.sl}", f"the form has no field '{shown(path)}'{hint.en}"
        )
