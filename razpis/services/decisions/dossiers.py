"""The file of an application for the appeal body and the archive, and what of it anyone may have on request."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.engine.problems import Text
from razpis.engine.rulebook.fields import Field
from razpis.exports.dossier import Dossier, Omitted, dossier, file_name
from razpis.exports.masking import masker
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.organisations import Organisation
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.actor import Actor
from razpis.services.calls.calls import NOT_FILED
from razpis.services.decisions import dossier_files
from razpis.services.decisions.dossier_material import Material, gather
from razpis.services.decisions.dossier_sections import Eye, free_text, sections
from razpis.services.decisions.result_content import NAMED, applicant
from razpis.services.errors import Missing, Refused
from razpis.services.files import Store
from razpis.services.records import readings
from razpis.services.records.journal import Subject

READERS = (Role.OFFICER, Role.SECOND_INSTANCE, Role.AUDITOR)
DECIDED = frozenset(list(CallState)[list(CallState).index(CallState.DECIDING) :]) - {CallState.CANCELLED}
OMITTED = (
    Omitted(
        "imena oseb (zastopniki, pooblaščenci, člani komisije, uradne osebe)",
        "osebni podatki; v pravilih razpisa so imena, ki so bila z njimi javno objavljena",
    ),
    Omitted("naslovi, telefoni, e-naslovi, računi in identifikacijske številke", "osebni in kontaktni podatki"),
    Omitted(
        "odgovori s prostim besedilom",
        "lahko vsebujejo osebne podatke; uradna oseba jih na zahtevo pregleda in posreduje posebej",
    ),
    Omitted("vsebina prilog, potrdil in dokumentov", "lahko vsebuje osebne podatke in podpise; odtisi so navedeni"),
    Omitted("zapisi dnevnika pred spremembo in po njej", "vsebujejo odgovore in imena; odtisi so navedeni"),
)
"""What a file for a request for public information leaves out, with the reason (ZDIJZ, 6. in 7. člen)."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An application with a file, by its number in the order received."""

    key: str
    number: int
    name: str
    state: ApplicationState


@dataclass(frozen=True, slots=True)
class Packed:
    """A file ready to be sent: its name and its bytes."""

    name: str
    content: bytes


def calls(actor: Actor) -> Sequence[Call]:
    """Calls on which decisions are made, the newest first. Raises :class:`Forbidden`."""
    actor.needs(*READERS)
    query = select(Call).where(Call.state.in_(DECIDED)).order_by(Call.published_at.desc(), Call.id.desc())
    return db.session.scalars(query).all()


def listed(actor: Actor, call_id: int) -> tuple[Call, list[Listed]]:
    """The applications of a call with a file. Raises :class:`Forbidden`, and :class:`Missing` before decisions."""
    actor.needs(*READERS)
    call = db.session.scalar(select(Call).where(Call.id == call_id, Call.state.in_(DECIDED)))
    if call is None:
        raise Missing
    query = select(Application).where(Application.call_id == call_id, Application.number.is_not(None))
    query = query.where(Application.state.not_in(NOT_FILED)).order_by(Application.number)
    query = query.options(joinedload(Application.organisation), joinedload(Application.envelope))
    return call, [Listed(one.key, one.number or 0, applicant(one), one.state) for one in db.session.scalars(query)]


def whole(actor: Actor, key: str, now: datetime.datetime, store: Store) -> Packed:
    """Everything about an application, for the appeal body and the archive; the reading is noted.

    Raises :class:`Forbidden`, :class:`Missing`, and :class:`Refused` before decisions are made.
    """
    application = _readable(actor, key)
    readings.note(actor, now, "application.dossier", Subject("application", application.id, application.call_id))
    m = gather(application)
    eye = Eye(lambda number: m.people.get(number or 0, "sistem"), lambda text: text, lambda _key, _field: True)
    told = sections(m, eye)
    pieces, omitted = dossier_files.everything(m, store)
    lead = (
        f"Spis vloge št. {application.number} prijavitelja {applicant(application)} na razpis »{m.call.title_sl}« "
        f"({m.call.reference}).",
        "Za organ druge stopnje, sodišče in arhiv. Vsebuje osebne podatke.",
    )
    made = Dossier(_title(m), lead, told, (*pieces, dossier_files.tables(told)), tuple(omitted))
    return Packed(_name(m, "spis"), dossier(made))


