"""Two people who press their buttons at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask

from razpis.models.base import db
from razpis.procedure.workflow import StepRefused
from razpis.services.errors import Forbidden, Refused, Stale


def both(app: Flask, one: Callable[[], object], other: Callable[[], object]) -> list[str]:
    """What came of two commands begun at the same moment, each in a session of its own: done, or refused."""
    came: list[str] = []
    start = threading.Barrier(2)

    def run(command: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                command()
                came.append("done")
            except (Forbidden, Refused, Stale, StepRefused):
                came.append("refused")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(command,)) for command in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(came)
