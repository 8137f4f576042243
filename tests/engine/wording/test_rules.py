"""The rules as a whole, for an applicant and for a councillor."""

from __future__ import annotations

import pytest

from razpis.engine.wording import Speaker
from razpis.engine.wording.rules import rules
from razpis.engine.wording.rules_form import conditions, form
from razpis.engine.wording.rules_points import order, points, thresholds
from tests.engine.making import rulebook
from tests.engine.wording.ruling import lines

SL, EN = Speaker("sl"), Speaker("en")
FORM = """
fields:
  name: {type: text, label: Naziv, max_length: 100}
  seat: {type: choice, label: Sedež, options: {mb: Maribor, el: drugje}, help: Po registru.}
  members: {type: integer, label: Člani, min: 1}
  local: {type: integer, label: Domači člani, min: 0, max: 5000}
  summary: {type: text, label: Opis, required: false, max_length: 600}
  requested: {type: euro, label: Zaprošeno}
  plan: {type: attachment, label: Načrt}
  costs: {type: table, label: Stroški, required: false, columns: {price: {type: euro, label: Cena}}}
  score: {type: decimal, label: Lanska ocena, filled_by: office}
derived: {share: {label: Delež, value: local / members * 100, unit: percent}}
"""
CONDITIONS = """
conditions:
  local: {text: {sl: Je domač, en: Is local}, test: share >= 30, article: {sl: 4. člen, en: Article 4}}
  formal: {text: Ima načrt, test: answered(plan), failing: dismissed, mendable: true}
"""
CRITERIA = """
sections: {quality: {title: Kakovost, max: 10, weight: 2}, reach: {title: Obseg}}
criteria:
  members: {kind: per_unit, title: Člani, value: members, points: 1, max: 5}
  need: {kind: marks, title: Potreba, max: 5, section: quality}
  local: {kind: per_unit, title: Domači, value: local, points: 1, max: 5, section: reach, applies: seat == 'mb'}
  idea: {kind: marks, title: Zamisel, max: 5, section: quality}
"""
MONEY = "budget: 1000\nallocation: {request: requested, limits: {half: {amount: share * 10}}}"


def test_conditions_for_the_applicant_and_for_others() -> None:
    found = rulebook(FORM, CONDITIONS)
    assert lines(conditions(SL, found, to_you=True)) == [
        "# Kdo lahko prejme sredstva",
        "Izpolniti morate vse pogoje. Vloga, ki kakšnega ne izpolni, se ne ocenjuje.",
        "* Je domač (4. člen). Sicer se vloga zavrne.",
        "* Ima načrt. Sicer se vloga zavrže. Pomanjkljivost lahko odpravite, ko vas k temu pozovemo.",
    ]
    assert lines(conditions(EN, found, to_you=False))[1:] == [
        "The applicant has to meet all conditions. An application that fails one is not scored.",
        "* Is local (Article 4). Otherwise the application is refused.",
        "* Ima načrt. Otherwise the application is dismissed. It may be mended when the applicant is called.",
    ]
    assert lines(conditions(SL, rulebook(FORM), to_you=True))[1:] == ["Posebnih pogojev ni."]


def test_what_to_prepare() -> None:
    ranking = "ranking: {keys: [points, {expression: share}]}"
    applicant = "call: {title: Z, reference: R, year: 2026, applicant: {name: name}}"
    found = rulebook(applicant, FORM, CONDITIONS, CRITERIA, ranking, MONEY)
    assert lines(form(SL, found)) == [
        "# Kaj pripravite",
        "Podatki:",
        "kaj | kako | obvezno | kje šteje",
        "Naziv | besedilo, do 100 znakov | da | –",
        "Sedež – Po registru. | ena možnost: Maribor; drugje | da | Domači",
        "Člani | celo število, najmanj 1 | da | pogoj; Člani; vrstni red; znesek",
        "Domači člani | celo število, najmanj 0, največ 5.000 | da | pogoj; Domači; vrstni red; znesek",
        "Opis | besedilo, do 600 znakov | ne | bere komisija",
        "Zaprošeno | znesek v evrih | da | znesek",
        "Stroški | tabela: Cena | ne | –",
        "Priloge:",
        "kaj | kako | obvezno | kje šteje",
        "Načrt | priloga | da | pogoj",
        "Vloga, v kateri manjka obvezen podatek ali priloga, je nepopolna.",
        "Izpolni občina: Lanska ocena.",
        "Iz teh podatkov se izračuna:",
        "* Delež = »Domači člani« / »Člani« × 100",
    ]


