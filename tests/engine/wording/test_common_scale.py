"""A common scale in words: in the rules and in the reasons for points."""

from __future__ import annotations

import pytest

from razpis.engine.problems import Language
from razpis.engine.wording import explain
from razpis.engine.wording.rules_criteria import criterion
from razpis.engine.wording.speaker import Speaker
from tests.engine.making import by_id
from tests.engine.scoring.test_common_scale import THREE, call, marked
from tests.engine.wording.ruling import lines


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("sl", "Kakovost: ocene 6; 9, na skupni lestvici 8; 7: povprečje 7,5 → 7,5 od 10 točk"),
        ("en", "Kakovost: marks 6; 9, on the common scale 8; 7: mean 7.5 → 7.5 of 10 points"),
    ],
)
def test_the_reasons_show_both(language: Language, sentence: str) -> None:
    found = marked(call("by: mean"), THREE)
    told = explain(found, by_id(found)["a"], language).criteria[0].sentence
    assert told.replace("\u00a0", " ") == sentence


@pytest.mark.parametrize(
    ("scale", "language", "told"),
    [
        (
            "by: mean",
            "sl",
            ". Pred tem se ocene vsakega člana premaknejo na povprečje vseh ocen v sklopu, če je njegovih ocen vsaj 2; "
            "preračunana ocena ostane na lestvici.",
        ),
        (
            "by: spread, among: call, least: 5",
            "en",
            ". Before that each member's marks are shifted to the mean of all marks in the call and stretched to their "
            "mean distance from it, where it gave at least 5; a mark so computed stays within the scale.",
        ),
    ],
)
def test_the_rules_say_how(scale: str, language: Language, told: str) -> None:
    rules = call(scale)
    (text,) = (
        line
        for line in lines(criterion(Speaker(language), rules, rules.criteria[0]))
        if "član" in line or "member" in line
    )
    assert told in text
