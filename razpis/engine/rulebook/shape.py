"""The whole rulebook file as it is written, and what is wrong with its shape, key by key."""

from __future__ import annotations

from typing import Any

from pydantic import Field as Setting
from pydantic import ValidationError

from razpis.engine.problems import Problem, Problems, Text, did_you_mean
from razpis.engine.rulebook.allocation import Allocation, Lots, Ranking
from razpis.engine.rulebook.call import Call
from razpis.engine.rulebook.criteria import Commission, Condition, Criterion, Section, Threshold, Total
from razpis.engine.rulebook.fields import Derived, Field
from razpis.engine.rulebook.source import Path_, Source
from razpis.engine.rulebook.values import Amount, Key, Part


class RulebookFile(Part):
    """One YAML file: the whole evaluation of a call."""

    call: Call
    fields: dict[Key, Field] = Setting(min_length=1)
    derived: dict[Key, Derived] = Setting(default_factory=dict)
    conditions: dict[Key, Condition] = Setting(default_factory=dict)
    sections: dict[Key, Section] = Setting(default_factory=dict)
    criteria: dict[Key, Criterion] = Setting(default_factory=dict)
    total: Total = Setting(default=Total())
    commission: Commission = Setting(default=Commission())
    thresholds: tuple[Threshold, ...] = Setting(default=(), strict=False)
    ranking: Ranking = Setting(default=Ranking())
    lots: Lots = Setting(default_factory=dict)
    budget: Amount | None = None
    allocation: Allocation | None = None


def validate(source: Source) -> RulebookFile:
    """The file's content checked part by part; raises :class:`Problems` with all of them."""
    if not isinstance(source.data, dict):
        text = Text("datoteka nima pravil; začne naj se s »call:«", "no rules here; begin with 'call:'")
        raise Problems([Problem(source.place(()), text)])
    try:
        return RulebookFile.model_validate(source.data)
    except ValidationError as error:
        raise Problems([_problem(source, dict(fault)) for fault in error.errors()]) from None


def _problem(source: Source, fault: dict[str, Any]) -> Problem:
    path, model_keys = _real_path(source.data, fault["loc"])
    code = fault["type"]
    if code == "missing":
        name = path[-1]
        text = Text(f"manjka »{name}«", f"'{name}' is missing")
        return Problem(source.key_place(path[:-1]), text)
    if code == "extra_forbidden":
        hint = did_you_mean(str(path[-1]), _known_keys(fault["loc"]))
        text = Text(f"neznano ime »{path[-1]}«", f"unknown key '{path[-1]}'") + hint
        return Problem(source.key_place(path), text)
    where = source.key_place(path) if model_keys else source.place(path)
    return Problem(where, _named(path) + _said(code, fault.get("ctx", {}), fault.get("input")))


def _named(path: Path_) -> Text:
    names = [str(step) for step in path if isinstance(step, str)]
    return Text(f"{names[-1]}: ", f"{names[-1]}: ") if names else Text("", "")


def _real_path(data: Any, loc: tuple[int | str, ...]) -> tuple[Path_, bool]:
    """The path in the file: pydantic's names of union members, which the file does not hold, left out."""
    path: list[int | str] = []
    for at, step in enumerate(loc):
        if step == "[key]":
            return tuple(path), True
        last = at == len(loc) - 1
        if isinstance(data, dict) and step in data:
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif not (last and isinstance(data, dict)) or step in _TAGS:
            continue
        path.append(step)
    return tuple(path), False


def _members(annotation: Any) -> list[type[Part]]:
    args = getattr(annotation, "__args__", ())
    found = [annotation] if isinstance(annotation, type) and issubclass(annotation, Part) else []
    for arg in args:
        found += _members(arg)
    return found


def _tags() -> frozenset[str]:
    """The names pydantic puts into places for the members of a tagged union."""
    names: set[str] = set()
    for union in (Field, Criterion):
        for model in _members(union):
            tag = model.model_fields.get("type") or model.model_fields["kind"]
            names.update(getattr(tag.annotation, "__args__", ()))
    return frozenset(names)


_TAGS = _tags()


def _known_keys(loc: tuple[int | str, ...]) -> list[str]:
    """The keys allowed where the unknown one stands."""
    models: list[type[Part]] = [RulebookFile]
    for step in loc[:-1]:
        narrowed: list[type[Part]] = []
        for model in models:
            for name, info in model.model_fields.items():
                if step == (info.alias or name):
                    narrowed += _members(info.annotation)
            tag = model.model_fields.get("type") or model.model_fields.get("kind")
            if tag is not None and step in getattr(tag.annotation, "__args__", ()):
                narrowed.append(model)
        models = narrowed or models
    return [info.alias or name for model in models for name, info in model.model_fields.items()]


def _said(code: str, ctx: dict[str, Any], given: Any) -> Text:
    if code == "razpis":
        return Text(ctx["sl"], ctx["en"])
    if code in ("union_tag_invalid", "literal_error"):
        allowed = str(ctx.get("expected_tags") or ctx.get("expected")).replace("'", "").replace(" or ", ", ")
        hint = did_you_mean(str(ctx.get("tag", given)), allowed.split(", "))
        shown = ctx.get("tag", given)
        return Text(f"»{shown}« ni dovoljeno; na voljo: {allowed}", f"'{shown}' is not allowed: {allowed}") + hint
    if code == "union_tag_not_found":
        key = str(ctx["discriminator"]).strip("'")
        return Text(f"manjka »{key}«", f"'{key}' is missing")
    template = _MESSAGES.get(code)
    if template is None:
        return Text(f"vrednost ni ustrezna ({code})", f"the value does not fit ({code})")
    values = {"limit": ctx.get("ge", ctx.get("le", ctx.get("min_length", "")))}
    return Text(template.sl.format(**values), template.en.format(**values))


_MESSAGES = {
    "dict_type": Text("tu so potrebna imena z vrednostmi (ime: vrednost)", "keys with values are needed here"),
    "model_type": Text("tu so potrebna imena z vrednostmi (ime: vrednost)", "keys with values are needed here"),
    "tuple_type": Text("tu je potreben seznam (vrstice z »- «)", "a list is needed here (lines with '- ')"),
    "int_type": Text("tu je potrebno celo število", "a whole number is needed here"),
    "bool_type": Text("tu je potrebno true ali false (brez narekovajev)", "true or false is needed here (no quotes)"),
    "string_type": Text("tu je potrebno besedilo", "a text is needed here"),
    "greater_than_equal": Text("najmanj {limit}", "at least {limit}"),
    "less_than_equal": Text("največ {limit}", "at most {limit}"),
    "too_short": Text("seznam ne sme biti prazen", "the list must not be empty"),
}
