"""The facts of a commission's report told a second time, from the journal's events alone, and compared with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.journal import Event
from razpis.procedure.states import ApplicationState
from razpis.services.errors import Refused
from razpis.services.proposing import result_facts
from razpis.services.proposing.proposal_report import LEFT_OUT

FACTS: Mapping[str, Text] = {
    "run": Text("izračun izida", "the computation"),
    "commission": Text("sestava komisije", "the commission"),
    "sittings": Text("seje in navzoči", "sittings and those present"),
    "adopted": Text("seja, na kateri je predlog sprejet", "the sitting that adopts the proposal"),
    "exclusions": Text("izločitve", "exclusions"),
    "opened": Text("odprte vloge", "applications opened"),
    "left_out": Text("vloge, ki niso bile ocenjene", "applications not scored"),
    "marks": Text("število ocen", "the number of marks"),
    "draws": Text("žrebi", "draws"),
    "agreed": Text("dogovorjene vrednosti", "agreed values"),
    "reopened": Text("odprti ocenjevalni listi", "sheets opened again"),
    "simulations": Text("simulacije", "simulations"),
    "lines": Text("točke, mesta in zneski", "points, places and amounts"),
    "lots": Text("sredstva po sklopih", "the money of the lots"),
    "reserve": Text("rezervni seznam", "the reserve list"),
    "certificate": Text("potrdilo o izidu", "the certificate"),
    "proposal": Text("odtis predloga", "the proposal's hash"),
}
"""What is told twice, in words."""
Facts = dict[str, Any]


def of_report(report: Mapping[str, Any]) -> Facts:
    """The facts as the report tells them, in the shape of :func:`of_journal`; all but ``proposal``."""
    return {
        "run": [report["run"]["number"], report["run"]["sha256"]],
        "commission": sorted([one["person"], one["function"], one["act"]] for one in report["commission"]),
        "sittings": [[one["kind"], one["at"], sorted(one["present"])] for one in report["sittings"]],
        "adopted": [report["adopted"]["sitting"], sorted(report["adopted"]["present"])],
        "exclusions": sorted([one["number"], one["person"], one["ground"]] for one in report["exclusions"]),
        "opened": list(report["opened"]),
        "left_out": sorted([one["number"], one["state"]] for one in report["left_out"]),
        "marks": sorted([one["person"], one["given"]] for one in report["marks"]),
        "draws": [[one["tie"], list(one["order"]), one["seed"]] for one in report["draws"]],
        "agreed": report["agreed"],
        "reopened": [[one["number"], one["reason"]] for one in report["reopened"]],
        "simulations": [[one["number"], list(one["changes"])] for one in report["simulations"]],
    } | result_facts.of_report(report)


def of_journal(call_id: int, proposal: int | None = None) -> Facts:
    """The facts as the journal tells them, event by event; up to the preparing of ``proposal``, where one is named.

    Of the other tables only the numbers of applications are read, which people know them by, and the document of the
    run whose hash the journal keeps. Three queries.
    """
    told = _Told({row[0]: row[1] for row in db.session.execute(_numbers(call_id))})
    query = select(Event).where(Event.call_id == call_id).order_by(Event.number)
    for event in db.session.scalars(query):
        if event.action == "proposal.prepare" and event.after["proposal"] == proposal:
            return told.facts() | result_facts.of_run(call_id, told.run) | {"proposal": event.after["sha256"]}
        reader = _READERS.get(event.action)
        if reader is not None:
            reader(told, event)
        if event.subject == "application" and "state" in event.after:
            told.states[event.subject_id or 0] = event.after["state"]
    return told.facts() | result_facts.of_run(call_id, told.run)


def differing(one: Facts, other: Facts) -> list[Text]:
    """What the two tell differently, in words."""
    return [words for key, words in FACTS.items() if one.get(key) != other.get(key)]


def refuse_differing(one: Facts, other: Facts) -> None:
    """Raises :class:`Refused` where the report and the journal differ, with what differs."""
    found = differing(one, other)
    if found:
        raise Refused(
            Text(
                f"Poročilo se ne ujema z dnevnikom postopka ({', '.join(words.sl for words in found)}). Predloga zato "
                "ni mogoče predati. Pripravite nov predlog; če se razlika ponovi, naj dnevnik preveri upravitelj.",
                f"The report differs from the journal ({', '.join(words.en for words in found)}), so the proposal "
                "cannot be handed over. Prepare a new one; if it differs again, have the journal checked.",
            )
        )


@dataclass(slots=True)
class _Told:
    """What the events have told so far. Applications by their row, people by theirs."""

    numbers: Mapping[int, int]
    run: list[Any] = field(default_factory=list)
    seats: list[tuple[int, str, str]] = field(default_factory=list)
    sittings: dict[int, list[Any]] = field(default_factory=dict)
    running: list[Any] = field(default_factory=list)
    conflicts: dict[tuple[int, int], str] = field(default_factory=dict)
    opened: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)
    states: dict[int, str] = field(default_factory=dict)
    marks: dict[int, set[str]] = field(default_factory=dict)
    seed: str = ""
    draws: list[list[Any]] = field(default_factory=list)
    agreed: set[tuple[int, str]] = field(default_factory=set)
    reopened: list[list[Any]] = field(default_factory=list)
    simulations: list[list[Any]] = field(default_factory=list)

    def facts(self) -> Facts:
        """As :func:`of_report` tells them."""
        ended = [[self.numbers[one], state] for one, state in self.states.items() if state in _ENDED]
        over = {number for number, _ in ended}
        late = [[number, ApplicationState.LATE.value] for number in self.late if number not in over]
        return {
            "run": self.run,
            "commission": sorted(list(seat) for seat in self.seats),
            "sittings": [[kind, at, sorted(set(people))] for kind, at, people in self.sittings.values()],
            "adopted": self.running,
            "exclusions": sorted([self.numbers[one], who, ground] for (one, who), ground in self.conflicts.items()),
            "opened": sorted(self.opened),
            "left_out": sorted(late + ended),
            "marks": sorted([person, len(places)] for person, places in self.marks.items()),
            "draws": self.draws,
            "agreed": len(self.agreed),
            "reopened": self.reopened,
            "simulations": self.simulations,
        }


_ENDED = frozenset(state.value for state in LEFT_OUT) - {ApplicationState.LATE.value}


def _appointed(told: _Told, event: Event) -> None:
    told.seats.append((event.after["user"], event.after["function"], event.after["act"]))


def _released(told: _Told, event: Event) -> None:
    left = (event.before["user"], event.before["function"])
    found = next((seat for seat in told.seats if seat[:2] == left), None)
    if found is not None:
        told.seats.remove(found)


def _begun(told: _Told, event: Event) -> None:
    told.sittings[event.subject_id or 0] = [event.after["kind"], event.at.isoformat(), list(event.after["present"])]
    told.running = [len(told.sittings), sorted(event.after["present"])]


def _came(told: _Told, event: Event) -> None:
    told.sittings[event.subject_id or 0][2] += event.after["person"]
    told.running[1] = sorted([*told.running[1], *event.after["person"]])


def _left(told: _Told, event: Event) -> None:
    for name in event.after["person"]:
        told.running[1].remove(name)


def _risen(told: _Told, event: Event) -> None:
    told.running = []


def _declared(told: _Told, event: Event) -> None:
    for application, ground in event.after["conflicts"].items():
        told.conflicts[int(application), event.actor_id or 0] = ground


def _decided(told: _Told, event: Event) -> None:
    if not event.after["excluded"]:
        told.conflicts.pop((event.subject_id or 0, event.after["person"]), None)


def _opened(told: _Told, event: Event) -> None:
    for one in event.after["applications"]:
        (told.opened if one["in_time"] else told.late).append(one["number"])


def _marked(told: _Told, event: Event) -> None:
    told.marks.setdefault(event.actor_id or 0, set()).update(event.after["marks"])


def _seeded(told: _Told, event: Event) -> None:
    told.seed = event.after["seed"]


def _ran(told: _Told, event: Event) -> None:
    told.run = [event.after["number"], event.after["sha256"]]
    if "tie" in event.after:
        told.draws.append([event.after["tie"], event.after["order"], told.seed])


def _agreed(told: _Told, event: Event) -> None:
    told.agreed.add((event.subject_id or 0, event.after["criterion"]))


def _unagreed(told: _Told, event: Event) -> None:
    told.agreed -= {(event.subject_id or 0, criterion) for criterion in event.after["agreed"]}


def _reopened(told: _Told, event: Event) -> None:
    _unagreed(told, event)
    told.reopened.append([told.numbers[event.subject_id or 0], event.after["reason"]])


def _simulated(told: _Told, event: Event) -> None:
    told.simulations.append([event.after["number"], event.after.get("changes", [])])


_READERS: Mapping[str, Callable[[_Told, Event], None]] = {
    "call.appoint": _appointed,
    "call.release": _released,
    "sitting.start": _begun,
    "sitting.come": _came,
    "sitting.leave": _left,
    "sitting.end": _risen,
    "commission.declare": _declared,
    "commission.recusal": _decided,
    "opening.open": _opened,
    "marks.save": _marked,
    "marks.agree": _agreed,
    "marks.reopen": _reopened,
    "marks.call_in": _unagreed,
    "marks.open_for_missing": _unagreed,
    "draw.seed": _seeded,
    "evaluation.run": _ran,
    "evaluation.simulate": _simulated,
}
"""What each event adds to the facts; the others add nothing."""


def _numbers(call_id: int) -> Any:
    return select(Application.id, Application.number).where(Application.call_id == call_id)
