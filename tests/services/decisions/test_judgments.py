"""A court judges a decision when contracts have long been signed: it is recorded, and the decision is made anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from razpis.procedure.finality import Lodged, Outcome, Remedied
from razpis.procedure.states import CallState
from razpis.services.decisions import annulling, due, publishing_results, remedies
from razpis.services.decisions.annulling import Told
from razpis.services.errors import Invalid
from razpis.services.files import Store
from tests import decisions_made as made
from tests import marking_made
from tests.commission_made import Made
from tests.databases import Clock
from tests.marking_made import person
from tests.services.decisions import annulled_making as making
from tests.services.decisions.test_remedies import NOTHING, SERVED, published, record, register

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

FINAL = date(2026, 3, 21)
SUED = Lodged(Remedied.LAWSUIT, date(2026, 4, 2), Outcome.PENDING)
JUDGED = Lodged(Remedied.LAWSUIT, date(2026, 4, 2), Outcome.UPHELD, date(2026, 9, 1), "II U 7/2026")


def tasks(clock: Clock, call: Made) -> list[str]:
    return [one.kind for one in due.tasks(person(clock, call.officer), clock())]


def contracts(clock: Clock, call: Made, store: Store) -> None:
    """The first decision stood after an appeal, nothing was lodged against the others, results are final."""
    making.served(clock, call, store)
    rejected = Lodged(Remedied.APPEAL, date(2026, 3, 19), Outcome.REJECTED, clock().date(), "P-1/2026")
    record(clock, call, rejected)
    remedies.nothing(person(clock, call.officer), call.call, clock())
    remedies.finish(person(clock, call.officer), call.call, clock())
    published(clock, call, store)
    assert (tasks(clock, call), publishing_results.versions(call.call)[0].final) == ([], True)


def test_a_judgment_after_contracts_and_a_decision_made_anew(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        contracts(clock, call, store)
        clock.forward(days=30)
        record(clock, call, SUED, seen=1)
        first = register(clock, call).standings[0]
        assert (first.final, first.exhausted, first.suable) == (FINAL, True, False)
        assert [one.kind for one in first.told] == [Remedied.APPEAL, Remedied.LAWSUIT]
        assert tasks(clock, call) == []
        clock.forward(days=150)
        record(clock, call, JUDGED, seen=2)
        first = register(clock, call).standings[0]
        assert (first.final, first.exhausted) == (None, False)
        told = Told(
            **making.TOLD | {"body": "Upravno sodišče", "reference": "II U 7/2026", "decided_on": date(2026, 8, 20)}
        )
        annulling.annul(person(clock, call.signatory), call.call, first.act.key, told, clock())
        assert list(register(clock, call).undecided) == [1]
        published(clock, call, store, "Sodišče je odpravilo odločitev o vlogi št. 1.")
        assert publishing_results.versions(call.call)[0].final is False
        assert tasks(clock, call) == ["renewals"]
        new = making.drafted(clock, call, first.act.key)
        making.approved(clock, call, new)
        making.issued(clock, call, new, store)
        assert tasks(clock, call) == ["deliveries"]
        making.handed(clock, call, new, store)
        assert tasks(clock, call) == ["remedies"]
        clock.forward(days=16)
        assert remedies.nothing(person(clock, call.officer), call.call, clock()) == 1
        assert tasks(clock, call) == ["publications"]
        published(clock, call, store, "Nova odločitev o vlogi št. 1 je dokončna.")
        assert publishing_results.versions(call.call)[0].final is True
        assert (tasks(clock, call), marking_made.call(call).state) == ([], CallState.CONTRACTS)


def test_a_suit_holds_nothing_up_and_needs_the_end_of_the_appeal(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        made.issued(clock, call, store)
        made.served(clock, call, store, SERVED)
        clock.forward(days=16)
        early = Lodged(Remedied.LAWSUIT, SERVED, Outcome.PENDING)
        with pytest.raises(Invalid) as caught:
            record(clock, call, early)
        assert "Najprej zapišite, kako se je končala pritožba" in caught.value.fields["kind"]["sl"]
        record(clock, call, NOTHING)
        assert register(clock, call).standings[0].suable is True
        record(clock, call, early, seen=1)
        assert register(clock, call).standings[0].exhausted is True
        record(clock, call, NOTHING, at=1)
        with pytest.raises(Invalid) as caught:
            record(clock, call, NOTHING, at=1, seen=1)
        assert set(caught.value.fields) == {"note"}
