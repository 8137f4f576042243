"""Established facts: the claim beside what is established, confirmed or corrected one by one, and the points."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from razpis.engine.problems import Text
from razpis.engine.rulebook.fields import AttachmentField, ChoiceField, ChoicesField, YesNoField
from razpis.engine.wording import Speaker, naming
from razpis.procedure.roles import COMMISSION
from razpis.services.applications import replies
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.examination import check_desk
from razpis.services.examination import findings as service
from razpis.services.examination.findings import Facts, Row
from razpis.services.rules.rulebooks import compiled
from razpis.web import access
from razpis.web.language import language

findings = Blueprint("findings", __name__, url_prefix="/komisija/<int:call>/dejstva")
access.door(findings, *COMMISSION)


@findings.route("/<key>", methods=["GET", "POST"])
def one(call: int, key: str) -> ResponseReturnValue:
    """All facts of an application; one of them found, or all that is left confirmed as claimed."""
    actor, now, wrong, told = access.actor(), access.clock(), {}, ""
    number, path = check_desk.number(call, key), request.form.get("path", "")
    if request.method == "POST":
        try:
            flash(_found(number, path))
        except (Forbidden, Missing):
            raise
        except Invalid as invalid:
            wrong = {name: text[language()] for name, text in invalid.fields.items()}
        except Refused as refused:
            told = refused.text[language()]
        else:
            return redirect(url_for(".one", call=call, key=key, _anchor=f"d-{path}" if path else None))
    facts = service.facts(actor, number, now)
    return _shown(facts, path, wrong, told), 422 if wrong else 409 if told else 200


def _found(number: int, path: str) -> str:
    actor, now, form = access.actor(), access.clock(), request.form
    if form.get("action") == "all":
        count = service.confirm(actor, number, form.getlist("left"), now)
        told: str = ngettext("Potrjen je %(num)s odgovor.", "Potrjenih je %(num)s odgovorov.", count)
        return told
    rows = {row.path: row for row in service.facts(actor, number, now).rows}
    if path not in rows:
        raise Missing
    seen = form.get("seen", "")
    count = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0
    confirmed = form.get("action") == "confirm"
    typed = _claimed(rows[path]) if confirmed else _typed(rows[path])
    service.find(actor, number, path, typed, "" if confirmed else form.get("reason", ""), count, now)
    said: str = _("Odgovor je potrjen.") if confirmed else _("Popravek je zapisan.")
    return said


def _typed(row: Row) -> replies.Typed:
    if isinstance(row.field, ChoicesField):
        return request.form.getlist("value")
    return request.form.get("value", "")


def _shown(facts: Facts, path: str, wrong: Mapping[str, str], told: str) -> str:
    rulebook, speaker = compiled(facts.application.call.rulebook), Speaker(language())
    said = {
        row.path: (
            naming.shown(speaker, rulebook, row.path, row.claim),
            naming.shown(speaker, rulebook, row.path, row.value),
        )
        for row in facts.rows
    }
    return render_template(
        "findings/one.html",
        facts=facts,
        said=said,
        path=path,
        wrong=wrong,
        told=told,
        given=request.form,
        options={row.path: _options(row) for row in facts.rows},
        typed={row.path: _stands(row) for row in facts.rows},
        open=facts.application.state in service.WHEN and facts.application.call.state in service.CALLS,
    )


def _claimed(row: Row) -> replies.Typed:
    """What says the same as the claim."""
    return str(row.claim or "") if isinstance(row.field, AttachmentField) else replies.typed(row.field, row.claim)


def _stands(row: Row) -> replies.Typed:
    """What the input holds: the value that stands."""
    return str(row.value or "") if isinstance(row.field, AttachmentField) else replies.typed(row.field, row.value)


YES, NO = Text("da", "yes"), Text("ne", "no")
COUNTS, COUNTS_NOT = Text("priloga ustreza", "the attachment will do"), Text("priloga ne ustreza", "it will not do")


def _options(row: Row) -> list[tuple[str, str, bool]]:
    """The choices of an answer: value, words, whether it stands; none where it is typed."""
    known: dict[str, Text] = {}
    if isinstance(row.field, ChoiceField | ChoicesField):
        known = dict(row.field.options)
    elif isinstance(row.field, YesNoField):
        known = {"true": YES, "false": NO}
    elif isinstance(row.field, AttachmentField):
        known = {str(row.claim or ""): COUNTS, "": COUNTS_NOT}
    stands = _stands(row)
    chosen = [stands] if isinstance(stands, str) else list(stands)
    return [(key, words[language()], key in chosen) for key, words in known.items()]
