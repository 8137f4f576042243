"""The office's calendar: closed days move the ends of periods, suspensions stop them, what is over stays."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from razpis.models.base import db
from razpis.models.checking import ServiceRecord, SupplementItem, SupplementRequest
from razpis.procedure.parameter_kinds import Unit
from razpis.procedure.serving import Manner
from razpis.services.calls import office_days
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.examination import serving, supplements
from tests import commission_made
from tests.commission_made import Made, act_as
from tests.databases import Clock

MONDAY = date(2026, 3, 16)
"""Eight days after Sunday, 8 March, on which the request is served."""


def asked(clock: Clock) -> tuple[Made, SupplementRequest]:
    """A request served on 8 March 2026, to be answered in eight days."""
    call = commission_made.checking(clock, 1)
    clock.at = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    request = SupplementRequest(
        application_id=call.applications[0],
        round=1,
        days=8,
        unit=Unit.DAYS,
        article="14. člen",
        issued_at=commission_made.DEADLINE,
        issued_by=call.president,
        items=[SupplementItem(field="members", deficiency="Preverite število.")],
    )
    db.session.add(request)
    db.session.flush()
    record = ServiceRecord(
        application_id=call.applications[0],
        document=serving.REQUEST,
        document_id=request.id,
        number=1,
        manner=Manner.POST,
        address="Zgledna 1",
        dispatched_on=date(2026, 3, 5),
        delivered_on=date(2026, 3, 8),
        recorded_at=clock(),
        recorded_by=call.registry,
    )
    db.session.add(record)
    db.session.commit()
    return call, request


def ends(request: SupplementRequest, clock: Clock) -> date | None:
    return supplements.standing(request, clock()).ends


def test_a_period_that_ends_on_a_closed_day_ends_on_the_next_working_day(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, request = asked(clock)
        officer = act_as(clock, call.officer)
        assert ends(request, clock) == MONDAY
        office_days.close(officer, MONDAY, "Sklep župana 2026-4", clock())
        office_days.close(officer, date(2026, 3, 17), "Sklep župana 2026-4", clock())
        assert ends(request, clock) == date(2026, 3, 18)
        office_days.reopen(officer, office_days.closed_days(officer)[0].id, clock())
        assert ends(request, clock) == date(2026, 3, 17)


def test_a_closed_day_within_the_period_and_the_deadline_of_the_call_change_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, request = asked(clock)
        office_days.close(act_as(clock, call.officer), date(2026, 3, 12), "Sklep župana 2026-4", clock())
        assert ends(request, clock) == MONDAY
        assert request.application.call.deadline == commission_made.DEADLINE


def test_a_suspension_adds_its_days(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, request = asked(clock)
        officer = act_as(clock, call.officer)
        office_days.suspend(officer, date(2026, 3, 9), date(2026, 3, 18), "ZZUSUDJZ, 3. člen", clock())
        assert ends(request, clock) == date(2026, 3, 26)
        with pytest.raises(Refused):
            office_days.resume(officer, office_days.suspended_times(officer)[0].id, clock())


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 3, 10), "Sklep župana"),
        (date(2026, 3, 14), "Sklep župana"),
        (date(2026, 4, 27), "Sklep župana"),
        (date(9000, 1, 5), "Sklep župana"),
        (MONDAY, " "),
    ],
)
def test_days_that_have_come_or_are_free_anyway_are_not_entered(
    app: Flask, clock: Clock, day: date, reason: str
) -> None:
    with app.app_context():
        call, _request = asked(clock)
        with pytest.raises(Invalid):
            office_days.close(act_as(clock, call.officer), day, reason, clock())


def test_a_day_is_entered_once_and_taken_back_only_before_it_comes(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, _request = asked(clock)
        officer = act_as(clock, call.officer)
        office_days.close(officer, MONDAY, "Sklep župana 2026-4", clock())
        with pytest.raises(Invalid):
            office_days.close(officer, MONDAY, "Sklep župana 2026-4", clock())
        clock.at = datetime(2026, 3, 16, 5, 0, tzinfo=UTC)
        number = office_days.closed_days(officer)[0].id
        with pytest.raises(Refused):
            office_days.reopen(officer, number, clock())
        with pytest.raises(Missing):
            office_days.reopen(officer, number + 1, clock())


def test_a_suspension_needs_days_in_order_and_a_law(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, _request = asked(clock)
        officer = act_as(clock, call.officer)
        for first, last, article in (
            (MONDAY, date(2026, 3, 15), "ZZUSUDJZ"),
            (date(2026, 2, 2), date(2026, 3, 9), "ZZUSUDJZ"),
            (date(1990, 1, 1), MONDAY, "ZZUSUDJZ"),
            (MONDAY, MONDAY, ""),
        ):
            with pytest.raises(Invalid):
                office_days.suspend(officer, first, last, article, clock())
        office_days.suspend(officer, MONDAY, MONDAY, "ZZUSUDJZ, 3. člen", clock())
        office_days.resume(officer, office_days.suspended_times(officer)[0].id, clock())
        assert office_days.suspended_times(officer) == []
        with pytest.raises(Missing):
            office_days.resume(officer, 1, clock())


def test_only_the_officer_changes_the_calendar(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, _request = asked(clock)
        for who in (call.president, call.registry, call.signatory):
            with pytest.raises(Forbidden):
                office_days.close(act_as(clock, who), MONDAY, "Sklep župana", clock())
            with pytest.raises(Forbidden):
                office_days.suspend(act_as(clock, who), MONDAY, MONDAY, "ZZUSUDJZ", clock())
        assert office_days.closed_days(act_as(clock, call.registry)) == []
