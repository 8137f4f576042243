"""The reasons, arranged and not changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from razpis.services.rules.results import Results, load
from razpis.web.public.reasons import groups, why
from tests.web import calls


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return load(calls.written(tmp_path_factory.mktemp("reasons"), calls.rank()))


def test_the_list_says_in_a_line_what_gave_the_amount(results: Results) -> None:
    for id_, amount in (("V1", "3.500,00\u00a0EUR: "), ("V2", "4.000,00\u00a0EUR: "), ("V4", "0,00\u00a0EUR: ")):
        line = results.line(id_)
        assert line is not None
        whole = line.explanation["sl"].amount[-1]
        assert whole.startswith(amount)
        told = whole.removeprefix(amount)
        assert why(line, "sl") == told[0].upper() + told[1:]


def test_what_is_not_decided_yet_is_told_whole(results: Results) -> None:
    tied, waiting = results.line("S2"), results.line("V8")
    assert tied is not None
    assert waiting is not None
    assert why(tied, "en") == tied.explanation["en"].amount[-1]
    assert why(waiting, "en") == waiting.explanation["en"].summary


def test_the_list_gives_the_reasons_of_a_refusal_as_they_are_stored(results: Results) -> None:
    for id_ in ("V5 #1?", "V6", "V7"):
        line = results.line(id_)
        assert line is not None
        assert [why(line, "sl")] == list(line.explanation["sl"].refusal)


def test_criteria_stand_under_their_sections(results: Results) -> None:
    line = results.line("V1")
    assert line is not None
    told = line.explanation["sl"]
    loose = told.criteria[0]._replace(key="loose", section="")
    grouped = groups(replace(told, criteria=(loose, *reversed(told.criteria))))
    assert [(group.section and group.section.key, [one.key for one in group.criteria]) for group in grouped] == [
        ("organisation", ["members"]),
        ("programme", ["quality"]),
        (None, ["loose"]),
    ]


def test_criteria_without_sections_are_one_group(tmp_path: Path) -> None:
    line = load(calls.written(tmp_path, calls.order())).line("N2")
    assert line is not None
    (group,) = groups(line.explanation["sl"])
    assert (group.section, [one.key for one in group.criteria]) == (None, ["hours"])
