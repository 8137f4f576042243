"""Tables whose rows may go over pages: header repeated on each, a cut row stays one row for the reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from razpis.documents.canvas import TaggedCanvas
from razpis.documents.legal_text import Run
from razpis.documents.lines import Line, Style, break_lines, draw_lines
from razpis.documents.tagging import Element, table_cell

RowKind = Literal["head", "section", "body", "sum"]

_PAD_X = 5.5
_PAD_Y = 3.5
_FIT = 1e-6
_SHADES: dict[RowKind, float] = {"head": 0.91, "section": 0.96, "sum": 0.96}
_WHOLE = 6  # a row of so many lines or fewer is moved to the next page rather than cut
_HEAD_LINES, _REST_LINES = 3, 2  # least lines of a cut row before and after the cut


@dataclass(frozen=True, slots=True)
class Cell:
    """Content of a cell; ``columns`` is how many it covers."""

    runs: tuple[Run, ...]
    style: Style
    element: Element
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row, or with ``lines`` a part of one: ``lines`` holds those of each cell. ``title`` is what stands in
    the first cell of a part that goes on from the page before, for the eye only."""

    kind: RowKind
    cells: tuple[Cell, ...]
    lines: tuple[tuple[Line, ...], ...] = ()
    title: tuple[Line, ...] | None = None

    @property
    def line_count(self) -> int:
        """Lines of the longest cell."""
        return max(len(self.title or ()), *map(len, self.lines))


class TableElement:
    """Builds the structure of a table: a head, a body, and the cells of rows added to it."""

    def __init__(self, parent: Element) -> None:
        table = parent.add("Table")
        self._head = table.add("THead")
        self._body = table.add("TBody")

    def row(self, kind: RowKind, cells: tuple[tuple[str, Style], ...]) -> Row:
        """A row of plain cells; a section row is one cell over ``len(cells)`` columns."""
        line = (self._head if kind == "head" else self._body).add("TR")
        if kind == "section":
            text, style = cells[0]
            element = line.add("TH", table_cell("Row", len(cells)))
            return Row(kind, (Cell((Run(text),), style, element, len(cells)),))
        made = []
        for index, (text, style) in enumerate(cells):
            header = kind == "head" or index == 0
            scope = "" if not header else "Column" if kind == "head" else "Row"
            element = line.add("TH" if header else "TD", table_cell(scope))
            made.append(Cell(_first_line_bold(text, kind, index), style, element))
        return Row(kind, tuple(made))


def _first_line_bold(text: str, kind: RowKind, index: int) -> tuple[Run, ...]:
    """The name in the first cell of a body row stands out from the article under it."""
    name, break_, rest = text.partition("\n")
    if kind != "body" or index or not break_:
        return (Run(text),)
    return Run(name, bold=True), Run("\n" + rest)


