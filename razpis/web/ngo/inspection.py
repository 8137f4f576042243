"""A party inspects its own file: its points with reasons, its place among the others, what its decision stands on."""

from __future__ import annotations

from flask import render_template

from razpis.engine import money
from razpis.services.decisions import file_inspection
from razpis.web import access
from razpis.web.language import language
from razpis.web.ngo.room import applications as room


@room.get("/vloge/<key>/spis")
def inspection(key: str) -> str:
    """The file of an application one may act for (ZUP, 82. člen): nothing of other applicants but their places."""
    found = file_inspection.own(access.actor(), key, access.clock())
    told = found.explanation[language()]
    return render_template("applications/inspection.html", found=found, told=told, points=_points, cents=_cents)


def _points(exact: str | None) -> money.Number | None:
    """Exact points as text (``94/3``) as a number."""
    return None if exact is None else money.read_exact(exact)


def _cents(euros: str) -> int:
    """``6120.00`` in cents."""
    return money.to_cents(money.parse_number(euros))
