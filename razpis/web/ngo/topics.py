"""One topic of the form a page: shown, saved by its button or field by field, with its files."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from razpis.engine.rulebook.topics import FormTopic
from razpis.services import files
from razpis.services.applications import answers, applications, attachments
from razpis.services.applications.answers import Saved
from razpis.services.applications.progress import failing_by_topic, progress
from razpis.services.applications.sheets import Sheet, sheet
from razpis.services.errors import Refused
from razpis.services.organisations.mandates import Upload
from razpis.web import access, form_fields, form_pages
from razpis.web.form_fields import Given
from razpis.web.language import language
from razpis.web.ngo.room import applications as room
from razpis.web.sending import sent, shown

CONFLICT, WRONG = 409, 422


@room.route("/vloge/<key>/podatki/<topic>", methods=["GET", "POST"])
def topic(key: str, topic: str) -> ResponseReturnValue:
    """A page of the form. What is right is saved even where something beside it is wrong."""
    actor, now = access.actor(), access.clock()
    form = sheet(applications.own(actor, key, now))
    page = form.topic(topic)
    if request.method == "GET":
        return _page(form, page, Saved(), None)
    verb, about = form_pages.action()
    given = form_pages.given(form, verb, about)
    keys = [one for one in page.fields if not (verb == "theirs" and one == about)]
    saved = answers.save(actor, key, form_fields.changes(form, keys, given), now)
    told = _with_files(key, page, form, saved)
    if verb == "remove":
        attachments.remove(actor, key, about, now)
    form = sheet(applications.own(actor, key, now))
    if saved.faults or saved.conflicts:
        return _page(form, page, saved, given), CONFLICT if saved.conflicts else WRONG
    flash(told)
    return redirect(_next(form, page, verb, about, given))


@room.post("/vloge/<key>/shrani")
def save(key: str) -> ResponseReturnValue:
    """Fields saved as they are left, by a script: what was saved, what is wrong, what another tab changed."""
    actor, now = access.actor(), access.clock()
    form = sheet(applications.own(actor, key, now))
    try:
        saved = answers.save(actor, key, form_fields.changes(form, list(form.asked), request.form), now)
    except Refused as refused:
        return jsonify(told=refused.text[language()]), CONFLICT
    form = sheet(applications.own(actor, key, now))
    reported = form_pages.reported(form, saved, request.form, form_pages.saved_at())
    return jsonify(reported), CONFLICT if saved.conflicts else 200


@room.get("/vloge/<key>/priloge/<file>")
def file(key: str, file: str) -> ResponseReturnValue:
    """A file of one's own application: to look at where the browser can, else to keep."""
    found = attachments.one(access.actor(), key, file, access.clock())
    content = files.content(access.store(), found.sha256)
    send = sent if "prenos" in request.args else shown
    return send(content, found.media_type, found.name)


def _with_files(key: str, page: FormTopic, form: Sheet, saved: Saved) -> str:
    """Attach what was sent with the page; what to say when all went well."""
    actor, now = access.actor(), access.clock()

    def add(field: str, uploads: Sequence[Upload]) -> None:
        attachments.add(actor, key, field, uploads, now, access.store())

    taken = form_pages.with_files(page, form, saved, add)
    return _("Shranjeno, prilog dodanih: %(count)s.", count=taken) if taken else form_pages.saved_at()


def _page(form: Sheet, page: FormTopic, saved: Saved, given: Given | None) -> str:
    now = access.clock()
    inputs = form_pages.inputs(form, page, saved, given)
    found = progress(form, now, language())
    return render_template(
        "applications/topic.html",
        application=form.application,
        sheet=form,
        topic=page,
        place=[one.key for one in form.rulebook.topics].index(page.key) + 1,
        inputs=inputs,
        conflicts=[one for one in inputs if one.theirs],
        errors=[error for one in inputs for error in one.wrong],
        failing=failing_by_topic(form, found, page),
        open=applications.takes(form.application.call, now) and form.application.state in answers.CHANGEABLE,
    )


def _next(form: Sheet, page: FormTopic, verb: str, about: str, given: Given) -> str:
    """Where to go after saving: on, or back to what was being worked on."""
    key = form.application.key
    if verb == "add":
        return url_for("applications.topic", key=key, topic=page.key) + form_pages.with_row(about, given)
    if verb in ("drop", "remove", "theirs"):
        return url_for("applications.topic", key=key, topic=page.key)
    keys = [one.key for one in form.rulebook.topics]
    after = keys[keys.index(page.key) + 1 :]
    if verb == "list" or not after:
        return url_for("applications.tasks", key=key)
    return url_for("applications.topic", key=key, topic=after[0])