@dataclass(slots=True)
class Table:
    """A table block; ``shares`` are the column widths as parts of the whole. All cells have one leading."""

    shares: tuple[float, ...]
    head: Row
    rows: tuple[Row, ...]
    leading: float
    before: float = 4.0
    after: float = 8.0
    keep_with_next: bool = False
    whole: bool = False
    head_drawn: bool = field(default=False, repr=False)
    _broken_for: float = field(default=0.0, repr=False)

    def height(self, width: float) -> float:
        """Head and all rows."""
        self._break(width)
        return self._row_height(self.head) + sum(map(self._row_height, self.rows))

    def smallest(self, width: float) -> float:
        """The head and the least of the first rows that may stand under it."""
        self._break(width)
        height = self._row_height(self.head)
        begun = False
        for row in self.rows:
            if begun and row.kind != "sum":  # the first row keeps the sums right under it
                break
            if row.kind == "body" and row.line_count > _WHOLE:
                return height + _HEAD_LINES * self.leading + 2 * _PAD_Y
            height += self._row_height(row)
            begun = row.kind != "section"
        return height

    def split(self, width: float, room: float) -> tuple[Table, Table] | None:
        """As many rows as fit, the last perhaps cut; a section title goes with its first row, a sum with its last.

        Where all would fit, the last row (of a long one two lines) and its sums are the rest.
        """
        self._break(width)
        room -= self._row_height(self.head)
        taken: list[Row] = []
        rest = list(self.rows)
        while rest and self._row_height(rest[0]) <= room + _FIT:
            taken.append(rest.pop(0))
            room -= self._row_height(taken[-1])
        if not rest:
            rest.append(taken.pop())
            room += self._row_height(rest[0])
        cut = self._cut(rest[0], room)
        if cut is not None:
            taken.append(cut[0])
            rest[0] = cut[1]
        while rest and rest[0].kind == "sum" and len(taken) > 1 and (taken[-1].kind == "sum" or _small(taken[-1])):
            rest.insert(0, taken.pop())
        while taken and taken[-1].kind == "section":
            rest.insert(0, taken.pop())
        if not taken or not rest:
            return None
        first = replace(self, rows=tuple(taken), after=0.0)
        return first, replace(self, rows=tuple(rest), head_drawn=True)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Backgrounds and rules first, as artifacts; then the cells, a repeated head as an artifact too."""
        self._break(width)
        rows = (self.head, *self.rows)
        with canvas.artifact("Layout"):
            self._draw_frame(canvas, rows, x, top, width)
        y = top
        for row in rows:
            for cell, lines, start, room in self._columns(row, x, width):
                shown, repeated = lines, row is self.head and self.head_drawn
                if not lines and row.title and cell is row.cells[0]:
                    shown, repeated = row.title, True
                if shown:
                    with canvas.artifact("Pagination") if repeated else canvas.content(cell.element):
                        draw_lines(canvas, shown, cell.style, start + _PAD_X, y - _PAD_Y, room)
            y -= self._row_height(row)

    def _draw_frame(self, canvas: TaggedCanvas, rows: tuple[Row, ...], x: float, top: float, width: float) -> None:
        y = top
        canvas.setLineWidth(0.4)
        canvas.setStrokeGray(0.6)
        for row in rows:
            height = self._row_height(row)
            shade = _SHADES.get(row.kind)
            if shade is not None:
                canvas.setFillGray(shade)
                canvas.rect(x, y - height, width, height, stroke=0, fill=1)
            if row.title is None:
                canvas.line(x, y, x + width, y)
            y -= height
        canvas.line(x, y, x + width, y)

    def _cut(self, row: Row, room: float) -> tuple[Row, Row] | None:
        """Cut a long row between lines at ``room``."""
        count = max(map(len, row.lines))
        fitting = min(int((room - 2 * _PAD_Y + _FIT) / self.leading), count - _REST_LINES)
        if row.kind != "body" or count <= _WHOLE or fitting < _HEAD_LINES:
            return None
        head = replace(row, lines=tuple(lines[:fitting] for lines in row.lines))
        lines = tuple(lines[fitting:] for lines in row.lines)
        title = row.title if row.title is not None else row.lines[0]
        return head, replace(row, lines=lines, title=title if not lines[0] else ())

    def _row_height(self, row: Row) -> float:
        return row.line_count * self.leading + 2 * _PAD_Y

    def _columns(self, row: Row, x: float, width: float) -> Iterator[tuple[Cell, tuple[Line, ...], float, float]]:
        """Each cell with its lines, where it starts and how wide its text may be."""
        first = 0
        for cell, lines in zip(row.cells, row.lines, strict=True):
            own = sum(self.shares[first : first + cell.columns]) * width
            yield cell, lines, x, own - 2 * _PAD_X
            x += own
            first += cell.columns

    def _break(self, width: float) -> None:
        """Break all cells into lines, once."""
        if self._broken_for != width:
            self.head = self._broken(self.head, width)
            self.rows = tuple(self._broken(row, width) for row in self.rows)
            self._broken_for = width

    def _broken(self, row: Row, width: float) -> Row:
        empty = replace(row, lines=((),) * len(row.cells))
        lines = (break_lines(cell.runs, cell.style, room) for cell, _, _, room in self._columns(empty, 0, width))
        return replace(row, lines=tuple(lines))


def _small(row: Row) -> bool:
    """Whether a row may go to the next page whole without leaving a hole."""
    return row.kind == "body" and row.title is None and row.line_count <= _WHOLE
