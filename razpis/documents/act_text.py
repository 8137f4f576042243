"""The wording of acts and records: which files a kind has, what its places stand for, and where its tables go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from razpis.documents.act import (
    HEADING_PLACES,
    Act,
    Body,
    Grid,
    Rows,
    Said,
    Sections,
    columns,
    places,
    said,
)
from razpis.documents.decision_text import REMEDY, load_decision_texts
from razpis.documents.format_sl import long_date
from razpis.documents.legal_text import (
    LegalTextError,
    LegalTexts,
    TextBlock,
    TextPlan,
    TextProblem,
    TextValue,
    load_legal_texts,
)

SIGNED, REMEDIED = "podpis", "pravno_sredstvo"
"""Parts that are no files of the kind: the signatures, and the remedy as decisions word it."""
LABELS = frozenset({"številka", "datum", "izrek", "stran", "od", "izvod"})
_MARK = "\ue003"
"""Marks the place of a table. Texts cannot contain it, because the document font has no glyph for it."""


@dataclass(frozen=True, slots=True)
class ActTexts:
    """The wording of one kind, and that of the remedy where the kind has one."""

    folder: Path
    own: LegalTexts
    remedy: LegalTexts | None


@dataclass(frozen=True, slots=True)
class Inserted:
    """What stands in a place of its own: the rows of a table with its columns, or sections."""

    name: str
    grid: Grid | None = None
    rows: Rows = ()
    sections: Sections = ()


def plan(kind: type[Body]) -> TextPlan:
    """The files, places and labels of a kind."""
    return TextPlan(
        files=frozenset(kind.parts) - {SIGNED, REMEDIED},
        placeholders=HEADING_PLACES | {place.name for place in places(kind).values()},
        labels=LABELS | {column.label for column in columns(kind)},
    )


@cache
def load_act_texts(folder: Path, kind: type[Body]) -> ActTexts:
    """Load the wording of ``kind`` from ``folder/<kind>/``.

    Raises :class:`~razpis.documents.legal_text.LegalTextError` with all problems of its files.
    """
    own = folder / kind.kind.value
    remedy = load_decision_texts(folder / "decision") if REMEDIED in kind.parts else None
    return ActTexts(own, load_legal_texts(own, plan(kind)), remedy)


def values(act: Act) -> dict[str, TextValue]:
    """What the places of the wording stand for; a table that has no rows has no place."""
    heading = act.heading
    own: dict[str, TextValue] = {one.name: _MARK + one.name for one in inserted(act)}
    common: dict[str, TextValue] = {
        "organ": heading.authority.name,
        "enote": heading.authority.units,
        "številka": act.number,
        "datum": long_date(heading.day),
        "zadeva": heading.case,
        "razpis": heading.call.title,
        "objava": heading.call.reference,
        "pravne_podlage": heading.call.legal_basis,
    }
    return {name: value for name, value in common.items() if value} | said(act.body) | own


def remedy_values(act: Act) -> dict[str, TextValue]:
    """What the places of the remedy's wording stand for."""
    remedy = act.remedy
    if remedy is None:
        raise ValueError(f"{act.body.kind} without its legal remedy")
    optional = {"naslovnik": remedy.addressed_to, "taksa": remedy.fee}
    always: dict[str, TextValue] = {
        "odločba": False,
        "rok": remedy.days,
        "kje_vložiti": remedy.lodged_with,
    }
    return always | {name: text for name, text in optional.items() if text}


def inserted(act: Act) -> list[Inserted]:
    """The tables and sections of an act that hold something."""
    found = []
    for name, place in places(type(act.body)).items():
        value = getattr(act.body, name)
        if isinstance(place, Said) or not value:
            continue
        made = Inserted(place.name, place, value) if isinstance(place, Grid) else Inserted(place.name, sections=value)
        found.append(made)
    return found


def place_of(block: TextBlock) -> str | None:
    """The name of the table or sections that a paragraph stands for, or nothing for a paragraph of words."""
    plain = block.plain
    return plain[1:] if plain.startswith(_MARK) and _MARK not in plain[1:] else None


def refuse_misplaced(texts: ActTexts, file: str, block: TextBlock) -> None:
    """Raises :class:`LegalTextError` where a table is named in the middle of a sentence."""
    if _MARK in block.plain:
        raise LegalTextError(
            (TextProblem(texts.folder / f"{file}.txt", 0, "razpredelnica stoji v odstavku sama, brez drugih besed"),)
        )


def refuse_left_out(texts: ActTexts, left: Mapping[str, Inserted]) -> None:
    """Raises :class:`LegalTextError` where the wording has no place for a table that holds something."""
    if left:
        told = ", ".join(f"{{{name}}}" for name in left)
        raise LegalTextError((TextProblem(texts.folder, 0, f"besedilo nima mesta za razpredelnico {told}"),))


def remedy_file(act: Act) -> str:
    """The file of the remedy among those of decisions."""
    assert act.remedy is not None
    return REMEDY[act.remedy.kind]


@cache
def load_sentences(folder: Path, kind: type[Body], name: str = "") -> LegalTexts:
    """The wording of a kind that only gives sentences to another document; places are those of the kind itself.

    ``name`` is its folder where that is not called as the kind.

    Raises :class:`~razpis.documents.legal_text.LegalTextError` with all problems of its files.
    """
    known = frozenset(place.name for place in places(kind).values())
    return load_legal_texts(folder / (name or kind.kind.value), TextPlan(frozenset(kind.parts), known, frozenset()))


def sentences(texts: LegalTexts, file: str, body: Body) -> tuple[str, ...]:
    """The paragraphs of ``file``, filled."""
    return tuple(block.plain for block in texts.blocks(file, said(body)))
