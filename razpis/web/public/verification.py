"""Public page behind the QR code of a document: its number, day, hash and state; a file can be compared with it."""

from __future__ import annotations

from contextlib import closing

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField

from razpis.procedure.act_words import KINDS
from razpis.services.decisions import verifying
from razpis.services.errors import Invalid, Missing
from razpis.web import access
from razpis.web.forms import Form, required

verification = Blueprint("verification", __name__, url_prefix="/preverjanje")
OVERHEAD = 64 * 1024


class CodeForm(Form):
    """The code printed under the QR code."""

    code = StringField(_l("Koda z dokumenta"), [required(_l("Vpišite kodo, ki je natisnjena ob kodi QR."))])


class FileForm(Form):
    """A file to compare."""

    file = FileField(_l("Datoteka PDF"), [FileRequired(_l("Izberite datoteko PDF, ki jo želite primerjati."))])


@verification.url_value_preprocessor
def _may_be_large(endpoint: str | None, _values: object) -> None:
    """A document may be larger than other forms; the protection of forms reads it before any view."""
    if endpoint == "verification.one":
        request.max_content_length = verifying.LARGEST + OVERHEAD


@verification.after_request
def _not_indexed(response: Response) -> Response:
    """Codes are for those who hold the document, not for search engines."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@verification.route("/", methods=["GET", "POST"])
def entry() -> ResponseReturnValue:
    """Where the code can be typed."""
    form = CodeForm()
    if form.validate_on_submit():
        code = verifying.typed(form.code.data)
        if code:
            return redirect(url_for(".one", key=code))
        form.code.errors = [_("Vpišite kodo, ki je natisnjena ob kodi QR.")]
    return render_template("verification/entry.html", form=form), 422 if form.wrong else 200


@verification.route("/<key>", methods=["GET", "POST"])
def one(key: str) -> ResponseReturnValue:
    """What is known of the document with this code; a file is compared by its content and not kept."""
    try:
        found = verifying.looked_up(key, _network(), access.clock())
    except Missing:
        return render_template("verification/unknown.html"), 404
    form, match = FileForm(), None
    if form.validate_on_submit():
        try:
            with closing(form.file.data) as sent:
                content = sent.read(verifying.LARGEST + 1)
                match = verifying.compared_from(_network(), key, content, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
    page = render_template("verification/one.html", found=found, form=form, match=match, kinds=KINDS)
    return page, 422 if form.wrong else 200


def _network() -> str:
    return request.remote_addr or "-"
