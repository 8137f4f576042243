"""The whole rulebook file as it is written, and what is wrong with its shape, key by key."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_origin

from pydantic import Field as Setting
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from razpis.engine.problems import Problem, Problems, Text, did_you_mean, one_of
from razpis.engine.rulebook.allocation import Allocation, Lots, Ranking
from razpis.engine.rulebook.budget import BudgetTree
from razpis.engine.rulebook.call import Call
from razpis.engine.rulebook.criteria import Commission, Condition, Criterion, Section, Threshold, Total
from razpis.engine.rulebook.examples import ExampleGroup
from razpis.engine.rulebook.fields import Derived, Field, Topic
from razpis.engine.rulebook.source import Path_, Source, Step
from razpis.engine.rulebook.values import Key, Part

_SHOWN = 40
_PARTS = ("model_attributes_type", "model_type")
_TO_FILL = (*_PARTS, "dict_type", "tuple_type")


class RulebookFile(Part):
    """One YAML file: the whole evaluation of a call."""

    call: Call
    fields: dict[Key, Field] = Setting(min_length=1)
    topics: dict[Key, Topic] = Setting(default_factory=dict)
    derived: dict[Key, Derived] = Setting(default_factory=dict)
    conditions: dict[Key, Condition] = Setting(default_factory=dict)
    sections: dict[Key, Section] = Setting(default_factory=dict)
    criteria: dict[Key, Criterion] = Setting(default_factory=dict)
    total: Total = Setting(default=Total())
    commission: Commission = Setting(default=Commission())
    thresholds: tuple[Threshold, ...] = Setting(default=(), strict=False)
    ranking: Ranking = Setting(default=Ranking())
    lots: Lots = Setting(default_factory=dict)
    budget: BudgetTree | None = None
    allocation: Allocation | None = None
    examples: tuple[ExampleGroup, ...] = Setting(default=(), strict=False)


def _left_empty(source: Source, path: Path_, given: Any) -> bool:
    """Whether something stands in the file without a value; a change may empty it."""
    return given is None and isinstance(path[-1], str) and source.place(path).file == source.file


def _empty(source: Source, path: Path_) -> Problem:
    sl = f"»{path[-1]}« nima vrednosti; zapišite jo (z zamikom, če je v novih vrsticah) ali vrstico izbrišite"
    en = f"'{path[-1]}' has no value; write it (indented, if on new lines) or delete the line"
    return Problem(source.key_place(path), Text(sl, en))


def validate(source: Source) -> RulebookFile:
    """The file's content checked part by part; raises :class:`Problems` with all of them."""
    if not isinstance(source.data, dict):
        text = Text("datoteka nima pravil; začne naj se s »call:«", "no rules here; begin with 'call:'")
        raise Problems([Problem(source.place(()), text)])
    data = source.data
    empty = [name for name in ("budget", "allocation") if name in data and _left_empty(source, (name,), data[name])]
    try:
        read = RulebookFile.model_validate(source.data)
    except ValidationError as error:
        faults = [dict(fault) for fault in error.errors()]
        found = [_problem(source, fault) for fault in faults if not _follows(fault)]
        raise Problems([*found, *(_empty(source, (name,)) for name in empty)]) from None
    if empty:
        raise Problems([_empty(source, (name,)) for name in empty])
    return read


def _follows(fault: dict[str, Any]) -> bool:
    """Whether a list is only called empty because what it holds is wrong, which is told by itself."""
    return fault["type"] == "too_short" and bool(fault["input"])


def _problem(source: Source, fault: dict[str, Any]) -> Problem:
    path, is_key, part, here = _spot(fault["loc"])
    code, ctx = fault["type"], fault.get("ctx", {})
    discriminator = str(ctx.get("discriminator", "")).strip("'")
    if code in ("missing", "union_tag_not_found"):
        within, name = (path, discriminator) if discriminator else (path[:-1], path[-1])
        return Problem(source.key_place(within), Text(f"manjka »{name}«", f"'{name}' is missing"))
    if path and isinstance(path[-1], str) and path[-1].isdigit() and fault["input"] is None:
        comma = _decimal_comma(source, path)
        if comma is not None:
            return Problem(source.key_place(path), comma)
    if is_key or code == "extra_forbidden":
        near = did_you_mean(str(path[-1]), _keys(part))
        if not near.sl and _without_colon(source, path):
            return Problem(source.key_place(path), _comma(str(path[-1])))
        if not is_key:
            text = Text(f"neznano ime »{path[-1]}«", f"unknown key '{path[-1]}'")
            text += near if near.sl else one_of(_keys(part))
            return Problem(source.key_place(path), text)
    given = fault["input"]
    if discriminator:
        path, given = (*path, discriminator), given[discriminator]
    if is_key:
        return Problem(source.key_place(path), _said(code, ctx, given))
    if code in _TO_FILL and _left_empty(source, path, given):
        return _empty(source, path)
    if code in _PARTS:
        return Problem(source.place(path), _named(source.nearest(path)) + _said(code, ctx, given) + one_of(_keys(here)))
    return Problem(source.place(path), _named(source.nearest(path)) + _said(code, ctx, given))


