"""Orders with a real seal (PKCS#12): a stop, each dismissal, a correction; two others check them, and they conform."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.documents.seal import verify
from razpis.documents.seal_trial import make_trial_key
from razpis.models.base import db
from razpis.models.documents import Act
from razpis.procedure.acts import ActState, Kind
from razpis.procedure.deadlines import Channel
from razpis.services import files
from razpis.services.decisions import correcting, corrections, rendering, stopping
from razpis.services.decisions.correcting import Error
from razpis.services.decisions.stopping import Statement
from tests import decisions_made as made
from tests.databases import Clock
from tests.documents.verapdf.runner import validate
from tests.marking_made import person

PASSWORD = "preizkus"
WITHDRAWN = Statement(date(2026, 3, 4), Channel.REGISTERED_POST, "Programa ne bomo mogli izvesti.")


@pytest.mark.slow
def test_sealed_stops_dismissals_and_corrections_hold_before_others(app: Flask, clock: Clock, tmp_path: Path) -> None:
    key, store, file = make_trial_key(PASSWORD, clock()), made.store(tmp_path), tmp_path / "zig.p12"
    file.write_bytes(key.pkcs12)
    seal = {"file": str(file), "password": PASSWORD}
    with app.app_context():
        call = made.deciding(clock, left_out=("late", "ineligible", "incomplete"))
        stopping.record(person(clock, call.registry), call.call, "kljuc000", WITHDRAWN, clock())
        made.issued(clock, call, store, seal)
        corrected = next(one for one in made.acts(call) if one.kind is Kind.DECISION)
        error = Error(corrected.key, "Drutvo 0", "Društvo 0", "V registru piše Društvo 0.")
        drafted = correcting.draft(person(clock, call.officer), call.call, error, clock())
        signatory, seen = person(clock, call.signatory), _act(drafted).facts_sha256
        corrections.approve(signatory, call.call, drafted, seen, made.ADDRESS, clock())
        rendering.work(clock(), store, seal)
        corrections.issue(signatory, call.call, drafted, clock(), store, made.link)
        acts = db.session.scalars(select(Act).where(Act.state == ActState.ISSUED)).all()
        assert [one.kind for one in acts if "order" in one.facts] == [Kind.DISCONTINUANCE, Kind.CORRECTION]
        assert sum(one.kind is Kind.DISMISSAL for one in acts) == 3
        written = []
        for one in acts:
            content = files.content(store, one.sha256 or "")
            assert (one.sealed, [found.good for found in verify(content, key.root, clock())]) == (True, [True])
            written.append(tmp_path / f"{one.kind.value}-{one.key}.pdf")
            written[-1].write_bytes(content)
            told = subprocess.run(["pdfsig", "-nocert", written[-1]], capture_output=True, text=True, timeout=60)
            assert "Signature Validation: Signature is Valid." in told.stdout
            assert "Total document signed" in told.stdout
    verdicts = validate(written)
    assert len(verdicts) == 2 * len(acts)
    assert [verdict for verdict in verdicts if not verdict.passed] == []


def _act(key: str) -> Act:
    return db.session.scalars(select(Act).where(Act.key == key)).one()
