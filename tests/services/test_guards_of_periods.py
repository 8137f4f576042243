"""That no supplement period is made longer for one, nor counted from anything but service: by every page, and for many.

``test_guard_table.py`` says which test tries which guard in which way.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from razpis import server
from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.procedure.roles import Role
from razpis.procedure.serving import Manner
from razpis.procedure.states import ApplicationState
from razpis.services.calls import office_days
from razpis.services.examination import checks, serving, supplements
from razpis.services.examination.serving import Papers
from razpis.services.files import Store
from tests import commission_made, people
from tests.addresses import addresses, sent_everywhere
from tests.commission_made import Made, act_as, supplement_page
from tests.databases import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

PERIODS = ("serving.", "checking.", "findings.", "sittings.", "calls.", "transcripts.", "registry.", "papers.")
LONGER = {
    "days": "30",
    "period": "30",
    "ends": "1. 6. 2026",
    "until": "1. 6. 2026",
    "unit": "working_days",
    "supplement_days": "30",
    "supplement_days.value": "15",
    "supplement_days.article": "1. člen",
    "confirmed": "1",
    "dispatched_on": "5. 3. 2026",
    "delivered_on": "6. 3. 2026",
    "seen": "1",
    "note": "Prosijo za podaljšanje.",
    "manner": "post",
    "address": "Zgledna 1",
    "decision": "ask",
    "field": ["note"],
    "deficiency-note": "Še malo.",
}
"""What somebody would send who wants the period longer, wherever it is taken."""


def asked(clock: Clock) -> Made:
    """Two applications, each asked to mend the same thing on the same day; their officials can sign in."""
    call = commission_made.checking(clock, 2)
    president = act_as(clock, call.president)
    for one in call.applications:
        checks.entitled(president, one, True, "", "4. člen", clock())
        supplements.ask(president, one, {"members": "manjka"}, clock(), supplement_page)
    commission_made.user("sistem@zgled.si", "Upraviteljica", Role.ADMINISTRATOR)
    commission_made.let_in(*officials(call), call.applicants[0])
    return call


def officials(call: Made) -> list[int]:
    return [call.president, call.officer, call.registry]


def served(call: Made, clock: Clock, store: Store, day: date) -> None:
    """Both requests handed over on ``day``."""
    for one in call.applications:
        papers = Papers(Manner.POST, "Zgledna 1, Maribor", day, None, day)
        request = supplements.requests_of(one)[-1].id
        serving.record(act_as(clock, call.registry), request, papers, clock(), store)


def periods(call: Made, clock: Clock) -> list[list[tuple[Any, ...]]]:
    """Length, article, day of service and last day of every request, by application."""
    db.session.expire_all()
    found = [[supplements.standing(one, clock()) for one in supplements.requests_of(at)] for at in call.applications]
    return [[(it.request.days, it.request.unit, it.request.article, it.served, it.ends) for it in one] for one in found]


def mails(people_: list[int]) -> list[str]:
    return [db.session.get_one(User, one).email for one in people_]


def test_no_page_of_an_official_makes_the_period_of_one_longer(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call = asked(clock)
        clock.forward(days=2)
        served(call, clock, Store(tmp_path / "files"), date(2026, 3, 5))
        before, who = periods(call, clock), mails(officials(call))
    assert [one[0][-2:] for one in before] == [(date(2026, 3, 5), date(2026, 3, 13))] * 2
    for email in who:
        sent_everywhere(people.signed_in(app, email), addresses(app, "POST", PERIODS), "POST", LONGER)
    with app.app_context():
        assert periods(call, clock) == before


def test_what_moves_periods_moves_those_of_all_alike(app: Flask, clock: Clock, tmp_path: Path) -> None:
    """The office's calendar is the one thing that reaches many at once: a day on which nobody works."""
    with app.app_context():
        call = asked(clock)
        clock.forward(days=2)
        served(call, clock, Store(tmp_path / "files"), date(2026, 3, 5))
        officer = act_as(clock, call.officer)
        office_days.close(officer, date(2026, 3, 13), "prenova prostorov", clock())
        assert [one[0][-1] for one in periods(call, clock)] == [date(2026, 3, 16)] * 2


def test_no_page_counts_the_period_from_the_request(app: Flask, clock: Clock) -> None:
    """Ninety days after the request nobody has shown its service: whatever is sent, the period does not run."""
    with app.app_context():
        call = asked(clock)
        clock.forward(days=90)
        who = mails(officials(call))
        applicant = mails(call.applicants[:1])[0]
    without = LONGER | {"dispatched_on": "4. 3. 2026", "delivered_on": "", "notice_on": "", "seen": "0"}
    impossible = without | {"delivered_on": "3. 3. 2026"}
    for email in who:
        browser = people.signed_in(app, email)
        for typed in (impossible, without):
            sent_everywhere(browser, addresses(app, "POST", ("serving.", "checking.")), "POST", typed)
    assert server.work(app).lapsed == 0
    with app.app_context():
        assert [[it[-2:] for it in one] for one in periods(call, clock)] == [[(None, None)]] * 2
        states = [db.session.get_one(Application, one).state for one in call.applications]
        assert states == [ApplicationState.SUPPLEMENTING] * 2
    sent = people.signed_in(app, applicant).post("/vloge/kljuc000/dopolnitev", data={"a-members": "12"})
    assert sent.status_code == 302
