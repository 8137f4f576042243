"""The command that takes the business register in."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from razpis.cli import main

HEADER = "maticna;naziv;naslov;pravna_oblika;davcna\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own."""
    monkeypatch.setenv("RAZPIS_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'razpis.db'}")
    return tmp_path


def imported(path: Path, content: str, *before: str) -> Result:
    path.write_text(content, "utf-8")
    return CliRunner().invoke(main, [*before, "import-prs", str(path)])


def test_it_says_how_many_and_tells_bad_lines(site: Path) -> None:
    path = site / "prs.csv"
    done = imported(path, HEADER + "5258880000;Društvo Čebelica;Ulica 1;društvo;\n")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "Uvoženih enot poslovnega registra: 1\n", "")
    done = imported(path, "<Prs><PS ma='1732803000'><PopolnoIme>Zavod</PopolnoIme></PS></Prs>", "--lang", "en")
    assert (done.exit_code, done.stdout) == (0, "Units of the business register imported: 1\n")
    done = imported(path, HEADER + "5258881;Društvo;;;\n", "--lang", "en")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("prs.csv:2:1: maticna '5258881': The registration number is not right")


def test_a_file_that_is_not_there_is_told(site: Path) -> None:
    done = CliRunner().invoke(main, ["import-prs", str(site / "ni.csv")])
    assert (done.exit_code, done.stderr) == (1, f"{site / 'ni.csv'}:1:1: datoteke ali mape ni\n")
