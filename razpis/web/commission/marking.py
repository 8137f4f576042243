"""Marking: a member's round, one application at a time, saved as it is typed, locked when it is full."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from razpis.procedure.problems import ProcedureError
from razpis.procedure.roles import COMMISSION
from razpis.services.errors import Forbidden, Missing, Refused
from razpis.services.marking import application_shown, criterion_desk, mark_desk, mark_locks
from razpis.services.marking import marking as service
from razpis.services.marking.criterion_desk import CriterionPage
from razpis.services.marking.mark_desk import Page
from razpis.services.marking.marking import Saved, Typed
from razpis.web import access, numbered
from razpis.web.commission import mark_rows
from razpis.web.language import language

marking = Blueprint("marking", __name__, url_prefix="/komisija/<int:call>/ocenjevanje")
access.door(marking, *COMMISSION)
CONFLICT, WRONG = 409, 422


@marking.get("/")
def listed(call: int) -> str:
    """The member's round, in an order of their own."""
    return render_template("marking/listed.html", desk=mark_desk.desk(access.actor(), call, access.clock()))


@marking.route("/<key>", methods=["GET", "POST"])
def one(call: int, key: str) -> ResponseReturnValue:
    """One application. What is right is saved even where something beside it is wrong."""
    actor, now = access.actor(), access.clock()
    if request.method == "GET":
        return _shown(mark_desk.one(actor, call, key, now), {}, None, "")
    sent = mark_rows.typed(request.form)
    try:
        saved = service.save(actor, call, {key: sent}, now)
    except (Forbidden, Missing):
        raise
    except Refused as refused:
        return _shown(mark_desk.one(actor, call, key, now), sent, None, refused.text[language()]), CONFLICT
    if saved.faults or saved.conflicts:
        shown = _shown(mark_desk.one(actor, call, key, now), sent, saved, "")
        return shown, CONFLICT if saved.conflicts else WRONG
    flash(_("Ocene so shranjene."))
    onward = mark_desk.following(actor, call, key, now) if request.form.get("to") == "next" else key
    return redirect(url_for(".one", call=call, key=onward) if onward else url_for(".listed", call=call))


@marking.post("/<key>/shrani")
def save(call: int, key: str) -> ResponseReturnValue:
    """Marks saved as their fields are left, by a script."""
    actor, now, sent = access.actor(), access.clock(), mark_rows.typed(request.form)
    try:
        saved = service.save(actor, call, {key: sent}, now)
    except Refused as refused:
        return jsonify(refused=refused.text[language()]), CONFLICT
    return jsonify(mark_rows.told(saved, 1))


@marking.route("/merila/<criterion>/vloge", methods=["GET", "POST"])
def across(call: int, criterion: str) -> ResponseReturnValue:
    """One criterion across the member's applications, a page at a time."""
    actor, now, number = access.actor(), access.clock(), request.args.get("stran", 1, type=numbered.number)
    page = criterion_desk.one(actor, call, criterion, number, now)
    if request.method == "GET":
        return _across(page, {}, None, "")
    sent = mark_rows.typed(request.form)
    try:
        saved = service.save(actor, call, _by_application(criterion, sent), now)
    except (Forbidden, Missing):
        raise
    except Refused as refused:
        page = criterion_desk.one(actor, call, criterion, number, now)
        return _across(page, sent, None, refused.text[language()]), CONFLICT
    if saved.faults or saved.conflicts:
        page = criterion_desk.one(actor, call, criterion, number, now)
        return _across(page, sent, saved, ""), CONFLICT if saved.conflicts else WRONG
    flash(_("Ocene so shranjene."))
    onward = number + (request.form.get("to") == "next" and number < page.pages)
    return redirect(url_for(".across", call=call, criterion=criterion, stran=onward))


@marking.post("/merila/<criterion>/vloge/shrani")
def save_across(call: int, criterion: str) -> ResponseReturnValue:
    """Marks by one criterion saved as their fields are left, by a script."""
    sent = _by_application(criterion, mark_rows.typed(request.form))
    try:
        saved = service.save(access.actor(), call, sent, access.clock())
    except Refused as refused:
        return jsonify(refused=refused.text[language()]), CONFLICT
    return jsonify(mark_rows.told(saved, 0))


@marking.route("/zakleni", methods=["GET", "POST"])
def lock(call: int) -> ResponseReturnValue:
    """The full sheets as a list, then locked at once by their number."""
    actor, now = access.actor(), access.clock()
    desk = mark_desk.desk(actor, call, now)
    if request.method == "GET":
        return render_template("marking/lock.html", desk=desk)
    count = mark_locks.lock_own(actor, call, request.form.getlist("key"), now)
    flash(ngettext("Zaklenjen je %(num)s list.", "Zaklenjenih je %(num)s listov.", count))
    return redirect(url_for(".listed", call=call))


@marking.route("/zakleni-krog", methods=["GET", "POST"])
def lock_round(call: int) -> ResponseReturnValue:
    """The president locks all marks, after reading what that means."""
    actor, now = access.actor(), access.clock()
    desk, refused = mark_desk.desk(actor, call, now), ""
    if request.method == "POST":
        try:
            mark_locks.lock_round(actor, call, now)
        except Refused as error:
            refused = error.text[language()]
        except ProcedureError as error:
            refused = error.problem[language()]
        else:
            flash(_("Ocene so zaklenjene. Sledi usklajevanje."))
            return redirect(url_for("agreeing.listed", call=call))
    return render_template("marking/lock_round.html", desk=desk, refused=refused), CONFLICT if refused else 200


def _by_application(criterion: str, sent: dict[str, Typed]) -> dict[str, dict[str, Typed]]:
    return {key: {criterion: typed} for key, typed in sent.items()}


def _across(page: CriterionPage, sent: dict[str, Typed], saved: Saved | None, refused: str) -> str:
    return render_template("marking/across.html", page=page, rows=mark_rows.across(page, sent, saved), refused=refused)


def _shown(page: Page, sent: dict[str, Typed], saved: Saved | None, refused: str) -> str:
    return render_template(
        "marking/one.html",
        page=page,
        rows=mark_rows.rows(page.asked, sent, saved, page.line.application.key),
        topics=application_shown.topics(page.rulebook, page.case, language()),
        refused=refused,
    )