def test_a_form_of_papers_alone() -> None:
    found = rulebook("fields: {plan: {type: attachment, label: Načrt}}")
    assert lines(form(EN, found)) == [
        "# What to prepare",
        "Attachments:",
        "what | how | required | where it counts",
        "Načrt | attachment | yes | –",
        "An application without a required answer or attachment is incomplete.",
    ]
    dates = rulebook("fields: {since: {type: date, label: Od}}")
    assert lines(form(SL, dates))[1:4] == ["Podatki:", "kaj | kako | obvezno | kje šteje", "Od | datum | da | –"]


def test_points_stand_by_section_in_the_order_of_the_criteria() -> None:
    found = rulebook(FORM, CRITERIA, "total: {max: 20, factor: share / 100, round: 1}")
    told = lines(points(SL, found))
    assert told[:2] == [
        "# Kako nastanejo točke",
        "Točke vseh meril se seštejejo; skupaj jih je mogoče dobiti največ 20; vsota se pomnoži z: »Delež« / 100; vsota "
        "se zaokroži na 1 decimalko (polovica navzgor). Štejejo podatki, ki jih ugotovi komisija; če se razlikujejo od "
        "vaše navedbe, je v odločitvi zapisano, zakaj.",
    ]
    assert [line for line in told if line.startswith("#")][1:] == [
        "## Člani – do 5 točk",
        "## Kakovost – največ 10 točk",
        "### Potreba – do 5 točk",
        "### Zamisel – do 5 točk",
        "## Obseg",
        "### Domači – do 5 točk",
    ]
    assert told[told.index("## Kakovost – največ 10 točk") + 1] == "Utež sklopa: × 2."


def test_thresholds() -> None:
    found = rulebook(
        FORM,
        CRITERIA,
        """
        thresholds:
          - {of: total, at_least: 2, article: 12. člen}
          - {of: quality, more_than: 1}
          - {of: local, at_least: 3, applies: seat == 'mb'}
        """,
    )
    assert lines(thresholds(SL, found)) == [
        "# Koliko točk je treba doseči",
        "Sredstva lahko prejme le vloga, ki doseže vse prage:",
        "* vse točke skupaj: najmanj 2 točki (12. člen)",
        "* Kakovost: več kot 1 točko",
        "* Domači: najmanj 3 točke, če je pri podatku »Sedež« izbrano »Maribor«",
    ]
    assert lines(thresholds(EN, rulebook(FORM)))[1:] == ["There is no threshold."]


def test_the_order() -> None:
    keys = "ranking: {keys: [points, {section: quality}, {criterion: need}, {expression: share, order: lowest}, submitted_at, line, draw]}"
    assert lines(order(SL, rulebook(FORM, CRITERIA, keys))) == [
        "# Vrstni red in izenačenja",
        "Vloge se razvrstijo po teh ključih; naslednji odloča le, kadar so vsi prejšnji enaki:",
        "1. točke: več je bolje",
        "2. Kakovost: več je bolje",
        "3. Potreba: več je bolje",
        "4. Delež: manj je bolje",
        "5. prej oddana vloga",
        "6. zaporedna številka vloge: manj je bolje",
        "7. žreb, zapisan v zapisniku",
        "Dokler žreb ni zapisan, ostane izenačenje odprto.",
    ]
    late = "ranking: {keys: [{submitted_at: true, order: highest}], still_tied: shared}"
    assert lines(order(SL, rulebook(FORM, late)))[2:] == [
        "1. pozneje oddana vloga",
        "Če so vsi enaki, si vloge mesto delijo.",
    ]
    assert lines(order(EN, rulebook(FORM)))[-1] == "Where all are equal the order stays open until it is decided."


CALL = """
call:
  title: {sl: Javni razpis, en: Public call}
  reference: R-1
  year: 2026
  deadline: "2026-03-20 12:00"
  example: true
"""
DECISIONS = """
  decisions:
    act: sklep
    case: R-1
    first_document: 1
    date: "2026-05-18"
    publication: splet
    authority: {name: Občina, address: Ulica 1, email: a@b.si, place: Maribor}
    legal_basis: [21. člena zakona]
    procedure: [Postopek.]
    grant: {budget_line: "1", period: od maja do junija 2026, contract_days: 2}
    remedy: {kind: KIND, days: 1, lodged_with: občini, source: zakon}
    issued_by: {caption: Izdal, name: N, title: T}
    serve: [prijavitelju]
"""


def test_for_an_applicant() -> None:
    found = rules(rulebook(CALL, FORM, CONDITIONS, CRITERIA, MONEY), "sl", "ngo")
    assert (found.language, found.title, found.example) == ("sl", "Javni razpis", "Zgled, ni pravi razpis.")
    assert found.lead == (
        "Pravila razpisa R-1 za prijavitelje. Opis je narejen iz istih pravil, po katerih se vloge točkujejo in se deli "
        "denar; zavezuje besedilo razpisa.",
        "Rok za oddajo: petek, 20.\u00a0marec\u00a02026 ob\u00a012.00. Poznejše vloge se zavržejo.",
    )
    assert [part.title for part in found.parts] == [
        "Na kratko",
        "Kdo lahko prejme sredstva",
        "Kaj pripravite",
        "Kako nastanejo točke",
        "Koliko točk je treba doseči",
        "Vrstni red in izenačenja",
        "Kako se razdeli denar",
        "Objava rezultatov",
    ]
    assert found.source.startswith("Narejeno iz pravila.yaml, SHA-256 ")


