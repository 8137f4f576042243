"""The inputs of a supplement: only what the request names, filled with what the application says by now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import request

from razpis.engine.rulebook.fields import AttachmentField, TableField
from razpis.services.applications import replies, sheets
from razpis.services.applications.answers import Saved
from razpis.services.applications.sheets import Sheet
from razpis.services.examination import established
from razpis.services.examination.supplementing import Page, Sent
from razpis.services.examination.supplements import Standing
from razpis.services.organisations.mandates import Upload
from razpis.services.rules.rulebooks import compiled
from razpis.web import form_fields
from razpis.web.form_fields import ANSWER, ROWS, Given, Input


def row_asked_for() -> tuple[str, int]:
    """The table that a row is to be added to (1) or taken out of (the last one, -1)."""
    verb, _sep, key = request.form.get("action", "").partition(":")
    return (key, 1) if verb == "add" else (key.rpartition("-")[0], -1) if verb == "drop" else ("", 0)


def sheet_of(page: Page) -> Sheet:
    """What the application says by now, as the inputs of a form are filled."""
    rulebook = compiled(page.application.call.rulebook)
    values = established.values(rulebook, page.contents)
    seen = {name: sheets.mark(0, page.contents.answers.get(name)) for name in rulebook.fields}
    return Sheet(page.application, rulebook, values, {}, seen)


def sent(sheet: Sheet, asked: Standing) -> Sent:
    """What the form brings of the fields that were asked for."""
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


def inputs(
    sheet: Sheet, asked: Standing, given: Given | None, wrong: Mapping[str, str], extra: tuple[str, int]
) -> dict[str, Input]:
    """The input of each field that was asked for, with what was typed where something was."""
    return {item.field: _input(sheet, item.field, given, wrong, extra) for item in asked.request.items}


def _input(sheet: Sheet, key: str, given: Given | None, wrong: Mapping[str, str], extra: tuple[str, int]) -> Input:
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
