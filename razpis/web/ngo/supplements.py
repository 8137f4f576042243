"""A supplement as the applicant sees it: what is asked and why, until when, and only that to be mended."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from razpis.services.applications.sheets import Sheet
from razpis.services.decisions import papers
from razpis.services.errors import Invalid
from razpis.services.examination import supplementing
from razpis.services.examination.supplementing import Page
from razpis.web import access, supplement_fields
from razpis.web.form_fields import Given
from razpis.web.language import language
from razpis.web.ngo.room import applications as room
from razpis.web.sending import sent as sent_file


@room.route("/vloge/<key>/dopolnitev", methods=["GET", "POST"])
def supplement(key: str) -> ResponseReturnValue:
    """The request with its fields; what is sent is filed at once and can be filed anew until the period ends."""
    actor, now, wrong = access.actor(), access.clock(), dict[str, str]()
    page = supplementing.page(actor, key, now)
    sheet, extra = supplement_fields.sheet_of(page), supplement_fields.row_asked_for()
    given = request.form if request.method == "POST" else None
    if given is None or "action" in given:
        return _shown(page, sheet, given, wrong, extra)
    try:
        sent = supplement_fields.sent(sheet, page.open or page.requests[-1])
        filed = supplementing.file(actor, key, sent, now, access.store())
    except Invalid as invalid:
        wrong = {name: text[language()] for name, text in invalid.fields.items()}
        return _shown(supplementing.page(actor, key, now), sheet, given, wrong, extra), 422
    flash(_("Dopolnitev je vložena. Številka potrdila: %(receipt)s.", receipt=filed.receipt))
    return redirect(url_for("applications.supplement", key=key))


@room.get("/vloge/<key>/dopolnitev/poziv-<int:number>.pdf")
def supplement_request(key: str, number: int) -> ResponseReturnValue:
    """The request itself as a PDF, by its round."""
    name, made = papers.own_request(access.actor(), key, number, access.clock())
    return sent_file(made, "application/pdf", name)


@room.get("/vloge/<key>/dopolnitev/priloge/<file>")
def supplement_file(key: str, file: str) -> ResponseReturnValue:
    """An attachment of the application or of its supplement."""
    found = supplementing.attachment(access.actor(), key, file, access.clock(), access.store())
    return sent_file(found.content, found.media_type, found.name)


def _shown(page: Page, sheet: Sheet, given: Given | None, wrong: Mapping[str, str], extra: tuple[str, int]) -> str:
    asked = page.open or page.requests[-1]
    inputs = supplement_fields.inputs(sheet, asked, given, wrong, extra)
    return render_template(
        "supplements/one.html",
        page=page,
        asked=asked,
        inputs=inputs,
        wrong=wrong,
        sheet=sheet,
        application=page.application,
        earlier=[one for one in page.requests if one is not asked],
    )
