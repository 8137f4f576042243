"""Addresses of the public pages: the result list, the reasons of each result, verification, open data."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request, send_file
from werkzeug.datastructures import MultiDict

from razpis.services.rules.result_list import COLUMNS, Choice, result_list
from razpis.services.rules.results import Line, Results
from razpis.web.language import language
from razpis.web.public.pot import pot
from razpis.web.public.reasons import groups, why

RESULTS = "razpis_results"
results = Blueprint("results", __name__)


@results.app_context_processor
def _known() -> dict[str, Any]:
    return {"results": current_app.extensions[RESULTS]}


@results.get("/")
def call() -> str:
    """How the money was divided, and the list of results."""
    results: Results | None = current_app.extensions[RESULTS]
    if results is None:
        return render_template("results/no_results.html")
    choice = _choice(request.args)
    shown = result_list(results, choice)
    pots = {lot.key: pot(lot.money, lot.order) for lot in shown.lots if lot.money and lot.order}
    return render_template("results/call.html", choice=choice, shown=shown, pots=pots, why=why)


@results.get("/vloga/<path:application>")
def application(application: str) -> str:
    """The reasons of one result."""
    results = _results()
    line = _line(results, application)
    before, after = results.neighbours(line.id)
    told = line.explanation[language()]
    decision = results.decision(line.id)
    return render_template(
        "results/application.html",
        line=line,
        told=told,
        groups=groups(told),
        lot=results.lot(line.lot),
        before=before,
        after=after,
        decision_size=decision.stat().st_size if decision else None,
    )


@results.get("/vloga/<path:application>/sklep.pdf")
def decision(application: str) -> Response:
    """The decision as it was written, shown in the browser."""
    path = _results().decision(application) or abort(404)
    return send_file(path, mimetype="application/pdf", download_name=path.name)


@results.get("/rezultati.csv")
def table() -> Response:
    """The result list as the evaluation wrote it."""
    return _download(_results().table, "text/csv; charset=utf-8", "rezultati.csv")


@results.get("/evaluation.json")
def evaluation() -> Response:
    """The evaluation with every reason, without what is not for everyone."""
    return _download(_results().open_data, "application/json", "evaluation.json")


@results.get("/preverjanje")
def verification() -> str:
    """How anyone with the input files can compute the result again."""
    document = _results().document
    inputs = {"rulebook": document.rulebook_sha256, **document.inputs}
    command = _command(inputs, document.simulation)
    return render_template("results/verification.html", inputs=inputs, command=command)


def _command(inputs: Mapping[str, str], changes: Iterable[str]) -> str:
    """The command that computes the same again; files are named by what they hold."""
    options = [f"--{role} {role}.csv" for role in ("marks", "findings", "draws") if role in inputs]
    options += [f"--set {shlex.quote(change)}" for change in changes]
    return " \\\n  ".join(["razpis evaluate rulebook.yaml applications.csv", *options, "--out DIR"])


def _results() -> Results:
    """The results this server shows; 404 where it shows none."""
    found: Results | None = current_app.extensions[RESULTS]
    return found or abort(404)


def _line(results: Results, application: str) -> Line:
    return results.line(application) or abort(404)


def _choice(args: MultiDict[str, str]) -> Choice:
    """The choice written in the address; an unknown order is the order of places."""
    sort = args.get("sort", "place")
    known = sort.removeprefix("-") in COLUMNS
    return Choice(args.get("lot") or None, args.get("outcome") or None, sort if known else "place")


def _download(content: bytes, kind: str, name: str) -> Response:
    return Response(content, content_type=kind, headers={"Content-Disposition": f"attachment; filename={name}"})
