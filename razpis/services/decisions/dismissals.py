"""Why applications are dismissed: the ground with the days and articles it follows from, in the lawyer's words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from razpis.assets import ASSETS
from razpis.documents.act_text import load_sentences, sentences
from razpis.documents.acts_of_application import Dismissal, Ground
from razpis.documents.decision import Applicant, Decision, Outcome
from razpis.engine import money
from razpis.engine.problems import Text
from razpis.models.applications import Application
from razpis.models.calls import Call
from razpis.models.checking import FormalCheck
from razpis.procedure.checking import Aspect
from razpis.procedure.parameter_kinds import Unit
from razpis.procedure.states import ApplicationState
from razpis.services.applications import received
from razpis.services.decisions.act_facts import DRAFT_NUMBER
from razpis.services.decisions.paper_room import Gaps, Lacking, day_of, in_days, moment
from razpis.services.examination import established, supplements
from razpis.services.examination.supplements import Standing
from razpis.services.rules.rulebooks import compiled

_A = ApplicationState
GROUNDS: Mapping[ApplicationState, tuple[Aspect, Ground]] = {
    _A.LATE: (Aspect.TIMELY, Ground.LATE),
    _A.INELIGIBLE: (Aspect.ENTITLED, Ground.INELIGIBLE),
    _A.INCOMPLETE: (Aspect.COMPLETE, Ground.NOT_SUPPLEMENTED),
}
"""Applications to be dismissed: the question answered no, and the ground."""


@dataclass(frozen=True, slots=True)
class Found:
    """An application to be dismissed: what is known of it, the answer it fails by, the request made in vain, and what
    it says itself by field (nothing where it was never read)."""

    application: Application
    line: received.Line
    applicant: Applicant
    check: FormalCheck | None
    asked: Standing | None
    claims: Mapping[str, Any]

    @property
    def ground(self) -> Ground:
        """Not supplemented is told as not signed where nothing but signatures was asked for."""
        ground = GROUNDS[self.application.state][1]
        return Ground.NOT_SIGNED if ground is Ground.NOT_SUPPLEMENTED and _unsigned(self.asked) else ground


def claims(call_id: int) -> dict[str, Mapping[str, Any]]:
    """What applications to be dismissed say themselves, by key and field; a late one is never read. Four queries."""
    read = established.cases(call_id, [state for state in GROUNDS if state is not _A.LATE])
    return {one.id: one.claims for one in read}


def decision(call: Call, frame: Mapping[str, Any], one: Found, day: datetime.date) -> Decision:
    """The dismissal, the same as a preview and to be issued; it names its ground with the days it follows from, and
    its article (ZUP, 67., 68. člen). ``frame``: as :func:`razpis.services.decisions.terms.frame` gives it.

    Raises :class:`Lacking` with all that the ground lacks, and ``DecisionError``.
    """
    gaps = Gaps()
    told = reasons(call, one, gaps)
    if gaps.found:
        raise Lacking(tuple(gaps.found))
    programme, requested = _claimed(call, one.claims)
    return Decision(
        **{**frame, "proposal": ()},
        applicant=one.applicant,
        document_number=DRAFT_NUMBER,
        issued_on=day,
        programme_title=programme,
        outcome=Outcome.DISMISSED,
        requested=requested,
        awarded=0,
        refusal_reasons=told,
    )


def reasons(call: Call, one: Found, gaps: Gaps) -> tuple[str, ...]:
    """The sentences on the ground; what they lack goes to ``gaps`` (then there are none)."""
    known, check, ground = len(gaps.found), one.check, one.ground
    told = check.ground.strip() if check is not None and not check.met else ""
    body = Dismissal(
        number=one.line.number,
        received=received.told(one.line),
        deadline=gaps.text(moment(call.deadline), "rok za oddajo vlog", "deadline"),
        reason=_sentence(_said_once(one, gaps.text(told, "razlog za zavrženje", "ground for dismissal"))),
        article=gaps.text(check.article if check else "", "člen za zavrženje", "article for dismissal"),
        **_asked(call, one.asked, gaps) if ground in (Ground.NOT_SUPPLEMENTED, Ground.NOT_SIGNED) else {},
    )
    if len(gaps.found) > known:
        return ()
    return sentences(load_sentences(ASSETS / "templates" / "documents", Dismissal), ground, body)


def _unsigned(asked: Standing | None) -> bool:
    """Whether the request to supplement asked for signatures and for nothing else."""
    return asked is not None and all(one.signature for one in asked.request.items)


def _claimed(call: Call, said: Mapping[str, Any]) -> tuple[str, int]:
    """Programme and amount (cents) as claimed; empty and 0 where the application does not say."""
    file = compiled(call.rulebook).file
    fields, rule = file.call.applicant, file.allocation
    programme = said.get(fields.programme) if fields and fields.programme else None
    requested = said.get(rule.request) if rule else None
    asked = requested if isinstance(requested, (int, Fraction)) and not isinstance(requested, bool) else 0
    return "" if programme is None else str(programme), money.to_cents(asked)


def _asked(call: Call, asked: Standing | None, gaps: Gaps) -> dict[str, Any]:
    if asked is None:
        gaps.add("prijavitelj ni bil pozvan k dopolnitvi", "the applicant was not asked to supplement")
        return {}
    fields = compiled(call.rulebook).fields
    items = tuple(f"{fields[one.field].label.sl} – {one.deficiency.rstrip('.')}" for one in asked.request.items)
    return {
        "asked": items,
        "requested": day_of(asked.request.issued_at),
        "period": in_days(asked.request.days, Unit(asked.request.unit)),
        "served": _known(gaps, asked.served, Text("vročitev poziva", "service of the request")),
        "ended": _known(gaps, asked.ends, Text("konec roka za dopolnitev", "end of the supplement period")),
        "filed": day_of(asked.answer.filed_at) if asked.answer else "",
    }


def _known(gaps: Gaps, day: datetime.date | None, what: Text) -> str:
    return gaps.text(day_of(day), what.sl, what.en)


def _said_once(one: Found, told: str) -> str:
    """The ground without what its sentence says anyway: the days of the request, and that nothing was filed."""
    if one.asked is None or one.asked.served is None or one.asked.ends is None or one.check is None:
        return told
    return "" if one.check.by is None else told.removeprefix(supplements.served_and_ended(one.asked))


def _sentence(words: str) -> str:
    return words if not words or words.endswith((".", "!", "?")) else f"{words}."
