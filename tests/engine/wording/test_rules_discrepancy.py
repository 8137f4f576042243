"""Marks and sums of marks too far apart, told as a rule and at an application."""

from __future__ import annotations

import pytest

from razpis.engine.cases import Mark
from razpis.engine.problems import Language
from razpis.engine.wording import Speaker
from razpis.engine.wording.rules_points import points
from tests.engine.making import rulebook
from tests.engine.wording.ruling import lines
from tests.engine.wording.telling import told

FORM = """
fields: {name: {type: text, label: Naziv, required: false}}
sections: {content: {title: {sl: Vsebina, en: Content}}}
criteria:
  it: {kind: marks, title: {sl: Merilo, en: Criterion}, max: 50, section: content}
"""


@pytest.mark.parametrize(
    ("stated", "slovenian", "english"),
    [
        (
            "points: 30, then: further_member",
            "Če se seštevki ocen članov razlikujejo več kot za 30 točk, oceni še en član in štejejo ocene dveh članov "
            "z najbližjima seštevkoma.",
            "Where the sums of the members' marks differ by more than 30 points, one more member marks and the marks "
            "of the two members with the closest sums count.",
        ),
        (
            "percent: 30, of: content, bound: at_least, unless_below: 60, then: agreed",
            "Če se seštevki ocen članov v sklopu »Vsebina« razlikujejo za najmanj 30 % višjega seštevka (razen če so "
            "vsi pod mejo 60 točk), člani ocene določijo soglasno.",
            "Where the sums of the members' marks in 'Content' differ by at least 30% of the higher sum (unless all "
            "are below 60 points), the members agree on the marks.",
        ),
    ],
)
def test_the_rule(stated: str, slovenian: str, english: str) -> None:
    rules = rulebook(FORM, f"commission: {{discrepancies: [{{{stated}}}]}}")
    for language, text in (("sl", slovenian), ("en", english)):
        assert lines(points(Speaker("sl" if language == "sl" else "en"), rules))[2] == text


GIVEN = (Mark("Ana", 10, "a"), Mark("Bor", 50, "b"))


@pytest.mark.parametrize(
    ("of", "language", "sentence"),
    [
        (
            "total",
            "sl",
            "Merilo: seštevki ocen članov (50; 10) se preveč razhajajo; potrebna je ocena še enega člana → točke še "
            "niso določene",
        ),
        (
            "content",
            "en",
            "Criterion: the members' sums in 'Content' (50; 10) are too far apart; one more member has to mark → no "
            "points yet",
        ),
    ],
)
def test_an_application_that_waits(of: str, language: Language, sentence: str) -> None:
    rules = rulebook(FORM, f"commission: {{discrepancies: [{{points: 5, of: {of}, then: further_member}}]}}")
    assert told(rules, {("a", "it"): GIVEN}, language).criteria[0].sentence == sentence


def test_an_application_settled_by_the_closest_sums() -> None:
    rules = rulebook(FORM, "commission: {discrepancies: [{points: 5, then: further_member}]}")
    found = {("a", "it"): (*GIVEN, Mark("Cene", 16, "c"))}
    assert told(rules, found, "sl").criteria[0].sentence.replace("\u00a0", " ") == (
        "Merilo: ocene 10; 50; 16: štejejo ocene članov z najbližjima seštevkoma (10; 16), povprečje 13 → 13 od 50 točk"
    )
    assert told(rules, found, "en").criteria[0].sentence.replace("\u00a0", " ") == (
        "Criterion: marks 10; 50; 16: the members with the closest sums (10; 16), mean 13 → 13 of 50 points"
    )
