"""The journal of events and the log of readings, which nobody can change."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from razpis.procedure.roles import Role
from razpis.services.records import journal_list
from razpis.services.records.journal_list import Filter
from razpis.web import access, numbered

journal = Blueprint("journal", __name__, url_prefix="/dnevnik")
access.door(journal, Role.AUDITOR, Role.ADMINISTRATOR, Role.OFFICER)


@journal.get("/")
def events() -> str:
    """Events in plain words, the newest first."""
    chosen, actor = _chosen(), access.actor()
    calls, actions = journal_list.choices(actor)
    return render_template(
        "journal/events.html",
        shown=journal_list.page(actor, chosen, request.args.get("pred", type=numbered.number)),
        chosen=chosen,
        calls=calls,
        actions=actions,
        kept={"razpis": chosen.call, "dejanje": chosen.action or None, "oseba": chosen.person or None},
        whole=not actor.roles.isdisjoint(journal_list.WHOLE),
    )


@journal.get("/preverjanje")
def check() -> str:
    """Whether the chain of events is whole."""
    return render_template("journal/check.html", checked=journal_list.check(access.actor()))


@journal.get("/dnevnik.csv")
def spreadsheet() -> Response:
    """The events of the filter as a spreadsheet."""
    content = journal_list.spreadsheet(access.actor(), _chosen())
    name = f"attachment; filename={_('dnevnik')}.csv"
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": name})


@journal.get("/branja")
@access.only(Role.AUDITOR, Role.ADMINISTRATOR)
def readings() -> str:
    """Who read what (ZVOP-2 22)."""
    found, before = journal_list.read(access.actor(), request.args.get("pred", type=numbered.number))
    return render_template("journal/readings.html", readings=found, before=before)


def _chosen() -> Filter:
    return Filter(
        request.args.get("razpis", type=numbered.number), request.args.get("dejanje", ""), request.args.get("oseba", "")
    )
