"""What the records of an organisation already answer of a call's form, so that nobody is asked for it twice."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.fields import AttachmentField, ChoiceField, Field
from razpis.models.applications import Answer
from razpis.models.organisations import Mandate, Organisation, Representative
from razpis.procedure.deadlines import local_time
from razpis.procedure.organisations import LEGAL_FORMS, MandateKind
from razpis.services.actor import Actor
from razpis.services.applications import replies

FROM_RECORDS = 0
"""The revision of an answer that nobody has typed: it stands as the organisation's records have it."""


def known_answers(rulebook: Rulebook, found: Organisation, actor: Actor, now: datetime.datetime) -> list[Answer]:
    """The answers that the organisation's own data give; the applicant may change each of them."""
    answers = []
    known = {key: words for key, words in _known(rulebook, found, local_time(now).date()) if words}
    for key, words in known.items():
        field = rulebook.fields.get(key)
        if field is None or field.filled_by != "applicant" or isinstance(field, AttachmentField):
            continue
        try:
            value = replies.kept(field, replies.read(field, words))
        except replies.WrongReply:
            continue  # it does not fit this form's field: the person writes it
        answers.append(Answer(field=key, value=value, revision=FROM_RECORDS, saved_at=now, saved_by=actor.person))
    return answers


def _known(rulebook: Rulebook, found: Organisation, today: datetime.date) -> Iterable[tuple[str, str]]:
    """Fields of the form with what the records say of them."""
    named = rulebook.file.call.applicant
    if named is not None:
        yield named.name or "", found.name
        yield named.seat or "", found.address
        yield named.registration_number or "", found.registration_number
        yield named.representative or "", _head(found, today)
    for key, field in rulebook.fields.items():
        yield key, _legal_form(field, found)


def _head(found: Organisation, today: datetime.date) -> str:
    """The representative as entered; where nobody is, the one who acts here as the legal representative."""

    def valid(one: Representative | Mandate) -> bool:
        return one.valid_from <= today <= (one.valid_to or today)

    entered = [one.name for one in found.representatives if valid(one)]
    acting = [
        one.user.name
        for one in found.mandates
        if one.kind is MandateKind.REPRESENTATIVE and one.revoked_at is None and valid(one)
    ]
    return next(iter(entered + acting), "")


def _legal_form(field: Field, found: Organisation) -> str:
    """The option that is the organisation's legal form, where a field asks to choose one of several legal forms."""
    if not isinstance(field, ChoiceField):
        return ""
    words = {form: told.casefold() for form, (told, _) in LEGAL_FORMS.items()}
    asked = {text.sl.casefold(): key for key, text in field.options.items()}
    asks_the_form = len(asked.keys() & words.values()) > 1
    return asked.get(words[found.legal_form], "") if asks_the_form else ""
