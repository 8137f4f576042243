"""Lists of these rooms with a thousand lines: as many questions to the database as with a few."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Table, insert, select

from razpis.models.accounts import User
from razpis.models.applications import Application, Envelope, Filing
from razpis.models.base import Base, db
from razpis.models.calls import Call, Question
from razpis.models.checking import FormalCheck, ServiceRecord, SupplementRequest
from razpis.models.documents import Act
from razpis.models.journal import Reading
from razpis.models.office_days import ClosedDay
from razpis.models.organisations import Functionary, MandateClaim, Organisation
from razpis.procedure.states import CallState
from tests.databases import close
from tests.queries import counted
from tests.web.test_access import VISITORS
from tests.world import Visitors, World

pytestmark = pytest.mark.slow

MANY = 1000
LISTS: Mapping[str, str] = {
    "officer": "/zacetek /vodenje/razpisi/ /vodenje/razpisi/nov /prijavitelji/ /prijavitelji/pooblastila /funkcionarji/ "
    "/koledar-organa/ /dnevnik/ /spisi/ /spisi/{deciding} /listine/{deciding} /odlocbe/{deciding} "
    "/odlocbe/{deciding}/vrocanje /objava-rezultatov/{deciding} /vodenje/razpisi/{deciding} "
    "/vodenje/razpisi/{published}/vprasanja /prepisi/razpis/{closed} /vrocitve/",
    "registry": "/zacetek /vlozisce/ /vlozisce/{closed}",
    "signatory": "/zacetek /predlogi/",
    "auditor": "/zacetek /dnevnik/branja",
    "administrator": "/zacetek /osebe/",
    "nobody": "/ /razpisi/{deciding}/izid",
}
Changes = Callable[[int], dict[str, Any]]


@pytest.fixture(scope="module")
def few_and_many(world: World, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, int]]:
    """For each list how many statements it sent before and after a thousand lines were added to everything."""
    visitors = Visitors(world, tmp_path_factory.mktemp("lists"))
    weighed(visitors)  # so that what is kept in memory is there both times
    few = weighed(visitors)
    with visitors.app.app_context():
        multiply(world.ids["states"])
    many = weighed(visitors)
    close(visitors.app)
    return {name: (few[name], many[name]) for name in few}


def weighed(visitors: Visitors) -> dict[str, int]:
    """Statements of every list, by who asked and the address."""
    found = {}
    states = {state.value: number for state, number in visitors.world.ids["states"].items()}
    for who, addresses in LISTS.items():
        browser = visitors(VISITORS[who])
        for address in addresses.format(**states).split():
            with visitors.app.app_context(), counted() as sent:
                answer = browser.get(address)
            assert (who, address, answer.status_code) == (who, address, 200)
            found[f"{who} {address}"] = len(sent)
    return found


def multiply(calls: Mapping[CallState, int]) -> None:
    """A thousand more applications with their decisions and deliveries, envelopes, people, calls and all the rest."""
    deciding, closed = calls[CallState.DECIDING], calls[CallState.CLOSED]
    decided = db.session.scalars(select(Act.application_id).where(Act.call_id == deciding, Act.number.is_not(None)))
    one = next(number for number in decided if number is not None)
    new = copies(Application, Application.id == one, lambda at: {"key": f"mnogo{at:05}", "number": 5000 + at})
    of = lambda at: {"application_id": new + at}  # noqa: E731
    copies(Filing, Filing.application_id == one, lambda at: of(at) | {"receipt": f"M-{at}"})
    acts = copies(Act, Act.application_id == one, lambda at: of(at) | {"key": f"akt{at:05}", "number": f"M-{at}"})
    copies(ServiceRecord, ServiceRecord.application_id == one, lambda at: of(at) | {"document_id": acts + at})
    copies(FormalCheck, FormalCheck.application_id == one, of)
    paper = select(Envelope.application_id).join(Application).where(Application.call_id == closed).limit(1)
    sealed = db.session.scalars(paper).one()
    news = copies(Application, Application.id == sealed, lambda at: {"key": f"papir{at:05}", "number": 5000 + at})
    copies(Envelope, Envelope.application_id == sealed, lambda at: {"application_id": news + at})
    people = copies(User, User.id == 1, lambda at: {"email": f"mnogo{at}@zgled.si"})
    copies(MandateClaim, MandateClaim.id.is_not(None), lambda at: {"user_id": people + at})
    copies(Organisation, Organisation.id.is_not(None), lambda at: {"registration_number": f"{6000000 + at}"})
    for table in (Functionary, Question, Reading, ClosedDay):
        copies(table, table.id.is_not(None), lambda at: {})
    for state in (CallState.DECIDING, CallState.PUBLISHED, CallState.DRAFT):
        copies(Call, Call.state == state, lambda at, word=state: {"reference": f"M-{word}-{at}"}, 20)
    copies(SupplementRequest, SupplementRequest.id.is_not(None), of)
    db.session.commit()


def copies(model: type[Base], which: ColumnElement[bool], changes: Changes, times: int = MANY) -> int:
    """So many copies of the first row found, each changed; the id of the first copy. Nothing where there is none."""
    table: Table = model.__table__  # type: ignore[assignment]
    row = db.session.execute(select(table).where(which).limit(1)).mappings().first()
    last = db.session.execute(select(table.c.id).order_by(table.c.id.desc()).limit(1)).scalar() or 0
    if row is not None:
        rows = [{**row, **changes(at), "id": last + 1 + at} for at in range(times)]
        db.session.execute(insert(table), rows)
    return last + 1


def test_lists_send_as_many_statements_for_a_thousand_lines(few_and_many: dict[str, tuple[int, int]]) -> None:
    grown = {name: counts for name, counts in few_and_many.items() if counts[1] > counts[0] + 2}
    assert grown == {}  # what belongs to a line is asked for once there is a line


def test_no_list_asks_for_more_than_a_few_things(few_and_many: dict[str, tuple[int, int]]) -> None:
    assert {name: many for name, (_few, many) in few_and_many.items() if many > 60} == {}
