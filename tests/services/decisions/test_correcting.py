"""Corrections of obvious errors: of issued documents alone, in words the font has, the corrected one untouched."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.documents import Act
from razpis.models.journal import Event
from razpis.procedure.acts import ActState, Kind
from razpis.services.decisions import correcting, papers
from razpis.services.decisions.correcting import Error
from razpis.services.errors import Forbidden, Invalid, Missing
from tests import decisions_made
from tests.commission_made import act_as
from tests.databases import Clock
from tests.documents.reading import page_text


def test_a_correction_from_draft_to_paper_and_given_up(app: Flask, clock: Clock, tmp_path: Path) -> None:
    with app.app_context():
        made = decisions_made.deciding(clock)
        officer = act_as(clock, made.officer)
        assert correcting.correctable(officer, made.call)[1] == []
        decisions_made.issued(clock, made, decisions_made.store(tmp_path))
        call, issued = correcting.correctable(officer, made.call)
        assert [one.kind for one in issued] == [Kind.DECISION] * len(issued)
        before = [(one.state, one.sha256) for one in issued]
        error = Error(issued[0].key, "Drutvo 0", "Društvo 0", "V registru piše Društvo 0.")
        key = correcting.draft(officer, call.id, error, clock())
        _, made_pdf = papers.pdf(officer, call.id, Kind.CORRECTION, key, clock())
        told = " ".join(page_text(made_pdf).replace("\u00a0", " ").split())
        assert f"V aktu »Sklep« št. {issued[0].number} z dne" in told
        assert "»Drutvo 0« popravi tako, da se pravilno glasi: »Društvo 0«" in told
        assert "dovoljena pritožba županu Občine Zgled" in told
        assert [(one.state, one.sha256) for one in correcting.correctable(officer, call.id)[1]] == before
        correcting.drop(officer, call.id, key, clock())
        assert db.session.scalars(select(Act.state).where(Act.key == key)).one() is ActState.DROPPED
        with pytest.raises(Missing):
            papers.pdf(officer, call.id, Kind.CORRECTION, key, clock())
        with pytest.raises(Missing):
            correcting.drop(officer, call.id, key, clock())
        recorded = db.session.scalars(select(Event.action).where(Event.action.startswith("correction."))).all()
        assert sorted(recorded) == ["correction.draft", "correction.drop"]
        _refused(app, clock, made.officer, made.signatory, call.id, issued[0].key)


def _refused(app: Flask, clock: Clock, officer: int, signatory: int, call: int, key: str) -> None:
    for fields, wrong in (
        (("", "b", "c"), {"reads"}),
        (("a", "b", "č" * 4001), {"reason"}),
        (("a", "🐝", "c"), {"shall_read"}),
        (("a ", " a", "c"), {"shall_read"}),
    ):
        with pytest.raises(Invalid) as found:
            correcting.draft(act_as(clock, officer), call, Error(key, *fields), clock())
        assert found.value.fields.keys() == wrong
    with pytest.raises(Missing):
        correcting.draft(act_as(clock, officer), call, Error("neznan", "a", "b", "c"), clock())
    with pytest.raises(Forbidden):
        correcting.draft(act_as(clock, signatory), call, Error(key, "a", "b", "c"), clock())
