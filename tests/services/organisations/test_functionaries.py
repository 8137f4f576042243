"""The list of functionaries: kept by officers, imported whole, every change in the journal."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.journal import Event
from razpis.procedure.roles import Role
from razpis.services.errors import Forbidden, Invalid, Missing
from razpis.services.organisations import functionaries
from tests import people
from tests.databases import Clock


def test_a_list_is_added_to_replaced_and_taken_from(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = people.actor(clock, "ula@mom.si", "Ula Uradna", Role.OFFICER)
        functionaries.add(officer, "Janez  Novak", "svetnik", "5258880 000", " ", clock())
        (one,) = functionaries.listed(officer)
        assert (one.name, one.registration_number, one.note) == ("Janez Novak", "5258880", "")
        sent = "ime;funkcija;maticna\nŽana Kos;županja;\nBor Žagar;svetnik;1732803\n".encode()
        assert functionaries.take_in(officer, sent, "seznam.csv", clock()) == 2
        bor, zana = functionaries.listed(officer)
        assert (bor.name, zana.name) == ("Bor Žagar", "Žana Kos")
        functionaries.remove(officer, bor.id, clock())
        assert [left.name for left in functionaries.listed(officer)] == ["Žana Kos"]
        said = db.session.execute(select(Event.action, Event.before, Event.after).order_by(Event.number)).all()[1:]
        assert [action for action, _, _ in said] == ["functionary.add", "functionary.import", "functionary.remove"]
        assert said[1][1:] == ({"count": 1}, {"count": 2, "file": "seznam.csv"})
        assert said[2][1]["registration_number"] == "1732803"


def test_what_is_wrong_changes_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        officer = people.actor(clock, "ula@mom.si", "Ula Uradna", Role.OFFICER)
        with pytest.raises(Invalid) as refused:
            functionaries.add(officer, "J", "", "5258881", "", clock())
        assert sorted(refused.value.fields) == ["function", "name", "registration_number"]
        functionaries.add(officer, "Janez Novak", "svetnik", "", "", clock())
        with pytest.raises(Invalid, match="vrstica 2: funkcija") as refused:
            functionaries.take_in(officer, b"ime;funkcija\nMeta Kos;\n", "seznam.csv", clock())
        assert list(refused.value.fields) == ["file"]
        assert [one.name for one in functionaries.listed(officer)] == ["Janez Novak"]
        with pytest.raises(Missing):
            functionaries.remove(officer, 10_000, clock())
        auditor = people.actor(clock, "nada@mom.si", "Nada Nadzorna", Role.AUDITOR)
        with pytest.raises(Forbidden):
            functionaries.listed(auditor)
