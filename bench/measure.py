"""CPU time of a piece of work, as the median of several runs, and a line of the report."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")
Other = TypeVar("Other")


def once(work: Callable[[], Result]) -> tuple[float, Result]:
    """CPU seconds of one run, and what it gave. What was there before is not searched for garbage meanwhile."""
    gc.collect()
    gc.freeze()
    try:
        begin = time.process_time()
        result = work()
        return time.process_time() - begin, result
    finally:
        gc.unfreeze()


def median(work: Callable[[], Result], runs: int) -> tuple[float, Result]:
    """Median CPU seconds of ``runs`` runs, and what the last one gave."""
    times = [once(work)[0] for _ in range(runs - 1)]
    last, result = once(work)
    return statistics.median([*times, last]), result


def ratio(work: Callable[[], Result], by: Callable[[], Other], runs: int) -> tuple[float, Result, Other]:
    """Median of ``work`` ÷ ``by`` over ``runs`` rounds, and what the last runs gave.

    Each round measures ``by`` just before and just after ``work``: a machine that is twice as fast in one second as
    in the next then weighs on both sides of the division alike.
    """
    ratios = []
    before, _ = once(by)
    for _ in range(runs - 1):
        seconds, after = once(work)[0], once(by)[0]
        ratios.append(2 * seconds / (before + after))
        before = after
    seconds, result = once(work)
    after, other = once(by)
    return statistics.median([*ratios, 2 * seconds / (before + after)]), result, other


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
