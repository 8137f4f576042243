"""The structure of a tagged document (PDF/UA-1): logical elements and the marks that tie content to them.

The tree is built with the story, in reading order, before anything is drawn; drawing only adds marked
content to its elements. So a paragraph or a table row that goes over a page is one element with marks on
two pages, and the order on the paper cannot disturb the order of reading (ISO 32000-1, 14.7 and 14.8).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from razpis.documents.pdfa import ArchivalDocument, RawObject, text_string


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotation as a kid of an element: the page it stands on (from 0) and its object number."""

    page: int
    number: int


@dataclass(slots=True, eq=False)
class Element:
    """One structure element; ``attributes`` is the ready PDF dictionary of its attributes, if any, and ``alt``
    what is read instead of a picture. Kids are elements, marks (page, number) and annotations."""

    tag: str
    attributes: str = ""
    kids: list[Element | tuple[int, int] | Annotated] = field(default_factory=list)
    alt: str = ""

    def add(self, tag: str, attributes: str = "") -> Element:
        """A new last child."""
        child = Element(tag, attributes)
        self.kids.append(child)
        return child


def table_cell(scope: str = "", columns: int = 1) -> str:
    """Attributes of a table cell: ``scope`` (Row or Column) of a header and how many columns it covers."""
    span = f"/ColSpan {columns}" if columns > 1 else ""
    return f"<</O/Table{span}{f'/Scope/{scope}' if scope else ''}>>" if span or scope else ""


NUMBERED_LIST = "<</O/List/ListNumbering/Decimal>>"
DASHED_LIST = "<</O/List/ListNumbering/Disc>>"


class PageMarks:
    """Numbers marked content page by page and remembers whose it is, for the parent tree."""

    def __init__(self) -> None:
        self.pages: list[list[Element]] = [[]]

    def next_page(self) -> None:
        """Numbering begins anew on every page."""
        self.pages.append([])

    def mark(self, element: Element) -> str:
        """The operator that opens content of ``element`` on the current page; ``EMC`` closes it."""
        owners = self.pages[-1]
        element.kids.append((len(self.pages) - 1, len(owners)))
        owners.append(element)
        return f"/{element.tag} <</MCID {len(owners) - 1}>> BDC"


def write_structure(
    document: ArchivalDocument, root: Element, marks: PageMarks, pages: list[int], annotated: list[Element]
) -> int:
    """Write the tree under ``root`` and the parent tree; returns the object number of the tree root.

    ``pages`` holds the object numbers of the pages, in order; ``annotated`` the elements that own an annotation,
    whose keys in the parent tree follow those of the pages.
    """
    numbers: dict[int, int] = {}
    objects: list[tuple[Element, Element | None, RawObject]] = []
    for element, parent in _walk(root):
        raw = RawObject()
        numbers[id(element)] = document.number(raw)
        objects.append((element, parent, raw))
    tree_root = RawObject()
    tree_number = document.number(tree_root)
    for element, parent, raw in objects:
        parent_number = numbers[id(parent)] if parent is not None else tree_number
        raw.data = _element(element, parent_number, numbers, pages).encode("ascii")
    owners = [
        f"{index}[{' '.join(f'{numbers[id(element)]} 0 R' for element in page)}]"
        for index, page in enumerate(marks.pages)
    ]
    owners += [f"{index} {numbers[id(element)]} 0 R" for index, element in enumerate(annotated, len(pages))]
    tree_root.data = (
        f"<</Type/StructTreeRoot/K {numbers[id(root)]} 0 R/ParentTreeNextKey {len(owners)}"
        f"/ParentTree<</Nums[{' '.join(owners)}]>>>>"
    ).encode("ascii")
    return tree_number


def _walk(root: Element) -> Iterator[tuple[Element, Element | None]]:
    stack: list[tuple[Element, Element | None]] = [(root, None)]
    while stack:
        element, parent = stack.pop()
        yield element, parent
        stack.extend((kid, element) for kid in reversed(element.kids) if isinstance(kid, Element))


def _element(element: Element, parent: int, numbers: dict[int, int], pages: list[int]) -> str:
    """The dictionary of one element; its first page is named once, marks on later pages name theirs."""
    home = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
    kids = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(f"{numbers[id(kid)]} 0 R")
        elif isinstance(kid, Annotated):
            kids.append(f"<</Type/OBJR/Pg {pages[kid.page]} 0 R/Obj {kid.number} 0 R>>")
        elif kid[0] == home:
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type/MCR/Pg {pages[kid[0]]} 0 R/MCID {kid[1]}>>")
    page = f"/Pg {pages[home]} 0 R" if home is not None else ""
    attributes = f"/A{element.attributes}" if element.attributes else ""
    alt = f"/Alt{text_string(element.alt)}" if element.alt else ""
    return f"<</Type/StructElem/S/{element.tag}/P {parent} 0 R{page}/K[{' '.join(kids)}]{attributes}{alt}>>"
