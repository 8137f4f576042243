"""Work on decisions in a process of its own, which is killed at a moment the test chooses.

Started once, it makes a child for each line it reads: one line of JSON says what to do and when to die. A child dies
by SIGKILL, so nothing of it is tidied up; ``written`` dies by the operating system's own signal for a file that grows
past its limit, which comes in the middle of writing.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import event

from razpis.documents import pades
from razpis.models.base import db
from razpis.services import files
from razpis.services.decisions import issuing, rendering
from razpis.services.errors import Refused
from razpis.services.files import Store
from tests import databases, published
from tests import decisions_made as made
from tests.databases import Clock
from tests.marking_made import person

HALF = 40_000
"""How many bytes of a document are written when ``written`` strikes; every document is longer."""
REFUSED = 3
"""How a child ends whose command was refused."""
LOADED = (pades,)
"""Loaded once for all children."""


def die(*_: object) -> NoReturn:
    """The end of this process, at once."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def work(clock: Clock, told: Mapping[str, Any], store: Store) -> None:
    """Documents of the approved set."""
    rendering.work(clock(), store, told["seal"])


def issue(clock: Clock, told: Mapping[str, Any], store: Store) -> None:
    """The release of the ready set."""
    asked: list[str] = []

    def link(key: str) -> str:
        asked.append(key)
        if told["moment"] == "second" and len(asked) == 2:
            die()
        return made.link(key)

    actor = person(clock, told["who"])
    issuing.issue(actor, told["call"], told["number"], clock(), store, link)


def _half_written() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (HALF, HALF))


def _unplaced() -> None:
    sys.addaudithook(lambda name, about: die() if name == "os.rename" and files.UNFINISHED in str(about[0]) else None)


MOMENTS: Mapping[str, Callable[[], object]] = {
    "written": _half_written,  # a part of the file is on the disk
    "unplaced": _unplaced,  # the file is whole, but not yet in its place
    "commit": lambda: event.listen(db.engine, "commit", die),  # everything is written, nothing is confirmed
    "committed": lambda: event.listen(db.session, "after_commit", die),  # the first transaction is confirmed
    "second": lambda: None,  # in the middle of the release
    "never": lambda: None,
}


def _live(told: Mapping[str, Any]) -> NoReturn:
    clock = Clock(datetime.fromisoformat(told["now"]))
    app = databases.application(told["address"], Path(told["instance"]), clock)
    with app.app_context():
        MOMENTS[told["moment"]]()
        try:
            {"work": work, "issue": issue}[told["what"]](clock, told, published.store(app))
        except Refused:
            os._exit(REFUSED)
    os._exit(0)


@contextmanager
def living(address: str, instance: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Gives a function that has a child do ``what`` until ``moment``; the process is ended at the end."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("RAZPIS_")}
    command = [sys.executable, "-m", "tests.services.decisions.dying"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, bufsize=1
    ) as process:
        assert process.stdin is not None

        def begin(**told: Any) -> subprocess.Popen[str]:
            assert process.stdin is not None
            process.stdin.write(json.dumps({"address": address, "instance": str(instance), **told}) + "\n")
            return process

        yield begin
        process.stdin.close()


def begun(process: subprocess.Popen[str]) -> int:
    """The number of the child's process."""
    assert process.stdout is not None
    return int(process.stdout.readline())


def ended(process: subprocess.Popen[str]) -> int:
    """How the child ended: 0, or the number of the signal below zero."""
    assert process.stdout is not None
    return int(process.stdout.readline())


def main() -> None:
    """A child for every line."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _live(json.loads(line))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
