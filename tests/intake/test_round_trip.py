"""Whatever is written as CSV, JSON or XLSX in one of the allowed ways is read back as the same value."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.money import fixed
from razpis.intake.values import composed
from tests.intake.factories import applications, rulebook
from tests.intake.workbooks import saved, workbook

ID = st.from_regex(r"[A-Z]{1,3}-[0-9]{1,4}", fullmatch=True)
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cn"), exclude_characters=TURNS)
TEXT = st.text(SIGNS | st.sampled_from("\n\t\"',;|= ")).map(lambda text: composed(text).strip()[:40].strip())
CENTS = st.integers(10_000, 500_050)
SHARE = st.decimals(-1000, 1000, places=6)
DAY = st.dates(datetime.date(1900, 3, 1), datetime.date(2999, 12, 31))
GROUPS = st.lists(st.sampled_from(["old", "young", "ill"]), unique=True, min_size=1)
ANSWERS = st.fixed_dictionaries(
    {
        "name": TEXT,
        "members": st.integers(1, 500),
        "share": SHARE,
        "requested": CENTS,
        "founded": DAY,
        "humanitarian": st.booleans(),
        "area": st.sampled_from(["social", "health"]),
        "groups": GROUPS,
    }
)
ROWS = st.dictionaries(ID, ANSWERS, max_size=5)


def grouped(cents: int) -> str:
    """``1.234,50``."""
    euros = fixed(Fraction(cents, 100), 2)
    whole, decimals = euros.split(".")
    return f"{int(whole):,}".replace(",", ".") + f",{decimals}"


SPELLINGS: dict[str, list[Callable[[Any], str]]] = {
    "requested": [lambda cents: fixed(Fraction(cents, 100), 2), grouped, lambda cents: f"{grouped(cents)} EUR"],
    "share": [lambda share: f"{share:f}", lambda share: f"{share:f}".replace(".", ",")],
    "founded": [datetime.date.isoformat, lambda day: f"{day.day}. {day.month}. {day.year}"],
    "humanitarian": [lambda yes: "da" if yes else "ne", lambda yes: "TRUE" if yes else "FALSE"],
    "area": [str, lambda key: {"social": "Socialno varstvo", "health": "Zdravje"}[key]],
    "groups": ["|".join, " | ".join],
}


def meant(answers: Mapping[str, object]) -> dict[str, object]:
    """The claims that these answers are."""
    said = dict(answers) | {"own": None, "statute": None}
    said["name"] = answers["name"] or None
    said["share"] = Fraction(str(answers["share"]))
    said["requested"] = Fraction(int(str(answers["requested"])), 100)
    said["groups"] = tuple(answers["groups"])  # type: ignore[arg-type]
    return said


def read_back(content: str | bytes, name: str) -> dict[str, dict[str, object]]:
    return {case.id: dict(case.claims) for case in applications(content, rulebook(), name).value}


@given(ROWS, st.sampled_from(",;"), st.integers(0, 5), st.sampled_from(["utf-8", "utf-8-sig"]), st.booleans())
def test_csv(rows: dict[str, dict], separator: str, spelling: int, encoding: str, windows_lines: bool) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n" if windows_lines else "\n")
    writer.writerow(["id", *ANSWERS_KEYS])
    for id_, answers in rows.items():
        cells = [SPELLINGS.get(key, [str]) for key in ANSWERS_KEYS]
        writer.writerow(
            [id_, *(ways[spelling % len(ways)](answers[key]) for key, ways in zip(ANSWERS_KEYS, cells, strict=True))]
        )
    found = read_back(out.getvalue().encode(encoding), "v.csv")
    assert found == {id_: meant(answers) for id_, answers in rows.items()}


ANSWERS_KEYS = ["name", "members", "share", "requested", "founded", "humanitarian", "area", "groups"]


@given(ROWS, st.booleans(), st.booleans())
def test_json(rows: dict[str, dict], wrapped: bool, escaped: bool) -> None:
    objects = [
        {"id": id_}
        | answers
        | {
            "share": f"<{answers['share']:f}>",
            "requested": f"<{fixed(Fraction(answers['requested'], 100), 2)}>",
            "founded": answers["founded"].isoformat(),
        }
        for id_, answers in rows.items()
    ]
    text = json.dumps({"applications": objects} if wrapped else objects, ensure_ascii=escaped, indent=1)
    # Numbers with decimals are written without quotes, as no float could write them.
    for one in objects:
        for key in ("share", "requested"):
            text = text.replace(f'"{one[key]}"', one[key][1:-1])
    assert read_back(text, "v.json") == {id_: meant(answers) for id_, answers in rows.items()}


@given(st.dictionaries(ID, ANSWERS, max_size=3))
def test_xlsx(rows: dict[str, dict]) -> None:
    lines = [
        [
            id_,
            answers["name"].replace("=", "≡"),
            answers["members"],
            float(answers["share"]),
            answers["requested"] / 100,
            answers["founded"],
            answers["humanitarian"],
            answers["area"],
            "|".join(answers["groups"]),
        ]
        for id_, answers in rows.items()
    ]
    content = saved(workbook(Vloge=[["id", *ANSWERS_KEYS], *lines]))
    expected = {id_: meant(answers | {"name": answers["name"].replace("=", "≡")}) for id_, answers in rows.items()}
    assert read_back(content, "v.xlsx") == expected


@given(st.decimals(-(10**6), 10**6, places=8))
def test_a_number_typed_into_a_spreadsheet_stays_that_number(number: Decimal) -> None:
    content = saved(
        workbook(Vloge=[["id", "name", "members", "requested", "share"], ["V1", "a", 1, 100, float(number)]])
    )
    assert read_back(content, "v.xlsx")["V1"]["share"] == Fraction(str(number))
