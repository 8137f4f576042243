"""News of calls and results for feed readers."""

from __future__ import annotations

from flask import Blueprint, Response

from razpis.services.decisions import public_results
from razpis.services.decisions.public_results import Addresses
from razpis.web import links
from razpis.web.language import language

feeds = Blueprint("feeds", __name__)


@feeds.get("/novice.atom")
def news() -> Response:
    """The newest of calls and results as an Atom feed, in the language asked for."""
    addresses = Addresses(
        feed=links.whole(".news"),
        calls=links.whole("public.calls"),
        call=lambda call: links.whole("public.call", call=call),
        results=lambda call, number: links.whole("published.version", call=call, number=number),
    )
    return Response(public_results.news(language(), addresses), content_type=public_results.MEDIA_TYPE)
