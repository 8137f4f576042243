"""What the acts and records of the commission say: exclusions, minutes, score sheets, the report with its proposal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from razpis.documents.act import Column, Grid, Rows, Said, Sections, Told
from razpis.documents.act_text import SIGNED
from razpis.documents.acts_of_call import ORDER
from razpis.procedure.acts import Kind

RECORD = ("naziv", "vsebina", SIGNED, "vrocitev")
"""Minutes, sheets and reports: what happened, and everyone who signs it."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """The head's order on a declared conflict of interest (ZUP, 35.–41. člen; ZIntPK, 38. člen)."""

    kind: ClassVar[Kind] = Kind.EXCLUSION
    parts: ClassVar[tuple[str, ...]] = ORDER

    person: Annotated[str, Said("oseba")]
    function: Annotated[str, Said("funkcija")]
    number: Annotated[int, Said("vloga")]
    applicant: Annotated[str, Said("prijavitelj")]
    ground: Annotated[str, Said("okoliščina")]
    article: Annotated[str, Said("člen")]
    explanation: Annotated[str, Said("pojasnilo")]
    declared_on: Annotated[str, Said("dan_izjave")]
    excluded: Annotated[bool, Said("izločena")]
    substitute: Annotated[str, Said("namestnik")]
    reason: Annotated[str, Said("razlog")]


@dataclass(frozen=True, slots=True)
class MinutesOf:
    """Minutes of a sitting (ZUP, 74.–80. člen); with ``opening`` the lists of what arrived and was found."""

    kind: ClassVar[Kind] = Kind.MINUTES
    parts: ClassVar[tuple[str, ...]] = RECORD

    number: Annotated[int, Said("seja")]
    what: Annotated[str, Said("namen")]
    place: Annotated[str, Said("kraj")]
    public: Annotated[bool, Said("javna")]
    begun: Annotated[str, Said("začetek")]
    ended: Annotated[str, Said("konec")]
    deadline: Annotated[str, Said("rok_prijav")]
    present: Annotated[
        Rows,
        Grid(
            "tabela_navzočih",
            (Column("oseba", 0.38), Column("funkcija", 0.34), Column("od_ure", 0.14), Column("do_ure", 0.14)),
        ),
    ]
    absent: Annotated[tuple[str, ...], Said("odsotni")]
    stepped_out: Annotated[tuple[str, ...], Said("izločitve")]
    received: Annotated[int, Said("prispelih")]
    applications: Annotated[
        Rows,
        Grid(
            "tabela_vlog",
            (
                Column("vloga", 0.3),
                Column("prejeta", 0.22),
                Column("pravočasna", 0.16),
                Column("upravičena", 0.16),
                Column("popolna", 0.16),
            ),
        ),
    ]
    missing: Annotated[Rows, Grid("tabela_pomanjkljivosti", (Column("vloga", 0.3), Column("manjka", 0.7)))]
    unopened: Annotated[tuple[str, ...], Said("neodprte")]
    complete: Annotated[int, Said("popolnih")]
    incomplete: Annotated[int, Said("nepopolnih")]
    dismissed: Annotated[int, Said("za_zavrženje")]
    course: Annotated[Rows, Grid("tabela_poteka", (Column("ura", 0.12), Column("dogodek", 0.88)))]
    remarks: Annotated[tuple[str, ...], Said("opombe")]
    sha256: Annotated[str, Said("odtis")]


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The score sheet of one application: points with reasons, below them what each member gave."""

    kind: ClassVar[Kind] = Kind.SCORE_SHEET
    parts: ClassVar[tuple[str, ...]] = RECORD

    number: Annotated[int, Said("vloga")]
    applicant: Annotated[str, Said("prijavitelj")]
    programme: Annotated[str, Said("program")]
    lot: Annotated[str, Said("sklop")]
    criteria: Annotated[
        Rows,
        Grid(
            "tabela_meril",
            (
                Column("merilo", 0.32),
                Column("največ", 0.105, True),
                Column("točke", 0.105, True),
                Column("razlog", 0.47),
            ),
        ),
    ]
    marks: Annotated[
        Rows,
        Grid(
            "tabela_ocen",
            (Column("član", 0.27), Column("točke", 0.12, True), Column("razlog", 0.61)),
        ),
    ]
    total: Annotated[str, Said("skupaj")]
    thresholds: Annotated[tuple[str, ...], Said("pragovi")]
    place: Annotated[str, Said("mesto")]
    run: Annotated[int, Said("izračun")]
    sha256: Annotated[str, Said("odtis")]


@dataclass(frozen=True, slots=True)
class Report:
    """The commission's report and proposal (``law.md`` 7.6): who, how, what was left out, the order, the money."""

    kind: ClassVar[Kind] = Kind.REPORT
    parts: ClassVar[tuple[str, ...]] = RECORD

    number: Annotated[int, Said("predlog")]
    commission: Annotated[
        Rows, Grid("tabela_komisije", (Column("oseba", 0.36), Column("funkcija", 0.34), Column("akt", 0.3)))
    ]
    sittings: Annotated[tuple[str, ...], Said("seje")]
    method: Annotated[Sections, Told("način")]
    exclusions: Annotated[tuple[str, ...], Said("izločitve")]
    left_out: Annotated[Rows, Grid("tabela_neocenjenih", (Column("vloga", 0.5), Column("razlog", 0.5)))]
    results: Annotated[
        Rows,
        Grid(
            "tabela_predloga",
            (
                Column("vloga", 0.4),
                Column("mesto", 0.1, True),
                Column("točke", 0.12, True),
                Column("izid", 0.2),
                Column("znesek", 0.18, True),
            ),
        ),
    ]
    points: Annotated[Sections, Told("točke_po_merilih")]
    lots: Annotated[
        Rows,
        Grid(
            "tabela_sklopov",
            (
                Column("sklop", 0.4),
                Column("razpisano", 0.2, True),
                Column("predlagano", 0.2, True),
                Column("ostane", 0.2, True),
            ),
        ),
    ]
    divided: Annotated[tuple[str, ...], Said("izračun_sklopov")]
    reserve: Annotated[tuple[str, ...], Said("rezervni_seznam")]
    draws: Annotated[tuple[str, ...], Said("žrebi")]
    agreed: Annotated[int, Said("usklajenih")]
    reopened: Annotated[tuple[str, ...], Said("znova_odprte")]
    simulations: Annotated[int, Said("simulacij")]
    certificate: Annotated[tuple[str, ...], Said("potrdilo")]
    total: Annotated[str, Said("predlagano_skupaj")]
    available: Annotated[str, Said("razpisano_skupaj")]
    dissents: Annotated[Sections, Told("ločena_mnenja")]
    returned: Annotated[str, Said("vrnjen")]
    sha256: Annotated[str, Said("odtis")]
