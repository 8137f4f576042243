"""Progress: states of topics, what is missing, what computed criteria give so far and why, what does not add up."""

from __future__ import annotations

from fractions import Fraction

from flask import Flask

from razpis.engine.problems import Language
from razpis.engine.rulebook.fields import TableField
from razpis.services.applications import progress as service
from razpis.services.applications import sheets
from razpis.services.applications.progress import Progress, TopicState
from tests import published
from tests.databases import Clock
from tests.services.filing_people import Filer, filer

MORE = (
    published.RULES
    + """
  halls: {kind: checklist, title: Dostop, max: 3, missing: 0, items: [{text: Rampa, when: "'rampa' in access", points: 3}]}
  each: {kind: per_unit, title: Na član, value: 100 / (members - 34), points: 1, max: 5}
  year: {kind: formula, title: Leto, points: call_year - 2025, max: 1}
  paid: {kind: formula, title: Stroški, points: total / 1000, missing: 0}
  cheap: {kind: relative, title: Najcenejši, value: requested, to: lowest, max: 10}
"""
)
DIVIDED = published.RULES.replace("derived:\n", "derived:\n  each: {label: Na člana, value: 100 / (members - 34)}\n")


def found(ana: Filer, clock: Clock, language: Language = "sl") -> Progress:
    return service.progress(sheets.sheet(ana.row()), clock(), language)


def test_topics_are_not_started_started_complete(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        states = {one.topic.key: one.state for one in found(ana, clock).topics}
        not_started, started = TopicState.NOT_STARTED, TopicState.STARTED
        assert states == {"us": started, "work": not_started, "money": not_started, "papers": not_started}
        ana.save({"requested": "500", "costs": [{"item": "najem"}]})
        money = found(ana, clock).topics[2]
        assert (money.state, [(key, label.sl) for key, label in money.missing]) == (
            started,
            [("costs", "Stroški, 1. vrstica, Znesek")],
        )
        ana.complete()
        after = found(ana, clock)
        assert ({one.state for one in after.topics}, after.missing) == ({TopicState.COMPLETE}, [])


def test_computed_criteria_say_what_they_give_and_what_they_lack(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock, rules=MORE)
        before = {one.key: one for one in found(ana, clock).criteria}
        size = before["size"]
        assert (size.points, size.lacking, size.worth) == (None, ("Število članov",), "20\u00a0točk")
        assert (before["quality"].by, before["quality"].reason) == ("commission", "oceni komisija")
        assert (before["cheap"].by, before["cheap"].lacking) == ("others", ("Zaprošeni znesek",))
        assert (before["halls"].points, before["halls"].lacking, before["halls"].worth) == (
            0,
            ("Dostopnost",),
            "3\u00a0točk",
        )
        ana.save({"members": "36", "costs": [{"item": "najem", "price": "1500"}], "access": ["rampa"]})
        after = found(ana, clock)
        by = {one.key: one for one in after.criteria}
        assert (by["size"].points, by["size"].lacking) == (20, ())
        assert "36" in by["size"].reason
        assert (by["paid"].points, by["halls"].points, by["each"].points) == (Fraction(3, 2), 3, 5)
        assert (after.points, after.most) == (20 + Fraction(3, 2) + 3 + 5 + 1, "")


def test_a_blank_cell_is_named_and_a_value_that_does_not_exist_is_told(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock, rules=MORE)
        ana.save({"members": "34", "costs": [{"item": "najem"}]})
        by = {one.key: one for one in found(ana, clock, "en").criteria}
        assert (by["paid"].points, by["paid"].lacking, by["paid"].worth) == (0, ("Vsi stroški",), "")
        assert (by["each"].points, by["each"].reason) == (None, "division by zero")


def test_answers_that_cannot_be_computed_with_are_told_once(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock, rules=DIVIDED)
        ana.save({"members": "34"})
        told = found(ana, clock)
        assert (told.criteria, "deljenje z nič" in told.problem) == ((), True)


def test_conditions_that_fail_are_told_by_the_topics_they_read(app: Flask, clock: Clock) -> None:
    with app.app_context():
        ana = filer(app, clock)
        ana.save({"requested": "9000"})
        assert found(ana, clock).failing == ()
        ana.save({"costs": [{"item": "najem", "price": "900"}, {"item": "delo", "price": "0,50"}]})
        form = sheets.sheet(ana.row())
        told = service.progress(form, clock(), "sl")
        assert [(one.key, one.finding) for one in told.failing] == [
            ("modest", "Zaprošeni znesek: 9.000,00\u00a0EUR; Vsi stroški: vsota (900; 0,5) = 900,50\u00a0EUR")
        ]
        by_topic = {one.key: service.failing_by_topic(form, told, one) for one in form.rulebook.topics}
        assert {key: len(some) for key, some in by_topic.items()} == {"us": 0, "work": 0, "money": 1, "papers": 0}
        costs = form.rulebook.fields["costs"]
        assert isinstance(costs, TableField)
        assert service.sums(costs, form.values["costs"]) == {"price": 90_050}


def test_conditions_over_answers_without_a_value_are_not_told_as_failing(app: Flask, clock: Clock) -> None:
    rules = published.RULES.replace(
        "conditions:\n", "conditions:\n  per_member: {text: Na člana dovolj., test: 100 / (members - 34) > 1}\n"
    )
    with app.app_context():
        ana = filer(app, clock, rules=rules)
        ana.save({"members": "34"})
        assert found(ana, clock).failing == ()
