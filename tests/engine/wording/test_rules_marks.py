"""Who judges and how many marks are needed, in words."""

from __future__ import annotations

from razpis.engine.wording.rules import rules
from tests.engine.making import rulebook
from tests.engine.wording.ruling import lines

FORM = "fields: {name: {type: text, label: Naziv}}"


def test_how_many_marks_each_criterion_needs() -> None:
    def who(*criteria: str) -> list[str]:
        stated = ", ".join(f"c{at}: {{kind: marks, max: 5, {one}}}" for at, one in enumerate(criteria))
        found = rulebook(FORM, f"criteria: {{{stated}}}", "commission: {minimum_marks: 2}")
        told = lines(*rules(found, "sl", "councillor").parts)
        at = told.index("# Kdo ocenjuje")
        return told[at + 2 : told.index("# Objava rezultatov") - 1]

    each = "* Najmanjše število ocen za vsako od teh meril"
    assert who("title: A", "title: B, minimum_marks: 2") == [f"{each}: 2; sicer vloga ni ocenjena."]
    assert who("title: A, minimum_marks: 5", "title: B, minimum_marks: 5") == [f"{each}: 5; sicer vloga ni ocenjena."]
    assert who("title: A", "title: B, minimum_marks: 5") == [
        "* Najmanjše število ocen: A 2; B 5; sicer vloga ni ocenjena."
    ]
    agreed = "* Oceno določijo soglasno: B; sicer vloga ni ocenjena."
    assert who("title: A", "title: B, combine: agreed") == [
        "* Najmanjše število ocen: A 2; sicer vloga ni ocenjena.",
        agreed,
    ]
    assert who("title: B, combine: agreed") == [agreed]
