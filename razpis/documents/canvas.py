"""A canvas that writes tagged pages: content belongs to a structure element or is an artifact, nothing else.

Leans on three inner hooks of reportlab's canvas: ``_code`` (the operators of the page), ``_startPage`` (a
fresh page) and ``_doc``. Page streams are kept open until the end, because »Stran 1 od 3« needs the 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from razpis.documents.annotating import Annotations, Box
from razpis.documents.attaching import attach
from razpis.documents.extras import Attachment
from razpis.documents.fonts import REGULAR, register_fonts
from razpis.documents.pdfa import ArchivalDocument, Metadata, RawObject, raw_stream
from razpis.documents.tagging import Element, PageMarks, write_structure

Decoration = Callable[["TaggedCanvas", int, int], None]


class TaggedCanvas(Canvas):
    """One tagged, archival document. Draw inside :meth:`content` or :meth:`artifact`, then :meth:`finish`."""

    _code: list[str]
    _preamble: str
    _startPage: Callable[[], None]

    def __init__(self, metadata: Metadata, page_size: tuple[float, float]) -> None:
        register_fonts()
        super().__init__(
            BytesIO(),
            pagesize=page_size,
            invariant=1,
            initialFontName=REGULAR,  # type: ignore[arg-type] # the stub says a number
        )
        self._doc = ArchivalDocument(metadata)
        self._page_size = page_size
        self._marks = PageMarks()
        self._streams: list[list[str]] = []
        self._outline_level = -1
        self._outline_count = 0
        self._annotations = Annotations(self._doc)
        self.root = Element("Document")

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """What is drawn inside is read as ``element``."""
        self._code.append(self._marks.mark(element))
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """What is drawn inside is not read: rules, backgrounds, footers (``kind`` Pagination, Layout)."""
        self._code.append(f"/Artifact <</Type/{kind}>> BDC" if kind else "/Artifact BMC")
        yield
        self._code.append("EMC")

    def outline(self, title: str, level: int, top: float) -> None:
        """An entry of the outline that leads to ``top`` on this page; levels count from 0."""
        self._outline_count += 1
        key = f"outline-{self._outline_count}"
        self._outline_level = min(level, self._outline_level + 1)
        self.bookmarkHorizontalAbsolute(key, top)
        self.addOutlineEntry(title, key, self._outline_level)

    def draw_operators(self, operators: str) -> None:
        """Ready operators of a page, as they are."""
        self._code.append(operators)

    def link(self, element: Element, box: Box, address: str, words: str) -> None:
        """Make ``box`` of this page a link of ``element``; ``words`` say where it leads."""
        self._annotations.link(element, len(self._streams), box, address, words)

    def seal_field(self, element: Element, box: Box, words: str, draw: Callable[[], None]) -> None:
        """An empty field for a seal in ``box`` of this page; ``draw`` draws it with (0, 0) at its lower left corner.

        Raises ``ValueError`` for a second one.
        """
        page, self._code = self._code, []
        draw()
        look, self._code = "\n".join(self._code), page
        self._annotations.seal_field(element, len(self._streams), box, words, look)

    def attach(self, files: tuple[Attachment, ...]) -> None:
        """Embed files, associated with the document as a whole."""
        attach(self._doc, files)

    def showPage(self) -> None:
        """End the page; its stream is written by :meth:`finish`."""
        self._streams.append(self._code)
        self._doc.addPage(RawObject())
        self._marks.next_page()
        self._startPage()

    def finish(self, decorate: Decoration) -> bytes:
        """Draw ``decorate(canvas, page, pages)``, artifacts only, on every page and give the file."""
        self.showPage()
        self._marks.pages.pop()
        total = len(self._streams)
        contents = []
        for number, code in enumerate(self._streams, start=1):
            self._code = code
            decorate(self, number, total)
            contents.append("\n".join([self._preamble, *self._code]).encode("latin-1"))
        numbers = self._write_pages(contents)
        tree = write_structure(self._doc, self.root, self._marks, numbers, self._annotations.owners)
        self._doc.Catalog.StructTreeRoot = f"{tree} 0 R"
        self._doc.identify(contents)
        return self._doc.GetPDFData(self)

    def _write_pages(self, contents: list[bytes]) -> list[int]:
        """Fill the page objects and return their numbers."""
        document = self._doc
        parent = document.number(document.Pages)
        fonts = document.idToObjectNumberAndVersion[pdfdoc.BasicFonts][0]
        resources = f"/Resources<</Font {fonts} 0 R>>"
        width, height = (f"{side:.2f}" for side in self._page_size)
        numbers = []
        for index, (page, content) in enumerate(zip(document.Pages.pages, contents, strict=True)):
            stream = RawObject(raw_stream("", content))
            page.data = (
                f"<</Type/Page/Parent {parent} 0 R/MediaBox[0 0 {width} {height}]{resources}"
                f"/Contents {document.number(stream)} 0 R/StructParents {index}/Tabs/S{self._annotations.on(index)}>>"
            ).encode("ascii")
            numbers.append(document.number(page))
        self._annotations.write(numbers, resources)
        return numbers
