"""A process really killed while it seals, keeps a document or issues: nothing by half, and the work goes on."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from subprocess import Popen

from flask import Flask
from sqlalchemy import func, select

from razpis.documents.seal import verify
from razpis.documents.seal_trial import make_trial_key
from razpis.models.base import db
from razpis.models.documents import Act
from razpis.models.journal import Event
from razpis.models.outbox import Message
from razpis.procedure.acts import ActState, ReleaseState
from razpis.services import files
from razpis.services.decisions import rendering
from razpis.services.files import Store
from tests import decisions_made as made
from tests import marking_made, published
from tests.commission_made import Made
from tests.databases import Clock
from tests.services.decisions.dying import HALF, REFUSED, begun, ended, living

PASSWORD = "preizkus"
WAITING = ["proposed_grant", "proposed_grant", "proposed_below_threshold"]


@contextmanager
def silent_authority() -> Iterator[tuple[str, socket.socket]]:
    """The address of a timestamp authority that takes questions and never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(60)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", listening


def kept(store: Store) -> list[str]:
    """The documents in the store under their own hash; whatever was broken off has another name."""
    return sorted(path.name for path in store.path.glob("??/*") if not path.name.startswith(files.UNFINISHED))


def states(call: Made) -> list[ActState]:
    return [act.state for act in made.acts(call)]


def letters() -> int:
    return db.session.scalars(select(func.count()).select_from(Message)).one()


def steps() -> list[str]:
    query = select(Event.action).where(Event.action.in_(("release.render", "release.issue"))).order_by(Event.number)
    return list(db.session.scalars(query))


def test_a_kill_leaves_nothing_by_half(app: Flask, clock: Clock, database: str, tmp_path: Path) -> None:
    """One call on its way out; a process is killed at every step of it."""
    store, key = published.store(app), make_trial_key(PASSWORD, clock())
    (tmp_path / "zig.p12").write_bytes(key.pkcs12)
    seal = {"file": str(tmp_path / "zig.p12"), "password": PASSWORD}
    with app.app_context(), living(database, Path(app.instance_path)) as live:
        call = made.deciding(clock)
        number = made.approved(clock, call)
        told = {"now": clock().isoformat(), "call": call.call, "number": number, "who": call.signatory}
        db.session.rollback()
        run = partial(live, **told)
        killed_while_sealing(run, seal)
        assert (states(call), kept(store), made.release(call).state) == (
            [ActState.APPROVED] * 3,
            [],
            ReleaseState.APPROVED,
        )
        killed_while_keeping(run, seal, store, call)
        assert rendering.work(clock(), store, seal) == 2
        assert (made.release(call).state, states(call)) == (ReleaseState.READY, [ActState.RENDERED] * 3)
        for act in made.acts(call):
            (found,) = verify(files.content(store, act.sha256 or ""), key.root, clock())
            assert found.good
        killed_while_issuing(run, call)


def killed_while_sealing(run: Callable[..., Popen[str]], seal: dict[str, str]) -> None:
    """The child waits for its timestamp when it is killed."""
    db.session.rollback()
    with silent_authority() as (address, listening):
        process = run(what="work", moment="never", seal=seal | {"authority": address})
        child = begun(process)
        with listening.accept()[0]:  # the question has come, so the child is sealing
            os.kill(child, signal.SIGKILL)
            assert ended(process) == -signal.SIGKILL


def killed_while_keeping(run: Callable[..., Popen[str]], seal: dict[str, str], store: Store, call: Made) -> None:
    """Half a file, a whole file without its place, a file without its row, and a document that counts."""
    expected = (
        ("written", signal.SIGXFSZ, 0, 0),
        ("unplaced", signal.SIGKILL, 0, 0),
        ("commit", signal.SIGKILL, 1, 0),
        ("committed", signal.SIGKILL, 2, 1),
    )
    for moment, sign, whole, rows in expected:
        db.session.rollback()
        process = run(what="work", moment=moment, seal=seal)
        begun(process)
        assert (moment, ended(process)) == (moment, -sign)
        named = [act.sha256 for act in made.acts(call) if act.sha256 is not None]
        assert (moment, len(kept(store)), len(named)) == (moment, whole, rows)
        assert states(call) == [ActState.RENDERED] * rows + [ActState.APPROVED] * (3 - rows)
    broken = sorted(path.stat().st_size for path in store.path.glob(f"??/{files.UNFINISHED}*"))
    assert (broken[0], broken[1] > HALF, len(broken)) == (HALF, True, 2)


def killed_while_issuing(run: Callable[..., Popen[str]], call: Made) -> None:
    """Before the end of its transaction nothing is issued; right after it everything is, and nothing twice."""
    before = letters()
    for moment in ("second", "commit"):
        db.session.rollback()
        process = run(what="issue", moment=moment)
        begun(process)
        assert (moment, ended(process)) == (moment, -signal.SIGKILL)
        assert (marking_made.states(call), made.release(call).state) == (WAITING, ReleaseState.READY)
        assert (letters(), steps(), states(call)) == (before, ["release.render"], [ActState.RENDERED] * 3)
    for end in (-signal.SIGKILL, REFUSED):
        db.session.rollback()
        process = run(what="issue", moment="committed")
        begun(process)
        assert ended(process) == end
        assert (letters(), steps()) == (before + 3, ["release.render", "release.issue"])
        assert states(call) == [ActState.ISSUED] * 3
    assert db.session.scalars(select(func.count()).select_from(Act)).one() == 3
