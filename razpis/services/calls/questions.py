"""Questions about a call: asked by whoever is signed in, answered for all without the asker's name."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sqlalchemy import func, select

from razpis.engine.problems import Language, Text
from razpis.models.accounts import User
from razpis.models.base import db
from razpis.models.calls import Call, Question
from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.records import journal, outbox
from razpis.services.records.journal import Subject
from razpis.services.records.letters import letter

LONGEST = 2_000
MOST_WAITING = 10


def taken(call: Call, now: datetime.datetime) -> bool:
    """Whether questions are taken: from the publication to the day the call states, or to its deadline."""
    until = call.questions_until or call.deadline
    return (
        calls.state_now(call, now) is CallState.PUBLISHED and until is not None and now.replace(microsecond=0) <= until
    )


def ask(actor: Actor, call_id: int, text: str, now: datetime.datetime) -> None:
    """Ask about a published call. Raises :class:`Missing`, :class:`Invalid`, :class:`Refused` when it is too late."""
    call = db.session.scalar(select(Call).where(Call.id == call_id, Call.published_at.is_not(None)))
    if call is None:
        raise Missing
    if not taken(call, now):
        raise Refused(
            Text(
                "Vprašanj o tem razpisu ne sprejemamo več. Objavljena vprašanja in odgovori so spodaj.",
                "Questions about this call are no longer taken. Those published stay on the page.",
            )
        )
    text = _text(text)
    if waiting_of(actor, call_id) >= MOST_WAITING:
        raise Refused(
            Text(
                "Počakajte na odgovore na svoja prejšnja vprašanja.", "Wait for the answers to your earlier questions."
            )
        )
    question = Question(call_id=call.id, asked_by=actor.person, asked_at=now, text=text)
    db.session.add(question)
    db.session.flush()
    journal.record(actor, now, "question.ask", Subject("question", question.id, call.id), after={"text": text})
    db.session.commit()


def answer(actor: Actor, question_id: int, text: str, now: datetime.datetime) -> int:
    """Answer a question, or put an answer right; both are public at once. The number of the call.

    The asker is told by mail. Raises :class:`Missing`, :class:`Invalid`.
    """
    actor.needs(Role.OFFICER)
    question = db.session.scalar(select(Question).where(Question.id == question_id).with_for_update())
    if question is None:
        raise Missing
    text = _text(text)
    before = {"answer": question.answer}
    question.answer, question.answered_at, question.answered_by = text, now, actor.person
    _tell(question, now)
    subject = Subject("question", question.id, question.call_id)
    journal.record(actor, now, "question.answer", subject, before, {"answer": text})
    call_id = question.call_id
    db.session.commit()
    return call_id


def answered(call_id: int) -> Sequence[Question]:
    """What everyone may read, in the order asked."""
    query = select(Question).where(Question.call_id == call_id, Question.answered_at.is_not(None))
    return db.session.scalars(query.order_by(Question.id)).all()


def waiting_of(actor: Actor, call_id: int) -> int:
    """How many questions of this person wait for an answer."""
    query = select(func.count(Question.id)).where(
        Question.call_id == call_id, Question.asked_by == actor.person, Question.answered_at.is_(None)
    )
    return db.session.scalars(query).one()


def _tell(question: Question, now: datetime.datetime) -> None:
    user = db.session.get(User, question.asked_by) if question.asked_by is not None else None
    if user is None or user.disabled_at is not None:
        return
    language: Language = "en" if user.language == "en" else "sl"
    call = question.call
    title = call.title_en if language == "en" else call.title_sl
    values = {"name": user.name, "title": title, "question": question.text, "answer": question.answer or ""}
    outbox.put(now, user.email, *letter("question_answered", language, **values))


def _text(text: str) -> str:
    text = text.strip()
    if not 5 <= len(text) <= LONGEST:
        raise Invalid({"text": Text(f"Napišite od 5 do {LONGEST} znakov.", f"Write from 5 to {LONGEST} characters.")})
    return text
