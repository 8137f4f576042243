"""That no document with a number goes away, nor one person decides at both instances: by pages, at once.

``test_guard_table.py`` says which test tries which guard in which way.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.accounts import User
from razpis.models.base import db
from razpis.models.documents import Act
from razpis.models.marking import MemberMark
from razpis.procedure.roles import Role
from razpis.services import files
from razpis.services.decisions import issuing, releases
from razpis.services.people import standing
from razpis.web import access
from tests import commission_made, decisions_made, marking_made, people
from tests.addresses import NAMED, addresses, sent_everywhere
from tests.commission_made import Made
from tests.databases import Clock
from tests.marking_made import person
from tests.services.at_once import both

ABOUT_DOCUMENTS = (
    *("releases.", "deliveries.", "corrections.", "stops.", "papers.", "publications.", "remedies.", "dossiers."),
    *("decision_terms.", "proposals.", "proposing.", "runs.", "calls."),
)
GIVEN_UP = {
    "reason": "Napačen uvod odločbe.",
    "confirmed": "y",
    "act": "Sklep 41001-7/2026-99",
    "number": "1",
    "ground": "Odločba naj se izbriše.",
    "grounds": "Odločba naj se izbriše.",
    "seen": "0",
    "revision": "1",
}


def numbered() -> list[tuple[str, str, str | None]]:
    """Key, number and hash of every act that has a number."""
    db.session.expire_all()
    acts = db.session.scalars(select(Act).where(Act.number.is_not(None)).order_by(Act.id))
    return [(act.key, str(act.number), act.sha256) for act in acts]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_page_of_an_official_takes_a_numbered_document_away(app: Flask, clock: Clock) -> None:
    """Every address that takes something, also the one that gives a whole set up, after all decisions are issued."""
    with app.app_context():
        call = decisions_made.deciding(clock)
        decisions_made.issued(clock, call, access.store())
        officials = [call.officer, call.signatory, call.registry]
        commission_made.let_in(*officials)
        mails = [db.session.get_one(User, one).email for one in officials]
        before = numbered()
    assert [number for _, number, _ in before] == [f"41001-7/2026-{at}" for at in (5, 6, 7)]
    for email in mails:
        browser = people.signed_in(app, email)
        for key in (before[0][0], "kljuc000"):
            sent_everywhere(
                browser, addresses(app, "POST", ABOUT_DOCUMENTS, named={**NAMED, "key": key}), "POST", GIVEN_UP
            )
    with app.app_context():
        kept = numbered()
        assert [one for one in before if one not in kept] == []
        sizes = [len(files.content(access.store(), sha256)) for _, _, sha256 in before if sha256]
        assert (len(sizes), min(sizes) > 10_000) == (3, True)


def test_a_set_given_up_while_it_is_issued_loses_no_number(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = decisions_made.deciding(clock)
        number = decisions_made.ready(clock, call, access.store())
        officer, signatory = person(clock, call.officer), person(clock, call.signatory)
        store, before = access.store(), numbered()
        db.session.remove()
    assert both(
        app,
        lambda: releases.drop(officer, call.call, number, "Napačen uvod odločbe.", clock()),
        lambda: issuing.issue(signatory, call.call, number, clock(), store, decisions_made.link),
    ) == ["done", "refused"]
    with app.app_context():
        assert numbered() == before
        assert len(before) == 3


def test_a_number_given_up_is_never_given_again(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = decisions_made.deciding(clock)
        officer = person(clock, call.officer)
        releases.drop(officer, call.call, decisions_made.approved(clock, call), "Napačen uvod odločbe.", clock())
        decisions_made.approved(clock, call)
        assert [number for _, number, _ in numbered()] == [f"41001-7/2026-{at}" for at in range(5, 11)]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_page_gives_one_person_both_instances(app: Flask, clock: Clock) -> None:
    with app.app_context():
        people.user(clock, "sonja@zgled.si", "Sonja Zgled", Role.ADMINISTRATOR)
        signatory = people.user(clock, "podpis@zgled.si", "Peter Podpisnik", Role.SIGNATORY).id
        mayor = people.user(clock, "zupan@zgled.si", "Župan Zgled", Role.SECOND_INSTANCE).id
    browser = people.signed_in(app, "sonja@zgled.si")
    both_roles = [Role.SIGNATORY.value, Role.SECOND_INSTANCE.value]
    new = {"name": "Nova Zgled", "email": "nova@zgled.si", "language": "sl", "roles": both_roles}
    sent = [browser.post(f"/osebe/{one}", data={"roles": both_roles}) for one in (signatory, mayor)]
    sent.append(browser.post("/osebe/nova", data=new))
    assert [(one.status_code, "druge stopnje" in one.text or "druga stopnja" in one.text) for one in sent] == [
        (422, True)
    ] * 3
    with app.app_context():
        held = [standing.actor_of(db.session.get_one(User, one), clock()).roles for one in (signatory, mayor)]
        assert held == [{Role.SIGNATORY}, {Role.SECOND_INSTANCE}]
        assert db.session.scalars(select(User.id).where(User.email == "nova@zgled.si")).all() == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_page_across_all_takes_no_mark_of_who_has_a_conflict_or_has_not_declared(app: Flask, clock: Clock) -> None:
    """What is sent for the one that is theirs is not taken either: all of it or nothing."""
    spoil: dict[str, Callable[[Made], None]] = {
        "conflict": lambda call: marking_made.conflict(call, call.members[0], 1, decided=False),
        "undeclared": lambda call: marking_made.undeclare(call, call.members[1], 2),
    }
    with app.app_context():
        call = marking_made.scoring(clock)
        for one in spoil.values():
            one(call)
        commission_made.let_in(*call.members)
        mails = [db.session.get_one(User, one).email for one in call.members]
    mark = {"points": "20", "reason": "Cilji so jasni in merljivi.", "seen": "0"}
    everything = {f"{name}-kljuc00{at}": value for at in range(3) for name, value in mark.items()}
    across = f"/komisija/{call.call}/ocenjevanje/merila/quality/vloge"
    for email in mails:
        browser = people.signed_in(app, email)
        assert browser.post(across, data=everything).status_code in (403, 404, 409)
        assert browser.post(f"{across}/shrani", data=everything).status_code in (403, 404, 409)
    with app.app_context():
        assert db.session.scalars(select(MemberMark)).all() == []
