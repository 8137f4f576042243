"""The server: it serves, works off what waits meanwhile, and stops cleanly."""

from __future__ import annotations

import datetime
import email
import email.policy
import os
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from razpis import server
from razpis.cli import main
from razpis.models.base import db
from razpis.services.applications import attachments
from razpis.services.people import accounts
from razpis.services.records import outbox
from razpis.services.records.outbox import Folder, Smtp
from razpis.web import access, service_papers
from razpis.web.sector import releases
from tests import people
from tests.databases import Clock


def test_a_round_sends_mail_and_forgets_old_readings(app: Flask, clock: Clock) -> None:
    with app.app_context():
        people.user(clock)
        accounts.ask_reset("ana@zgled.si", "1.2.3.4", clock(), lambda token: f"https://zgled.si/geslo/{token}")
        outbox.put(clock(), "bor@zgled.si", "Zadeva", "Besedilo")
        db.session.commit()
    assert server.work(app) == (0, 0, 0, 0, 2, 0, 0)
    assert server.work(app) == (0, 0, 0, 0, 0, 0, 0)
    folder = Path(app.instance_path) / "outbox"
    assert folder.stat().st_mode & 0o777 == 0o700
    written = sorted(folder.glob("*.eml"))
    letters = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in written]
    assert [(letter["To"], letter["From"]) for letter in letters] == [
        ("ana@zgled.si", "razpis@localhost"),
        ("bor@zgled.si", "razpis@localhost"),
    ]


def test_mail_goes_where_the_settings_say(app: Flask) -> None:
    assert server.carrier(app) == Folder(Path(app.instance_path) / "outbox")
    app.config["SMTP"] = {"host": "posta.zgled.si", "port": 25, "user": None, "password": None}
    assert server.carrier(app) == Smtp("posta.zgled.si")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_nobody_thought_of_ends_one_round_and_not_the_next(app: Flask, clock: Clock) -> None:
    faults = [KeyError("fault")]
    told = threading.Event()

    def ticking() -> datetime.datetime:
        if faults:
            raise faults.pop()
        told.set()
        return clock()

    app.extensions[access.CLOCK] = ticking
    stop = threading.Event()
    rounds = threading.Thread(target=server.rounds, args=(app, stop, 0.01))
    rounds.start()
    assert told.wait(timeout=30)
    stop.set()
    rounds.join(timeout=30)
    assert (rounds.is_alive(), faults) == (False, [])


def _interruptible() -> None:
    """Also where the tests themselves run in the background, whose processes begin by ignoring an interrupt."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _visited(process: subprocess.Popen[str]) -> None:
    """A page, and a form without its token."""
    assert process.stdout is not None
    page = next(line for line in process.stdout if "http://" in line).split()[1]
    form = urllib.parse.urlencode({"email": "kdo@zgled.si"}).encode()
    with urllib.request.urlopen(f"{page}dostopnost", timeout=10) as answer:
        assert answer.status == 200
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(f"{page}geslo", data=form, timeout=10)


def test_a_request_is_not_kept_on_the_disk_beyond_what_any_page_takes() -> None:
    most = max(attachments.LARGEST_SUM, releases.LARGEST, service_papers.LARGEST)
    assert most < server.LARGEST_REQUEST < 2 * most


@pytest.mark.slow
def test_it_serves_until_stopped(tmp_path: Path) -> None:
    """The command as it is installed, on a real socket, ended as a person ends it."""
    address = f"sqlite:///{tmp_path / 'razpis.db'}"
    environment = {**os.environ, "DATABASE_URL": address, "RAZPIS_INSTANCE": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    command = [str(Path(sys.executable).with_name("razpis")), "serve", "--port", "0"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True, preexec_fn=_interruptible
    ) as process:
        try:
            _visited(process)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=40) == 0
        finally:
            process.kill()
    rights = {name: (tmp_path / name).stat().st_mode & 0o777 for name in ("secret_key", "razpis.db")}
    assert rights == {"secret_key": 0o600, "razpis.db": 0o600}


def test_the_first_administrator_is_made_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'razpis.db'}")
    monkeypatch.setenv("RAZPIS_INSTANCE", str(tmp_path))
    run = CliRunner()
    short = run.invoke(main, ["admin", "sonja@zgled.si", "Sonja Vzorec"], input="kratko\nkratko\n")
    assert (short.exit_code, "vsaj 12 znakov" in short.output) == (1, True)
    made = run.invoke(main, ["admin", "sonja@zgled.si", "Sonja Vzorec"], input="pet velikih medvedov\n" * 2)
    assert (made.exit_code, "je odprt" in made.output) == (0, True)
    again = run.invoke(main, ["admin", "sonja@zgled.si", "Sonja Vzorec"], input="pet velikih medvedov\n" * 2)
    assert (again.exit_code, "že ima račun" in again.output) == (1, True)
    assert run.invoke(main, ["work"]).output.startswith("Zaprtih razpisov: 0; poteklih osnutkov: 0")


def test_a_wrong_setting_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAZPIS_ADDRESS", "razpisi.zgled.si")
    told = CliRunner().invoke(main, ["work"])
    assert (told.exit_code, "RAZPIS_ADDRESS" in told.output) == (1, True)
