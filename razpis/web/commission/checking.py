"""The check: three lists, and one application at a time with what is asked, found and decided of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from razpis.engine.problems import Text
from razpis.engine.rulebook.fields import AttachmentField
from razpis.procedure.checking import ASPECTS, Aspect
from razpis.procedure.roles import COMMISSION
from razpis.procedure.states import ApplicationState
from razpis.procedure.words import APPLICATION_STATES
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.examination import check_desk, checks, supplements
from razpis.services.examination.check_desk import One
from razpis.services.marking import application_shown
from razpis.web import access, links
from razpis.web.language import language
from razpis.web.sending import shown

checking = Blueprint("checking", __name__, url_prefix="/komisija/<int:call>/preizkus")
access.door(checking, *COMMISSION)


@checking.get("/")
def listed(call: int) -> str:
    """Every application with its three answers."""
    return render_template(
        "checking/listed.html",
        desk=check_desk.desk(access.actor(), call, access.clock()),
        aspects=ASPECTS,
        states=APPLICATION_STATES,
        state=ApplicationState,
        aspect=Aspect,
    )


@checking.post("/ocenjevanje")
def start_scoring(call: int) -> ResponseReturnValue:
    """Begin scoring."""
    checks.start_scoring(access.actor(), call, access.clock())
    flash(_("Preizkus je končan. Začelo se je ocenjevanje."))
    return redirect(url_for("marking.listed", call=call))


@checking.route("/<key>", methods=["GET", "POST"])
def one(call: int, key: str) -> ResponseReturnValue:
    """One application; a decision that is refused says why beside what was typed."""
    actor, now, errors, told = access.actor(), access.clock(), {}, ""
    if request.method == "POST":
        try:
            said = _decided(check_desk.number(call, key))
        except (Forbidden, Missing):
            raise
        except Invalid as invalid:
            errors = {name: text[language()] for name, text in invalid.fields.items()}
        except Refused as refused:
            told = refused.text[language()]
        else:
            flash(said)
            return redirect(url_for(".one", call=call, key=key))
    found = check_desk.one(actor, call, key, now)
    return _shown(found, errors, told), 422 if errors else 409 if told else 200


@checking.get("/<key>/priloge/<file>")
def file(call: int, key: str, file: str) -> Response:
    """An attachment, shown where browsers can show it safely."""
    found = check_desk.file(access.actor(), call, key, file, access.clock(), access.store())
    return shown(found.content, found.media_type, found.name)


UNTICKED = Text(
    "Označite, da je to treba dopolniti, ali pa besedilo izbrišite.",
    "Tick that this has to be supplemented, or delete the text.",
)

Command = tuple[Callable[[], object], str]
"""What a decision carries out, and what to say once it is done."""


def _decided(number: int) -> str:
    """Carry out what the page asks for; what to say of it."""
    decision = request.form.get("decision", "")
    command = {**_formal(number), **_merits(number)}.get(decision)
    if command is None:
        raise Missing
    command[0]()
    return command[1]


def _formal(number: int) -> dict[str, Command]:
    """The formal check."""
    actor, now, form = access.actor(), access.clock(), request.form
    ground, article = form.get("ground", ""), form.get("article", "")
    return {
        "entitled": (
            lambda: checks.entitled(actor, number, True, ground, article, now),
            _("Zapisano: vlogo je vložila upravičena oseba."),
        ),
        "not_entitled": (
            lambda: checks.entitled(actor, number, False, ground, article, now),
            _("Zapisano: neupravičena oseba. Vloga je predlagana za zavrženje."),
        ),
        "complete": (lambda: checks.complete(actor, number, now), _("Zapisano: vloga je popolna.")),
        "ask": (
            lambda: supplements.ask(actor, number, _deficiencies(), now, links.supplement, form.getlist("signature")),
            _("Poziv k dopolnitvi je izdan. Vložišče naj ga vroči in vročitev zabeleži."),
        ),
    }


def _merits(number: int) -> dict[str, Command]:
    """What follows a supplement, and the conditions."""
    actor, now, reason = access.actor(), access.clock(), request.form.get("reason", "")
    return {
        "incomplete": (
            lambda: supplements.find_incomplete(actor, number, reason, now),
            _("Zapisano: vloga je nepopolna in predlagana za zavrženje."),
        ),
        "admit": (lambda: checks.admit(actor, number, now), _("Vloga je uvrščena v ocenjevanje.")),
        "condition_failed": (
            lambda: checks.condition_failed(actor, number, reason, now),
            _("Zapisano: vloga ne izpolnjuje pogoja in je predlagana za zavrnitev."),
        ),
    }


def _deficiencies() -> dict[str, str]:
    """What is wrong with each field that is ticked. Raises :class:`Invalid` for words beside a field that is not."""
    ticked, words = request.form.getlist("field"), "deficiency-"
    written = [name for name, text in request.form.items() if name.startswith(words) and text.strip()]
    loose = [name for name in written if name.removeprefix(words) not in ticked]
    if loose:
        raise Invalid(dict.fromkeys(loose, UNTICKED))
    return {key: request.form.get(f"{words}{key}", "") for key in ticked}


def _shown(found: One, errors: Mapping[str, str], told: str) -> str:
    asked = {key: field for key, field in found.rulebook.fields.items() if field.filled_by == "applicant"}
    asked = {key: asked[key] for key in (*found.lacking, *asked)}
    return render_template(
        "checking/one.html",
        found=found,
        topics=application_shown.topics(found.rulebook, found.case, language()),
        fields=asked,
        attachments={key for key, field in asked.items() if isinstance(field, AttachmentField)},
        errors=errors,
        told=told,
        given=request.form,
        state=ApplicationState,
        states=APPLICATION_STATES,
        aspects=ASPECTS,
        aspect=Aspect,
    )
