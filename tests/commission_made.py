"""A call in the hands of its commission, as rows: seats, organisations, applications filed, in any state."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from werkzeug.security import generate_password_hash

from razpis.models.accounts import User, UserRole
from razpis.models.applications import Application, Envelope, Filing
from razpis.models.base import canonical, db
from razpis.models.calls import Call, CallVersion, Seat
from razpis.models.organisations import Mandate, Organisation, Representative
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.deadlines import Channel
from razpis.procedure.organisations import LegalForm, MandateKind
from razpis.procedure.parameter_kinds import KINDS
from razpis.procedure.roles import Role
from razpis.procedure.sittings import SittingKind
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.actor import SYSTEM, Actor
from razpis.services.people import standing
from razpis.services.records import journal
from razpis.services.records.journal import Subject
from razpis.services.sitting import declarations, sittings
from razpis.services.sitting.declarations import Said
from razpis.services.sitting.sittings import Beginning
from tests.databases import Clock
from tests.people import PASSWORD

DEADLINE = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
"""Monday, 2 March 2026 at 12.00 in Ljubljana."""

QUICK = "pbkdf2:sha256:1"
"""So that tests do not wait for a slow hash; the service checks whatever method a hash names."""

NUMBERS = ("1732803", "5258880", "5883369", "1234563")

RULES = (Path(__file__).parent / "commission.yaml").read_text("utf-8")

CITED = {
    key.value: {"value": kind.value, "unit": kind.units[0].value, "article": "14. člen pravilnika"}
    for key, kind in KINDS.items()
    if not kind.source and kind.value is not None
}

SEATS = (
    ("predsednica@zgled.si", "Petra Predsednica", CommissionFunction.PRESIDENT),
    ("clan1@zgled.si", "Marko Prvi", CommissionFunction.MEMBER),
    ("clan2@zgled.si", "Mojca Druga", CommissionFunction.MEMBER),
    ("namestnik@zgled.si", "Nejc Namestnik", CommissionFunction.DEPUTY),
    ("zapisnik@zgled.si", "Zala Zapisnikar", CommissionFunction.SECRETARY),
)


@dataclass(slots=True)
class Made:
    """Numbers of what was made: the call, people by their function, applications in the order received."""

    call: int
    president: int
    members: list[int]
    deputy: int
    secretary: int
    officer: int
    signatory: int
    registry: int
    applications: list[int] = field(default_factory=list)
    applicants: list[int] = field(default_factory=list)

    @property
    def voters(self) -> list[int]:
        """The president and the members."""
        return [self.president, *self.members]


def supplement_page(key: str) -> str:
    """The address of the applicant's page for a supplement."""
    return f"https://razpisi.zgled.si/vloge/{key}/dopolnitev"


def made(
    clock: Clock,
    count: int = 3,
    state: CallState = CallState.OPENING,
    rules: str = RULES,
    quorum: int = 2,
    **parameters: Any,
) -> Made:
    """A published call in ``state`` with its commission and ``count`` applications, filed a day before the deadline.

    The clock stands two days after the deadline. ``parameters``: values of the call's own, such as
    ``supplement_days=10``, or ``profile="ZUP_I"``. The applications are opened where the call is past the opening.
    """
    clock.at = DEADLINE + timedelta(days=2)
    people = [user(email, name) for email, name, _ in SEATS]
    officer = user("skrbnica@zgled.si", "Sonja Skrbnica", Role.OFFICER)
    signatory = user("podpisnik@zgled.si", "Peter Podpisnik", Role.SIGNATORY)
    registry = user("vlozisce@zgled.si", "Vida Vložišče", Role.REGISTRY)
    call = _call(officer, state, rules, quorum, parameters)
    for person, (_, _, function) in zip(people, SEATS, strict=True):
        call.seats.append(Seat(user=person, function=function, act="Sklep 2026-2", appointed_at=DEADLINE))
    db.session.flush()
    for seat in call.seats:
        after = {"user": seat.user_id, "function": seat.function.value, "act": seat.act}
        journal.record(SYSTEM, DEADLINE, "call.appoint", Subject("call", call.id, call.id), after=after)
    president, *others = [one.id for one in people]
    result = Made(call.id, president, others[:2], others[2], others[3], officer.id, signatory.id, registry.id)
    for at in range(count):
        opened = state not in (CallState.PUBLISHED, CallState.CLOSED)
        one = application(call, at, ApplicationState.OPENED if opened else ApplicationState.SUBMITTED)
        result.applications.append(one.id)
        result.applicants.append(one.created_by)
    db.session.commit()
    return result


