"""Filing: whole, in time, by whoever may, once; replaced and withdrawn before the deadline; a receipt each time."""

from __future__ import annotations

import hashlib
import io
import threading
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import func, select

from razpis.models.applications import Answer, Filing
from razpis.models.base import db
from razpis.models.journal import Event
from razpis.models.organisations import Mandate, Organisation
from razpis.models.outbox import Message
from razpis.procedure.states import ApplicationState
from razpis.procedure.tables import StepRefused
from razpis.services import files
from razpis.services.applications import applications, filing, receipts, sheets
from razpis.services.errors import Forbidden, Invalid, Missing, Refused, Stale
from tests import published
from tests.databases import Clock
from tests.services.filing_people import LINK, Filer, filer


def complete(app: Flask, clock: Clock, **columns: object) -> Filer:
    ana = filer(app, clock, **columns)
    ana.complete()
    return ana


def test_a_filing_has_its_number_its_hash_and_its_receipt(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        filed = ana.submit()
        assert (filed.receipt, ana.row().number, ana.row().state) == (
            "P-41001-1/2026-0001",
            1,
            ApplicationState.SUBMITTED,
        )
        assert hashlib.sha256(filing.content_bytes(filed)).hexdigest() == filed.sha256
        assert filed.content["answers"]["requested"] == "1234.5"
        assert "rating" not in filed.content["answers"]
        assert filed.content["attachments"]["plan"][0]["sha256"] == hashlib.sha256(published.PDF).hexdigest()
        last = db.session.scalars(select(Event).order_by(Event.number.desc())).first()
        assert last is not None
        assert (last.action, last.after["receipt"]) == ("application.submit", filed.receipt)


def test_the_receipt_comes_by_mail_and_says_everything(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        db.session.scalars(select(Organisation)).one().email = "drustvo@zgled.si"
        db.session.commit()
        filed = ana.submit()
        sent = db.session.scalars(select(Message).order_by(Message.id)).all()
        assert [one.recipient for one in sent] == ["ana@zgled.si", "drustvo@zgled.si"]
        assert sent[0].subject == "Vloga je oddana: P-41001-1/2026-0001"
        assert sent[0].attachments == [
            {
                "name": "potrdilo-P-41001-1-2026-0001.pdf",
                "media_type": "application/pdf",
                "sha256": filed.receipt_sha256,
            }
        ]
        pdf = files.content(ana.store, filed.receipt_sha256)
        text = " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
        for said in ("P-41001-1/2026-0001", "ponedeljek, 16. februar 2026 ob 09.00.00", filed.sha256, "nacrt.pdf"):
            assert said in text.replace("\u00a0", " ")
        assert receipts.pdf(filed.application, filed, "Ana Zgled", "") == pdf


def test_what_is_required_and_missing_blocks(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        ana.save({"costs": [{"item": "najem"}]})
        with pytest.raises(Invalid) as refused:
            ana.submit()
        assert sorted(refused.value.fields) == [
            "costs",
            "founded",
            "members",
            "plan",
            "programme",
            "requested",
            "signed",
            "status",
        ]
        assert refused.value.fields["costs"].sl == "manjka: Stroški, 1. vrstica, Znesek"


def test_the_statement_and_what_was_checked_must_stand(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        revision = ana.row().revision
        with pytest.raises(Invalid, match="potrdite izjavo"):
            filing.submit(ana.actor, ana.key, revision, False, clock(), ana.store, LINK)
        db.session.rollback()
        ana.save({"members": "35"})
        with pytest.raises(Stale, match="Preglejte jih še enkrat"):
            filing.submit(ana.actor, ana.key, revision, True, clock(), ana.store, LINK)


def test_a_second_after_the_deadline_nothing_is_filed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        clock.at = published.DEADLINE + timedelta(seconds=1)
        with pytest.raises(Refused, match="Rok"):
            ana.submit()
        db.session.rollback()
        clock.at = published.DEADLINE
        assert ana.submit().filed_at == published.DEADLINE


def test_an_amended_deadline_counts_at_once(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        ana.row().call.deadline = clock() - timedelta(minutes=1)
        db.session.commit()
        with pytest.raises(Refused, match="Rok"):
            ana.submit()


@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_a_mandate_that_ended_meanwhile_files_nothing(app: Flask, clock: Clock, how: str) -> None:
    with app.app_context():
        ana = complete(app, clock)
        mandate = db.session.scalars(select(Mandate)).one()
        mandate.revoked_at = clock() if how == "revoked" else None
        mandate.valid_to = date(2026, 2, 15)
        db.session.commit()
        with pytest.raises(Forbidden, match="ne velja več"):
            ana.submit()
        assert db.session.scalars(select(Filing.id)).all() == []


def test_a_mandate_holds_to_the_end_of_its_last_day(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        db.session.scalars(select(Mandate)).one().valid_to = date(2026, 2, 16)
        db.session.commit()
        clock.at = datetime.fromisoformat("2026-02-16T23:59:59+01:00")
        assert ana.submit().receipt == "P-41001-1/2026-0001"
        clock.forward(seconds=1)
        with pytest.raises(Forbidden):
            applications.own(ana.actor, ana.key, clock())


def test_pressing_twice_gives_one_filing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        first = ana.submit().receipt
        assert ana.submit().receipt == first
        clock.at = published.DEADLINE + timedelta(days=1)
        assert ana.submit().receipt == first
        assert db.session.scalars(select(func.count()).select_from(Filing)).one() == 1


def test_two_submits_at_once_give_one_filing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        revision = ana.row().revision
        db.session.remove()
    receipts_given: list[str] = []
    start = threading.Barrier(2)

    def press() -> None:
        with app.app_context():
            start.wait()
            filed = filing.submit(ana.actor, ana.key, revision, True, clock(), ana.store, LINK)
            receipts_given.append(filed.receipt)

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert receipts_given == ["P-41001-1/2026-0001"] * 2
    with app.app_context():
        assert db.session.scalars(select(func.count()).select_from(Filing)).one() == 1
        assert db.session.scalars(select(func.count()).select_from(Message)).one() == 1


def test_a_filed_application_stands_until_the_new_filing_is_complete(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        first = ana.submit()
        clock.forward(days=1)
        ana.save({"members": "", "programme": "Zimska šola"})
        row = ana.row()
        assert (row.state, filing.unfiled(sheets.sheet(row))) == (ApplicationState.SUBMITTED, True)
        with pytest.raises(Invalid):
            ana.submit()
        db.session.rollback()
        standing = applications.standing(ana.row())
        assert standing is not None
        assert (standing.receipt, standing.content["answers"]["members"]) == (first.receipt, "34")
        ana.save({"members": "40"})
        second = ana.submit()
        row = ana.row()
        assert (row.state, row.number, filing.unfiled(sheets.sheet(row))) == (ApplicationState.SUBMITTED, 1, False)
        assert [(one.receipt, one.replaced_at is not None) for one in row.filings] == [
            ("P-41001-1/2026-0001", True),
            ("P-41001-1/2026-0002", False),
        ]
        assert second.content["answers"]["programme"] == "Zimska šola"
        [listed] = applications.mine(ana.actor, clock())
        assert listed.receipt == "P-41001-1/2026-0002"


def test_withdrawn_before_the_deadline_and_started_anew(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        with pytest.raises(StepRefused):
            filing.withdraw(ana.actor, ana.key, clock())
        db.session.rollback()
        ana.submit()
        filing.withdraw(ana.actor, ana.key, clock())
        row = ana.row()
        assert (row.state, row.filings[0].withdrawn_at, applications.standing(row)) == (
            ApplicationState.WITHDRAWN,
            clock(),
            None,
        )
        with pytest.raises(Refused, match="ni več mogoče spremeniti"):
            ana.submit()
        db.session.rollback()
        with pytest.raises(Refused, match="ni več mogoče spremeniti"):
            ana.save({"members": "1"})
        db.session.rollback()
        assert db.session.scalars(select(Message.subject).order_by(Message.id.desc())).first() == (
            "Vloga je umaknjena: P-41001-1/2026-0001"
        )
        assert applications.start(ana.actor, ana.call, ana.organisation, "", clock()) != ana.key


def test_nothing_is_withdrawn_after_the_deadline(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        ana.submit()
        clock.at = published.DEADLINE + timedelta(seconds=1)
        with pytest.raises(Refused, match="Rok"):
            filing.withdraw(ana.actor, ana.key, clock())
        assert ana.row().state is ApplicationState.SUBMITTED


def test_a_filing_is_found_by_its_place_and_by_its_own_people(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        filed = ana.submit()
        assert filing.one(ana.actor, ana.key, 1, clock()).id == filed.id
        for number in (0, 2):
            with pytest.raises(Missing):
                filing.one(ana.actor, ana.key, number, clock())


def test_a_name_the_font_does_not_have_stops_no_filing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        ana.row().attachments[0].file.name = "načrt 🐝.pdf"
        db.session.scalars(select(Organisation)).one().name = "Društvo 🐝 漢字"
        db.session.commit()
        pdf = files.content(ana.store, ana.submit().receipt_sha256)
        assert "Društvo ? ??" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_a_call_that_was_never_published_files_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        db.session.delete(ana.row().call.versions[0])
        db.session.commit()
        with pytest.raises(Refused, match="nima objavljene različice"):
            ana.submit()


def test_a_call_without_a_case_number_has_receipts_too(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock, reference="ZGLED-7/2026")
        assert ana.submit().receipt == "P-ZGLED-7/2026-0001"


def test_answers_to_fields_that_an_amended_call_dropped_are_not_filed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = complete(app, clock)
        db.session.add(
            Answer(application_id=ana.row().id, field="dropped", value="x", saved_at=clock(), saved_by=ana.actor.person)
        )
        db.session.commit()
        assert "dropped" not in ana.submit().content["answers"]


def test_the_hour_that_comes_twice_is_told_with_its_zone() -> None:
    first = datetime.fromisoformat("2026-10-25T02:30:00+02:00")
    assert receipts.moment(first, "sl") == "nedelja, 25. oktober 2026 ob 02.30 (CEST)".replace(
        ". o", ".\u00a0o"
    ).replace("r 2", "r\u00a02")
    assert receipts.moment(first + timedelta(hours=1), "en", seconds=True).endswith("at 02:30:00 (CET)")
