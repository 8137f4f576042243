"""The language of a page: Slovenian, or English where the visitor asked for it."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from flask import Flask, request, session
from flask_babel import Babel, get_locale

from razpis.engine.problems import Language
from razpis.engine.wording import Speaker

LANGUAGES: tuple[Language, ...] = ("sl", "en")
SWITCH = "jezik"


def init(app: Flask) -> None:
    """Choose the language of every request; ``?jezik=en`` on any page switches, a cookie remembers."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "sl")
    Babel(app, locale_selector=_chosen)
    app.before_request(_remember)
    app.context_processor(lambda: {"language": language(), "other_language": _other()})


def language() -> Language:
    """The language of this request."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "sl"


def speaker() -> Speaker:
    """Speaks the language of this request."""
    return Speaker(language())


def _remember() -> None:
    if request.args.get(SWITCH) in LANGUAGES:
        session.permanent = True
        session["language"] = request.args[SWITCH]


def _chosen() -> str:
    asked = request.args.get(SWITCH) or session.get("language")
    return asked if asked in LANGUAGES else "sl"


def _other() -> str:
    """The address of this same page in the other language."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key != SWITCH]
    other = next(one for one in LANGUAGES if one != language())
    return _page() + "?" + urlencode([*kept, (SWITCH, other)])


def _page() -> str:
    """Nothing for this same page; where its address only takes forms, the page the form was sent from."""
    if request.url_rule is None or "GET" in (request.url_rule.methods or ()):
        return ""
    sent = urlsplit(request.referrer or "")
    return "/" + (sent.path.lstrip("/") if sent.netloc == request.host else "")