def user(email: str, name: str, *roles: Role, password: str | None = None) -> User:
    """A person; ``password=PASSWORD`` for those who sign in through a page."""
    person = User(
        email=email,
        name=name,
        password=generate_password_hash(password, QUICK) if password else None,
        created_at=DEADLINE,
        confirmed_at=DEADLINE,
        roles=[UserRole(role=role, given_at=DEADLINE) for role in roles],
    )
    db.session.add(person)
    db.session.flush()
    return person


def let_in(*people: int) -> None:
    """Give these people the password of the tests, so that they can sign in."""
    for number in people:
        db.session.get_one(User, number).password = generate_password_hash(PASSWORD, QUICK)
    db.session.commit()


def act_as(clock: Clock, number: int) -> Actor:
    """The person with the roles they hold now."""
    return standing.actor_of(db.session.get_one(User, number), clock())


def free(
    made_one: Made, clock: Clock, people: Iterable[int], but: Mapping[int, Mapping[int, Said]] | None = None
) -> None:
    """Let people declare no conflict for everything, but for what ``but`` says by person and application."""
    for person in people:
        said = dict.fromkeys(made_one.applications, Said()) | dict((but or {}).get(person, {}))
        declarations.declare(act_as(clock, person), made_one.call, said, True, clock())


def answers(at: int = 0, **other: Any) -> dict[str, Any]:
    """Answers as a filing keeps them."""
    return {
        "name": f"Društvo {at}",
        "programme": f"Program {at}",
        "seat": "here",
        "members": "40",
        "requested": "3000",
        "signed": True,
        "costs": [{"what": "prostor", "amount": "1000"}, {"what": "gradivo", "amount": "2500"}],
        "note": "opomba",
    } | other


def application(
    call: Call,
    at: int,
    state: ApplicationState,
    said: Mapping[str, Any] | None = None,
    filed_at: datetime = DEADLINE - timedelta(days=1),
    files: Sequence[str] = ("plan",),
) -> Application:
    """An application of a new organisation, filed by its representative; number ``at`` + 1 in the order received."""
    person = user(f"prijavitelj{at}@zgled.si", f"Zastopnica {at}")
    organisation = Organisation(
        registration_number=NUMBERS[at] if at < len(NUMBERS) else f"{7000000 + at}",
        name=f"Društvo {at}",
        address=f"Zgledna {at + 1}, 2000 Maribor",
        legal_form=LegalForm.SOCIETY,
        email=f"drustvo{at}@zgled.si",
        created_at=DEADLINE,
    )
    mandate = Mandate(user=person, kind=MandateKind.REPRESENTATIVE, valid_from=date(2020, 1, 1), created_at=DEADLINE)
    organisation.mandates.append(mandate)
    organisation.representatives.append(
        Representative(name=person.name, function="predsednica", valid_from=date(2020, 1, 1))
    )
    db.session.add(organisation)
    db.session.flush()
    made_one = Application(
        key=f"kljuc{at:03}",
        call_id=call.id,
        organisation_id=organisation.id,
        state=state,
        number=at + 1,
        created_at=filed_at,
        created_by=person.id,
        changed_at=filed_at,
    )
    content = {
        "lot": "",
        "answers": dict(said or answers(at)),
        "attachments": {key: [_file(key, at)] for key in files},
    }
    made_one.filings.append(
        Filing(
            version_id=call.versions[-1].id,
            receipt=f"P-{at + 1:04}",
            receipt_sha256="0" * 64,
            channel=Channel.PORTAL,
            filed_at=filed_at,
            filed_by=person.id,
            mandate_id=mandate.id,
            content=content,
            sha256=hashlib.sha256(canonical(content).encode()).hexdigest(),
        )
    )
    db.session.add(made_one)
    db.session.flush()
    _journalled(made_one, state)
    return made_one


