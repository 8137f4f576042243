"""Files sent to a browser so that no cache keeps them."""

from __future__ import annotations

import io

from flask import Response, send_file

INSIDE = frozenset({"application/pdf", "image/jpeg", "image/png"})
"""What browsers show safely by themselves."""


def shown(content: bytes, media_type: str, name: str) -> Response:
    """A file to look at where a browser can show it safely, else to be saved."""
    return sent(content, media_type, name, away=media_type not in INSIDE)


def sent(content: bytes, media_type: str, name: str, away: bool = True) -> Response:
    """A file that no browser keeps: to be saved, or to be looked at where ``away`` is false."""
    response = send_file(io.BytesIO(content), media_type, as_attachment=away, download_name=name, max_age=0)
    response.cache_control.clear()
    response.cache_control.no_store = True
    return response
