"""The request to supplement as it is printed and served: whole, for whoever serves it, and for nobody else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.journal import Reading
from razpis.procedure.serving import Manner
from razpis.services.decisions import papers_served
from razpis.services.errors import Forbidden, Missing
from razpis.services.examination import checks, serving, supplements
from razpis.services.examination.serving import Papers
from razpis.services.files import Store
from tests import commission_made as made
from tests import decisions_made
from tests.commission_made import Made, act_as, supplement_page
from tests.databases import Clock
from tests.documents.reading import page_text

ASKED = {"members": "Število ni izpolnjeno.", "letter": "Pismo ni podpisano; vložite podpisano."}


def asked(clock: Clock) -> tuple[Made, int]:
    """A call with one application asked to mend two things, and the number of the request."""
    call = made.checking(clock, 1, rules=decisions_made.RULES)
    president = act_as(clock, call.president)
    checks.entitled(president, call.applications[0], True, "", "4. člen", clock())
    supplements.ask(president, call.applications[0], ASKED, clock(), supplement_page)
    (request,) = supplements.requests_of(call.applications[0])
    return call, request.id


def printed(clock: Clock, who: int, request: int) -> tuple[str, str]:
    """The name of the file, and its text with single spaces."""
    name, pdf = papers_served.request(act_as(clock, who), request, clock())
    return name, " ".join(page_text(pdf).split())


def test_it_names_whom_it_asks_for_what_and_until_when(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, request = asked(clock)
        name, text = printed(clock, call.registry, request)
        assert name == "supplement_request-41001-7-2026-1.pdf"
        for words in (
            "POZIV K DOPOLNITVI",
            "Društvo 0",
            "Zgledna 1, 2000 Maribor",
            "vloge št. 1 na javni razpis »Programi pomoči«",
            "Število članov",
            "Število ni izpolnjeno.",
            "Pismo podpore",
            "Pismo ni podpisano; vložite podpisano.",
            "od vročitve tega poziva",
            "bo zavržena",
            "K dopolnitvi pozovemo enkrat.",
        ):
            assert words in text
        assert "rok se izteče" not in text
        assert printed(clock, call.officer, request) == (name, text)


def test_once_served_it_says_when_the_period_ends(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call, request = asked(clock)
        day = clock().date()
        papers = Papers(Manner.POST, "Zgledna 1", day, None, day + timedelta(days=1))
        clock.forward(days=2)
        serving.record(act_as(clock, call.registry), request, papers, clock(), Store(tmp_path / "files"))
        _, text = printed(clock, call.registry, request)
        assert "Poziv vam je bil vročen 5. 3. 2026; rok se izteče 13. 3. 2026 ob 24. uri." in text


def test_who_does_not_serve_it_does_not_print_it_and_who_does_is_noted(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, request = asked(clock)
        for who in (call.president, call.members[0], call.signatory, call.applicants[0]):
            with pytest.raises(Forbidden):
                printed(clock, who, request)
        with pytest.raises(Missing):
            printed(clock, call.registry, request + 1)
        printed(clock, call.registry, request)
        noted = db.session.scalars(select(Reading).where(Reading.purpose == "application.paper")).all()
        assert [(one.user_id, one.subject_id) for one in noted] == [(call.registry, call.applications[0])]
