"""Every exception that may reach a visitor, and the page that says what happened and what to do."""

from __future__ import annotations

from typing import NamedTuple

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from razpis.procedure.problems import ProcedureError
from razpis.services import files
from razpis.services.busy import busy, only_read
from razpis.services.errors import Forbidden, Invalid, Missing, Refused, Stale, TooMany
from razpis.web import resending
from razpis.web.language import language


class _Told(NamedTuple):
    title: str
    happened: str
    todo: str


_CODES: tuple[tuple[type[Refused], int], ...] = (
    *((Missing, 404), (Forbidden, 403), (Stale, 409), (Invalid, 422)),
    (TooMany, 429),
)


def init(app: Flask) -> None:
    """Answer every error with a page in plain words."""
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(SecurityError, _strange_address)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(ProcedureError, _against_the_law)


def _page(error: HTTPException) -> ResponseReturnValue:
    original = getattr(error, "original_exception", None)
    if original is not None and files.full(original):
        return _written(_told(507), 507), 507
    if original is not None and busy(original):
        return _busy()
    code = error.code or 500
    response = error.get_response()
    headers = [(key, value) for key, value in response.headers if key not in ("Content-Type", "Content-Length")]
    return _written(_told(code), code), code, headers


def _busy() -> ResponseReturnValue:
    """What was typed is kept on the page; it is only read here, so that the page itself does not wait."""
    only_read()
    return resending.page(busy=True) or _written(_told(503), 503), 503, {"Retry-After": "60"}


def _strange_address(_error: SecurityError) -> ResponseReturnValue:
    """In bare words: on an address that is not ours no link can be made either."""
    told = "Ta naslov ni naslov strežnika; upravitelj ga nastavi z RAZPIS_ADDRESS. / Not an address of this server."
    return told, 400, {"Content-Type": "text/plain; charset=utf-8"}


def _refused(error: Refused) -> ResponseReturnValue:
    code = next((code for kind, code in _CODES if isinstance(error, kind)), 409)
    told = _told(code)
    if code != 404:
        told = told._replace(happened=error.text[language()])
    headers = {"Retry-After": str(error.seconds)} if isinstance(error, TooMany) else {}
    return _written(told, code), code, headers


def _against_the_law(error: ProcedureError) -> ResponseReturnValue:
    return _written(_told(409)._replace(happened=error.problem[language()]), 409), 409


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    kept = resending.page()
    if kept is not None:
        return kept, 400
    told = _Told(
        _("Obrazca ni bilo mogoče sprejeti"),
        _("Odkar ste odprli stran, ste se odjavili ali prijavili ali pa brskalnik ne dovoli piškotkov."),
        _("Vrnite se s tipko za nazaj (vpisano ostane), stran osvežite in pošljite znova."),
    )
    return _written(told, 400), 400


def _written(told: _Told, code: int) -> str:
    return render_template("errors/error.html", code=code, told=told)


def _told(code: int) -> _Told:
    table = {
        403: _Told(
            _("Tega ne morete storiti"),
            _("Za to dejanje nimate potrebnih pravic."),
            _("Če menite, da bi jih morali imeti, se obrnite na upravitelja sistema."),
        ),
        404: _Told(
            _("Te strani ni"),
            _("Naslov je morda napačno prepisan ali pa to, kar iščete, ni vaše."),
            _("Preverite naslov ali začnite na prvi strani."),
        ),
        405: _Told(
            _("Tega dejanja tu ni mogoče opraviti"),
            _("Stran lahko samo odprete; podatkov ne sprejema."),
            _("Vrnite se na prvo stran in odprite stran s povezavo."),
        ),
        409: _Told(
            _("Tega zdaj ni mogoče opraviti"),
            _("Stanje se je medtem spremenilo."),
            _("Vrnite se na prejšnjo stran in jo osvežite. Nič se ni izgubilo in nič spremenilo."),
        ),
        413: _Told(
            _("Poslano je preveliko"),
            _("Ena datoteka ima lahko največ 10 MB."),
            _("Vrnite se s tipko za nazaj, izberite manjšo datoteko ali jo razdelite na več delov."),
        ),
        422: _Told(
            _("Nekaj je treba popraviti"),
            _("Poslano ni popolno ali ni pravilno."),
            _("Vrnite se s tipko za nazaj; vpisano ostane."),
        ),
        429: _Told(
            _("Preveč poskusov"),
            _("Z vašega omrežja je bilo v kratkem času preveč poskusov."),
            _("Počakajte in poskusite znova. Omejitev velja za vse, ki uporabljajo isto omrežje."),
        ),
        500: _Told(
            _("Prišlo je do napake na strežniku"),
            _("Napaka ni vaša in podatki so ostali, kakršni so bili. Zapisana je v dnevnik strežnika."),
            _("Poskusite znova čez nekaj minut. Če se ponovi, sporočite upravitelju sistema naslov te strani in uro."),
        ),
        503: _Told(
            _("Strežnik je trenutno zaposlen"),
            _(
                "Nekdo drug ravno shranjuje večje delo, na primer izdajo odločitev. "
                "Nič ni shranjeno in nič spremenjeno."
            ),
            _("Počakajte minuto, vrnite se s tipko za nazaj (vpisano ostane) in poskusite znova."),
        ),
        507: _Told(
            _("Strežnik ne more shraniti podatkov"),
            _("Na disku strežnika ni več prostora ali pa nanj ni mogoče pisati. Nič ni shranjeno in nič spremenjeno."),
            _(
                "Sporočite upravitelju sistema. Ko bo prostor, se vrnite s tipko za nazaj (vpisano ostane) in "
                "poskusite znova."
            ),
        ),
    }
    other = _Told(
        _("Zahteve ni mogoče izpolniti"),
        _("Strežnik zahteve ni razumel ali je ne sme izpolniti."),
        _("Vrnite se na prvo stran in poskusite znova."),
    )
    return table.get(code, other)
