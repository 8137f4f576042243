"""Statutory parameters: shipped profiles, the call's own values, and what stops a publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from razpis.procedure.parameter_kinds import KINDS, RULE_WORDS, UNIT_WORDS, Key, Unit
from razpis.procedure.parameters import (
    PROFILES,
    ZUP_I,
    ZUP_I_FROM,
    ZUP_PRE_I,
    Parameter,
    ParameterError,
    Profile,
    find,
    for_call,
    in_force,
    missing_articles,
    number,
    profile_on,
    publication_problems,
    rule,
    value_problems,
)

ARTICLE = "Pravilnik o sofinanciranju programov, 12. člen"


def own(key: Key, value: int | str | None = None, unit: Unit | None = None, source: str = ARTICLE) -> Parameter:
    """A call's own parameter, with the shipped value and unit unless told otherwise."""
    shipped = find(ZUP_I.parameters, key)
    return Parameter(key, shipped.value if value is None else value, unit or shipped.unit, source)


def cited() -> tuple[Parameter, ...]:
    """All parameters of a call whose regulation sets what the law leaves open."""
    return for_call(ZUP_I, [own(found.key) for found in ZUP_I.parameters if not found.source])


def refusal(call: object, *arguments: object) -> str:
    """The key of the refusal."""
    assert callable(call)
    with pytest.raises(ParameterError) as caught:
        call(*arguments)
    return caught.value.problem.key


# Shipped profiles


@pytest.mark.parametrize("profile", PROFILES.values())
def test_a_profile_holds_every_parameter_once_with_an_allowed_value(profile: Profile) -> None:
    assert [parameter.key for parameter in profile.parameters] == list(Key)
    assert value_problems(profile.parameters) == ()
    assert {parameter.valid_from for parameter in profile.parameters} == {profile.valid_from}
    assert {parameter.valid_to for parameter in profile.parameters} == {profile.valid_to}


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [(Key.APPEAL_DAYS, 15, 21), (Key.FICTION_DAYS, 15, 7), (Key.FICTION_FROM, "notice", "dispatch")],
)
def test_the_amendment_changed_these(key: Key, before: int | str, after: int | str) -> None:
    assert find(ZUP_PRE_I.parameters, key).value == before
    assert find(ZUP_I.parameters, key).value == after


def test_the_amendment_changed_nothing_else() -> None:
    changed = [
        first.key
        for first, second in zip(ZUP_PRE_I.parameters, ZUP_I.parameters, strict=True)
        if first.value != second.value
    ]
    assert changed == [Key.FICTION_DAYS, Key.FICTION_FROM, Key.APPEAL_DAYS]


@pytest.mark.parametrize(
    ("key", "value", "unit"),
    [
        (Key.COURT_DAYS, 30, Unit.DAYS),
        (Key.SUPPLEMENT_CALL_DAYS, 5, Unit.WORKING_DAYS),
        (Key.SUPPLEMENT_DAYS, 8, Unit.DAYS),
        (Key.SUPPLEMENT_ROUNDS, 1, Unit.ROUNDS),
        (Key.OPENING_DAYS_AFTER_DEADLINE, 8, Unit.DAYS),
        (Key.DECISION_NOTICE_DAYS, 60, Unit.DAYS),
        (Key.CONTRACT_SIGN_DAYS, 8, Unit.DAYS),
        (Key.RESTITUTION_DAYS, 8, Unit.DAYS),
        (Key.RESTITUTION_MONTHS, 3, Unit.MONTHS),
        (Key.OBVIOUS_MISTAKE_DAYS, 3, Unit.DAYS),
        (Key.ADVANCE_PERCENT, 30, Unit.PERCENT),
        (Key.ADVANCE_SMALL_PERCENT, 70, Unit.PERCENT),
        (Key.ADVANCE_SMALL_CENTS, 2_000_000, Unit.CENTS),
        (Key.PROCESSING_LOG_YEARS, 2, Unit.YEARS),
        (Key.CALL_DEADLINE_ROLL, "never", Unit.RULE),
        (Key.POST_COUNTS_BY, "date", Unit.RULE),
    ],
)
def test_shipped_values(key: Key, value: int | str, unit: Unit) -> None:
    shipped = find(ZUP_I.parameters, key)
    assert (shipped.value, shipped.unit) == (value, unit)


def test_the_profile_is_chosen_by_the_day_of_the_act() -> None:
    eve = ZUP_I_FROM - timedelta(days=1)
    assert [profile_on(eve), profile_on(ZUP_I_FROM)] == [ZUP_PRE_I, ZUP_I]
    both = ZUP_PRE_I.parameters + ZUP_I.parameters
    assert in_force(both, eve) == ZUP_PRE_I.parameters
    assert in_force(both, ZUP_I_FROM) == ZUP_I.parameters


def test_two_values_in_force_on_one_day_are_refused() -> None:
    both = (*ZUP_I.parameters, own(Key.SUPPLEMENT_DAYS, 10))
    assert refusal(in_force, both, date(2026, 11, 22)) == "parameter_overlap"


def test_every_parameter_and_unit_has_its_words() -> None:
    assert list(KINDS) == list(Key)
    assert set(UNIT_WORDS) == set(Unit)
    rules = [name for kind in KINDS.values() if isinstance(kind.allowed, tuple) for name in kind.allowed]
    assert set(RULE_WORDS) == set(rules)


# The call's own


