"""Legal forms, statuses and mandates: each has its words in both languages."""

from __future__ import annotations

from razpis.procedure.organisations import (
    LEGAL_FORMS,
    MANDATES,
    STATUSES,
    LegalForm,
    MandateKind,
    StatusKind,
)


def test_every_kind_has_its_words() -> None:
    for words, kinds in ((LEGAL_FORMS, LegalForm), (STATUSES, StatusKind), (MANDATES, MandateKind)):
        assert list(words) == list(kinds)
        assert len({sl for sl, _ in words.values()}) == len({en for _, en in words.values()}) == len(list(kinds))
