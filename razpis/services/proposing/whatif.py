"""The what-if desk: budget, caps, thresholds and edge changed for a look at who would gain and lose. Never binding."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from razpis.engine import money
from razpis.engine.money import Number
from razpis.engine.problems import Problems, Text
from razpis.engine.rulebook import Rulebook, editing, load
from razpis.engine.rulebook.editing import Kind, Scalar
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.evaluations import EvaluationRun, RunKind
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.marking import mark_rules, material
from razpis.services.proposing import runs
from razpis.services.proposing.runs import Result
from razpis.services.records import readings
from razpis.services.records.journal import Subject
from razpis.services.rules.rulebooks import NAME, compiled
from razpis.services.sitting import seated

OPEN_IN = (CallState.AGREEING, CallState.PROPOSED, CallState.DECIDING)
PARTS = ("budget", "lots", "allocation", "thresholds")
MOST = 20
_MONEY = (Kind.EURO, Kind.NUMBER, Kind.PERCENT, Kind.WHOLE)
EDGE, EDGES = "allocation.edge", ("part", "skip", "stop")
_PART_WORDS = {
    "budget": Text("Razpisana sredstva", "Money announced"),
    "lots": Text("Sklop", "Lot"),
    "limits": Text("Omejitev", "Limit"),
    "thresholds": Text("Prag", "Threshold"),
    "allocation": Text("Razdelitev", "Allocation"),
}


@dataclass(frozen=True, slots=True)
class Knob:
    """A value of the rules that the desk may change: ``path`` with dots, its words, its value now as people write it;
    ``options`` where it is one of a few words."""

    path: str
    words: Text
    value: str
    kind: Kind
    options: tuple[str, ...] = ()

    @property
    def amount(self) -> bool:
        """Whether it is an amount of money."""
        return self.kind is Kind.EURO

    @staticmethod
    def cents(value: str) -> int:
        """An amount in euros, with a comma or a point, in cents."""
        return _cents(value.replace(",", "."))


@dataclass(frozen=True, slots=True)
class Shift:
    """One application by the call's rules and by the changed ones. ``label`` is a sign, or a name where asked for;
    ``key`` is blank where names are not told. Amounts are cents."""

    label: str
    key: str
    outcome: str
    outcome_then: str
    cents: int
    cents_then: int

    @property
    def change(self) -> int:
        """What it gains (or loses) in cents."""
        return self.cents_then - self.cents


@dataclass(frozen=True, slots=True)
class Comparison:
    """A simulation beside the result; ``shifts`` by what they gain, greatest first; ``changes``: what was changed, in
    words, from which value to which."""

    run: EvaluationRun
    changes: Sequence[tuple[Knob, str]]
    shifts: Sequence[Shift]
    spent: int
    spent_then: int

    @property
    def gainers(self) -> int:
        """How many applications would get more."""
        return sum(1 for one in self.shifts if one.change > 0)

    @property
    def losers(self) -> int:
        """How many applications would get less."""
        return sum(1 for one in self.shifts if one.change < 0)


def knobs(rulebook: Rulebook, text: str) -> list[Knob]:
    """What the desk can change in these rules."""
    found = [
        Knob(".".join(map(str, one.path)), _words(rulebook, one), _shown(one.value), one.kind)
        for one in editing.editable(text)
        if one.path[0] in PARTS and one.kind in _MONEY
    ]
    if rulebook.file.allocation is not None and "rank" in rulebook.by_fill:
        words = Text("Kaj se zgodi z vlogo, za katero sredstev ne ostane dovolj", "An application that does not fit")
        found.append(Knob(EDGE, words, rulebook.file.allocation.edge, Kind.TEXT, EDGES))
    return found


def desk(actor: Actor, call_id: int) -> tuple[Call, list[Knob], Sequence[EvaluationRun]]:
    """The desk of a call: what can be changed, and every simulation so far. Raises as :func:`simulate`."""
    call = db.session.get(Call, call_id)
    _refuse_others(actor, call)
    assert call is not None
    return call, knobs(compiled(call.rulebook), call.rulebook), runs.listed(call.id, RunKind.SIMULATION)


def simulate(actor: Actor, call_id: int, typed: Mapping[str, str], now: datetime.datetime) -> int:
    """Evaluate the call with these values (by path) in place of its own, and keep it as a simulation; its row's number.

    Raises :class:`Forbidden`, :class:`Invalid`, and :class:`Refused` before marks are locked or where the changed
    rules cannot be evaluated. Each run is in the journal and counted in the report.
    """
    call = calls.locked(call_id)
    _refuse_others(actor, call)
    changes = _changes(knobs(compiled(call.rulebook), call.rulebook), typed)
    try:
        rulebook = load(call.rulebook.encode(), NAME, changes)
    except Problems as problems:
        raise mark_rules.refused(problems) from None
    gathered = material.gather(call)
    run = runs.kept(actor, gathered, material.evaluated(gathered, rulebook), RunKind.SIMULATION, now, changes=changes)
    number = run.id
    db.session.commit()
    return number


def compared(actor: Actor, call_id: int, run_id: int, names: bool, now: datetime.datetime) -> Comparison:
    """A simulation beside the result by the call's own rules; with ``names`` the reading is noted.

    Raises :class:`Missing`, :class:`Forbidden`, and :class:`Refused` where there is no result yet.
    """
    call = db.session.get(Call, call_id)
    _refuse_others(actor, call)
    then = runs.result(call_id, run_id, RunKind.SIMULATION)
    newest = runs.latest(call_id)
    if newest is None:
        raise Refused(Text("Najprej izračunajte izid.", "Compute the result first."))
    base = runs.result(call_id, newest.id)
    if names:
        readings.note(actor, now, "simulation.names", Subject("call", call_id, call_id))
    assert call is not None
    known = {knob.path: knob for knob in knobs(compiled(call.rulebook), call.rulebook)}
    changes = [(known[path], value) for path, _, value in (one.partition("=") for one in then.run.changes)]
    return _compared(base, then, names, changes)


def _compared(base: Result, then: Result, names: bool, changes: Sequence[tuple[Knob, str]]) -> Comparison:
    later = {line["id"]: line for line in then.lines}
    signs = {key: f"V{at}" for at, key in enumerate(sorted((line["id"] for line in base.lines), key=_mixed), 1)}
    shifts = [
        Shift(
            line["name"] if names else signs[line["id"]],
            line["id"] if names else "",
            line["outcome"],
            later[line["id"]]["outcome"],
            _cents(line["award"]),
            _cents(later[line["id"]]["award"]),
        )
        for line in base.lines
        if line["id"] in later
    ]
    order = sorted(shifts, key=lambda one: (-one.change, len(one.label), one.label))
    return Comparison(then.run, changes, order, sum(one.cents for one in shifts), sum(one.cents_then for one in shifts))


def _changes(known: Sequence[Knob], typed: Mapping[str, str]) -> list[str]:
    """The values that differ from the call's, as the engine takes changes."""
    found, wrong = list[str](), dict[str, Text]()
    for knob in known:
        said = typed.get(knob.path, "").strip()
        if not said or said == knob.value:
            continue
        if knob.options:
            if said in knob.options:
                found.append(f"{knob.path}={said}")
            else:
                wrong[knob.path] = Text("Izberite eno od možnosti.", "Choose one of the options.")
            continue
        try:
            value = editing.typed(knob.kind, said)
            found += [f"{knob.path}={money.plain(value)}"] if isinstance(value, Number) else []
        except editing.Unfit as unfit:
            wrong[knob.path] = unfit.text
    if wrong:
        raise Invalid(wrong)
    if not found or len(found) > MOST:
        raise Invalid({"": Text("Spremenite vsaj eno vrednost.", "Change one value at least.")})
    return found


