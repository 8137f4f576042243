"""A disk that is really full, and keys that cannot be used: told in words, nothing by half, and the work goes on."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from razpis.documents.seal import verify
from razpis.documents.seal_trial import make_trial_key
from razpis.models.base import db
from razpis.models.outbox import Message
from razpis.procedure.acts import ActState, ReleaseState
from razpis.services import files
from razpis.services.decisions import issuing, rendering
from razpis.services.errors import Refused
from razpis.services.files import Store
from tests import decisions_made as made
from tests import marking_made
from tests.databases import Clock
from tests.marking_made import person

ROOM = 100_000
"""Bytes: one document finds room, three do not."""
FULL = "Na disku ni več prostora. Že narejeni dokumenti ostanejo"


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[], object]]:
    """``folder`` as a file system of :data:`ROOM` bytes, where one may be mounted; elsewhere this process may write
    no files, which the system tells much alike. Gives what makes room."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ("mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder))
    if os.geteuid() == 0 and subprocess.run(command, check=False, capture_output=True).returncode == 0:
        try:
            yield lambda: subprocess.run(("mount", "-o", "remount,size=9m", str(folder)), check=True)
        finally:
            subprocess.run(("umount", str(folder)), check=True)
        return
    with no_writing() as free:
        yield free


@contextmanager
def no_writing() -> Iterator[Callable[[], object]]:
    """No file of this process grows, until what this gives is called."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def free() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield free
    finally:
        free()


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_documents_on_a_full_disk(app: Flask, clock: Clock, tmp_path: Path) -> None:
    """The database lies elsewhere; what has found room counts, the rest is made once there is room."""
    store = Store(tmp_path / "majhen")
    with app.app_context(), small_disk(store.path) as free:
        call = made.deciding(clock)
        made.approved(clock, call)
        count = rendering.work(clock(), store, None)
        release = made.release(call)
        assert release.problem["sl"].startswith(FULL)
        assert release.problem["en"].startswith("There is no space left on the disk.")
        assert count < 3
        assert [act.state for act in made.acts(call)].count(ActState.RENDERED) == count
        named = {act.sha256 for act in made.acts(call)} - {None}
        assert {path.name for path in store.path.glob("??/*")} == named
        db.session.rollback()
        free()
        assert rendering.work(clock(), store, None) == 3 - count
        assert (made.release(call).problem, made.release(call).state) == ({}, ReleaseState.READY)
        for act in made.acts(call):
            assert files.content(store, act.sha256 or "") == rendering.pdf(act, act.call, rendering.UNSIGNED)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_full_disk_with_the_database_on_it(app: Flask, clock: Clock, tmp_path: Path) -> None:
    """Not even the reason can be written down, so it is told at once; and a release is whole or none."""
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        number = made.approved(clock, call)
        db.session.rollback()
        with no_writing(), pytest.raises(Refused) as refused:
            rendering.work(clock(), store, None)
        assert refused.value.text.sl.startswith(FULL)
        assert (made.release(call).problem, made.release(call).state) == ({}, ReleaseState.APPROVED)
        assert list(store.path.glob("??/*")) == []
        db.session.rollback()
        assert rendering.work(clock(), store, None) == 3
        letters = select(func.count()).select_from(Message)
        before, signatory = db.session.scalar(letters), person(clock, call.signatory)
        db.session.rollback()
        with no_writing(), pytest.raises(OperationalError) as full:
            issuing.issue(signatory, call.call, number, clock(), store, made.link)
        assert files.full(full.value)
        db.session.rollback()
        assert marking_made.states(call) == ["proposed_grant", "proposed_grant", "proposed_below_threshold"]
        assert (made.release(call).state, db.session.scalar(letters)) == (ReleaseState.READY, before)
        db.session.rollback()
        assert issuing.issue(signatory, call.call, number, clock(), store, made.link) == 3


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_wrong_with_the_key_stops_the_work_until_it_is_mended(app: Flask, clock: Clock, tmp_path: Path) -> None:
    """No file, another password, no key at all, a key out of date; then the right file in the same place."""
    store, file = made.store(tmp_path), tmp_path / "zig.p12"
    right, old = make_trial_key("geslo", clock()), make_trial_key("geslo", clock() - timedelta(days=3000))
    with app.app_context():
        call = made.deciding(clock)
        made.approved(clock, call)
        for content, password, words in (
            (b"", "geslo", "Datoteke s ključem za žig ni mogoče prebrati"),
            (right.pkcs12, "drugo", "Geslo za ključ za žig ni pravo"),
            (b"to ni kljuc", "geslo", "Geslo za ključ za žig ni pravo ali pa"),
            (old.pkcs12, "geslo", "Potrdilo za žig (Preizkusni žig brez veljave) velja"),
        ):
            if content:
                file.write_bytes(content)
            assert rendering.work(clock(), store, {"file": str(file), "password": password}) == 0
            release = made.release(call)
            assert (release.problem["sl"].startswith(words), release.state) == (True, ReleaseState.APPROVED)
            assert release.problem["sl"].endswith("ko odpravite vzrok, nadaljujte.")
            assert list(store.path.glob("??/*")) == []
            db.session.rollback()
        file.write_bytes(right.pkcs12)
        assert rendering.work(clock(), store, {"file": str(file), "password": "geslo"}) == 3
        for act in made.acts(call):
            assert [one.good for one in verify(files.content(store, act.sha256 or ""), right.root, clock())] == [True]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_document_that_cannot_be_printed_stops_the_set_and_nothing_else(
    app: Flask, clock: Clock, tmp_path: Path
) -> None:
    store = made.store(tmp_path)
    with app.app_context():
        call = made.deciding(clock)
        made.approved(clock, call)
        second = made.acts(call)[1]
        whole = second.facts
        second.facts = {**whole, "decision": {**whole["decision"], "programme_title": "Program \U0001f41d"}}
        db.session.commit()
        assert rendering.work(clock(), store, None) == 1
        problem = made.release(call).problem["sl"]
        assert problem.startswith("Dokumenta ni mogoče natisniti: ")
        assert ("U+1F41D" in problem, problem.endswith("ko odpravite vzrok, nadaljujte.")) == (True, True)
        assert [act.state for act in made.acts(call)] == [ActState.RENDERED, ActState.APPROVED, ActState.APPROVED]
        made.acts(call)[1].facts = whole
        db.session.commit()
        assert rendering.work(clock(), store, None) == 2
