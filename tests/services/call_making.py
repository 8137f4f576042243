"""Calls of the tests, brought to a state by the services, as officials do it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from flask import current_app

from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.organisations import Mandate, Organisation
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.deadlines import deadline_instant
from razpis.procedure.organisations import LegalForm, MandateKind
from razpis.procedure.parameter_kinds import KINDS
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationState
from razpis.services.actor import Actor
from razpis.services.calls import calls, commission, contract, drafting, parameters, publishing
from razpis.services.calls.parameters import Own
from razpis.services.calls.readiness import Gap
from razpis.services.files import Store
from razpis.web import access
from tests import people
from tests.databases import Clock

RULES = (Path(__file__).parents[2] / "scoring_rules" / "maribor-humanitarni-2026.yaml").read_text("utf-8")
DEADLINE = deadline_instant(date(2026, 3, 20), time(12))
NUMBERS = ("1732803", "5258880", "5883369", "1234563")


def officer(clock: Clock) -> Actor:
    return people.actor(clock, "skrbnica@zgled.si", "Sonja Skrbnica", Role.OFFICER)


def signatory(clock: Clock) -> Actor:
    return people.actor(clock, "podpisnik@zgled.si", "Peter Podpisnik", Role.SIGNATORY)


def call(call_id: int) -> Call:
    """The row as the database has it."""
    found = db.session.get(Call, call_id, populate_existing=True)
    assert found is not None
    return found


def revision(call_id: int) -> int:
    return call(call_id).revision


def cited() -> dict[str, Own]:
    """An article for every parameter that the law does not cite itself; appeal as the decisions tell it."""
    own = {key.value: Own(article="14. člen pravilnika") for key, kind in KINDS.items() if not kind.source}
    return own | {"appeal_days": Own("21", article="15. člen pravilnika")}


def confirm_parameters(actor: Actor, call_id: int, clock: Clock) -> None:
    parameters.save(actor, call_id, revision(call_id), "ZUP_pre_I", True, cited(), clock())


def attach_contract(actor: Actor, call_id: int, clock: Clock) -> None:
    """A model contract; in an application's context."""
    store: Store = current_app.extensions[access.STORE]
    contract.attach(actor, call_id, revision(call_id), "pogodba.pdf", b"%PDF-1.7\n% pogodba\n", clock(), store)


def appoint(actor: Actor, call_id: int, clock: Clock) -> list[User]:
    """A president and two members."""
    functions = (CommissionFunction.PRESIDENT, CommissionFunction.MEMBER, CommissionFunction.MEMBER)
    seated = []
    for at, function in enumerate(functions):
        user = people.user(clock, f"clan{at}@zgled.si", f"Članica {at}")
        commission.appoint(actor, call_id, user.id, function, "Sklep 41001-1/2026-2", clock())
        seated.append(user)
    return seated


def draft(actor: Actor, clock: Clock) -> int:
    """A draft that lacks nothing."""
    call_id = calls.create(actor, RULES, clock())
    confirm_parameters(actor, call_id, clock)
    attach_contract(actor, call_id, clock)
    appoint(actor, call_id, clock)
    return call_id


def confirmed(actor: Actor, signer: Actor, clock: Clock) -> int:
    call_id = draft(actor, clock)
    publishing.send_to_review(actor, call_id, revision(call_id), clock())
    publishing.approve(signer, call_id, revision(call_id), clock())
    return call_id


def published(actor: Actor, signer: Actor, clock: Clock) -> int:
    call_id = confirmed(actor, signer, clock)
    publishing.publish(actor, call_id, revision(call_id), clock())
    return call_id


def application(
    call_id: int, person: User | None, at: int = 0, state: ApplicationState = ApplicationState.SUBMITTED
) -> Application:
    """An application of an organisation this person may act for; without a person, one on paper."""
    creator = db.session.query(User).order_by(User.id).first()
    assert creator is not None
    moment = datetime(2026, 2, 20, tzinfo=UTC)
    organisation = None
    if person is not None:
        organisation = Organisation(
            registration_number=NUMBERS[at],
            name=f"Društvo {at}",
            address="Zgledna 1",
            legal_form=LegalForm.SOCIETY,
            created_at=moment,
        )
        organisation.mandates = [
            Mandate(user=person, kind=MandateKind.REPRESENTATIVE, valid_from=date(2020, 1, 1), created_at=moment)
        ]
    made = Application(
        key=f"kljuc-{at}",
        call_id=call_id,
        organisation=organisation,
        state=state,
        number=None if state is ApplicationState.DRAFT else at + 1,
        created_at=moment,
        created_by=creator.id,
        changed_at=moment,
    )
    db.session.add(made)
    db.session.commit()
    return made


def same_terms(call_id: int) -> drafting.Terms:
    return drafting.terms(call(call_id))


def gaps(found: Sequence[Gap]) -> list[tuple[str, str]]:
    """What is missing: where, and in Slovenian what."""
    return [(one.where.value, one.text.sl) for one in found]
