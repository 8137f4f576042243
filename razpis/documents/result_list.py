"""What the notice of the results of a call says: plain values, filled by a service, and the wording it uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from razpis.documents.legal_text import LegalTexts, TextPlan, TextValue, load_legal_texts


@dataclass(frozen=True, slots=True)
class Recipient:
    """One application that gets money; ``name`` holds the recipient, ``programme`` may be blank, ``limit`` says
    what bound the amount, ``decision`` is the number of the decision and may be blank. Amounts stand without
    the currency, which is in the head of the table."""

    place: str
    name: str
    programme: str
    points: str
    requested: str
    award: str
    limit: str
    decision: str


@dataclass(frozen=True, slots=True)
class Other:
    """One application that gets none: the number it was received under, or also a name where the rules say so."""

    who: str
    points: str
    outcome: str


@dataclass(frozen=True, slots=True)
class LotResults:
    """A lot; ``title`` is blank where the call has none. ``amount`` and ``spent`` are written out; ``requested``
    and ``awarded`` are the sums under the table, without the currency. ``numbers``: whole sentences about what its
    division stands on, the value of a point above all."""

    title: str
    amount: str
    spent: str
    requested: str
    awarded: str
    recipients: tuple[Recipient, ...]
    others: tuple[Other, ...]
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultList:
    """The notice. ``version`` counts from 1, ``reason`` says why there is one after the first; ``counts`` and
    ``method`` are whole sentences; ``day`` is that of the publication, ``at`` the same with its hour in words."""

    authority: str
    units: tuple[str, ...]
    address: str
    place: str
    number: str
    call: str
    reference: str
    year: int
    day: date
    at: str
    version: int
    reason: str
    replaces: str
    final: bool
    named: bool
    budget: str
    awarded: str
    counts: tuple[str, ...]
    method: tuple[str, ...]
    rules_sha256: str
    content_sha256: str
    lots: tuple[LotResults, ...]


PLAN = TextPlan(
    files=frozenset({"naziv", "uvod", "delitev", "prejemniki", "ostali", "zakljucek"}),
    placeholders=frozenset(
        {
            "organ", "številka", "razpis", "oznaka_razpisa", "leto", "čas", "različica", "razlog", "nadomešča",
            "dokončno", "imena", "sredstva", "dodeljeno", "štetje", "delitev", "odtis_pravil", "odtis",
            "sklop", "sredstva_sklopa", "dodeljeno_sklopa", "brez_prejemnikov", "znesek_znan", "izračun_sklopa",
        }
    ),
    labels=frozenset(
        {
            "številka", "datum", "stran", "od", "mesto", "prejemnik", "točke", "zaprošeno", "dodeljeno", "omejitev",
            "vloga", "izid", "skupaj",
        }
    ),
)  # fmt: skip


def load_result_list_texts(folder: Path) -> LegalTexts:
    """Load the wording of result lists. Raises :class:`~razpis.documents.legal_text.LegalTextError`."""
    return load_legal_texts(folder, PLAN)


def placeholder_values(one: ResultList) -> dict[str, TextValue]:
    """The values of this notice; one that does not exist is left out, so printing it is an error."""
    optional = {"organ": one.authority, "razlog": one.reason, "nadomešča": one.replaces}
    return {
        "številka": one.number,
        "razpis": one.call,
        "oznaka_razpisa": one.reference,
        "leto": str(one.year),
        "čas": one.at,
        "različica": str(one.version),
        "dokončno": one.final,
        "imena": one.named,
        "sredstva": one.budget,
        "dodeljeno": one.awarded,
        "štetje": one.counts,
        "delitev": one.method,
        "odtis_pravil": one.rules_sha256,
        "odtis": one.content_sha256,
        **{name: words for name, words in optional.items() if words},
    }


UNKNOWN = "–"
"""An amount that is not known: that of applications never read, which belong to no lot."""


def lot_values(lot: LotResults) -> dict[str, TextValue]:
    """The further values in the wording of one lot."""
    return {
        "sredstva_sklopa": lot.amount,
        "dodeljeno_sklopa": lot.spent,
        "brez_prejemnikov": not lot.recipients,
        "znesek_znan": lot.amount != UNKNOWN,
        "izračun_sklopa": lot.numbers,
        **({"sklop": lot.title} if lot.title else {}),
    }
