"""The files of an application's dossier: all that was filed, decided and written down, each under its own name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from razpis.exports.dossier import Omitted, Piece, Section, file_name
from razpis.exports.journal_csv import journal_csv
from razpis.models.applications import Filing
from razpis.models.base import canonical
from razpis.models.journal import Event
from razpis.procedure.act_words import KINDS
from razpis.procedure.deadlines import local_time
from razpis.services import files
from razpis.services.decisions.dossier_material import Material
from razpis.services.files import Store
from razpis.services.records import journal_words

Found = tuple[list[Piece], list[Omitted]]


def everything(m: Material, store: Store) -> Found:
    """All files of the application, and what cannot be put beside them with the reason."""
    found = [*_filed(m, store), *_supplements(m, store), *_acts(m, store), *_evidence(m, store)]
    pieces = [*_rules(m), *_data(m), *(one for one in found if isinstance(one, Piece))]
    pieces.append(Piece("dnevnik/vloga.csv", "dnevnik te vloge z verigo odtisov", journal_csv(_rows(m, m.events))))
    pieces.append(Piece("dnevnik/potek.csv", "potek razpisa brez podatkov o drugih vlogah", journal_csv(_course(m))))
    return _once(pieces), [one for one in found if isinstance(one, Omitted)]


def tables(sections: Sequence[Section]) -> Piece:
    """What people read in the index, as data."""
    content = [{"title": one.title, "head": one.head, "rows": one.rows} for one in sections]
    return Piece("podatki/preglednice.json", "preglednice iz kazala za računalnik", _json(content))


def rules(m: Material) -> Piece:
    """The rules the application was judged by, which were published with the call."""
    return Piece("razpis/pravila.yaml", "pravila razpisa", m.call.rulebook.encode())


def _rules(m: Material) -> Iterator[Piece]:
    yield rules(m)
    for version in m.call.versions:
        what = f"objavljeni podatki razpisa, različica {version.number}, SHA-256 {version.sha256}"
        yield Piece(f"razpis/objava-{version.number}.json", what, canonical(version.frozen).encode())


def _data(m: Material) -> Iterator[Piece]:
    one = m.application
    said = {"key": one.key, "number": one.number, "lot": one.lot, "state": one.state.value}
    yield Piece(
        "podatki/vloga.json", "vloga, kakor je vpisana", _json({**said, "filings": list(map(_filing, one.filings))})
    )
    if m.line is not None and m.run is not None:
        result = {"run": m.run.number, "sha256": m.run.sha256, "engine": m.run.engine, "inputs": m.run.inputs}
        what = "izračun za to vlogo s potrdilom o pravilnosti"
        yield Piece("podatki/izid.json", what, _json({**result, "line": m.line, "certificate": m.certificate}))


def _filing(one: Filing) -> dict[str, Any]:
    return {
        "receipt": one.receipt,
        "filed_at": one.filed_at.isoformat(),
        "channel": one.channel.value,
        "sha256": one.sha256,
        "replaced_at": one.replaced_at.isoformat() if one.replaced_at else None,
        "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
    }


def _filed(m: Material, store: Store) -> Iterator[Piece | Omitted]:
    """The filing that stands; one that was replaced was never opened and stays closed (68. člen ZUP)."""
    for one in m.application.filings:
        if m.filing is None or one.id != m.filing.id:
            yield Omitted(f"oddaja {one.receipt}", "nadomeščena ali umaknjena pred rokom, zato nikoli odprta")
            continue
        what = f"vsebina oddaje {one.receipt}; SHA-256 te datoteke je na potrdilu"
        yield Piece("vloga/oddaja.json", what, canonical(one.content).encode())
        if one.receipt_sha256:
            yield _kept(store, "vloga", "potrdilo.pdf", f"potrdilo {one.receipt}", one.receipt_sha256)
        yield from _attachments(store, "vloga/priloge", one.content["attachments"])


def _supplements(m: Material, store: Store) -> Iterator[Piece | Omitted]:
    for request in m.requests:
        folder = f"dopolnitve/{request.round}"
        items = [{"field": item.field, "deficiency": item.deficiency} for item in request.items]
        asked = {"issued_at": request.issued_at.isoformat(), "days": request.days, "unit": request.unit.value}
        content = _json({**asked, "article": request.article, "items": items})
        yield Piece(f"{folder}/poziv.json", f"poziv k dopolnitvi, {request.round}. krog", content)
        for answer in request.answers:
            said = canonical(answer.content).encode()
            yield Piece(f"{folder}/odgovor-{answer.number}.json", f"dopolnitev {answer.receipt}", said)
            yield from _attachments(store, f"{folder}/priloge", answer.content["attachments"])


def _attachments(store: Store, folder: str, by_field: Mapping[str, Any]) -> Iterator[Piece | Omitted]:
    for field, some in by_field.items():
        for file in some:
            yield _kept(store, folder, file["name"], f"priloga »{file['name']}« ({field})", file["sha256"])


def _acts(m: Material, store: Store) -> Iterator[Piece | Omitted]:
    for act in m.acts:
        what = f"{KINDS[act.kind].sl} {act.number or ''}".strip()
        if act.sha256 is None:
            yield Omitted(what, "dokument nima datoteke")
        else:
            yield _kept(store, "dokumenti", f"{act.number or act.kind.value}.pdf", what, act.sha256)


def _evidence(m: Material, store: Store) -> Iterator[Piece | Omitted]:
    for one in m.services:
        if one.evidence is not None:
            yield _kept(store, "vrocitve", one.evidence.name, "dokazilo o vročitvi", one.evidence.sha256)


def _kept(store: Store, folder: str, name: str, what: str, sha256: str) -> Piece | Omitted:
    """A file of the store, under the beginning of its hash, so that two of one name lie side by side."""
    try:
        content = files.content(store, sha256)
    except FileNotFoundError:
        return Omitted(what, f"datoteke z odtisom {sha256} ni v shrambi")
    return Piece(f"{folder}/{sha256[:12]}-{file_name(name)}", what, content)


def _once(pieces: Sequence[Piece]) -> list[Piece]:
    """The same file attached twice lies there once."""
    return list({one.path: one for one in pieces}.values())


def _rows(m: Material, events: Sequence[Event]) -> Iterator[tuple[str, ...]]:
    for one in events:
        yield _row(m, one, canonical(one.before), canonical(one.after))


def _course(m: Material) -> Iterator[tuple[str, ...]]:
    """Events of the whole call without what they say, because that may be about other applications."""
    for one in m.course:
        yield _row(m, one, "", "")


def _row(m: Material, one: Event, before: str, after: str) -> tuple[str, ...]:
    return (
        str(one.number),
        local_time(one.at).isoformat(),
        one.actor,
        one.action,
        journal_words.action(one.action).sl,
        one.subject,
        str(one.subject_id or ""),
        m.call.reference,
        before,
        after,
        one.sha256,
    )


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
