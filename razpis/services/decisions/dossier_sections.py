"""The file of an application as tables people read: answers, checks, marks, result, documents, journal."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from razpis.engine.rulebook.fields import AttachmentField, Field, TableField, TextField
from razpis.engine.wording import Speaker, naming
from razpis.exports.dossier import Section
from razpis.procedure.act_words import KINDS, STATES
from razpis.procedure.acts import Kind
from razpis.procedure.checking import ASPECTS
from razpis.procedure.conflicts import GROUNDS
from razpis.procedure.deadlines import local_time
from razpis.procedure.serving import MANNERS
from razpis.services.decisions.delivery import DECISION
from razpis.services.decisions.dossier_material import Material
from razpis.services.records import journal_words

_SPEAKER = Speaker("sl")


@dataclass(frozen=True, slots=True)
class Eye:
    """Who looks: ``person`` names somebody by their number, ``text`` gives free text as this eye may see it,
    ``field`` says whether an answer may be seen."""

    person: Callable[[int | None], str]
    text: Callable[[str], str]
    field: Callable[[str, Field], bool]


def sections(m: Material, eye: Eye) -> tuple[Section, ...]:
    """Every table of the file, also those without rows."""
    return (
        Section("Odgovori v vlogi", ("Vprašanje", "Navedeno", "Ugotovljeno", "Razlog"), tuple(_answers(m, eye))),
        Section("Preizkus vloge", ("Vprašanje", "Ugotovitev", "Razlog", "Podlaga", "Kdaj"), tuple(_checks(m, eye))),
        Section("Dopolnitve", ("Krog", "Kaj", "Pomanjkljivost ali odgovor", "Kdaj"), tuple(_supplements(m, eye))),
        Section("Nasprotje interesov", ("Član", "Izjava", "Kdaj"), tuple(_declarations(m, eye))),
        Section("Ocene", ("Član", "Merilo", "Točke", "Razlog", "Kdaj"), tuple(_marks(m, eye))),
        Section("Izid", ("Del", "Besedilo"), tuple(_result(m, eye))),
        Section("Dokumenti", ("Dokument", "Številka", "Izdan", "Stanje", "SHA-256"), tuple(_acts(m))),
        Section("Vročitve", ("Dokument", "Način", "Odpremljeno", "Obvestilo", "Vročeno"), tuple(_services(m))),
        Section("Dnevnik vloge", ("Št.", "Kdaj", "Kdo", "Kaj", "SHA-256"), tuple(_events(m, eye))),
    )


def _answers(m: Material, eye: Eye) -> Iterator[tuple[str, ...]]:
    for key, field in m.rulebook.fields.items():
        if not eye.field(key, field):
            continue
        claim = m.case.claims.get(key)
        if isinstance(field, TableField) and claim:
            yield from _rows(m, eye, key, field, claim)
        else:
            yield _answer(m, eye, key, claim)


def _rows(m: Material, eye: Eye, key: str, field: TableField, rows: Any) -> Iterator[tuple[str, ...]]:
    for at, row in enumerate(rows, 1):
        for column, value in row.items():
            if eye.field(f"{key}.{column}", field.columns[column]):
                yield _answer(m, eye, f"{key}.{at}.{column}", value)


def _answer(m: Material, eye: Eye, path: str, claim: Any) -> tuple[str, ...]:
    label = naming.label(_SPEAKER, m.rulebook, path)
    finding = next((one for one in m.case.findings if one.field == path), None)
    found = naming.shown(_SPEAKER, m.rulebook, path, finding.value) if finding is not None else ""
    said = naming.shown(_SPEAKER, m.rulebook, path, claim)
    return label, eye.text(said), eye.text(found), eye.text(finding.reason) if finding is not None else ""


def _checks(m: Material, eye: Eye) -> Iterator[tuple[str, ...]]:
    for one in m.checks:
        yes, no = ASPECTS[one.aspect]
        yield yes.sl, "da" if one.met else no.sl, eye.text(one.ground), one.article, _moment(one.at)


def _supplements(m: Material, eye: Eye) -> Iterator[tuple[str, ...]]:
    for request in m.requests:
        for item in request.items:
            label = naming.label(_SPEAKER, m.rulebook, item.field)
            yield str(request.round), label, eye.text(item.deficiency), _moment(request.issued_at)
        for answer in request.answers:
            fields = sorted({*answer.content["answers"], *answer.content["attachments"]})
            names = ", ".join(naming.label(_SPEAKER, m.rulebook, field) for field in fields)
            yield str(request.round), f"dopolnitev {answer.receipt}", names, _moment(answer.filed_at)


def _declarations(m: Material, eye: Eye) -> Iterator[tuple[str, ...]]:
    for one in m.declarations:
        said = "ni nasprotja interesov" if one.ground is None else GROUNDS[one.ground].text.sl
        told = f"{said}: {eye.text(one.explanation)}" if one.explanation else said
        yield eye.person(one.user_id), told, _moment(one.at)


def _marks(m: Material, eye: Eye) -> Iterator[tuple[str, ...]]:
    people = {sheet.id: sheet.user_id for sheet in m.sheets}
    for was in m.earlier:
        at = f"{_moment(was.saved_at)}, spremenjeno {_moment(was.replaced_at)}"
        who = f"{eye.person(people[was.sheet_id])} (prej)"
        yield who, _criterion(m, was.criterion), _points(was.points), eye.text(was.reason), at
    for sheet in m.sheets:
        for mark in sheet.marks:
            at = f"{_moment(mark.saved_at)}, zaklenjeno {_moment(sheet.locked_at)}"
            yield (
                eye.person(sheet.user_id),
                _criterion(m, mark.criterion),
                _points(mark.points),
                eye.text(mark.reason),
                at,
            )
        for again in sheet.reopenings:
            yield eye.person(sheet.user_id), "znova odprto", "", eye.text(again.reason), _moment(again.at)
    for agreed in m.agreed:
        at = _moment(agreed.agreed_at) + (f", do {_moment(agreed.ended_at)}" if agreed.ended_at else "")
        yield "usklajeno", _criterion(m, agreed.criterion), _points(agreed.points), eye.text(agreed.reason), at


def _points(points: str) -> str:
    """As it is written in Slovenian."""
    return points.replace(".", ",")


def _criterion(m: Material, key: str) -> str:
    found = m.rulebook.file.criteria.get(key)
    return _SPEAKER.text(found.title) if found is not None else key


def _result(m: Material, eye: Eye) -> Iterator[tuple[str, ...]]:
    if m.line is None:
        return
    told = m.line["explanation"]["sl"]
    yield "Povzetek", eye.text(told["summary"])
    for one in told["conditions"]:
        met = "izpolnjen" if one["met"] else "ni izpolnjen"
        yield "Pogoj", eye.text(f"{one['text']}: {met}. {one['finding']} {one['article']}".strip())
    for part, name in (("criteria", "Merilo"), ("sections", "Sklop meril"), ("thresholds", "Prag")):
        for one in told[part]:
            yield name, eye.text(one["sentence"])
    for part, name in (("total", "Skupaj"), ("place", "Mesto")):
        if told[part]:
            yield name, eye.text(told[part])
    for part, name in (("amount", "Znesek"), ("refusal", "Zakaj ne"), ("dismissals", "Zakaj zavrženo")):
        for one in told[part]:
            yield name, eye.text(one)


def _acts(m: Material) -> Iterator[tuple[str, ...]]:
    for act in m.acts:
        yield KINDS[act.kind].sl, act.number or "", _moment(act.issued_at), STATES[act.state].sl, act.sha256 or ""


def _services(m: Material) -> Iterator[tuple[str, ...]]:
    acts = {act.id: f"{KINDS[act.kind].sl} {act.number or ''}".strip() for act in m.acts}
    for one in m.services:
        days = (one.dispatched_on, one.notice_on, one.delivered_on)
        document = KINDS[Kind(one.document)].sl
        if one.document == DECISION:
            document = acts.get(one.document_id, document)
        yield document, MANNERS[one.manner].sl, *(_day(day) for day in days)


def _events(m: Material, eye: Eye) -> Iterator[tuple[str, ...]]:
    for one in m.events:
        told = journal_words.action(one.action).sl
        yield str(one.number), _moment(one.at), eye.person(one.actor_id), told, one.sha256


def _moment(at: datetime.datetime | None) -> str:
    if at is None:
        return ""
    local = local_time(at)
    return f"{_day(local.date())} {local:%H.%M.%S}"


def _day(day: datetime.date | None) -> str:
    return "" if day is None else f"{day.day}. {day.month}. {day.year}"


def free_text(field: Field) -> bool:
    """Whether an answer is a text of one's own, or files."""
    return isinstance(field, TextField | AttachmentField)
