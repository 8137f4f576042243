"""Signing in through the organisation's own service (OpenID Connect); there is such a page only where it is set up."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, abort, current_app, request, session, url_for
from flask.typing import ResponseReturnValue

from razpis.engine.problems import Text
from razpis.services.errors import Refused
from razpis.services.people import logins
from razpis.web import access
from razpis.web.auth import enter

try:
    from authlib.integrations.base_client.errors import OAuthError
    from authlib.integrations.flask_client import OAuth
except ImportError:  # the extra `oidc` is not installed
    OAuth = None

oidc = Blueprint("oidc", __name__)
CLIENT, NEXT = "razpis_oidc", "oidc_next"
CHECKED = (True, "true")
"""How services say that they have checked an address; some write the word, and »false« is a word too."""


def init(app: Flask) -> None:
    """Know the service named in the setting ``OIDC``: ``{name, issuer, client_id, client_secret}``.

    Raises ``RuntimeError`` where it is set and the extra ``oidc`` is missing.
    """
    settings = app.config.get("OIDC")
    if not settings:
        return
    if OAuth is None:
        raise RuntimeError("OIDC is set, but its libraries are missing: pip install 'razpis[oidc]'")
    app.extensions[CLIENT] = OAuth(app).register(
        "provider",
        client_id=settings["client_id"],
        client_secret=settings["client_secret"],
        server_metadata_url=settings["issuer"].rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256"},
    )


@oidc.get("/prijava/ponudnik")
def start() -> ResponseReturnValue:
    """Send the visitor to the service."""
    session[NEXT] = request.args.get("next", "")
    answer: ResponseReturnValue = _client().authorize_redirect(url_for("oidc.back", _external=True))
    return answer


@oidc.get("/prijava/ponudnik/nazaj")
def back() -> ResponseReturnValue:
    """The visitor comes back, identified. An address counts only where the service says it has checked it."""
    client = _client()
    try:
        claims = client.authorize_access_token()["userinfo"]
    except OAuthError as error:
        raise Refused(
            Text("Prijava pri ponudniku ni uspela. Poskusite znova.", "Signing in there failed. Try again.")
        ) from error
    email = claims.get("email") if claims.get("email_verified") in CHECKED else None
    token = logins.sign_in_from(claims["iss"], claims["sub"], email, str(request.user_agent), access.clock())
    return enter(token, session.pop(NEXT, None))


def _client() -> Any:
    return current_app.extensions.get(CLIENT) or abort(404)
