"""News as an Atom feed (RFC 4287): what was published, with absolute links."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news. ``address`` is its page and, with ``mark``, its lasting identifier; ``at`` is aware."""

    address: str
    mark: str
    title: str
    summary: str
    at: datetime.datetime


def feed(title: str, author: str, address: str, page: str, language: str, entries: Sequence[Entry]) -> bytes:
    """The feed at ``address`` about ``page``; the newest entries first. Without any it is of the beginning of time."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _text(root, "id", address)
    _text(root, "title", title)
    latest = max((entry.at for entry in entries), default=datetime.datetime.fromtimestamp(0, datetime.UTC))
    _text(root, "updated", _moment(latest))
    _text(ElementTree.SubElement(root, "author"), "name", author)
    ElementTree.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": address})
    ElementTree.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": page})
    for entry in sorted(entries, key=lambda one: (one.at, one.mark), reverse=True):
        _entry(root, entry)
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _entry(root: ElementTree.Element, entry: Entry) -> None:
    made = ElementTree.SubElement(root, "entry")
    _text(made, "id", f"{entry.address}#{entry.mark}")
    _text(made, "title", entry.title)
    _text(made, "updated", _moment(entry.at))
    ElementTree.SubElement(made, "link", {"rel": "alternate", "type": "text/html", "href": entry.address})
    _text(made, "summary", entry.summary)


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    """An element with its text, without the control characters that XML cannot hold."""
    clean = "".join(sign for sign in text if sign >= " " or sign in "\t\n")
    ElementTree.SubElement(parent, name).text = clean


def _moment(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
