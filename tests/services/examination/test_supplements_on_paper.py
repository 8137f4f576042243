"""Supplements on paper: in time by posting or arrival, typed in by the registry, late ones noted and not counted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.checking import SupplementAnswer
from razpis.models.journal import Event
from razpis.procedure.checking import Aspect
from razpis.procedure.deadlines import Channel
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.examination import checks, established, supplements, supplements_on_paper
from razpis.services.examination.supplementing import Sent
from razpis.services.examination.supplements_on_paper import Arrival
from razpis.services.files import Store
from razpis.services.organisations.mandates import Upload
from tests.commission_made import Made, act_as
from tests.databases import Clock
from tests.services.examination import test_supplements as made

ENDS = date(2026, 3, 16)
POST, LETTER, DESK = Channel.REGISTERED_POST, Channel.ORDINARY_POST, Channel.IN_PERSON


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "files")


def asked(clock: Clock, store: Store) -> Made:
    """The first application asked; served on Friday, 6 March, so that the eight days end on Monday, 16 March."""
    call = made.asked(clock, 1)
    clock.at = datetime(2026, 3, 9, 9, tzinfo=UTC)
    made.serve(call, clock, store, dispatched_on=date(2026, 3, 5), delivered_on=date(2026, 3, 6))
    assert made.standing(call, clock).ends == ENDS
    return call


def arrives(clock: Clock, channel: Channel, on: date, posted: date | None = None, hour: int = 9) -> Arrival:
    """It comes on that day, and the clock stands an hour later."""
    at = datetime(on.year, on.month, on.day, hour, tzinfo=UTC)
    clock.at = at.replace(hour=hour + 1)
    return Arrival(channel, posted, at)


def enter(
    call: Made, clock: Clock, store: Store, arrival: Arrival, sent: Sent | None = None
) -> SupplementAnswer | None:
    request = supplements.requests_of(call.applications[0])[-1]
    sent = sent or Sent(typed={"members": "44"})
    return supplements_on_paper.enter(act_as(clock, call.registry), request.id, arrival, sent, clock(), store)


def test_registered_post_counts_by_the_day_of_posting_though_the_clock_has_lapsed_it(
    app: Flask, clock: Clock, store: Store
) -> None:
    with app.app_context():
        call = asked(clock, store)
        arrival = arrives(clock, POST, date(2026, 3, 19), posted=ENDS)
        assert supplements.lapse_due(clock()) == 1
        assert made.state(call) is ApplicationState.INCOMPLETE
        filed = enter(call, clock, store, arrival, Sent({"members": "44"}, {"letter": [Upload("p.pdf", made.PDF)]}))
        assert filed is not None
        assert (filed.channel, filed.posted_on, filed.number) == (POST, ENDS, 1)
        assert (filed.content["answers"], filed.before["answers"]) == ({"members": "44"}, {"members": "40"})
        assert made.state(call) is ApplicationState.SUPPLEMENTING
        assert established.contents(call.applications[0]).answers["members"] == "44"
        checks.complete(act_as(clock, call.president), call.applications[0], clock())
        assert made.state(call) is ApplicationState.COMPLETE
        event = db.session.scalars(select(Event).where(Event.action == "supplement.enter")).one()
        assert (event.after["posted"], event.after["fields"]) == ("2026-03-16", ["letter", "members"])


@pytest.mark.parametrize(
    ("channel", "on", "posted", "hour", "counts"),
    [
        (POST, date(2026, 3, 19), date(2026, 3, 17), 9, False),
        (LETTER, date(2026, 3, 16), None, 9, True),
        (LETTER, date(2026, 3, 17), date(2026, 3, 12), 9, False),
        (DESK, date(2026, 3, 16), None, 22, True),  # 23.00 in Ljubljana
        (DESK, date(2026, 3, 17), None, 0, False),  # 1.00 in Ljubljana of the next day
    ],
)
def test_all_else_counts_by_its_arrival(
    app: Flask, clock: Clock, store: Store, channel: Channel, on: date, posted: date | None, hour: int, counts: bool
) -> None:
    with app.app_context():
        call = asked(clock, store)
        assert (enter(call, clock, store, arrives(clock, channel, on, posted, hour)) is not None) == counts
        expected = ApplicationState.SUPPLEMENTING if counts else ApplicationState.INCOMPLETE
        assert made.state(call) is expected


def test_what_came_late_is_noted_and_says_why_in_the_check(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock, store)
        assert enter(call, clock, store, arrives(clock, LETTER, date(2026, 3, 18))) is None
        ground = checks.of_application(call.applications[0])[Aspect.COMPLETE].ground
        assert ground.endswith("dopolnitev je prispela šele 18. 3. 2026 ob 10.00")
        assert enter(call, clock, store, arrives(clock, POST, date(2026, 3, 19), date(2026, 3, 18))) is None
        events = db.session.scalars(select(Event).where(Event.action == "supplement.late").order_by(Event.number))
        assert [(one.before["state"], one.after["channel"]) for one in events] == [
            ("supplementing", "ordinary_post"),
            ("incomplete", "registered_post"),
        ]
        assert db.session.scalars(select(SupplementAnswer)).all() == []


def test_a_later_filing_on_the_portal_is_not_replaced_by_an_older_letter(
    app: Flask, clock: Clock, store: Store
) -> None:
    with app.app_context():
        call = asked(clock, store)
        clock.at = datetime(2026, 3, 12, 9, tzinfo=UTC)
        made.answer(call, clock, store, members="45")
        with pytest.raises(Refused, match="velja zadnja v roku"):
            enter(call, clock, store, arrives(clock, POST, date(2026, 3, 13), date(2026, 3, 11)))
        filed = enter(call, clock, store, arrives(clock, POST, date(2026, 3, 17), date(2026, 3, 13)))
        assert filed is not None and (filed.number, filed.content["answers"]) == (2, {"members": "44"})


@pytest.mark.parametrize(
    ("arrival", "field"),
    [
        (Arrival(POST, None, datetime(2026, 3, 9, 8, tzinfo=UTC)), "posted_on"),
        (Arrival(POST, date(2026, 3, 10), datetime(2026, 3, 9, 8, tzinfo=UTC)), "posted_on"),
        (Arrival(POST, date(2026, 3, 1), datetime(2026, 3, 9, 8, tzinfo=UTC)), "posted_on"),
        (Arrival(DESK, None, datetime(2026, 3, 9, 10, tzinfo=UTC)), "arrived_on"),
        (Arrival(DESK, None, datetime(2026, 3, 1, 8, tzinfo=UTC)), "arrived_on"),
    ],
)
def test_days_that_cannot_be(app: Flask, clock: Clock, store: Store, arrival: Arrival, field: str) -> None:
    with app.app_context():
        call = asked(clock, store)
        with pytest.raises(Invalid) as wrong:
            enter(call, clock, store, arrival)
        assert list(wrong.value.fields) == [field]


def test_only_what_was_asked_is_typed_in_and_something_must_be(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock, store)
        arrival = arrives(clock, DESK, date(2026, 3, 10))
        for sent in (Sent({"programme": "Drug program"}), Sent({"members": "40"})):
            with pytest.raises(Invalid):
                enter(call, clock, store, arrival, sent)


def test_after_the_check_nothing_is_entered_and_only_by_the_registry(app: Flask, clock: Clock, store: Store) -> None:
    with app.app_context():
        call = asked(clock, store)
        request = supplements.requests_of(call.applications[0])[-1].id
        registry = act_as(clock, call.registry)
        assert [one.id for one in supplements_on_paper.waiting(registry)] == [request]
        assert supplements_on_paper.page(registry, request, clock()).requests[-1].ends == ENDS
        with pytest.raises(Missing):
            supplements_on_paper.page(registry, request + 1, clock())
        arrival = arrives(clock, DESK, date(2026, 3, 10))
        for who in (call.officer, call.president, call.applicants[0]):
            with pytest.raises(Forbidden):
                supplements_on_paper.enter(act_as(clock, who), request, arrival, Sent(), clock(), store)
        checks.locked(act_as(clock, call.president), call.applications[0], clock()).call.state = CallState.SCORING
        db.session.commit()
        with pytest.raises(Refused, match="predstojnik"):
            enter(call, clock, store, arrival)
        assert supplements_on_paper.waiting(registry) == []
