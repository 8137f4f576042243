"""Cases for the engine: the filing, what a supplement changed, what the commission found – and nothing else."""

from __future__ import annotations

from fractions import Fraction

from flask import Flask

from razpis.engine.facts import established as facts_of
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.checking import EstablishedAnswer, SupplementAnswer, SupplementItem, SupplementRequest
from razpis.procedure.deadlines import Channel, local_time
from razpis.procedure.parameter_kinds import Unit
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.examination import established
from razpis.services.rules.rulebooks import compiled
from tests import commission_made as made
from tests import queries
from tests.commission_made import DEADLINE, RULES
from tests.databases import Clock


def finding(call: made.Made, at: int, field: str, value: object, number: int = 1) -> None:
    db.session.add(
        EstablishedAnswer(
            application_id=call.applications[at],
            field=field,
            number=number,
            value=value,
            confirmed=False,
            reason="vpogled v evidenco",
            at=DEADLINE,
            by=call.president,
        )
    )
    db.session.commit()


def supplement(call: made.Made, at: int, number: int, answers: dict[str, object], files: dict[str, object]) -> None:
    request = db.session.query(SupplementRequest).filter_by(application_id=call.applications[at]).first()
    if request is None:
        request = SupplementRequest(
            application_id=call.applications[at], round=1, days=8, unit=Unit.DAYS, article="14. člen",
            issued_at=DEADLINE, issued_by=call.president, items=[SupplementItem(field="members", deficiency="manjka")],
        )  # fmt: skip
    request.answers.append(
        SupplementAnswer(
            number=number,
            receipt=f"D-{number}",
            channel=Channel.PORTAL,
            before={},
            sha256="0" * 64,
            content={"answers": answers, "attachments": files},
            filed_at=DEADLINE,
            filed_by=call.applicants[at],
        )
    )
    db.session.add(request)
    db.session.commit()


def fit(call: made.Made, state: ApplicationState = ApplicationState.IN_SCORING) -> None:
    for one in call.applications:
        db.session.get_one(Application, one).state = state
    db.session.commit()


def test_a_case_says_what_was_filed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock, count=1)
        one = established.case(call.applications[0])
        row = db.session.get_one(Application, call.applications[0])
        assert (one.id, one.line, one.lot) == ("kljuc000", 1, "")
        assert one.applicant == str(row.organisation_id)
        assert one.submitted_at == local_time(row.filings[0].filed_at)
        assert one.findings == ()
        assert one.claims == {
            "name": "Društvo 0", "programme": "Program 0", "seat": "here", "members": 40, "requested": 3000,
            "signed": True, "plan": "plan-0.pdf", "letter": None, "note": "opomba",
            "costs": ({"what": "prostor", "amount": 1000}, {"what": "gradivo", "amount": 2500}),
        }  # fmt: skip


def test_the_last_supplement_stands_only_in_the_fields_it_answers(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock, count=1)
        letter = {"letter": [{"name": "pismo.pdf", "size": 1, "sha256": "a", "key": "k"}]}
        supplement(call, 0, 1, {"members": "41"}, letter)
        supplement(call, 0, 2, {"members": "42"}, letter)
        said = established.contents(call.applications[0])
        assert said.supplemented == {"members", "letter"}
        claims = established.values(compiled(RULES), said)
        assert (claims["members"], claims["letter"], claims["name"]) == (42, "pismo.pdf", "Društvo 0")


def test_the_last_finding_stands_and_corrects_a_cell_too(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock, count=1)
        finding(call, 0, "costs.2.amount", "1000.50")
        finding(call, 0, "members", "12")
        finding(call, 0, "members", "10", number=2)
        one = established.case(call.applications[0])
        assert [(item.field, item.value) for item in one.findings] == [
            ("costs.2.amount", Fraction("1000.5")),
            ("members", 10),
        ]
        facts = facts_of(compiled(RULES), one)
        assert (facts["members"], facts["cost"], one.claims["members"]) == (10, Fraction("2000.5"), 40)
        assert [key for key, row in established.found(call.applications[0]).items() if row.number == 2] == ["members"]


def test_cases_are_those_that_are_formally_fit_in_the_order_received(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock, count=4, state=CallState.SCORING)
        assert established.cases(call.call) == []
        fit(call)
        db.session.get_one(Application, call.applications[1]).state = ApplicationState.INCOMPLETE
        db.session.get_one(Application, call.applications[2]).number = 9
        db.session.commit()
        assert [one.id for one in established.cases(call.call)] == ["kljuc000", "kljuc003", "kljuc002"]
        assert [one.id for one in established.cases(call.call, [ApplicationState.INCOMPLETE])] == ["kljuc001"]
        assert established.cases(call.call)[0] == established.case(call.applications[0])


def test_the_number_of_queries_does_not_grow(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.made(clock, count=12, state=CallState.SCORING)
        fit(call)
        for at in range(12):
            finding(call, at, "members", "10")
            db.session.get_one(Call, call.call)
        db.session.expire_all()
        with queries.counted() as sent:
            assert len(established.cases(call.call)) == 12
        assert len(sent) == 4


def test_a_path_leads_to_a_field_or_a_column(app: Flask) -> None:
    rules = compiled(RULES)
    assert established.path_field(rules, "members") is rules.fields["members"]
    column = established.path_field(rules, "costs.1.amount")
    assert column is not None and column.type == "euro"
    for wrong in ("nothing", "members.1.amount", "costs.1", "costs.1.nothing"):
        assert established.path_field(rules, wrong) is None
