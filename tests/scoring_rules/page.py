"""The two pages about the format, read as what they show: snippets, tables of keys, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from razpis.engine.problems import Language

FOLDER = Path(__file__).resolve().parents[2] / "scoring_rules"
STARTS = ("yaml rulebook", "yaml broken")
INPUTS = ("applications", "marks", "findings", "draws")
KINDS = {
    "yaml frame",
    *STARTS,
    *(f"csv {role}" for role in INPUTS),
    "json applications",
    "csv results",
    "text messages",
    "text warnings",
    "text evaluation",
    "text expressions",
    "text sha256",
    "sh",
    "text output",
}
"""What may stand after the three backticks; ``csv sheet NAME`` and ``csv variants COLUMN`` come on top."""

_FENCE = re.compile(r"^( *)```(.*)$")
_HEADING = re.compile(r"^(#{1,4}) (.+)$")


@dataclass(frozen=True)
class Block:
    """A fenced block: what stands after its backticks, the line it begins on, its text."""

    info: str
    line: int
    text: str


@dataclass
class Example:
    """A rulebook with all that follows it, up to the next one."""

    page: str
    rulebook: Block
    blocks: list[Block] = field(default_factory=list)

    def of(self, info: str) -> list[Block]:
        """The blocks that begin with ``info``."""
        return [block for block in self.blocks if block.info == info or block.info.startswith(info + " ")]

    @property
    def name(self) -> str:
        """The page and the line, for the test's report."""
        return f"{self.page}:{self.rulebook.line}"


class Row(NamedTuple):
    """A row of a table of keys: the cells as written."""

    key: str
    value: str
    default: str
    meaning: str


@dataclass(frozen=True)
class Page:
    """One page: its text, frame, examples, headings (depth and words) and tables of keys by part."""

    name: str
    language: Language
    text: str
    blocks: tuple[Block, ...]

    @property
    def frame(self) -> dict[str, str]:
        """The parts of the frame by their top-level key, as text."""
        return parts(next(block.text for block in self.blocks if block.info == "yaml frame"))

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Depth and words of every heading."""
        return [(len(found[1]), found[2]) for line in prose(self.text) if (found := _HEADING.match(line))]

    def examples(self) -> list[Example]:
        """Every rulebook with what belongs to it."""
        found: list[Example] = []
        for block in self.blocks:
            if block.info in STARTS:
                found.append(Example(self.name, block))
            elif block.info != "yaml frame":
                assert found, f"{self.name}:{block.line}: nothing comes before this snippet"
                found[-1].blocks.append(block)
        return found

    def tables(self) -> dict[str, list[Row]]:
        """The tables of keys: each stands under a comment ``<!-- keys: Part -->``."""
        found: dict[str, list[Row]] = {}
        lines = self.text.splitlines()
        for at, line in enumerate(lines):
            if marker := re.fullmatch(r"<!-- keys: (\w+) -->", line):
                found[marker[1]] = list(_rows(lines[at + 1 :]))
        return found


def _rows(lines: list[str]) -> Iterator[Row]:
    """The rows of the table that begins here, without its head."""
    for line in lines[2:]:
        if not line.startswith("|"):
            return
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
        yield Row(*cells)


def prose(text: str) -> Iterator[str]:
    """The lines outside of fenced blocks."""
    inside = False
    for line in text.splitlines():
        if _FENCE.match(line):
            inside = not inside
        elif not inside:
            yield line


def parts(text: str) -> dict[str, str]:
    """The top-level parts of a rulebook's text, each with its lines."""
    found: dict[str, str] = {}
    for line in text.splitlines(keepends=True):
        key = re.match(r"(\w+):", line)
        name = key[1] if key else next(reversed(found), "")
        found[name] = found.get(name, "") + line
    return found


def read(name: str) -> Page:
    """The page ``scoring_rules/NAME``."""
    text = (FOLDER / name).read_text("utf-8")
    return Page(name, "en" if name.endswith(".en.md") else "sl", text, tuple(_blocks(name, text)))


def _blocks(name: str, text: str) -> Iterator[Block]:
    opened: tuple[str, int] | None = None
    inside: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        fence = _FENCE.match(line)
        if fence and opened is None:
            assert not fence[1], f"{name}:{number}: a snippet must not be indented"
            opened, inside = (fence[2].strip(), number), []
        elif fence and opened is not None:
            yield Block(opened[0], opened[1], "".join(f"{one}\n" for one in inside))
            opened = None
        elif opened is not None:
            inside.append(line)
    assert opened is None, f"{name}: the last snippet is not closed"
