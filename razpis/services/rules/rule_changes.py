"""Which values of the rules differ between two results, by their paths as ``--set`` names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A value of the rules that changed, ``None`` where it is not there. ``part``: a whole part that only one of the
    results has, told once."""

    path: str
    before: str | None
    after: str | None
    part: bool = False


def rule_changes(before: Mapping[str, str] | None, after: Mapping[str, str] | None) -> tuple[RuleChange, ...] | None:
    """What differs, in the order of the rules; ``None`` where one of the results does not hold its rules."""
    if before is None or after is None:
        return None
    found: dict[str, RuleChange] = {}
    for path in {**after, **before}:
        one, other = before.get(path), after.get(path)
        if one == other:
            continue
        top = _missing_part(path, before if one is None else after) if one is None or other is None else path
        if top == path:
            found[path] = RuleChange(path, one, other)
        elif top not in found:
            found[top] = RuleChange(top, one, other, part=True)
    return tuple(found.values())


def _missing_part(path: str, lacking: Mapping[str, str]) -> str:
    """The greatest part around ``path`` of which ``lacking`` has nothing."""
    steps = path.split(".")
    for count in range(1, len(steps)):
        top = ".".join(steps[:count])
        if not any(one == top or one.startswith(f"{top}.") for one in lacking):
            return top
    return path
