"""The applicant's page of the decision: what was decided, why, the document, until when a remedy can be lodged."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from razpis.procedure.workflow import APPLICATION
from razpis.services.decisions import own_decision as service
from razpis.web import access
from razpis.web.sending import sent

decisions = Blueprint("decisions", __name__, url_prefix="/vloge")
access.door(decisions)


@decisions.get("/<key>/odlocba")
def own(key: str) -> str:
    """The decision on one's own application: amount, points with reasons, the document, the remedy."""
    found = service.own(access.actor(), key, access.clock())
    again = found.application.state not in APPLICATION.settled
    return render_template("decisions/own.html", found=found, told=found.told, again=again)


@decisions.get("/<key>/odlocba.pdf")
def pdf(key: str) -> ResponseReturnValue:
    """The document as issued."""
    name, content = service.file(access.actor(), key, access.clock(), access.store())
    return sent(content, "application/pdf", name)


@decisions.get("/<key>/poprava/<code>.pdf")
def correction(key: str, code: str) -> ResponseReturnValue:
    """An order that corrects an obvious error in the decision, as issued."""
    name, content = service.correction(access.actor(), key, code, access.clock(), access.store())
    return sent(content, "application/pdf", name)


@decisions.get("/<key>/prejsnja-odlocitev/<code>.pdf")
def earlier(key: str, code: str) -> ResponseReturnValue:
    """A decision on the same application that was taken away, as issued."""
    name, content = service.earlier(access.actor(), key, code, access.clock(), access.store())
    return sent(content, "application/pdf", name)
