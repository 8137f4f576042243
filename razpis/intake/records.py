"""The rows of the commission's own CSV files (marks, findings, draws): fixed columns, texts in them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from razpis.engine.problems import Place, Text
from razpis.intake import csv_file, files
from razpis.intake.grid import check_names
from razpis.intake.report import Notes, Refused, instead, refused, shown
from razpis.intake.values import LINE, REASON

APPLICATION = Text("vloge »{}« ni v datoteki z vlogami", "the file of applications has no '{}'")


class Records:
    """A CSV file with the columns ``header``, which must all be there and no others."""

    def __init__(self, path: Path, header: Collection[str]) -> None:
        self.notes = Notes()
        files.kind(path, (".csv",), self.notes)
        self._grid = csv_file.read(files.content(path, self.notes), str(path), self.notes)
        self._columns = check_names(self._grid, self.notes, header)
        if len(self._columns) < len(header):
            self.notes.give_up()

    def __len__(self) -> int:
        return len(self._grid.rows)

    def line(self, row: int) -> int:
        """The line of the file where a row begins."""
        return self._grid.row_place(row).line

    def place(self, row: int, name: str) -> Place:
        """Where a cell begins."""
        return self._grid.cell_place(row, self._columns[name])

    def text(self, row: int, name: str) -> str:
        """A cell as it was written, without the spaces around it."""
        return self._grid.rows[row][self._columns[name]].strip()

    def note(self, row: int, name: str, found: Refused) -> None:
        """Note a refusal of a cell."""
        for _, text in found.faults:
            self.notes.cell(self.place(row, name), name, text)

    def refuse(self, row: int, name: str, sl: str, en: str) -> None:
        """Note what is wrong with a cell."""
        self.note(row, name, refused(sl, en))

    def line_text(self, row: int, name: str) -> str | None:
        """A short text that must be there; ``None`` where it is not, which is noted."""
        try:
            text: str | None = LINE(self.text(row, name))
        except Refused as found:
            self.note(row, name, found)
            return None
        if text is None:
            self.refuse(row, name, "celica je prazna; izpolnite jo", "the cell is blank; fill it in")
        return text

    def known(self, row: int, name: str, names: Collection[str], unknown: Text) -> str | None:
        """A text that is one of ``names``; ``None`` where it is not, which is noted in the words of ``unknown``."""
        text = self.line_text(row, name)
        if text is None or text in names:
            return text
        hint = instead(text, names)
        self.refuse(row, name, unknown.sl.format(shown(text)) + hint.sl, unknown.en.format(shown(text)) + hint.en)
        return None

    def reason(self, row: int, *, needed: bool = True) -> str:
        """The reason, which must be there if ``needed``; nothing where it is not."""
        try:
            text: str | None = REASON(self.text(row, "reason"))
        except Refused as found:
            self.note(row, "reason", found)
            return ""
        if text is None and needed:
            self.refuse(
                row,
                "reason",
                "manjka obrazložitev; brez nje odločitve ni mogoče preizkusiti",
                "the reason is missing; without it the decision cannot be tested",
            )
        return text or ""
