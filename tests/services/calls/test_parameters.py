"""Legal parameters of a call: own values need their article, and stay within what the law allows."""

from __future__ import annotations

import pytest
from flask import Flask

from razpis.models.base import db
from razpis.procedure.parameter_kinds import Key, Unit
from razpis.services.calls import calls, parameters
from razpis.services.calls.parameters import Own
from razpis.services.errors import Forbidden, Invalid
from tests.databases import Clock
from tests.services import call_making as making


def test_own_values_stand_over_the_profile_and_both_profiles_are_shown(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = calls.create(officer, making.RULES, clock())
        own = {"supplement_days": Own("10", "working_days", "9. člen"), "min_open_days": Own(article="3. člen")}
        parameters.save(officer, call_id, making.revision(call_id), "ZUP_I", True, own, clock())
        call = making.call(call_id)
        rows = {row.kind.key: row for row in parameters.sheet(call)}
        assert len(rows) == len(Key)
        assert [one.value for one in rows[Key.APPEAL_DAYS].shipped] == [15, 21]
        assert (rows[Key.APPEAL_DAYS].holds.value, rows[Key.APPEAL_DAYS].own) == (21, Own())
        supplement = rows[Key.SUPPLEMENT_DAYS]
        assert (supplement.holds.value, supplement.holds.unit) == (10, Unit.WORKING_DAYS)
        assert supplement.own == Own("10", "working_days", "9. člen")
        assert (rows[Key.MIN_OPEN_DAYS].holds.value, rows[Key.MIN_OPEN_DAYS].holds.source) == (15, "3. člen")
        assert (call.profile, call.profile_confirmed) == ("ZUP_I", True)


def test_values_out_of_range_or_without_an_article_are_told_by_name(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = making.officer(clock)
        call_id = calls.create(officer, making.RULES, clock())
        own = {
            "supplement_days": Own("20", "days", "9. člen"),
            "court_days": Own("30"),
            "post_counts_by": Own("moon", "rule", "2. člen"),
            "min_open_days": Own(article="3. člen 🐝"),
        }
        with pytest.raises(Invalid) as refused:
            parameters.save(officer, call_id, making.revision(call_id), "ZUP_I", True, own, clock())
        assert set(refused.value.fields) == {"post_counts_by", "supplement_days", "court_days", "min_open_days"}
        assert "U+1F41D" in refused.value.fields["min_open_days"].sl
        assert "od 5 do 15" in refused.value.fields["supplement_days"].sl
        assert "nima navedenega člena" in refused.value.fields["court_days"].sl
        db.session.rollback()
        with pytest.raises(Invalid):
            parameters.save(officer, call_id, making.revision(call_id), "ZUP_X", True, {}, clock())
        with pytest.raises(Forbidden):
            parameters.save(making.signatory(clock), call_id, 1, "ZUP_I", True, {}, clock())
