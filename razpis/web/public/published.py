"""Published results of calls: the version that counts, the earlier ones, and their files."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from razpis.services.calls import public_calls
from razpis.services.decisions import public_results
from razpis.web import access

published = Blueprint("published", __name__, url_prefix="/razpisi/<int:call>/izid")


@published.get("")
def last(call: int) -> str:
    """The results as they count now."""
    return _page(call, None)


@published.get("/<int:number>")
def version(call: int, number: int) -> str:
    """A version as it was published."""
    return _page(call, number)


@published.get("/<int:number>.pdf")
def pdf(call: int, number: int) -> Response:
    """The notice as it was issued, shown in the browser."""
    content = public_results.pdf(access.store(), call, number)
    return _file(content, "application/pdf", f"rezultati-{call}-{number}.pdf", "inline")


@published.get("/<int:number>.csv")
def table(call: int, number: int) -> Response:
    """The lines of a version as a spreadsheet."""
    return _file(public_results.table(call, number), "text/csv; charset=utf-8", f"rezultati-{call}-{number}.csv")


@published.get("/<int:number>.json")
def data(call: int, number: int) -> Response:
    """A version as data: its SHA-256 stands on the page."""
    return _file(public_results.data(call, number), "application/json", f"rezultati-{call}-{number}.json")


def _page(call: int, number: int | None) -> str:
    shown = public_results.shown(call, number)
    found = public_calls.published(call)
    content = shown.publication.content
    return render_template("published/version.html", call=found, shown=shown, content=content, told=public_results)


def _file(content: bytes, kind: str, name: str, how: str = "attachment") -> Response:
    return Response(content, content_type=kind, headers={"Content-Disposition": f"{how}; filename={name}"})