def _decimal_comma(source: Source, path: Path_) -> Text | None:
    """``{points: 1,5}``: between braces the comma ends the value, and its decimals stand there as a key."""
    within = source.data
    for step in path[:-1]:
        within = within[step]
    keys = list(within)
    whole = keys[max(keys.index(path[-1]) - 1, 0)]
    beside = source.key_place((*path[:-1], whole)).line == source.key_place(path).line
    if type(within[whole]) is not int or not beside:
        return None
    number = f"{within[whole]}.{path[-1]}"
    return Text(
        f"»{path[-1]}« ni ime: vejica tu loči vrednosti; decimalno število zapišite s piko ({number})",
        f"'{path[-1]}' is no key: a comma separates values here; write decimals with a point ({number})",
    )


def _without_colon(source: Source, path: Path_) -> bool:
    """``{value: min(1, x)}``: what stands behind a comma between braces is read as a key without a colon."""
    key, value = source.keys.get(path), source.values.get(path)
    if key is None or value is None:
        return False
    return (value.line, value.column) == (key.line, key.column + len(str(path[-1])))


def _comma(name: str) -> Text:
    shown = name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…"
    return Text(
        f"»{shown}« ni ime: vejica tu loči ključe; izraz ali besedilo z vejico dajte v narekovaje",
        f"'{shown}' is no key: a comma separates keys here; put an expression or a text with a comma in quotes",
    )


def _named(path: Path_) -> Text:
    names = [str(step) for step in path if isinstance(step, str)]
    return Text(f"{names[-1]}: ", f"{names[-1]}: ") if names else Text("", "")


def _spot(loc: tuple[Step, ...]) -> tuple[Path_, bool, Any, Any]:
    """The path in the file, whether its key is meant, the part whose keys stand there, and what belongs there.

    Pydantic also names the member of a union it tried, which the file does not hold: left out.
    """
    path: list[Step] = []
    part: Any = None
    here: Any = RulebookFile
    for step in loc:
        if step == "[key]":
            return tuple(path), True, part, here
        members = _members(here)
        if members:
            here = members.get(step)
            continue
        path.append(step)
        part, here = here, _bare(_inside(here, step))
    return tuple(path), False, part, here


def _bare(annotation: Any) -> Any:
    """An annotation without ``Annotated`` and without ``| None``."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    others = [arg for arg in get_args(annotation) if arg is not NoneType]
    return _bare(others[0]) if len(others) == 1 and NoneType in get_args(annotation) else annotation


def _inside(part: Any, step: Step) -> Any:
    """What stands at ``step`` of a model, a mapping or a list."""
    if get_origin(part) is not None:
        return get_args(part)[1 if get_origin(part) is dict else 0]
    return next((info.annotation for key, info in _infos(part) if key == step), None)


def _infos(part: Any) -> list[tuple[str, FieldInfo]]:
    fields: dict[str, FieldInfo] = getattr(part, "model_fields", {})
    return [(info.alias or name, info) for name, info in fields.items()]


def _keys(part: Any) -> list[str]:
    return [key for key, _ in _infos(part)]


def _members(annotation: Any) -> dict[Step, Any]:
    """The members of a union of parts, by the tags that pydantic puts into places."""
    models = get_args(annotation) if isinstance(annotation, UnionType) else ()
    tags = [(model.model_fields.get("type") or model.model_fields["kind"], model) for model in models]
    return {tag: model for info, model in tags for tag in get_args(info.annotation)}


def _said(code: str, ctx: dict[str, Any], given: Any) -> Text:
    if code == "razpis":
        return Text(ctx["sl"], ctx["en"])
    if code in ("union_tag_invalid", "literal_error"):
        allowed = str(ctx.get("expected_tags") or ctx["expected"]).replace("'", "").replace(" or ", ", ")
        if given is None:
            return Text(f"manjka vrednost; na voljo: {allowed}", f"a value is missing; allowed: {allowed}")
        hint = did_you_mean(str(given), allowed.split(", "))
        return Text(f"»{given}« ni dovoljeno; na voljo: {allowed}", f"'{given}' is not allowed: {allowed}") + hint
    template = _MESSAGES.get(code, Text("vrednost ni ustrezna", "the value does not fit"))
    values = {"limit": ctx.get("ge", ctx.get("le", ""))}
    return Text(template.sl.format(**values), template.en.format(**values))


_MESSAGES = {
    "dict_type": Text("tu so potrebna imena z vrednostmi (ime: vrednost)", "keys with values are needed here"),
    "model_attributes_type": Text(
        "tu so potrebna imena z vrednostmi (ime: vrednost)", "keys with values are needed here"
    ),
    "model_type": Text("tu so potrebna imena z vrednostmi (ime: vrednost)", "keys with values are needed here"),
    "tuple_type": Text("tu je potreben seznam (vrstice z »- «)", "a list is needed here (lines with '- ')"),
    "int_type": Text(
        "tu je potrebno celo število, na primer 12 (brez narekovajev)",
        "a whole number is needed here, for example 12 (no quotes)",
    ),
    "bool_type": Text("tu je potrebno true ali false (brez narekovajev)", "true or false is needed here (no quotes)"),
    "string_type": Text("tu je potrebno besedilo", "a text is needed here"),
    "greater_than_equal": Text("najmanj {limit}", "at least {limit}"),
    "less_than_equal": Text("največ {limit}", "at most {limit}"),
    "too_short": Text("tu mora biti vsaj ena vrednost", "at least one value is needed here"),
}
