"""An act or record of the procedure: a heading, the facts of its kind, who signs; and how a kind is described.

A kind is a frozen dataclass whose fields say, by an annotation, where its value goes: :class:`Said` into a place
of the wording (»{predmet}«), :class:`Grid` into a table, :class:`Told` into whole sections. The wording itself,
with the places named, lies in ``templates/documents/<kind>/``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, ClassVar, Literal, Protocol, TypeAlias, get_type_hints

from razpis.documents.decision import Authority, Call, LegalRemedy, Signer
from razpis.documents.legal_text import TextValue
from razpis.procedure.acts import Kind

RowKind: TypeAlias = Literal["body", "section", "sum"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: as many texts as its grid has columns; of a section only the first is printed."""

    cells: tuple[str, ...]
    kind: RowKind = "body"


Rows: TypeAlias = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of items under each other."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its own head; ``shares`` are the widths of columns as parts of the whole."""

    head: tuple[str, ...]
    shares: tuple[float, ...]
    figures: tuple[bool, ...]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the second (``level`` 1) or third level and what stands under it, paragraphs as plain texts."""

    title: str
    parts: tuple[str | Listing | Sheet, ...] = ()
    level: int = 1


Sections: TypeAlias = tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """The value goes into the place ``{name}``; an empty text or ``None`` leaves the place without one."""

    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of its title in ``oznake.txt``, its part of the width, whether it holds figures."""

    label: str
    share: float
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows make a table that stands where ``{name}`` is a paragraph of its own."""

    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The sections stand where ``{name}`` is a paragraph of its own."""

    name: str


Place: TypeAlias = Said | Grid | Told


class Body(Protocol):
    """The facts of one kind. ``parts`` are its files in the order of the document; ``podpis`` is where it is
    signed, ``pravno_sredstvo`` the legal remedy as decisions word it. ``izrek`` has numbered points."""

    kind: ClassVar[Kind]
    parts: ClassVar[tuple[str, ...]]
    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Heading:
    """Who writes about which call: ``number`` of the document (blank: only that of the case), day and case."""

    authority: Authority
    call: Call
    case: str
    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Act:
    """A document ready to be printed. ``led_by`` signs on the left, ``issued_by`` on the right, or everyone in
    ``signers`` two by two; ``remedy`` where the kind has a legal remedy. Of what is not ``final`` the
    copy says that it is not signed (label ``izvod``)."""

    heading: Heading
    subject: str
    body: Body
    led_by: Signer | None = None
    issued_by: Signer | None = None
    signers: tuple[Signer, ...] = ()
    remedy: LegalRemedy | None = None
    final: bool = False

    @property
    def number(self) -> str:
        """What stands after »Številka«."""
        return self.heading.number or self.heading.case


HEADING_PLACES = frozenset({"organ", "enote", "številka", "datum", "zadeva", "razpis", "objava", "pravne_podlage"})


@cache
def places(kind: type[Body]) -> Mapping[str, Place]:
    """Where each field of a kind goes, by the field's name."""
    hints = get_type_hints(kind, include_extras=True)
    return {part.name: hints[part.name].__metadata__[0] for part in fields(kind)}


def columns(kind: type[Body]) -> Iterator[Column]:
    """All columns of the tables of a kind."""
    for place in places(kind).values():
        if isinstance(place, Grid):
            yield from place.columns


def said(body: Body) -> dict[str, TextValue]:
    """The values of the places in the wording; one that does not exist is left out."""
    return {
        place.name: value
        for name, place in places(type(body)).items()
        if isinstance(place, Said) and (value := getattr(body, name)) not in ("", None)
    }
