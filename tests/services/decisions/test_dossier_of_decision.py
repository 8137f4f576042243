"""The file of a decided application as an appeal body or a journalist opens it: every byte of it is searched."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.documents import Act
from razpis.models.organisations import Organisation, Representative
from razpis.procedure.deadlines import local_time
from razpis.procedure.serving import Manner
from razpis.services import files
from razpis.services.decisions import delivery, dossiers
from tests import decisions_made as made
from tests.databases import Clock
from tests.documents.reading import attached, page_text
from tests.marking_made import person
from tests.published import store


def told(packed: dossiers.Packed) -> Iterator[tuple[str, str]]:
    """Everything that can be read in the archive: each file, the text of PDFs, and what is attached to them."""
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            content = archive.read(name)
            yield name, content.decode("utf-8", "ignore")
            if content.startswith(b"%PDF-") and name.startswith("dokumenti/"):
                yield name, " ".join(page_text(content).split())
                yield from ((f"{name}/{one}", data.decode()) for one, data in attached(content).items())


def said_of(number: int) -> set[str]:
    """What tells an applicant from the others: names, addresses, numbers, its key."""
    one = db.session.get_one(Application, number)
    found = db.session.get_one(Organisation, one.organisation_id)
    people = {found.registration_number, found.address, found.email, *(who.name for who in found.representatives)}
    return people | {one.key, found.name, f"Program {(one.number or 0) - 1}", f"Vloga {one.number}, "}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_byte_of_whole_and_redacted_files(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        call = made.deciding(clock, made.TIGHT, left_out=("late",))
        made.issued(clock, call, store(app))
        for at, number in enumerate(call.applications):
            for filing in db.session.get_one(Application, number).filings:
                sha256 = files.put(store(app), f"%PDF-1.7 Zaupno {at}".encode())
                plan = [{"name": f"zaupno-{at}.pdf", "size": 17, "sha256": sha256, "key": f"plan{at}"}]
                filing.content = {**filing.content, "attachments": {"plan": plan}}
        db.session.commit()
        officer = person(clock, call.officer)
        others = {one: set().union(*map(said_of, set(call.applications) - {one})) for one in call.applications}
        persons = {
            *db.session.scalars(select(User.email)),
            *db.session.scalars(select(User.name)),
            *db.session.scalars(select(Representative.name)),
            *db.session.scalars(select(Organisation.registration_number)),
            *db.session.scalars(select(Organisation.address)),
        } - set(OFFICIALS)
        for number in call.applications:
            one = db.session.get_one(Application, number)
            whole = dossiers.whole(officer, one.key, clock(), store(app))
            found = list(told(whole))
            assert [(name, word) for name, text in found for word in others[number] if word in text] == []
            assert {word for word in said_of(number) if any(word in text for _, text in found)} >= {one.key}
            redacted = dossiers.redacted(officer, one.key, clock())
            seen = list(told(redacted))
            private = persons | others[number] | {one.key, f"zaupno-{(one.number or 0) - 1}"}
            assert [(name, word) for name, text in seen for word in private if word.lower() in text.lower()] == []
            assert [name for name, _ in seen if name.endswith(".pdf")] == []
            clock.forward(days=1)
            assert dossiers.whole(officer, one.key, clock(), store(app)) == whole
            assert dossiers.redacted(officer, one.key, clock()) == redacted
            for packed in (whole, redacted):
                sums_hold(packed)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_services_name_the_document_that_was_served(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.deciding(clock)
        made.issued(clock, call, store(app))
        registry = person(clock, call.registry)
        delivery.dispatch(registry, call.call, Manner.POST, local_time(clock()).date(), clock())
        one = db.session.get_one(Application, call.applications[0])
        packed = dossiers.whole(person(clock, call.officer), one.key, clock(), store(app))
        with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
            tables = json.loads(archive.read("podatki/preglednice.json"))
        rows = {table["title"]: table["rows"] for table in tables}
        act = db.session.scalars(select(Act).where(Act.application_id == one.id)).one()
        assert [row[0] for row in rows["Vročitve"]] == [f"odločitev o vlogi {act.number}"]


OFFICIALS = ("Sonja Skrbnica", "Peter Podpisnik")
"""They stand in the rules, which were published with the call."""


def sums_hold(packed: dossiers.Packed) -> None:
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    rows = [line.split("  ", 1) for line in content.pop("SHA256SUMS").decode().splitlines()]
    assert {name: sha256 for sha256, name in rows} == {
        name: hashlib.sha256(data).hexdigest() for name, data in content.items()
    }
    index = content["index.html"].decode()
    listed = set(content) - {"index.html", "README.txt"}
    assert {name for name in listed if f'<a href="{name}">' in index} == listed
    tables = json.loads(content["podatki/preglednice.json"])
    assert {table["title"] for table in tables if f"<h2>{table['title']}</h2>" not in index} == set()
