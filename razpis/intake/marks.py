"""Marks of the commission's members from a CSV file: each with its reason, a recusal without points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

from razpis.engine import money
from razpis.engine.cases import AGREED, Case, Mark, Marks
from razpis.engine.money import Number
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.criteria import Grade
from razpis.engine.rulebook.criteria import Marks as MarksRule
from razpis.intake import numbers
from razpis.intake.records import APPLICATION, Records
from razpis.intake.report import Read, Refused, instead, refused, shown
from razpis.intake.values import composed

HEADER = ("application", "member", "criterion", "points", "reason")
CONFLICT = "conflict"
CRITERION = Text("merila »{}« v pravilih ni", "the rulebook has no criterion '{}'")


def read_marks(path: Path, rulebook: Rulebook, cases: Sequence[Case]) -> Read[Marks]:
    """The marks in the CSV file ``path``, by application and criterion, each in the order of the file.

    The member ``agreed`` gives the agreed value; ``conflict`` in place of points is a recusal (``points`` is
    ``None``), which holds for the whole application and needs no reason. Raises :class:`Problems` with all
    that is wrong.
    """
    reader = _Reader(Records(path, HEADER), rulebook, cases)
    for row in range(len(reader.records)):
        reader.row(row)
    reader.check_recusals()
    found: Marks = {key: tuple(marks) for key, marks in reader.marks.items()}
    return reader.records.notes.read(found)


class _Reader:
    def __init__(self, records: Records, rulebook: Rulebook, cases: Sequence[Case]) -> None:
        self.records = records
        self.marks: dict[tuple[str, str], list[Mark]] = {}
        self._cases = {case.id: case for case in cases}
        self._rules = {key: rule for key, rule in rulebook.file.criteria.items() if isinstance(rule, MarksRule)}
        self._criteria = rulebook.file.criteria
        self._members = dict.fromkeys(composed(member.strip()) for member in rulebook.file.commission.members)
        self._given: dict[tuple[str, str, str], int] = {}
        self._recused: dict[tuple[str, str], int] = {}

    def row(self, row: int) -> None:
        """One mark; what is wrong with it is noted."""
        id_ = self.records.known(row, "application", self._cases, APPLICATION)
        member = self._member(row)
        criterion = self._criterion(row)
        points = self._points(row, criterion, member)
        recusal = self._recusal(row)
        reason = self.records.reason(row, needed=not recusal)
        if id_ is None or member is None or criterion is None:
            return
        first = self._given.setdefault((id_, member, criterion), row)
        if first != row:
            line = self.records.line(first)
            self.records.refuse(
                row,
                "member",
                f"ocena »{shown(member)}« za to merilo te vloge je že v vrstici {line}; eno odstranite",
                f"line {line} already has the mark of '{shown(member)}' for this criterion of this "
                "application; remove one of them",
            )
            return
        if recusal:
            self._recused.setdefault((id_, member), row)
        self.marks.setdefault((id_, criterion), []).append(Mark(member, points, reason))

    def check_recusals(self) -> None:
        """Note every mark of a member who is in conflict with the same application."""
        for (id_, member, _), row in self._given.items():
            recused = self._recused.get((id_, member))
            if recused is not None and not self._recusal(row):
                self.records.refuse(
                    row,
                    "points",
                    f"član »{shown(member)}« je pri vlogi »{shown(id_)}« izločen (vrstica "
                    f"{self.records.line(recused)}); izločitev velja za vso vlogo, zato oceno odstranite",
                    f"the member '{shown(member)}' is recused from the application '{shown(id_)}' (line "
                    f"{self.records.line(recused)}); that holds for all of it, so remove this mark",
                )

    def _recusal(self, row: int) -> bool:
        return self.records.text(row, "points").casefold() == CONFLICT

    def _member(self, row: int) -> str | None:
        member = self.records.line_text(row, "member")
        if member is not None and member.casefold() == AGREED:
            return AGREED
        if member is None or not self._members or member in self._members:
            return member
        hint = instead(member, [*self._members, AGREED])
        self.records.refuse(
            row,
            "member",
            f"»{shown(member)}« ni član komisije{hint.sl}",
            f"'{shown(member)}' is not a member of the commission{hint.en}",
        )
        return None

    def _criterion(self, row: int) -> str | None:
        criterion = self.records.known(row, "criterion", self._criteria, CRITERION)
        if criterion is None or criterion in self._rules:
            return criterion
        listed = ", ".join(self._rules) or "–"
        self.records.refuse(
            row,
            "criterion",
            f"merila »{criterion}« komisija ne ocenjuje, izračuna se samo (ocenjuje: {listed})",
            f"the criterion '{criterion}' is not marked but computed (marked are: {listed})",
        )
        return None

    def _points(self, row: int, criterion: str | None, member: str | None) -> Number | None:
        text = self.records.text(row, "points")
        if self._recusal(row):
            if member == AGREED:
                self.records.refuse(
                    row,
                    "points",
                    "dogovorjena ocena ne more biti izločitev; vpišite točke",
                    "the agreed value cannot be a recusal; fill in the points",
                )
            return None
        try:
            if not text:
                raise refused(
                    f"manjkajo točke; vpišite jih ali »{CONFLICT}« ob izločitvi",
                    f"the points are missing; fill them in, or '{CONFLICT}' for a recusal",
                )
            points = numbers.decimal(text)
            return on_scale(points, self._rules[criterion]) if criterion is not None else points
        except Refused as found:
            self.records.note(row, "points", found)
            return None


def on_scale(points: Number, rule: MarksRule) -> Number:
    """``points`` if the rule allows them; raises :class:`Refused`."""
    numbers.within(rule.min, rule.max)(points)
    if rule.step is not None and Fraction(points - rule.min) / rule.step % 1:
        sl = "{} ni na lestvici: koraki so po {} od {}"
        en = "{} is not on the scale: steps of {} from {}"
        numbers_ = (points, rule.step, rule.min)
        raise refused(sl.format(*map(numbers.spoken, numbers_)), en.format(*map(money.plain, numbers_)))
    if rule.grades and not any(grade.from_ <= points <= grade.to for grade in rule.grades):
        sl = ", ".join(f"{grade.text.sl} {_span(grade, numbers.spoken)}" for grade in rule.grades)
        en = ", ".join(f"{grade.text.en} {_span(grade, money.plain)}" for grade in rule.grades)
        raise refused(
            f"{numbers.spoken(points)} ni v nobeni stopnji ({sl})",
            f"{money.plain(points)} is in none of the grades ({en})",
        )
    return points


def _span(grade: Grade, say: Callable[[Number], str]) -> str:
    return f"{say(grade.from_)}–{say(grade.to)}"
