"""Runs migrations on the database of the application that called (Flask-Migrate)."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import String, Text

from razpis.models.base import Base, db


def render(kind: str, item: Any, _context: Any) -> Any:
    """Write a type of ours into a revision as what it is kept as: a revision must not follow later code."""
    kept = getattr(item, "impl_instance", None)
    if kind != "type" or kept is None:
        return False
    if isinstance(kept, Text):
        return "sa.Text()"
    return f"sa.String({kept.length})" if isinstance(kept, String) else f"sa.{type(kept).__name__}()"


def run() -> None:
    """Migrate online: there is always a database to talk to."""
    settings = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_item=render, **settings)
        with context.begin_transaction():
            context.run_migrations()


run()
