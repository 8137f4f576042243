"""What lies over a page and belongs to an element: links, and the field a seal is put into."""

from __future__ import annotations

from dataclasses import dataclass, field

from razpis.documents.pdfa import ArchivalDocument, RawObject, raw_stream, text_string
from razpis.documents.tagging import Annotated, Element

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""

SEAL_FIELD = "Seal"
"""Name of the field of the seal inside the file."""

_PRINTED = "/F 4"
_PRINTED_AND_LOCKED = "/F 132"


@dataclass(frozen=True, slots=True)
class _Annotation:
    page: int
    box: Box
    entries: str
    raw: RawObject


@dataclass(slots=True)
class Annotations:
    """All annotations of a document. They are written last, when the numbers of the pages are known."""

    document: ArchivalDocument
    owners: list[Element] = field(default_factory=list)
    _made: list[_Annotation] = field(default_factory=list)
    _look: tuple[RawObject, str, Box] | None = None

    def link(self, element: Element, page: int, box: Box, address: str, words: str) -> None:
        """A link of ``element`` to a URL; ``words`` say where it leads."""
        uri = f"<{address.encode('utf-8').hex()}>"
        entries = f"/Subtype/Link/Border[0 0 0]{_PRINTED}/Contents{text_string(words)}/A<</S/URI/URI{uri}>>"
        self._add(element, page, box, entries)

    def seal_field(self, element: Element, page: int, box: Box, words: str, look: str) -> None:
        """The empty signature field, described by ``words``; ``look`` are the operators that draw it from (0, 0).

        Raises ``ValueError`` for a second one.
        """
        if self._look:
            raise ValueError("a document has one field for a seal")
        form = RawObject()
        self._look = (form, look, box)
        number = self._add(
            element,
            page,
            box,
            f"/Subtype/Widget/FT/Sig/T({SEAL_FIELD})/TU{text_string(words)}{_PRINTED_AND_LOCKED}"
            f"/AP<</N {self.document.number(form)} 0 R>>",
        )
        self.document.Catalog.AcroForm = RawObject(f"<</Fields[{number} 0 R]>>".encode("ascii"))

    def on(self, page: int) -> str:
        """The entry of a page that lists its annotations, blank where it has none."""
        numbers = [self.document.number(one.raw) for one in self._made if one.page == page]
        return f"/Annots[{' '.join(f'{number} 0 R' for number in numbers)}]" if numbers else ""

    def write(self, pages: list[int], resources: str) -> None:
        """Fill the objects; ``pages`` are the object numbers of the pages, ``resources`` what they draw with."""
        if self._look is not None:
            form, look, (left, bottom, right, top) = self._look
            size = f"/BBox[0 0 {right - left:.2f} {top - bottom:.2f}]"
            form.data = raw_stream(f"/Type/XObject/Subtype/Form{size}{resources}", look.encode("latin-1"))
        for key, one in enumerate(self._made, len(pages)):
            rect = " ".join(f"{side:.2f}" for side in one.box)
            one.raw.data = (
                f"<</Type/Annot{one.entries}/Rect[{rect}]/P {pages[one.page]} 0 R/StructParent {key}>>"
            ).encode("ascii")

    def _add(self, element: Element, page: int, box: Box, entries: str) -> int:
        raw = RawObject()
        number = self.document.number(raw)
        element.kids.append(Annotated(page, number))
        self.owners.append(element)
        self._made.append(_Annotation(page, box, entries, raw))
        return number
