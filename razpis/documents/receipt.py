"""What the receipt of a filed application says: plain values, filled by a service, and the wording it uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from razpis.documents.legal_text import LegalTexts, TextPlan, TextValue, load_legal_texts


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that was filed: which field it answers, its name, size as people write it, SHA-256."""

    field: str
    name: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt. ``at`` and ``deadline`` are told in words, ``day`` is the day of ``at``;
    ``sha256`` is of the content.

    ``replaces`` is the number of the receipt of the filing before this one, or blank; ``on_paper`` says how it came
    (»priporočeno po pošti«) where it did not come through the portal, and ``posted`` the day of its postmark.
    """

    number: str
    authority: str
    call: str
    reference: str
    lot: str
    applicant: str
    filed_by: str
    order: int
    at: str
    day: date
    deadline: str
    sha256: str
    replaces: str
    files: tuple[AttachedFile, ...]
    on_paper: str = ""
    posted: str = ""


PLAN = TextPlan(
    files=frozenset({"naziv", "prejem", "priloge", "zakljucek"}),
    placeholders=frozenset(
        {
            "številka", "razpis", "oznaka_razpisa", "sklop", "prijavitelj", "oddal", "zaporedna",
            "čas", "rok", "odtis", "nadomešča", "brez_prilog", "na_papirju", "oddana",
        }
    ),
    labels=frozenset({"potrdilo", "stran", "od", "datoteka", "polje", "velikost", "odtis"}),
)  # fmt: skip


def load_receipt_texts(folder: Path) -> LegalTexts:
    """Load the wording of receipts. Raises :class:`~razpis.documents.legal_text.LegalTextError`."""
    return load_legal_texts(folder, PLAN)


def placeholder_values(receipt: Receipt) -> dict[str, TextValue]:
    """The values of this receipt; one that does not exist is left out, so printing it is an error."""
    optional = {
        "sklop": receipt.lot,
        "nadomešča": receipt.replaces,
        "na_papirju": receipt.on_paper,
        "oddana": receipt.posted,
    }
    return {
        "številka": receipt.number,
        "razpis": receipt.call,
        "oznaka_razpisa": receipt.reference,
        "prijavitelj": receipt.applicant,
        "oddal": receipt.filed_by,
        "zaporedna": receipt.order,
        "čas": receipt.at,
        "rok": receipt.deadline,
        "odtis": receipt.sha256,
        "brez_prilog": not receipt.files,
        **{name: words for name, words in optional.items() if words},
    }