def test_the_calls_own_value_replaces_the_shipped_one() -> None:
    ours = own(Key.SUPPLEMENT_DAYS, 5, Unit.WORKING_DAYS)
    parameters = for_call(ZUP_I, [ours])
    assert find(parameters, Key.SUPPLEMENT_DAYS) == ours
    assert number(parameters, Key.SUPPLEMENT_DAYS) == 5
    assert [found for found in parameters if found.key is not Key.SUPPLEMENT_DAYS] == [
        found for found in ZUP_I.parameters if found.key is not Key.SUPPLEMENT_DAYS
    ]


def test_numbers_and_rules_are_asked_for_as_such() -> None:
    assert rule(ZUP_I.parameters, Key.FICTION_FROM) == "dispatch"
    assert refusal(number, ZUP_I.parameters, Key.FICTION_FROM) == "parameter_value"
    assert refusal(rule, ZUP_I.parameters, Key.FICTION_DAYS) == "parameter_value"
    assert refusal(find, (), Key.FICTION_DAYS) == "parameter_missing"


# Publication


def test_what_the_law_leaves_open_must_be_cited_by_the_call() -> None:
    uncited = [found.key for found in ZUP_I.parameters if not found.source]
    assert uncited == [
        Key.MIN_OPEN_DAYS,
        Key.OPENING_DAYS_AFTER_DEADLINE,
        Key.SUPPLEMENT_DAYS,
        Key.SUPPLEMENT_ROUNDS,
        Key.DECISION_NOTICE_DAYS,
        Key.DECISION_NOTICE_FROM,
        Key.CONTRACT_SIGN_DAYS,
        Key.ADVANCE_PERCENT,
        Key.ADVANCE_SMALL_PERCENT,
        Key.ADVANCE_SMALL_CENTS,
    ]
    assert len(missing_articles(ZUP_I.parameters)) == len(uncited)
    assert publication_problems(cited()) == ()


@pytest.mark.parametrize("source", ["", "  "])
def test_a_parameter_without_an_article_stops_the_publication(source: str) -> None:
    parameters = for_call(ZUP_I, [*cited(), own(Key.APPEAL_DAYS, 8, source=source)])
    (problem,) = publication_problems(parameters)
    assert problem.key == "parameter_uncited"
    assert problem.sl == (
        "Parameter »rok za pritožbo« nima navedenega člena. Navedite člen pravilnika ali odloka, ki ga določa."
    )


def test_a_missing_parameter_stops_the_publication() -> None:
    parameters = tuple(found for found in cited() if found.key is not Key.COURT_DAYS)
    assert [problem.key for problem in publication_problems(parameters)] == ["parameter_missing"]


@pytest.mark.parametrize(
    ("key", "value", "unit", "allowed"),
    [
        (Key.SUPPLEMENT_DAYS, 5, Unit.DAYS, True),
        (Key.SUPPLEMENT_DAYS, 15, Unit.WORKING_DAYS, True),
        (Key.SUPPLEMENT_DAYS, 4, Unit.DAYS, False),
        (Key.SUPPLEMENT_DAYS, 16, Unit.DAYS, False),
        (Key.SUPPLEMENT_DAYS, 8, Unit.MONTHS, False),
        (Key.APPEAL_DAYS, 8, Unit.DAYS, True),
        (Key.COURT_DAYS, 8, Unit.DAYS, False),
        (Key.CALL_DEADLINE_ROLL, "next_working_day", Unit.RULE, False),
        (Key.POST_COUNTS_BY, "hour", Unit.RULE, True),
        (Key.POST_COUNTS_BY, 1, Unit.RULE, False),
        (Key.PROCESSING_LOG_YEARS, 5, Unit.YEARS, True),
        (Key.PROCESSING_LOG_YEARS, 6, Unit.YEARS, False),
    ],
)
def test_allowed_values(key: Key, value: int | str, unit: Unit, allowed: bool) -> None:
    problems = publication_problems(for_call(ZUP_I, [*cited(), own(key, value, unit)]))
    assert [problem.key for problem in problems] == ([] if allowed else ["parameter_value"])


@pytest.mark.parametrize(
    ("parameter", "text"),
    [
        (
            own(Key.SUPPLEMENT_DAYS, 20),
            "Parameter »rok za dopolnitev vloge«: 20 (dnevi) ni dovoljeno. Dovoljeno: od 5 do 15 (dnevi ali delovni dnevi).",
        ),
        (
            own(Key.COURT_DAYS, 8),
            "Parameter »rok za tožbo v upravnem sporu«: 8 (dnevi) ni dovoljeno. Dovoljeno: le 30 (dnevi).",
        ),
        (
            own(Key.POST_COUNTS_BY, "never"),
            "Parameter »po čem se šteje priporočena pošta«: nikoli (pravilo) ni dovoljeno. Dovoljeno: po dnevu oddaje ali po uri oddaje (pravilo).",
        ),
        (
            own(Key.ADVANCE_SMALL_CENTS, 200_000_050),
            "Parameter »meja manjšega programa za predplačilo«: 2000000,50 (evri) ni dovoljeno. Dovoljeno: od 0 do 1000000 (evri).",
        ),
        (
            own(Key.ADVANCE_SMALL_CENTS, -150),
            "Parameter »meja manjšega programa za predplačilo«: -1,50 (evri) ni dovoljeno. Dovoljeno: od 0 do 1000000 (evri).",
        ),
    ],
)
def test_a_wrong_value_says_what_is_allowed(parameter: Parameter, text: str) -> None:
    assert [problem.sl for problem in value_problems([parameter])] == [text]


def test_a_value_outside_its_days_is_not_chosen() -> None:
    later = replace(own(Key.SUPPLEMENT_DAYS, 10), valid_from=date(2027, 1, 1))
    assert in_force([later], date(2026, 12, 31)) == ()
    assert in_force([later], date(2027, 1, 1)) == (later,)
