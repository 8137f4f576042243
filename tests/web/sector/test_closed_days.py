"""A deadline on a day on which the office is closed: told wherever the deadline can still be thought over, never moved."""

from __future__ import annotations

from datetime import date

from flask import Flask

from razpis.models.base import db
from razpis.procedure.deadlines import local_time
from razpis.services.calls import office_days, publishing, readiness
from tests.databases import Clock
from tests.people import signed_in
from tests.services import call_making as making
from tests.web.page import Page

WARNING = "Rok za prijavo 20. 3. 2026 je na dan, ko organ ne posluje. Rok se ne premakne:"
DAY = date(2026, 3, 20)


def test_a_deadline_on_a_closed_day_is_told_until_it_passes_and_stops_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.confirmed(officer, signer, clock)
        office_days.close(officer, DAY, "Kolektivni dopust, sklep 2026-4", clock())
        db.session.remove()
    client, address = signed_in(app, "skrbnica@zgled.si"), f"/vodenje/razpisi/{call_id}"
    pages = [f"{address}{step}" for step in ("", "/objava", "/podatki")]
    assert [WARNING in Page(client.get(one).text).text for one in pages] == [True, True, False]
    assert "1 dan, ko organ ne posluje" in Page(client.get(pages[2]).text).text
    with app.app_context():
        publishing.publish(officer, call_id, making.revision(call_id), clock())
        assert making.call(call_id).deadline == making.DEADLINE
        db.session.remove()
    assert WARNING in Page(client.get(address).text).text
    assert (
        "1 dan, ko organ ne posluje petek, 20. marec 2026 Kolektivni dopust"
        in Page(client.get(f"{address}/sprememba").text).text
    )
    listed = Page(client.get("/koledar-organa/").text).text
    assert f"Ta dan se izteče rok za prijavo in se ne premakne: {reference(app, call_id)}" in listed
    clock.at = making.DEADLINE.replace(day=21)
    assert WARNING not in Page(client.get(address).text).text


def reference(app: Flask, call_id: int) -> str:
    with app.app_context():
        return making.call(call_id).reference


def test_other_closed_days_and_no_deadline_are_not_told(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = making.draft(officer, clock)
        office_days.close(officer, date(2026, 3, 19), "Kolektivni dopust, sklep 2026-4", clock())
        call = making.call(call_id)
        assert readiness.warnings(call) == ()
        assert [one.day for one in office_days.ahead(clock())] == [date(2026, 3, 19)]
        office_days.close(officer, DAY, "Kolektivni dopust, sklep 2026-4", clock())
        assert [one.sl.startswith(WARNING) for one in readiness.warnings(call)] == [True]
        assert office_days.deadlines(officer, clock()) == {DAY: [call.reference]}
        assert office_days.deadlines(officer, making.DEADLINE) == {}
        until = readiness.publishable_until(call)
        assert until is not None
        assert local_time(until).isoformat() == "2026-03-05T23:59:00+01:00"
        call.deadline = None
        assert (readiness.warnings(call), readiness.publishable_until(call)) == ((), None)
