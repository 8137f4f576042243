"""Why applications are dismissed: the ground with the days and articles it follows from, in the lawyer's words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from razpis.assets import ASSETS
from razpis.documents.act_text import load_sentences, sentences
from razpis.documents.acts_of_application import Dismissal, Ground
from razpis.engine.problems import Text
from razpis.models.calls import Call
from razpis.models.checking import FormalCheck
from razpis.procedure.checking import Aspect
from razpis.procedure.parameter_kinds import Unit
from razpis.procedure.states import ApplicationState
from razpis.services.applications import received
from razpis.services.decisions.paper_room import Gaps, day_of, in_days, moment
from razpis.services.examination.supplements import Standing
from razpis.services.rules.rulebooks import compiled

_A = ApplicationState
GROUNDS: Mapping[ApplicationState, tuple[Aspect, Ground]] = {
    _A.LATE: (Aspect.TIMELY, Ground.LATE),
    _A.INELIGIBLE: (Aspect.ENTITLED, Ground.INELIGIBLE),
    _A.INCOMPLETE: (Aspect.COMPLETE, Ground.NOT_SUPPLEMENTED),
}
"""Applications to be dismissed: the question answered no, and the ground."""


def reasons(
    call: Call, line: received.Line, check: FormalCheck | None, asked: Standing | None, ground: Ground, gaps: Gaps
) -> tuple[str, ...]:
    """The sentences on the ground; what they lack goes to ``gaps`` (then there are none)."""
    known = len(gaps.found)
    told = check.ground.strip() if check is not None and not check.met else ""
    body = Dismissal(
        received=received.told(line),
        deadline=gaps.text(moment(call.deadline), "rok za oddajo vlog", "deadline"),
        reason=_sentence(gaps.text(told, "razlog za zavrženje", "ground for dismissal")),
        article=gaps.text(check.article if check else "", "člen za zavrženje", "article for dismissal"),
        **_asked(call, asked, gaps) if ground in (Ground.NOT_SUPPLEMENTED, Ground.NOT_SIGNED) else {},
    )
    if len(gaps.found) > known:
        return ()
    return sentences(load_sentences(ASSETS / "templates" / "documents", Dismissal), ground, body)


def unsigned(asked: Standing | None) -> bool:
    """Whether the request to supplement speaks of a signature: the officer then chooses the ground."""
    return asked is not None and any("podpis" in one.deficiency.casefold() for one in asked.request.items)


def _asked(call: Call, asked: Standing | None, gaps: Gaps) -> dict[str, Any]:
    if asked is None:
        gaps.add("prijavitelj ni bil pozvan k dopolnitvi", "the applicant was not asked to supplement")
        return {}
    fields = compiled(call.rulebook).fields
    items = tuple(f"{fields[one.field].label.sl} – {one.deficiency.rstrip('.')}" for one in asked.request.items)
    return {
        "asked": items,
        "period": in_days(asked.request.days, Unit(asked.request.unit)),
        "served": _known(gaps, asked.served, Text("vročitev poziva", "service of the request")),
        "ended": _known(gaps, asked.ends, Text("konec roka za dopolnitev", "end of the supplement period")),
        "filed": day_of(asked.answer.filed_at) if asked.answer else "",
    }


def _known(gaps: Gaps, day: datetime.date | None, what: Text) -> str:
    return gaps.text(day_of(day), what.sl, what.en)


def _sentence(words: str) -> str:
    return words if not words or words.endswith((".", "!", "?")) else f"{words}."
