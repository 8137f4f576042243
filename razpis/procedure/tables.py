"""What a workflow table is, and how a step is taken by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from razpis.procedure.problems import Problem, ProcedureError, Words
from razpis.procedure.roles import Role
from razpis.procedure.states import Guard
from razpis.procedure.words import ROLES

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)


_NOTHING = Words("še ne obstaja", "does not exist yet")


class StepRefused(ProcedureError):
    """The step is not in the table, or not for this role; ``problem.key`` says which."""


@dataclass(frozen=True, slots=True)
class Step(Generic[S, E]):
    """From a state (None: nothing yet) by an event of one of the roles to a state.

    ``guards`` name what the service has to find true first; ``document`` is what the step leaves in the case file.
    """

    source: S | None
    event: E
    roles: frozenset[Role]
    target: S
    guards: tuple[Guard, ...] = ()
    document: str = ""


@dataclass(frozen=True, slots=True)
class Table(Generic[S, E]):
    """All steps of one kind of thing. ``settled`` states need no more work, ``terminal`` ones have no step out."""

    name: Words
    state_words: Mapping[S, Words]
    event_words: Mapping[E, Words]
    steps: tuple[Step[S, E], ...]
    settled: frozenset[S]
    terminal: frozenset[S]

    def from_state(self, state: S | None) -> Iterator[Step[S, E]]:
        """The steps out of ``state``, in the order of the table."""
        return (step for step in self.steps if step.source is state)


def find(table: Table[S, E], state: S | None, event: E, role: Role) -> Step[S, E]:
    """The step of the table with its target, guards and document.

    :raises StepRefused: ``step_terminal`` where nothing leaves the state, ``step_unknown`` where this event does
        not, ``step_role`` where it is another's to take.
    """
    steps = tuple(table.from_state(state))
    for one in steps:
        if one.event is event:
            if role not in one.roles:
                raise StepRefused(_not_yours(table, one, role))
            return one
    raise StepRefused(_no_step(table, state, event) if steps else _over(table, state))


def step(table: Table[S, E], state: S | None, event: E, role: Role) -> S:
    """The state after ``event`` of ``role`` in ``state``; the caller has checked the guards.

    :raises StepRefused: as :func:`find` does.
    """
    return find(table, state, event, role).target


def allowed(table: Table[S, E], state: S | None, role: Role) -> tuple[E, ...]:
    """The events ``role`` may bring about in ``state``, in the order of the table; guards are not looked at."""
    return tuple(one.event for one in table.from_state(state) if role in one.roles)


def _not_yours(table: Table[S, E], one: Step[S, E], role: Role) -> Problem:
    event, who = table.event_words[one.event], ROLES[role]
    holders = [ROLES[holder] for holder in Role if holder in one.roles]
    return Problem(
        "step_role",
        f"Dejanja »{event.sl}« ne opravi {who.sl}. Opravi ga {' ali '.join(words.sl for words in holders)}.",
        f"'{event.en}' is not for the {who.en}. It is for the {' or the '.join(words.en for words in holders)}.",
    )


def _no_step(table: Table[S, E], state: S | None, event: E) -> Problem:
    words, where = table.event_words[event], _where(table, state)
    return Problem(
        "step_unknown",
        f"Dejanje »{words.sl}« v stanju »{where.sl}« ni mogoče. Preverite, kaj se je medtem spremenilo.",
        f"'{words.en}' is not possible in the state '{where.en}'. See what has changed meanwhile.",
    )


def _over(table: Table[S, E], state: S | None) -> Problem:
    where = _where(table, state)
    return Problem(
        "step_terminal",
        f"Stanje »{where.sl}« je končno; nobeno dejanje ni več mogoče.",
        f"The state '{where.en}' is final; nothing more can be done.",
    )


def _where(table: Table[S, E], state: S | None) -> Words:
    return _NOTHING if state is None else table.state_words[state]
