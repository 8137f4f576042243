"""What the records of an organisation answer of a form when an application is begun."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from razpis.models.base import db
from razpis.models.organisations import Organisation
from razpis.procedure.organisations import LegalForm
from razpis.services.actor import Actor
from razpis.services.applications import applications, sheets
from tests import people, published
from tests.databases import Clock

FORM = "{society: društvo, union: zveza društev, other: druga oblika}"
RULES = published.RULES.replace("{a: Prvi status, b: Drugi status}", FORM).replace(
    "points: {a: 10, b: 4}", "points: {society: 10, union: 4, other: 0}"
)


def begun(clock: Clock, actor: Actor, call: int, organisation: int) -> sheets.Sheet:
    key = applications.start(actor, call, organisation, "", clock())
    return sheets.sheet(applications.own(actor, key, clock()))


def made(clock: Clock) -> tuple[Actor, Organisation]:
    """Ana, and an organisation she acts for."""
    ana = people.user(clock)
    return people.again(Actor(ana.id, ana.name, frozenset()), clock), published.organisation(ana)


@pytest.mark.parametrize(
    ("form", "answer"),
    [(LegalForm.SOCIETY, "society"), (LegalForm.UNION, "union"), (LegalForm.FOUNDATION, None)],
)
def test_a_question_of_legal_form_is_answered_where_the_form_offers_it(
    app: Flask, clock: Clock, form: LegalForm, answer: str | None
) -> None:
    with app.app_context():
        call = published.call(people.user(clock, "urad@zgled.si", "Urad Zgled"), rules=RULES)
        actor, organisation = made(clock)
        organisation.legal_form = form
        db.session.commit()
        sheet = begun(clock, actor, call.id, organisation.id)
        assert (sheet.values["status"], "status" in sheet.known) == (answer, answer is not None)


def test_other_choices_are_left_to_the_applicant(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = published.call(people.user(clock, "urad@zgled.si", "Urad Zgled"))
        actor, organisation = made(clock)
        sheet = begun(clock, actor, call.id, organisation.id)
        assert sheet.values["status"] is None
        assert sheet.known == {"name", "seat", "registration", "head"}


def test_who_acts_as_the_legal_representative_stands_where_no_representative_is_entered(
    app: Flask, clock: Clock
) -> None:
    with app.app_context():
        call = published.call(people.user(clock, "urad@zgled.si", "Urad Zgled"), per_organisation=3)
        actor, organisation = made(clock)
        organisation.representatives[0].name = "Vpisana Zastopnica"
        db.session.commit()
        assert begun(clock, actor, call.id, organisation.id).values["head"] == "Vpisana Zastopnica"
        organisation.representatives[0].valid_to = date(2020, 12, 31)
        db.session.commit()
        assert begun(clock, actor, call.id, organisation.id).values["head"] == "Ana Zgled"
