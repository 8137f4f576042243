"""Minutes of a sitting, drafted from the journal: who was there, what was found of which application, who left."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from razpis.engine.problems import Text
from razpis.models.base import canonical, db
from razpis.models.checking import FormalCheck, SupplementRequest
from razpis.models.journal import Event
from razpis.models.sittings import Minutes, MinutesSignature, Presence, Sitting
from razpis.procedure.checking import ASPECTS, Aspect
from razpis.procedure.commission import FUNCTIONS, CommissionFunction
from razpis.procedure.deadlines import local_time
from razpis.procedure.roles import Role
from razpis.procedure.sittings import SITTINGS
from razpis.procedure.words import APPLICATION_STATES
from razpis.services.actor import Actor
from razpis.services.applications import received
from razpis.services.errors import Forbidden, Invalid, Missing, Refused, Stale
from razpis.services.examination import checks
from razpis.services.records import journal
from razpis.services.records.journal import Subject
from razpis.services.rules.rulebooks import compiled
from razpis.services.sitting import exclusions, seated

LONGEST = 10_000

COURSE: Mapping[str, str] = {
    "sitting.start": "Seja se je začela.",
    "sitting.come": "Na sejo je prišla oseba: {person}.",
    "sitting.leave": "Sejo je zapustila oseba: {person}.",
    "sitting.end": "Seja se je končala.",
    "opening.open": "Komisija je vloge odprla po vrsti, kakor so prispele: {applications}.",
    "check.entitled": "Vloga {number}: {met} ({basis}).",
    "check.complete": "Vloga {number} je popolna.",
    "check.incomplete": "Vloga {number} je tudi po roku za dopolnitev nepopolna: {reason}.",
    "check.admit": "Vloga {number} izpolnjuje pogoje in se uvrsti v ocenjevanje.",
    "check.condition_failed": "Vloga {number} ne izpolnjuje pogoja: {conditions}. Razlogi: {reason}.",
    "supplement.ask": "Vloga {number} je nepopolna; komisija pozove k dopolnitvi: {items}.",
    "call.lock_marks": "Ocene vseh članov so zaklenjene.",
    "marks.agree": "Vloga {number}: za merilo »{title}« je dogovorjena vrednost {points}. Razlog: {reason}.",
    "evaluation.run": "Izid je izračunan po pravilih (izračun št. {run_number}).",
    "proposal.prepare": "Pripravljen je predlog prejemnikov št. {proposal} po izračunu št. {run}.",
    "proposal.sign": "Predlog št. {proposal} je podpisala oseba: {actor}{dissenting}.",
    "commission.recusal": "Vloga {number}: o izločitvi ({member}) je odločeno s sklepom {act}.",
}
"""The events that the minutes tell, each in a sentence."""


def draft(actor: Actor, sitting_id: int, remarks: str, now: datetime.datetime) -> Minutes:
    """Draft the minutes of a sitting that has ended, or draft them anew until somebody has signed.

    Raises :class:`Missing` for another commission's sitting, :class:`Refused` while it runs or once somebody has
    signed, :class:`Invalid` for remarks that are too long. Only the president and the secretary draft.
    """
    sitting = _locked(actor, sitting_id)
    if sitting.ended_at is None:
        raise Refused(Text("Zapisnik se sestavi po koncu seje.", "Minutes are drafted after the sitting has ended."))
    if any(one.signatures for one in sitting.minutes):
        raise Refused(Text("Zapisnik je že podpisan in se ne spremeni.", "The minutes are signed and do not change."))
    if len(remarks) > LONGEST:
        raise Invalid({"remarks": Text(f"Opomb je več kot {LONGEST} znakov.", "The remarks are too long.")})
    content = _content(sitting, remarks.strip())
    made = Minutes(
        number=len(sitting.minutes) + 1,
        content=content,
        sha256=hashlib.sha256(canonical(content).encode()).hexdigest(),
        drafted_at=now,
        drafted_by=actor.person,
    )
    sitting.minutes.append(made)
    db.session.flush()
    journal.record(actor, now, "minutes.draft", _subject(sitting), after={"number": made.number, "sha256": made.sha256})
    db.session.commit()
    return made


def sign(actor: Actor, minutes_id: int, sha256: str, now: datetime.datetime) -> None:
    """Confirm the minutes as read. Whoever was at the sitting signs, each once.

    Raises :class:`Stale` where the minutes were drafted anew since they were read, :class:`Forbidden` for whoever
    was not there.
    """
    found = db.session.scalar(select(Minutes).where(Minutes.id == minutes_id))
    if found is None:
        raise Missing
    seated.held(actor, found.sitting.call_id)
    sitting = db.session.scalars(
        select(Sitting)
        .where(Sitting.id == found.sitting_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if sitting.minutes[-1].id != found.id or found.sha256 != sha256:
        raise Stale(
            Text(
                "Zapisnik je bil medtem sestavljen znova. Preberite ga še enkrat.",
                "The minutes were drafted anew meanwhile. Read them once more.",
            )
        )
    if actor.person not in {one.user_id for one in sitting.presences}:
        raise Forbidden(Text("Zapisnik podpišejo le navzoči.", "Only those who were present sign the minutes."))
    if any(one.user_id == actor.person for one in found.signatures):
        raise Refused(Text("Zapisnik ste že podpisali.", "You have signed the minutes already."))
    found.signatures.append(MinutesSignature(user_id=actor.person, at=now))
    journal.record(actor, now, "minutes.sign", _subject(sitting), after={"sha256": sha256})
    db.session.commit()


def one(actor: Actor, sitting_id: int) -> tuple[Sitting, Minutes | None]:
    """A sitting and its last minutes, for the commission, the officer, the head and the auditor."""
    sitting = _found(sitting_id)
    if actor.roles.isdisjoint({Role.OFFICER, Role.SIGNATORY, Role.AUDITOR}):
        seated.held(actor, sitting.call_id)
    return sitting, sitting.minutes[-1] if sitting.minutes else None


def signed(sitting: Sitting) -> bool:
    """Whether everyone who was at the sitting has signed its last minutes."""
    if not sitting.minutes:
        return False
    return {one.user_id for one in sitting.presences} <= {one.user_id for one in sitting.minutes[-1].signatures}


def unsigned_by(sitting: Sitting) -> list[str]:
    """Names of those who were there and have not signed the last minutes."""
    done = {one.user_id for one in sitting.minutes[-1].signatures} if sitting.minutes else set()
    return list(dict.fromkeys(one.user.name for one in sitting.presences if one.user_id not in done))


def _content(sitting: Sitting, remarks: str) -> dict[str, Any]:
    call, lines = sitting.call, received.lines(sitting.call_id)
    assert sitting.ended_at is not None
    answers, asked = checks.of_call(call.id), _asked(call.id)
    functions = {seat.user_id: FUNCTIONS[seat.function][0] for seat in seated.of_call(call.id)}
    return {
        "call": {"title": call.title_sl, "reference": call.reference, "deadline": _moment(call.deadline)},
        "sitting": {
            "number": sitting.number,
            "kind": SITTINGS[sitting.kind].sl,
            "place": sitting.place,
            "public": sitting.open_to_public,
            "from": _moment(sitting.started_at),
            "to": _moment(sitting.ended_at),
        },
        "present": [
            {"name": one.user.name, "function": functions.get(one.user_id, ""), "from": _hour(one.came_at),
             "to": _hour(one.left_at)}
            for one in sitting.presences
        ],
        "absent": _absent(sitting),
        "stepped_out": _stepped_out(sitting, lines),
        "applications": [_row(line, answers.get(line.id, {}), asked.get(line.id, ())) for line in lines],
        "course": list(_course(sitting, lines)),
        "remarks": remarks,
    }  # fmt: skip


def _row(line: received.Line, answers: Mapping[Aspect, FormalCheck], asked: Sequence[str]) -> dict[str, Any]:
    return {
        "number": line.number,
        "name": line.name,
        "address": line.address,
        "registration_number": line.registration_number,
        "received": received.told(line),
        "marked": line.marked,
        "state": APPLICATION_STATES[line.state].sl,
        "missing": list(asked),
        **{aspect.value: _answer(aspect, answers.get(aspect)) for aspect in Aspect},
    }


def _answer(aspect: Aspect, check: FormalCheck | None) -> dict[str, Any] | None:
    if check is None:
        return None
    words = ASPECTS[aspect][0 if check.met else 1].sl
    return {"met": check.met, "words": words, "ground": check.ground, "article": check.article}


def _stepped_out(sitting: Sitting, lines: Sequence[received.Line]) -> list[dict[str, Any]]:
    """Who did not take part in which application: everyone excluded from it who was at the sitting."""
    known = exclusions.of_call(sitting.call_id)
    present = {one.user_id: one.user.name for one in sitting.presences}
    return [
        {"number": line.number, "name": line.name, "people": [name for who, name in present.items() if who in out]}
        for line in lines
        if line.id in known and (out := known[line.id].excluded & present.keys())
    ]


def _absent(sitting: Sitting) -> list[str]:
    present = {one.user_id for one in sitting.presences}
    return [seat.user.name for seat in seated.of_call(sitting.call_id) if seat.user_id not in present]


def _course(sitting: Sitting, lines: Sequence[received.Line]) -> Iterable[dict[str, str]]:
    """What the journal tells of the call between the beginning and the end, in its order."""
    numbers = {line.id: line.number for line in lines}
    titles = {one.key: one.rule.title.sl for one in compiled(sitting.call.rulebook).criteria}
    query = select(Event).where(
        Event.call_id == sitting.call_id,
        Event.at >= sitting.started_at,
        Event.at <= sitting.ended_at,
        Event.action.in_(COURSE),
    )
    for event in db.session.scalars(query.order_by(Event.number)):
        if event.subject == "sitting" and event.subject_id != sitting.id:
            continue
        values = {key: _words(value).removesuffix(".") for key, value in event.after.items()}
        values |= _told(event, titles)
        values["number"] = str(numbers.get(event.subject_id or 0, ""))
        yield {"at": _hour(event.at), "text": COURSE[event.action].format_map(_Blank(values)).replace(" (–)", "")}


def _told(event: Event, titles: Mapping[str, str]) -> dict[str, str]:
    """What a sentence says of an event that does not stand in it word by word."""
    after = event.after
    return {
        "met": "vložila jo je upravičena oseba" if after.get("met") else "vložila jo je neupravičena oseba",
        "title": titles.get(str(after.get("criterion")), "–"),
        "points": str(after.get("points", "–")).replace(".", ","),
        "run_number": str(after.get("number", "–")),
        "actor": event.actor,
        "dissenting": " z ločenim mnenjem" if after.get("dissent") else "",
    }


class _Blank(dict[str, str]):
    """Values of a sentence; what an event does not say is a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_words(one) for one in value)
    if isinstance(value, dict) and "number" in value:
        return f"{value['number']} ({'pravočasna' if value.get('in_time') else 'prepozna, ni odprta'})"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {one}" for key, one in value.items())
    return str(value) or "–"


