"""The life of a call as a list: what is done, what is now, what is to come, what each step needs and produces."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from razpis.procedure.problems import Words
from razpis.procedure.states import CallEvent, CallState
from razpis.procedure.words import GUARDS
from razpis.procedure.workflow import CALL
from razpis.services.calls.calls import Call

When = Literal["done", "now", "ahead"]
_ASIDE = (CallState.SUSPENDED, CallState.CANCELLED)
_NOT_ONWARD = (CallEvent.CANCEL, CallEvent.SUSPEND, CallEvent.AMEND)


@dataclass(frozen=True, slots=True)
class Stage:
    """A state on the way; ``needs`` and ``document`` are of the step out of it."""

    state: CallState
    words: Words
    when: When
    at: datetime.datetime | None
    until: datetime.datetime | None
    needs: tuple[Words, ...]
    document: str


def timeline(call: Call, state: CallState) -> list[Stage]:
    """The stages in their order. A call put aside shows none of them as now, a cancelled one nothing to come."""
    way = [one for one in CallState if one not in _ASIDE]
    here = way.index(state) if state in way else way.index(CallState.PUBLISHED) if call.published_at else 0
    shown = way[: here + 1] if state is CallState.CANCELLED else way
    return [_stage(call, one, _when(at, here, state)) for at, one in enumerate(shown)]


def _when(at: int, here: int, state: CallState) -> When:
    if at == here and state not in _ASIDE:
        return "now"
    return "done" if at < here or (at == here and state in _ASIDE) else "ahead"


def _stage(call: Call, state: CallState, when: When) -> Stage:
    order = list(CallState)
    onward = [
        step
        for step in CALL.from_state(state)
        if step.event not in _NOT_ONWARD and order.index(step.target) > order.index(state)
    ]
    guards = onward[0].guards if onward else ()
    begun = {
        CallState.DRAFT: _to_minute(call.created_at),
        CallState.PUBLISHED: _to_minute(call.published_at),
        CallState.CLOSED: call.deadline,
    }
    return Stage(
        state=state,
        words=CALL.state_words[state],
        when=when,
        at=begun.get(state),
        until=call.deadline if state is CallState.PUBLISHED else None,
        needs=tuple(GUARDS[guard] for guard in guards),
        document=onward[0].document if onward else "",
    )


def _to_minute(at: datetime.datetime | None) -> datetime.datetime | None:
    """A moment that nobody has to keep, without its seconds."""
    return None if at is None else at.replace(second=0, microsecond=0)
