"""The pools of a call: lots, the whole budget, applicants and classes, and who draws on which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from razpis.engine import money
from razpis.engine.allocation.award import BUDGET, Pool
from razpis.engine.cases import Case
from razpis.engine.facts import value_for
from razpis.engine.problems import Problem, Problems, Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.budget import whole
from razpis.engine.rulebook.compiled import LimitRule


class Pools:
    """Collects pools while applications name those they draw on."""

    def __init__(self, rulebook: Rulebook) -> None:
        compiled = rulebook.allocation
        assert compiled is not None
        self._limits = [limit for limit in compiled.limits if limit.rule.per != "application"]
        self.all: dict[str, Pool] = {
            f"lot:{key}": Pool(f"lot:{key}", key or BUDGET, rulebook.lot_cents(key), True) for key in rulebook.lots
        }
        self._outer: tuple[str, ...] = ()
        budget = rulebook.file.budget
        if rulebook.file.lots and budget is not None and not budget.lines:
            self.all[BUDGET] = Pool(BUDGET, BUDGET, whole(budget), True)
            self._outer = (BUDGET,)

    def of(self, case: Case, facts: Mapping[str, Any]) -> tuple[str, ...]:
        """The keys of the pools an application draws on, innermost first. Raises :class:`Problems`."""
        limits = tuple(self._named(limit, case) for limit in self._limits if counts(limit, case, facts))
        return (*limits, f"lot:{case.lot}", *self._outer)

    def _named(self, limit: LimitRule, case: Case) -> str:
        key = f"limit:{limit.key}"
        if limit.rule.per == "applicant":
            key = f"{key}:{_applicant(limit, case)}"
        if key not in self.all:
            cents = money.to_cents(limit.amount.value({}), "down")
            self.all[key] = Pool(key, limit.key, max(cents, 0), limit.rule.binds == "edge")
        return key


def counts(limit: LimitRule, case: Case, facts: Mapping[str, Any]) -> bool:
    """Whether a limit counts this application. Raises :class:`Problems`."""
    if limit.rule.lots and case.lot not in limit.rule.lots:
        return False
    return limit.where is None or bool(value_for(case, Text(limit.key, limit.key), limit.where, facts))


def _applicant(limit: LimitRule, case: Case) -> str:
    if case.applicant is not None:
        return case.applicant
    text = Text(
        f"vloga {case.id}: omejitev »{limit.key}« velja za prijavitelja, podatka »applicant« pa ni",
        f"application {case.id}: the limit '{limit.key}' is on an applicant, but 'applicant' is blank",
    )
    raise Problems([Problem(case.place, text)])