def _journalled(one: Application, state: ApplicationState) -> None:
    """What the journal would say of an application that came this far."""
    if state in (ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN):
        return
    in_time = state not in (ApplicationState.LATE, ApplicationState.DISMISSED_LATE)
    opened = {"applications": [{"number": one.number, "in_time": in_time}]}
    journal.record(SYSTEM, DEADLINE, "opening.open", Subject("call", one.call_id, one.call_id), after=opened)
    if in_time:
        about = Subject("application", one.id, one.call_id)
        journal.record(SYSTEM, DEADLINE, "check.entitled", about, after={"state": state.value})


def on_paper(call_id: int, at: int, **outside: Any) -> int:
    """An envelope nobody has opened; number ``at`` + 1 in the order received."""
    officer = db.session.get_one(Call, call_id).created_by
    arrived = outside.pop("arrived_at", DEADLINE - timedelta(hours=2))
    made_one = Application(
        key=f"papir{at:03}",
        call_id=call_id,
        state=ApplicationState.SUBMITTED,
        number=at + 1,
        created_at=arrived,
        created_by=officer,
        changed_at=arrived,
    )
    values = {"channel": Channel.IN_PERSON, "sender": f"Društvo na papirju {at}", "posted_on": None} | outside
    made_one.envelope = Envelope(arrived_at=arrived, entered_at=arrived, entered_by=officer, **values)
    db.session.add(made_one)
    db.session.commit()
    return made_one.id


def _file(key: str, at: int) -> dict[str, Any]:
    return {"name": f"{key}-{at}.pdf", "size": 1000, "sha256": f"{at:064x}", "key": f"{key}{at}"}


def _call(officer: User, state: CallState, rules: str, quorum: int, parameters: dict[str, Any]) -> Call:
    profile = parameters.pop("profile", "ZUP_pre_I")
    own = {
        key: {**CITED.get(key, {"unit": "days", "article": "14. člen"}), "value": value}
        for key, value in parameters.items()
    }
    call = Call(
        state=state,
        title_sl="Programi pomoči",
        title_en="Programmes of help",
        reference="41001-7/2026",
        rulebook=rules,
        opens_at=DEADLINE - timedelta(days=20),
        deadline=DEADLINE,
        profile=profile,
        profile_confirmed=True,
        parameters=CITED | own,
        budget_cents=1_000_000,
        quorum=quorum,
        created_at=DEADLINE - timedelta(days=30),
        published_at=DEADLINE - timedelta(days=20),
        created_by=officer.id,
    )
    call.versions.append(
        CallVersion(
            number=1,
            rulebook=rules,
            frozen={"parameters": CITED | own},
            sha256=hashlib.sha256(rules.encode()).hexdigest(),
            published_at=DEADLINE - timedelta(days=20),
            published_by=officer.id,
        )
    )
    db.session.add(call)
    db.session.flush()
    return call


def sitting(
    made_one: Made, clock: Clock, kind: SittingKind = SittingKind.OPENING, present: Iterable[int] | None = None
) -> int:
    """A sitting begun by the president, of everyone who votes unless ``present`` says who."""
    there = sorted(made_one.voters if present is None else present)
    beginning = Beginning(kind, "Maribor, sejna soba 5", there)
    return sittings.start(act_as(clock, made_one.president), made_one.call, beginning, clock())


def checking(clock: Clock, count: int = 3, **parameters: Any) -> Made:
    """A call whose applications are opened, with no conflict and a sitting for the check running."""
    made_one = made(clock, count, CallState.CHECKING, **parameters)
    free(made_one, clock, made_one.voters)
    sitting(made_one, clock, SittingKind.CHECKING)
    return made_one
