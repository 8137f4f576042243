from datetime import date

import pytest

from razpis.documents.canvas import TaggedCanvas
from razpis.documents.legal_text import Run
from razpis.documents.lines import Style, break_lines, draw_lines
from razpis.documents.pdfa import Metadata
from razpis.documents.tagging import Element, PageMarks, table_cell
from tests.documents.reading import structure

STYLE = Style(size=10, leading=14)


def test_marks_are_numbered_by_page_and_remember_their_element():
    marks = PageMarks()
    first, second = Element("P"), Element("TD")
    assert [marks.mark(first), marks.mark(second)] == ["/P <</MCID 0>> BDC", "/TD <</MCID 1>> BDC"]
    marks.next_page()
    assert marks.mark(second) == "/TD <</MCID 0>> BDC"
    assert marks.pages == [[first, second], [second]]
    assert second.kids == [(0, 1), (1, 0)]


def test_cell_attributes():
    assert table_cell() == ""
    assert table_cell("Column") == "<</O/Table/Scope/Column>>"
    assert table_cell("Row", 4) == "<</O/Table/ColSpan 4/Scope/Row>>"


@pytest.mark.slow  # poppler's programs are there only after `make test` has set them up
def test_reading_follows_the_tree_and_not_the_drawing():
    canvas = TaggedCanvas(Metadata("Naslov", "Organ", date(2027, 1, 2)), (200, 200))
    first, second = canvas.root.add("P"), canvas.root.add("P")

    def draw(element: Element, text: str, top: float) -> None:
        with canvas.content(element):
            draw_lines(canvas, break_lines((Run(text),), STYLE, 160), STYLE, 20, top, 160)

    draw(second, "drugi", 150)
    draw(first, "prvi se začne", 100)
    canvas.showPage()
    draw(first, "in konča na drugi strani", 150)
    with canvas.artifact("Layout"):
        canvas.line(20, 20, 100, 20)
    pdf = canvas.finish(lambda sheet, page, pages: None)
    assert structure(pdf) == (
        'Document\n  P (block)\n    "prvi se začne "\n    "in konča na drugi strani "\n  P (block)\n    "drugi "\n'
    )
