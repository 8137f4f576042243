"""The demonstration as its command makes it: whole links in every letter, a taken port told before any work."""

from __future__ import annotations

import email
import email.policy
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from click.testing import CliRunner

from razpis import server
from razpis.assets import ASSETS
from razpis.cli import main
from tests.world import SITE, Visitors


def letters(folder: Path) -> Iterator[str]:
    """The text of every letter in the folder."""
    for path in sorted(folder.glob("*.eml")):
        body = email.message_from_bytes(path.read_bytes(), policy=email.policy.default).get_body(("plain",))
        assert body is not None, path
        yield str(body.get_content())


def test_every_link_in_every_letter_is_whole_and_leads_to_a_page(visitors: Visitors) -> None:
    sent = server.work(visitors.app).sent
    found = list(letters(Path(visitors.app.instance_path) / "outbox"))
    words = [word for letter in found for word in letter.split()]
    links = [urlsplit(word) for word in words if "://" in word]
    pages = visitors.app.url_map.bind("")
    assert [word for word in words if re.match(r"\.{0,2}/", word)] == []
    assert {f"{link.scheme}://{link.netloc}" for link in links} == {SITE}
    assert {pages.match(link.path, "GET")[0] for link in links} == {
        *("applications.tasks", "applications.supplement", "decisions.own", "organisations.mine"),
    }
    assert (len(found), sum("://" in letter for letter in found)) == (sent, len(links))


def test_a_link_in_a_letter_stands_on_a_line_of_its_own() -> None:
    """So that mail programs make it one that can be followed."""
    texts = {path.name: path.read_text("utf-8").splitlines() for path in (ASSETS / "templates" / "mail").glob("*.txt")}
    linked = {name for name, lines in texts.items() if any("$link" in line for line in lines)}
    assert linked == {name for name, lines in texts.items() if lines.count("$link") == 1}
    assert len(linked) == 20


def test_a_taken_port_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = CliRunner().invoke(main, ["demo", "--port", str(port), "--out", str(tmp_path / "izid")])
    assert (told.exit_code, "vrata so zasedena; izberite druga z --port" in told.output) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_a_free_port_is_found_where_any_will_do() -> None:
    with socket.create_server(("127.0.0.1", server.free("127.0.0.1", 0))) as had:
        assert had.getsockname()[1] > 0
