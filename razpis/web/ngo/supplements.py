"""A supplement as the applicant sees it: what is asked and why, until when, and only that to be mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from razpis.engine.rulebook.fields import AttachmentField, TableField
from razpis.services.applications import replies, sheets
from razpis.services.applications.answers import Saved
from razpis.services.applications.sheets import Sheet
from razpis.services.errors import Invalid
from razpis.services.examination import established, supplementing
from razpis.services.examination.supplementing import Page, Sent
from razpis.services.examination.supplements import Standing
from razpis.services.organisations.mandates import Upload
from razpis.services.rules.rulebooks import compiled
from razpis.web import access
from razpis.web.language import language
from razpis.web.ngo import form_fields
from razpis.web.ngo.form_fields import ANSWER, ROWS, Given, Input
from razpis.web.ngo.room import applications as room
from razpis.web.ngo.room import sent as sent_file


@room.route("/vloge/<key>/dopolnitev", methods=["GET", "POST"])
def supplement(key: str) -> ResponseReturnValue:
    """The request with its fields; what is sent is filed at once and can be filed anew until the period ends."""
    actor, now, wrong = access.actor(), access.clock(), dict[str, str]()
    page = supplementing.page(actor, key, now)
    sheet, extra = _sheet(page), _row_asked_for()
    given = request.form if request.method == "POST" else None
    if given is None or "action" in given:
        return _shown(page, sheet, given, wrong, extra)
    try:
        filed = supplementing.file(actor, key, _sent(sheet, page.open or page.requests[-1]), now, access.store())
    except Invalid as invalid:
        wrong = {name: text[language()] for name, text in invalid.fields.items()}
        return _shown(supplementing.page(actor, key, now), sheet, given, wrong, extra), 422
    flash(_("Dopolnitev je vložena. Številka potrdila: %(receipt)s.", receipt=filed.receipt))
    return redirect(url_for("applications.supplement", key=key))


@room.get("/vloge/<key>/dopolnitev/priloge/<file>")
def supplement_file(key: str, file: str) -> ResponseReturnValue:
    """An attachment of the application or of its supplement."""
    found = supplementing.attachment(access.actor(), key, file, access.clock(), access.store())
    return sent_file(found.content, found.media_type, found.name)


def _row_asked_for() -> tuple[str, int]:
    """The table that a row is to be added to (1) or taken out of (the last one, -1)."""
    verb, _sep, key = request.form.get("action", "").partition(":")
    return (key, 1) if verb == "add" else (key.rpartition("-")[0], -1) if verb == "drop" else ("", 0)


def _sheet(page: Page) -> Sheet:
    """What the application says by now, as the inputs of a form are filled."""
    rulebook = compiled(page.application.call.rulebook)
    values = established.values(rulebook, page.contents)
    seen = {name: sheets.mark(0, page.contents.answers.get(name)) for name in rulebook.fields}
    return Sheet(page.application, rulebook, values, {}, seen)


def _sent(sheet: Sheet, asked: Standing) -> Sent:
    typed: dict[str, replies.Typed] = {}
    uploads: dict[str, list[Upload]] = {}
    for item in asked.request.items:
        field, name = sheet.rulebook.fields[item.field], ANSWER + item.field
        if isinstance(field, AttachmentField):
            uploads[item.field] = [
                Upload(one.filename, one.read()) for one in request.files.getlist(name) if one.filename
            ]
        else:
            typed[item.field] = form_fields.sent(request.form, field, item.field)
    return Sent(typed, uploads, frozenset(request.form.getlist("dropped")))


def _shown(page: Page, sheet: Sheet, given: Given | None, wrong: Mapping[str, str], extra: tuple[str, int]) -> str:
    asked = page.open or page.requests[-1]
    inputs = {item.field: _input(sheet, item.field, given, wrong, extra) for item in asked.request.items}
    return render_template(
        "supplements/one.html",
        page=page,
        asked=asked,
        inputs=inputs,
        wrong=wrong,
        sheet=sheet,
        application=page.application,
        earlier=[one for one in page.requests if one is not asked],
    )


def _input(sheet: Sheet, key: str, given: Given | None, wrong: Mapping[str, str], extra: tuple[str, int]) -> Input:
    """The input of one field, with what was typed where something was."""
    field, saved, rows = sheet.rulebook.fields[key], Saved(), 0
    if given is not None and not isinstance(field, AttachmentField):
        if isinstance(field, TableField) and extra[0] == key:
            rows = given.get(ROWS + key, 0, type=int) + 1 if extra[1] > 0 else 0
            action = given.get("action", "").rpartition("-")[2]
            if extra[1] < 0 and action.isdecimal():
                given = form_fields.without_row(given, field, key, int(action))
        try:
            value = replies.read(field, form_fields.sent(given, field, key))
            sheet = replace(sheet, values={**sheet.values, key: value})
        except replies.WrongReply as error:
            saved.faults[key] = error.faults
    made = form_fields.shown(sheet, key, rows, saved, given)
    if isinstance(field, AttachmentField) and key in wrong:
        made.error = wrong[key]
    return made
