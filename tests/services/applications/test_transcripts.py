"""Applications on paper after the opening: typed in by the registry or an officer, kept as the applicant's claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.applications import Application, Filing
from razpis.models.base import db
from razpis.models.journal import Event, Reading
from razpis.models.organisations import Organisation, RegisterEntry
from razpis.procedure.deadlines import Channel
from razpis.procedure.organisations import LegalForm
from razpis.procedure.states import ApplicationState, CallState
from razpis.services import files
from razpis.services.actor import Actor
from razpis.services.applications import applications, sheets, transcripts
from razpis.services.applications.answers import Change, Saved
from razpis.services.errors import Forbidden, Invalid, Missing, Refused, Stale
from razpis.services.examination import checks, established, findings, opening, supplements
from razpis.services.organisations.entering import Entered
from razpis.services.organisations.mandates import Upload
from razpis.services.sitting import filed_content
from razpis.services.todo import tasks
from tests import commission_made as made
from tests import published
from tests.commission_made import DEADLINE, Made, act_as, supplement_page
from tests.databases import Clock
from tests.queries import counted

TYPED: Mapping[str, Any] = {
    "name": "Društvo Papir",
    "programme": "Na papirju",
    "seat": "here",
    "members": "40",
    "requested": "3.000,00",
    "signed": "true",
    "costs": [{"what": "prostor", "amount": "1.000,00"}, {"what": "gradivo", "amount": "2.500,00"}],
}
SCAN = Upload("nacrt.pdf", published.PDF)


def opened(clock: Clock, state: ApplicationState = ApplicationState.OPENED) -> tuple[Made, str]:
    """A call at its opening with one application from the portal, and one on paper in ``state``; its key."""
    call = made.made(clock, 1)
    number = made.on_paper(
        call.call, 1, channel=Channel.REGISTERED_POST, posted_on=date(2026, 2, 27), arrived_at=DEADLINE
    )
    call.applications.append(number)
    row = db.session.get_one(Application, number)
    row.state = state
    db.session.commit()
    return call, row.key


def row(key: str) -> Application:
    db.session.expire_all()
    return db.session.scalars(select(Application).where(Application.key == key)).one()


def changes(key: str, typed: Mapping[str, Any]) -> dict[str, Change]:
    marks = sheets.sheet(row(key)).seen
    return {name: Change(value, marks[name]) for name, value in typed.items()}


def save(actor: Actor, key: str, clock: Clock, typed: Mapping[str, Any] = TYPED) -> Saved:
    return transcripts.save(actor, key, changes(key, typed), clock())


def take_up(actor: Actor, key: str, clock: Clock, app: Flask, unidentified: bool = True) -> Filing:
    store = published.store(app)
    return transcripts.take_up(actor, key, row(key).revision, unidentified, clock(), store)


COMMANDS: Mapping[str, Callable[[Actor, str, Clock, Flask], object]] = {
    "read": lambda actor, key, clock, app: transcripts.read(actor, key, clock()),
    "save": lambda actor, key, clock, app: save(actor, key, clock),
    "identify": lambda actor, key, clock, app: transcripts.identify(actor, key, None, "", clock()),
    "attach": lambda actor, key, clock, app: transcripts.attach(
        actor, key, "plan", [SCAN], clock(), published.store(app)
    ),
    "detach": lambda actor, key, clock, app: transcripts.detach(actor, key, "ni", clock()),
    "file": lambda actor, key, clock, app: transcripts.file(actor, key, "ni", clock()),
    "take_up": take_up,
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("state", [ApplicationState.SUBMITTED, ApplicationState.LATE])
def test_a_closed_envelope_is_neither_read_nor_typed_in(
    app: Flask, clock: Clock, command: str, state: ApplicationState
) -> None:
    with app.app_context():
        call, key = opened(clock, state)
        for person in (call.registry, call.officer):
            with pytest.raises(Refused):
                COMMANDS[command](act_as(clock, person), key, clock, app)
            db.session.rollback()
        assert db.session.scalars(select(Reading)).all() == []
        assert (row(key).answers, row(key).filings, row(key).organisation_id) == ([], [], None)


@pytest.mark.parametrize("command", COMMANDS)
def test_only_the_registry_and_officers_type_and_only_what_came_on_paper(
    app: Flask, clock: Clock, command: str
) -> None:
    with app.app_context():
        call, key = opened(clock)
        for person in (call.president, call.signatory, call.applicants[0]):
            with pytest.raises(Forbidden):
                COMMANDS[command](act_as(clock, person), key, clock, app)
        with pytest.raises(Missing):
            COMMANDS[command](act_as(clock, call.registry), "kljuc000", clock, app)


def test_what_is_typed_goes_the_way_of_every_application(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, key = opened(clock)
        registry, president = act_as(clock, call.registry), act_as(clock, call.president)
        assert save(registry, key, clock).faults == {}
        transcripts.attach(registry, key, "plan", [SCAN], clock(), published.store(app))
        transcripts.identify(
            registry, key, Entered("5258880", "Društvo Papir", "Gaj 1", LegalForm.SOCIETY), "", clock()
        )
        filing = take_up(registry, key, clock, app, unidentified=False)
        assert (filing.channel, filing.filed_at, filing.mandate_id, filing.content["answers"]["members"]) == (
            Channel.REGISTERED_POST,
            DEADLINE,
            None,
            "40",
        )
        assert files.content(published.store(app), filing.receipt_sha256)[:5] == b"%PDF-"
        number = row(key).id
        made.free(call, clock, call.voters)
        made.sitting(call, clock)
        checks.entitled(president, number, True, "", "4. člen", clock())
        checks.complete(president, number, clock())
        claims = established.case(number).claims
        assert (claims["members"], claims["requested"], claims["plan"]) == (40, 3000, "nacrt.pdf")
        left = findings.facts(president, number, clock()).left
        assert "members" in left  # a claim, until the commission confirms it
        with pytest.raises(Refused):
            save(registry, key, clock, {"members": "41"})


def test_until_it_is_typed_in_the_commission_cannot_find_it_complete(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, key = opened(clock)
        president, number = act_as(clock, call.president), row(key).id
        made.free(call, clock, call.voters)
        made.sitting(call, clock)
        checks.entitled(president, number, True, "", "4. člen", clock())
        with pytest.raises(Refused, match="še ni prepisana"):
            checks.complete(president, number, clock())
        with pytest.raises(Refused, match="še ni prepisana"):
            supplements.ask(president, number, {"members": "manjka"}, clock(), supplement_page)


def test_what_the_envelope_lacks_stays_unanswered(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, key = opened(clock)
        officer = act_as(clock, call.officer)
        save(officer, key, clock, {"name": "Društvo Papir"})
        filing = take_up(officer, key, clock, app)
        assert filing.content == {"lot": "", "answers": {"name": "Društvo Papir"}, "attachments": {}}


def test_taking_up_anew_keeps_what_was_there_and_the_same_twice_is_one(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, key = opened(clock)
        registry = act_as(clock, call.registry)
        save(registry, key, clock)
        first = take_up(registry, key, clock, app).receipt
        assert take_up(registry, key, clock, app).receipt == first
        save(registry, key, clock, {"members": "41"})
        second = take_up(registry, key, clock, app)
        assert [(one.receipt, one.replaced_at is None) for one in row(key).filings] == [
            (first, False),
            (second.receipt, True),
        ]
        assert applications.standing(row(key)) is not None


def test_who_checked_something_else_is_told(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, key = opened(clock)
        registry, seen = act_as(clock, call.registry), row(key).revision
        save(registry, key, clock)
        with pytest.raises(Stale):
            transcripts.take_up(registry, key, seen, True, clock(), published.store(app))
        with pytest.raises(Invalid) as refused:
            take_up(registry, key, clock, app, unidentified=False)
        assert list(refused.value.fields) == ["unidentified"]


def test_the_applicant_is_known_by_number_else_from_the_register_else_as_typed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, key = opened(clock)
        registry = act_as(clock, call.registry)
        entry = RegisterEntry(
            registration_number="5258880",
            name="Zavod Breza",
            address="Pot 1, Maribor",
            legal_form="zavod",
            imported_at=clock(),
        )
        db.session.add(entry)
        db.session.commit()
        known = db.session.scalars(select(Organisation)).one()
        transcripts.identify(registry, key, Entered(known.registration_number), "", clock())
        assert row(key).organisation_id == known.id
        transcripts.identify(registry, key, Entered("5258880"), "", clock())
        organisation = row(key).organisation
        assert organisation is not None
        assert (organisation.name, organisation.address, organisation.mandates) == ("Zavod Breza", "Pot 1, Maribor", [])
        with pytest.raises(Invalid) as refused:
            transcripts.identify(registry, key, Entered("5883369"), "", clock())
        assert sorted(refused.value.fields) == ["address", "legal_form", "name"]
        with pytest.raises(Invalid) as refused:
            transcripts.identify(registry, key, Entered("5883369", "D", "Pot 2", LegalForm.SOCIETY), "", clock())
        assert sorted(refused.value.fields) == ["name"]
        for number in ("", "123"):
            with pytest.raises(Invalid) as refused:
                transcripts.identify(registry, key, Entered(number), "", clock())
            assert list(refused.value.fields) == ["registration_number"]
        with pytest.raises(Invalid) as refused:
            transcripts.identify(registry, key, None, "sklop", clock())
        assert list(refused.value.fields) == ["lot"]
        transcripts.identify(registry, key, None, "", clock())
        assert row(key).organisation_id is None


def test_every_command_is_one_event_without_what_was_written(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, key = opened(clock)
        registry = act_as(clock, call.registry)
        save(registry, key, clock)
        assert save(registry, key, clock).changed == []  # nothing new is no event
        [file] = transcripts.attach(registry, key, "plan", [SCAN], clock(), published.store(app))
        file_key, digest = file.key, file.sha256
        assert transcripts.file(registry, key, file_key, clock()).sha256 == digest
        transcripts.detach(registry, key, file_key, clock())
        transcripts.identify(registry, key, None, "", clock())
        receipt = take_up(registry, key, clock, app)
        events = db.session.scalars(
            select(Event).where(Event.action.startswith("transcript")).order_by(Event.number)
        ).all()
        assert [(one.action, one.after) for one in events] == [
            ("transcript.save", {"fields": sorted(TYPED)}),
            ("transcript.attach", {"field": "plan", "files": [{"key": file_key, "sha256": digest}]}),
            ("transcript.detach", {}),
            ("transcript.identify", {"organisation": None, "lot": ""}),
            ("transcript.take_up", {"receipt": receipt.receipt, "sha256": receipt.sha256}),
        ]
        assert {one.actor_id for one in events} == {registry.id}


def test_reading_it_is_written_down_and_a_file_of_another_is_not_given(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, key = opened(clock)
        officer = act_as(clock, call.officer)
        transcripts.read(officer, key, clock())
        db.session.commit()
        [reading] = db.session.scalars(select(Reading)).all()
        assert (reading.purpose, reading.subject_id, reading.user_id) == (
            "application.content",
            row(key).id,
            officer.id,
        )
        with pytest.raises(Missing):
            transcripts.file(officer, key, "plan0", clock())
        with pytest.raises(Missing):
            transcripts.detach(officer, key, "plan0", clock())


def test_a_wrong_value_is_told_and_the_right_ones_beside_it_are_kept(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, key = opened(clock)
        registry = act_as(clock, call.registry)
        saved = save(registry, key, clock, {**TYPED, "members": "okrog sto", "programme": published.HOSTILE})
        assert (sorted(saved.faults), "members" in saved.changed, "costs" in saved.changed) == (
            ["members"],
            False,
            True,
        )
        assert sheets.sheet(row(key)).values["programme"] == published.HOSTILE
        with pytest.raises(Missing):
            transcripts.save(registry, key, {"ni": Change("x", "0-x")}, clock())
        bomb = Upload("nacrt.docx", published.zip_bomb())
        with pytest.raises(Invalid):
            transcripts.attach(registry, key, "plan", [bomb], clock(), published.store(app))


def test_the_list_names_nobody_whose_envelope_is_closed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, _ = opened(clock)
        made.on_paper(call.call, 2)
        officer = act_as(clock, call.officer)
        _, lines = transcripts.listed(officer, call.call)
        assert [(one.number, one.name, one.closed, one.begun, one.done) for one in lines] == [
            (2, "Društvo na papirju 1", False, False, False),
            (3, "", True, False, False),
        ]
        with pytest.raises(Missing):
            transcripts.listed(officer, 99)
        with pytest.raises(Forbidden):
            transcripts.listed(act_as(clock, call.president), call.call)


def test_the_list_takes_the_same_number_of_queries_for_many(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, _ = opened(clock)
        officer = act_as(clock, call.officer)
        with counted() as few:
            transcripts.listed(officer, call.call)
        for at in range(2, 60):
            made.on_paper(call.call, at)
        db.session.expire_all()
        with counted() as many:
            _, lines = transcripts.listed(officer, call.call)
        assert (len(lines), len(many)) == (59, len(few))


def test_the_first_page_says_what_is_to_be_typed_in(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, key = opened(clock)
        registry = act_as(clock, call.registry)
        found = [one.key for one in tasks(registry, clock()) if one.kind == "transcripts"]
        assert found == [call.call]
        take_up(registry, key, clock, app)
        assert [one for one in tasks(registry, clock()) if one.kind == "transcripts"] == []


def test_two_who_type_at_once_lose_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, key = opened(clock)
        people = (act_as(clock, call.registry), act_as(clock, call.officer))
        pages = [changes(key, {name: TYPED[name]}) for name in ("name", "members")]
        db.session.remove()
    barrier, told = Barrier(2), list[list[str]]()

    def work(at: int) -> None:
        with app.app_context():
            barrier.wait()
            told.append(transcripts.save(people[at], key, pages[at], clock()).changed)
            db.session.remove()

    threads = [Thread(target=work, args=(at,)) for at in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        held = sheets.sheet(row(key)).values
        assert (sorted(told), held["name"], held["members"]) == ([["members"], ["name"]], "Društvo Papir", 40)


def test_before_the_opening_officials_read_nothing_of_it_anywhere(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call, key = opened(clock, ApplicationState.SUBMITTED)
        with pytest.raises(Forbidden):
            filed_content.content_for_official(act_as(clock, call.officer), key, clock())
        assert [line.name for line in opening.waiting(call.call)] == ["Društvo na papirju 1"]
        assert CallState.OPENING is db.session.get_one(Application, row(key).id).call.state
