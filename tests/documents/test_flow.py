from dataclasses import replace
from datetime import date

import pytest

from razpis.documents.canvas import TaggedCanvas
from razpis.documents.flow import Columns, Page, PageOverflowError, Paragraph, place
from razpis.documents.legal_text import Run
from razpis.documents.lines import Style
from razpis.documents.pdfa import Metadata
from razpis.documents.table import Row, RowKind, Table, TableElement
from tests.documents.reading import page_text, structure_words

# Ten lines of text to a page.
PAGE = Page(width=300, height=160, left=10, right=10, top=150, bottom=10)
LINE = Style(size=10, leading=14)
HEADING = Style(size=10, leading=14, bold=True)
CELL = Style(size=8, leading=10)


class Sheet:
    """A canvas and a story for it."""

    def __init__(self) -> None:
        self.canvas = TaggedCanvas(Metadata("Naslov", "Organ", date(2027, 1, 2)), (PAGE.width, PAGE.height))
        self.blocks: list[Paragraph | Table | Columns] = []

    def paragraph(self, text: str, style: Style = LINE, keep_with_next: bool = False) -> Paragraph:
        made = Paragraph((Run(text),), style, self.canvas.root.add("P"), keep_with_next)
        self.blocks.append(made)
        return made

    def lines(self, first: int, last: int) -> Paragraph:
        return self.paragraph("\n".join(f"v{number}" for number in range(first, last + 1)))

    def signature(self, lines: int) -> Columns:
        stack = self.paragraph("\n".join(["podpis"] * lines))
        self.blocks[-1] = Columns((stack,), ())
        return self.blocks[-1]

    def pages(self) -> list[list[str]]:
        place(self.blocks, self.canvas, PAGE)
        pdf = self.canvas.finish(lambda sheet, page, pages: None)
        return [page.split() for page in page_text(pdf).split("\f")[:-1]]


@pytest.fixture
def sheet() -> Sheet:
    return Sheet()


def test_a_page_is_filled_before_it_is_turned(sheet):
    sheet.lines(1, 10)
    sheet.lines(11, 12)
    assert sheet.pages() == [[f"v{n}" for n in range(1, 11)], ["v11", "v12"]]


def test_a_paragraph_is_split_with_two_lines_at_least_on_each_side(sheet):
    sheet.lines(1, 8)
    sheet.lines(9, 12)
    assert [len(page) for page in sheet.pages()] == [10, 2]


def test_a_single_line_is_left_neither_below_nor_above(sheet):
    sheet.lines(1, 9)
    sheet.lines(10, 14)
    assert [len(page) for page in sheet.pages()] == [9, 5]
    other = Sheet()
    other.lines(1, 7)
    other.lines(8, 11)  # three would fit and leave one
    assert [len(page) for page in other.pages()] == [9, 2]


def test_a_heading_goes_with_the_first_lines_of_what_it_heads(sheet):
    sheet.lines(1, 8)
    sheet.paragraph("naslov", HEADING, keep_with_next=True)
    sheet.lines(9, 14)
    assert [page[0] for page in sheet.pages()] == ["v1", "naslov"]


def test_space_between_blocks_is_the_larger_and_none_at_the_top(sheet):
    spaced = replace(LINE, before=14, after=7)
    for number in range(1, 8):
        sheet.paragraph(f"v{number}", spaced)
    # 14 + n * 28 <= 140 leaves five on a page
    assert [len(page) for page in sheet.pages()] == [5, 2]


def test_columns_stay_together_and_the_left_is_read_first(sheet):
    sheet.lines(1, 9)
    left, right = sheet.paragraph("levo\nlevo"), sheet.paragraph("desno\ndesno")
    sheet.blocks[-2:] = [Columns((left,), (right,))]
    pages = sheet.pages()
    assert [len(page) for page in pages] == [9, 4]
    assert set(pages[1]) == {"levo", "desno"}


def test_a_block_that_fits_no_page_is_an_error(sheet):
    stack = sheet.paragraph("\n".join("x" * 11))
    sheet.blocks = [Columns((stack,), ())]
    with pytest.raises(PageOverflowError, match="Columns"):
        sheet.pages()


def table(sheet: Sheet, rows: list[tuple[str, str]]) -> Table:
    element = TableElement(sheet.canvas.root)
    head = element.row("head", (("glava", CELL), ("opis", CELL)))
    body: list[Row] = []
    for name, text in rows:
        kind: RowKind = "body" if text else "section"
        body.append(element.row(kind, ((name, CELL), (text, CELL))))
    made = Table((0.3, 0.7), head, tuple(body), CELL.leading, before=0)
    sheet.blocks.append(made)
    return made


