"""A form that could not be taken, its session over or the server busy: what was typed stays, to be sent once more."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import render_template, request

SECRET = "password"
TOKEN = "csrf_token"


def page(busy: bool = False) -> str | None:
    """The page that holds what was sent; nothing where nothing was typed, or another site's page sent it.
    ``busy``: the sender is still signed in, the server could not take it now.

    A form from elsewhere is not offered: pressing the button would make it one's own.
    """
    typed = [(name, value) for name, value in request.form.items(multi=True) if name != TOKEN]
    if request.method != "POST" or not typed or not _our_own() or SECRET in request.form:
        return None
    files = any(one.filename for one in request.files.values())
    address = request.full_path.rstrip("?")
    return render_template("errors/resend.html", typed=typed, files=files, address=address, busy=busy)


def _our_own() -> bool:
    """Whether the browser says that one of our pages sent the form."""
    if "Sec-Fetch-Site" in request.headers:
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host
