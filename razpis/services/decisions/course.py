"""The way of one application through the procedure, in the lawyer's words: received, supplemented, who stood aside."""

from __future__ import annotations

from razpis.assets import ASSETS
from razpis.documents.act_text import load_sentences, sentences
from razpis.documents.acts_of_application import Course
from razpis.services.applications import received
from razpis.services.decisions.paper_room import day_of
from razpis.services.examination.supplements import Standing


def told(line: received.Line, asked: Standing | None, excluded: int) -> tuple[str, ...]:
    """Sentences for the reasons of a decision on the merits (ZUP, 214. člen); of those who stood aside the number."""
    answer = asked.answer if asked is not None else None
    body = Course(
        number=line.number,
        received=received.told(line),
        asked=day_of(asked.request.issued_at) if asked is not None else "",
        served=day_of(asked.served) if asked is not None else "",
        filed=day_of(answer.filed_at) if answer is not None else "",
        excluded=excluded,
    )
    return sentences(load_sentences(ASSETS / "templates" / "documents", Course, "course"), "potek", body)
