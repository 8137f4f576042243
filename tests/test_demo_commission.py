"""What the demonstration's commission has met by the time of its proposal: no supplement, marks far apart."""

from __future__ import annotations

from sqlalchemy import select

from razpis.demo import SEATS
from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.marking import AgreedMark
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.people import standing
from razpis.services.proposing import proposals
from tests.web.page import Page
from tests.world import START, Visitors

PRESIDENT = SEATS[0][0]
REASON = "Po razpravi na seji: spremljanje na obravnave"


def proposed() -> int:
    return db.session.scalars(select(Call.id).where(Call.state == CallState.PROPOSED)).one()


def test_one_application_was_not_supplemented_and_is_proposed_for_dismissal(visitors: Visitors) -> None:
    with visitors.app.app_context():
        call = proposed()
        query = select(Application).where(Application.call_id == call).order_by(Application.number)
        states = [one.state for one in db.session.scalars(query)]
        number = states.index(ApplicationState.INCOMPLETE) + 1
        assert states.count(ApplicationState.INCOMPLETE) == 1
    page = Page(visitors(PRESIDENT).get(f"/komisija/{call}/preizkus/").text)
    (row,) = [row for row in page.rows() if row[0].startswith(f"{number}. ")]
    assert "nepopolna" in row[3]
    assert row[-1] == "nepopolna predlagana za zavrženje"
    assert "nepopolna, predlagana za zavrženje" in visitors(PRESIDENT).get(f"/komisija/{call}/predlog/1").text


def test_marks_far_apart_were_agreed_on_at_the_sitting_that_adopted_the_proposal(visitors: Visitors) -> None:
    with visitors.app.app_context():
        call = proposed()
        agreed = db.session.scalars(select(AgreedMark)).one()
        about = db.session.get_one(Application, agreed.application_id)
        assert (agreed.criterion, agreed.points, about.call_id) == ("content", "6", call)
        assert agreed.reason.startswith(REASON)
        president = db.session.scalars(select(User).where(User.email == PRESIDENT)).one()
        actor = standing.actor_of(president, START)
        report = proposals.read(actor, call, 1).report
        assert (report["agreed"], len(report["left_out"])) == (1, 1)
        assert [one["kind"] for one in report["sittings"]] == ["opening", "checking", "proposing"]
        assert report["adopted"]["sitting"] == 3
        assert proposals.unlike_journal(actor, call, 1) == []
    page = Page(visitors(PRESIDENT).get(f"/komisija/{call}/usklajevanje/").text)
    assert "Dogovorjeno: 6" in page.text
    assert REASON in Page(visitors(PRESIDENT).get(page.links["Poglej"]).text).text
