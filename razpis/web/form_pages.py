"""A page of a call's form, whoever fills it in: the button that was pressed, what was sent, files, rows of tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _

from razpis.engine.rulebook.fields import AttachmentField, TableField
from razpis.engine.rulebook.topics import FormTopic
from razpis.procedure.deadlines import local_time
from razpis.services.applications import attachments, replies
from razpis.services.applications.answers import Saved
from razpis.services.applications.sheets import Sheet
from razpis.services.errors import Invalid, Missing
from razpis.services.organisations.mandates import Upload
from razpis.web import access, form_fields
from razpis.web.form_fields import Given, Input

CONFLICT, WRONG = 409, 422
_OVERHEAD = 2 * 1024 * 1024


def may_be_large(uploads: bool) -> None:
    """Let the request bring long texts and, where ``uploads``, files; called before anything reads its form."""
    request.max_content_length = _OVERHEAD + (attachments.LARGEST_SUM if uploads else 0)
    request.max_form_memory_size = _OVERHEAD
    request.max_form_parts = 20_000


def action() -> tuple[str, str]:
    """The button that was pressed: what it does, and to what."""
    verb, _colon, about = request.form.get("action", "next").partition(":")
    return verb, about


def given(form: Sheet, verb: str, about: str) -> Given:
    """The form as sent; without the row that is to go. Raises :class:`Missing` for a row of no table."""
    if verb != "drop":
        return request.form
    key, _dash, row = about.rpartition("-")
    asked = form.asked.get(key)
    if not isinstance(asked, TableField) or not row.isdecimal():
        raise Missing
    return form_fields.without_row(request.form, asked, key, int(row))


def with_files(page: FormTopic, form: Sheet, saved: Saved, add: Callable[[str, Sequence[Upload]], None]) -> int:
    """Give what was sent with the page to ``add``, field by field; how many files it took. What it refused stands
    in ``saved``."""
    taken = 0
    for field in page.fields:
        brought = [one for one in request.files.getlist(form_fields.ANSWER + field) if one.filename]
        if not brought or not isinstance(form.asked[field], AttachmentField):
            continue
        uploads = [Upload(one.filename or "", one.read()) for one in brought]
        try:
            add(field, uploads)
            taken += len(uploads)
        except Invalid as invalid:
            saved.faults[field] = {replies.WHOLE: invalid.text}
    return taken


def inputs(form: Sheet, page: FormTopic, saved: Saved, sent: Given | None) -> list[Input]:
    """The inputs of a page, with as many rows of its tables as its address asks for."""
    return [
        form_fields.shown(form, key, request.args.get(form_fields.ROWS + key, 0, type=int), saved, sent)
        for key in page.fields
    ]


def reported(form: Sheet, saved: Saved, sent: Given, told: str) -> dict[str, object]:
    """What a script is told of the fields it sent: ``told`` where something was saved, the marks of what stands now,
    what is wrong, what another tab changed, sums of tables."""
    touched = dict.fromkeys([*saved.changed, *saved.faults, *saved.conflicts])
    changed = [form_fields.shown(form, one, saved=saved, given=sent) for one in touched]
    return {
        "told": told if saved.changed else "",
        "seen": saved.marks,
        "faults": {name: text for one in changed for name, text in one.faults},
        "conflicts": {one.key: _conflict(one.theirs) for one in changed if one.theirs},
        "sums": {one.key: one.sums for one in changed if one.sums},
    }


def _conflict(theirs: str) -> str:
    told: str = _(
        "V drugem oknu je medtem shranjeno: %(theirs)s. Vaše ni shranjeno. Za izbiro pritisnite »Shrani«.",
        theirs=theirs,
    )
    return told


def saved_at() -> str:
    """``Shranjeno ob 14.05.``, by the server's clock in Ljubljana."""
    told: str = _("Shranjeno ob %(time)s.", time=local_time(access.clock()).strftime("%H.%M"))
    return told


def with_row(table: str, sent: Given) -> str:
    """What to add to the address of a page so that ``table`` has a row more than was sent, and stands in sight."""
    rows = sent.get(form_fields.ROWS + table, 0, type=int) + 1
    return f"?{urlencode({form_fields.ROWS + table: rows})}#{form_fields.ANSWER}{table}"
