"""The web application put together: settings, languages, headers, pages, errors."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

import razpis
from razpis import database
from razpis.assets import ASSETS
from razpis.services.files import Store
from razpis.services.rules.results import load
from razpis.settings import from_environment
from razpis.web import access, auth, errors, format, headers, home, language, numbered, oidc, signs
from razpis.web.commission import agreeing, checking, declarations, exclusions, findings, marking, proposing, whatif
from razpis.web.commission import results as computed
from razpis.web.commission import serving as served
from razpis.web.commission import sittings as held
from razpis.web.ngo import applications as filed
from razpis.web.ngo import decisions, mandates
from razpis.web.public import calls as public
from razpis.web.public import feeds, published, verification
from razpis.web.public import results as shown
from razpis.web.sector import accounts as people
from razpis.web.sector import (
    contents,
    corrections,
    decision_terms,
    deliveries,
    desk,
    functionaries,
    papers,
    publications,
    releases,
    remedies,
    renewals,
    stops,
)
from razpis.web.sector import dossiers as kept
from razpis.web.sector import journal as events
from razpis.web.sector import office_days as calendar
from razpis.web.sector import organisations as applicants
from razpis.web.sector import proposals as handed
from razpis.web.sector import registry as received
from razpis.web.sector import transcripts as typed

SETTINGS: dict[str, Any] = {
    "MAX_CONTENT_LENGTH": 1_000_000,
    "SEND_FILE_MAX_AGE_DEFAULT": timedelta(hours=1),
    "SESSION_COOKIE_NAME": "razpis",
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_HTTPONLY": True,
    "PERMANENT_SESSION_LIFETIME": timedelta(days=365),
    "WTF_CSRF_TIME_LIMIT": None,  # a form may stay open all evening; the token lasts as long as the session
}

BLUEPRINTS = (
    home.home,
    auth.auth,
    oidc.oidc,
    public.public,
    mandates.organisations,
    filed.applications,
    desk.calls,
    applicants.applicants,
    people.accounts,
    functionaries.functionaries,
    received.registry,
    typed.room,
    events.journal,
    handed.proposals,
    papers.papers,
    releases.releases,
    corrections.corrections,
    stops.stops,
    decision_terms.decision_terms,
    deliveries.deliveries,
    remedies.remedies,
    renewals.renewals,
    decisions.decisions,
    publications.publications,
    kept.dossiers,
    contents.contents,
    published.published,
    verification.verification,
    feeds.feeds,
    declarations.commission,
    exclusions.exclusions,
    held.sittings,
    checking.checking,
    findings.findings,
    served.serving,
    calendar.office_days,
    marking.marking,
    agreeing.agreeing,
    computed.runs,
    whatif.whatif,
    proposing.proposing,
)


def now() -> datetime:
    """The server's clock."""
    return datetime.now(UTC)


def create_app(results: Path | None = None, clock: Callable[[], datetime] = now, **settings: Any) -> Flask:
    """The application; ``results`` is a folder that `razpis evaluate` wrote, shown under ``/izid/``.

    ``settings`` are Flask's own, over ours; ``INSTANCE_PATH`` (else ``RAZPIS_INSTANCE`` of the environment) says
    where secret key, files and the default database are kept. The rest of the environment: :mod:`razpis.settings`.
    Raises :class:`razpis.engine.problems.Problems` where the folder holds no result,
    :class:`razpis.settings.SettingRefused`, and ``OSError``.
    """
    app = Flask(
        "razpis",
        static_folder=ASSETS / "static",
        template_folder=ASSETS / "templates",
        instance_path=settings.pop("INSTANCE_PATH", None) or os.environ.get("RAZPIS_INSTANCE"),
    )
    app.config.from_mapping(SETTINGS)
    app.config.from_mapping(from_environment(os.environ))
    app.config.from_mapping(settings)
    app.secret_key = app.secret_key or secret_key(Path(app.instance_path))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["version"] = razpis.__version__
    CSRFProtect(app)
    if app.config["RAZPIS_PROXIES"]:
        trusted = app.config["RAZPIS_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)  # type: ignore[method-assign]
    for part in (database, numbered, language, format, headers, errors, signs, access, oidc):
        part.init(app)
    app.extensions[access.CLOCK] = clock
    app.extensions[access.STORE] = Store(Path(app.instance_path) / "files")
    app.extensions[shown.RESULTS] = load(results) if results is not None else None
    app.register_blueprint(shown.results, url_prefix="/izid")
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def secret_key(instance: Path) -> str:
    """The key that signs cookies: ``RAZPIS_SECRET_KEY``, or one made once and kept in ``instance/secret_key``,
    which only its owner may read."""
    given = os.environ.get("RAZPIS_SECRET_KEY")
    if given:
        return given
    path = instance / "secret_key"
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode=0o600)
    except FileExistsError:
        return path.read_text("ascii")
    with os.fdopen(file, "w", encoding="ascii") as opened:
        opened.write(secrets.token_hex(32))
    return path.read_text("ascii")
