"""Papers on marks and their result: score sheets, and the commission's report with its proposal."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.documents.act import Act, Row, Section, Sections
from razpis.documents.acts_of_commission import Report, ScoreSheet
from razpis.documents.format_sl import money, plain
from razpis.engine.rulebook import Rulebook
from razpis.engine.wording import rules_money, rules_points
from razpis.engine.wording.rules_text import Part
from razpis.engine.wording.speaker import Speaker
from razpis.exports.result_table import OUTCOMES
from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.evaluations import EvaluationRun, Proposal
from razpis.models.marking import MarkSheet
from razpis.procedure.acts import Kind
from razpis.procedure.commission import FUNCTIONS, CommissionFunction
from razpis.procedure.conflicts import GROUNDS, Ground
from razpis.procedure.sittings import SITTINGS, SittingKind
from razpis.procedure.states import ApplicationState
from razpis.procedure.words import APPLICATION_STATES
from razpis.services.decisions import rule_sections
from razpis.services.decisions.paper_room import Draft, Gaps, Room, later, moment
from razpis.services.decisions.papers_commission import functions_of, named, record
from razpis.services.proposing import runs

_SPEAKER = Speaker("sl")
_AT_ONCE = 8
"""Criteria beside each other in one table of points."""


def score_sheets(room: Room, run_id: int | None, applications: Sequence[Application]) -> Iterator[Draft]:
    """The score sheet of every application that is scored, by the run ``run_id``."""
    if run_id is None:
        yield later(Kind.SCORE_SHEET, "ocene še niso zaklenjene in izračunane", "marks are not locked and computed")
        return
    found, sheets = runs.result(room.call.id, run_id), _sheets(room.call.id)
    lines = {line["id"]: line for line in found.lines}
    functions = functions_of(room.call.seats)
    for one in applications:
        line = lines.get(one.key)
        if line is not None and line["points"] is not None and one.state is not ApplicationState.IN_SCORING:
            make = partial(_score_sheet, room, one, line, found.run, sheets.get(one.id, []), functions)
            about = f"vloga {one.number}, {line['name']}"
            yield Draft(Kind.SCORE_SHEET, one.key, about, make, application=one.id)


def reports(room: Room, proposals: Sequence[Proposal]) -> Iterator[Draft]:
    """The report of every proposal that stands or was handed over."""
    if not proposals:
        yield later(Kind.REPORT, "predlog komisije še ni pripravljen ali predan", "no proposal is prepared yet")
    for one in reversed(proposals):
        yield Draft(Kind.REPORT, str(one.number), f"predlog {one.number}", partial(_report, room, one))


def _score_sheet(
    room: Room,
    application: Application,
    line: Mapping[str, Any],
    run: EvaluationRun,
    sheets: Sequence[MarkSheet],
    functions: Mapping[int, str],
) -> Act:
    gaps, told = Gaps(), line["explanation"]["sl"]
    for one in told["criteria"]:
        if not one["reason"].strip():
            gaps.add(f"merilo »{one['title']}« nima razloga", f"criterion '{one['title']}' has no reason")
    lot = room.rulebook.lots.get(line["lot"]) if room.rulebook else None
    body = ScoreSheet(
        number=application.number or 0,
        applicant=line["name"],
        programme=line["programme"] or "",
        lot=lot.title.sl if lot and lot.title else "",
        criteria=tuple(_criteria(told)),
        marks=tuple(_marks(told)),
        total=plain(told["total"]),
        thresholds=tuple(plain(f"Prag – {one['sentence']}.") for one in told["thresholds"]),
        place=plain(f"Uvrstitev: {told['place']}.") if told["place"] else "",
        run=run.number,
        sha256=run.sha256,
    )
    signers = [(one.user.name, functions.get(one.user_id, ""), one.locked_at) for one in sheets]
    return record(room, f"Ocenjevalni list vloge {application.number}", body, run.at, signers, gaps)


def _criteria(told: Mapping[str, Any]) -> Iterator[Row]:
    """Criteria under their sections, each section with its sum."""
    sections = {one["key"]: one for one in told["sections"]}
    known = None
    for one in told["criteria"]:
        key = one["section"]
        if key != known and known in sections:
            yield _sum(sections[known])
        if key != known and key in sections:
            yield Row((sections[key]["title"], "", "", ""), "section")
        known = key
        title = f"{one['title']}\n{one['article']}".rstrip("\n")
        yield Row((title, _points(one["maximum"]), _points(one["points"]), plain(one["reason"])))
    if known in sections:
        yield _sum(sections[known])


def _sum(section: Mapping[str, Any]) -> Row:
    cells = (f"Skupaj: {section['title']}", _points(section["maximum"]), _points(section["points"]), "")
    return Row(cells, "sum")


def _marks(told: Mapping[str, Any]) -> Iterator[Row]:
    """What each member gave, under the criterion it was given for."""
    for one in told["criteria"]:
        if one["marks"]:
            yield Row((one["title"], "", ""), "section")
        for mark in one["marks"]:
            points = _points(mark["points"]) if mark["points"] else "izločitev"
            yield Row((mark["member"], points, mark["reason"] or "–"))


def _points(value: str | None) -> str:
    return "–" if value is None else value.replace(".", ",").replace("-", "−")


def _report(room: Room, proposal: Proposal) -> Act:
    gaps, told = Gaps(), proposal.report
    lots = {key: lot.title.sl if lot.title else key for key, lot in room.rulebook.lots.items()} if room.rulebook else {}
    lines = told["lines"]
    by_key = {one["key"]: one for one in lines}
    body = Report(
        number=proposal.number,
        commission=tuple(
            Row((one["name"], FUNCTIONS[CommissionFunction(one["function"])][0], one["act"]))
            for one in told["commission"]
        ),
        sittings=tuple(_sitting(one, told["adopted"]) for one in told["sittings"]),
        method=_method(room.rulebook),
        exclusions=tuple(_excluded(one) for one in told["exclusions"]),
        left_out=tuple(
            Row((named(one), APPLICATION_STATES[ApplicationState(one["state"])].sl)) for one in told["left_out"]
        ),
        results=tuple(_results(lines, lots)),
        points=_point_tables(room.rulebook, lines),
        lots=tuple(
            Row((lots.get(one["lot"], one["lot"]), money(one["amount"]), money(one["spent"]), money(one["left"])))
            for one in told["lots"]
        ),
        divided=tuple(_divided(told["lots"], lots)),
        reserve=tuple(named(by_key[key]) for key in told["reserve"]),
        draws=tuple(_draw(one, by_key) for one in told["draws"]),
        agreed=told["agreed"],
        reopened=tuple(f"{one['member']}, vloga {one['number']}: {one['reason']}" for one in told["reopened"]),
        simulations=len(told["simulations"]),
        certificate=tuple(told["certificate"]["sl"]),
        total=money(sum(one["cents"] for one in lines)),
        available=money(sum(one["amount"] for one in told["lots"])),
        dissents=tuple(Section(one.user.name, (one.dissent,), 2) for one in proposal.signatures if one.dissent),
        returned=proposal.decision_reason,
        sha256=proposal.sha256,
    )
    functions = functions_of(room.call.seats)
    signers = [(one.user.name, functions.get(one.user_id, ""), one.signed_at) for one in proposal.signatures]
    if not signers:
        gaps.add("poročila ni podpisal še nihče", "nobody has signed the report yet")
    return record(room, "Poročilo komisije in predlog", body, proposal.made_at, signers, gaps)


def _sitting(one: Mapping[str, Any], adopted: Mapping[str, Any]) -> str:
    """A sitting; of the one that adopted the proposal, who was there."""
    kind, at = SITTINGS[SittingKind(one["kind"])].sl, moment(datetime.datetime.fromisoformat(one["at"]))
    told = f"{one['number']}. seja ({kind}): {at}, {one['place']}"
    if one["number"] != adopted["sitting"]:
        return told
    names = ", ".join(adopted["present"])
    return f"{told}; na tej seji je komisija odločala o tem predlogu, navzoči: {names}"


def _excluded(one: Mapping[str, Any]) -> str:
    ground = GROUNDS[Ground(one["ground"])]
    return f"{one['member']}: vloga {one['number']} – {ground.text.sl} ({ground.article})"


def _method(rulebook: Rulebook | None) -> Sections:
    if rulebook is None:
        return ()
    return rule_sections.sections(
        [
            rules_points.thresholds(_SPEAKER, rulebook),
            rules_points.order(_SPEAKER, rulebook),
            Part("Razdelitev sredstev", rules_money.division(_SPEAKER, rulebook)),
        ]
    )


def _divided(told: Sequence[Mapping[str, Any]], lots: Mapping[str, str]) -> Iterator[str]:
    """How each lot's money was divided, with the value of a point; a report made before this was told says nothing."""
    for one in told:
        sentences = " ".join(one["numbers"]["sl"]) if "numbers" in one else ""
        if sentences:
            yield f"{lots.get(one['lot'], one['lot'])}: {sentences}" if one["lot"] else sentences


