"""Opened applications for the auditor: what was filed, with what a supplement and the commission changed."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from razpis.procedure.words import APPLICATION_STATES
from razpis.services.examination import opened as service
from razpis.services.marking import application_shown
from razpis.web import access
from razpis.web.language import language
from razpis.web.sending import shown

contents = Blueprint("contents", __name__, url_prefix="/vloge-razpisa")
access.door(contents, *service.READERS)


@contents.get("/<int:call>")
def listed(call: int) -> str:
    """The opened applications of a call."""
    found, lines = service.listed(access.actor(), call)
    return render_template("contents/listed.html", call=found, lines=lines, states=APPLICATION_STATES)


@contents.get("/vloga/<key>")
def one(key: str) -> str:
    """Everything one of them says; the reading is noted."""
    found = service.one(access.actor(), key, access.clock())
    topics = application_shown.topics(found.rulebook, found.case, language())
    return render_template("contents/one.html", found=found, topics=topics, states=APPLICATION_STATES)


@contents.get("/vloga/<key>/priloge/<file>")
def file(key: str, file: str) -> Response:
    """An attachment, shown where browsers can show it safely."""
    found = service.file(access.actor(), key, file, access.clock(), access.store())
    return shown(found.content, found.media_type, found.name)
