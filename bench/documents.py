"""Decisions as PDF/A-3a with QR and attachment, ours beside WeasyPrint and typst: CPU, two processes, memory.

Each way has a process of its own; they take turns document by document, so that whatever else the machine does
falls on all. Nobody makes the same document twice: what a way remembers of it would not be its speed.
"""

from __future__ import annotations

import gc
import multiprocessing
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from bench.document_rivals import Typst, WeasyPrint, content_of
from bench.document_work import TEXTS, Work, made, ours, sealed
from bench.measure import peak, say
from razpis.documents.decision_text import load_decision_texts

WARMED, MEASURED = 5, 60
TOGETHER, ROUNDS = 200, 5
MANY = 2_000

_CONTEXT = multiprocessing.get_context("spawn")


def _rival(kind: type[WeasyPrint] | type[Typst]) -> Work:
    texts, rival = load_decision_texts(TEXTS), kind()

    def prepare(number: int) -> Callable[[], bytes]:
        content = content_of(*made(number), texts)
        return lambda: rival.render(content)

    return prepare


WAYS: dict[str, Callable[[], Work]] = {
    "ours": ours,
    "sealed": sealed,
    "weasyprint": lambda: _rival(WeasyPrint),
    "typst": lambda: _rival(Typst),
}


def _measure(way: str, pipe: Connection) -> None:
    """In a process of its own: CPU seconds of each document asked for, until a negative number."""
    prepare = WAYS[way]()
    while (number := pipe.recv()) >= 0:
        work = prepare(number)
        gc.collect()
        begin = time.process_time()
        pdf = work()
        pipe.send((time.process_time() - begin, len(pdf)))
    pipe.send(peak())


def _medians() -> dict[str, float]:
    """Median CPU seconds of every way, in turns over the same documents."""
    pipes: dict[str, Connection] = {}
    for way in WAYS:
        pipes[way], theirs = _CONTEXT.Pipe()
        _CONTEXT.Process(target=_measure, args=(way, theirs), daemon=True).start()
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    for number in range(WARMED + MEASURED):
        for way, pipe in pipes.items():
            pipe.send(number)
            spent, size = pipe.recv()
            if number >= WARMED:
                seconds[way].append(spent)
            if number == WARMED:
                print(f"     {way}: {size // 1000} kB")
    for way, pipe in pipes.items():
        pipe.send(-1)
        print(f"     {way}: {1000 * statistics.median(seconds[way]):.1f} ms, {pipe.recv()} MB at most")
    return {way: statistics.median(some) for way, some in seconds.items()}


def _together(processes: int, count: int) -> tuple[float, int]:
    """Seconds in which ``processes`` make ``count`` documents, and the greatest peak of memory, in MB.

    They are started as programs of their own: a process spawned from here would load the libraries of the others.
    """
    part = count // processes
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.document_work", str(at * part), str(part)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for at in range(processes)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    begin = time.perf_counter()
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    peak = max(int(worker.communicate()[0]) for worker in workers)
    return time.perf_counter() - begin, peak


def run() -> bool:
    """CPU against the others, two processes against one, memory of one worker."""
    cost = _medians()
    kept = [
        say("a decision with QR and attachment ÷ WeasyPrint pdf/a-3a", cost["ours"] / cost["weasyprint"], 0.15),
        say("the same ÷ typst a-3a, ua-1", cost["ours"] / cost["typst"], 1.0),
        say("the same sealed B-B ÷ WeasyPrint pdf/a-3a, unsealed", cost["sealed"] / cost["weasyprint"], 0.25),
    ]
    # The best of some rounds: what else the machine does can only make them slower.
    rounds = [(_together(1, TOGETHER)[0], _together(2, TOGETHER)[0]) for _ in range(ROUNDS)]
    one, two = (min(times) for times in zip(*rounds, strict=True))
    kept.append(say(f"{TOGETHER} decisions by one process ÷ by two", one / two, 1.6, at_least=True))
    peak = _together(1, MANY)[1]
    kept.append(say(f"peak memory over {MANY:,} decisions ÷ 96 MB", peak / 96, 1.0))
    return all(kept)
