"""From drafts to issued decisions: a second person, numbers, stopping and going on, one transaction, no repetition."""

from __future__ import annotations

import errno
import json
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.documents import Act, Release
from razpis.models.journal import Event
from razpis.models.outbox import Message
from razpis.procedure.acts import ActState, ReleaseState
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState
from razpis.services import files
from razpis.services.decisions import act_files, issuing, releases, rendering, verifying
from razpis.services.errors import Forbidden, Invalid, Missing, Refused, Stale
from razpis.services.files import Store
from tests import commission_made, marking_made
from tests import decisions_made as made
from tests.commission_made import Made
from tests.databases import Clock
from tests.documents.reading import page_text
from tests.marking_made import person


def issue(clock: Clock, call: Made, number: int, store: Store, who: int | None = None) -> int:
    return issuing.issue(person(clock, who or call.signatory), call.call, number, clock(), store, made.link)


def events(action: str) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.action == action).order_by(Event.number)))


def another(role: Role) -> int:
    found = commission_made.user(f"drug-{role.value}@zgled.si", "Darja Druga", role)
    db.session.commit()
    return found.id


def test_the_whole_way_out(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock, made.TIGHT, left_out=("late", "condition_failed"))
        number = made.ready(clock, call, store)
        assert made.release(call).state is ReleaseState.READY
        assert marking_made.states(call)[0] == "proposed_grant"
        assert db.session.scalars(select(Message).where(Message.subject.contains("Odločeno je"))).all() == []
        assert issue(clock, call, number, store) == 5
        assert marking_made.states(call) == [
            "granted",
            "partly_granted",
            "refused_threshold",
            "dismissed_late",
            "refused_condition",
        ]
        release = made.release(call)
        assert (release.state, release.dated) == (ReleaseState.RELEASED, date(2026, 3, 5))
        assert {act.number for act in release.acts} == {f"41001-7/2026-{at}" for at in range(5, 10)}
        assert {act.state for act in release.acts} == {ActState.ISSUED}
        letters = db.session.scalars(select(Message).where(Message.subject.contains("Odločeno je"))).all()
        assert len(letters) == 5
        assert made.link("kljuc000") in letters[0].body
        [told] = events("release.issue")
        assert [one["state"] for one in told.after["acts"]] == [
            "granted",
            "partly_granted",
            "refused_threshold",
            "refused_condition",
            "dismissed_late",
        ]
        first = made.acts(call)[0]
        assert verifying.document(first.key).sha256 == first.sha256
        text = page_text(files.content(store, first.sha256 or ""))
        assert "41001-7/2026-5" in text
        assert made.ADDRESS.format(key=first.key) in "".join(text.split())
        assert "ne velja kot izdana v elektronski obliki" in " ".join(text.split())


