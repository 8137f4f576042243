"""Public pages: open, coming and past calls, and what the service says about itself."""

from __future__ import annotations

from flask import Blueprint, render_template

public = Blueprint("public", __name__)


@public.get("/")
def calls() -> str:
    """Open, coming and past calls."""
    return render_template("public/calls.html")


@public.get("/dostopnost")
def accessibility() -> str:
    """What works for whom, and what was tested."""
    return render_template("public/accessibility.html")


@public.get("/zasebnost")
def privacy() -> str:
    """What happens to personal data."""
    return render_template("public/privacy.html")
