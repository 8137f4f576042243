"""A party inspects its own file: everything of its own matter, nothing of the others, no names of members."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.services.decisions import file_inspection
from razpis.services.errors import Forbidden, Missing, Refused
from razpis.services.proposing import proposals, runs
from tests import marking_made as made
from tests.databases import Clock
from tests.marking_made import key, person


def decided(clock: Clock) -> made.Made:
    """A call whose proposal is accepted, inside an application context."""
    call = made.scoring(clock)
    made.locked(clock, call, made.GOOD)
    president = person(clock, call.president)
    made.meeting(clock, call)
    number = proposals.prepare(president, call.call, runs.compute(president, call.call, clock()), clock())
    for who in call.voters:
        proposals.sign(person(clock, who), call.call, number, "", clock())
    proposals.submit(president, call.call, number, clock())
    proposals.accept(person(clock, call.signatory), call.call, number, clock())
    return call


def test_a_party_sees_its_points_reasons_and_place_and_nobody_elses_data(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = decided(clock)
        found = file_inspection.own(person(clock, call.applicants[1]), key(1), clock())
        assert found.application.id == call.applications[1]
        assert (found.line["points"], found.line["outcome"], found.line["award"]) == ("43.5", "granted", "3000.00")
        assert [(one.place, one.points, one.own) for one in found.order] == [
            (1, "56", False),
            (2, "43.5", True),
            (None, "22", False),
        ]
        quality = next(one for one in found.line["criteria"] if one["key"] == "quality")
        assert [(one["member"], one["points"]) for one in quality["basis"]["marks"]] == [
            ("1", "15"),
            ("2", "15.5"),
            ("3", "16"),
        ]
        told = json.dumps([found.line, found.explanation, [repr(one) for one in found.order]], ensure_ascii=False)
        strangers = ("Petra", "Marko", "Mojca", "Društvo 0", "Društvo 2", "Vloga 1,", "Vloga 3,", key(0), key(2))
        assert [words for words in strangers if words in told] == []
        assert "Vloga 2, quality: utemeljitev člana 1." in told
        assert all(check["ok"] for check in found.checks)
        assert [one.receipt for one in found.filings] == ["P-0002"]


def test_anothers_file_is_missing_and_nobody_sees_one_before_the_decision(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = decided(clock)
        with pytest.raises(Missing):
            file_inspection.own(person(clock, call.applicants[0]), key(1), clock())
        with pytest.raises(Missing):
            file_inspection.for_official(person(clock, call.officer), "ni", clock())
        for who in (call.members[0], call.registry, call.applicants[0]):
            with pytest.raises(Forbidden):
                file_inspection.for_official(person(clock, who), key(1), clock())
        assert file_inspection.for_official(person(clock, call.officer), key(1), clock()).line["place"] == 2


def test_drafts_are_not_inspected(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        assert db.session.get_one(Application, call.applications[0]).state.value == "scored"
        with pytest.raises(Refused, match="ko je predlog komisije sprejet"):
            file_inspection.own(person(clock, call.applicants[0]), key(0), clock())
