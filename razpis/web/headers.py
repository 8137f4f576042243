"""What every response says about how a browser must treat it."""

from __future__ import annotations

from flask import Flask, Response, current_app

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
ONLY_SECURE = {"Strict-Transport-Security": "max-age=31536000"}
"""Where the public address is one of https: for a year, browsers do not even try without it."""


def init(app: Flask) -> None:
    """Send the headers with every response."""
    app.after_request(_protected)


def _protected(response: Response) -> Response:
    response.headers.update(HEADERS)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.update(ONLY_SECURE)
    return response
