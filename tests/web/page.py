"""A page as a reader meets it: its words, tables and links, without the markup."""

from __future__ import annotations

from html.parser import HTMLParser


class Page(HTMLParser):
    """``tables``: rows of cells of every table in turn. ``links``: address by words. ``text``: all words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.links: dict[str, str] = {}
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self._words: list[str] = []
        self._link = ("", 0)
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self._words).replace("\u00a0", " ").split())

    def rows(self, table: int = 0) -> list[list[str]]:
        """The body and foot of a table."""
        return self.tables[table][1:]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append("")
            self._cell_from = len(self._words)
        elif tag == "a":
            self._link = (dict(attrs)["href"] or "", len(self._words))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td"):
            self.tables[-1][-1][-1] = self._since(self._cell_from)
        elif tag == "a":
            address, begin = self._link
            self.links.setdefault(self._since(begin), address)

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def _since(self, begin: int) -> str:
        return " ".join(" ".join(self._words[begin:]).replace("\u00a0", " ").split())