def test_whose_names_are_published() -> None:
    told = lines(rules(rulebook(CALL, FORM), "sl", "ngo").parts[-1])
    assert told == [
        "# Objava rezultatov",
        "Objavijo se imena prejemnikov z dodeljenimi zneski; zavrnjene in zavržene vloge so navedene s številko.",
    ]
    everyone = CALL.strip("\n") + "\n  names_published: all\n"
    told = lines(rules(rulebook(everyone, FORM), "en", "councillor").parts[-2])
    assert told == [
        "# The published results",
        "All applicants are published by name, also those refused, with the amounts granted.",
    ]


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [("appeal", "Pritožba"), ("lawsuit", "Tožba v upravnem sporu")],
)
def test_what_follows_the_decision(kind: str, remedy: str) -> None:
    call = CALL.strip("\n") + "\n" + DECISIONS.strip("\n").replace("KIND", kind) + "\n"
    found = rules(rulebook(call, FORM), "sl", "ngo")
    assert lines(found.parts[-2]) == [
        "# Po odločitvi",
        "* Pogodbo podpišete v 2 dneh od prejema poziva k podpisu.",
        "* Sredstva so za obdobje od maja do junija 2026.",
        f"* {remedy} je mogoča v 1 dnevu od vročitve odločitve.",
    ]


def test_for_a_councillor_in_english() -> None:
    found = rules(
        rulebook(
            CALL, FORM, CONDITIONS, CRITERIA, "total: {max: 20}\ncommission: {minimum_marks: 2, members: [A, B]}", MONEY
        ),
        "en",
        "councillor",
    )
    assert found.title == "Public call"
    assert found.lead[0].startswith("The rules of the call R-1 for those who decide on them.")
    assert (
        found.lead[1]
        == "Applications are due by Friday, 20\u00a0March\u00a02026 at\u00a012:00. Later applications are dismissed."
    )
    told = lines(*found.parts)
    assert [line for line in told if line.startswith("# ")] == [
        "# In short",
        "# How the money is divided",
        "# What counts how much",
        "# How many points are needed",
        "# The order and ties",
        "# Who may get money",
        "# Who judges",
        "# The published results",
        "# What the check of the rules points out",
    ]


def test_what_counts_and_who_judges() -> None:
    rules_ = rulebook(
        FORM, CRITERIA, "total: {max: 20, round: 1}\ncommission: {minimum_marks: 2, members: [A, B]}", MONEY
    )
    told = lines(*rules(rules_, "sl", "councillor").parts)
    at = told.index("# Kaj koliko šteje")
    assert told[at + 1 : at + 9] == [
        "Dejanske uteži meril, v točkah in odstotkih:",
        "merilo | sámo prinese | delež | brez njega manj",
        "Člani | 5 | 25 % | 4",
        "Potreba | 10 | 50 % | 0",
        "Domači | 5 | 25 % | 5",
        "Zamisel | 10 | 50 % | 0",
        "* Kakovost: največ 10 točk",
        "* Skupaj: največ 20 točk",
    ]
    at = told.index("# Kdo ocenjuje")
    assert told[at + 1 : at + 5] == [
        "* Člani ocenjujejo: Potreba; Zamisel.",
        "* Najmanjše število ocen za vsako od teh meril: 2; sicer vloga ni ocenjena.",
        "* Člani: A, B.",
        "* Vse drugo se izračuna iz podatkov, ki jih komisija preveri. Ocena izločenega člana se ne upošteva.",
    ]
    assert told[-1].startswith("* vrstica ")


def test_rules_without_criteria_or_anything_to_point_out() -> None:
    found = rules(
        rulebook("fields: {name: {type: text, label: Naziv}}", "ranking: {still_tied: shared}"), "sl", "councillor"
    )
    assert (found.example, found.lead[1:]) == ("", ())
    told = lines(*found.parts)
    assert told[told.index("# Kaj koliko šteje") + 1] == "Meril ni."
    assert told[-2:] == ["# Na kaj opozarja pregled pravil", "Na nič: pravila se ujemajo sama s seboj."]
    alone = rulebook("fields: {name: {type: text, label: Naziv}}", "criteria: {it: {kind: marks, title: M, max: 5}}")
    who = lines(*rules(alone, "sl", "councillor").parts)
    assert who[who.index("# Kdo ocenjuje") + 3].startswith("* Vse drugo se izračuna")
