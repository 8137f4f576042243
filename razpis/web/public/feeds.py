"""News of calls and results for feed readers."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request, url_for

from razpis.services.decisions import public_results
from razpis.services.decisions.public_results import Addresses
from razpis.web.auth import ADDRESS
from razpis.web.language import language

feeds = Blueprint("feeds", __name__)


@feeds.get("/novice.atom")
def news() -> Response:
    """The newest of calls and results as an Atom feed, in the language asked for."""
    base: str = (current_app.config.get(ADDRESS) or request.host_url).rstrip("/")
    addresses = Addresses(
        feed=base + url_for(".news"),
        calls=base + url_for("public.calls"),
        call=lambda call: base + url_for("public.call", call=call),
        results=lambda call, number: base + url_for("published.version", call=call, number=number),
    )
    return Response(public_results.news(language(), addresses), content_type=public_results.MEDIA_TYPE)
