"""Statutory parameters of a call: dated values with their sources, two shipped profiles, the call's own changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from razpis.procedure.parameter_kinds import KINDS, RULE_WORDS, UNIT_WORDS, Key, Unit, Value
from razpis.procedure.problems import Problem, ProcedureError, Words

# The day of the gazette is not confirmed. On this day the Faculty of Administration (Upravna svetovalnica) answered
# by the amended law, so acts from then on certainly fall under it; for earlier ones the clerk chooses the profile.
ZUP_I_FROM = date(2026, 2, 25)
ZUP_I_EVE = date(2026, 2, 24)


class ParameterError(ProcedureError):
    """A parameter is missing, or two values of it are in force on one day."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value with the days it holds for, both included, and the article it comes from (empty: not yet cited)."""

    key: Key
    value: Value
    unit: Unit
    source: str
    valid_from: date = date.min
    valid_to: date = date.max


@dataclass(frozen=True, slots=True)
class Profile:
    """A version of the General Administrative Procedure Act with all its parameters."""

    name: str
    valid_from: date
    valid_to: date
    parameters: tuple[Parameter, ...]


def _profile(name: str, valid_from: date, valid_to: date, *differing: tuple[Key, Value, Unit, str]) -> Profile:
    rows = {row[0]: row for row in differing}
    for kind in KINDS.values():
        if kind.value is not None:
            rows[kind.key] = (kind.key, kind.value, kind.units[0], kind.source)
    parameters = tuple(Parameter(*rows[key], valid_from, valid_to) for key in Key)
    return Profile(name, valid_from, valid_to, parameters)


ZUP_PRE_I = _profile(
    "ZUP_pre_I",
    date.min,
    ZUP_I_EVE,
    (Key.APPEAL_DAYS, 15, Unit.DAYS, "ZUP, 235. člen"),
    (Key.FICTION_DAYS, 15, Unit.DAYS, "ZUP, 87. člen"),
    (Key.FICTION_FROM, "notice", Unit.RULE, "ZUP, 87. člen"),
)
ZUP_I = _profile(
    "ZUP_I",
    ZUP_I_FROM,
    date.max,
    (Key.APPEAL_DAYS, 21, Unit.DAYS, "ZUP, 235. člen (ZUP-I)"),
    (Key.FICTION_DAYS, 7, Unit.DAYS, "ZUP, 87. člen (ZUP-I)"),
    (Key.FICTION_FROM, "dispatch", Unit.RULE, "ZUP, 87. člen (ZUP-I)"),
)
PROFILES = {profile.name: profile for profile in (ZUP_PRE_I, ZUP_I)}


def profile_on(day: date) -> Profile:
    """The shipped profile for an act of ``day``; the clerk confirms it when the call is opened."""
    return ZUP_I if day >= ZUP_I_FROM else ZUP_PRE_I


def in_force(parameters: Iterable[Parameter], day: date) -> tuple[Parameter, ...]:
    """The parameters that hold for an act of ``day``, in the order of the keys.

    :raises ParameterError: ``parameter_overlap`` where two values of one key hold on that day.
    """
    chosen: dict[Key, Parameter] = {}
    for parameter in parameters:
        if not parameter.valid_from <= day <= parameter.valid_to:
            continue
        if parameter.key in chosen:
            raise ParameterError(
                Problem(
                    "parameter_overlap",
                    f"Za {day.day}. {day.month}. {day.year} veljata dve vrednosti parametra »{_sl(parameter.key)}«. "
                    "Popravite dneva veljavnosti.",
                    f"Two values of '{_en(parameter.key)}' hold on {day.isoformat()}. Correct their days.",
                )
            )
        chosen[parameter.key] = parameter
    return tuple(chosen[key] for key in Key if key in chosen)


def for_call(profile: Profile, overrides: Iterable[Parameter] = ()) -> tuple[Parameter, ...]:
    """All parameters of a call: the profile's, replaced by the call's own, each with its article."""
    own = {parameter.key: parameter for parameter in overrides}
    return tuple(own.get(parameter.key, parameter) for parameter in profile.parameters)