def test_the_head_is_repeated_for_the_eye_and_read_once(sheet):
    table(sheet, [(f"m{number}", f"r{number}") for number in range(1, 13)])
    place(sheet.blocks, sheet.canvas, PAGE)
    pdf = sheet.canvas.finish(lambda canvas, page, pages: None)
    pages = page_text(pdf).split("\f")[:-1]
    assert [page.count("glava") for page in pages] == [1, 1]
    words = structure_words(pdf)
    assert words == "glava opis " + " ".join(f"m{number} r{number}" for number in range(1, 13))


def test_a_section_title_does_not_stay_alone_below(sheet):
    sheet.lines(1, 5)  # 70 points left: head 17, three rows of 17 fit
    table(sheet, [("m1", "r1"), ("m2", "r2"), ("sklop", ""), ("m3", "r3")])
    pages = sheet.pages()
    assert "sklop" not in pages[0]
    assert pages[1] == ["glava", "opis", "sklop", "m3", "r3"]


def test_a_sum_does_not_begin_a_page_alone(sheet):
    sheet.lines(1, 5)  # 70 points left: head 17, three rows of 17 fit
    made = table(sheet, [("m1", "r1"), ("m2", "r2"), ("m3", "r3"), ("skupaj", "6")])
    made.rows = (*made.rows[:3], replace(made.rows[3], kind="sum"))
    pages = sheet.pages()
    assert "m3" not in pages[0]
    assert pages[1] == ["glava", "opis", "m3", "r3", "skupaj", "6"]


def test_several_sums_do_not_begin_a_page_alone(sheet):
    sheet.lines(1, 5)  # 70 points left: head 17, three rows of 17 fit
    made = table(sheet, [("m1", "r1"), ("m2", "r2"), ("skupaj", "6"), ("vse", "6")])
    made.rows = (*made.rows[:2], *(replace(row, kind="sum") for row in made.rows[2:]))
    pages = sheet.pages()
    assert "m2" not in pages[0]
    assert pages[1] == ["glava", "opis", "m2", "r2", "skupaj", "6", "vse", "6"]


def test_a_heading_asks_for_a_first_row_with_its_sums():
    # heading 14, head 17, section 17, row 17, two sums 34
    for lines, first in ((2, True), (3, False)):
        tried = Sheet()
        tried.lines(1, lines)
        tried.paragraph("naslov", HEADING, keep_with_next=True)
        made = table(tried, [("sklop", ""), ("m1", "r1"), ("skupaj", "6"), ("vse", "6"), ("m2", "r2")])
        made.rows = (*made.rows[:2], *(replace(row, kind="sum") for row in made.rows[2:4]), made.rows[4])
        pages = tried.pages()
        assert ("naslov" in pages[0]) is first
        assert ("m1" in pages[0]) is first


def test_a_long_row_is_cut_and_read_as_one(sheet):
    words = [f"b{number}" for number in range(1, 61)]
    table(sheet, [("m1", "\n".join(words)), ("m2", "konec")])
    place(sheet.blocks, sheet.canvas, PAGE)
    pdf = sheet.canvas.finish(lambda canvas, page, pages: None)
    pages = [page.split() for page in page_text(pdf).split("\f")[:-1]]
    assert len(pages) == 6
    assert all(page[:2] == ["glava", "opis"] and "m1" in page for page in pages)
    assert structure_words(pdf) == "glava opis m1 " + " ".join(words) + " m2 konec"


def test_a_heading_asks_for_the_head_of_a_table_and_three_lines_of_a_long_first_row(sheet):
    # 140 points: lines, then heading 14, head 17, three lines and padding 37
    for lines, pages in ((5, 1), (6, 2)):
        tried = Sheet()
        tried.lines(1, lines)
        tried.paragraph("naslov", HEADING, keep_with_next=True)
        table(tried, [("m1", "\n".join("abcdefg"))])
        assert ["naslov" in page for page in tried.pages()][:2] == [pages == 1, pages == 2]


def test_a_heading_asks_for_the_section_title_and_its_first_row(sheet):
    # heading 14, head 17, section 17, row 17
    for lines, first in ((5, True), (6, False)):
        tried = Sheet()
        tried.lines(1, lines)
        tried.paragraph("naslov", HEADING, keep_with_next=True)
        table(tried, [("sklop", ""), ("m1", "r1"), ("m2", "r2")])
        pages = tried.pages()
        assert ("naslov" in pages[0]) is first
        assert ("m1" in pages[0]) is first


