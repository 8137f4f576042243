"""Two people at once, two workers at once, and the end of the process in the middle: nothing twice, nothing by half."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.journal import Event
from razpis.models.outbox import Message
from razpis.procedure.acts import ActState, ReleaseState
from razpis.procedure.roles import Role
from razpis.services import files
from razpis.services.decisions import issuing, releases, rendering
from razpis.services.errors import Refused
from tests import commission_made, marking_made
from tests import decisions_made as made
from tests.databases import Clock
from tests.marking_made import person


def both(app: Flask, one: Callable[[], object], other: Callable[[], object]) -> list[str]:
    """What came of two commands begun at the same moment: a result or the name of the error."""
    came: list[str] = []
    start = threading.Barrier(2)

    def run(command: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                came.append(str(command()))
            except Refused as refused:
                came.append(type(refused).__name__)

    threads = [threading.Thread(target=run, args=(command,)) for command in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(came)


def test_two_people_and_two_workers_at_once(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        second = commission_made.user("druga@zgled.si", "Darja Druga", Role.SIGNATORY).id
        db.session.commit()
        officer = person(clock, call.officer)
        signing = [person(clock, one) for one in (call.signatory, second)]
    now = clock()
    drafting = [lambda: releases.draft(officer, call.call, now)] * 2
    assert both(app, *drafting) == ["1", "Refused"]
    with app.app_context():
        seen = made.release(call).sha256
    approving = [lambda who=who: releases.approve(who, call.call, 1, seen, made.ADDRESS, now) for who in signing]
    assert both(app, *approving) == ["None", "Refused"]
    working = [lambda: rendering.work(now, store, None)] * 2
    assert sum(int(one) for one in both(app, *working)) == 3
    issuing_ = [lambda who=who: issuing.issue(who, call.call, 1, now, store, made.link) for who in signing]
    assert both(app, *issuing_) == ["3", "Refused"]
    with app.app_context():
        assert [act.number for act in made.acts(call)] == [f"41001-7/2026-{at}" for at in (5, 6, 7)]
        assert len(db.session.scalars(select(Message).where(Message.subject.contains("Odločeno je"))).all()) == 3
        told = list(db.session.scalars(select(Event.action).where(Event.action.startswith("release."))))
        assert sorted(told) == ["release.approve", "release.draft", "release.issue", "release.render"]


class Killed(BaseException):
    """The end of the process, wherever it comes."""


def test_the_end_in_the_middle_leaves_nothing_half_issued(app: Flask, clock: Clock, tmp_path: Path) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        number = made.approved(clock, call)
        first = made.acts(call)[0]
        files.put(store, rendering.pdf(first, first.call, rendering.UNSIGNED))
        assert made.acts(call)[0].state is ActState.APPROVED
        assert rendering.work(clock(), store, None) == 3
        letters = len(db.session.scalars(select(Message)).all())
        asked: list[str] = []

        def dying(key: str) -> str:
            asked.append(key)
            if len(asked) == 2:
                raise Killed
            return made.link(key)

        with pytest.raises(Killed):
            issuing.issue(person(clock, call.signatory), call.call, number, clock(), store, dying)
        db.session.rollback()
        assert marking_made.states(call) == ["proposed_grant", "proposed_grant", "proposed_below_threshold"]
        assert made.release(call).state is ReleaseState.READY
        assert len(db.session.scalars(select(Message)).all()) == letters
        assert issuing.issue(person(clock, call.signatory), call.call, number, clock(), store, made.link) == 3
