"""The receipt of a filing: its number, its PDF, and the letter that brings it."""

from __future__ import annotations

import datetime
from functools import cache

from razpis.assets import ASSETS
from razpis.documents.legal_text import LegalTexts
from razpis.documents.receipt import AttachedFile, Receipt, load_receipt_texts
from razpis.documents.receipt_pdf import render_receipt
from razpis.engine import money
from razpis.engine.problems import Language
from razpis.engine.wording import Speaker
from razpis.models.accounts import User
from razpis.models.applications import Application, Filing
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.procedure import numbering
from razpis.procedure.deadlines import Channel, local_time
from razpis.procedure.identifiers import IdentifierError, parse_case_number
from razpis.services import numbers
from razpis.services.records import outbox
from razpis.services.records.letters import letter
from razpis.services.rules.rulebooks import compiled

PDF = "application/pdf"
_CHANNELS = {
    Channel.REGISTERED_POST: "priporočeno po pošti",
    Channel.ORDINARY_POST: "po navadni pošti",
    Channel.IN_PERSON: "osebno v vložišču",
}
_DAYS = ("ponedeljek", "torek", "sreda", "četrtek", "petek", "sobota", "nedelja")
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def next_number(call: Call) -> str:
    """The number of the next receipt on ``call``, within the running transaction.

    It follows the case number of the call (Uredba o upravnem poslovanju, 6. člen) where its reference is one.
    """
    try:
        case = parse_case_number(call.reference)
    except IdentifierError:
        return f"P-{call.reference}-{numbers.following(f'P-{call.reference}-#'):04}"
    serial = numbers.following(numbering.series(numbering.RECEIPT, case))
    return numbering.written(numbering.RECEIPT, case, serial)


def pdf(application: Application, filing: Filing, filed_by: str, replaces: str) -> bytes:
    """The receipt as a PDF; the same filing gives the same bytes."""
    rulebook, call = compiled(application.call.rulebook), application.call
    decisions = rulebook.file.call.decisions
    lot = rulebook.file.lots.get(application.lot)
    title = lot.title if lot is not None else None
    made = Receipt(
        number=filing.receipt,
        authority=decisions.authority.name.sl if decisions else "",
        call=call.title_sl,
        reference=call.reference,
        lot=title.sl if title else application.lot,
        applicant=_applicant(application),
        filed_by=filed_by,
        order=application.number or 0,
        at=moment(filing.filed_at, "sl", seconds=True),
        day=local_time(filing.filed_at).date(),
        deadline=moment(call.deadline, "sl") if call.deadline else "",
        sha256=filing.sha256,
        replaces=replaces,
        files=tuple(
            AttachedFile(rulebook.fields[field].label.sl, file["name"], _size(file["size"]), file["sha256"])
            for field, some in filing.content["attachments"].items()
            for file in some
        ),
        on_paper=_CHANNELS[filing.channel] if application.envelope else "",
        posted=_day(application.envelope.posted_on) if application.envelope else "",
    )
    return render_receipt(made, _texts())


def send(
    name: str,
    application: Application,
    filing: Filing,
    person: int,
    now: datetime.datetime,
    link: str,
    attached: bool = True,
) -> None:
    """Put the letter ``name`` about a filing into the outbox: to the person, and to the organisation's address."""
    user = db.session.get_one(User, person)
    language: Language = "en" if user.language == "en" else "sl"
    organisation, call = application.organisation, application.call
    values = {
        "receipt": filing.receipt,
        "name": user.name,
        "organisation": organisation.name if organisation else "",
        "call": call.title_en if language == "en" else call.title_sl,
        "at": moment(now, language, seconds=True),
        "deadline": moment(call.deadline, language) if call.deadline else "",
        "sha256": filing.sha256,
        "link": link,
    }
    told = letter(name, language, **values)
    file = {"name": file_name(filing), "media_type": PDF, "sha256": filing.receipt_sha256}
    also = organisation.email if organisation else None
    for address in dict.fromkeys(one for one in (user.email, also) if one):
        outbox.put(now, address, *told, [file] if attached else [])


def file_name(filing: Filing) -> str:
    """The name of a receipt's file: its number without slashes."""
    return f"potrdilo-{filing.receipt.replace('/', '-')}.pdf"


def moment(at: datetime.datetime, language: Language, seconds: bool = False) -> str:
    """``petek, 20. marec 2026 ob 12.00`` by the clocks in Slovenia; where the hour comes twice, with its offset."""
    local, speaker = local_time(at), Speaker(language)
    day = (_DAYS_EN if language == "en" else _DAYS)[local.weekday()]
    point = ":" if language == "en" else "."
    clock = local.strftime(f"%H{point}%M{point}%S" if seconds else f"%H{point}%M")
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    zone = f" ({local:%Z})" if twice else ""
    return f"{day}, {speaker.date(local.date())} {speaker.say('ob', 'at')} {clock}{zone}"


def _applicant(application: Application) -> str:
    """The organisation; until it is known whose an application on paper is, the sender of its envelope."""
    if application.organisation is not None:
        return application.organisation.name
    return application.envelope.sender if application.envelope is not None else ""


def _day(day: datetime.date | None) -> str:
    return Speaker("sl").date(day) if day is not None else ""


def _size(size: int) -> str:
    return f"{max(1, money.quotient(size, 1000, 'half_up'))}\u00a0kB"


@cache
def _texts() -> LegalTexts:
    return load_receipt_texts(ASSETS / "templates" / "documents" / "receipt")
