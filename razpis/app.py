"""The web application put together: settings, languages, headers, pages, errors."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined

import razpis
from razpis.assets import ASSETS
from razpis.services.results import load
from razpis.web import errors, format, headers, language
from razpis.web.public import views

SETTINGS: dict[str, Any] = {
    "MAX_CONTENT_LENGTH": 1_000_000,
    "SEND_FILE_MAX_AGE_DEFAULT": timedelta(hours=1),
    "SESSION_COOKIE_NAME": "razpis",
    "SESSION_COOKIE_SAMESITE": "Lax",
    "PERMANENT_SESSION_LIFETIME": timedelta(days=365),
}


def create_app(results: Path | None = None, **settings: Any) -> Flask:
    """The application; ``results`` is a folder that `razpis evaluate` wrote.

    ``settings`` are Flask's own, over ours; ``INSTANCE_PATH`` says where the secret key is kept. Raises
    :class:`razpis.engine.problems.Problems` where the folder holds no result, and ``OSError``.
    """
    app = Flask(
        "razpis",
        static_folder=ASSETS / "static",
        template_folder=ASSETS / "templates",
        instance_path=settings.pop("INSTANCE_PATH", None),
    )
    app.config.from_mapping(SETTINGS)
    app.config.from_mapping(settings)
    app.secret_key = app.secret_key or secret_key(Path(app.instance_path))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["version"] = razpis.__version__
    for part in (language, format, headers, errors):
        part.init(app)
    app.extensions[views.RESULTS] = load(results) if results is not None else None
    app.register_blueprint(views.public)
    return app


def secret_key(instance: Path) -> str:
    """The key that signs cookies: ``RAZPIS_SECRET_KEY``, or one made once and kept in ``instance/secret_key``,
    which only its owner may read."""
    given = os.environ.get("RAZPIS_SECRET_KEY")
    if given:
        return given
    path = instance / "secret_key"
    instance.mkdir(parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode=0o600)
    except FileExistsError:
        return path.read_text("ascii")
    with os.fdopen(file, "w", encoding="ascii") as opened:
        opened.write(secrets.token_hex(32))
    return path.read_text("ascii")
