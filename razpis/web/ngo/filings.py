"""Checking the answers, filing, receipts, withdrawing."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, TextAreaField

from razpis.engine.rulebook.topics import FormTopic
from razpis.procedure.states import ApplicationState
from razpis.services import files
from razpis.services.applications import answers, applications, filing, receipts, sheets
from razpis.services.applications.progress import progress
from razpis.services.applications.sheets import Sheet
from razpis.services.decisions import own_stop
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.web import access, form_fields, links
from razpis.web.form_fields import Input
from razpis.web.forms import Button, Form
from razpis.web.language import language
from razpis.web.ngo.room import applications as room
from razpis.web.sending import sent


class SubmitForm(Form):
    """The statement, and the revision of what was checked."""

    stated = BooleanField()
    revision = IntegerField()


class RenounceForm(Form):
    """That the application is withdrawn for good, and why."""

    reason = TextAreaField(_l("Zakaj vlogo umikate"))
    understood = BooleanField(_l("Vem, da umika ni mogoče preklicati in da o vlogi ne bo odločeno."))


@room.route("/vloge/<key>/pregled", methods=["GET", "POST"])
def check(key: str) -> ResponseReturnValue:
    """Everything that will be filed, with links to change it; then the statement and the button."""
    actor, now = access.actor(), access.clock()
    form, code = SubmitForm(), 200
    if form.validate_on_submit():
        link = links.whole("applications.tasks", key=key)
        try:
            filing.submit(actor, key, form.revision.data or 0, form.stated.data, now, access.store(), link)
        except (Missing, Forbidden):
            raise
        except Refused as refused:
            code = 422 if isinstance(refused, Invalid) else 409
            form.form_errors.append(_said(refused))
        else:
            return redirect(url_for("applications.receipt", key=key, number=len(filing.filings(actor, key, now))))
    sheet = sheets.sheet(applications.own(actor, key, now))
    return render_template(
        "applications/check.html",
        form=form,
        sheet=sheet,
        application=sheet.application,
        topics=_told(sheet),
        progress=progress(sheet, now, language()),
        standing=applications.standing(sheet.application),
        open=applications.takes(sheet.application.call, now) and sheet.application.state in answers.CHANGEABLE,
        shut=applications.closed_words(sheet.application.call, now)[language()],
    ), code


@room.get("/vloge/<key>/oddaje/<int:number>")
def receipt(key: str, number: int) -> str:
    """The receipt of one filing."""
    actor, now = access.actor(), access.clock()
    found = filing.one(actor, key, number, now)
    return render_template(
        "applications/receipt.html",
        filing=found,
        number=number,
        application=found.application,
        sheet=sheets.sheet(found.application),
        open=applications.takes(found.application.call, now),
        state=ApplicationState,
    )


@room.get("/vloge/<key>/oddaje/<int:number>/potrdilo.pdf")
def receipt_pdf(key: str, number: int) -> ResponseReturnValue:
    """The receipt as a PDF, as it was sent."""
    found = filing.one(access.actor(), key, number, access.clock())
    content = files.content(access.store(), found.receipt_sha256)
    return sent(content, receipts.PDF, receipts.file_name(found))


@room.get("/vloge/<key>/oddaje/<int:number>/vsebina.json")
def content(key: str, number: int) -> ResponseReturnValue:
    """What was filed, byte for byte as it was hashed."""
    found = filing.one(access.actor(), key, number, access.clock())
    name = receipts.file_name(found).replace("potrdilo", "vsebina").replace(".pdf", ".json")
    return sent(filing.content_bytes(found), "application/json", name)


@room.route("/vloge/<key>/umik", methods=["GET", "POST"])
def withdraw(key: str) -> ResponseReturnValue:
    """Withdraw a filed application: what follows, then the button."""
    actor, now = access.actor(), access.clock()
    form = Button()
    if form.validate_on_submit():
        filing.withdraw(actor, key, now)
        flash(_("Vloga je umaknjena. Potrdilo o umiku smo vam poslali po e-pošti."))
        return redirect(url_for("applications.tasks", key=key))
    application = applications.own(actor, key, now)
    standing = applications.standing(application)
    closed = not applications.takes(application.call, now)
    if closed or application.state is not ApplicationState.SUBMITTED or standing is None:
        return redirect(url_for("applications.tasks", key=key))
    return render_template("applications/withdraw.html", application=application, standing=standing, form=form)


@room.route("/vloge/<key>/umik-po-roku", methods=["GET", "POST"])
def renounce(key: str) -> ResponseReturnValue:
    """Withdraw a filed application after the deadline: what follows, that it is for good, then the button."""
    actor, now, form = access.actor(), access.clock(), RenounceForm()
    application = applications.own(actor, key, now)
    if form.validate_on_submit():
        try:
            own_stop.declare(actor, key, form.understood.data, form.reason.data or "", now)
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Vloga je umaknjena. Potrdilo o umiku smo vam poslali po e-pošti."))
            return redirect(url_for("applications.tasks", key=key))
    if not own_stop.possible(application, now):
        return redirect(url_for("applications.tasks", key=key))
    page = render_template("applications/renounce.html", application=application, form=form)
    return page, 422 if form.wrong else 200


def _said(refused: Refused) -> str:
    """Why nothing was filed. What is missing is listed on the page with links; here only that something is."""
    if not isinstance(refused, Invalid):
        return refused.text[language()]
    if "stated" in refused.fields:
        return refused.fields["stated"][language()]
    told: str = _("Vloge še ni mogoče oddati, ker nekaj manjka. Manjkajoče je našteto spodaj.")
    return told


def _told(sheet: Sheet) -> list[tuple[FormTopic, list[Input]]]:
    """Topics with their answers."""
    return [(one, [form_fields.shown(sheet, key) for key in one.fields]) for one in sheet.rulebook.topics]
