"""The journal as people read it: in words, by pages, filtered, checked, for a spreadsheet."""

from __future__ import annotations

import ast
import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

import razpis.services
from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent, CallEvent, CallState
from razpis.services.actor import SYSTEM, Actor
from razpis.services.errors import Forbidden
from razpis.services.organisations import organisations
from razpis.services.people import accounts
from razpis.services.records import journal, journal_list, journal_words
from razpis.services.records.journal import Subject
from razpis.services.records.journal_list import Filter
from tests import people, published
from tests.databases import Clock
from tests.services.organisation_making import added

SERVICES = Path(razpis.services.__file__).parent
STEPS = {
    "call": {event.value for event in CallEvent},
    "application": {event.value for event in ApplicationEvent},
}


def constants(node: ast.expr, tree: ast.Module) -> Iterator[str]:
    """Every text an expression may be: itself, each side or value of a choice, what its name is given in the module or as
    an argument, and the beginning of a text put together (``call.…``)."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body, tree)
        yield from constants(node.orelse, tree)
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict):
        for one in node.value.values:
            yield from constants(one, tree)
    elif isinstance(node, ast.JoinedStr):
        yield ast.unparse(node)[2:].partition("{")[0]
    elif isinstance(node, ast.Name):
        for given in ast.walk(tree):
            if isinstance(given, ast.Assign) and node.id in [ast.unparse(one) for one in given.targets]:
                yield from constants(given.value, tree)
        yield from arguments(node.id, tree)


def arguments(name: str, tree: ast.Module) -> Iterator[str]:
    """The texts given in this module to parameters of this name."""
    places = {
        function.name: [one.arg for one in function.args.args].index(name)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and name in [one.arg for one in function.args.args]
    }
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and (place := places.get(ast.unparse(call.func))) is not None:
            given = [*call.args[place : place + 1], *(one.value for one in call.keywords if one.arg == name)]
            for one in given:
                if ast.unparse(one) != name:
                    yield from constants(one, tree)


def named(function: str, position: int) -> set[str]:
    """The texts given at ``position`` to a function of this name, anywhere in the services."""
    found: set[str] = set()
    for path in SERVICES.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == function:
                told = set(constants(node.args[position], tree))
                assert told, f"{path.name}:{node.lineno}: which action this records cannot be told"
                found |= told
    return found


def test_every_action_that_is_recorded_has_its_words() -> None:
    actions = named("journal.record", 2)
    assert {"account.open", "organisation.add", "register.import"} <= actions
    steps = {f"{subject}." for subject in STEPS}  # put together from an event, told by the next test but one
    assert sorted(key for key in actions - steps if journal_words.action(key) == Text(key, key)) == []


def test_every_purpose_of_reading_has_its_words() -> None:
    purposes = named("readings.note", 2)
    assert {"organisation.read", "evidence.read"} <= purposes
    assert sorted(key for key in purposes if key not in journal_words.READINGS) == []


def test_steps_of_workflows_have_their_words_and_the_unknown_its_key() -> None:
    assert [
        f"{subject}.{event}"
        for subject, events in STEPS.items()
        for event in sorted(events)
        if journal_words.action(f"{subject}.{event}").sl == f"{subject}.{event}"
    ] == []
    assert journal_words.action("nekaj.novega") == Text("nekaj.novega", "nekaj.novega")
    assert journal_words.subject("nekaj") == Text("nekaj", "nekaj")
    assert journal_words.reading("nekaj") == Text("nekaj", "nekaj")


def test_values_are_told_in_words() -> None:
    told = {
        ("roles", "officer"): "skrbnik razpisa",
        ("state", "draft"): "osnutek",
        ("legal_form", "society"): "društvo",
        ("kind", "attorney"): "pooblaščenec",
        ("kind", "disability"): "invalidska organizacija",
        ("vat_payer", True): "da",
        ("vat_payer", False): "ne",
        ("phone", None): "–",
        ("count", 0): "0",
        ("neznano", "officer"): "officer",
        ("channel", "ordinary_post"): "po navadni pošti",
        ("document", "supplement_request"): "poziv k dopolnitvi vloge",
        ("kind", "opening"): "odpiranje vlog",
        ("function", "member"): "članica ali član",
        ("function", "zastopa samostojno"): "zastopa samostojno",
        ("profile", "ZUP_I"): "ZUP z novelo ZUP-I",
        ("dispatched", "2026-06-05"): "5. 6. 2026",
        ("deadline", "2026-03-20T11:00:00+00:00"): "20. 3. 2026 ob 12.00",
        ("issued", "5. 6. 2026"): "5. 6. 2026",
        ("seed", "2026-06-05"): "2026-06-05",
    }
    assert {key: journal_words.value(*key).sl for key in told} == told
    assert journal_words.value("roles", ["auditor", "officer"]).sl == "nadzornik, skrbnik razpisa"
    assert journal_words.value("x", {"name": "Ana", "b": 1}) == Text("b: 1; ime: Ana", "b: 1; name: Ana")
    assert journal_words.value("dispatched", "2026-06-05").en == "5/6/2026"
    assert journal_words.value("budget_cents", 1234550).sl.replace("\u00a0", " ") == "12.345,50 EUR"


def test_legal_parameters_are_told_with_their_names_units_and_articles() -> None:
    def told(key: str, held: object, unit: str, article: str = "3. člen") -> str:
        given = {key: {"article": article, "unit": unit, "value": held}}
        return journal_words.value("parameters", given).sl.replace("\u00a0", " ")

    assert told("supplement_days", 8, "days") == "rok za dopolnitev vloge: 8 (dnevi), 3. člen"
    assert told("advance_small_cents", 2000000, "cents").endswith(": 20.000,00 EUR, 3. člen")
    assert told("decision_notice_from", "opening", "rule", "").endswith(": od odpiranja vlog")
    assert journal_words.field("per_organisation").sl == "največ vlog ene organizacije"
    assert journal_words.field("nekaj") == Text("nekaj", "nekaj")


def test_events_are_listed_by_pages_and_filtered(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana, admin = people.actor(clock), people.actor(clock, "sonja@mom.si", "Sonja Skrbna", Role.ADMINISTRATOR)
        kept = added(ana, clock)
        assert ana.id is not None
        for _ in range(journal_list.PAGE):
            journal.record(SYSTEM, clock(), "register.import", Subject("register"))
            db.session.commit()
        first = journal_list.page(admin, Filter())
        numbers = [one.number for one in first.deeds]
        assert numbers == list(range(journal_list.PAGE + 3, 3, -1))
        rest = journal_list.page(admin, Filter(), first.before)
        assert ([one.number for one in rest.deeds], rest.before) == ([3, 2, 1], None)
        (deed,) = journal_list.page(admin, Filter(action="organisation.add", person="ana")).deeds
        assert (deed.words.sl, deed.subject.sl) == ("Organizacija je bila dodana.", f"organizacija {kept.name}")
        changes = {change.field.sl: (change.before.sl, change.after.sl) for change in deed.changes}
        assert changes["pravna oblika"] == ("–", "društvo")
        assert journal_list.page(admin, Filter(action="organisation.add", person="sonja")).deeds == []
        accounts.set_roles(admin, people.actor(clock, "ula@mom.si", "Ula Uradna", Role.OFFICER).person, [], clock())
        (deed,) = journal_list.page(admin, Filter(action="account.roles")).deeds
        assert [(one.field.sl, one.before.sl, one.after.sl) for one in deed.changes] == [
            ("uradne vloge", "skrbnik razpisa", "–")
        ]
        _, actions = journal_list.choices(admin)
        assert [key for key, _ in actions] == sorted(
            ["account.invite", "account.roles", "organisation.add", "register.import"],
            key=lambda key: journal_words.action(key).sl,
        )


def test_an_officer_sees_events_of_calls_alone_and_an_applicant_none(app: Flask, clock: Clock) -> None:
    with app.app_context():
        added(people.actor(clock), clock)
        officer = people.actor(clock, "ula@mom.si", "Ula Uradna", Role.OFFICER)
        assert journal_list.page(officer, Filter()).deeds == []
        assert journal_list.choices(officer) == ([], [])
        with pytest.raises(Forbidden):
            journal_list.read(officer)
        applicant = Actor(1, "Ana Zgled", frozenset({Role.APPLICANT}))
        for forbidden in (journal_list.choices, journal_list.check, journal_list.read):
            with pytest.raises(Forbidden):
                forbidden(applicant)


def test_the_spreadsheet_holds_every_event_and_no_formula(app: Flask, clock: Clock) -> None:
    with app.app_context():
        admin = people.actor(clock, "sonja@mom.si", "=Sonja Skrbna", Role.ADMINISTRATOR)
        organisation = added(people.actor(clock), clock)
        rows = list(csv.DictReader(io.StringIO(journal_list.spreadsheet(admin, Filter()).decode("utf-8-sig"))))
        assert [row["number"] for row in rows] == ["1", "2", "3"]
        assert rows[0]["at"] == "2026-02-16T09:00:00+01:00"
        assert (rows[2]["actor"], rows[2]["action"]) == ("Ana Zgled", "organisation.add")
        assert rows[2]["subject_id"] == str(organisation.id)
        journal.record(admin, clock(), "register.import", Subject("register"))
        db.session.commit()
        content = journal_list.spreadsheet(admin, Filter(action="register.import")).decode("utf-8-sig")
        assert [row["actor"] for row in csv.DictReader(io.StringIO(content))] == ["'=Sonja Skrbna"]


def test_the_chain_is_checked_and_readings_are_listed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        auditor = people.actor(clock, "nada@mom.si", "Nada Nadzorna", Role.AUDITOR)
        kept = added(people.actor(clock), clock)
        assert journal_list.check(auditor) == journal_list.Checked(3, None)
        organisations.read(auditor, kept.id, clock())
        db.session.commit()
        (reading,), before = journal_list.read(auditor)
        assert (reading.name, reading.words.sl) == ("Nada Nadzorna", "Branje podatkov organizacije")
        assert (reading.subject.sl, before) == (f"organizacija {kept.name}", None)
        assert journal_list.read(auditor, reading.id) == ([], None)


def test_before_the_opening_nobody_learns_from_the_journal_who_applies(app: Flask, clock: Clock) -> None:
    with app.app_context():
        auditor = people.actor(clock, "revizija@zgled.si", "Rok Primer", Role.AUDITOR)
        officer = people.user(clock, "urad@zgled.si", "Urad Zgled", Role.OFFICER)
        call = published.call(officer)
        about = Subject("application", 7, call.id)
        journal.record(Actor(None, "Ana Prijava"), clock(), "application.submit", about)
        journal.record(Actor(None, "Ana Prijava"), clock(), "question.ask", Subject("call", call.id, call.id))
        journal.record(Actor(None, "Urad Zgled"), clock(), "call.close", Subject("call", call.id, call.id))
        db.session.commit()

        def named() -> set[str]:
            told = journal_list.spreadsheet(auditor, Filter(call=call.id)).decode()
            listed = {deed.actor for deed in journal_list.page(auditor, Filter(call=call.id)).deeds}
            return listed | {name for name in ("Ana Prijava", "Urad Zgled") if name in told}

        assert named() == {"Urad Zgled"}
        call.state = CallState.OPENING
        db.session.commit()
        assert named() == {"Urad Zgled", "Ana Prijava"}
