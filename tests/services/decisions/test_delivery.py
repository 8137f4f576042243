"""Decisions on their way: dispatch, service by delivery or by fiction, and the end of deciding."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from razpis.models.base import db
from razpis.procedure.serving import Manner
from razpis.services.decisions import delivery, own_decision
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.examination.serving import Papers
from tests import decisions_made as made
from tests import marking_made
from tests.databases import Clock
from tests.marking_made import person


def test_periods_run_from_service_alone(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock, left_out=("late",))
        registry, officer = person(clock, call.registry), person(clock, call.officer)
        with pytest.raises(Refused, match="že odpremljene"):
            delivery.dispatch(registry, call.call, Manner.POST, date(2026, 3, 5), clock())
        db.session.rollback()
        made.issued(clock, call, store)
        with pytest.raises(Forbidden):
            delivery.dispatch(person(clock, call.signatory), call.call, Manner.POST, date(2026, 3, 5), clock())
        with pytest.raises(Invalid):
            delivery.dispatch(registry, call.call, Manner.POST, date(2026, 3, 6), clock())
        db.session.rollback()
        assert delivery.dispatch(registry, call.call, Manner.POST, date(2026, 3, 5), clock()) == 4
        applicant = person(clock, call.applicants[0])
        own = own_decision.own(applicant, "kljuc000", clock())
        assert (own.served, own.until) == (None, None)
        clock.at += timedelta(days=20)
        keys = [act.key for act in made.acts(call)]
        delivered = Papers(
            Manner.POST, "Zgledna 1", date(2026, 3, 5), None, date(2026, 3, 9), "vročilnica", 1, made.PAPER
        )
        noticed = Papers(Manner.POST, "Zgledna 2", date(2026, 3, 5), date(2026, 3, 6), None, "obvestilo", 1, made.PAPER)
        delivery.record(registry, call.call, keys[0], delivered, clock(), store)
        for key in keys[1:]:
            delivery.record(registry, call.call, key, noticed, clock(), store)
        own = own_decision.own(person(clock, call.applicants[0]), "kljuc000", clock())
        assert (own.served, own.until) == (date(2026, 3, 9), date(2026, 3, 24))
        log = delivery.log(officer, call.call, clock())
        assert [one.served for one in log.deliveries] == [date(2026, 3, 9)] + [date(2026, 3, 21)] * 3
        assert (log.undecided, log.finishable) == (0, True)
        with pytest.raises(Missing):
            delivery.record(registry, call.call, "ni-ga", noticed, clock(), store)
        with pytest.raises(Missing):
            own_decision.own(person(clock, call.applicants[1]), "kljuc000", clock())
        delivery.finish(officer, call.call, clock())
        assert marking_made.call(call).state.value == "remedies"


def test_deciding_is_not_over_before_everything_is_served(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call = made.deciding(clock)
        officer = person(clock, call.officer)
        with pytest.raises(Refused, match="brez odločitve: 3, še ne vročenih odločitev: 0"):
            delivery.finish(officer, call.call, clock())
        db.session.rollback()
        made.issued(clock, call, made.store(tmp_path))
        with pytest.raises(Refused, match="brez odločitve: 0, še ne vročenih odločitev: 3"):
            delivery.finish(officer, call.call, clock())
