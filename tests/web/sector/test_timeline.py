"""The timeline of a call: what is done, what is now, what is to come, and what each step needs."""

from __future__ import annotations

from datetime import UTC, datetime

from razpis.models.calls import Call
from razpis.procedure.states import CallState
from razpis.web.sector.timeline import Stage, timeline

MADE, PUBLISHED, DEADLINE = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3))


def stages(state: CallState, published: datetime | None = PUBLISHED) -> dict[CallState, Stage]:
    call = Call(state=state, created_at=MADE, published_at=published, deadline=DEADLINE)
    return {stage.state: stage for stage in timeline(call, state)}


def test_stages_before_now_are_done_and_those_after_are_to_come() -> None:
    found = stages(CallState.PUBLISHED)
    whens = [stage.when for stage in found.values()]
    assert whens == ["done"] * 3 + ["now"] + ["ahead"] * 12
    assert (found[CallState.DRAFT].at, found[CallState.PUBLISHED].at) == (MADE, PUBLISHED)
    assert (found[CallState.PUBLISHED].until, found[CallState.CLOSED].at) == (DEADLINE, DEADLINE)


def test_a_step_says_what_it_needs_and_what_it_leaves() -> None:
    found = stages(CallState.DRAFT, None)
    assert [words.sl for words in found[CallState.CONFIRMED].needs] == [
        "vsak rok ima naveden člen",
        "rok je delovni dan in dovolj oddaljen",
        "besedilo, merila in obrazci so zaklenjeni",
    ]
    assert found[CallState.CONFIRMED].document == "javni razpis"
    assert found[CallState.PROPOSED].needs == ()
    assert (found[CallState.ARCHIVED].needs, found[CallState.ARCHIVED].document) == ((), "")


def test_a_call_put_aside_is_nowhere_on_the_way() -> None:
    whens = {stage.when for stage in stages(CallState.SUSPENDED).values()}
    assert whens == {"done", "ahead"}
    assert stages(CallState.SUSPENDED)[CallState.PUBLISHED].when == "done"
    assert [(one, stage.when) for one, stage in stages(CallState.CANCELLED, None).items()] == [
        (CallState.DRAFT, "done")
    ]
    assert list(stages(CallState.CANCELLED))[-1] is CallState.PUBLISHED


def test_seconds_are_told_of_the_deadline_alone() -> None:
    at = datetime(2026, 2, 1, 8, 39, 57, tzinfo=UTC)
    call = Call(state=CallState.PUBLISHED, created_at=at, published_at=at, deadline=at)
    found = {stage.state: stage for stage in timeline(call, CallState.PUBLISHED)}
    minute = datetime(2026, 2, 1, 8, 39, tzinfo=UTC)
    assert (found[CallState.DRAFT].at, found[CallState.PUBLISHED].at) == (minute, minute)
    assert (found[CallState.PUBLISHED].until, found[CallState.CLOSED].at) == (at, at)
