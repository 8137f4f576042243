"""The meaning of thresholds: what each is set on, and how many points it needs."""

from __future__ import annotations

from razpis.engine.expressions import YES_NO
from razpis.engine.money import Number
from razpis.engine.rulebook.checker import Checker
from razpis.engine.rulebook.compiled import ThresholdRule
from razpis.engine.rulebook.criteria import Threshold, ThresholdPart
from razpis.engine.rulebook.source import Path_

TOTAL = "total"


def compiled_thresholds(checker: Checker) -> tuple[ThresholdRule, ...]:
    """Every threshold compiled; what is wrong with one is noted."""
    return tuple(_threshold(checker, at, rule) for at, rule in enumerate(checker.file.thresholds))


def _threshold(checker: Checker, at: int, rule: Threshold) -> ThresholdRule:
    path: Path_ = ("thresholds", at)
    applies = None
    if rule.applies is not None:
        applies = checker.expression((*path, "applies"), rule.applies, YES_NO)
        checker.must_be_given((*path, "applies"), applies)
    if not rule.any_of:
        if rule.needed != 1:
            sl, en = "»needed« stoji ob »any_of«", "'needed' stands beside 'any_of'"
            checker.problem((*path, "needed"), sl, en, key=True)
        of, points, strict = _points(checker, path, rule)
        return ThresholdRule(of, points, strict, at, applies)
    if rule.of is not None or rule.at_least is not None or rule.more_than is not None:
        checker.problem(
            path,
            "ob »any_of« zunaj njega ne zapišite »of«, »at_least« ali »more_than«; vsak del ima svoje",
            "beside 'any_of' do not write 'of', 'at_least' or 'more_than'; every part has its own",
        )
    most = len(rule.any_of)
    if most < 2 or rule.needed >= most:
        checker.problem(
            (*path, "any_of"),
            f"našteti pragovi: {most}, potrebnih pa {rule.needed}; kjer so potrebni vsi, jih zapišite vsakega zase",
            f"{most} thresholds are listed and {rule.needed} needed; where all are needed write each by itself",
            key=True,
        )
    parts = (
        ThresholdRule(*_points(checker, (*path, "any_of", index), part), index)
        for index, part in enumerate(rule.any_of)
    )
    return ThresholdRule("", 0, False, at, applies, tuple(parts), rule.needed)


def _points(checker: Checker, path: Path_, rule: Threshold | ThresholdPart) -> tuple[str, Number, bool]:
    """What it is set on, the points needed, and whether more than these."""
    known = (*checker.file.sections, *checker.file.criteria, TOTAL)
    if rule.of is None:
        checker.problem(path, "manjka »of« (ali »any_of«)", "'of' is missing (or 'any_of')")
    elif rule.of not in known:
        checker.unknown((*path, "of"), rule.of, dict.fromkeys(known))
    if (rule.at_least is None) == (rule.more_than is None):
        checker.problem(
            path,
            "prag zapišite z natanko enim od »at_least« in »more_than«",
            "write a threshold with exactly one of 'at_least' and 'more_than'",
        )
    points = rule.at_least if rule.at_least is not None else rule.more_than or 0
    return rule.of or "", points, rule.more_than is not None
