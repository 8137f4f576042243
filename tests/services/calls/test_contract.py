"""The model contract: taken by its content, needed for the review, frozen with the version and shown in public."""

from __future__ import annotations

import hashlib

import pytest
from flask import Flask, current_app
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.journal import Event
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.calls import calls, contract, public_calls, publishing, readiness
from razpis.services.calls.readiness import Where
from razpis.services.errors import Forbidden, Invalid, Missing, Refused, Stale
from razpis.services.files import Store
from razpis.web import access
from tests import published
from tests.databases import Clock
from tests.services import call_making as making

MODEL = b"%PDF-1.7\n% pogodba\n"


def store() -> Store:
    kept: Store = current_app.extensions[access.STORE]
    return kept


def attach(actor: Actor, call: int, clock: Clock, content: bytes = MODEL, name: str = "pogodba.pdf") -> None:
    contract.attach(actor, call, making.revision(call), name, content, clock(), store())


def test_without_it_a_call_goes_to_no_signatory(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call = making.draft(officer, clock)
        making.call(call).contract = None
        db.session.commit()
        gaps = readiness.missing_for_review(making.call(call), clock())
        assert [gap.where for gap in gaps] == [Where.CONTRACT]
        with pytest.raises(publishing.NotReady):
            publishing.send_to_review(officer, call, making.revision(call), clock())


@pytest.mark.parametrize("content", [b"", b"MZ program", published.PNG, b"<script>", b"%PDF" + b"0" * 11_000_000])
def test_only_a_document_is_taken_whatever_its_name(app: Flask, clock: Clock, content: bytes) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call = calls.create(officer, making.RULES, clock())
        with pytest.raises(Invalid) as refused:
            attach(officer, call, clock, content)
        assert list(refused.value.fields) == ["contract"]
        db.session.rollback()
        with pytest.raises(Invalid):
            attach(officer, call, clock, published.zip_bomb(), "pogodba.docx")
        db.session.rollback()
        assert making.call(call).contract is None


def test_it_is_replaced_in_a_draft_by_an_officer_who_saw_it(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer, signer = making.officer(clock), making.signatory(clock)
        call = calls.create(officer, making.RULES, clock())
        with pytest.raises(Missing):
            contract.one(officer, call)
        attach(officer, call, clock)
        attach(officer, call, clock, MODEL + b"2", published.HOSTILE)
        found = contract.one(signer, call)[1]
        assert files.content(store(), found.sha256) == MODEL + b"2"
        with pytest.raises(Forbidden):
            attach(signer, call, clock)
        with pytest.raises(Stale):
            contract.attach(officer, call, making.revision(call) - 1, "p.pdf", MODEL, clock(), store())
        events = db.session.scalars(select(Event).where(Event.action == "call.contract").order_by(Event.number)).all()
        assert [one.after["sha256"] for one in events] == [
            hashlib.sha256(MODEL).hexdigest(),
            hashlib.sha256(MODEL + b"2").hexdigest(),
        ]
        assert events[1].before == events[0].after


def test_its_hash_is_in_the_version_and_the_public_gets_that_very_file(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call = making.published(officer, making.signatory(clock), clock)
        version = making.call(call).versions[0]
        assert version.frozen["contract"] == {
            "name": "pogodba.pdf",
            "size": len(MODEL),
            "sha256": hashlib.sha256(MODEL).hexdigest(),
        }
        assert version.sha256 == hashlib.sha256(public_calls.frozen_text(version).encode()).hexdigest()
        assert files.content(store(), public_calls.contract(version).sha256) == MODEL
        with pytest.raises(Refused):
            attach(officer, call, clock)
        version.frozen = {"number": 1}
        with pytest.raises(Missing):
            public_calls.contract(version)
        db.session.rollback()
        assert db.session.get_one(Call, call).contract is not None