def _results(lines: Sequence[Mapping[str, Any]], lots: Mapping[str, str]) -> Iterator[Row]:
    """The order by lots, each with its title where there are several."""
    known = None
    for one in lines:
        if one["lot"] != known and len(lots) > 1:
            yield Row((f"Sklop: {lots.get(one['lot'], one['lot'])}", "", "", "", ""), "section")
        known = one["lot"]
        place = f"{one['place']}." if one["place"] else "–"
        outcome = OUTCOMES[one["outcome"]][0] if one["outcome"] in OUTCOMES else one["outcome"]
        yield Row((named(one), place, _points(one["points"]), outcome, money(one["cents"]) if one["cents"] else "–"))


def _point_tables(rulebook: Rulebook | None, lines: Sequence[Mapping[str, Any]]) -> Sections:
    """Points of every application by criterion, some criteria a table, each named above its table."""
    if rulebook is None:
        return ()
    titles = {one.key: one.rule.title.sl for one in rulebook.criteria}
    keys = list(titles)
    made = []
    for first in range(0, len(keys), _AT_ONCE):
        some = keys[first : first + _AT_ONCE]
        marks = [f"M{first + at}" for at in range(1, len(some) + 1)]
        told = "; ".join(f"{mark} – {titles[key]}" for mark, key in zip(marks, some, strict=True)) + "."
        rows = [(named(one), *(_points(one["criteria"].get(key)) for key in some)) for one in lines]
        made.append(Section("", (told, rule_sections.sheet(("Vloga", *marks), rows, (False, *[True] * len(some))))))
    return tuple(made)


def _draw(one: Mapping[str, Any], by_key: Mapping[str, Mapping[str, Any]]) -> str:
    order = ", ".join(named(by_key[key]) if key in by_key else key for key in one["order"])
    return f"izenačenje {one['tie']}: vrstni red po žrebu iz vnaprej določenega semena »{one['seed']}« je {order}"


def _sheets(call_id: int) -> dict[int, list[MarkSheet]]:
    query = select(MarkSheet).join(MarkSheet.application).where(Application.call_id == call_id)
    found: dict[int, list[MarkSheet]] = {}
    for sheet in db.session.scalars(query.options(joinedload(MarkSheet.user)).order_by(MarkSheet.id)):
        if sheet.locked_at is not None:
            found.setdefault(sheet.application_id, []).append(sheet)
    return found
