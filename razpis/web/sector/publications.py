"""Publishing the results of a call: what would be published, what is missing, the confirmed step, the versions."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from razpis.procedure.roles import Role
from razpis.services.decisions import public_results
from razpis.services.decisions import publishing_results as service
from razpis.services.errors import Invalid, Stale
from razpis.web import access, links
from razpis.web.forms import Form
from razpis.web.language import language

publications = Blueprint("publications", __name__, url_prefix="/objava-rezultatov")
access.door(publications, *service.READERS)


class PublishForm(Form):
    """The hash of what was looked at, and why another version is needed."""

    seen = HiddenField()
    reason = TextAreaField(_l("Kaj se je spremenilo in zakaj"))


@publications.get("/<int:call>")
def desk(call: int) -> str:
    """What is published, what would be, and what is missing for it."""
    return _page(service.desk(access.actor(), call), None)


@publications.route("/<int:call>/objava", methods=["GET", "POST"])
@access.only(Role.OFFICER)
def publish(call: int) -> ResponseReturnValue:
    """Publish, after reading the whole list."""
    actor, form, code = access.actor(), PublishForm(), 200
    if form.validate_on_submit():
        try:
            number = service.publish(
                actor,
                call,
                form.seen.data or "",
                form.reason.data or "",
                access.clock(),
                access.store(),
                links.verification(),
            )
        except Invalid as invalid:
            form.refused(invalid)
            code = 422
        except Stale as stale:
            form.form_errors.append(stale.text[language()])
            code = 409
        else:
            flash(_("Rezultati so objavljeni kot različica %(number)s.", number=number))
            return redirect(url_for(".desk", call=call))
    found = service.desk(actor, call)
    form.seen.data = found.sha256
    if form.reason.data is None and _became_final(found):
        form.reason.data = str(_("Vse odločitve so dokončne."))
    return _page(found, form), code


def _page(found: service.Desk, form: PublishForm | None) -> str:
    lots = public_results.by_lots(found.content) if found.content is not None else []
    officer = Role.OFFICER in access.actor().roles
    return render_template(
        "publications/desk.html",
        call=found.call,
        found=found,
        form=form,
        lots=lots,
        told=public_results,
        officer=officer,
    )


def _became_final(found: service.Desk) -> bool:
    """Whether what is published said that it is not final, and now it is."""
    return bool(found.versions) and found.content is not None and found.content["final"] and not found.versions[0].final
