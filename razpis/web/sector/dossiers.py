"""Files of applications: for the appeal body and the archive whole, for requests for information without persons."""

from __future__ import annotations

import io

from flask import Blueprint, Response, render_template, send_file

from razpis.procedure.words import APPLICATION_STATES
from razpis.services.decisions import dossiers as service
from razpis.web import access

dossiers = Blueprint("dossiers", __name__, url_prefix="/spisi")
access.door(dossiers, *service.READERS)


@dossiers.get("/")
def calls() -> str:
    """Calls on which decisions are made."""
    return render_template("dossiers/calls.html", found=service.calls(access.actor()))


@dossiers.get("/<int:call>")
def listed(call: int) -> str:
    """The applications of a call with what can be downloaded of each."""
    found, applications = service.listed(access.actor(), call)
    return render_template("dossiers/listed.html", call=found, applications=applications, states=APPLICATION_STATES)


@dossiers.get("/vloga/<key>/spis.zip")
def whole(key: str) -> Response:
    """Everything about an application; the reading is noted."""
    return _sent(service.whole(access.actor(), key, access.clock(), access.store()))


@dossiers.get("/vloga/<key>/okrnjen.zip")
def redacted(key: str) -> Response:
    """The same without personal data; the reading is noted."""
    return _sent(service.redacted(access.actor(), key, access.clock()))


def _sent(packed: service.Packed) -> Response:
    """A file that no browser keeps."""
    response = send_file(
        io.BytesIO(packed.content), "application/zip", as_attachment=True, download_name=packed.name, max_age=0
    )
    response.cache_control.clear()
    response.cache_control.no_store = True
    return response
