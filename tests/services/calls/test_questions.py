"""Questions: asked in time by whoever is signed in, answered for all, without a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.calls import Question
from razpis.models.outbox import Message
from razpis.services.calls import drafting, publishing, questions
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from tests import people
from tests.databases import Clock
from tests.services import call_making as making


def test_a_question_is_answered_for_all_and_its_asker_is_told(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.published(officer, signer, clock)
        ana = people.actor(clock)
        questions.ask(ana, call_id, "Ali štejejo tudi podporni člani?", clock())
        assert questions.waiting_of(ana, call_id) == 1
        assert questions.answered(call_id) == []
        question = db.session.scalars(select(Question.id)).one()
        with pytest.raises(Forbidden):
            questions.answer(ana, question, "Ne štejejo.", clock())
        with pytest.raises(Invalid):
            questions.answer(officer, question, "Ne", clock())
        with pytest.raises(Missing):
            questions.answer(officer, 10_000, "Ne štejejo.", clock())
        assert questions.answer(officer, question, "Ne štejejo.", clock()) == call_id
        assert [(one.text, one.answer) for one in questions.answered(call_id)] == [
            ("Ali štejejo tudi podporni člani?", "Ne štejejo.")
        ]
        mail = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
        assert mail is not None
        assert (mail.recipient, "Odgovor: Ne štejejo." in mail.body) == ("ana@zgled.si", True)


def test_questions_end_with_their_day_and_with_the_deadline(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call_id = making.confirmed(officer, signer, clock)
        ana = people.actor(clock)
        with pytest.raises(Missing):
            questions.ask(ana, call_id, "Ali je razpis že tu?", clock())
        until = making.DEADLINE - timedelta(days=5)
        terms = replace(making.same_terms(call_id), questions_until=until)
        drafting.save_terms(officer, call_id, making.revision(call_id), terms, clock())
        publishing.publish(officer, call_id, making.revision(call_id), clock())
        questions.ask(ana, call_id, "Ali je še čas?", until)
        with pytest.raises(Refused, match="ne sprejemamo več"):
            questions.ask(ana, call_id, "Ali je še čas?", until + timedelta(seconds=1))
        db.session.rollback()
        for _ in range(questions.MOST_WAITING - 1):
            questions.ask(ana, call_id, "Ali je še čas?", clock())
        with pytest.raises(Refused, match="Počakajte"):
            questions.ask(ana, call_id, "Ali je še čas?", clock())
