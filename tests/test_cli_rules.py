"""The commands about rules: check, explain, schema."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from razpis import cli
from razpis.assets import ASSETS
from razpis.cli import main

CALL = ASSETS / "scoring_rules" / "maribor-humanitarni-2026.yaml"


def run(*arguments: str) -> Result:
    """The command, run."""
    return CliRunner().invoke(main, list(arguments))


def test_check_shows_the_weights_and_counts_the_examples() -> None:
    done = run("check", str(CALL))
    lines = done.stdout.replace("\u00a0", " ").splitlines()
    assert (done.exit_code, done.stderr) == (0, "")
    assert lines[0].startswith(f"{CALL}: v redu (podatki: 24, merila: 12, SHA-256 ")
    assert lines[1] == "Zgledi: vlog 23, izpolnjenih pričakovanj 47"
    assert lines[6] == "Število članov                                       50   25 %               45"


def test_check_tells_warnings_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "pravila.yaml"
    path.write_text("call: {title: Z, reference: R, year: 2026}\nfields: {size: {type: integer, label: V}}\n", "utf-8")
    done = run("--lang", "en", "check", str(path))
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{path}: correct (fields: 1, criteria: 0, SHA-256 ")
    assert done.stdout.count("\n") == 1
    assert done.stderr.splitlines() == [
        f"{path}:1:1: warning: where two applications are equal in all keys the order stays open; end the keys with "
        "'draw', or write 'still_tied: shared'",
        f"{path}:2:10: warning: no rule reads 'V'; do not ask for it if it is not needed (if it is published, add "
        "'public: true')",
    ]


def test_check_fails_where_an_example_expects_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "pravila.yaml"
    path.write_text(CALL.read_text("utf-8").replace("award: 800.00", "award: 801.00"), "utf-8")
    done = run("check", str(path))
    assert done.exit_code == 1
    assert done.stdout == f"{path}: pravila ne dajo, kar pričakujejo zgledi\n"
    assert "pričakovano 801,00\u00a0EUR, izračunano 800,00\u00a0EUR" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "begin"),
    [
        ([], "# Javni razpis"),
        (["--lang", "en"], "# Public call"),
        (["--for", "councillor"], "# Javni razpis"),
        (["--format", "html", "--lang", "en"], '<!doctype html>\n<html lang="en">'),
    ],
)
def test_explain(arguments: list[str], begin: str) -> None:
    done = run("explain", str(CALL), *arguments)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(begin)
    assert ("Kdo ocenjuje" in done.stdout) == ("councillor" in arguments)


def test_explain_speaks_the_language_of_the_command_unless_told_otherwise() -> None:
    assert run("--lang", "en", "explain", str(CALL)).stdout.startswith("# Public call")
    assert run("--lang", "en", "explain", str(CALL), "--lang", "sl").stdout.startswith("# Javni razpis")


def test_explain_refuses_a_broken_rulebook(tmp_path: Path) -> None:
    path = tmp_path / "pravila.yaml"
    path.write_text("call: [", "utf-8")
    done = run("explain", str(path))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{path}:")


def test_schema_prints_what_is_committed() -> None:
    done = run("schema")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (ASSETS / "scoring_rules" / "rulebook.schema.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        (["check"], "PRAVILA"),
        (["explain"], "PRAVILA"),
        (["evaluate"], "PRAVILA"),
        (["evaluate", "a.yaml"], "VLOGE"),
        (["evaluate", "a.yaml", "b.csv"], "--out"),
        (["compare"], "MAPA1"),
        (["compare", "prej"], "MAPA2"),
    ],
)
def test_a_missing_argument_is_called_as_in_the_guide(
    arguments: list[str], missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["razpis", *arguments])
    assert cli.run() == 2
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith(f"razpis: manjka {missing} / Missing ")
    assert told[-1] == f"Pomoč / help: razpis {arguments[0]} --help"
