"""The first page after signing in: what you should do now, by when, in order."""

from __future__ import annotations

from flask import Blueprint, render_template

from razpis.services import todo
from razpis.web import access

home = Blueprint("home", __name__)
access.door(home)


@home.get("/zacetek")
def first() -> str:
    """What waits for this person."""
    return render_template("home/first.html", tasks=todo.tasks(access.actor(), access.clock()))
