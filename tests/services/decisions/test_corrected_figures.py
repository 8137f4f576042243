"""A correction never changes an amount or points; errors in names, days and addresses it does."""

from __future__ import annotations

import pytest

from razpis.services.decisions.corrected_figures import changed

DECISION = {
    "awarded": 300_000,
    "requested": 450_050,
    "total": {"points": "56"},
    "criteria": [{"rows": [{"points": "7,5"}, {"points": "brez točk"}]}],
}


@pytest.mark.parametrize(
    ("reads", "shall_read", "expected"),
    [
        ("Drutvo 0", "Društvo 0", False),
        ("Zgledna 5", "Zgledna 7", False),
        ("5. 3. 2026", "6. 3. 2026", False),
        ("dodeli 3.000,00 EUR prijavitelu", "dodeli 3.000,00 EUR prijavitelju", False),
        ("dodeli 3.000,00 EUR", "dodeli 4.000,00 EUR", True),
        ("dodeli 3000 EUR", "dodeli 3.000,00 EUR", False),
        ("dodeli znesek", "dodeli 3.000 €", True),
        ("1.234,50", "1.234,60", True),
        ("doseže 56 točk", "doseže 65 točk", True),
        ("doseže 56 tock", "doseže 56 točk", True),
        ("56", "65", True),
        ("7,5", "8", True),
        ("4500,50", "Zgledna", True),
        ("5", "6", False),
        ("dve vlogi po 10,00 EUR", "dve vlogi po 10,00 EUR in 10,00 EUR", True),
    ],
)
def test_what_changes_the_decision(reads: str, shall_read: str, expected: bool) -> None:
    assert changed(reads, shall_read, DECISION) is expected


def test_of_a_dismissal_only_what_is_written_counts() -> None:
    assert changed("12", "13", {"awarded": 0, "requested": 0}) is False
    assert changed("0", "13", {"awarded": 0, "requested": 0}) is True
