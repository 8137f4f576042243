"""Files of an application: by content, by size, given back to those entitled, removed without touching what was filed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.files import StoredFile
from razpis.services import files
from razpis.services.applications import attachments, sheets
from razpis.services.errors import Invalid, Missing, Refused
from razpis.services.organisations.mandates import Upload
from razpis.services.people.standing import actor_of
from tests import people, published
from tests.databases import Clock
from tests.services.filing_people import filer


def test_several_files_of_a_field_are_kept_shown_and_removed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        first, second = ana.attach("nacrt.pdf"), ana.attach("../../slika", published.PNG)
        form = sheets.sheet(ana.row())
        assert form.values["plan"] == "nacrt.pdf, slika.png"
        found = attachments.one(ana.actor, ana.key, second, clock())
        assert (found.media_type, files.content(ana.store, found.sha256)) == ("image/png", published.PNG)
        assert attachments.remove(ana.actor, ana.key, first, clock()) == "plan"
        assert sheets.sheet(ana.row()).values["plan"] == "slika.png"
        with pytest.raises(Missing):
            attachments.remove(ana.actor, ana.key, first, clock())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "prazna"),
        (b"MZ program", "Te vrste datotek"),
        (b"%PDF-" + b"0" * (10 * 1024 * 1024), "večja od 10 MB"),
        (published.zip_bomb(), "prevelika"),
        (b"PK\x03\x04 ni zip", "poškodovana"),
    ],
    ids=["empty", "program", "large", "bomb", "damaged"],
)
def test_a_file_that_cannot_be_taken_takes_none_of_the_others(
    app: Flask, clock: Clock, content: bytes, words: str
) -> None:
    with app.app_context():
        ana = filer(app, clock)
        uploads = [Upload("prav.pdf", published.PDF), Upload("narobe.pdf", content)]
        with pytest.raises(Invalid) as refused:
            attachments.add(ana.actor, ana.key, "plan", uploads, clock(), ana.store)
        assert refused.value.fields["plan"].sl.startswith("Datoteka »narobe.pdf«: ")
        assert words in refused.value.fields["plan"].sl
        assert db.session.scalars(select(StoredFile.id)).all() == []


def test_all_files_together_have_a_limit(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "LARGEST_SUM", 2 * len(published.PDF))
    with app.app_context():
        ana = filer(app, clock)
        ana.attach()
        ana.attach(field="letters")
        with pytest.raises(Invalid, match="največ 50 MB"):
            ana.attach(field="letters")


def test_a_file_whose_name_documents_cannot_print_is_to_be_renamed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        with pytest.raises(Invalid) as refused:
            ana.attach("načrt 🐝.pdf")
        told = refused.value.fields["plan"].sl
        assert "Datoteko preimenujte in jo pošljite znova." in told
        assert "»🐝« (U+1F41D)" in told
        assert ana.attach("C:\\načrt\u200b č.pdf") != ""
        assert sheets.sheet(ana.row()).values["plan"] == "načrt č.pdf"


def test_only_attachment_fields_take_files_and_only_before_the_deadline(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        key = ana.attach()
        with pytest.raises(Missing):
            ana.attach(field="name")
        db.session.rollback()
        clock.at = published.DEADLINE + timedelta(seconds=1)
        with pytest.raises(Refused, match="Rok"):
            ana.attach()
        db.session.rollback()
        with pytest.raises(Refused, match="Rok"):
            attachments.remove(ana.actor, ana.key, key, clock())


def test_a_file_is_given_back_to_those_entitled_alone(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        key = ana.attach()
        bor = people.user(clock, "bor@zgled.si", "Bor Zgled")
        published.organisation(bor, "Zavod Čebelica", "7654321000")
        with pytest.raises(Missing):
            attachments.one(actor_of(bor, clock()), ana.key, key, clock())
        with pytest.raises(Missing):
            attachments.one(ana.actor, ana.key, "drug", clock())