def test_the_drafter_never_approves_and_nobody_of_the_commission(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.deciding(clock)
        both = another(Role.SIGNATORY)
        db.session.execute(update(Release).values(drafted_by=both))
        number = made.drafted(clock, call)
        seen = made.release(call).sha256
        db.session.execute(update(Release).values(drafted_by=both))
        db.session.commit()
        for who, error in ((both, "drug"), (call.officer, "vloge"), (call.president, "vloge")):
            with pytest.raises(Forbidden, match="druga oseba" if error == "drug" else "potrebnih pravic"):
                releases.approve(person(clock, who), call.call, number, seen, made.ADDRESS, clock())
            db.session.rollback()
        with pytest.raises(Forbidden):
            releases.draft(person(clock, call.signatory), call.call, clock())
        with pytest.raises(Stale):
            releases.approve(person(clock, call.signatory), call.call, number, "0" * 64, made.ADDRESS, clock())
        db.session.rollback()
        with pytest.raises(Missing):
            releases.approve(person(clock, call.signatory), call.call, 7, seen, made.ADDRESS, clock())
        db.session.rollback()
        assert [act.number for act in made.acts(call)] == [None, None, None]
        releases.approve(person(clock, call.signatory), call.call, number, seen, made.ADDRESS, clock())
        assert [event.actor_id for event in events("release.approve")] == [call.signatory]


def test_drafts_that_no_longer_hold_are_given_up_and_numbers_never_come_back(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.deciding(clock)
        number = made.drafted(clock, call)
        with pytest.raises(Refused, match="že pripravljeni"):
            made.drafted(clock, call)
        db.session.rollback()
        made.set_terms(clock, call, issued_title="županja")
        seen = made.release(call).sha256
        with pytest.raises(Refused, match="se je nekaj spremenilo"):
            releases.approve(person(clock, call.signatory), call.call, number, seen, made.ADDRESS, clock())
        db.session.rollback()
        with pytest.raises(Invalid):
            releases.drop(person(clock, call.officer), call.call, number, "ker", clock())
        releases.drop(person(clock, call.officer), call.call, number, "Spremenil se je podpisnik.", clock())
        second = made.approved(clock, call)
        assert [act.number for act in made.acts(call)] == [f"41001-7/2026-{at}" for at in (5, 6, 7)]
        releases.drop(person(clock, call.signatory), call.call, second, "Napaka v uvodu odločb.", clock())
        made.set_terms(clock, call, pattern="{classification}-{case}/{year2}-{applicant}-{serial:03}")
        made.approved(clock, call)
        assert [act.number for act in made.acts(call)] == [f"41001-7/26-{at}-005" for at in (1, 2, 3)]
        dropped = db.session.scalars(select(Act).where(Act.state == ActState.DROPPED).order_by(Act.id)).all()
        assert [act.number for act in dropped] == [None] * 3 + [f"41001-7/2026-{at}" for at in (5, 6, 7)]
        with pytest.raises(Missing):
            verifying.document(dropped[-1].key)
        found = releases.outbox(person(clock, call.officer), call.call)
        assert [one.dropped_because for one in found.earlier] == [
            "Napaka v uvodu odločb.",
            "Spremenil se je podpisnik.",
        ]


def test_documents_stop_anywhere_and_go_on(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        number = made.approved(clock, call)
        assert rendering.work(clock(), store, None, most=1) == 1
        found = releases.outbox(person(clock, call.officer), call.call)
        assert (found.release and found.release.state, found.ready, found.unsealed) == (ReleaseState.RENDERING, 1, 1)
        with pytest.raises(Refused, match="dokumenti nastajajo"):
            issue(clock, call, number, store)
        db.session.rollback()
        assert events("release.render") == []
        assert rendering.work(clock(), store, None) == 2
        assert rendering.work(clock(), store, None) == 0
        [event] = events("release.render")
        assert set(event.after["documents"]) == {f"41001-7/2026-{at}" for at in (5, 6, 7)}
        assert event.actor == "sistem"
        for act in made.acts(call):
            drawn = rendering.pdf(act, act.call, rendering.UNSIGNED)
            assert files.content(store, act.sha256 or "") == drawn


def test_a_full_disk_says_so_and_leaves_nothing_half_made(app: Flask, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "files").write_text("tu ni mape")
    blocked, store = Store(tmp_path / "files"), Store(tmp_path / "pravi")
    with app.app_context():
        call = made.deciding(clock)
        made.approved(clock, call)
        assert rendering.work(clock(), blocked, None) == 0
        release = made.release(call)
        assert release.state is ReleaseState.APPROVED
        assert release.problem["sl"].startswith("Dokumenta ni mogoče shraniti (")
        assert {act.sha256 for act in release.acts} == {None}
        full = rendering.disk(OSError(errno.ENOSPC, "No space left on device"))
        assert full.sl.startswith("Na disku ni več prostora. Že narejeni dokumenti ostanejo")
        assert rendering.work(clock(), store, {"file": str(tmp_path / "ni.p12"), "password": ""}) == 0
        assert "Datoteke s ključem za žig ni mogoče prebrati" in made.release(call).problem["sl"]
        assert rendering.work(clock(), store, None) == 3
        assert (made.release(call).problem, made.release(call).state) == ({}, ReleaseState.READY)


def test_what_changed_after_the_approval_is_not_issued(app: Flask, clock: Clock, tmp_path: Path) -> None:
    """The guards of the law: operative part as evaluated, a reason for each criterion, no more than there is."""
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        number = made.ready(clock, call, store)
        act = made.acts(call)[0]
        told = json.loads(json.dumps(act.facts))
        act.facts = {**told, "decision": {**told["decision"], "awarded": told["decision"]["awarded"] - 1}}
        db.session.commit()
        _refused(clock, call, number, store, "se ne ujemajo več z vlogami ali z izidom")
        no_reason = json.loads(json.dumps(told))
        no_reason["decision"]["criteria"][0]["rows"][0]["reason"] = ""
        made.acts(call)[0].facts = no_reason
        db.session.commit()
        _refused(clock, call, number, store, "se ne ujemajo več z vlogami ali z izidom")
        made.acts(call)[0].facts = told
        marking_made.call(call).budget_cents = 100
        db.session.commit()
        _refused(clock, call, number, store, "dodeljena sredstva presegajo razpoložljiva")
        marking_made.call(call).budget_cents = 1_000_000
        gone = db.session.get_one(Application, call.applications[2])
        gone.state = ApplicationState.REFUSED_THRESHOLD
        db.session.commit()
        _refused(clock, call, number, store, "se ne ujemajo več z vlogami ali z izidom")
        gone.state = ApplicationState.PROPOSED_BELOW_THRESHOLD
        db.session.commit()
        place = store.place(made.acts(call)[1].sha256 or "")
        whole = place.read_bytes()
        place.write_bytes(whole[:-1])
        _refused(clock, call, number, store, "Datoteke akta 41001-7/2026-6 ni ali je poškodovana")
        place.unlink()
        _refused(clock, call, number, store, "Datoteke akta 41001-7/2026-6 ni ali je poškodovana")
        assert marking_made.states(call) == ["proposed_grant", "proposed_grant", "proposed_below_threshold"]
        assert {one.state for one in made.acts(call)} == {ActState.RENDERED}
        place.write_bytes(whole)
        assert issue(clock, call, number, store) == 3


def test_a_second_release_issues_nothing_twice(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        number, second = made.ready(clock, call, store), another(Role.SIGNATORY)
        for who, error in ((call.officer, Forbidden), (call.president, Forbidden)):
            with pytest.raises(error):
                issue(clock, call, number, store, who)
            db.session.rollback()
        assert issue(clock, call, number, store) == 3
        letters = len(db.session.scalars(select(Message)).all())
        for who in (call.signatory, second):
            with pytest.raises(Refused, match="medtem v stanju »izdano«"):
                issue(clock, call, number, store, who)
            db.session.rollback()
        with pytest.raises(Refused):
            releases.drop(person(clock, call.officer), call.call, number, "Premislili smo si.", clock())
        db.session.rollback()
        with pytest.raises(Refused, match="ne čaka nobena"):
            made.drafted(clock, call)
        db.session.rollback()
        assert len(db.session.scalars(select(Message)).all()) == letters
        assert len(events("release.issue")) == 1


def test_previews_and_packages(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        made.drafted(clock, call)
        first, other, _ = made.acts(call)
        officer = person(clock, call.officer)
        _, drawn = act_files.one(officer, call.call, first.key, clock(), store)
        text = " ".join(page_text(drawn).split())
        assert "Osnutek – ni izdano." in text
        assert "41001-7/2026-osnutek" in text
        assert act_files.several(officer, call.call, [first.key, other.key], clock(), store)[:2] == b"PK"
        with pytest.raises(Refused, match="Izberite vsaj enega"):
            act_files.several(officer, call.call, [], clock(), store)
        with pytest.raises(Missing):
            act_files.one(officer, call.call + 1, first.key, clock(), store)
        with pytest.raises(Forbidden):
            act_files.one(person(clock, call.president), call.call, first.key, clock(), store)


def _refused(clock: Clock, call: Made, number: int, store: Store, words: str) -> None:
    with pytest.raises(Refused) as error:
        issue(clock, call, number, store)
    assert words in error.value.text.sl
    db.session.rollback()
