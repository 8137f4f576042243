"""Legal forms, statuses and mandates: each has its words in both languages; the register's words are understood."""

from __future__ import annotations

import pytest

from razpis.procedure.organisations import (
    LEGAL_FORMS,
    MANDATES,
    STATUSES,
    LegalForm,
    MandateKind,
    StatusKind,
    legal_form_of,
)


@pytest.mark.parametrize(
    ("words", "name", "form"),
    [
        ("Društvo, zveza društev", "Društvo Čebelica", LegalForm.SOCIETY),
        ("društvo, zveza društev", "ZVEZA DRUŠTEV PRIJATELJEV MLADINE", LegalForm.UNION),
        ("Zveza društev", "ZPM", LegalForm.UNION),
        ("Društvo", "Zveza", LegalForm.SOCIETY),
        ("Zavod", "Most", LegalForm.INSTITUTE),
        ("Javni zavod", "Dom", LegalForm.PUBLIC_INSTITUTE),
        ("Ustanova", "Fundacija", LegalForm.FOUNDATION),
        ("Mladinski svet", "MSM", LegalForm.YOUTH_COUNCIL),
        ("Verska skupnost", "Župnija", LegalForm.CHURCH),
        ("Društvo, zveza društev", "RDEČI KRIŽ Slovenije – OZ Maribor", LegalForm.RED_CROSS),
        ("Društvo, zveza društev", "Območno združenje Rdečega križa", LegalForm.RED_CROSS),
        ("Družba z omejeno odgovornostjo d.o.o.", "Podjetje", LegalForm.OTHER),
        ("", "", LegalForm.OTHER),
    ],
)
def test_the_register_is_understood(words: str, name: str, form: LegalForm) -> None:
    assert legal_form_of(words, name) is form


def test_every_kind_has_its_words() -> None:
    for words, kinds in ((LEGAL_FORMS, LegalForm), (STATUSES, StatusKind), (MANDATES, MandateKind)):
        assert list(words) == list(kinds)
        assert len({sl for sl, _ in words.values()}) == len({en for _, en in words.values()}) == len(list(kinds))
