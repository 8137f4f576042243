"""Whole addresses for mail, documents and feeds: as the service is configured, else as the visitor sees it."""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for

ADDRESS = "RAZPIS_ADDRESS"


def whole(endpoint: str, **values: Any) -> str:
    """The whole address of a page."""
    base: str | None = current_app.config.get(ADDRESS)
    return (base or request.host_url).rstrip("/") + url_for(endpoint, **values)


def verification() -> str:
    """Where anyone can check a document, with ``{key}`` in the place of its key."""
    return whole("verification.one", key="KEY").replace("KEY", "{key}")


def decision(key: str) -> str:
    """The applicant's page of the decision on the application with this key."""
    return whole("decisions.own", key=key)


def supplement(key: str) -> str:
    """The applicant's page of the supplement to the application with this key."""
    return whole("applications.supplement", key=key)
