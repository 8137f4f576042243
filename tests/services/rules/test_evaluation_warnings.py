"""What an evaluation of files could not look at is told: times, applicants, points that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from razpis.engine.problems import Language
from razpis.services.rules import evaluating
from razpis.services.rules.evaluating import Inputs

CALL = "call: {title: Zgled, reference: R-1, year: 2026%s}\n"
DEADLINE = ', deadline: "2026-03-20 12:00"'
FORM = """\
fields:
  score: {type: integer, label: Točke vloge}
  requested: {type: euro, label: Zaprošeni znesek}
criteria:
  score: {kind: formula, title: Točke, points: score}
"""
MONEY = "budget: 100\nallocation: {request: requested}\n"
JUDGED = "  quality: {kind: marks, title: Kakovost, max: 10}\n"
PLACE = "vloge.csv:{}:1: opozorilo: "


def told(rules: str, applications: str, language: Language = "sl", marks: str = "") -> list[str]:
    """The warnings of an evaluation of these files."""
    Path("pravila.yaml").write_text(rules, "utf-8")
    Path("vloge.csv").write_text(applications, "utf-8")
    Path("ocene.csv").write_text(marks, "utf-8")
    inputs = Inputs(Path("pravila.yaml"), Path("vloge.csv"), Path("ocene.csv") if marks else None)
    return [one.line(language) for one in evaluating.run(inputs).warnings]


@pytest.fixture(autouse=True)
def _beside_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_nobody_knows_whether_a_deadline_was_kept() -> None:
    late = "; razpis ima rok, zato njihove pravočasnosti ni mogoče preveriti; izpolnite stolpec »submitted_at«"
    blank = "id,submitted_at,score,requested\nA,2026-03-20 11:00,5,10\nB,,5,10\nC,,5,10\n"
    without = "id,score,requested\nA,5,10\nB,5,10\n"
    rules = CALL % DEADLINE + FORM
    assert told(rules, blank) == [f"{PLACE.format(3)}vloge brez časa oddaje: B, C{late}"]
    assert told(rules, without) == [f"{PLACE.format(2)}vloge brez časa oddaje: A, B{late}"]
    assert told(rules, without, "en") == [
        "vloge.csv:2:1: warning: applications without a time of submission: A, B; the call has a deadline, and whether "
        "they kept it cannot be checked; fill in the column 'submitted_at'"
    ]
    assert told(CALL % "" + FORM, without) == []
    assert told(rules, "id,submitted_at,score,requested\nA,2026-03-20 11:00,5,10\n") == []


def test_an_applicant_nobody_named_may_have_any_number_of_applications() -> None:
    two = "conditions:\n  two: {text: Največ dve vlogi, test: nth <= 2}\n"
    derived = "derived:\n  nth: {label: Katera, value: applicant_number}\n"
    blank = "id,applicant,score,requested\nA,P-1,5,10\nB,,5,10\nC,,5,10\n"
    rules = CALL % "" + FORM + derived + two
    assert told(rules, blank) == [
        f"{PLACE.format(3)}vloge brez prijavitelja: B, C; vsaka šteje za edino vlogo svojega prijavitelja, zato to "
        "pravilo zanje ne pove ničesar: »Največ dve vlogi«; izpolnite stolpec »applicant«"
    ]
    assert told(rules, blank, "en") == [
        "vloge.csv:3:1: warning: applications without an applicant: B, C; each counts as the only one of its applicant, "
        "so this rule says nothing of them: 'Največ dve vlogi'; fill in the column 'applicant'"
    ]
    assert told(rules, "id,applicant,score,requested\nA,P-1,5,10\n") == []
    assert told(CALL % "" + FORM, blank) == []


def test_the_division_of_money_may_count_an_applicants_applications() -> None:
    shared = f"{MONEY[:-2]}, fill: proportional, fixed_part: 10 / applicant_applications}}\n"
    assert told(CALL % "" + FORM + shared, "id,score,requested\nA,5,10\n") == [
        f"{PLACE.format(2)}vloge brez prijavitelja: A; vsaka šteje za edino vlogo svojega prijavitelja, zato to pravilo "
        "zanje ne pove ničesar: »razdelitev sredstev«; izpolnite stolpec »applicant«"
    ]


def test_money_is_divided_without_those_that_are_not_scored() -> None:
    applications = "id,score,requested\nA,5,10\nB,5,10\n"
    marks = "application,member,criterion,points,reason\nB,Ana,quality,7,Dobro.\n"
    assert told(CALL % "" + FORM + JUDGED + MONEY, applications, marks=marks) == [
        f"{PLACE.format(2)}vloge, ki še nimajo vseh točk: A; vrstni red in delitev sta taka, kot da jih ni; pred "
        "predlogom sklepov dopolnite ocene"
    ]
    assert told(CALL % "" + FORM + JUDGED, applications) == [
        f"{PLACE.format(2)}vloge, ki še nimajo vseh točk: A, B; vrstni red je tak, kot da jih ni; dopolnite ocene"
    ]
    assert told(CALL % "" + FORM + JUDGED + MONEY, applications, "en", marks) == [
        "vloge.csv:2:1: warning: applications without all their points: A; the order and the division are as if they "
        "were not there; add the marks before decisions are proposed"
    ]


def test_only_the_first_of_many_are_named() -> None:
    many = "".join(f"V-{at},5,10\n" for at in range(1, 24))
    (line,) = told(CALL % DEADLINE + FORM, f"id,score,requested\n{many}")
    assert line.startswith(f"{PLACE.format(2)}vloge brez časa oddaje: V-1, V-2, ")
    assert "V-20 (in še 3); razpis" in line
