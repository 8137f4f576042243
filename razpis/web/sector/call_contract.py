"""The model contract of a call: looked at, attached, replaced."""

from __future__ import annotations

import io

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField

from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.services import files
from razpis.services.calls import calls as service
from razpis.services.calls import contract as contracts
from razpis.services.errors import Invalid
from razpis.web import access
from razpis.web.forms import Form, required
from razpis.web.sector.calls import calls

LARGEST = 11 * 1024 * 1024


class ContractForm(Form):
    """A file in place of the one before."""

    revision = HiddenField()
    contract = FileField(_l("Datoteka PDF, DOCX ali ODT"), [required(_l("Izberite datoteko."))])


@calls.url_value_preprocessor
def _may_be_large(endpoint: str | None, _values: object) -> None:
    if endpoint == "calls.contract":
        request.max_content_length = LARGEST


@calls.route("/<int:call>/vzorec-pogodbe", methods=["GET", "POST"])
def contract(call: int) -> ResponseReturnValue:
    """The model contract, and a file to put in its place."""
    if request.method == "POST":
        access.actor().needs(Role.OFFICER)
    found = service.one(access.actor(), call)
    form = ContractForm(data={"revision": found.revision})
    if form.validate_on_submit():
        sent, seen = form.contract.data, int(form.revision.data or 0)
        try:
            contracts.attach(
                access.actor(), call, seen, sent.filename or "", sent.read(), access.clock(), access.store()
            )
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Vzorec pogodbe je priložen."))
            return redirect(url_for(".contract", call=call))
    found = service.one(access.actor(), call)
    may = found.state is CallState.DRAFT and Role.OFFICER in access.actor().roles
    return render_template("calls/contract.html", call=found, form=form, editable=may), 422 if form.wrong else 200


@calls.get("/<int:call>/vzorec-pogodbe/datoteka")
def contract_file(call: int) -> Response:
    """The model contract itself."""
    _call, found = contracts.one(access.actor(), call)
    content = io.BytesIO(files.content(access.store(), found.sha256))
    return send_file(content, found.media_type, as_attachment=True, download_name=found.name, max_age=0)
