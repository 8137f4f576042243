"""Signing in and out, opening an account, a new password, one's own sessions."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_user, logout_user
from wtforms import EmailField, HiddenField, PasswordField, StringField

from razpis.services.errors import Invalid, Refused
from razpis.services.people import accounts, logins
from razpis.web import access, links
from razpis.web.browsers import named
from razpis.web.forms import Button, Form, required
from razpis.web.language import language

auth = Blueprint("auth", __name__)
OPENED = "opened"
"""Under this the browser in which an account was opened keeps what it may confirm it by."""


class SignInForm(Form):
    """E-mail and password."""

    email = EmailField(_l("E-naslov"), [required()])
    password = PasswordField(_l("Geslo"), [required()])
    next = HiddenField()


class RegisterForm(Form):
    """A new account."""

    name = StringField(_l("Ime in priimek"), [required()])
    email = EmailField(_l("E-naslov"), [required()])
    password = PasswordField(_l("Geslo"), [required()])


class ForgottenForm(Form):
    """Where to send the link."""

    email = EmailField(_l("E-naslov"), [required()])


class ConfirmForm(Form):
    """The password the account was opened with; asked only in another browser."""

    password = PasswordField(_l("Geslo, ki ste ga izbrali za ta račun"), [required()])


class PasswordForm(Form):
    """The new password."""

    password = PasswordField(_l("Novo geslo"), [required()])


@auth.route("/prijava", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in, then return to where the visitor wanted to go."""
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        try:
            token = logins.sign_in(*_given(form), _network(), str(request.user_agent), access.clock())
        except Refused as refused:
            form.form_errors.append(refused.text[language()])
        else:
            return enter(token, form.next.data)
    return render_template("auth/sign_in.html", form=form), 422 if form.wrong else 200


def enter(token: str, wanted: str | None) -> ResponseReturnValue:
    """Begin the session in this browser and go to the page wanted, if it is one of ours."""
    found = access.signed(token)
    login_user(found)
    return redirect(ours(wanted) or url_for("home.first"))


@auth.post("/odjava")
def sign_out() -> ResponseReturnValue:
    """End this session. The browser forgets the pages it kept, so that the next person there cannot go back to them."""
    if current_user.is_authenticated:
        logins.sign_out(current_user.token, access.clock())
        logout_user()
    answer = redirect(url_for("public.calls"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@auth.route("/racun/nov", methods=["GET", "POST"])
def register() -> ResponseReturnValue:
    """Open an account; ``next`` goes along into the mail, so that the way back is kept."""
    form, wanted = RegisterForm(), ours(request.args.get("next"))
    if form.validate_on_submit():
        typed, links = (form.name.data, form.email.data, form.password.data), (link("auth.confirm", wanted), _reset())
        try:
            session[OPENED] = accounts.register(*typed, language(), _network(), access.clock(), *links)
        except Invalid as invalid:
            form.refused(invalid)
        except Refused as refused:
            form.form_errors.append(refused.text[language()])
        else:
            return render_template("auth/sent.html", email=form.email.data)
    return render_template("auth/register.html", form=form), 422 if form.wrong else 200


@auth.route("/racun/potrditev/<token>", methods=["GET", "POST"])
def confirm(token: str) -> ResponseReturnValue:
    """Confirm the address. By a button: programs that look into mail open links by themselves."""
    kept: str | None = session.get(OPENED)
    form = Button() if accounts.opened_here(token, kept) else ConfirmForm()
    if form.validate_on_submit():
        try:
            accounts.confirm(token, kept, form.data.get("password", ""), access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("E-naslov je potrjen. Zdaj se prijavite."))
            return redirect(url_for("auth.sign_in", next=ours(request.args.get("next"))))
    return render_template("auth/confirm.html", form=form), 422 if form.wrong else 200


@auth.route("/geslo", methods=["GET", "POST"])
def forgotten() -> ResponseReturnValue:
    """Ask for a link to set a new password."""
    form = ForgottenForm()
    if form.validate_on_submit():
        try:
            accounts.ask_reset(form.email.data, _network(), access.clock(), _reset())
        except Refused as refused:
            form.form_errors.append(refused.text[language()])
        else:
            return render_template("auth/sent.html", email=form.email.data)
    return render_template("auth/forgotten.html", form=form), 422 if form.wrong else 200


@auth.route("/geslo/<token>", methods=["GET", "POST"])
def reset(token: str) -> ResponseReturnValue:
    """Set a new password."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            accounts.reset(token, form.password.data, access.clock())
        except Invalid as invalid:
            form.refused(invalid)
        else:
            flash(_("Novo geslo je nastavljeno. Zdaj se prijavite."))
            return redirect(url_for("auth.sign_in"))
    return render_template("auth/reset.html", form=form), 422 if form.wrong else 200


@auth.get("/racun")
def account() -> ResponseReturnValue:
    """The person's sessions."""
    if access.visitor() is None:
        return redirect(url_for("auth.sign_in", next=url_for("auth.account")))
    sessions = [(one, named(one.browser)) for one in logins.sessions(access.actor(), access.clock())]
    here = logins.of(current_user.token)
    return render_template("auth/account.html", sessions=sessions, here=here, form=Button())


@auth.post("/racun/seja/<int:login>/konec")
def end(login: int) -> ResponseReturnValue:
    """End one of the person's sessions."""
    logins.end(access.actor(), login, access.clock())
    flash(_("Na izbrani napravi ste odjavljeni."))
    return redirect(url_for("auth.account"))


def link(endpoint: str, wanted: str | None = None) -> accounts.Link:
    """Makes the address that goes into mail.

    ``wanted`` is the page the person was on the way to.
    """

    def address(token: str) -> str:
        return links.whole(endpoint, token=token, next=wanted)

    return address


def _reset() -> accounts.Link:
    return link("auth.reset")


def _given(form: SignInForm) -> tuple[str, str]:
    return form.email.data or "", form.password.data or ""


def _network() -> str:
    return request.remote_addr or "-"


def ours(address: str | None) -> str | None:
    """The address to return to if it is a path of this server, else nothing: nobody is led elsewhere.

    A line end or another sign that is not printed would break the header it goes into.
    """
    parts = urlsplit(address or "")
    inside = address and address.isprintable() and address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside and not parts.netloc and not parts.scheme else None
