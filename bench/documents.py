"""Decisions as PDF/A-3a with QR and attachment, ours beside WeasyPrint and typst: CPU, two processes, memory.

Each way has a process of its own; they take turns document by document, so that whatever else the machine does
falls on all. Nobody makes the same document twice: what a way remembers of it would not be its speed.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.document_rivals import Typst, WeasyPrint, content_of
from bench.measure import say
from razpis.assets import ASSETS
from razpis.documents.decision import Decision, Outcome
from razpis.documents.decision_pdf import render_decision
from razpis.documents.decision_text import load_decision_texts
from razpis.documents.extras import Attachment, Extras
from razpis.documents.seal import SealSettings, open_sealer
from razpis.documents.seal_trial import make_trial_key
from tests.documents.factories import decision

WARMED, MEASURED = 5, 60
TOGETHER = 400
MANY = 2_000
AT = datetime(2027, 5, 4, 10, 0, tzinfo=UTC)

Work = Callable[[int], Callable[[], bytes]]
"""Prepares the document of that number; what it gives makes the PDF and is measured."""

_TEXTS = ASSETS / "templates" / "documents" / "decision"
_CONTEXT = multiprocessing.get_context("spawn")


def _made(number: int, seal: bool = False) -> tuple[Decision, Extras]:
    """A granted decision, so that all are of one length, with QR, code and its reasons as JSON."""
    document = decision(Outcome.GRANTED, seed=number)
    rows = [
        {"criterion": row.title, "maximum": row.maximum, "points": row.points, "reason": row.reason}
        for section in document.criteria
        for row in section.rows
    ]
    data = json.dumps({"number": document.number, "criteria": rows}, ensure_ascii=False).encode()
    code = f"7KQ2-XM4P-{number:04}-W1ZS"
    file = Attachment("razlogi.json", "application/json", data, "Razlogi, strojno berljivi")
    address = f"https://razpisi.obcina.si/d/{code}"
    return document, Extras(address, code, (file,), seal, document.case_number, document.number)


def _ours() -> Work:
    texts = load_decision_texts(_TEXTS)

    def prepare(number: int) -> Callable[[], bytes]:
        document, extras = _made(number)
        return lambda: render_decision(document, texts, extras)

    return prepare


def _sealed() -> Work:
    texts = load_decision_texts(_TEXTS)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "trial.p12"
        file.write_bytes(make_trial_key("geslo", AT).pkcs12)
        sealer = open_sealer(SealSettings(str(file), "geslo"))

    def prepare(number: int) -> Callable[[], bytes]:
        document, extras = _made(number, seal=True)
        return lambda: sealer.seal(render_decision(document, texts, extras), AT)

    return prepare


def _rival(kind: type[WeasyPrint] | type[Typst]) -> Work:
    texts, rival = load_decision_texts(_TEXTS), kind()

    def prepare(number: int) -> Callable[[], bytes]:
        content = content_of(*_made(number), texts)
        return lambda: rival.render(content)

    return prepare


WAYS: dict[str, Callable[[], Work]] = {
    "ours": _ours,
    "sealed": _sealed,
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
    pipe.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


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
        print(f"     {way}: {1000 * statistics.median(seconds[way]):.1f} ms, {pipe.recv() // 1024} MB at most")
    return {way: statistics.median(some) for way, some in seconds.items()}


def _share(start: int, count: int, ready: Any, go: Any, pipe: Connection) -> None:
    """In a process of its own: make ``count`` documents once all are ready, then tell the peak of memory."""
    prepare = _ours()
    prepare(start)()
    ready.release()
    go.wait()
    for number in range(start, start + count):
        prepare(number)()
    pipe.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _together(processes: int, count: int) -> tuple[float, int]:
    """Seconds in which ``processes`` make ``count`` documents, and the greatest peak of memory, in MB."""
    ready, go = _CONTEXT.Semaphore(0), _CONTEXT.Event()
    pipes = []
    for at in range(processes):
        pipe, theirs = _CONTEXT.Pipe()
        share = count // processes
        _CONTEXT.Process(target=_share, args=(at * share, share, ready, go, theirs), daemon=True).start()
        pipes.append(pipe)
    for _ in range(processes):
        ready.acquire()
    begin = time.perf_counter()
    go.set()
    peak = max(pipe.recv() for pipe in pipes)
    return time.perf_counter() - begin, peak // 1024


def run() -> bool:
    """CPU against the others, two processes against one, memory of one worker."""
    cost = _medians()
    kept = [
        say("a decision with QR and attachment ÷ WeasyPrint pdf/a-3a", cost["ours"] / cost["weasyprint"], 0.15),
        say("the same ÷ typst a-3a, ua-1", cost["ours"] / cost["typst"], 1.0),
        say("the same sealed B-B ÷ WeasyPrint pdf/a-3a, unsealed", cost["sealed"] / cost["weasyprint"], 0.25),
    ]
    one, two = (_together(processes, TOGETHER)[0] for processes in (1, 2))
    kept.append(say(f"{TOGETHER} decisions by one process ÷ by two", one / two, 1.6, at_least=True))
    peak = _together(1, MANY)[1]
    kept.append(say(f"peak memory over {MANY:,} decisions ÷ 96 MB", peak / 96, 1.0))
    return all(kept)
