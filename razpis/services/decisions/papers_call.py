"""Papers about a call itself: its start, the appointments, its text, every amendment, the cancellation."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from razpis.documents.act import Act, Row, Sections
from razpis.documents.acts_of_call import Amendment, Appointment, CallText, Cancellation, Start
from razpis.documents.format_sl import money
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.fields import AttachmentField
from razpis.engine.wording import rules_form, rules_money, rules_points
from razpis.engine.wording.speaker import Speaker
from razpis.models.calls import Call, CallVersion, Notice, Seat
from razpis.procedure.acts import Kind
from razpis.procedure.commission import FUNCTIONS, CommissionFunction
from razpis.procedure.deadlines import local_time
from razpis.procedure.parameter_kinds import KINDS, RULE_WORDS, Key, Unit
from razpis.procedure.parameters import Parameter
from razpis.procedure.states import CallEvent
from razpis.services.calls import commission
from razpis.services.decisions import rule_sections
from razpis.services.decisions.paper_room import Draft, Gaps, Room, day_of, later, moment

_SPEAKER = Speaker("sl")
VOTING = (CommissionFunction.PRESIDENT, CommissionFunction.MEMBER)
_NAMED = {
    "title_sl": "naziv razpisa",
    "reference": "številka razpisa",
    "summary_sl": "predmet in namen",
    "contact": "kontakt",
    "profile": "različica postopkovnega zakona",
    "budget_cents": "razpisana sredstva",
    "budget_line": "proračunska postavka",
    "quorum": "sklepčnost komisije",
    "per_organisation": "največ vlog prijavitelja",
    "opens_at": "začetek prijav",
    "deadline": "rok za oddajo vlog",
    "questions_until": "rok za vprašanja",
}
_MOMENTS = ("opens_at", "deadline", "questions_until")


def start(room: Room) -> Iterator[Draft]:
    """The order on the start."""
    yield Draft(Kind.START, "1", "", partial(_start, room))


def appointments(room: Room) -> Iterator[Draft]:
    """One order for each act that people were appointed by, in the order of their appointment."""
    acts = dict.fromkeys(seat.act for seat in sorted(room.call.seats, key=lambda seat: (seat.appointed_at, seat.id)))
    if not acts:
        yield later(Kind.APPOINTMENT, "v komisijo še ni imenovan nihče", "nobody is appointed to the commission yet")
    for number, act in enumerate(acts, 1):
        seats = [seat for seat in room.call.seats if seat.act == act]
        yield Draft(Kind.APPOINTMENT, str(number), act, partial(_appointment, room, act, seats))


def text(room: Room) -> Iterator[Draft]:
    """The text of the call as it stands."""
    version = f"{len(room.call.versions)}. različica" if room.call.versions else "osnutek"
    yield Draft(Kind.CALL, "1", version, partial(_text, room))


def amendments(room: Room) -> Iterator[Draft]:
    """One order for each version after the first."""
    for before, after in zip(room.call.versions, room.call.versions[1:], strict=False):
        yield Draft(
            Kind.AMENDMENT,
            str(after.number),
            f"{after.number}. različica, {day_of(after.published_at)}",
            partial(_amendment, room, before, after),
        )


def cancellation(room: Room, received: int) -> Iterator[Draft]:
    """The order that ends the call, where there is one."""
    for notice in room.call.notices:
        if notice.event is CallEvent.CANCEL:
            yield Draft(Kind.CANCELLATION, "1", day_of(notice.at), partial(_cancellation, room, notice, received))


def _start(room: Room) -> Act:
    call, gaps = room.call, Gaps()
    body = Start(
        purpose=gaps.text(call.summary_sl, "opis predmeta in namena razpisa", "description of the purpose"),
        amount=_amount(call, gaps),
        budget_line=gaps.text(call.budget_line, "proračunska postavka", "budget line"),
        lots=_lines(_lots(room.rulebook)),
        commission=_members(commission.seats(call)),
        opens=gaps.text(moment(call.opens_at), "začetek prijav", "when applications begin"),
        deadline=gaps.text(moment(call.deadline), "rok za oddajo vlog", "deadline"),
        opening=_opening(room),
        notice=_notice(room),
    )
    return room.act(gaps, "Sklep o začetku postopka", body, "", day_in(call.created_at))


def _appointment(room: Room, act: str, seats: list[Seat]) -> Act:
    gaps, first = Gaps(), min(seat.appointed_at for seat in seats)
    voting = sum(seat.function in VOTING for seat in commission.seats(room.call))
    if not voting:
        gaps.add("komisija nima članov z glasovalno pravico", "the commission has no voting members")
    deputies = any(seat.function is CommissionFunction.DEPUTY for seat in seats)
    body = Appointment(_members(seats), room.call.quorum, voting, deputies)
    return room.act(gaps, "Sklep o imenovanju komisije", body, _number(act), day_in(first))


def _text(room: Room) -> Act:
    call, gaps, rulebook, used = room.call, Gaps(), room.rulebook, room.terms
    version = call.versions[-1] if call.versions else None
    remedy = room.remedy(gaps)
    for parameter in room.own:
        if not parameter.source.strip():
            gaps.add(f"manjka člen za: {KINDS[parameter.key].name.sl}", f"no article: {KINDS[parameter.key].name.en}")
    body = CallText(
        purpose=gaps.text(call.summary_sl, "opis predmeta in namena razpisa", "description of the purpose"),
        lots=tuple(Row(cells) for cells in _lots(rulebook)) if len(_lots(rulebook)) > 1 else (),
        amount=_amount(call, gaps),
        budget_line=gaps.text(call.budget_line, "proračunska postavka", "budget line"),
        period=gaps.text(used.period if used else "", "obdobje porabe", "period of use"),
        opens=gaps.text(moment(call.opens_at), "začetek prijav", "when applications begin"),
        deadline=gaps.text(moment(call.deadline), "rok za oddajo vlog", "deadline"),
        questions_until=moment(call.questions_until),
        per_organisation=call.per_organisation,
        post_by_hour=room.parameter(Key.POST_COUNTS_BY).value == "hour",
        opening=_opening(room),
        supplement=room.within(Key.SUPPLEMENT_DAYS),
        supplement_article=room.parameter(Key.SUPPLEMENT_DAYS).source,
        notice=_notice(room),
        remedy_days=remedy.days,
        appeal_to=remedy.addressed_to,
        lodged_with=remedy.lodged_with,
        contract_days=int(room.parameter(Key.CONTRACT_SIGN_DAYS).value),
        advance=int(room.parameter(Key.ADVANCE_PERCENT).value),
        everyone_named=rulebook is not None and rulebook.file.call.names_published == "all",
        contact=gaps.text(_flowing(call.contact), "kontakt za informacije", "contact for information"),
        parameters=tuple(_parameter(one) for one in room.own),
        attachments=_attachments(call, rulebook),
        version=version.number if version else len(call.versions) + 1,
        sha256=version.sha256 if version else "določen ob objavi",
        **_explained(rulebook),
    )
    return room.act(
        gaps, "Javni razpis", body, "", day_in(version.published_at) if version else room.today, led_by=None
    )


def _amendment(room: Room, before: CallVersion, after: CallVersion) -> Act:
    gaps, old, new = Gaps(), before.frozen, after.frozen
    changed = [name for name in _NAMED if old.get(name) != new.get(name)]
    rows = [Row((_NAMED[name], _value(name, old), _value(name, new))) for name in changed]
    rows += _changed_parameters(old.get("parameters", {}), new.get("parameters", {}))
    rules = before.rulebook != after.rulebook
    listed = [row.cells[0] for row in rows] + (["pravila in obrazec"] if rules else [])
    body = Amendment(
        reason=gaps.text(after.reason, "razlog spremembe", "reason of the amendment"),
        changes=tuple(rows),
        listed=", ".join(listed) + "." if listed else "",
        rules=rules,
        deadline=_value("deadline", new),
        version=after.number,
        sha256=after.sha256,
    )
    if not listed:
        gaps.add("različici se v ničemer ne razlikujeta", "the two versions do not differ")
    number = gaps.text(str(new.get("act", "")), "številka sklepa o spremembi", "number of the order on the amendment")
    return room.act(gaps, "Sklep o spremembi javnega razpisa", body, _number(number), day_in(after.published_at))


def _cancellation(room: Room, notice: Notice, received: int) -> Act:
    gaps = Gaps()
    body = Cancellation(
        reason=gaps.text(notice.reason, "razlog razveljavitve", "reason of the cancellation"),
        published=room.call.published_at is not None,
        received=received,
    )
    number = gaps.text(notice.act, "številka sklepa o razveljavitvi", "number of the order on the cancellation")
    return room.act(gaps, "Sklep o razveljavitvi javnega razpisa", body, _number(number), day_in(notice.at))


def day_in(at: datetime.datetime) -> datetime.date:
    """The day in Slovenia."""
    return local_time(at).date()


def _explained(rulebook: Rulebook | None) -> dict[str, Sections]:
    """The rules of the call in words, by the places of its text."""
    if rulebook is None:
        return dict.fromkeys(("conditions", "points", "money", "form"), ())
    points = [
        rules_points.points(_SPEAKER, rulebook),
        rules_points.thresholds(_SPEAKER, rulebook),
        rules_points.order(_SPEAKER, rulebook),
    ]
    return {
        "conditions": rule_sections.sections([rules_form.conditions(_SPEAKER, rulebook, to_you=False)], titled=False),
        "points": rule_sections.sections(points),
        "money": rule_sections.sections([rules_money.money_part(_SPEAKER, rulebook)], titled=False),
        "form": rule_sections.sections([rules_form.form(_SPEAKER, rulebook)]),
    }


def _amount(call: Call, gaps: Gaps) -> str:
    amount = "" if call.budget_cents is None else money(call.budget_cents)
    return gaps.text(amount, "višina razpisanih sredstev", "sum of the money announced")


def _lots(rulebook: Rulebook | None) -> list[tuple[str, str]]:
    if rulebook is None:
        return []
    titles = {key: lot.title.sl if lot.title else key for key, lot in rulebook.lots.items()}
    return [(titles[key], money(rulebook.lot_cents(key))) for key in titles if len(titles) > 1]


def _lines(lots: list[tuple[str, str]]) -> str:
    return "".join(f"\n– {title}: {amount}" for title, amount in lots)


def _members(seats: list[Seat]) -> str:
    return "".join(f"\n– {FUNCTIONS[seat.function][0]}: {seat.user.name}" for seat in seats)


def _opening(room: Room) -> str:
    return f"najpozneje v {room.within(Key.OPENING_DAYS_AFTER_DEADLINE)} po izteku roka"


def _notice(room: Room) -> str:
    begins = {"opening": "od odpiranja vlog", "deadline": "od izteka roka za oddajo vlog"}
    since = begins[str(room.parameter(Key.DECISION_NOTICE_FROM).value)]
    return f"najpozneje v {room.within(Key.DECISION_NOTICE_DAYS)} {since}"


def _parameter(one: Parameter) -> Row:
    return Row((_capital(KINDS[one.key].name.sl), _measured(one.value, one.unit), one.source))


def _measured(value: int | str, unit: Unit) -> str:
    if isinstance(value, str):
        return RULE_WORDS[value].sl
    words = {
        Unit.DAYS: ("dan", "dneva", "dni", "dni", ""),
        Unit.WORKING_DAYS: ("delovni dan", "delovna dneva", "delovni dnevi", "delovnih dni", ""),
        Unit.MONTHS: ("mesec", "meseca", "meseci", "mesecev", ""),
        Unit.YEARS: ("leto", "leti", "leta", "let", ""),
        Unit.ROUNDS: ("poziv", "poziva", "pozivi", "pozivov", ""),
        Unit.PERCENT: ("%", "%", "%", "%", ""),
    }
    return money(value) if unit is Unit.CENTS else f"{value} {_SPEAKER.counted(value, words[unit], ('', ''))}"


def _attachments(call: Call, rulebook: Rulebook | None) -> tuple[str, ...]:
    fields = {} if rulebook is None else rulebook.fields
    files = [field.label.sl for field in fields.values() if isinstance(field, AttachmentField)]
    contract = ("vzorec pogodbe o sofinanciranju",) if call.contract_id is not None else ()
    always = ("prijavni obrazec", "pravila za ocenjevanje in razdelitev sredstev")
    return (*always, *contract, *(f"priloga: {one}" for one in files))


def _value(name: str, frozen: Mapping[str, Any]) -> str:
    value = frozen.get(name)
    if value in (None, ""):
        return "–"
    if name in _MOMENTS:
        return moment(datetime.datetime.fromisoformat(value))
    if name == "profile":
        return {"ZUP_pre_I": "ZUP pred novelo ZUP-I", "ZUP_I": "ZUP z novelo ZUP-I"}[value]
    return money(value) if name == "budget_cents" else str(value)


def _changed_parameters(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Row]:
    def told(one: Mapping[str, Any] | None) -> str:
        return "–" if one is None else f"{_measured(one['value'], Unit(one['unit']))} ({one['article']})"

    keys = [key for key in Key if old.get(key.value) != new.get(key.value)]
    return [Row((KINDS[key].name.sl, told(old.get(key.value)), told(new.get(key.value)))) for key in keys]


def _flowing(contact: str) -> str:
    return ", ".join(line.strip() for line in contact.splitlines() if line.strip())


def _number(act: str) -> str:
    """The number of an act named »2026-11 z dne 1. 3. 2026«: its date stands in a line of its own."""
    return act.partition(" z dne ")[0]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
