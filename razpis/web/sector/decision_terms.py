"""What the decisions of a call must say besides their reasons: name of the act, articles, remedy, signers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from razpis.engine.problems import Text
from razpis.procedure.roles import Role
from razpis.services.decisions import releases as outbox
from razpis.services.decisions import terms as service
from razpis.services.decisions.terms import Terms
from razpis.services.errors import Invalid, Stale
from razpis.web import access
from razpis.web.forms import Form

decision_terms = Blueprint("decision_terms", __name__, url_prefix="/odlocbe")
access.door(decision_terms, Role.OFFICER)
LISTS = frozenset({"units", "legal_basis", "procedure", "proposal", "serve"})
"""Settings with one text a line."""
PARTS = {
    "akt": (("case", "act"), ("pattern", "first_document")),
    "glava": (("authority", "place"), ("units", "address", "email", "legal_basis", "publication")),
    "izrek": (("budget_line", "period"), ("procedure", "proposal", "contract_days")),
    "pouk": (("remedy", "remedy_days"), ("lodged_with", "addressed_to", "fee")),
    "podpisa": (("issued_name", "led_name"), ("issued_caption", "issued_title", "led_caption", "led_title", "serve")),
}
"""The parts of the page: what a folded part tells of itself, and what else it holds."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: whether something in it is wrong, which texts it lacks, what it says now."""

    wrong: bool
    lacking: tuple[Text, ...]
    told: tuple[str, ...]


class TermsForm(Form):
    """The settings in the order in which they stand in a decision."""

    act = RadioField(_l("Ime akta"), choices=[SelectChoice("sklep", "SKLEP"), SelectChoice("odlocba", "ODLOČBA")])
    case = StringField(_l("Številka zadeve"))
    pattern = StringField(_l("Obrazec številke dokumenta"))
    first_document = IntegerField(_l("Prva številka dokumenta"), [Optional()])
    publication = StringField(_l("Kje in kdaj je bil razpis objavljen"))
    authority = StringField(_l("Organ"))
    units = TextAreaField(_l("Notranje enote"))
    address = StringField(_l("Naslov organa"))
    email = StringField(_l("E-naslov organa"))
    place = StringField(_l("Kraj izdaje"))
    legal_basis = TextAreaField(_l("Pravna podlaga"))
    procedure = TextAreaField(_l("Potek postopka"))
    proposal = TextAreaField(_l("Razmerje do predloga komisije"))
    budget_line = StringField(_l("Proračunska postavka"))
    period = StringField(_l("Obdobje porabe"))
    contract_days = IntegerField(_l("V koliko dneh se podpiše pogodba"), [Optional()])
    remedy = RadioField(
        _l("Pravno sredstvo"),
        choices=[SelectChoice("appeal", _l("pritožba")), SelectChoice("lawsuit", _l("tožba v upravnem sporu"))],
    )
    remedy_days = IntegerField(_l("Rok v dneh od vročitve"), [Optional()])
    lodged_with = StringField(_l("Vloži se pri (mestnik)"))
    addressed_to = StringField(_l("Naslovljeno (dajalnik)"))
    fee = StringField(_l("Stavek o taksi"))
    led_caption = StringField(_l("Napis nad podpisom tistega, ki vodi postopek"))
    led_name = StringField(_l("Kdo vodi postopek"))
    led_title = StringField(_l("Funkcija osebe, ki vodi postopek"))
    issued_caption = StringField(_l("Napis nad podpisom tistega, ki akt izda"))
    issued_name = StringField(_l("Kdo akt izda"))
    issued_title = StringField(_l("Funkcija podpisnika"))
    serve = TextAreaField(_l("Vročiti"))
    seen = HiddenField()


@decision_terms.route("/<int:call>/nastavitve", methods=["GET", "POST"])
def edit(call: int) -> ResponseReturnValue:
    """See and change the settings; every change is kept with its day."""
    actor, status = access.actor(), 0
    found = outbox.outbox(actor, call).call
    last = service.latest(call)
    form = TermsForm(data=_typed(service.of_call(found)) | {"seen": str(last.number if last else 0)})
    if form.validate_on_submit():
        seen = form.seen.data or ""
        number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0
        try:
            service.save(actor, call, number, _terms(form), access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        except Stale:
            last, status = service.latest(call), 409
            _beside(form, service.of_call(found), last.number if last else 0)
        else:
            flash(_("Nastavitve odločitev so shranjene."))
            return redirect(url_for("releases.outbox", call=call))
    page = render_template("releases/terms.html", call=found, form=form, last=last, parts=dict(_parts(form)))
    return page, status or (422 if form.wrong else 200)


def _beside(form: TermsForm, stands: Terms, number: int) -> None:
    """Tell what stands by now beside every setting typed otherwise; the next time, what is typed counts."""
    typed, kept = _typed(_terms(form)), _typed(stands)
    form.form_errors.append(
        _("Nastavitve je medtem spremenil nekdo drug. Vaše je še vpisano, ni pa shranjeno. Če shranite, velja vaše.")
    )
    for name in (one for one in typed if typed[one] != kept[one]):
        form[name].errors = [*form[name].errors, _("Zdaj je tu: %(value)s.", value=kept[name] or "–")]
    form.seen.data = str(number)


def _parts(form: TermsForm) -> Iterator[tuple[str, Part]]:
    """Each part of the page, as typed."""
    for key, (told, more) in PARTS.items():
        names = (*told, *more)
        lacking = tuple(text for name, text in service.REQUIRED.items() if name in names and not form[name].data)
        wrong = any(form[name].errors for name in names)
        yield key, Part(wrong, lacking, tuple(words for name in told if (words := _told(form, name))))


def _told(form: TermsForm, name: str) -> str:
    """What a setting says, in one line; blank where it says nothing."""
    field = form[name]
    if isinstance(field, RadioField):
        return next((str(label) for value, label, *_rest in field.iter_choices() if value == field.data), "")
    if name == "remedy_days" and field.data:
        return str(ngettext("%(num)s dan", "%(num)s dni", field.data))
    return str(field.data or "").strip()


def _typed(terms: Terms) -> dict[str, object]:
    """The settings as the form holds them: a list as lines."""
    values = {one.name: getattr(terms, one.name) for one in fields(terms)}
    return {name: "\n".join(value) if name in LISTS else value for name, value in values.items()}


def _terms(form: TermsForm) -> Terms:
    values: dict[str, Any] = {}
    for one in fields(Terms):
        given = form[one.name].data
        if one.name in LISTS:
            values[one.name] = tuple(" ".join(line.split()) for line in (given or "").splitlines() if line.strip())
        elif isinstance(form[one.name], IntegerField):
            values[one.name] = given or 0
        else:
            values[one.name] = " ".join((given or "").split())
    return Terms(**values)
