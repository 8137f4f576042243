"""An applicant reads its own file on a page: its points and reasons, no member's name, nothing of the others."""

from __future__ import annotations

from flask import Flask

from razpis.models.accounts import User
from razpis.models.base import db
from tests import commission_made, results_made
from tests import marking_made as made
from tests.databases import Clock
from tests.marking_made import key
from tests.people import signed_in


def email(number: int) -> str:
    return db.session.get_one(User, number).email


def test_own_points_and_reasons_without_names_and_not_anothers(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = results_made.issued(clock)
        commission_made.let_in(*call.applicants)
        own, other = email(call.applicants[1]), email(call.applicants[0])
    page = signed_in(app, own).get(f"/vloge/{key(1)}/spis")
    assert page.status_code == 200
    for told in ("Moj spis", "Vloga 2, quality: utemeljitev člana 1.", "član 3", "43,5", "vaša vloga", "P-0002"):
        assert told in page.text
    strangers = ("Petra", "Marko", "Mojca", "Društvo 0", "Društvo 2", "Vloga 1,", "Vloga 3,", key(0), key(2))
    assert [words for words in strangers if words in page.text] == []
    assert "/spis" in signed_in(app, own).get(f"/vloge/{key(1)}").text
    assert signed_in(app, other).get(f"/vloge/{key(1)}/spis").status_code == 404
    assert app.test_client().get(f"/vloge/{key(1)}/spis").headers["Location"].startswith("/prijava")


def test_before_the_proposal_is_accepted_the_page_says_when(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        commission_made.let_in(*call.applicants)
        own = email(call.applicants[0])
    page = signed_in(app, own).get(f"/vloge/{key(0)}/spis")
    assert (page.status_code, "ko je predlog komisije sprejet" in page.text) == (409, True)
    assert "/spis" not in signed_in(app, own).get(f"/vloge/{key(0)}").text
