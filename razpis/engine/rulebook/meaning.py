"""The meaning of a rulebook: every expression compiled, every reference resolved, or told what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from razpis.engine.expressions import (
    DATE,
    NUMBER,
    TEXT,
    WHOLE,
    YES_NO,
    Expression,
    Kind,
    choice,
    syntax,
)
from razpis.engine.expressions.size import WHOLE_FACT, size_of
from razpis.engine.problems import Problem, Text
from razpis.engine.rulebook import budget as budget_tree
from razpis.engine.rulebook.allocation import Allocation, Limit, SetAside
from razpis.engine.rulebook.budget import BudgetLine
from razpis.engine.rulebook.checker import Checker
from razpis.engine.rulebook.compiled import (
    AllocationRule,
    ConditionRule,
    CriterionRule,
    DerivedRule,
    LimitRule,
    RankRule,
    Rulebook,
    SetAsideRule,
)
from razpis.engine.rulebook.criteria import Bands, Checklist, Choice, FormulaCriterion, PerUnit, Relative
from razpis.engine.rulebook.fields import Field, IntegerField, NumberField, TableField
from razpis.engine.rulebook.meaning_of_commission import check_commission
from razpis.engine.rulebook.meaning_of_criteria import check_criterion
from razpis.engine.rulebook.meaning_of_fills import (
    check_fills,
    check_fixed_part,
    check_money_threshold,
    check_set_asides,
)
from razpis.engine.rulebook.meaning_of_lots import check_lots
from razpis.engine.rulebook.meaning_of_points import check_points_read
from razpis.engine.rulebook.meaning_of_thresholds import TOTAL, compiled_thresholds
from razpis.engine.rulebook.source import Path_
from razpis.engine.rulebook.topics import check_topics

GIVEN: Mapping[str, Kind] = {
    "lot": TEXT,
    "applicant": TEXT,
    "submitted_at": DATE,
    "call_year": WHOLE,
    "call_deadline": DATE,
    "applicant_applications": WHOLE,
    "applicant_number": WHOLE,
}
RESERVED_LIMITS = (
    "request",
    "level",
    "budget",
    "lot",
    "minimum",
    "most_winners",
    "fixed_part",
    "money_threshold",
    "general",
    "second_pass",
)


class Compiler(Checker):
    """Compiles one file; ``problems`` holds what is wrong, and then the rulebook is not to be used."""

    def rulebook(self, sha256: str) -> Rulebook:
        """Everything compiled."""
        self._fields()
        derived = tuple(self._derived())
        self._applicant()
        conditions = tuple(
            ConditionRule(key, rule, self.expression(("conditions", key, "test"), rule.test, YES_NO))
            for key, rule in self.file.conditions.items()
        )
        for name in ("sections", "criteria"):
            if TOTAL in getattr(self.file, name):
                self._taken((name, TOTAL))
        criteria = tuple(self._criterion(key) for key in self.file.criteria)
        check_commission(self)
        check_points_read(self, criteria)
        scored = (
            self.kinds
            | {"points": NUMBER, "ranking_points": NUMBER}
            | {f"points_{key}": NUMBER for key in self._parts()}
        )
        thresholds = compiled_thresholds(self)
        factor = None
        if self.file.total.factor is not None:
            factor = self.expression(("total", "factor"), self.file.total.factor, NUMBER)
            self.must_be_given(("total", "factor"), factor)
        return Rulebook(
            file=self.file,
            name=self.source.file,
            sha256=sha256,
            kinds=self.kinds,
            derived=derived,
            conditions=conditions,
            criteria=criteria,
            thresholds=thresholds,
            ranking=tuple(self._ranking(scored)),
            allocation=self._allocation(scored | dict.fromkeys(("place", "lot_amount"), NUMBER)),
            factor=factor,
            budget_lines=self._budget(),
            warnings=tuple(self.warnings),
        )

    def _fields(self) -> None:
        lots = {key: lot.title or Text(key, key) for key, lot in self.file.lots.items()}
        self.kinds.update(GIVEN, lot=choice(tuple(lots), lots) if lots else TEXT)
        for key, field in self.file.fields.items():
            if key in GIVEN or key == "id" or _of_points(key):
                self._taken(("fields", key))
            self.kinds[key] = field.kind()
            if self.kinds[key].whole:
                self.sizes[key] = WHOLE_FACT
            if not field.required:
                self.optional.add(key)
            self._range(("fields", key), field)
            if isinstance(field, TableField):
                for name, cell in field.columns.items():
                    self._range(("fields", key, "columns", name), cell)
                if not all(cell.required for cell in field.columns.values()):
                    self.optional.add(key)
        check_topics(self)

    def _range(self, path: Path_, field: Field) -> None:
        if isinstance(field, IntegerField | NumberField) and field.min is not None and field.max is not None:
            if field.min > field.max:
                self.problem((*path, "min"), "min je večji od max", "min is above max")

    def _applicant(self) -> None:
        stated = self.file.call.applicant
        for part, key in stated.model_dump(exclude_none=True).items() if stated is not None else ():
            if key not in self.kinds:
                self.unknown(("call", "applicant", part), key, self.file.fields)

    def _taken(self, path: Path_) -> None:
        sl, en = f"ime »{path[-1]}« je že zasedeno; izberite drugo", f"the name '{path[-1]}' is taken; choose another"
        self.problem(path, sl, en, key=True)

    def _derived(self) -> list[DerivedRule]:
        rules = []
        for key, rule in self.file.derived.items():
            path = ("derived", key)
            if key in self.kinds or _of_points(key):
                self._taken(path)
            value = self.expression((*path, "value"), rule.value, None)
            if value.kind.rows or value.kind.name in ("table", "list"):
                self.problem(
                    (*path, "value"),
                    "izpeljani podatek mora biti ena vrednost; uporabite sum, count, min ali max",
                    "a derived fact must be one value; use sum, count, min or max",
                )
            optional = bool(self.may_be_missing(value))
            if optional:
                self.optional.add(key)
            self.kinds[key] = value.kind
            self.sizes[key] = size_of(value.source, self.sizes)
            rules.append(DerivedRule(key, rule, value, optional))
        return rules

    def _parts(self) -> tuple[str, ...]:
        return (*self.file.sections, *self.file.criteria)

    def _criterion(self, key: str) -> CriterionRule:
        rule, path = self.file.criteria[key], ("criteria", key)
        if key in self.file.sections:
            self.problem(path, f"»{key}« je že ime sklopa meril", f"'{key}' already names a section", key=True)
        if rule.section is not None and rule.section not in self.file.sections:
            self.unknown((*path, "section"), rule.section, self.file.sections)
        if rule.after is not None and (rule.after not in self._parts() or rule.after == key):
            self.unknown((*path, "after"), rule.after, dict.fromkeys(self._parts()))
        elif rule.after is not None and rule.after not in {threshold.of for threshold in self.file.thresholds}:
            self.problem(
                (*path, "after"),
                f"»{rule.after}« nima praga; dodajte ga med »thresholds«",
                f"'{rule.after}' has no threshold; add one to 'thresholds'",
            )
        applies = None
        if rule.applies is not None:
            applies = self.expression((*path, "applies"), rule.applies, YES_NO)
            self.must_be_given((*path, "applies"), applies)
        value: Expression | None = None
        items: tuple[Expression, ...] = ()
        if isinstance(rule, Bands | PerUnit | Relative):
            value = self.expression((*path, "value"), rule.value, NUMBER)
        elif isinstance(rule, Choice):
            value = self.expression((*path, "value"), rule.value, None)
        elif isinstance(rule, FormulaCriterion):
            points = {f"points_{one}": NUMBER for one in self._parts()}
            value = self.expression((*path, "points"), rule.points, NUMBER, self.kinds | points)
        elif isinstance(rule, Checklist):
            items = tuple(
                self.expression((*path, "items", at, "when"), item.when, YES_NO) for at, item in enumerate(rule.items)
            )
        compiled = CriterionRule(key, rule, applies, value, items)
        return check_criterion(self, compiled)

    def _ranking(self, kinds: Mapping[str, Kind]) -> list[RankRule]:
        rules = []
        for at, key in enumerate(self.file.ranking.keys):
            path = ("ranking", "keys", at)
            stated = [
                key.points,
                key.criterion,
                key.section,
                key.expression,
                key.submitted_at,
                key.line,
                key.draw,
            ]
            if sum(1 for part in stated if part) != 1:
                self.problem(
                    path,
                    "ključ je natanko eno od: points, criterion, section, expression, submitted_at, line, draw",
                    "a key is exactly one of: points, criterion, section, expression, submitted_at, line, draw",
                )
            if key.criterion and key.criterion not in self.file.criteria:
                self.unknown((*path, "criterion"), key.criterion, self.file.criteria)
            if key.section and key.section not in self.file.sections:
                self.unknown((*path, "section"), key.section, self.file.sections)
            expression = None
            if key.expression:
                expression = self.expression((*path, "expression"), key.expression, NUMBER, kinds)
                self.must_be_given((*path, "expression"), expression)
            natural = "lowest" if key.submitted_at or key.line else "highest"
            rules.append(RankRule(key, 1 if (key.order or natural) == "lowest" else -1, expression))
        return rules

    def _budget(self) -> tuple[BudgetLine, ...]:
        budget = self.file.budget
        lines, faults = budget_tree.divide(budget) if budget is not None else ((), ())
        for fault in faults:
            self.problem(fault.path, fault.text.sl, fault.text.en, key=fault.key)
        if budget is not None and budget.lines and not self.file.lots:
            self.problem(
                ("budget",),
                "proračun ima vrstice, razpis pa nima sklopov (lots: … line: …)",
                "the budget has lines, but the call has no lots (lots: … line: …)",
                key=True,
            )
        check_lots(self, lines)
        return lines

    def _allocation(self, kinds: Mapping[str, Kind]) -> AllocationRule | None:
        rule, path = self.file.allocation, ("allocation",)
        if rule is None:
            for name in ("budget", "lots"):
                if getattr(self.file, name):
                    self.problem(
                        (name,),
                        "manjka »allocation«: kako se sredstva razdelijo",
                        "'allocation' is missing: how the money is divided",
                        key=True,
                    )
            return None
        if not self.file.lots and self.file.budget is None:
            self.problem(
                path,
                "manjka »budget« ali »lots«: koliko je sredstev",
                "'budget' or 'lots' is missing: how much money there is",
                key=True,
            )
        entitlement = self._request(rule.request)
        if rule.entitlement is not None:
            entitlement = self._amount((*path, "entitlement"), rule.entitlement, kinds)
        weight = self._amount((*path, "weight"), rule.weight, {**kinds, "wanted": NUMBER})
        limits = []
        for key, limit in rule.limits.items():
            if key in RESERVED_LIMITS or key in self.file.lots:
                self._taken((*path, "limits", key))
            limits.append(self._limit(key, limit, kinds))
        set_asides = tuple(self._set_aside(key, one, rule.limits, kinds) for key, one in rule.set_asides.items())
        check_fills(self, rule)
        check_set_asides(self, rule)
        check_money_threshold(self, rule.money_threshold)
        fixed_part = self._fixed_part(rule, kinds)
        return AllocationRule(rule, entitlement, weight, tuple(limits), set_asides, fixed_part)

    def _fixed_part(self, rule: Allocation, kinds: Mapping[str, Kind]) -> Expression | None:
        if rule.fixed_part is None:
            return None
        check_fixed_part(self, rule)
        return self._amount(("allocation", "fixed_part"), rule.fixed_part, kinds)

    def _request(self, name: str) -> Expression:
        path = ("allocation", "request")
        if name in self.optional:
            self.problem(
                path,
                f"podatek »{name}« mora biti vedno izpolnjen; polju dajte »required: true«",
                f"the fact '{name}' must always be given; give the field 'required: true'",
            )
        return self.expression(path, name, NUMBER)

    def _set_aside(
        self, key: str, rule: SetAside, limits: Mapping[str, Limit], kinds: Mapping[str, Kind]
    ) -> SetAsideRule:
        path = ("allocation", "set_asides", key)
        if key in RESERVED_LIMITS or key in self.file.lots or key in limits:
            self._taken(path)
        if (rule.amount is None) == (rule.percent is None):
            self.problem(
                path, "zapišite natanko eno od: amount, percent", "write exactly one of: amount, percent", key=True
            )
        self._lots_known((*path, "lots"), rule.lots)
        where = self.expression((*path, "where"), rule.where, YES_NO, kinds)
        self.must_be_given((*path, "where"), where)
        return SetAsideRule(key, rule, where)

    def _lots_known(self, path: Path_, lots: tuple[str, ...]) -> None:
        for at, lot in enumerate(lots):
            if lot not in self.file.lots:
                self.unknown((*path, at), lot, self.file.lots)

    def _limit(self, key: str, limit: Limit, kinds: Mapping[str, Kind]) -> LimitRule:
        path = ("allocation", "limits", key)
        self._lots_known((*path, "lots"), limit.lots)
        where = None
        if limit.where is not None:
            where = self.expression((*path, "where"), limit.where, YES_NO, kinds)
            self.must_be_given((*path, "where"), where)
        if limit.per == "application":
            amount = self._amount((*path, "amount"), limit.amount, kinds)
        else:
            amount = self.expression((*path, "amount"), limit.amount, NUMBER, kinds)
            self._refuse_facts((*path, "amount"), amount.source, limit.per)
        return LimitRule(key, limit, amount, where)

    def _refuse_facts(self, path: Path_, text: str, per: str) -> None:
        """A limit on a sum is one number: it has no single application to read of."""
        node = syntax.first_fact(syntax.parse(text))
        if node is None:
            return
        self.problems.append(
            Problem(
                self.source.inside(path, node.offset),
                Text(
                    f"skupna omejitev (per: {per}) je lahko le število, na primer 5000; podatkov ne bere",
                    f"a limit on a sum (per: {per}) can only be a number, for example 5000; it reads no facts",
                ),
            )
        )

    def _amount(self, path: Path_, text: str, kinds: Mapping[str, Kind]) -> Expression:
        found = self.expression(path, text, NUMBER, kinds)
        self.must_be_given(path, found)
        return found


def _of_points(key: str) -> bool:
    """Names under which points stand in the expressions of ranking and allocation."""
    return key in ("points", "ranking_points", "place", "lot_amount", "wanted") or key.startswith("points_")
