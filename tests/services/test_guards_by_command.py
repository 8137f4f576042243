"""What the system never lets through, tried by the command line: every command, over a call in each part of its life.

``test_guard_table.py`` says which guard is tried where. Commands know the real time, long after every deadline here.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from razpis import database
from razpis.assets import ASSETS
from razpis.cli import main
from razpis.models.accounts import User
from razpis.models.applications import Filing
from razpis.models.base import db
from razpis.models.calls import Call, CallVersion
from razpis.models.checking import ServiceRecord, SupplementRequest
from razpis.models.documents import Act, Release
from razpis.models.journal import Event
from razpis.models.marking import MarkSheet
from razpis.services.examination import supplements
from razpis.web import access
from tests import decisions_made, marking_made
from tests.databases import Clock, application, close
from tests.services import test_guards, test_guards_of_decisions, test_guards_of_periods
from tests.services.test_guards import WRITTEN

EXAMPLE = ASSETS / "scoring_rules" / "maribor-humanitarni-2026"
BY_ITSELF = frozenset({"call.close", "application.expire", "supplement.lapse", "register.import"})
"""What commands may do with what is in the database: time passes, a register is read."""


def _served(clock: Clock) -> None:
    call = test_guards_of_periods.asked(clock)
    clock.forward(days=2)
    test_guards_of_periods.served(call, clock, access.store(), date(2026, 3, 5))


def _conflicting(clock: Clock) -> None:
    call = marking_made.scoring(clock)
    marking_made.filled_by(clock, call, [call.president], marking_made.GOOD)
    marking_made.conflict(call, call.members[0], 1, decided=False)
    marking_made.undeclare(call, call.members[1], 2)


def _spoiled(spoil: Callable[[], object]) -> Callable[[Clock], None]:
    def made(clock: Clock) -> None:
        decisions_made.deciding(clock)
        spoil()
        db.session.commit()

    return made


STAGES: Mapping[str, Callable[[Clock], object]] = {
    "filed, not opened": test_guards.filed,
    "asked to supplement": test_guards_of_periods.asked,
    "service recorded": _served,
    "a conflict, one not declared": _conflicting,
    "marks locked": lambda clock: marking_made.locked(clock, marking_made.scoring(clock), marking_made.GOOD),
    "no reasons": _spoiled(test_guards_of_decisions.without_reasons),
    "a cent more": _spoiled(test_guards_of_decisions.a_cent_more),
    "less money": _spoiled(test_guards_of_decisions.less_money),
    "issued": lambda clock: decisions_made.issued(clock, decisions_made.deciding(clock), access.store()),
}


def standing() -> dict[str, Any]:
    """What no command may change: rules, what was filed, marks, periods, documents, roles."""
    db.session.expire_all()
    every = db.session.scalars
    requests = every(select(SupplementRequest).order_by(SupplementRequest.id)).all()
    return {
        "rules": [(one.rulebook, one.parameters, one.budget_cents) for one in every(select(Call))],
        "versions": [one.sha256 for one in every(select(CallVersion))],
        "filings": [(one.receipt, one.sha256) for one in every(select(Filing).order_by(Filing.id))],
        "marks": test_guards_of_decisions.standing_marks(),
        "locks": [one.locked_at for one in every(select(MarkSheet).order_by(MarkSheet.id))],
        "periods": [(one.days, one.unit, supplements.standing(one, one.issued_at).ends) for one in requests],
        "services": [one.delivered_on for one in every(select(ServiceRecord).order_by(ServiceRecord.id))],
        "releases": [one.state for one in every(select(Release))],
        "acts": [(one.key, one.number, one.state, one.sha256) for one in every(select(Act).order_by(Act.id))],
        "roles": {one.email: [given.role for given in one.roles] for one in every(select(User))},
    }


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database as the commands make it."""
    folder = tmp_path_factory.mktemp("migrated")
    site = application(f"sqlite:///{folder / 'razpis.db'}", folder, Clock())
    database.bring_up_to_date(site)
    close(site)
    return folder / "razpis.db"


