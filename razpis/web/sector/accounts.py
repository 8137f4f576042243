"""People and their official roles, for the administrator."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, RadioField, SelectChoice, SelectMultipleField, StringField

from razpis.procedure import words
from razpis.procedure.roles import OFFICIAL, Role
from razpis.services.errors import Invalid, Refused
from razpis.services.people import accounts as service
from razpis.services.people import people
from razpis.web import access, numbered
from razpis.web.auth import link
from razpis.web.forms import Button, Form, required
from razpis.web.language import language

accounts = Blueprint("accounts", __name__, url_prefix="/osebe")
access.door(accounts, Role.ADMINISTRATOR)


LANGUAGES = [SelectChoice("sl", "slovenščina"), SelectChoice("en", "English")]


class RolesForm(Form):
    """Official roles of a person."""

    roles = SelectMultipleField(_l("Uradne vloge"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles.choices = [SelectChoice(role.value, told(role)) for role in people.GIVEN]

    def chosen(self) -> list[Role]:
        """The roles that were ticked."""
        return [Role(value) for value in self.roles.data or ()]


class InviteForm(RolesForm):
    """An official who gets an account."""

    name = StringField(_l("Ime in priimek"), [required()])
    email = EmailField(_l("Službeni e-naslov"), [required()])
    language = RadioField(_l("Jezik sporočil"), [required()], choices=LANGUAGES)


@accounts.app_template_filter("role")
def told(role: Role) -> str:
    """A role in the language of the request."""
    said = words.ROLES[role][language()]
    return said[:1].upper() + said[1:]


@accounts.get("/")
def listed() -> str:
    """Everyone with an account, filtered."""
    asked, wanted = request.args.get("vloga", ""), request.args.get("isci", "")
    role = Role(asked) if asked in OFFICIAL else None
    page = request.args.get("stran", 1, type=numbered.number)
    found = people.listed(access.actor(), wanted, role, page)
    return render_template("accounts/listed.html", found=found, words=wanted, role=role, page=page, roles=OFFICIAL)


@accounts.route("/nova", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    """Open an account for an official; they get a link by mail."""
    form = InviteForm(language="sl")
    if form.validate_on_submit():
        given = form.name.data, form.email.data, form.chosen(), form.language.data
        try:
            invited = service.invite(access.actor(), *given, access.clock(), link("auth.reset"))
        except Invalid as invalid:
            form.refused(invalid)
        except Refused as refused:
            form.roles.errors = [refused.text[language()]]
        else:
            flash(_("Vabilo je poslano na %(email)s.", email=invited.email))
            return redirect(url_for(".one", user=invited.id))
    return render_template("accounts/invite.html", form=form), 422 if form.wrong else 200


@accounts.route("/<int:user>", methods=["GET", "POST"])
def one(user: int) -> ResponseReturnValue:
    """A person: their roles, which can be changed here."""
    found = people.one(access.actor(), user)
    form = RolesForm(roles=[role.value for role in people.held(found)])
    if form.validate_on_submit():
        kept = [role for role in people.held(found) if role not in people.GIVEN]
        try:
            service.set_roles(access.actor(), user, [*form.chosen(), *kept], access.clock())
        except Refused as refused:
            form.roles.errors = [refused.text[language()]]
        else:
            flash(_("Uradne vloge so shranjene."))
            return redirect(url_for(".one", user=user))
    facts = people.by_fact(found, access.clock())
    code = 422 if form.wrong else 200
    return render_template("accounts/one.html", person=found, facts=facts, form=form), code


@accounts.route("/<int:user>/zapri", methods=["GET", "POST"])
def close(user: int) -> ResponseReturnValue:
    """Say first what closing an account means, then close it."""
    found, form = people.one(access.actor(), user), Button()
    if form.validate_on_submit():
        service.disable(access.actor(), user, access.clock())
        flash(_("Račun je zaprt."))
        return redirect(url_for(".one", user=user))
    return render_template("accounts/close.html", person=found, form=form)
