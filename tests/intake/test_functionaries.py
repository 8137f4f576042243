"""The list of functionaries from CSV: read by columns, every bad cell told."""

from __future__ import annotations

import pytest

from razpis.engine.problems import Problems
from razpis.intake.functionaries import Line, functionaries


def told(content: str) -> list[tuple[int, str]]:
    with pytest.raises(Problems) as refused:
        functionaries(content.encode(), "seznam.csv")
    return [(one.place.line, one.text.sl) for one in refused.value.problems]


def test_blank_numbers_and_notes_are_nothing() -> None:
    assert functionaries(
        "ime;funkcija;maticna;opomba\nJanez  Novak;svetnik;5258880000;podpredsednik\nMeta Kos;županja;;\n".encode(), "x"
    ) == (Line("Janez Novak", "svetnik", "5258880", "podpredsednik"), Line("Meta Kos", "županja"))
    assert functionaries(b"funkcija,ime\nsvetnica,Meta Kos\n", "x") == (Line("Meta Kos", "svetnica"),)


def test_what_is_wrong_is_told_by_line() -> None:
    assert told("ime;funkcja\nMeta Kos;x\n") == [
        (1, "manjka stolpec »funkcija«; dodajte ga"),
        (
            1,
            "neznan stolpec »funkcja« – ste mislili »funkcija«? Dovoljeni stolpci: ime, funkcija, maticna, opomba",
        ),
    ]
    assert told("ime;funkcija;naziv\nMeta Kos;x;y\n") == [
        (
            1,
            "neznan stolpec »naziv«; odstranite ga ali preimenujte. Dovoljeni stolpci: ime, funkcija, maticna, opomba",
        ),
        (2, "funkcija: vpišite od 2 do 200 znakov"),
    ]
    assert [line for line, _ in told("ime;funkcija;maticna\nMeta Kos;;\nJ;svetnik;5258881\n")] == [2, 3, 3]