@pytest.mark.parametrize("stage", STAGES)
def test_the_commands_that_know_the_database_change_nothing_that_stands(
    stage: str, migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(migrated, tmp_path / "razpis.db")
    address, clock, run = f"sqlite:///{tmp_path / 'razpis.db'}", Clock(), CliRunner()
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("RAZPIS_INSTANCE", str(tmp_path))
    site = application(address, tmp_path, clock)
    with site.app_context():
        STAGES[stage](clock)
        db.session.commit()
        before, events = standing(), len(db.session.scalars(select(Event.number)).all())
    register = tmp_path / "prs.csv"
    register.write_text("maticna;naziv;naslov;pravna_oblika;davcna\n1732803;Drugo društvo;Drugje 1;Društvo;\n", "utf-8")
    said = [run.invoke(main, ["work"]) for _ in range(2)]
    said.append(run.invoke(main, ["import-prs", str(register)]))
    assert [one.exit_code for one in said] == [0, 0, 0]
    taken = run.invoke(main, ["admin", "podpisnik@zgled.si", "Župan Zgled"], input="pet velikih medvedov\n" * 2)
    assert (taken.exit_code, "že ima račun" in taken.output) == (1, True)
    letters = "".join(one.read_text("utf-8", "replace") for one in (tmp_path / "outbox").glob("*.eml"))
    assert [one for one in WRITTEN if one in letters + "".join(one.output for one in said)] == []
    with site.app_context():
        after = standing()
        assert {name: after[name] for name in before if after[name] != before[name]} == {}
        told = db.session.scalars(select(Event.action).order_by(Event.number)).all()
        assert set(told[events:]) - BY_ITSELF == set()
    close(site)


def test_the_period_runs_from_service_also_for_the_command(
    migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long after the request nothing lapses while nobody has shown its service; once shown, all at once."""
    shutil.copy(migrated, tmp_path / "razpis.db")
    address, clock, run = f"sqlite:///{tmp_path / 'razpis.db'}", Clock(), CliRunner()
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("RAZPIS_INSTANCE", str(tmp_path))
    site = application(address, tmp_path, clock)
    with site.app_context():
        call = test_guards_of_periods.asked(clock)
    assert "zamujenih dopolnitev: 0;" in run.invoke(main, ["work"]).output
    with site.app_context():
        clock.forward(days=2)
        test_guards_of_periods.served(call, clock, access.store(), date(2026, 3, 5))
    assert "zamujenih dopolnitev: 2;" in run.invoke(main, ["work"]).output
    close(site)


def test_the_commands_that_know_files_touch_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'razpis.db'}")
    monkeypatch.setenv("RAZPIS_INSTANCE", str(tmp_path / "instance"))
    rules, out = str(EXAMPLE.with_suffix(".yaml")), tmp_path / "izid"
    given = ["--findings", str(EXAMPLE / "findings.csv"), "--draws", str(EXAMPLE / "draws.csv"), "--out", str(out)]
    evaluated = ["evaluate", rules, str(EXAMPLE / "applications.csv"), "--marks", str(EXAMPLE / "marks.csv"), *given]
    for command in (["check", rules], ["explain", rules], ["schema"], evaluated, ["compare", str(out), str(out)]):
        assert (command[0], CliRunner().invoke(main, command).exit_code) == (command[0], 0)
    assert [one.name for one in tmp_path.iterdir()] == ["izid"]


def test_the_command_line_writes_no_decision_without_a_reason(tmp_path: Path) -> None:
    """Nor one of a simulation; the amount of a decision is never given, it is the one computed in the same run."""
    marks = (EXAMPLE / "marks.csv").read_text("utf-8").splitlines()
    bare = [*marks[:1], ",".join([*marks[1].split(",")[:4], ""]), *marks[2:]]
    (tmp_path / "marks.csv").write_text("\n".join(bare) + "\n", "utf-8")
    given = ["evaluate", str(EXAMPLE.with_suffix(".yaml")), str(EXAMPLE / "applications.csv"), "--pdf"]
    out = ["--out", str(tmp_path / "izid")]
    told = CliRunner().invoke(main, [*given, "--marks", str(tmp_path / "marks.csv"), *out])
    assert (told.exit_code, "marks.csv:2:" in told.output, "manjka obrazložitev" in told.output) == (1, True, True)
    told = CliRunner().invoke(main, [*given, "--marks", str(EXAMPLE / "marks.csv"), "--set", "budget=9000000", *out])
    assert (told.exit_code, "simulacija" in told.output) == (2, True)
    assert [one.name for one in tmp_path.iterdir()] == ["marks.csv"]
    told = CliRunner().invoke(main, [*given, "--findings", str(EXAMPLE / "findings.csv"), *out])  # nobody has marked
    assert (told.exit_code, "vloga V-01: nima še vseh točk; sklepi se napišejo" in told.output) == (1, True)
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == ["marks.csv"]
    assert {name: sorted(one.name or "" for one in command.params) for name, command in main.commands.items()} == {
        "admin": ["email", "name", "password"],
        "check": ["rulebook"],
        "compare": ["after", "before"],
        "demo": ["host", "no_serve", "out", "port"],
        "evaluate": ["applications", "changes", "draws", "findings", "marks", "out", "pdf", "rulebook"],
        "explain": ["audience", "form", "language", "rulebook"],
        "import-prs": ["file"],
        "schema": [],
        "serve": ["host", "port"],
        "work": [],
    }
    assert isinstance(main, click.Group)
