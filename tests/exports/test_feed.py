"""The Atom feed: the newest first, whole even when empty, words escaped, signs XML cannot hold left out."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

from razpis.exports.feed import ATOM, Entry, feed

SPACE = {"a": ATOM}
PAGE = "https://razpisi.zgled.si/razpisi/1"


def made(*entries: Entry) -> ElementTree.Element:
    return ElementTree.fromstring(feed("Razpisi", "Razpis", f"{PAGE}.atom", PAGE, "sl", entries))


def test_the_newest_first_with_lasting_marks() -> None:
    first = Entry(PAGE, "r1", "Razpis <b>", "Rok & pogoji\x00\x1f", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    second = Entry(PAGE, "r2", "Sprememba", "", datetime(2026, 2, 2, tzinfo=UTC))
    root = made(first, second)
    assert [one.findtext("a:id", "", SPACE) for one in root.findall("a:entry", SPACE)] == [f"{PAGE}#r2", f"{PAGE}#r1"]
    assert root.findtext("a:updated", "", SPACE) == "2026-02-02T00:00:00Z"
    last = root.findall("a:entry", SPACE)[1]
    assert [last.findtext(f"a:{name}", "", SPACE) for name in ("title", "summary", "updated")] == [
        "Razpis <b>",
        "Rok & pogoji",
        "2026-01-02T03:04:05Z",
    ]


def test_without_news_it_is_a_feed_all_the_same() -> None:
    root = made()
    assert root.findall("a:entry", SPACE) == []
    assert root.findtext("a:updated", "", SPACE) == "1970-01-01T00:00:00Z"
    assert root.findtext("a:author/a:name", "", SPACE) == "Razpis"
