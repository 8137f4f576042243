"""The room of an applicant's applications: its blueprint, which the pages of this audience share."""

from __future__ import annotations

import io

from flask import Blueprint, Response, current_app, request, send_file, url_for
from flask_babel import gettext as _

from razpis.procedure.deadlines import local_time
from razpis.web import access, form_pages
from razpis.web.auth import ADDRESS

applications = Blueprint("applications", __name__)
access.door(applications)

UPLOADS = frozenset({"applications.topic", "applications.supplement"})
TEXTS = frozenset({"applications.save"})


@applications.url_value_preprocessor
def _may_be_large(endpoint: str | None, _values: object) -> None:
    """A page of the form may bring files and long texts; the protection of forms reads it before any view."""
    if endpoint in UPLOADS | TEXTS:
        form_pages.may_be_large(endpoint in UPLOADS)


def address(endpoint: str, key: str) -> str:
    """The whole address of a page of an application, for mail: as configured, else as the visitor sees the service."""
    base: str | None = current_app.config.get(ADDRESS)
    return (base or request.host_url).rstrip("/") + url_for(endpoint, key=key)


def sent(content: bytes, media_type: str, name: str, away: bool = True) -> Response:
    """A file that no browser keeps: to be saved, or to be looked at where ``away`` is false."""
    response = send_file(io.BytesIO(content), media_type, as_attachment=away, download_name=name, max_age=0)
    response.cache_control.clear()
    response.cache_control.no_store = True
    return response


def saved_at() -> str:
    """``Shranjeno ob 14.05.``, by the server's clock in Ljubljana."""
    told: str = _("Shranjeno ob %(time)s.", time=local_time(access.clock()).strftime("%H.%M"))
    return told
