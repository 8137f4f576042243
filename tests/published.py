"""A published call and organisations that may apply, made of rows, for tests of what follows the publication."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask

from razpis.models.accounts import User
from razpis.models.base import db
from razpis.models.calls import Call, CallVersion
from razpis.models.organisations import Mandate, Organisation, Representative
from razpis.procedure.organisations import LegalForm, MandateKind
from razpis.procedure.states import CallState
from razpis.services.files import Store
from razpis.web import access
from tests.databases import START

RULES = """
call:
  title: Programi za mlade
  reference: 41001-1/2026
  year: 2026
  deadline: "2026-03-20 12:00"
  applicant: {name: name, seat: seat, registration_number: registration, representative: head, programme: programme}
fields:
  name: {type: text, label: Naziv, max_length: 200}
  seat: {type: text, label: Sedež, max_length: 200}
  registration: {type: text, label: Matična številka, max_length: 10}
  head: {type: text, label: Zastopnik, max_length: 200}
  members: {type: integer, label: Število članov, min: 1}
  programme: {type: text, label: Naslov programa, max_length: 100}
  summary: {type: text, label: Opis, max_length: 2000, required: false}
  share: {type: percent, label: Delež lastnih sredstev, max: 100, required: false}
  founded: {type: date, label: Datum vpisa v register}
  status: {type: choice, label: Status, options: {a: Prvi status, b: Drugi status}}
  access: {type: choices, label: Dostopnost, options: [rampa, dvigalo, zvok], required: false}
  signed: {type: yes_no, label: Izjava je podpisana}
  requested: {type: euro, label: Zaprošeni znesek, min: 100}
  costs:
    type: table
    label: Stroški
    max_rows: 5
    columns:
      item: {type: text, label: Postavka}
      price: {type: euro, label: Znesek}
      kind: {type: choice, label: Vrsta, options: [delo, material], required: false}
  plan: {type: attachment, label: Finančni načrt}
  letters: {type: attachment, label: Pisma podpore, required: false}
  rating: {type: integer, label: Lanska ocena, filled_by: office, required: false}
topics:
  us: {label: O vas, help: Kot piše v registru., fields: [name, seat, registration, head, members, founded, status]}
  work: {label: Program, fields: [programme, summary, share, access, signed]}
  money: {label: Denar, fields: [requested, costs]}
  papers: {label: Priloge, fields: [plan, letters]}
derived:
  total: {label: Vsi stroški, value: sum(costs.price), unit: euro}
conditions:
  modest: {text: Zaprošeni znesek ni višji od stroškov., test: requested <= total, article: 5. člen}
criteria:
  size:
    kind: bands
    title: Število članov
    value: members
    bands: [{to: 10, points: 5}, {above: 10, points: 20}]
    max: 20
  programme_status: {kind: choice, title: Status organizacije, value: status, points: {a: 10, b: 4}, max: 10}
  quality: {kind: marks, title: Kakovost, max: 30}
"""
DEADLINE = datetime.fromisoformat("2026-03-20T11:00:00+00:00")
PDF = b"%PDF-1.7\n% priloga\n"
PNG = b"\x89PNG\r\n\x1a\n0000"
HOSTILE = "<script>alert('Zavod & \"sin\"')</script>"

FULL: dict[str, Any] = {
    "members": "34",
    "programme": "Poletna šola",
    "founded": "4. 5. 2016",
    "status": "a",
    "signed": "true",
    "requested": "1.234,50",
    "costs": [{"item": "najem", "price": "900"}, {"item": "material", "price": "600,50"}],
}
"""What is typed to complete the form, beside what the organisation's data fill in."""


def call(officer: User, deadline: datetime = DEADLINE, rules: str = RULES, **columns: Any) -> Call:
    """A published call that takes applications from the beginning of the tests' time."""
    made = Call(
        **{
            "state": CallState.PUBLISHED,
            "title_sl": "Programi za mlade",
            "title_en": "Programmes for the young",
            "reference": "41001-1/2026",
            "rulebook": rules,
            "opens_at": START - timedelta(days=1),
            "deadline": deadline,
            "profile": "mom",
            "created_at": START,
            "published_at": START - timedelta(days=1),
            "created_by": officer.id,
            **columns,
        }
    )
    frozen = {"reference": made.reference, "deadline": deadline.isoformat()}
    sha256 = hashlib.sha256(f"{rules}{frozen}".encode()).hexdigest()
    made.versions = [
        CallVersion(number=1, rulebook=rules, frozen=frozen, sha256=sha256, published_at=START, published_by=officer.id)
    ]
    db.session.add(made)
    db.session.commit()
    return made


def organisation(person: User, name: str = "Društvo Žarek", number: str = "1234567000") -> Organisation:
    """An organisation with this person as its legal representative, with a mandate without end."""
    made = Organisation(
        registration_number=number,
        name=name,
        address="Glavni trg 1, 2000 Maribor",
        legal_form=LegalForm.SOCIETY,
        created_at=START,
    )
    made.representatives = [Representative(name="Ana Zgled", function="predsednica", valid_from=date(2020, 1, 1))]
    made.mandates = [
        Mandate(user_id=person.id, kind=MandateKind.REPRESENTATIVE, valid_from=date(2020, 1, 1), created_at=START)
    ]
    db.session.add(made)
    db.session.commit()
    return made


def store(app: Flask) -> Store:
    """Where the files of this application lie."""
    kept: Store = app.extensions[access.STORE]
    return kept


def zip_bomb() -> bytes:
    """A document that says it unpacks to more than is ever opened."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * (101 * 1024 * 1024))
    return made.getvalue()
