import re
from pathlib import Path

from razpis.documents.decision import Act, Outcome
from razpis.documents.decision_text import PLAN, operative_file, placeholder_values
from razpis.documents.legal_text import LegalTexts
from tests.documents.factories import decision, varied


def readme(text_folder: Path) -> str:
    return (text_folder.parent / "README.md").read_text(encoding="utf-8")


def test_readme_explains_exactly_the_placeholders_there_are(text_folder):
    explained = set(re.findall(r"^\| `\{(\w+)\}` \|", readme(text_folder), re.M))
    assert explained == PLAN.placeholders


def test_readme_names_every_file(text_folder):
    named = set(re.findall(r"`(\w+)`", readme(text_folder)))
    assert PLAN.files | {"oznake"} <= named
    assert {file.stem for file in text_folder.glob("*.txt")} == PLAN.files | {"oznake"}


def test_values_are_always_known_placeholders():
    for made in varied(36):
        assert placeholder_values(made).keys() <= PLAN.placeholders


def test_less_than_asked_is_a_partial_grant_whatever_the_outcome_is_called():
    assert operative_file(decision(Outcome.GRANTED, requested=100, awarded=100)) == "izrek_ugoditev"
    assert operative_file(decision(Outcome.GRANTED, requested=100, awarded=99, refusal_reasons=("Ker.",))) == (
        "izrek_delna_ugoditev"
    )
    assert operative_file(decision(Outcome.PART)) == "izrek_delna_ugoditev"
    for outcome in (Outcome.BELOW_THRESHOLD, Outcome.NO_MONEY, Outcome.CONDITION_FAILED):
        assert operative_file(decision(outcome)) == "izrek_zavrnitev"
    assert operative_file(decision(Outcome.DISMISSED)) == "izrek_zavrzenje"


def operative(texts: LegalTexts, **changes) -> list[str]:
    made = decision(**changes)
    return [block.plain for block in texts.blocks(operative_file(made), placeholder_values(made))]


def test_the_operative_part_refuses_the_rest_by_name(texts):
    points = operative(texts, outcome=Outcome.PART, requested=200_000, awarded=50_050)
    assert points[1].startswith("Prijavitelju se za izvedbo programa dodelijo sredstva v višini 500,50\u00a0EUR.")
    assert points[2] == (
        "V preostalem delu, to je za 1.499,50\u00a0EUR od zaprošenih 2.000,00\u00a0EUR, se vloga zavrne."
    )


def test_a_full_grant_refuses_nothing(texts):
    points = operative(texts, requested=100, awarded=100)
    assert len(points) == 4
    assert not any("zavrne" in point for point in points)


def test_refusal_and_dismissal_decide_the_whole_application(texts):
    refused = operative(texts, outcome=Outcome.NO_MONEY, requested=100)
    assert refused[0].endswith("s katero je prijavitelj zaprosil za 1,00\u00a0EUR, se zavrne.")
    assert operative(texts, outcome=Outcome.DISMISSED)[0].endswith("se zavrže.")
    assert refused[-1] == "V tem postopku posebni stroški niso nastali."


def test_the_name_of_the_act_has_its_gender(texts):
    for act, words in ((Act.SKLEP, "Zoper ta sklep"), (Act.ODLOCBA, "Zoper to odločbo")):
        values = placeholder_values(decision(act=act))
        assert texts.blocks("pouk_tozba", values)[1].plain.startswith(words)
