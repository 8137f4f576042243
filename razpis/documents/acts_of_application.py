"""What the acts on one application say, besides the decision itself: request, dismissal, end, correction."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from razpis.documents.act import Column, Grid, Rows, Said
from razpis.documents.act_text import REMEDIED, SIGNED
from razpis.procedure.acts import Kind


class Ground(StrEnum):
    """Why an application is dismissed: the file that words it."""

    LATE = "prepozna"
    INELIGIBLE = "neupravicena"
    NOT_SUPPLEMENTED = "nedopolnjena"
    NOT_SIGNED = "nepodpisana"


CONTESTABLE = ("uvod", "naziv", "izrek", "obrazlozitev", REMEDIED, SIGNED, "vrocitev")
"""An order that the applicant may contest: the remedy is the call's, worded as in decisions."""


@dataclass(frozen=True, slots=True)
class SupplementRequestOf:
    """The request to supplement (ZUP, 67. člen); the period runs from service, and it is no appealable act."""

    kind: ClassVar[Kind] = Kind.SUPPLEMENT_REQUEST
    parts: ClassVar[tuple[str, ...]] = ("naslovnik", "naziv", "vsebina", SIGNED, "vrocitev")

    applicant: Annotated[str, Said("prijavitelj")]
    seat: Annotated[str, Said("sedež")]
    registration_number: Annotated[str, Said("matična")]
    number: Annotated[int, Said("vloga")]
    received: Annotated[str, Said("prejeta")]
    lot: Annotated[str, Said("sklop")]
    round: Annotated[int, Said("krog")]
    rounds: Annotated[int, Said("krogov")]
    items: Annotated[Rows, Grid("tabela_pomanjkljivosti", (Column("podatek", 0.36), Column("manjka", 0.64)))]
    period: Annotated[str, Said("rok_dopolnitve")]
    article: Annotated[str, Said("člen")]
    served: Annotated[str, Said("vročen")]
    ends: Annotated[str, Said("konec_roka")]
    contact: Annotated[str, Said("kontakt")]


@dataclass(frozen=True, slots=True)
class Course:
    """The way of one application through the procedure (``law.md`` 7.5): sentences for the reasons of a decision.

    ``asked`` is when a supplement was asked for, ``served`` when that was served, ``filed`` when it came;
    ``excluded`` how many of the commission were excluded.
    """

    kind: ClassVar[Kind] = Kind.DECISION
    parts: ClassVar[tuple[str, ...]] = ("potek",)

    number: Annotated[int, Said("vloga")]
    received: Annotated[str, Said("prejeta")]
    asked: Annotated[str, Said("poziv")] = ""
    served: Annotated[str, Said("vročen")] = ""
    filed: Annotated[str, Said("dopolnitev")] = ""
    excluded: Annotated[int, Said("izločenih")] = 0


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Why an application is dismissed (``law.md`` 7.4): whole sentences for the reasons of a decision, one file for
    each ground. ``number`` is that of the application; ``asked`` is what was missing, ``requested`` when it was asked
    for, ``served`` and ``ended`` when the request was served and its period ended, ``filed`` when a supplement came
    after all.
    """

    kind: ClassVar[Kind] = Kind.DISMISSAL
    parts: ClassVar[tuple[str, ...]] = tuple(ground.value for ground in Ground)

    number: Annotated[int, Said("vloga")]
    received: Annotated[str, Said("prejeta")]
    deadline: Annotated[str, Said("rok_prijav")]
    reason: Annotated[str, Said("razlog")]
    article: Annotated[str, Said("člen")]
    asked: Annotated[tuple[str, ...], Said("pomanjkljivosti")] = ()
    requested: Annotated[str, Said("poziv")] = ""
    period: Annotated[str, Said("rok_dopolnitve")] = ""
    served: Annotated[str, Said("vročen")] = ""
    ended: Annotated[str, Said("konec_roka")] = ""
    filed: Annotated[str, Said("dopolnitev")] = ""


@dataclass(frozen=True, slots=True)
class Discontinuance:
    """The order that ends the procedure because the application was withdrawn (ZUP, 135. člen)."""

    kind: ClassVar[Kind] = Kind.DISCONTINUANCE
    parts: ClassVar[tuple[str, ...]] = CONTESTABLE

    applicant: Annotated[str, Said("prijavitelj")]
    seat: Annotated[str, Said("sedež")]
    registration_number: Annotated[str, Said("matična")]
    number: Annotated[int, Said("vloga")]
    received: Annotated[str, Said("prejeta")]
    withdrawn: Annotated[str, Said("umik")]


@dataclass(frozen=True, slots=True)
class Correction:
    """The order that corrects an obvious error in an issued document (ZUP, 223. člen)."""

    kind: ClassVar[Kind] = Kind.CORRECTION
    parts: ClassVar[tuple[str, ...]] = CONTESTABLE

    document: Annotated[str, Said("akt")]
    document_number: Annotated[str, Said("številka_akta")]
    issued: Annotated[str, Said("dan_akta")]
    applicant: Annotated[str, Said("prijavitelj")]
    wrong: Annotated[str, Said("napačno")]
    right: Annotated[str, Said("pravilno")]
    reason: Annotated[str, Said("razlog")]
