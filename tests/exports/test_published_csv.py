"""Published results as a spreadsheet: every column, exact points to six places, no formulas."""

from __future__ import annotations

import csv
import io

from razpis.exports.published_csv import HEADER, published_csv

CONTENT = {
    "call": {"sl": "Programi", "en": "Programmes", "reference": "R-1", "year": 2026},
    "budget": "1000.00",
    "awarded": "400.00",
    "final": True,
    "rulebook_sha256": "ab",
    "method": {"sl": ["Po vrsti.", "Na cent."], "en": []},
    "lots": [
        {"lot": "a", "title": {"sl": "Mladi", "en": "Young"}, "value_of_point": "32.87"},
        {"lot": "", "title": None},
    ],
    "lines": [
        {
            "number": 2,
            "place": 1,
            "recipient": "=Društvo Žarek",
            "programme": "Šola; tečaj",
            "lot": "a",
            "points": "94/3",
            "outcome": "granted",
            "requested": "400.00",
            "award": "400.00",
            "limit": {"sl": "zaprošeni znesek", "en": "request"},
            "decision": "R-1-7",
            "decided_on": "2026-03-04",
        },
        {
            "number": 1,
            "place": None,
            "recipient": "",
            "programme": "",
            "lot": "",
            "points": None,
            "outcome": "dismissed",
            "requested": None,
            "award": "0.00",
            "limit": {"sl": "", "en": ""},
            "decision": "",
            "decided_on": "",
        },
    ],
}
COMMON = [
    "R-1",
    "2026",
    "Programi",
    "1000.00",
    "400.00",
    "da",
    "3",
    "2026-03-05T10:00:00+01:00",
    "ab",
    "Po vrsti. Na cent.",
]


def test_one_row_an_application_each_with_its_call() -> None:
    words = {"granted": "odobreno", "dismissed": "zavrženo"}
    made = published_csv(CONTENT, words, 3, "2026-03-05T10:00:00+01:00")
    assert made.startswith("\ufeffplace,application".encode())
    assert list(csv.reader(io.StringIO(made.decode("utf-8-sig")))) == [
        list(HEADER),
        [
            *("1", "2", "'=Društvo Žarek", "Šola; tečaj", "Mladi", "31.333333", "odobreno", "400.00", "400.00"),
            *("zaprošeni znesek", "R-1-7", "2026-03-04", *COMMON, "32.87"),
        ],
        ["", "1", "", "", "", "", "zavrženo", "", "0.00", "", "", "", *COMMON, ""],
    ]
