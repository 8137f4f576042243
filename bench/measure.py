"""CPU time of a piece of work, as the median of several runs, and a line of the report."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")


def median(work: Callable[[], Result], runs: int) -> tuple[float, Result]:
    """Median CPU seconds of ``runs`` runs, and what the last one gave."""
    times = []
    for _ in range(runs):
        gc.collect()
        begin = time.process_time()
        result = work()
        times.append(time.process_time() - begin)
    return statistics.median(times), result


def say(what: str, ratio: float, bar: float, at_least: bool = False) -> bool:
    """Print one line of the report; whether the bar is kept."""
    kept = ratio >= bar if at_least else ratio <= bar
    sign = "≥" if at_least else "≤"
    print(f"{'ok ' if kept else 'NOT'}  {what}: {ratio:.2f} × (bar {sign} {bar:g} ×)", flush=True)
    return kept


def peak() -> int:
    """The most memory this process has held, in MB; ``getrusage`` would also count what its parent held before."""
    held = Path("/proc/self/status").read_text()
    return int(held.partition("VmHWM:")[2].split()[0]) // 1024
