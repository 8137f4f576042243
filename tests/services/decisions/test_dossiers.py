"""The file of an application: whole for the appeal body, without persons for everyone, the same bytes each time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile

import pytest
from flask import Flask

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.journal import Reading
from razpis.models.organisations import Organisation
from razpis.procedure.roles import Role
from razpis.services import files
from razpis.services.decisions import dossiers
from razpis.services.errors import Forbidden, Missing, Refused
from tests import commission_made, results_made
from tests import marking_made as made
from tests.commission_made import Made
from tests.databases import Clock
from tests.marking_made import key, person
from tests.published import store
from tests.results_made import Issued


def opened(packed: dossiers.Packed) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written_over(app: Flask, call: Made) -> None:
    """The files of the applications in the store, and contacts of the first organisation."""
    for at, number in enumerate(call.applications):
        one = db.session.get_one(Application, number)
        for filing in one.filings:
            filing.content = {
                **filing.content,
                "attachments": {"plan": [{"name": "načrt/..\\1.pdf", "size": 9, "sha256": _put(app, at), "key": "x"}]},
            }
    first = db.session.get_one(Organisation, db.session.get_one(Application, call.applications[0]).organisation_id)
    first.phone, first.iban, first.tax_number = "041 123 456", "SI56 0127 0010 0008 403", "12345679"
    db.session.commit()


def _put(app: Flask, at: int) -> str:
    return files.put(store(app), b"%PDF-1.7\n% nacrt " + str(at).encode())


def test_the_whole_file_holds_everything_of_this_application_and_nothing_of_others(issued: Issued) -> None:
    app, call, clock = issued
    with app.app_context():
        written_over(app, call)
        packed = dossiers.whole(person(clock, call.officer), key(0), clock(), store(app))
        found = opened(packed)
        assert packed.name == "spis-41001-7-2026-1.zip"
        assert found["vloga/oddaja.json"]
        filed = json.loads(found["vloga/oddaja.json"])
        assert filed["answers"]["name"] == "Društvo 0"
        plan = next(name for name in found if name.startswith("vloga/priloge/"))
        assert (plan.endswith("-načrt-..-1.pdf"), found[plan]) == (True, b"%PDF-1.7\n% nacrt 0")
        decision = next(name for name in found if name.startswith("dokumenti/"))
        assert found[decision] == results_made.content("odlocitev-0")
        assert json.loads(found["podatki/izid.json"])["line"]["id"] == key(0)
        index = found["index.html"].decode()
        for words in ("Petra Predsednica", "Vloga 1, quality: utemeljitev člana 1.", "Kakovost programa", "Znesek"):
            assert words in index
        told = b"".join(found.values()).decode("utf-8", "ignore")
        strangers = ("Društvo 1", "Društvo 2", "Vloga 2, ", "Vloga 3, ", "nacrt 1", key(1), key(2))
        assert [words for words in strangers if words in told] == []


def test_every_hash_of_the_index_is_right_and_the_bytes_are_the_same_each_time(issued: Issued) -> None:
    app, call, clock = issued
    with app.app_context():
        written_over(app, call)
        officer = person(clock, call.officer)
        packed = dossiers.whole(officer, key(1), clock(), store(app))
        found = opened(packed)
        sums = dict(reversed(line.split("  ", 1)) for line in found["SHA256SUMS"].decode().splitlines())
        assert sums == {
            name: hashlib.sha256(content).hexdigest() for name, content in found.items() if name != "SHA256SUMS"
        }
        for text in (found["index.html"].decode(), found["README.txt"].decode()):
            assert [name for name in sums if name not in text and name not in ("index.html", "README.txt")] == []
        clock.forward(days=2)
        assert dossiers.whole(officer, key(1), clock(), store(app)) == packed
        rows = list(csv.DictReader(io.StringIO(found["dnevnik/vloga.csv"].decode("utf-8-sig"))))
        assert rows != []
        assert {(row["subject"], row["subject_id"]) for row in rows} == {("application", str(call.applications[1]))}
        course = list(csv.DictReader(io.StringIO(found["dnevnik/potek.csv"].decode("utf-8-sig"))))
        assert {(row["before"], row["after"]) for row in course} == {("", "")}


def test_the_redacted_file_holds_no_person_and_says_what_is_left_out(issued: Issued) -> None:
    app, call, clock = issued
    with app.app_context():
        written_over(app, call)
        officer = person(clock, call.officer)
        found = opened(dossiers.redacted(officer, key(0), clock()))
        assert sorted(found) == [
            "README.txt",
            "SHA256SUMS",
            "index.html",
            "podatki/preglednice.json",
            "razpis/pravila.yaml",
        ]
        told = b"".join(found.values()).decode()
        persons = ("Petra", "Predsednica", "Marko", "Mojca", "Zastopnica", "Sonja", "Zgledna 1", "1732803", "041 123")
        assert [words for words in (*persons, "drustvo0@", "opomba", "prostor", "nacrt") if words in told] == []
        for words in ("Društvo 0", "Program 0", "3.000,00", "član 1", "Izpuščeno", "osebni podatki", "utemeljitev"):
            assert words in told.replace("\u00a0", " ")
        other = b"".join(opened(dossiers.redacted(officer, key(2), clock())).values()).decode()
        assert [words for words in ("Društvo 2", "Program 2") if words in other] == []
        assert "ime prijavitelja" in other


def test_contacts_and_declined_names_in_reasons_are_taken_out(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = results_made.accepted(clock)
        sheet = db.session.query(commission_made.Application).filter_by(key=key(0)).one()
        reason = "Petri Predsednici je pisala ana.zgled@posta.si, telefon 041 999 888, EMŠO 0101990500003; 12,50 EUR."
        mark = db.session.query(made.marking.MemberMark).filter_by(criterion="quality").first()
        assert mark is not None
        mark.sheet.application_id = sheet.id
        mark.reason = reason
        db.session.commit()
        found = opened(dossiers.redacted(person(clock, call.officer), key(0), clock()))
        told = found["index.html"].decode()
        assert "[izpuščeno] je pisala [izpuščeno], telefon [izpuščeno], EMŠO [izpuščeno]; 12,50 EUR." in told


def test_a_file_that_is_missing_is_named_with_its_hash(issued: Issued) -> None:
    app, call, clock = issued
    with app.app_context():
        found = opened(dossiers.whole(person(clock, call.officer), key(0), clock(), store(app)))
        sha256 = hashlib.sha256(results_made.content("odlocitev-0")).hexdigest()
        assert sha256 not in found["README.txt"].decode().partition("Izpuščeno:")[2]
        store(app).place(sha256).unlink()
        found = opened(dossiers.whole(person(clock, call.officer), key(0), clock(), store(app)))
        assert f"datoteke z odtisom {sha256} ni v shrambi" in found["README.txt"].decode()


def test_only_officer_second_instance_and_auditor_and_every_download_is_noted(issued: Issued) -> None:
    app, call, clock = issued
    with app.app_context():
        written_over(app, call)
        for who in (call.president, call.signatory, call.registry, call.applicants[0]):
            for refused in (
                lambda actor: dossiers.whole(actor, key(0), clock(), store(app)),
                lambda actor: dossiers.redacted(actor, key(0), clock()),
                lambda actor: dossiers.listed(actor, call.call),
                dossiers.calls,
            ):
                with pytest.raises(Forbidden):
                    refused(person(clock, who))
        users = [
            commission_made.user(f"{role.value}@zgled.si", "Nekdo", role)
            for role in (Role.SECOND_INSTANCE, Role.AUDITOR)
        ]
        db.session.commit()
        for number in (call.officer, *(one.id for one in users)):
            actor = person(clock, number)
            assert [one.id for one in dossiers.calls(actor)] == [call.call]
            assert [one.number for one in dossiers.listed(actor, call.call)[1]] == [1, 2, 3]
            dossiers.whole(actor, key(0), clock(), store(app))
            dossiers.redacted(actor, key(0), clock())
            for unknown in ("ni-take", ""):
                with pytest.raises(Missing):
                    dossiers.whole(actor, unknown, clock(), store(app))
            with pytest.raises(Missing):
                dossiers.listed(actor, 4711)
        db.session.commit()
        noted = db.session.query(Reading.user_id, Reading.purpose).order_by(Reading.id).all()
        assert [purpose for _, purpose in noted] == ["application.dossier", "application.dossier_redacted"] * 3


def test_nothing_is_given_before_the_proposal_is_accepted(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        officer = person(clock, call.officer)
        with pytest.raises(Refused, match="ko je predlog komisije sprejet"):
            dossiers.whole(officer, key(0), clock(), store(app))
        with pytest.raises(Missing):
            dossiers.listed(officer, call.call)
        assert dossiers.calls(officer) == []
        assert db.session.query(Reading).count() == 0