def _asked(call_id: int) -> dict[int, list[str]]:
    """What was asked for of each application, by application."""
    query = select(SupplementRequest).options(selectinload(SupplementRequest.items))
    query = query.where(SupplementRequest.application.has(call_id=call_id)).order_by(SupplementRequest.id)
    found: dict[int, list[str]] = {}
    for request in db.session.scalars(query):
        found.setdefault(request.application_id, []).extend(item.deficiency for item in request.items)
    return found


def _found(sitting_id: int, lock: bool = False) -> Sitting:
    query = select(Sitting).where(Sitting.id == sitting_id)
    query = query.options(
        selectinload(Sitting.presences).joinedload(Presence.user),
        selectinload(Sitting.minutes).selectinload(Minutes.signatures).joinedload(MinutesSignature.user),
    )
    if lock:
        query = query.with_for_update(of=Sitting).execution_options(populate_existing=True)
    sitting = db.session.scalar(query)
    if sitting is None:
        raise Missing
    return sitting


def _locked(actor: Actor, sitting_id: int) -> Sitting:
    sitting = _found(sitting_id, lock=True)
    seat = seated.held(actor, sitting.call_id)
    if seat.function not in (CommissionFunction.PRESIDENT, CommissionFunction.SECRETARY):
        raise Forbidden(
            Text(
                "Zapisnik sestavi, kdor seji predseduje ali piše zapisnik.",
                "The president or the secretary drafts the minutes.",
            )
        )
    return sitting


def _moment(at: datetime.datetime | None) -> str:
    return "" if at is None else f"{local_time(at):%-d. %-m. %Y ob %H.%M}"


def _hour(at: datetime.datetime | None) -> str:
    return "" if at is None else f"{local_time(at):%H.%M}"


def _subject(sitting: Sitting) -> Subject:
    return Subject("sitting", sitting.id, sitting.call_id)
