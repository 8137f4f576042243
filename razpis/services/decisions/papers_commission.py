"""Papers of the commission's work: orders on exclusions, and minutes of its sittings."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased, contains_eager, selectinload

from razpis.documents.act import Act, Body, Row
from razpis.documents.acts_of_commission import Exclusion, MinutesOf
from razpis.engine.problems import Text
from razpis.models.accounts import User
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Seat
from razpis.models.sittings import Declaration, Minutes, MinutesSignature, Presence, Recusal, Sitting
from razpis.procedure.acts import Kind
from razpis.procedure.commission import FUNCTIONS, CommissionFunction
from razpis.procedure.conflicts import GROUNDS
from razpis.procedure.sittings import SITTINGS, SittingKind
from razpis.services.decisions.paper_room import Draft, Gaps, Room, day_of, signer
from razpis.services.decisions.papers_call import day_in


def exclusions(room: Room) -> Iterator[Draft]:
    """One order for each decision of the head on a declared conflict."""
    functions = {seat.user_id: seat.function for seat in room.call.seats}
    substitute = aliased(User)
    query = (
        select(Recusal)
        .join(Recusal.declaration)
        .join(Declaration.application)
        .outerjoin(substitute, Recusal.substitute)
        .options(
            contains_eager(Recusal.declaration)
            .contains_eager(Declaration.application)
            .joinedload(Application.organisation),
            contains_eager(Recusal.declaration)
            .contains_eager(Declaration.application)
            .joinedload(Application.envelope),
            contains_eager(Recusal.declaration).joinedload(Declaration.user),
            contains_eager(Recusal.substitute.of_type(substitute)),
        )
        .where(Application.call_id == room.call.id)
        .order_by(Recusal.decided_at, Recusal.id)
    )
    for one in db.session.scalars(query):
        said = one.declaration
        people = tuple(person for person in (said.user_id, one.substitute_id) if person is not None)
        about = f"{said.user.name}, vloga {said.application.number}"
        make = partial(_exclusion, room, one, functions.get(said.user_id))
        yield Draft(Kind.EXCLUSION, str(one.id), about, make, people=people)


def minutes(room: Room) -> Iterator[Draft]:
    """Minutes of every sitting."""
    query = select(Sitting).where(Sitting.call_id == room.call.id).order_by(Sitting.number)
    query = query.options(
        selectinload(Sitting.presences).joinedload(Presence.user),
        selectinload(Sitting.minutes).selectinload(Minutes.signatures).joinedload(MinutesSignature.user),
    )
    functions = functions_of(room.call.seats)
    for sitting in db.session.scalars(query):
        about = f"{sitting.number}. seja, {SITTINGS[sitting.kind].sl}"
        if not sitting.minutes:
            yield Draft(Kind.MINUTES, "", about, None, Text("zapisnik še ni sestavljen", "not drafted yet"))
        else:
            yield Draft(Kind.MINUTES, str(sitting.number), about, partial(_minutes, room, sitting, functions))


def _exclusion(room: Room, one: Recusal, function: CommissionFunction | None) -> Act:
    said, gaps = one.declaration, Gaps()
    assert said.ground is not None
    ground = GROUNDS[said.ground]
    application = said.application
    body = Exclusion(
        person=said.user.name,
        function="" if function is None else FUNCTIONS[function][0],
        number=application.number or 0,
        applicant=applicant_of(application),
        ground=ground.text.sl,
        article=ground.article,
        explanation=said.explanation,
        declared_on=day_of(said.at),
        excluded=one.excluded,
        substitute=one.substitute.name if one.substitute else "",
        reason=one.reason,
    )
    if not body.function:
        gaps.add("oseba nima sedeža v komisiji", "the person has no seat in the commission")
    number = gaps.text(one.act, "številka sklepa", "number of the order")
    return room.act(gaps, "Sklep o izločitvi", body, number, day_in(one.decided_at), led_by=None)


def _minutes(room: Room, sitting: Sitting, functions: Mapping[int, str]) -> Act:
    last = sitting.minutes[-1]
    told, signed = last.content, {one.user_id: one.at for one in last.signatures}
    applications = told["applications"]
    body = MinutesOf(
        number=sitting.number,
        what=told["sitting"]["kind"],
        place=told["sitting"]["place"],
        public=told["sitting"]["public"],
        begun=told["sitting"]["from"],
        ended=told["sitting"]["to"],
        deadline=told["call"]["deadline"],
        present=tuple(Row((one["name"], one["function"], one["from"], one["to"] or "–")) for one in told["present"]),
        absent=tuple(told["absent"]),
        stepped_out=tuple(
            f"{', '.join(one['people'])}: vloga {one['number']} ({one['name']})" for one in told["stepped_out"]
        ),
        received=len(applications),
        applications=tuple(_received(one) for one in applications),
        missing=tuple(Row((named(one), "\n".join(one["missing"]))) for one in applications if one["missing"]),
        unopened=tuple(f"{named(one)}: {why}" for one in applications if (why := _unopened(one))),
        complete=_count(applications, "complete", True),
        incomplete=_count(applications, "complete", False),
        dismissed=sum(_answered(one, "timely") is False or _answered(one, "entitled") is False for one in applications),
        course=tuple(Row((one["at"], one["text"])) for one in told["course"]),
        remarks=tuple(line for line in told["remarks"].split("\n") if line.strip()),
        sha256=last.sha256,
    )
    people = dict.fromkeys((one.user_id, one.user.name) for one in sitting.presences)
    signers = [(name, functions.get(who, ""), signed.get(who)) for who, name in people]
    opening = sitting.kind is SittingKind.OPENING
    subject = "Zapisnik o odpiranju vlog" if opening else f"Zapisnik {sitting.number}. seje"
    return record(room, subject, body, last.drafted_at, signers)


def _received(one: Mapping[str, Any]) -> Row:
    seat = ", ".join(
        filter(None, (one["address"], f"matična {one['registration_number']}" if one["registration_number"] else ""))
    )
    marked = "" if one["marked"] else "; ovojnica ni označena"
    return Row(
        (
            f"{named(one)}\n{seat}",
            one["received"] + marked,
            *(_answer(one[aspect]) for aspect in ("timely", "entitled", "complete")),
        )
    )


def named(one: Mapping[str, Any]) -> str:
    """An application by its number and applicant."""
    return f"{one['number']}. {one['name']}"


def _answer(answer: Mapping[str, Any] | None) -> str:
    if answer is None:
        return "–"
    found = "Da" if answer["met"] else f"Ne: {answer['ground']}"
    return f"{found} ({answer['article']})" if answer["article"] else found


def _answered(one: Mapping[str, Any], aspect: str) -> bool | None:
    return None if one[aspect] is None else bool(one[aspect]["met"])


def _unopened(one: Mapping[str, Any]) -> str:
    if _answered(one, "timely") is False:
        return "prepozna, se ne odpre"
    return "" if one["marked"] else "ovojnica ni označena"


def _count(applications: Sequence[Mapping[str, Any]], aspect: str, met: bool) -> int:
    return sum(_answered(one, aspect) is met for one in applications)


def record(
    room: Room,
    subject: str,
    body: Body,
    at: datetime.datetime,
    people: Iterable[tuple[str, str, datetime.datetime | None]],
    gaps: Gaps | None = None,
) -> Act:
    """A record with the number of the case: everyone signs (name, function, when); final once all have."""
    signed = tuple(people)
    more = {
        "led_by": None,
        "issued_by": None,
        "signers": tuple(signer(*one) for one in signed),
        "final": bool(signed) and all(when is not None for _, _, when in signed),
    }
    return room.act(gaps or Gaps(), subject, body, "", day_in(at), **more)


def applicant_of(application: Application) -> str:
    """The name of the applicant, or of the sender on the envelope."""
    if application.organisation is not None:
        return application.organisation.name
    return application.envelope.sender if application.envelope is not None else ""


def functions_of(seats: Sequence[Seat]) -> dict[int, str]:
    """What each person is in the commission, by their number."""
    return {seat.user_id: FUNCTIONS[seat.function][0] for seat in seats}