def test_a_short_row_is_moved_whole(sheet):
    sheet.lines(1, 6)  # 56 points left: head 17 and a row of 17, the next needs 57
    table(sheet, [("m1", "r1"), ("m2", "a\nb\nc\nd\ne")])
    pages = sheet.pages()
    assert pages[1] == ["glava", "opis", "m2", "a", "b", "c", "d", "e"]


def ending(sheet: Sheet, lines: int, kept: bool = True) -> list[list[str]]:
    """Pages of a text of so many lines with two signatures below it, which stay with its end."""
    sheet.lines(1, lines).keep_with_next = kept
    sheet.signature(3).keep_with_next = True
    sheet.paragraph("vročiti")
    return sheet.pages()


@pytest.mark.parametrize("lines", range(2, 24))
def test_signatures_never_begin_a_page(sheet, lines):
    pages = ending(sheet, lines)
    assert [word for page in pages for word in page if word.startswith("v") and word != "vročiti"] == [
        f"v{n}" for n in range(1, lines + 1)
    ]
    (signed,) = (page for page in pages if "podpis" in page)
    assert signed[-4:] == ["podpis", "podpis", "podpis", "vročiti"]
    assert len(signed) - 4 >= 2
    assert all(len(page) > 1 for page in pages)


def test_what_is_not_kept_may_begin_a_page(sheet):
    assert ending(sheet, 10, kept=False)[1] == ["podpis", "podpis", "podpis", "vročiti"]


def test_the_end_of_a_text_longer_than_a_page_stays_with_what_follows(sheet):
    assert [len(page) for page in ending(sheet, 20)] == [10, 8, 6]


def test_a_heading_goes_with_two_lines_of_a_text_that_is_kept_with_its_table(sheet):
    sheet.lines(1, 6)
    sheet.paragraph("naslov", HEADING, keep_with_next=True).whole = True
    sheet.lines(7, 14).keep_with_next = True
    table(sheet, [("m1", "r1")])
    pages = sheet.pages()
    assert pages[0] == [*(f"v{n}" for n in range(1, 7)), "naslov", "v7", "v8", "v9"]
    assert pages[1] == [*(f"v{n}" for n in range(10, 15)), "glava", "opis", "m1", "r1"]


def test_more_than_a_page_holds_is_kept_together_as_far_as_it_goes(sheet):
    sheet.lines(1, 8).keep_with_next = True
    for number in range(9, 22):
        sheet.lines(number, number).keep_with_next = True
    pages = sheet.pages()
    assert [word for page in pages for word in page] == [f"v{n}" for n in range(1, 22)]
    assert [len(page) for page in pages] == [9, 2, 10]


def test_the_last_row_of_a_table_stays_with_the_signatures(sheet):
    # head 17, each row 17: six rows fill 119 of 140 points
    for rows, split in ((2, False), (6, True)):
        tried = Sheet()
        made = table(tried, [(f"m{n}", f"r{n}") for n in range(1, rows + 1)])
        made.keep_with_next = True
        tried.signature(2)
        last = tried.pages()[-1]
        assert last[:2] == ["glava", "opis"]
        assert last[-2:] == ["podpis", "podpis"]
        assert (last[2] == f"m{rows}") is split


def test_the_last_lines_of_a_long_row_stay_with_the_signatures(sheet):
    table(sheet, [("m1", "\n".join(f"b{n}" for n in range(1, 9)))]).keep_with_next = True
    sheet.signature(3)
    pages = sheet.pages()
    assert pages[1] == ["glava", "opis", "m1", "b7", "b8", "podpis", "podpis", "podpis"]


def test_a_table_of_one_short_row_is_not_torn(sheet):
    sheet.lines(1, 7)  # 42 points left: the table takes 34
    table(sheet, [("m1", "r1")]).keep_with_next = True
    sheet.signature(2)
    assert sheet.pages()[1] == ["glava", "opis", "m1", "r1", "podpis", "podpis"]


def test_a_heading_higher_than_a_page_is_still_split(sheet):
    sheet.paragraph("\n".join(f"v{n}" for n in range(1, 13)), keep_with_next=True).whole = True
    sheet.lines(13, 14)
    assert [len(page) for page in sheet.pages()] == [10, 4]
