"""Every exception that may reach a visitor, and the page that says what happened and what to do."""

from __future__ import annotations

from typing import NamedTuple

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException


class _Told(NamedTuple):
    title: str
    happened: str
    todo: str


def init(app: Flask) -> None:
    """Answer every error with a page in plain words."""
    app.register_error_handler(HTTPException, _page)


def _page(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    response = error.get_response()
    page = render_template("errors/error.html", code=code, told=_told(code))
    headers = [(key, value) for key, value in response.headers if key not in ("Content-Type", "Content-Length")]
    return page, code, headers


def _told(code: int) -> _Told:
    table = {
        404: _Told(
            _("Te strani ni"),
            _("Naslov je morda napačno prepisan ali pa vloge s to oznako v tem razpisu ni."),
            _("Preverite naslov ali poiščite vlogo na seznamu izidov."),
        ),
        405: _Told(
            _("Tega dejanja tu ni mogoče opraviti"),
            _("Stran lahko samo odprete; podatkov ne sprejema."),
            _("Vrnite se na seznam izidov in odprite stran s povezavo."),
        ),
        500: _Told(
            _("Prišlo je do napake na strežniku"),
            _("Napaka ni vaša in podatki so ostali, kakršni so bili. Zapisana je v dnevnik strežnika."),
            _("Poskusite znova čez nekaj minut. Če se ponovi, sporočite skrbniku naslov te strani in uro."),
        ),
    }
    other = _Told(
        _("Zahteve ni mogoče izpolniti"),
        _("Strežnik zahteve ni razumel ali je ne sme izpolniti."),
        _("Vrnite se na seznam izidov in poskusite znova."),
    )
    return table.get(code, other)
