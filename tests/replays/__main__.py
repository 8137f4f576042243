"""`make replay`: evaluate every published outcome at hand and print how many lines agree."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TextIO

from tests.replays import catalyst, fiho, polish
from tests.replays.folder import REPLAYS


def main() -> int:
    """0 where every line agrees (or the folder is absent, which is said), 1 on any difference."""
    if not REPLAYS.is_dir():
        say(f"Mape z objavljenimi izidi ni ({REPLAYS}): ponovitve so izpuščene. Kje je, pove RAZPIS_REPLAYS.")
        say(f"No folder of published outcomes ({REPLAYS}): replays are skipped. RAZPIS_REPLAYS says where it is.")
        return 0
    differing = []
    for summary, wrong in replays():
        say(summary)
        differing += wrong
    for line in differing:
        say(line, sys.stderr)
    return 1 if differing else 0


def replays() -> Iterator[tuple[str, list[str]]]:
    """Every replay: how much of it agrees, in a line, and what differs."""
    count, wrong = catalyst.differences()
    yield f"Catalyst Fund 9: {count - len(wrong)} of {count}", wrong
    elections, count, left_out, wrong = polish.differences()
    agree = f"{count - len(wrong)} of {count} projects in {elections} elections"
    yield f"Polish elections: {agree} ({left_out} elections left out)", wrong
    count, wrong = fiho.differences()
    yield f"FIHO 2020: {count - len(wrong)} of {count}", wrong


def say(line: str, to: TextIO = sys.stdout) -> None:
    """One line to the terminal, at once."""
    to.write(line + "\n")
    to.flush()


sys.exit(main())
