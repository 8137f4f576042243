"""From an example as written to what an evaluation takes: cases, marks and the money there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from razpis.engine import money
from razpis.engine.cases import AGREED, Case, Finding, Mark
from razpis.engine.expressions.build import Value
from razpis.engine.problems import Problem, Text, did_you_mean
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.answers import WrongAnswer, answer
from razpis.engine.rulebook.budget import Budget
from razpis.engine.rulebook.criteria import Marks
from razpis.engine.rulebook.examples import ExampleApplication, ExampleGroup, GivenMarks
from razpis.engine.rulebook.fields import TableField
from razpis.engine.rulebook.source import Path_, Source

MarksByCase = dict[tuple[str, str], tuple[Mark, ...]]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What one example gives to an evaluation."""

    rulebook: Rulebook
    cases: tuple[Case, ...]
    marks: MarksByCase


class Builder:
    """Builds the examples of one rulebook in turn; ``problems`` holds what is wrong with the last one."""

    def __init__(self, rulebook: Rulebook, source: Source) -> None:
        self._rulebook = rulebook
        self._source = source
        self._before: tuple[dict[str, Value], dict[str, tuple[Mark, ...]]] = {}, {}
        self.problems: list[Problem] = []

    def inputs(self, group: ExampleGroup, path: Path_) -> Inputs:
        """The inputs of one example, written at ``path``."""
        self.problems = []
        rulebook = self._with_money(group, (*path, "money"))
        answers, marked = self._before if group.as_before else ({}, {})
        defaults = {**answers, **self._answers(group.defaults, (*path, "defaults"))}
        common = {**marked, **self._marks(group.marks, (*path, "marks"))}
        self._before = defaults, common
        cases, marks = [], {}
        for at, one in enumerate(group.applications):
            here = (*path, "applications", at)
            cases.append(self._case(group, one, here, at, defaults))
            given = {**common, **self._marks(one.marks, (*here, "marks"))}
            marks.update({(one.id, criterion): found for criterion, found in given.items()})
        ids = [one.id for one in cases]
        for at, id_ in enumerate(ids):
            if id_ in ids[:at]:
                self._problem(
                    (*path, "applications", at, "id"),
                    f"vloga »{id_}« je v zgledu že zapisana",
                    f"the application '{id_}' stands in the example already",
                )
        return Inputs(rulebook, tuple(cases), marks)

    def _problem(self, path: Path_, sl: str, en: str, hint: Text | None = None, key: bool = False) -> None:
        place = self._source.key_place(path) if key else self._source.place(path)
        self.problems.append(Problem(place, Text(sl, en) + (hint or Text("", ""))))

    def _unknown(self, path: Path_, name: str, known: Mapping[str, object]) -> None:
        self._problem(path, f"neznano ime »{name}«", f"unknown name '{name}'", did_you_mean(name, known), key=True)

    def _with_money(self, group: ExampleGroup, path: Path_) -> Rulebook:
        """The rulebook with the example's own money."""
        file = self._rulebook.file
        if not group.money:
            return self._rulebook
        if list(group.money) == [""] and not file.lots and file.budget is not None:
            return replace(self._rulebook, file=file.model_copy(update={"budget": Budget(amount=group.money[""])}))
        lots = dict(file.lots)
        for lot, amount in group.money.items():
            if lot not in lots:
                known = ", ".join(lots) or "–"
                sl, en = (f"razpis nima sklopa »{lot}«; ", f"the call has no lot '{lot}'; ") if lot else ("", "")
                self._problem(
                    path, f"{sl}znesek zapišite po sklopih ({known})", f"{en}write the money by lot ({known})"
                )
                continue
            lots[lot] = lots[lot].model_copy(update={"amount": amount, "line": None})
        return replace(self._rulebook, file=file.model_copy(update={"lots": lots}))

    def _answers(self, given: Mapping[str, Any], path: Path_) -> dict[str, Value]:
        found = {}
        for key, raw in given.items():
            if key not in self._rulebook.fields:
                self._unknown((*path, key), key, self._rulebook.fields)
                continue
            found[key] = self._answer(key, raw, (*path, key))
        return found

    def _answer(self, key: str, raw: Any, path: Path_) -> Value:
        try:
            return answer(self._rulebook.fields[key], raw)
        except WrongAnswer as wrong:
            self._problem((*path, *wrong.path), f"{key}: {wrong.text.sl}", f"{key}: {wrong.text.en}")
            return None

    def _case(
        self, group: ExampleGroup, one: ExampleApplication, path: Path_, at: int, defaults: Mapping[str, Value]
    ) -> Case:
        claims = {**defaults, **self._answers(one.answers, (*path, "answers"))}
        lots = self._rulebook.file.lots
        if (one.lot or "") not in (lots or ("",)):
            known = ", ".join(lots) or "–"
            self._problem(
                (*path, "lot"),
                f"vloga »{one.id}« potrebuje sklop (lot), enega od: {known}",
                f"the application '{one.id}' needs a lot, one of: {known}",
            )
        return Case(
            id=one.id,
            line=at + 1,
            place=self._source.place(path),
            lot=one.lot or "",
            applicant=one.applicant,
            submitted_at=one.submitted_at,
            claims={key: claims.get(key) for key in self._rulebook.fields},
            findings=tuple(
                Finding(name, self._found(name, raw, claims, (*path, "findings", name)), group.title.sl)
                for name, raw in one.findings.items()
                if self._is_there(name, claims, (*path, "findings", name))
            ),
        )

    def _is_there(self, name: str, claims: Mapping[str, Value], path: Path_) -> bool:
        """Whether a finding names a field, or a cell of a table's row that was given (``costs.2.amount``)."""
        key, *cell = name.split(".")
        field = self._rulebook.fields.get(key)
        if field is not None and not cell:
            return True
        if isinstance(field, TableField) and len(cell) == 2 and cell[1] in field.columns:
            if cell[0].isdigit() and 1 <= int(cell[0]) <= len(claims.get(key) or ()):
                return True
        self._unknown(path, name, self._rulebook.fields)
        return False

    def _found(self, name: str, raw: Any, claims: Mapping[str, Value], path: Path_) -> Value:
        key, *cell = name.split(".")
        field = self._rulebook.fields[key]
        if not cell:
            return self._answer(key, raw, path)
        assert isinstance(field, TableField)
        try:
            return answer(field.columns[cell[1]], raw)
        except WrongAnswer as wrong:
            self._problem(path, f"{name}: {wrong.text.sl}", f"{name}: {wrong.text.en}")
            return None

    def _marks(self, given: Mapping[str, GivenMarks], path: Path_) -> dict[str, tuple[Mark, ...]]:
        rules = {key: rule for key, rule in self._rulebook.file.criteria.items() if isinstance(rule, Marks)}
        found = {}
        for criterion, marks in given.items():
            if criterion not in rules:
                self._unknown((*path, criterion), criterion, rules)
                continue
            for _, points in marks:
                self._on_scale((*path, criterion), rules[criterion], points)
            found[criterion] = tuple(
                Mark(self._member((*path, criterion), member, at), points, "")
                for at, (member, points) in enumerate(marks)
            )
        return found

    def _member(self, path: Path_, member: str, at: int) -> str:
        """The member who gave a mark; of a mere list, those of the commission in their order."""
        members = self._rulebook.file.commission.members
        if not member and (not members or at < len(members)):
            return members[at] if members else str(at + 1)
        if not member or (members and member != AGREED and member not in members):
            there = ", ".join(members)
            who = member or str(at + 1)
            self._problem(
                path,
                f"»{who}« ni član komisije ({there})",
                f"'{who}' is not a member of the commission ({there})",
                did_you_mean(member, members),
            )
        return member

    def _on_scale(self, path: Path_, rule: Marks, points: money.Number | None) -> None:
        if points is None:
            return
        steps = Fraction(points - rule.min) / rule.step if rule.step else Fraction(0)
        if not rule.min <= points <= rule.max or steps.denominator != 1:
            scale = f"{money.plain(rule.min)}–{money.plain(rule.max)}"
            step = money.plain(rule.step) if rule.step else ""
            self._problem(
                path,
                f"ocene {money.plain(points)} ni na lestvici ({scale}{step and f', korak {step}'})",
                f"the mark {money.plain(points)} is not on the scale ({scale}{step and f', step {step}'})",
            )
