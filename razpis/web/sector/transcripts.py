"""Applications on paper after the opening: whose they are, their content typed in, and put into the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from razpis.engine.rulebook.topics import FormTopic
from razpis.procedure.organisations import LEGAL_FORMS, LegalForm
from razpis.procedure.workflow import APPLICATION
from razpis.services import files
from razpis.services.applications import applications, transcripts
from razpis.services.applications.answers import Saved
from razpis.services.applications.sheets import Sheet
from razpis.services.errors import Invalid, Refused, Stale
from razpis.services.organisations.entering import Entered
from razpis.services.organisations.mandates import Upload
from razpis.web import access, form_fields, form_pages
from razpis.web.form_fields import Given
from razpis.web.forms import Form, required
from razpis.web.language import language
from razpis.web.sending import shown

room = Blueprint("transcripts", __name__, url_prefix="/prepisi")
access.door(room, *transcripts.WRITERS)


class ApplicantForm(Form):
    """Whose the application is, as it stands on paper."""

    known = RadioField(
        _l("Ali ima prijavitelj matično številko"),
        [required()],
        choices=[SelectChoice("yes", _l("da")), SelectChoice("no", _l("ne, ali je v vlogi ni"))],
    )
    registration_number = StringField(_l("Matična številka"))
    name = StringField(_l("Ime organizacije"), [Length(max=300)])
    address = StringField(_l("Naslov"), [Length(max=300)])
    legal_form = SelectField(_l("Pravna oblika"))
    lot = SelectField(_l("Sklop razpisa"))

    def __init__(self, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        at = 0 if language() == "sl" else 1
        forms = [SelectChoice(key.value, words[at]) for key, words in LEGAL_FORMS.items()]
        self.legal_form.choices = [SelectChoice("", ""), *forms]
        lots = sheet.rulebook.file.lots
        named = [SelectChoice(key, lot.title[language()] if lot.title else key) for key, lot in lots.items()]
        self.lot.choices = [SelectChoice("", _("– izberite –") if lots else ""), *named]
        self.lot.flags.required = bool(lots)

    def entered(self) -> Entered | None:
        """What was typed."""
        if self.known.data == "no":
            return None
        form = LegalForm(self.legal_form.data) if self.legal_form.data else None
        return Entered(self.registration_number.data or "", self.name.data or "", self.address.data or "", form)


class TakeUpForm(Form):
    """What was checked, and that no organisation could be found."""

    revision = IntegerField()
    unidentified = BooleanField(_l("Prijavitelj nima matične številke ali je v vlogi ni."))


@room.url_value_preprocessor
def _may_be_large(endpoint: str | None, _values: object) -> None:
    if endpoint in ("transcripts.topic", "transcripts.save"):
        form_pages.may_be_large(uploads=endpoint == "transcripts.topic")


@room.get("/razpis/<int:call>")
def listed(call: int) -> str:
    """Applications on paper of a call: which are to be typed in."""
    found, lines = transcripts.listed(access.actor(), call)
    return render_template("transcripts/listed.html", call=found, lines=lines, states=APPLICATION.state_words)


@room.route("/<key>", methods=["GET", "POST"])
def one(key: str) -> ResponseReturnValue:
    """All that is typed in so far, and the button that puts it into the file."""
    actor, now = access.actor(), access.clock()
    form, code = TakeUpForm(), 200
    if form.validate_on_submit():
        try:
            made = transcripts.take_up(actor, key, form.revision.data or 0, form.unidentified.data, now, access.store())
        except Invalid as invalid:
            form.refused(invalid)
            code = 422
        except Stale as stale:
            form.form_errors.append(stale.text[language()])
            code = 409
        else:
            flash(_("Prepis je v spisu. Številka: %(receipt)s.", receipt=made.receipt))
            return redirect(url_for(".one", key=key))
    sheet = _sheet(key)
    return render_template("transcripts/one.html", form=form, **_all(sheet)), code


@room.route("/<key>/prijavitelj", methods=["GET", "POST"])
def applicant(key: str) -> ResponseReturnValue:
    """Whose the application is."""
    sheet = _sheet(key)
    organisation = sheet.application.organisation
    number = organisation.registration_number if organisation else ""
    form = ApplicantForm(sheet, data={"registration_number": number, "lot": sheet.application.lot})
    if form.validate_on_submit():
        try:
            transcripts.identify(access.actor(), key, form.entered(), form.lot.data or "", access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Prijavitelj je zapisan."))
            return redirect(url_for(".one", key=key))
    return render_template("transcripts/applicant.html", form=form, **_all(sheet)), 422 if form.wrong else 200


@room.route("/<key>/podatki/<topic>", methods=["GET", "POST"])
def topic(key: str, topic: str) -> ResponseReturnValue:
    """A page of the form, to be typed in from the paper. What is right is saved even where something is wrong."""
    actor, now = access.actor(), access.clock()
    form = _sheet(key)
    page = form.topic(topic)
    if request.method == "GET":
        return _page(form, page, Saved(), None)
    verb, about = form_pages.action()
    given = form_pages.given(form, verb, about)
    keys = [one for one in page.fields if not (verb == "theirs" and one == about)]
    saved = transcripts.save(actor, key, form_fields.changes(form, keys, given), now)
    _attach(key, page, form, saved)
    if verb == "remove":
        transcripts.detach(actor, key, about, now)
    form = _sheet(key)
    if saved.faults or saved.conflicts:
        code = form_pages.CONFLICT if saved.conflicts else form_pages.WRONG
        return _page(form, page, saved, given), code
    flash(_("Shranjeno."))
    return redirect(_next(form, page, verb, about, given))


@room.post("/<key>/shrani")
def save(key: str) -> ResponseReturnValue:
    """Fields saved as they are left, by a script: what was saved, what is wrong, what another tab changed."""
    actor, now = access.actor(), access.clock()
    try:
        form = transcripts.sheet(actor, key)
        saved = transcripts.save(actor, key, form_fields.changes(form, list(form.asked), request.form), now)
    except Refused as refused:
        return jsonify(told=refused.text[language()]), form_pages.CONFLICT
    form = transcripts.sheet(actor, key)
    reported = form_pages.reported(form, saved, request.form, form_pages.saved_at())
    return jsonify(reported), form_pages.CONFLICT if saved.conflicts else 200


@room.get("/<key>/priloge/<file>")
def file(key: str, file: str) -> Response:
    """A scan: to look at where the browser can, else to keep."""
    found = transcripts.file(access.actor(), key, file, access.clock())
    return shown(files.content(access.store(), found.sha256), found.media_type, found.name)


def _sheet(key: str) -> Sheet:
    """What is typed in so far; looking at it is written down, sending it back is not."""
    if request.method == "GET":
        return transcripts.read(access.actor(), key, access.clock())
    return transcripts.sheet(access.actor(), key)


def _all(sheet: Sheet) -> dict[str, Any]:
    """What every page of one application on paper shows."""
    topics = [(one, [form_fields.shown(sheet, key) for key in one.fields]) for one in sheet.rulebook.topics]
    return {
        "sheet": sheet,
        "application": sheet.application,
        "envelope": sheet.application.envelope,
        "topics": topics,
        "standing": applications.standing(sheet.application),
        "open": transcripts.changeable(sheet.application),
    }


def _attach(key: str, page: FormTopic, form: Sheet, saved: Saved) -> None:
    actor, now = access.actor(), access.clock()

    def add(field: str, uploads: Sequence[Upload]) -> None:
        transcripts.attach(actor, key, field, uploads, now, access.store())

    form_pages.with_files(page, form, saved, add)


def _page(form: Sheet, page: FormTopic, saved: Saved, given: Given | None) -> str:
    inputs = form_pages.inputs(form, page, saved, given)
    return render_template(
        "transcripts/topic.html",
        application=form.application,
        sheet=form,
        topic=page,
        place=[one.key for one in form.rulebook.topics].index(page.key) + 1,
        inputs=inputs,
        conflicts=[one for one in inputs if one.theirs],
        errors=[error for one in inputs for error in one.wrong],
        open=transcripts.changeable(form.application),
    )


def _next(form: Sheet, page: FormTopic, verb: str, about: str, given: Given) -> str:
    key = form.application.key
    here = url_for(".topic", key=key, topic=page.key)
    if verb == "add":
        return here + form_pages.with_row(about, given)
    if verb in ("drop", "remove", "theirs"):
        return here
    keys = [one.key for one in form.rulebook.topics]
    after = keys[keys.index(page.key) + 1 :]
    return url_for(".topic", key=key, topic=after[0]) if after and verb != "list" else url_for(".one", key=key)
