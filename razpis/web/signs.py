"""Signs that no text holds: refused at the door, before a form, a search or a database meets them."""

from __future__ import annotations

from flask import Flask, request

from razpis.engine.problems import Text
from razpis.services.errors import Refused


def init(app: Flask) -> None:
    """Refuse a request with the sign NUL in its address or form: PostgreSQL cannot keep it, nobody types it."""
    app.before_request(_refuse)


def _refuse() -> None:
    values = [*request.args.values(), *request.form.values(), *map(str, (request.view_args or {}).values())]
    if any("\0" in value for value in values):
        raise Refused(
            Text(
                "Poslano vsebuje neviden znak (NUL), ki ga ni mogoče shraniti. Besedilo prilepite brez oblikovanja.",
                "What was sent holds an invisible sign (NUL) that cannot be kept. Paste the text as plain text.",
            )
        )
