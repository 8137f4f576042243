"""The room of an applicant's applications: its blueprint, which the pages of this audience share."""

from __future__ import annotations

from flask import Blueprint

from razpis.web import access, form_pages

applications = Blueprint("applications", __name__)
access.door(applications)

UPLOADS = frozenset({"applications.topic", "applications.supplement"})
TEXTS = frozenset({"applications.save"})


@applications.url_value_preprocessor
def _may_be_large(endpoint: str | None, _values: object) -> None:
    """A page of the form may bring files and long texts; the protection of forms reads it before any view."""
    if endpoint in UPLOADS | TEXTS:
        form_pages.may_be_large(endpoint in UPLOADS)