def redacted(actor: Actor, key: str, now: datetime.datetime) -> Packed:
    """What of the same anyone may have (ZDIJZ): without personal data, attachments and free text; it says so.

    The applicant is named where the results name them. Raises as :func:`whole` does; the reading is noted.
    """
    application = _readable(actor, key)
    subject = Subject("application", application.id, application.call_id)
    readings.note(actor, now, "application.dossier_redacted", subject)
    m = gather(application)
    named = _named(m)
    told = sections(m, _public_eye(m, named))
    who = f" prijavitelja {applicant(application)}" if named else ""
    lead = (
        f"Vloga št. {application.number}{who} na razpis »{m.call.title_sl}« ({m.call.reference}).",
        "Pripravljeno za zahtevo za dostop do informacij javnega značaja.",
    )
    omitted = (
        OMITTED if named else (*OMITTED, Omitted("ime prijavitelja", "sredstev ni prejel, pravila ga ne imenujejo"))
    )
    pieces = (dossier_files.rules(m), dossier_files.tables(told))
    return Packed(_name(m, "spis-okrnjen"), dossier(Dossier(_title(m), lead, told, pieces, omitted)))


def _readable(actor: Actor, key: str) -> Application:
    actor.needs(*READERS)
    query = select(Application).where(Application.key == key, Application.number.is_not(None))
    application = db.session.scalar(query.where(Application.state.not_in(NOT_FILED)))
    if application is None:
        raise Missing
    if application.call.state not in DECIDED:
        raise Refused(
            Text(
                "Spis je mogoče prenesti, ko je predlog komisije sprejet. Do takrat ga vodi komisija.",
                "The file can be downloaded once the proposal is accepted. Until then the commission keeps it.",
            )
        )
    return application


def _named(m: Material) -> bool:
    """Whether the applicant stands by name in the published results."""
    outcome = m.line["outcome"] if m.line is not None else ""
    return m.rulebook.file.call.names_published == "all" or outcome in NAMED


def _public_eye(m: Material, named: bool) -> Eye:
    """An eye that sees no persons: members by numbers, names and contacts taken out of what officials wrote."""
    numbers = {user: str(at) for at, user in enumerate(dict.fromkeys(_members(m)), 1)}
    mask = masker(_names(m, named), _identifiers(m.application.organisation), _public(m) if named else ())
    rules = m.rulebook.file.call.applicant
    titles = {rules.programme, rules.name} if rules is not None and named else set()

    def field(key: str, one: Field) -> bool:
        return not free_text(one) or key in titles

    def person(number: int | None) -> str:
        return f"član {numbers[number]}" if number in numbers else "uradna oseba ali stranka"

    return Eye(person, mask, field)


def _public(m: Material) -> list[str]:
    """What the published results say of an applicant they name: its name and its programme."""
    rules, claims = m.rulebook.file.call.applicant, m.case.claims
    told = [claims.get(key) for key in (rules.name, rules.programme) if key] if rules is not None else []
    return [applicant(m.application), *(one for one in told if isinstance(one, str))]


def _members(m: Material) -> list[int]:
    return [*(sheet.user_id for sheet in m.sheets), *(one.user_id for one in m.declarations)]


def _names(m: Material, named: bool) -> list[str]:
    """Names of persons anyone might have written: those who acted, the representatives, the sender of an envelope."""
    organisation = m.application.organisation
    names = list(m.people.values())
    if organisation is not None:
        names += [one.name for one in organisation.representatives]
        names += [one.user.name for one in organisation.mandates]
    if not named:
        names.append(applicant(m.application))
    return names


def _identifiers(organisation: Organisation | None) -> list[str]:
    if organisation is None:
        return []
    found = (organisation.registration_number, organisation.tax_number, organisation.iban, organisation.email)
    return [one for one in (*found, organisation.phone, organisation.address) if one]


def _title(m: Material) -> str:
    return f"Vloga št. {m.application.number} – {m.call.reference}"


def _name(m: Material, what: str) -> str:
    return f"{what}-{file_name(m.call.reference)}-{m.application.number}.zip"
