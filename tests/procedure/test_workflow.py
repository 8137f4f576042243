"""The tables of the call and the application: whole, without dead ends, and refusing what is not in them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.procedure import words
from razpis.procedure.problems import Problem, Words
from razpis.procedure.roles import Role
from razpis.procedure.workflow import (
    APPLICATION,
    CALL,
    ApplicationEvent,
    ApplicationState,
    CallEvent,
    CallState,
    Guard,
    StepRefused,
    Table,
    allowed,
    find,
    step,
)

TABLES = [(CALL, CallState, CallEvent), (APPLICATION, ApplicationState, ApplicationEvent)]
EVERY = pytest.mark.parametrize(("table", "states", "events"), TABLES, ids=["call", "application"])
LABELS = [
    (words.ROLES, Role),
    (words.CALL_STATES, CallState),
    (words.CALL_EVENTS, CallEvent),
    (words.APPLICATION_STATES, ApplicationState),
    (words.APPLICATION_EVENTS, ApplicationEvent),
    (words.GUARDS, Guard),
]


def refusal(table: Table, state: StrEnum | None, event: StrEnum, role: Role) -> Problem:
    """Why the step is refused."""
    with pytest.raises(StepRefused) as caught:
        step(table, state, event, role)
    return caught.value.problem


def reached(table: Table, start: StrEnum | None) -> set[StrEnum]:
    """Every state some steps lead to from ``start``."""
    seen: set[StrEnum] = set()
    waiting = [start]
    while waiting:
        for one in table.from_state(waiting.pop()):
            if one.target not in seen:
                seen.add(one.target)
                waiting.append(one.target)
    return seen


# The tables


@EVERY
def test_every_state_is_reached(table: Table, states: type[StrEnum], events: type[StrEnum]) -> None:
    assert reached(table, None) == set(states)


@EVERY
def test_only_terminal_states_have_no_way_out(table: Table, states: type[StrEnum], events: type[StrEnum]) -> None:
    assert {state for state in states if not list(table.from_state(state))} == table.terminal
    assert table.terminal <= table.settled


@EVERY
def test_every_state_can_come_to_an_end(table: Table, states: type[StrEnum], events: type[StrEnum]) -> None:
    stuck = [state for state in states if state not in table.settled and not table.settled & reached(table, state)]
    assert stuck == []


@EVERY
def test_every_event_has_its_actor(table: Table, states: type[StrEnum], events: type[StrEnum]) -> None:
    assert {one.event for one in table.steps} == set(events)
    assert [one for one in table.steps if not one.roles] == []


@EVERY
def test_an_event_leads_from_a_state_to_one_state(table: Table, states: type[StrEnum], events: type[StrEnum]) -> None:
    ways = [(one.source, one.event) for one in table.steps]
    assert len(ways) == len(set(ways))


def test_every_guard_stands_before_a_step() -> None:
    used = {guard for table in (CALL, APPLICATION) for one in table.steps for guard in one.guards}
    assert used == set(Guard)


@pytest.mark.parametrize(("labels", "names"), LABELS, ids=lambda value: getattr(value, "__name__", ""))
def test_everything_has_its_words(labels: Mapping[StrEnum, Words], names: type[StrEnum]) -> None:
    assert list(labels) == list(names)
    assert len({text.sl for text in labels.values()}) == len(names)
    assert len({text.en for text in labels.values()}) == len(names)


def test_auditor_and_administrator_take_no_step() -> None:
    acting = {role for table in (CALL, APPLICATION) for one in table.steps for role in one.roles}
    assert set(Role) - acting == {Role.AUDITOR, Role.ADMINISTRATOR, Role.SECOND_INSTANCE}


# What must never happen


def test_only_the_clock_closes_a_call_and_nothing_is_opened_before() -> None:
    assert [one.roles for one in CALL.steps if one.target is CallState.CLOSED] == [{Role.SYSTEM}]
    assert [one.source for one in CALL.steps if one.target is CallState.OPENING] == [CallState.CLOSED]
    into = [one for one in APPLICATION.steps if one.target is ApplicationState.OPENED]
    assert [(one.source, one.guards) for one in into] == [
        (ApplicationState.SUBMITTED, (Guard.OPENING_SESSION,)),
        (ApplicationState.DISMISSED_LATE, (Guard.OBVIOUS_MISTAKE,)),
    ]


def test_only_the_signatory_decides() -> None:
    decided = APPLICATION.settled - {ApplicationState.WITHDRAWN, ApplicationState.EXPIRED}
    assert {role for one in APPLICATION.steps if one.target in decided for role in one.roles} == {Role.SIGNATORY}


def test_money_is_granted_only_with_reasons_agreement_and_funds() -> None:
    granted = {ApplicationState.GRANTED, ApplicationState.PARTLY_GRANTED}
    guards = {one.guards for one in APPLICATION.steps if one.target in granted}
    assert guards == {(Guard.REASONED_PER_CRITERION, Guard.OPERATIVE_PART_AGREES, Guard.WITHIN_BUDGET)}


def test_a_decision_falls_only_by_a_remedy_and_a_remitted_application_is_decided_by_the_same_guards() -> None:
    taken = [one for one in APPLICATION.steps if one.event in (ApplicationEvent.REMIT, ApplicationEvent.ANNUL)]
    assert {(one.guards, one.roles) for one in taken} == {
        ((Guard.REMEDY_UPHELD, Guard.REASON_GIVEN), frozenset({Role.SIGNATORY}))
    }
    decided = APPLICATION.settled - {ApplicationState.WITHDRAWN, ApplicationState.EXPIRED, ApplicationState.ANNULLED}
    back = {one.source: one.target for one in taken if one.event is ApplicationEvent.REMIT}
    assert {one.source for one in taken if one.event is ApplicationEvent.ANNUL} == decided | set(back.values())
    assert set(back) == decided - {ApplicationState.DISCONTINUED}
    again = {(one.source, one.target) for one in APPLICATION.steps}
    assert [state for state, before in back.items() if (before, state) not in again] == []


def test_scores_are_reopened_only_with_a_reason() -> None:
    back = [one.guards for one in APPLICATION.steps if one.event is ApplicationEvent.REOPEN_SCORE]
    assert back == [(Guard.REASON_GIVEN,)]
    assert find(CALL, CallState.AGREEING, CallEvent.REOPEN_SCORING, Role.PRESIDENT).guards == (Guard.REASON_GIVEN,)


def test_a_call_is_cancelled_up_to_the_decisions_and_not_after() -> None:
    sources = [one.source for one in CALL.steps if one.event is CallEvent.CANCEL]
    assert sources == list(CallState)[: list(CallState).index(CallState.DECIDING) + 1]


def test_an_accepted_proposal_goes_back_only_with_reasons_and_before_anything_is_released() -> None:
    back = find(CALL, CallState.DECIDING, CallEvent.RETURN_PROPOSAL, Role.SIGNATORY)
    assert back.guards == (Guard.REASON_GIVEN, Guard.NOTHING_RELEASED)


# Steps


@pytest.mark.parametrize(
    ("state", "event", "role", "target"),
    [
        (None, CallEvent.CREATE, Role.OFFICER, CallState.DRAFT),
        (CallState.CONFIRMED, CallEvent.PUBLISH, Role.OFFICER, CallState.PUBLISHED),
        (CallState.PUBLISHED, CallEvent.AMEND, Role.OFFICER, CallState.PUBLISHED),
        (CallState.PUBLISHED, CallEvent.CLOSE, Role.SYSTEM, CallState.CLOSED),
        (CallState.SUSPENDED, CallEvent.RESUME, Role.SIGNATORY, CallState.PUBLISHED),
        (CallState.SUSPENDED, CallEvent.RESUME_UNPUBLISHED, Role.SIGNATORY, CallState.CONFIRMED),
        (CallState.PROPOSED, CallEvent.RETURN_PROPOSAL, Role.SIGNATORY, CallState.AGREEING),
        (CallState.DECIDING, CallEvent.RETURN_PROPOSAL, Role.SIGNATORY, CallState.AGREEING),
        (CallState.REMEDIES, CallEvent.FINISH_REMEDIES, Role.OFFICER, CallState.CONTRACTS),
    ],
)
def test_steps_of_a_call(state: CallState | None, event: CallEvent, role: Role, target: CallState) -> None:
    assert step(CALL, state, event, role) is target


PATH = [
    (ApplicationEvent.START, Role.APPLICANT, ApplicationState.DRAFT),
    (ApplicationEvent.SUBMIT, Role.APPLICANT, ApplicationState.SUBMITTED),
    (ApplicationEvent.REPLACE, Role.APPLICANT, ApplicationState.SUBMITTED),
    (ApplicationEvent.OPEN, Role.PRESIDENT, ApplicationState.OPENED),
    (ApplicationEvent.ASK_SUPPLEMENT, Role.MEMBER, ApplicationState.SUPPLEMENTING),
    (ApplicationEvent.FILE_SUPPLEMENT, Role.APPLICANT, ApplicationState.SUPPLEMENTING),
    (ApplicationEvent.FIND_COMPLETE, Role.MEMBER, ApplicationState.COMPLETE),
    (ApplicationEvent.ADMIT, Role.MEMBER, ApplicationState.IN_SCORING),
    (ApplicationEvent.LOCK_SCORE, Role.PRESIDENT, ApplicationState.SCORED),
    (ApplicationEvent.PROPOSE_GRANT, Role.PRESIDENT, ApplicationState.PROPOSED_GRANT),
    (ApplicationEvent.GRANT_IN_PART, Role.SIGNATORY, ApplicationState.PARTLY_GRANTED),
]


def test_an_application_from_its_start_to_the_decision() -> None:
    state: ApplicationState | None = None
    for event, role, target in PATH:
        state = step(APPLICATION, state, event, role)
        assert state is target


def test_what_a_role_may_do() -> None:
    assert allowed(CALL, CallState.PUBLISHED, Role.OFFICER) == (CallEvent.AMEND,)
    assert allowed(CALL, CallState.PUBLISHED, Role.SIGNATORY) == (CallEvent.SUSPEND, CallEvent.CANCEL)
    assert allowed(CALL, CallState.ARCHIVED, Role.OFFICER) == ()
    assert allowed(APPLICATION, None, Role.REGISTRY) == (ApplicationEvent.ENTER_ON_PAPER,)


@given(st.sampled_from(TABLES), st.data())
def test_a_step_is_taken_exactly_if_it_is_allowed(
    row: tuple[Table, type[StrEnum], type[StrEnum]], data: st.DataObject
) -> None:
    table, states, events = row
    state = data.draw(st.sampled_from([None, *states]))
    event, role = data.draw(st.sampled_from(list(events))), data.draw(st.sampled_from(list(Role)))
    if event in allowed(table, state, role):
        assert step(table, state, event, role) is find(table, state, event, role).target
    else:
        assert refusal(table, state, event, role).key in {"step_role", "step_unknown", "step_terminal"}


@pytest.mark.parametrize(
    ("table", "state", "event", "role", "problem"),
    [
        (
            APPLICATION,
            ApplicationState.OPENED,
            ApplicationEvent.FIND_COMPLETE,
            Role.OFFICER,
            Problem(
                "step_role",
                "Dejanja »ugotovi popolnost« ne opravi skrbnik razpisa. Opravi ga član komisije ali predsednik komisije.",
                "'find the application complete' is not for the officer of the call. "
                "It is for the commission member or the president of the commission.",
            ),
        ),
        (
            CALL,
            CallState.DRAFT,
            CallEvent.PUBLISH,
            Role.OFFICER,
            Problem(
                "step_unknown",
                "Dejanje »objavi razpis« v stanju »osnutek« ni mogoče. Preverite, kaj se je medtem spremenilo.",
                "'publish the call' is not possible in the state 'draft'. See what has changed meanwhile.",
            ),
        ),
        (
            CALL,
            None,
            CallEvent.PUBLISH,
            Role.OFFICER,
            Problem(
                "step_unknown",
                "Dejanje »objavi razpis« v stanju »še ne obstaja« ni mogoče. Preverite, kaj se je medtem spremenilo.",
                "'publish the call' is not possible in the state 'does not exist yet'. See what has changed meanwhile.",
            ),
        ),
        (
            APPLICATION,
            ApplicationState.ANNULLED,
            ApplicationEvent.REFUSE,
            Role.SIGNATORY,
            Problem(
                "step_terminal",
                "Stanje »odločitev odpravljena« je končno; nobeno dejanje ni več mogoče.",
                "The state 'decision annulled' is final; nothing more can be done.",
            ),
        ),
    ],
)
def test_a_refused_step_says_why(
    table: Table, state: StrEnum | None, event: StrEnum, role: Role, problem: Problem
) -> None:
    assert refusal(table, state, event, role) == problem
