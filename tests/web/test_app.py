"""The application put together: what it needs, what it keeps secret, what it serves without a result."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from razpis.app import create_app, secret_key
from razpis.engine.problems import Problems
from tests.web.page import Page


def test_without_results_the_first_page_says_what_to_do() -> None:
    client = create_app(SECRET_KEY="test").test_client()
    response = client.get("/izid/")
    page = Page(response.text)
    assert response.status_code == 200
    assert "Izida še ni" in page.text
    assert "razpis evaluate PRAVILA.yaml VLOGE.csv --out MAPA" in page.text
    assert "Kako preverite izid" not in page.links
    addresses = (
        "/izid/vloga/V1",
        "/izid/vloga/V1/sklep.pdf",
        "/izid/rezultati.csv",
        "/izid/evaluation.json",
        "/izid/preverjanje",
    )
    assert [client.get(address).status_code for address in addresses] == [404] * 5


def test_a_folder_without_a_result_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(Problems):
        create_app(tmp_path, SECRET_KEY="test")


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAZPIS_SECRET_KEY", raising=False)
    before = os.umask(0)
    try:
        app = create_app(INSTANCE_PATH=str(tmp_path / "instance"))
    finally:
        os.umask(before)
    kept = tmp_path / "instance" / "secret_key"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert app.secret_key == kept.read_text("ascii")
    assert len(kept.read_text("ascii")) == 64
    assert secret_key(tmp_path / "instance") == app.secret_key
    assert secret_key(tmp_path / "another") != app.secret_key


def test_a_key_given_by_the_environment_is_taken_and_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAZPIS_SECRET_KEY", "iz okolja")
    assert create_app(INSTANCE_PATH=str(tmp_path)).secret_key == "iz okolja"
    assert list(tmp_path.iterdir()) == []
