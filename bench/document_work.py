"""Our own decisions to be measured, apart from the others, whose libraries would weigh on the memory counted."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import peak
from razpis.assets import ASSETS
from razpis.documents.decision import Decision, Outcome
from razpis.documents.decision_pdf import render_decision
from razpis.documents.decision_text import load_decision_texts
from razpis.documents.extras import Attachment, Extras
from razpis.documents.seal import SealSettings, open_sealer
from razpis.documents.seal_trial import make_trial_key
from tests.documents.factories import decision

AT = datetime(2027, 5, 4, 10, 0, tzinfo=UTC)
TEXTS = ASSETS / "templates" / "documents" / "decision"

Work = Callable[[int], Callable[[], bytes]]
"""Prepares the document of that number; what it gives makes the PDF and is measured."""


def made(number: int, seal: bool = False) -> tuple[Decision, Extras]:
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


def ours() -> Work:
    texts = load_decision_texts(TEXTS)

    def prepare(number: int) -> Callable[[], bytes]:
        document, extras = made(number)
        return lambda: render_decision(document, texts, extras)

    return prepare


def sealed() -> Work:
    texts = load_decision_texts(TEXTS)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "trial.p12"
        file.write_bytes(make_trial_key("geslo", AT).pkcs12)
        sealer = open_sealer(SealSettings(str(file), "geslo"))

    def prepare(number: int) -> Callable[[], bytes]:
        document, extras = made(number, seal=True)
        return lambda: sealer.seal(render_decision(document, texts, extras), AT)

    return prepare


def main(start: int, count: int) -> None:
    """Make ``count`` documents once told to begin, then tell the peak of memory, in MB."""
    prepare = ours()
    prepare(start)()
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(start, start + count):
        prepare(number)()
    print(peak(), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
