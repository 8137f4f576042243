"""What the acts about a call say: its start, the appointment of the commission, its text, changes, the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from razpis.documents.act import Column, Grid, Rows, Said, Sections, Told
from razpis.documents.act_text import SIGNED
from razpis.procedure.acts import Kind

ORDER = ("uvod", "naziv", "izrek", "obrazlozitev", "pouk", SIGNED, "vrocitev")
"""An act that no party may contest: the instruction is its own file ``pouk``."""


@dataclass(frozen=True, slots=True)
class Start:
    """The order on the start (Pravilnik o postopkih za izvrševanje proračuna): what, for how much, who, by when.

    Moments are worded; ``lots`` and ``commission`` hold one line each, with line ends between.
    """

    kind: ClassVar[Kind] = Kind.START
    parts: ClassVar[tuple[str, ...]] = ORDER

    purpose: Annotated[str, Said("namen")]
    amount: Annotated[str, Said("sredstva")]
    budget_line: Annotated[str, Said("postavka")]
    lots: Annotated[str, Said("sklopi")]
    commission: Annotated[str, Said("komisija")]
    opens: Annotated[str, Said("začetek_prijav")]
    deadline: Annotated[str, Said("rok_prijav")]
    opening: Annotated[str, Said("rok_odpiranja")]
    notice: Annotated[str, Said("rok_obvestila")]


@dataclass(frozen=True, slots=True)
class Appointment:
    """The order that appoints people to the commission; ``members`` one a line."""

    kind: ClassVar[Kind] = Kind.APPOINTMENT
    parts: ClassVar[tuple[str, ...]] = ORDER

    members: Annotated[str, Said("sestava")]
    quorum: Annotated[int, Said("sklepčnost")]
    voting: Annotated[int, Said("glasuje")]
    deputies: Annotated[bool, Said("namestniki")]


@dataclass(frozen=True, slots=True)
class CallText:
    """The text of the public call, in the order of ``law.md`` 7.1; ``rules`` are explained from the rulebook."""

    kind: ClassVar[Kind] = Kind.CALL
    parts: ClassVar[tuple[str, ...]] = ("uvod", "naziv", "vsebina", SIGNED)

    purpose: Annotated[str, Said("namen")]
    lots: Annotated[Rows, Grid("tabela_sklopov", (Column("sklop", 0.72), Column("znesek", 0.28, True)))]
    conditions: Annotated[Sections, Told("pogoji")]
    amount: Annotated[str, Said("sredstva")]
    budget_line: Annotated[str, Said("postavka")]
    period: Annotated[str, Said("obdobje")]
    points: Annotated[Sections, Told("merila")]
    money: Annotated[Sections, Told("razdelitev")]
    form: Annotated[Sections, Told("obrazec")]
    opens: Annotated[str, Said("začetek_prijav")]
    deadline: Annotated[str, Said("rok_prijav")]
    questions_until: Annotated[str, Said("rok_vprašanj")]
    per_organisation: Annotated[int, Said("največ_vlog")]
    post_by_hour: Annotated[bool, Said("pošta_po_uri")]
    opening: Annotated[str, Said("rok_odpiranja")]
    supplement: Annotated[str, Said("rok_dopolnitve")]
    supplement_article: Annotated[str, Said("člen_dopolnitve")]
    notice: Annotated[str, Said("rok_obvestila")]
    remedy_days: Annotated[int, Said("rok_sredstva")]
    appeal_to: Annotated[str, Said("naslovnik")]
    lodged_with: Annotated[str, Said("kje_vložiti")]
    contract_days: Annotated[int, Said("rok_pogodbe")]
    advance: Annotated[int, Said("predplačilo")]
    everyone_named: Annotated[bool, Said("imena")]
    contact: Annotated[str, Said("kontakt")]
    parameters: Annotated[
        Rows,
        Grid("tabela_rokov", (Column("parameter", 0.46), Column("vrednost", 0.24), Column("podlaga", 0.3))),
    ]
    attachments: Annotated[tuple[str, ...], Said("priloge")]
    version: Annotated[int, Said("različica")]
    sha256: Annotated[str, Said("odtis")]


@dataclass(frozen=True, slots=True)
class Amendment:
    """The order that changes or prolongs a published call before its deadline, with what was and what is."""

    kind: ClassVar[Kind] = Kind.AMENDMENT
    parts: ClassVar[tuple[str, ...]] = ORDER

    reason: Annotated[str, Said("razlog")]
    changes: Annotated[
        Rows, Grid("tabela_sprememb", (Column("podatek", 0.26), Column("prej", 0.37), Column("odslej", 0.37)))
    ]
    listed: Annotated[str, Said("spremembe")]
    rules: Annotated[bool, Said("pravila_spremenjena")]
    deadline: Annotated[str, Said("rok_prijav")]
    version: Annotated[int, Said("različica")]
    sha256: Annotated[str, Said("odtis")]


@dataclass(frozen=True, slots=True)
class Cancellation:
    """The order that cancels a call; ``received`` is how many applications had come."""

    kind: ClassVar[Kind] = Kind.CANCELLATION
    parts: ClassVar[tuple[str, ...]] = ORDER

    reason: Annotated[str, Said("razlog")]
    published: Annotated[bool, Said("objavljen")]
    received: Annotated[int, Said("prispelih")]
