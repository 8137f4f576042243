"""The legal parameters of a call: the profile an officer confirmed, and its own values, each with an article."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from razpis.engine import money
from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.procedure import parameters as law
from razpis.procedure.parameter_kinds import KINDS, Key, Kind, Unit, Value
from razpis.procedure.parameters import PROFILES, Parameter
from razpis.procedure.roles import Role
from razpis.services import legible
from razpis.services.actor import Actor
from razpis.services.calls import calls
from razpis.services.errors import Invalid
from razpis.services.records import journal


@dataclass(frozen=True, slots=True)
class Own:
    """What the call sets itself, as typed: a value, its unit and the article that allows it. All empty: the law's.

    An amount is typed in euros (``20.000,00``).
    """

    value: str = ""
    unit: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter: what it is, what each shipped profile says, what the call says, and which holds."""

    kind: Kind
    shipped: tuple[Parameter, ...]
    own: Own
    holds: Parameter


def of_call(call: Call) -> tuple[Parameter, ...]:
    """All parameters of a call, its own in place of the profile's."""
    return law.for_call(PROFILES[call.profile], own(call.parameters))


def own(stored: Mapping[str, Any]) -> tuple[Parameter, ...]:
    """The parameters written in a call's row or version."""
    return tuple(
        Parameter(Key(key), one["value"], Unit(one.get("unit", KINDS[Key(key)].units[0])), one["article"])
        for key, one in stored.items()
    )


def stored(parameters: Iterable[Parameter]) -> dict[str, Any]:
    """The parameters as a row keeps them."""
    return {
        one.key.value: {"value": one.value, "unit": one.unit.value, "article": one.source.strip()} for one in parameters
    }


def sheet(call: Call) -> tuple[Row, ...]:
    """Every parameter in the order of a call's life, the shipped profiles side by side."""
    holds = {one.key: one for one in of_call(call)}
    return tuple(
        Row(
            KINDS[key], tuple(law.find(one.parameters, key) for one in PROFILES.values()), _typed(call, key), holds[key]
        )
        for key in Key
    )


def save(
    actor: Actor,
    call_id: int,
    revision: int,
    profile: str,
    confirmed: bool,
    own: Mapping[str, Own],
    now: datetime.datetime,
) -> None:
    """Set the profile and the call's own values of a draft.

    Raises :class:`Invalid` by ``KEY`` of a value out of its range or without an article, and as
    :func:`razpis.services.calls.draft` does. A rule that departs from the law binds only by a regulation
    (VSRS X Ips 357/2015), so each own value needs its article.
    """
    actor.needs(Role.OFFICER)
    call = calls.draft(call_id, revision)
    if profile not in PROFILES:
        raise Invalid({"profile": Text("Izberite eno od ponujenih različic zakona.", "Choose one of the versions.")})
    before = {"profile": call.profile, "confirmed": call.profile_confirmed, "parameters": call.parameters}
    call.parameters = stored(_checked(PROFILES[profile].parameters, own))
    call.profile, call.profile_confirmed = profile, confirmed
    call.revision += 1
    after = {"profile": profile, "confirmed": confirmed, "parameters": call.parameters}
    journal.record(actor, now, "call.parameters", calls.subject(call), before, after)
    db.session.commit()


def _checked(shipped: Iterable[Parameter], own: Mapping[str, Own]) -> list[Parameter]:
    found: list[Parameter] = []
    wrong: dict[str, Text] = {}
    for one in shipped:
        said = own.get(one.key.value, Own())
        if not said.value.strip() and not said.article.strip():
            continue
        parameter = Parameter(
            one.key, _value(said.value, one.unit) or one.value, _unit(said.unit, one.unit), said.article.strip()
        )
        found.append(parameter)
        for problem in (*law.value_problems([parameter]), *law.missing_articles([parameter])):
            wrong[one.key.value] = Text(problem.sl, problem.en)
        if fault := legible.fault(parameter.source):
            wrong[one.key.value] = fault
    if wrong:
        raise Invalid(wrong)
    return found


def _value(text: str, unit: Unit) -> Value:
    text = text.strip()
    if unit is Unit.CENTS and text:
        try:
            return money.to_cents(money.parse_euro(text))
        except money.NumberError:
            return text  # told as a value out of its range
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else text


def _unit(text: str, shipped: Unit) -> Unit:
    return Unit(text) if text in set(Unit) else shipped


def _typed(call: Call, key: Key) -> Own:
    one = call.parameters.get(key.value)
    if one is None:
        return Own()
    value = one["value"]
    typed = str(value) if one.get("unit") != Unit.CENTS else money.fixed(money.from_cents(value), 2).replace(".", ",")
    return Own(typed, one.get("unit", ""), one["article"])
