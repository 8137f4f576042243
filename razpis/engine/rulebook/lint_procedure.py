"""Whether the rules say what happens: too few marks, equal applications, numbers that have to be rounded."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from fractions import Fraction
from typing import get_args

from razpis.engine import money
from razpis.engine.expressions import syntax
from razpis.engine.rulebook.compiled import CriterionRule, Rulebook
from razpis.engine.rulebook.criteria import Marks, PerUnit, Relative
from razpis.engine.rulebook.notes import Notes
from razpis.engine.rulebook.source import Path_

_WHOLE = ("round", "floor", "ceil", "count", "years_between")


def look(notes: Notes, rulebook: Rulebook) -> None:
    """Note what the rules leave open."""
    _members_twice(notes, rulebook)
    _minimum_marks(notes, rulebook)
    for rule in rulebook.criteria:
        if isinstance(rule.rule, Marks):
            _members(notes, rulebook, rule.key, rule.rule)
    _members_of_sums(notes, rulebook)
    _ties(notes, rulebook)
    _draw_before_others(notes, rulebook)
    _rounding(notes, rulebook)


def _members_twice(notes: Notes, rulebook: Rulebook) -> None:
    members = rulebook.file.commission.members
    for at, name in enumerate(members):
        if name in members[:at]:
            notes.error(
                ("commission", "members", at),
                f"član »{name}« je zapisan dvakrat; eno ime izbrišite",
                f"the member '{name}' is written twice; delete one of the names",
            )


def _minimum_marks(notes: Notes, rulebook: Rulebook) -> None:
    silent = [
        rule
        for rule in rulebook.criteria
        if isinstance(rule.rule, Marks) and rule.rule.minimum_marks is None and rule.rule.combine != "agreed"
    ]
    if silent and "minimum_marks" not in rulebook.file.commission.model_fields_set:
        notes.warning(
            ("criteria", silent[0].key),
            "ni zapisano, koliko ocen potrebuje ocenjevano merilo (zdaj zadošča ena); dodajte »commission: "
            "{minimum_marks: 3}«",
            "it is not stated how many marks a judged criterion needs (one is enough now); add 'commission: "
            "{minimum_marks: 3}'",
            key=True,
        )


def _members(notes: Notes, rulebook: Rulebook, key: str, rule: Marks) -> None:
    commission, apart = rulebook.file.commission, rule.discrepancy
    path: Path_ = ("criteria", key, "minimum_marks")
    needed = rule.minimum_marks
    if needed is None:
        path, needed = ("commission", "minimum_marks"), commission.minimum_marks
    there = len(commission.members)
    if rule.combine != "agreed" and there and needed > there:
        notes.warning(
            path,
            f"potrebnih ocen: {needed}, članov komisije pa je {there}; merilo »{rule.title.sl}« nikoli ne bo ocenjeno",
            f"{needed} marks are needed, but there are {there} members; '{rule.title.en}' will never be scored",
        )
    if apart is not None and apart.then == "further_member" and there and max(needed, 2) == there:
        _nobody_left(notes, ("criteria", key, "discrepancy"), there)


def _nobody_left(notes: Notes, path: Path_, there: int) -> None:
    notes.warning(
        path,
        f"ob razhajanju naj oceni še en član, komisija pa jih nima več kot {there}",
        f"where marks differ one more member has to mark, but the commission has no more than {there}",
        key=True,
    )


def _members_of_sums(notes: Notes, rulebook: Rulebook) -> None:
    commission = rulebook.file.commission
    there = len(commission.members)
    for at, apart in enumerate(commission.discrepancies):
        inside = [
            one.rule.minimum_marks or commission.minimum_marks
            for one in rulebook.criteria
            if isinstance(one.rule, Marks) and apart.of in ("total", one.rule.section)
        ]
        if apart.then == "further_member" and there == max(*inside, 2):
            _nobody_left(notes, ("commission", "discrepancies", at), there)


def _ties(notes: Notes, rulebook: Rulebook) -> None:
    ranking = rulebook.file.ranking
    if ranking.still_tied == "shared" or any(key.line or key.draw for key in ranking.keys):
        return
    notes.warning(
        ("ranking",),
        "če sta vlogi v vseh ključih enaki, ostane vrstni red odprt; na konec ključev dodajte »draw« (žreb) ali "
        "zapišite »still_tied: shared« (delita si mesto)",
        "where two applications are equal in all keys the order stays open; end the keys with 'draw', or write "
        "'still_tied: shared'",
        key=True,
    )


def _draw_before_others(notes: Notes, rulebook: Rulebook) -> None:
    """A draw is among those who are equal in all other keys, wherever it stands."""
    for at, key in enumerate(rulebook.file.ranking.keys[:-1]):
        if key.draw:
            notes.warning(
                ("ranking", "keys", at),
                "»draw« naj bo zadnji ključ: žrebajo se le vloge, ki so enake v vseh drugih ključih, tudi v tistih "
                "za njim",
                "'draw' should be the last key: only applications equal in all other keys, later ones too, are drawn",
                key=True,
            )


def _rounding(notes: Notes, rulebook: Rulebook) -> None:
    if rulebook.file.total.round is not None:
        return
    factor, known = rulebook.file.total.factor, dividing(rulebook)
    if factor is not None and divides(factor, known):
        notes.warning(
            ("total", "factor"),
            "množitelj deli, zaokroževanje skupnih točk pa ni zapisano; dodajte »round: 2«",
            "the factor divides, but no rounding of the total is stated; add 'round: 2'",
        )
    for rule in rulebook.criteria:
        if rule.rule.round is None and _endless(rule, known):
            notes.warning(
                ("criteria", rule.key),
                f"točke merila »{rule.rule.title.sl}« imajo lahko neskončno decimalk, zaokroževanje pa ni zapisano "
                "(zdaj se ne zaokrožijo); dodajte »round: 2« merilu ali »total«",
                f"the points of '{rule.rule.title.en}' may have endless decimals, but no rounding is stated (now "
                "they are not rounded); add 'round: 2' to the criterion or to 'total'",
                key=True,
            )


def _endless(compiled: CriterionRule, known: frozenset[str]) -> bool:
    """Whether a criterion may give a number whose decimals do not end."""
    rule = compiled.rule
    if isinstance(rule, Marks):
        fractions = rule.combine in ("mean", "trimmed_mean") or rule.common_scale is not None
        return fractions and rule.round_combined is None
    if isinstance(rule, Relative):
        return True
    if isinstance(rule, PerUnit):
        part = "/" in money.plain(money.divide(1, rule.unit)) or divides(rule.value, known)
        return rule.count == "exact" and part
    return rule.kind == "formula" and divides(rule.points, known)


def dividing(rulebook: Rulebook) -> frozenset[str]:
    """The derived facts that divide without rounding at once, or read one that does."""
    found: frozenset[str] = frozenset()
    for key, rule in rulebook.file.derived.items():
        if divides(rule.value, found):
            found |= {key}
    return found


def divides(source: str, known: frozenset[str]) -> bool:
    """Whether an expression divides, or reads one of ``known``, without rounding at once."""
    return any(
        (isinstance(node, syntax.Binary) and node.sign == "/") or (isinstance(node, syntax.Name) and node.name in known)
        for node in _unrounded(syntax.parse(source))
    )


def splits_cents(source: str, known: frozenset[str]) -> bool:
    """Whether an amount may have parts of a cent: it divides, or takes a share written with decimals."""
    literals = (node.value for node in _unrounded(syntax.parse(source)) if isinstance(node, syntax.Literal))
    return divides(source, known) or any(isinstance(value, Fraction) for value in literals)


def _unrounded(node: syntax.Node) -> Iterator[syntax.Node]:
    """The node and all inside it, but not what a function makes whole again."""
    yield node
    if isinstance(node, syntax.Call) and node.function in _WHOLE:
        return
    for field in dataclasses.fields(node):
        inner = getattr(node, field.name)
        for part in inner if isinstance(inner, tuple) else (inner,):
            if isinstance(part, get_args(syntax.Node)):
                yield from _unrounded(part)
