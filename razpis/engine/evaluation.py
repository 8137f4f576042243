"""The pure function at the heart: rulebook, cases, marks and draws in; the evaluation with its trace out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from razpis.engine.allocation import Award, LotAllocation, allocate
from razpis.engine.allocation.wishes import unit
from razpis.engine.cases import Case, Draw, Marks
from razpis.engine.certificate import AwardClaim, Certificate, Claims, LotClaim, PlaceClaim, TieClaim, certify
from razpis.engine.facts import siblings
from razpis.engine.pairing import paired
from razpis.engine.problems import Problem, Problems
from razpis.engine.ranking import Ranked, Ranking, Tie, rank, unused
from razpis.engine.rulebook import Rulebook
from razpis.engine.scoring import Checked, Score, Scorer, Standing, relations
from razpis.engine.scoring.common_scale import Eligible, common_scales


@dataclass(frozen=True, slots=True)
class Line:
    """One application's result. ``outcome`` is one of granted, part, below_threshold, no_money,
    condition_failed, dismissed, not_scored, open_tie – or ranked, where the rulebook divides no money."""

    case: Case
    score: Score
    outcome: str
    ranked: Ranked | None = None
    award: Award | None = None
    tie: Tie | None = None

    @property
    def cents(self) -> int:
        """The award in cents."""
        return self.award.cents if self.award else 0

    @property
    def limited_by(self) -> str:
        """The key of the limit that bound the award."""
        return self.award.limited_by if self.award else ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that follows from the inputs. Lines stand by lot, place (unranked last), id."""

    rulebook: Rulebook
    lines: tuple[Line, ...]
    rankings: tuple[Ranking, ...]
    lots: tuple[LotAllocation, ...]
    certificate: Certificate


Watch = Callable[[Sequence[Case]], Iterable[Case]]


@contextmanager
def _uncollected() -> Iterator[None]:
    """What an evaluation makes has no cycles and stays to its end: searching it for garbage again and again takes a
    third of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        (gc.enable if collects else gc.disable)()


@_uncollected()
def evaluate(
    rulebook: Rulebook,
    cases: Sequence[Case],
    marks: Marks,
    draws: Mapping[str, Draw],
    watch: Watch = iter,
) -> Evaluation:
    """Score, rank, allocate and certify. ``watch`` may show the progress of scoring. Raises :class:`Problems`."""
    scored = _scored(rulebook, cases, marks, watch)
    by_lot: dict[str, list[tuple[Case, Score]]] = {lot: [] for lot in rulebook.lots or ("",)}
    for case, score in scored:
        if score.standing is Standing.RANKED:
            by_lot.setdefault(case.lot, []).append((case, score))
    rankings = tuple(rank(rulebook, lot, entrants, draws) for lot, entrants in by_lot.items())
    stray = unused(draws, [tie for ranking in rankings for tie in ranking.ties])
    if stray:
        raise Problems(stray)
    lots: tuple[LotAllocation, ...] = ()
    entrants = {case.id: (case, score) for case, score in scored}
    if rulebook.allocation is not None:
        lots = allocate(rulebook, rankings, entrants)
    certificate = certify(rulebook, entrants, draws, claims(rankings, lots))
    return Evaluation(rulebook, _lines(scored, rankings, lots), rankings, lots, certificate)


def claims(rankings: Sequence[Ranking], lots: Sequence[LotAllocation]) -> Claims:
    """A result as the plain values that a certificate is about."""
    return Claims(
        places=tuple(PlaceClaim(one.id, found.lot, one.place, one.keys) for found in rankings for one in found.order),
        ties=tuple(
            TieClaim(tie.name, tie.lot, tie.place, tie.ids, tie.settled) for found in rankings for tie in found.ties
        ),
        awards=tuple(_claim(lot.lot, award) for lot in lots for award in lot.awards),
        lots=tuple(
            LotClaim(lot.lot, lot.amount, lot.received, lot.given, lot.value_of_point, lot.exact_value, lot.threshold)
            for lot in lots
        ),
    )


def _claim(lot: str, award: Award) -> AwardClaim:
    return AwardClaim(
        id=award.id,
        lot=lot,
        cents=award.cents,
        limited_by=award.limited_by,
        undecided=award.undecided,
        passes=award.passes,
        available=award.available,
        share=award.share,
        rounded_down=award.rounded_down,
        last_cents=award.last_cents,
    )


def _scored(rulebook: Rulebook, cases: Sequence[Case], marks: Marks, watch: Watch) -> list[tuple[Case, Score]]:
    """All applications checked, then scored; all problems of either step at once."""
    scorer = Scorer(rulebook)
    problems: list[Problem] = []
    checked: list[Checked] = []
    among = siblings(cases)
    for case in cases:
        try:
            checked.append(scorer.check(case, among[case.id]))
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(problems)
    eligible = [Eligible(one.case.id, one.case.lot, one.facts) for one in checked if one.eligible]
    references = {
        **relations(rulebook.criteria, ((one.lot, one.facts) for one in eligible)),
        **common_scales(rulebook.criteria, eligible, marks),
    }
    scored: list[tuple[Case, Score]] = []
    for case, one in paired(watch(cases), checked):
        try:
            scored.append((case, scorer.score(one, marks, references)))
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(problems)
    return scored


def _lines(
    scored: Sequence[tuple[Case, Score]], rankings: Sequence[Ranking], lots: Sequence[LotAllocation]
) -> tuple[Line, ...]:
    ranked = {one.id: one for ranking in rankings for one in ranking.order}
    awards = {award.id: award for lot in lots for award in lot.awards}
    ties = {id_: tie for ranking in rankings for tie in ranking.ties for id_ in tie.ids}
    lines = []
    for case, score in scored:
        award = awards.get(case.id)
        lines.append(Line(case, score, _outcome(score, award), ranked.get(case.id), award, ties.get(case.id)))
    return tuple(sorted(lines, key=_order))


def _outcome(score: Score, award: Award | None) -> str:
    if award is None:
        return score.standing.value
    if award.undecided:
        return "open_tie"
    if award.cents <= 0:
        return "no_money"
    return "granted" if award.cents >= award.wish.request else "part"


def _order(line: Line) -> tuple[str, bool, int, str]:
    place = line.ranked.place if line.ranked else 0
    return line.case.lot, line.ranked is None, place, line.case.id


def reserve_positions(evaluation: Evaluation) -> dict[str, int] | None:
    """The position of every application on the reserve list of its lot, by id; ``None`` where the rules keep none.

    On it is who got nothing though the rules entitle it to something: for want of money, below the threshold that
    follows from the money, or because enough others came before it. Equals of one place share their position; a lot
    where a tie is still open has no list yet.
    """
    compiled = evaluation.rulebook.allocation
    if compiled is None or not compiled.rule.reserve_list:
        return None
    open_ = {line.case.lot for line in evaluation.lines if line.outcome == "open_tie"}
    found: dict[str, int] = {}
    before: dict[str, tuple[int, int, int]] = {}
    for line in evaluation.lines:
        if line.case.lot in open_ or line.ranked is None or not _next(line, unit(compiled)):
            continue
        count, place, position = before.get(line.case.lot, (0, 0, 0))
        position = position if line.ranked.place == place else count + 1
        before[line.case.lot] = count + 1, line.ranked.place, position
        found[line.case.id] = position
    return found


def _next(line: Line, unit_: int) -> bool:
    """Whether it got nothing, though it might have had as much as awards are counted in."""
    return line.award is not None and not line.cents and line.award.wish.due >= unit_
