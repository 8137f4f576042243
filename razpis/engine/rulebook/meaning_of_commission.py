"""The meaning of the commission's rules: which members' sums are set against each other."""

from __future__ import annotations

from razpis.engine.rulebook.checker import Checker
from razpis.engine.rulebook.criteria import Discrepancy, Marks, SumDiscrepancy
from razpis.engine.rulebook.source import Path_


def check_commission(checker: Checker) -> None:
    """Note what is wrong with the rules on members' sums."""
    stated = checker.file.commission.discrepancies
    for at, rule in enumerate(stated):
        path: Path_ = ("commission", "discrepancies", at)
        one_measure(checker, path, rule)
        if rule.of != "total" and rule.of not in checker.file.sections:
            checker.unknown((*path, "of"), rule.of, {**checker.file.sections, "total": None})
            continue
        inside = summed(checker, rule)
        if not inside:
            checker.problem(
                path,
                "tu ni meril, ki bi jih člani ocenjevali vsak zase (kind: marks)",
                "no criterion here is marked by each member (kind: marks)",
            )
        _ungated(checker, path, inside)
        _as_given(checker, path, inside)
        others = [key for other in stated[:at] if "further_member" in (other.then, rule.then) for key in inside]
        twice = [key for key in others if any(key in summed(checker, other) for other in stated[:at])]
        own = {key: one.discrepancy for key, one in inside.items() if one.discrepancy is not None}
        twice += [key for key, one in own.items() if "further_member" in (one.then, rule.then)]
        for key in dict.fromkeys(twice):
            checker.problem(
                path,
                f"merilo »{key}« ima dve pravili o razhajanju; če eno zahteva še enega člana, bi ne bilo jasno, čigave "
                "ocene štejejo – pustite le eno",
                f"'{key}' has two rules on discrepancy; where one asks for a further member it would not be clear "
                "whose marks count – keep one",
            )


def summed(checker: Checker, rule: SumDiscrepancy) -> dict[str, Marks]:
    """The criteria whose marks are summed up, by key."""
    return {
        key: one
        for key, one in checker.file.criteria.items()
        if isinstance(one, Marks) and one.combine != "agreed" and rule.of in ("total", one.section)
    }


def _ungated(checker: Checker, path: Path_, inside: dict[str, Marks]) -> None:
    for key, one in inside.items():
        if one.after is not None:
            checker.problem(
                path,
                f"merilo »{key}« se ocenjuje šele po doseženem pragu, zato se v seštevek ne more šteti; pri »of« "
                "navedite sklop meril brez njega",
                f"'{key}' is marked only past a threshold, so it cannot count in the sum; name a section without it "
                "in 'of'",
            )


def _as_given(checker: Checker, path: Path_, inside: dict[str, Marks]) -> None:
    for key, one in inside.items():
        if one.common_scale is not None:
            checker.problem(
                path,
                f"merilo »{key}« ima skupno lestvico, seštevki pa se primerjajo po danih ocenah; eno od obojega "
                "izpustite",
                f"'{key}' has a common scale, but sums are compared by the marks as given; leave one of them out",
            )


def one_measure(checker: Checker, path: Path_, rule: Discrepancy) -> None:
    """A difference is measured in one way."""
    if (rule.points is None) == (rule.percent is None):
        checker.problem(
            path,
            "razhajanje zapišite z natanko enim od »points« in »percent«",
            "write a discrepancy with exactly one of 'points' and 'percent'",
        )
