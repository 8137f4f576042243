"""The rules told in words: headings, paragraphs, lists and tables, before any format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from razpis.engine.problems import Language


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``quiet``: a remark beside the matter."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``ordered``: its order matters."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it shows, its head, its rows, and which columns hold figures."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[bool, ...]


Block: TypeAlias = Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it, and the parts below."""

    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesText:
    """The whole. ``example``: said in front where the call is not a real one; ``source``: what it was made of."""

    language: Language
    title: str
    example: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    source: str


def bullets(items: list[str], ordered: bool = False) -> tuple[Block, ...]:
    """A list of ``items``; none is nothing."""
    return (Bullets(tuple(items), ordered),) if items else ()