def _refuse_others(actor: Actor, call: Call | None) -> None:
    """The desk is for the president of the commission and the officer, once marks are locked."""
    if call is None:
        raise Missing
    if Role.OFFICER not in actor.roles and seated.held(actor, call.id).function is not CommissionFunction.PRESIDENT:
        raise Forbidden(
            Text(
                "Simulacije dela, kdor komisiji predseduje, ali skrbnik razpisa.",
                "The president and the officer run simulations.",
            )
        )
    if call.state not in OPEN_IN:
        raise Refused(
            Text("Simulacija je mogoča, ko so ocene zaklenjene.", "Simulations are possible once the marks are locked.")
        )


def _words(rulebook: Rulebook, one: Scalar) -> Text:
    """A part of the rules in words: ``Omejitev »Najvišji znesek«: znesek``."""
    path = one.path
    if path == ("budget",):
        return _PART_WORDS["budget"]
    kind = str(path[1]) if path[0] == "allocation" and len(path) > 2 else str(path[0])
    words = _PART_WORDS.get(kind, _PART_WORDS["allocation"])
    title = _title(rulebook, path)
    if title is not None:
        words = Text(f"{words.sl} »{title.sl}«", f"{words.en} '{title.en}'")
    elif path[0] == "thresholds" and isinstance(path[1], int):
        words = Text(f"{words.sl} {path[1] + 1}", f"{words.en} {path[1] + 1}")
    return words + Text(f": {one.words.sl}", f": {one.words.en}")


def _title(rulebook: Rulebook, path: Sequence[str | int]) -> Text | None:
    allocation = rulebook.file.allocation
    if path[0] == "lots" and len(path) > 2:
        return rulebook.file.lots[str(path[1])].title
    if path[:2] == ("allocation", "limits") and allocation is not None:
        return allocation.limits[str(path[2])].title
    if path[0] == "thresholds" and isinstance(path[1], int):
        return _counted(rulebook, rulebook.file.thresholds[path[1]].of)
    return None


def _counted(rulebook: Rulebook, of: str | None) -> Text | None:
    """What a threshold is set against: the total, a section or a criterion."""
    if of == "total":
        return Text("skupno število točk", "total points")
    part = rulebook.file.sections.get(of or "") or rulebook.file.criteria.get(of or "")
    return part.title if part is not None else None


def _shown(value: str | Number) -> str:
    return value if isinstance(value, str) else money.plain(value).replace(".", ",")


def _mixed(key: str) -> str:
    """An order that says nothing of who applied when."""
    return hashlib.sha256(f"what-if:{key}".encode()).hexdigest()


def _cents(euros: str) -> int:
    return money.to_cents(money.parse_number(euros))
