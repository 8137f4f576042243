"""Writes one PDF per outcome to look at: ``python -m tests.documents.sample OUT_DIR``."""

from __future__ import annotations

import sys
from pathlib import Path

from razpis.documents.decision import Outcome
from razpis.documents.decision_pdf import render_decision
from razpis.documents.decision_text import load_decision_texts
from tests.documents import factories

TEXTS = Path(__file__).parents[2] / "templates" / "documents" / "decision"


def main(folder: Path) -> None:
    """Write all samples into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = load_decision_texts(TEXTS)
    samples = {outcome.value: factories.decision(outcome, seed=1) for outcome in Outcome}
    samples["extreme"] = factories.extreme()
    for name, decision in samples.items():
        (folder / f"{name}.pdf").write_bytes(render_decision(decision, texts))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