def find(parameters: Iterable[Parameter], key: Key) -> Parameter:
    """The parameter with ``key``.

    :raises ParameterError: ``parameter_missing``.
    """
    for parameter in parameters:
        if parameter.key is key:
            return parameter
    raise ParameterError(_missing(key))


def number(parameters: Iterable[Parameter], key: Key) -> int:
    """The value of a counted parameter, in its unit.

    :raises ParameterError: ``parameter_missing``; ``parameter_value`` where the value is a rule's name.
    """
    parameter = find(parameters, key)
    if isinstance(parameter.value, str):
        raise ParameterError(_wrong_value(parameter))
    return parameter.value


def rule(parameters: Iterable[Parameter], key: Key) -> str:
    """The value of a parameter that names a rule, such as ``notice`` or ``dispatch``.

    :raises ParameterError: ``parameter_missing``; ``parameter_value`` where the value is a number.
    """
    parameter = find(parameters, key)
    if isinstance(parameter.value, int):
        raise ParameterError(_wrong_value(parameter))
    return parameter.value


def missing_articles(parameters: Iterable[Parameter]) -> tuple[Problem, ...]:
    """The parameters without a source: a call with one of them may not be published.

    A rule that departs from the law binds only if it stands in a regulation (VSRS X Ips 357/2015).
    """
    return tuple(
        Problem(
            "parameter_uncited",
            f"Parameter »{_sl(parameter.key)}« nima navedenega člena. "
            "Navedite člen pravilnika ali odloka, ki ga določa.",
            f"The parameter '{_en(parameter.key)}' cites no article. Name the article of the regulation that sets it.",
        )
        for parameter in parameters
        if not parameter.source.strip()
    )


def value_problems(parameters: Iterable[Parameter]) -> tuple[Problem, ...]:
    """The parameters whose value or unit is not an allowed one."""
    return tuple(
        _wrong_value(parameter)
        for parameter in parameters
        if not KINDS[parameter.key].allows(parameter.value, parameter.unit)
    )


def publication_problems(parameters: Iterable[Parameter]) -> tuple[Problem, ...]:
    """Everything about a call's parameters that stops its publication: missing, uncited, not allowed."""
    present = tuple(parameters)
    keys = {parameter.key for parameter in present}
    missing = tuple(_missing(key) for key in Key if key not in keys)
    return missing + missing_articles(present) + value_problems(present)


def _missing(key: Key) -> Problem:
    return Problem(
        "parameter_missing",
        f"Parameter »{_sl(key)}« ni določen. Vpišite ga skupaj s členom pravilnika.",
        f"The parameter '{_en(key)}' is not set. Enter it together with the article of the regulation.",
    )


def _wrong_value(parameter: Parameter) -> Problem:
    kind = KINDS[parameter.key]
    units = tuple(UNIT_WORDS[unit] for unit in kind.units)
    unit = UNIT_WORDS[parameter.unit]
    value = _told(parameter)
    return Problem(
        "parameter_value",
        f"Parameter »{_sl(parameter.key)}«: {value.sl} ({unit.sl}) ni dovoljeno. "
        f"Dovoljeno: {kind.limits.sl} ({' ali '.join(words.sl for words in units)}).",
        f"Parameter '{_en(parameter.key)}': {value.en} ({unit.en}) is not allowed. "
        f"Allowed: {kind.limits.en} ({' or '.join(words.en for words in units)}).",
    )


def _told(parameter: Parameter) -> Words:
    """The value as people write it: a rule in words, an amount in euros."""
    value = parameter.value
    if parameter.unit is Unit.CENTS and isinstance(value, int):
        euros, cents = divmod(abs(value), 100)
        sign = "-" if value < 0 else ""
        return Words(f"{sign}{euros},{cents:02}", f"{sign}{euros}.{cents:02}")
    return RULE_WORDS.get(str(value), Words(str(value), str(value)))


def _sl(key: Key) -> str:
    return KINDS[key].name.sl


def _en(key: Key) -> str:
    return KINDS[key].name.en
