"""The meaning of one criterion: its bands, options, maximum and what happens where a fact is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from razpis.engine import money
from razpis.engine.expressions import Kind
from razpis.engine.money import Number
from razpis.engine.problems import option_meant
from razpis.engine.rulebook import bands
from razpis.engine.rulebook.checker import Checker
from razpis.engine.rulebook.compiled import CriterionRule
from razpis.engine.rulebook.criteria import Bands, Checklist, Choice, FormulaCriterion, Marks, PerUnit
from razpis.engine.rulebook.meaning_of_commission import one_measure
from razpis.engine.rulebook.source import Path_


def check_criterion(checker: Checker, compiled: CriterionRule) -> CriterionRule:
    """Note what is wrong with a criterion; add what scoring needs of its bands."""
    rule, path = compiled.rule, ("criteria", compiled.key)
    if isinstance(rule, Marks):
        _marks(checker, path, rule)
        return compiled
    _missing(checker, path, compiled)
    if compiled.value is not None and compiled.value.kind.name == "unknown":
        return compiled
    if isinstance(rule, Bands):
        return _bands(checker, path, rule, compiled)
    if isinstance(rule, Choice):
        _choice(checker, path, rule, compiled)
    elif isinstance(rule, Checklist):
        if rule.missing:
            checker.problem(
                (*path, "missing"),
                "v kontrolnem seznamu neizpolnjen podatek pomeni, da postavka ne velja: mogoče je le »missing: 0«",
                "in a checklist a fact not given means the item does not hold: only 'missing: 0' is possible",
            )
        gains = sum(item.points for item in rule.items if item.points > 0)
        if gains < rule.max:
            _unreachable(checker, path, rule.max, gains)
    elif isinstance(rule, PerUnit):
        if rule.unit <= 0:
            checker.problem((*path, "unit"), "enota mora biti večja od 0", "the unit must be above 0")
    elif isinstance(rule, FormulaCriterion) and rule.min is not None and rule.max is not None and rule.min > rule.max:
        checker.problem((*path, "min"), "min je večji od max", "min is above max")
    return compiled


def _missing(checker: Checker, path: Path_, compiled: CriterionRule) -> None:
    """A fact that may be missing needs a stated policy."""
    rule = compiled.rule
    assert not isinstance(rule, Marks)
    expressions = [part for part in (compiled.value, *compiled.items) if part is not None]
    names = sorted({name for part in expressions for name in checker.may_be_missing(part)})
    if names and rule.missing is None:
        listed = ", ".join(names)
        checker.problem(
            path,
            f"kaj velja, če podatka ni ({listed})? dodajte »missing: 0« ali drugo število točk",
            f"what if the fact is missing ({listed})? add 'missing: 0' or another number of points",
            key=True,
        )


def _unreachable(checker: Checker, path: Path_, stated: Number, reachable: Number) -> None:
    checker.problem(
        (*path, "max"),
        f"največje navedeno število točk je {money.plain(stated)}, doseči pa je mogoče {money.plain(reachable)}",
        f"the stated maximum is {money.plain(stated)}, but {money.plain(reachable)} can be reached",
    )


def _bands(checker: Checker, path: Path_, rule: Bands, compiled: CriterionRule) -> CriterionRule:
    assert compiled.value is not None
    for at, band in enumerate(rule.bands):
        for one, other in (("from_", "above"), ("to", "below")):
            if getattr(band, one) is not None and getattr(band, other) is not None:
                checker.problem(
                    (*path, "bands", at),
                    f"mejo zapišite z »{one.rstrip('_')}« ali z »{other}«, ne z obema",
                    f"write the end with '{one.rstrip('_')}' or '{other}', not both",
                )
    ordered = bands.ranges(rule.bands, compiled.value.kind.whole)
    least, greatest = _bounds(checker, compiled.value.source)
    for fault in bands.faults(ordered, compiled.value.kind.whole, least, greatest):
        if fault.kind == "gap" and rule.otherwise is not None:
            continue
        checker.problem((*path, "bands", fault.at), fault.text.sl, fault.text.en)
    others = [points for points in (rule.otherwise, rule.missing) if points is not None]
    reachable = max([band.points for band in rule.bands] + others)
    if reachable != rule.max:
        _unreachable(checker, path, rule.max, reachable)
    return replace(compiled, ranges=ordered, find=bands.finder(ordered))


def _bounds(checker: Checker, source: str) -> tuple[Number | None, Number | None]:
    """The least and greatest value that can occur, known where the value is a plain field."""
    field = checker.file.fields.get(source)
    return (getattr(field, "min", None), getattr(field, "max", None)) if field else (None, None)


def _choice(checker: Checker, path: Path_, rule: Choice, compiled: CriterionRule) -> None:
    assert compiled.value is not None
    kind = compiled.value.kind
    if kind.rows or kind.name not in ("text", "yes_no"):
        checker.problem(
            (*path, "value"),
            "merilo »choice« bere eno izbiro ali da/ne",
            "a 'choice' criterion reads one choice or a yes/no",
        )
        return
    options = ("true", "false") if kind.name == "yes_no" else kind.options
    _options(checker, path, rule.points, replace(kind, options=options))
    left = [option for option in options if option not in rule.points]
    if rule.otherwise is None and (left or not options):
        listed = ", ".join(left) or "…"
        checker.problem(
            (*path, "points"),
            f"brez točk so možnosti: {listed}; dodajte jih ali »otherwise: 0«",
            f"options without points: {listed}; add them or 'otherwise: 0'",
            key=True,
        )
    others = [points for points in (rule.otherwise, rule.missing) if points is not None]
    reachable = max([*rule.points.values(), *others])
    if reachable != rule.max:
        _unreachable(checker, path, rule.max, reachable)


def _options(checker: Checker, path: Path_, points: Mapping[str, Number], kind: Kind) -> None:
    options = kind.options
    for option in points:
        if options and option not in options:
            hint = option_meant(option, kind.labelled())
            checker.problem(
                (*path, "points", option),
                f"»{option}« ni med možnostmi ({', '.join(options)})",
                f"'{option}' is not among the options ({', '.join(options)})",
                hint,
                key=True,
            )


def _common_scale(checker: Checker, path: Path_, rule: Marks) -> None:
    """Marks on a common scale are compared over many applications, so nothing may ask of a single one how far apart
    they are, or whether it is marked at all."""
    if rule.common_scale is None:
        return
    beside = {
        "combine": rule.combine == "agreed",
        "discrepancy": rule.discrepancy is not None,
        "after": rule.after is not None,
    }
    for name in (name for name, stated in beside.items() if stated):
        shown = "combine: agreed" if name == "combine" else name
        checker.problem(
            (*path, "common_scale"),
            f"skupna lestvica ob »{shown}« ne more stati; eno od obojega izpustite",
            f"a common scale cannot stand beside '{shown}'; leave one of them out",
            key=True,
        )


def _marks(checker: Checker, path: Path_, rule: Marks) -> None:
    if rule.max <= rule.min:
        checker.problem((*path, "max"), "max mora biti večji od min", "max must be above min")
    stated = rule.discrepancy
    if stated is not None:
        one_measure(checker, (*path, "discrepancy"), stated)
    _common_scale(checker, path, rule)
    for at, grade in enumerate(rule.grades):
        if not rule.min <= grade.from_ <= grade.to <= rule.max:
            checker.problem(
                (*path, "grades", at),
                f"razpon mora ležati med {money.plain(rule.min)} in {money.plain(rule.max)}",
                f"the range must lie between {money.plain(rule.min)} and {money.plain(rule.max)}",
            )
    if rule.step is None:
        return
    if rule.step <= 0:
        checker.problem((*path, "step"), "korak mora biti večji od 0", "the step must be above 0")
    elif Fraction(rule.max - rule.min) / rule.step % 1:
        checker.problem(
            (*path, "step"),
            "s tem korakom največ točk ni mogoče dati",
            "this step does not reach the maximum",
        )
