"""What is published of the results of a call: taken from the accepted evaluation and the decisions issued on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.engine import money
from razpis.engine.problems import Language, Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.wording import Speaker, rules_money
from razpis.engine.wording.rules_text import Bullets, Paragraph
from razpis.exports.result_table import OUTCOMES
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act
from razpis.models.remedies import Annulment
from razpis.procedure.acts import ActState, Kind
from razpis.procedure.deadlines import local_time
from razpis.procedure.finality import Follows
from razpis.procedure.states import ApplicationState, CallState
from razpis.services.calls.calls import NOT_FILED
from razpis.services.decisions import remedy_records
from razpis.services.proposing import runs
from razpis.services.rules import comparing
from razpis.services.rules.rulebooks import compiled

FORMAT = "razpis-results/1"
NO_NUMBERS: Mapping[str, Sequence[str]] = {"sl": (), "en": ()}
DECIDES = (Kind.DECISION, Kind.DISMISSAL, Kind.DISCONTINUANCE)
FINAL = frozenset({CallState.CONTRACTS, CallState.RUNNING, CallState.COMPLETED, CallState.ARCHIVED})
"""States of a call that it reaches only once every ordinary remedy is exhausted."""
NAMED = frozenset({"granted", "part", "ranked"})
"""Outcomes of recipients, who are always named (ZDIJZ, 6. člen, 3. odstavek: use of public funds)."""
ANNULLED, TAKEN_AWAY, DISCONTINUED = "annulled", "taken_away", "discontinued"
_OVER = (ANNULLED, TAKEN_AWAY, DISCONTINUED)
OUTCOME_WORDS: Mapping[str, Text] = {
    **{key: Text(*words) for key, words in OUTCOMES.items()},
    ANNULLED: Text("odločitev odpravljena, odloča se znova", "decision annulled, to be decided anew"),
    TAKEN_AWAY: Text("odločitev odpravljena", "decision annulled"),
    DISCONTINUED: Text("postopek ustavljen", "discontinued"),
}
_BY_STATE = {
    ApplicationState.DISMISSED_LATE: "dismissed",
    ApplicationState.DISMISSED_INELIGIBLE: "dismissed",
    ApplicationState.DISMISSED_INCOMPLETE: "dismissed",
    ApplicationState.DISCONTINUED: DISCONTINUED,
}
_LANGUAGES: tuple[Language, ...] = ("sl", "en")


def applications(call_id: int) -> Sequence[Application]:
    """Those filed on a call, in the order received."""
    query = select(Application).where(Application.call_id == call_id, Application.number.is_not(None))
    query = query.where(Application.state.not_in(NOT_FILED)).order_by(Application.number, Application.id)
    return db.session.scalars(
        query.options(joinedload(Application.organisation), joinedload(Application.envelope))
    ).all()


def decisions(call_id: int) -> dict[int, Act]:
    """The decision that counts on each application: the last one issued, or the annulled one nothing replaced."""
    query = select(Act).where(Act.call_id == call_id, Act.kind.in_(DECIDES), Act.application_id.is_not(None))
    query = query.where(Act.state.in_((ActState.ISSUED, ActState.ANNULLED))).order_by(Act.issued_at, Act.id)
    found: dict[int, Act] = {}
    for state in (ActState.ANNULLED, ActState.ISSUED):
        found.update({act.application_id: act for act in db.session.scalars(query) if act.state is state})  # type: ignore[misc]
    return found


def undecided(found: runs.Result, filed: Iterable[Application], acts: Mapping[int, Act]) -> list[int]:
    """The numbers of applications without an issued decision."""
    scored = {line["id"] for line in found.lines}
    waiting = (one for one in filed if one.id not in acts and (one.key in scored or one.state not in _BY_STATE))
    return [one.number or 0 for one in waiting]


def content(call: Call, found: runs.Result, filed: Sequence[Application], acts: Mapping[int, Act]) -> dict[str, Any]:
    """The results as they are published, amounts as ``6120.00``, texts in both languages."""
    rulebook, document = compiled(call.rulebook), found.document
    everyone = rulebook.file.call.names_published == "all"
    lines = _lines(found, filed, acts, everyone, _taken_away(call.id))
    return {
        "format": FORMAT,
        "call": {
            "sl": call.title_sl,
            "en": call.title_en,
            "reference": call.reference,
            "year": rulebook.file.call.year,
        },
        "example": rulebook.file.call.example,
        "budget": _euros(_budget(call, document)),
        "awarded": _euros(sum(_cents(line["award"]) for line in lines)),
        "rulebook_sha256": document["rulebook_sha256"],
        "evaluation_sha256": found.run.sha256,
        "names": rulebook.file.call.names_published,
        "final": final(call),
        "method": {language: method(rulebook, language) for language in _LANGUAGES},
        "lots": [_lot(lot, lines) for lot in _lots(document, lines)],
        "counts": dict(Counter(line["outcome"] for line in lines)),
        "lines": lines,
    }


def final(call: Call) -> bool:
    """Whether ordinary remedies are over, and no decision waits to be made anew or may still be appealed because it
    was."""
    return call.state in FINAL and remedy_records.all_stand(_binding(call.id))


def _binding(call_id: int) -> Sequence[Act]:
    """The decisions that count, but for those taken away for good."""
    query = select(Application.id).where(Application.call_id == call_id, Application.state == ApplicationState.ANNULLED)
    settled = set(db.session.scalars(query))
    return [act for id_, act in decisions(call_id).items() if id_ not in settled]


def adds_up(found: runs.Result, published: Mapping[str, Any]) -> bool:
    """Whether the awards published, and those of decisions annulled and procedures discontinued, are to the cent what
    was evaluated."""
    withheld = sum(_cents(line["evaluated"]) for line in published["lines"] if line["outcome"] in _OVER)
    shown = sum(_cents(line["award"]) for line in published["lines"])
    whole = sum(_cents(line["award"]) for line in found.lines)
    return _cents(published["awarded"]) == shown and shown + withheld == whole == found.run.awarded_cents


def contradicting(found: runs.Result, filed: Iterable[Application], acts: Mapping[int, Act]) -> list[int]:
    """The numbers of applications whose issued decision grants another amount than was evaluated."""
    awards = {line["id"]: _cents(line["award"]) for line in found.lines}
    wrong = []
    for one in filed:
        act = acts.get(one.id)
        if act is None or act.state is not ActState.ISSUED or act.kind is Kind.DISCONTINUANCE:
            continue
        said = act.facts.get("decision", {}).get("awarded")
        if said is not None and said != awards.get(one.key, 0):
            wrong.append(one.number or 0)
    return wrong


def method(rulebook: Rulebook, language: Language) -> list[str]:
    """How the money was divided, in whole sentences, as the rules say it."""
    told: list[str] = []
    for block in rules_money.division(Speaker(language), rulebook):
        if isinstance(block, Bullets):
            told += block.items
        elif isinstance(block, Paragraph):
            told.append(block.text)
    return told


def applicant(application: Application) -> str:
    """Whose application it is; of one on paper the sender."""
    if application.organisation is not None:
        return application.organisation.name
    return application.envelope.sender if application.envelope is not None else ""


def _lines(
    found: runs.Result, filed: Sequence[Application], acts: Mapping[int, Act], everyone: bool, ended: Collection[int]
) -> list[dict[str, Any]]:
    """Those evaluated by lot, place and number, then those that never came so far."""
    known = {one.key: one for one in filed}
    limits = comparing.limit_words(found.document)
    evaluated = [_evaluated(line, known[line["id"]], acts, everyone, limits) for line in found.lines]
    scored = {line["id"] for line in found.lines}
    lines = evaluated + [_apart(one, acts, everyone) for one in filed if one.key not in scored]
    over = {one.number for one in filed if one.id in acts and acts[one.id].id in ended}
    return [line | {"outcome": TAKEN_AWAY} if line["number"] in over else line for line in lines]


def _evaluated(
    line: Mapping[str, Any],
    application: Application,
    acts: Mapping[int, Act],
    everyone: bool,
    limits: Mapping[str, Text],
) -> dict[str, Any]:
    act = acts.get(application.id)
    outcome = _ended(act) or line["outcome"]
    over = outcome in _OVER
    key = line["limited_by"]
    limit = limits.get(key, Text(key, key)) if key and outcome in NAMED else Text("", "")
    named = everyone or outcome in NAMED
    return {
        **_heading(application, act, outcome, named),
        "place": None if line["place"] is None or outcome == DISCONTINUED else int(line["place"]),
        "programme": (line["programme"] or "") if named else "",
        "lot": line["lot"],
        "points": line["points"],
        "requested": line["requested"],
        "award": "0.00" if over else line["award"],
        "limit": {"sl": limit.sl, "en": limit.en},
        **({"evaluated": line["award"]} if over else {}),
    }


def _taken_away(call_id: int) -> set[int]:
    """The numbers (of the rows) of decisions taken away without the matter being remitted."""
    query = select(Annulment.act_id).join(Annulment.act).where(Act.call_id == call_id)
    return set(db.session.scalars(query.where(Annulment.follows == Follows.NOTHING)))


def _ended(act: Act | None) -> str:
    """What became of an evaluated line without its amount being given: annulled, or withdrawn before the decision."""
    if act is None:
        return ""
    if act.state is ActState.ANNULLED:
        return ANNULLED
    return DISCONTINUED if act.kind is Kind.DISCONTINUANCE else ""


def _apart(application: Application, acts: Mapping[int, Act], everyone: bool) -> dict[str, Any]:
    """An application that was dismissed or discontinued before anything of it was evaluated."""
    act = acts.get(application.id)
    outcome = _BY_STATE.get(application.state, "dismissed")
    if act is not None:
        outcome = ANNULLED if act.state is ActState.ANNULLED else outcome
        outcome = DISCONTINUED if act.kind is Kind.DISCONTINUANCE and outcome != ANNULLED else outcome
    return {
        **_heading(application, act, outcome, everyone),
        "place": None,
        "programme": "",
        "lot": application.lot,
        "points": None,
        "requested": None,
        "award": "0.00",
        "limit": {"sl": "", "en": ""},
        **({"evaluated": "0.00"} if outcome in _OVER else {}),
    }


def _heading(application: Application, act: Act | None, outcome: str, named: bool) -> dict[str, Any]:
    issued = act.issued_at if act is not None else None
    return {
        "number": application.number,
        "recipient": applicant(application) if named else "",
        "outcome": outcome,
        "decision": (act.number or "") if act is not None else "",
        "decided_on": local_time(issued).date().isoformat() if issued is not None else "",
    }


def _lots(document: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The lots of the evaluation; those of applications that never came so far are among them or are added."""
    known = [
        {
            "lot": lot["lot"],
            "title": lot["title"] if lot["lot"] else None,
            "amount": lot["amount"],
            "value_of_point": lot["value_of_point"],
            "numbers": lot.get("numbers", NO_NUMBERS),  # a result kept before these were told has none
        }
        for lot in document["lots"]
    ]
    keys = {lot["lot"] for lot in known}
    more = dict.fromkeys(line["lot"] for line in lines if line["lot"] not in keys)
    return known + [
        {
            "lot": key,
            "title": {"sl": key, "en": key} if key else None,
            "amount": None,
            "value_of_point": None,
            "numbers": NO_NUMBERS,
        }
        for key in more
    ]


def _lot(lot: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    here = [line for line in lines if line["lot"] == lot["lot"]]
    named = [line for line in here if line["outcome"] in NAMED]
    return {
        **lot,
        "spent": _euros(sum(_cents(line["award"]) for line in here)),
        "requested": _euros(sum(_cents(line["requested"]) for line in named if line["requested"] is not None)),
    }


def _budget(call: Call, document: Mapping[str, Any]) -> int:
    if call.budget_cents is not None:
        return call.budget_cents
    return sum(_cents(lot["amount"]) for lot in document["lots"])


def _cents(euros: str) -> int:
    return money.to_cents(money.parse_number(euros))


def _euros(cents: int) -> str:
    return money.fixed(money.from_cents(cents), 2)
