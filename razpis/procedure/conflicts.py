"""Conflicts of interest: the grounds a member may declare, and names that should make one look twice."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from razpis.procedure.problems import Words


class Ground(StrEnum):
    """Why an official or a member of the commission may not deal with an application."""

    PARTY = "party"
    WITNESS = "witness"
    RELATIVE = "relative"
    GUARDIAN = "guardian"
    FIRST_INSTANCE = "first_instance"
    DOUBT = "doubt"
    PRIVATE_INTEREST = "private_interest"
    OFFICE_HOLDER = "office_holder"


@dataclass(frozen=True, slots=True)
class GroundText:
    """What a ground says, and the article it stands in."""

    text: Words
    article: str


GROUNDS: Mapping[Ground, GroundText] = {
    Ground.PARTY: GroundText(
        Words(
            "stranka, soupravičenec ali soobvezanec v tej zadevi",
            "a party to the matter, or entitled or obliged with one",
        ),
        "ZUP, 35. člen",
    ),
    Ground.WITNESS: GroundText(
        Words(
            "priča, izvedenec, zastopnik ali pooblaščenec stranke",
            "a witness, an expert, or a representative of a party",
        ),
        "ZUP, 35. člen",
    ),
    Ground.RELATIVE: GroundText(
        Words(
            "sorodnik v ravni vrsti ali v stranski do vštetega četrtega kolena, zakonec, partner ali svak do vštetega "
            "drugega kolena, tudi po prenehanju zveze",
            "a relative in the direct line or to the fourth degree, spouse, partner, or in-law to the second degree, "
            "also after the union has ended",
        ),
        "ZUP, 35. člen",
    ),
    Ground.GUARDIAN: GroundText(
        Words("skrbnik, posvojitelj, posvojenec, rejnik ali rejenec", "a guardian, or an adoptive or foster relative"),
        "ZUP, 35. člen",
    ),
    Ground.FIRST_INSTANCE: GroundText(
        Words("sodelovanje v postopku na prvi stopnji", "having taken part at first instance"), "ZUP, 35. člen"
    ),
    Ground.DOUBT: GroundText(
        Words("druge okoliščine, ki vzbujajo dvom o nepristranskosti", "other circumstances that raise doubt"),
        "ZUP, 37. člen",
    ),
    Ground.PRIVATE_INTEREST: GroundText(
        Words(
            "korist zase, za družino ali za osebo, s katero so bili ali so osebni, poslovni ali politični stiki",
            "a benefit to oneself, to family or to somebody with whom one has or had personal, business or "
            "political contacts",
        ),
        "ZIntPK, 4. in 37. člen",
    ),
    Ground.OFFICE_HOLDER: GroundText(
        Words(
            "občinski funkcionar ali njegov družinski član v vodstvu ali zastopanju prijavitelja",
            "a municipal office-holder, or family of one, manages or represents the applicant",
        ),
        "ZIntPK, 35. člen",
    ),
}

_TITLES = frozenset(
    {"asist", "dipl", "doc", "dr", "izr", "mag", "mba", "mr", "msc", "phd", "prof", "red", "spec", "univ"}
)
_LEAST_SHARED = 2


def name_hints(person_name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of ``names`` that could be the person's: as written, in their order.

    Accents, case, order, academic titles and a missing second name or surname make no difference; two parts of
    the name must agree, or the only one. A hint is no finding: the member still declares (ZIntPK, 37. člen).
    """
    own = _parts(person_name)
    return tuple(name for name in names if _alike(own, _parts(name)))


def _alike(first: Counter[str], second: Counter[str]) -> bool:
    shorter, longer = sorted((first, second), key=Counter.total)
    if shorter.total() < _LEAST_SHARED:
        return bool(shorter) and shorter == longer
    return shorter <= longer


def _parts(name: str) -> Counter[str]:
    """The parts of a name as a search sees them: ``Đurđa Žižek-Kovač`` and ``KOVAC ZIZEK Djurdja`` are alike."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(mark))
    words = re.findall(r"[^\W\d_]+", plain.replace("đ", "d").replace("dj", "d"))
    return Counter(word for word in words if word not in _TITLES)
