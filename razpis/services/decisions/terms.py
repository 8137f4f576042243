"""What the decisions of a call must say besides their reasons: dated settings, first as the rules of the call say."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from razpis.documents import decision as document
from razpis.engine.problems import Text
from razpis.engine.rulebook.call import Decisions
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import DecisionTerms
from razpis.procedure import numbering
from razpis.procedure.parameter_kinds import Key
from razpis.procedure.parameters import number
from razpis.procedure.roles import Role
from razpis.procedure.states import CallState
from razpis.services import legible
from razpis.services.actor import Actor
from razpis.services.calls import calls, parameters
from razpis.services.decisions.gaps import Gap, Where
from razpis.services.errors import Invalid, Refused, Stale
from razpis.services.records import journal
from razpis.services.rules.rulebooks import compiled

BEFORE_THE_END = frozenset(list(CallState)[: list(CallState).index(CallState.REMEDIES)])
LONGEST, LONGEST_CASE, MOST_LINES = 2000, 60, 40
_ACTS = {"sklep": document.Act.SKLEP, "odlocba": document.Act.ODLOCBA}


@dataclass(frozen=True, slots=True)
class Terms:
    """Texts stand in the case their sentence needs, as in ``call: decisions:`` of a rulebook; lists hold whole lines.

    ``pattern`` writes the number of each act (:mod:`razpis.procedure.numbering`), from ``first_document`` on.
    """

    act: str = "sklep"
    case: str = ""
    pattern: str = numbering.DOCUMENT
    first_document: int = 1
    publication: str = ""
    authority: str = ""
    units: tuple[str, ...] = ()
    address: str = ""
    email: str = ""
    place: str = ""
    legal_basis: tuple[str, ...] = ()
    procedure: tuple[str, ...] = ()
    proposal: tuple[str, ...] = ()
    budget_line: str = ""
    period: str = ""
    contract_days: int = 0
    remedy: str = "appeal"
    remedy_days: int = 0
    lodged_with: str = ""
    addressed_to: str = ""
    fee: str = ""
    led_caption: str = "Postopek vodi:"
    led_name: str = ""
    led_title: str = ""
    issued_caption: str = "Izdaja:"
    issued_name: str = ""
    issued_title: str = ""
    serve: tuple[str, ...] = ()


REQUIRED = {
    "case": Text("številka zadeve", "number of the case"),
    "publication": Text("kje in kdaj je bil razpis objavljen", "where and when the call was published"),
    "authority": Text("naziv organa", "name of the body"),
    "address": Text("naslov organa", "address of the body"),
    "place": Text("kraj izdaje", "place of issue"),
    "legal_basis": Text("pravna podlaga (členi)", "legal basis (articles)"),
    "procedure": Text("potek postopka", "course of the procedure"),
    "proposal": Text("stavek o predlogu komisije", "sentence on the commission's proposal"),
    "budget_line": Text("proračunska postavka", "budget line"),
    "period": Text("obdobje porabe", "period of use"),
    "contract_days": Text("rok za podpis pogodbe", "days for signing the contract"),
    "remedy_days": Text("rok za pravno sredstvo", "period of the legal remedy"),
    "lodged_with": Text("kje se vloži pravno sredstvo", "where the remedy is lodged"),
    "issued_name": Text("kdo akt izda (ime)", "who issues the act (name)"),
    "issued_title": Text("kdo akt izda (funkcija)", "who issues the act (function)"),
    "serve": Text("komu se akt vroči", "on whom the act is served"),
}
"""What no decision can do without (ZUP, 210.–216. člen)."""


def of_call(call: Call) -> Terms:
    """The terms that count: as last set, else as the rules of the call and its parameters say."""
    last = latest(call.id)
    return written(call) if last is None else _read(last.content)


def latest(call_id: int) -> DecisionTerms | None:
    """The last setting of a call, with who made it."""
    query = select(DecisionTerms).where(DecisionTerms.call_id == call_id).options(joinedload(DecisionTerms.setter))
    return db.session.scalar(query.order_by(DecisionTerms.number.desc()).limit(1))


def written(call: Call) -> Terms:
    """The terms as the rules of the call and its legal parameters say them."""
    own = parameters.of_call(call)
    begun = Terms(
        case=call.reference,
        budget_line=call.budget_line,
        contract_days=number(own, Key.CONTRACT_SIGN_DAYS),
        remedy_days=number(own, Key.APPEAL_DAYS),
    )
    found = compiled(call.rulebook).file.call.decisions
    return begun if found is None else _of_rules(begun, found)


def _of_rules(begun: Terms, found: Decisions) -> Terms:
    authority, remedy, led, issued = found.authority, found.remedy, found.led_by, found.issued_by
    return dataclasses.replace(
        begun,
        act=found.act,
        case=found.case.sl,
        first_document=found.first_document,
        publication=found.publication.sl,
        authority=authority.name.sl,
        units=tuple(one.sl for one in authority.units),
        address=authority.address.sl,
        email=authority.email.sl,
        place=authority.place.sl,
        legal_basis=tuple(one.sl for one in found.legal_basis),
        procedure=tuple(one.sl for one in found.procedure),
        proposal=tuple(one.sl for one in found.proposal),
        budget_line=found.grant.budget_line.sl,
        period=found.grant.period.sl,
        contract_days=found.grant.contract_days,
        remedy=remedy.kind,
        remedy_days=remedy.days,
        lodged_with=remedy.lodged_with.sl,
        addressed_to=remedy.addressed_to.sl if remedy.addressed_to else "",
        fee=remedy.fee.sl if remedy.fee else "",
        led_caption=led.caption.sl if led else begun.led_caption,
        led_name=led.name.sl if led else "",
        led_title=led.title.sl if led else "",
        issued_caption=issued.caption.sl,
        issued_name=issued.name.sl,
        issued_title=issued.title.sl,
        serve=tuple(one.sl for one in found.serve),
    )


def save(actor: Actor, call_id: int, seen: int, terms: Terms, now: datetime.datetime) -> None:
    """Set the terms; ``seen`` is the number of the setting the page was filled from, 0 of none.

    What is missing may stay so: no decision is drafted before it is there. A set drafted by other terms is not
    approved any more and has to be drafted anew. Raises :class:`Invalid`, :class:`Stale`, and :class:`Refused` once
    decisions are out.
    """
    actor.needs(Role.OFFICER)
    call = calls.locked(call_id)
    if call.state not in BEFORE_THE_END:
        raise Refused(Text("Odločitve tega razpisa so že izdane.", "The decisions of this call are issued already."))
    _refuse_wrong(terms)
    last = latest(call.id)
    if (last.number if last else 0) != seen:
        raise Stale(
            Text(
                "Nastavitve je medtem spremenil nekdo drug. Vaše spremembe niso shranjene; odprite stran znova.",
                "Somebody else changed the settings meanwhile. Your changes are not saved; open the page again.",
            )
        )
    before, content = _kept(of_call(call)), _kept(terms)
    made = DecisionTerms(call_id=call.id, number=seen + 1, content=content, set_at=now, set_by=actor.person)
    db.session.add(made)
    changed = [key for key in content if content[key] != before[key]]
    told = {key: before[key] for key in changed}
    journal.record(actor, now, "decision.terms", calls.subject(call), told, {key: content[key] for key in changed})
    db.session.commit()


def gaps(call: Call, terms: Terms) -> Iterator[Gap]:
    """What the terms lack, and where they contradict the call's own legal parameters."""
    for key, text in REQUIRED.items():
        if not getattr(terms, key):
            yield Gap(Where.TERMS, Text("manjka ", "missing: ") + text)
    if terms.remedy == "appeal" and not terms.addressed_to:
        yield Gap(Where.TERMS, Text("manjka, komu je naslovljena pritožba", "missing: to whom the appeal is addressed"))
    if terms.led_name and not terms.led_title:
        yield Gap(Where.TERMS, Text("manjka funkcija tistega, ki vodi postopek", "missing: function of who conducts"))
    yield from (Gap(Where.TERMS, Text(one.sl, one.en)) for one in numbering.pattern_problems(terms.pattern))
    key = Key.APPEAL_DAYS if terms.remedy == "appeal" else Key.COURT_DAYS
    lawful = number(parameters.of_call(call), key)
    if terms.remedy_days and terms.remedy_days != lawful:
        yield Gap(
            Where.TERMS,
            Text(
                f"rok za pravno sredstvo je {terms.remedy_days} dni, po pravnih parametrih razpisa pa {lawful}",
                f"the remedy's period is {terms.remedy_days} days, by the call's legal parameters {lawful}",
            ),
        )


def filled(terms: Terms) -> Terms:
    """The terms with a dash wherever something required is missing, so that what applications lack is still told."""
    blank: dict[Any, Any] = {"": "–", (): ("–",), 0: 1}
    needed = (*REQUIRED, "addressed_to")
    return dataclasses.replace(
        terms, **{key: blank[getattr(terms, key)] for key in needed if getattr(terms, key) in blank}
    )


def frame(call: Call, terms: Terms) -> dict[str, Any]:
    """What every decision of the set says alike, as arguments of a ``Decision``."""
    led = document.Signer(terms.led_caption, terms.led_name, terms.led_title) if terms.led_name else None
    title = compiled(call.rulebook).file.call.title.sl
    return {
        "authority": document.Authority(terms.authority, terms.units, terms.address, terms.email, terms.place),
        "case_number": terms.case,
        "act": _ACTS[terms.act],
        "call": document.Call(title, terms.publication, terms.legal_basis),
        "procedure": terms.procedure,
        "proposal": terms.proposal,
        "remedy": document.LegalRemedy(
            document.RemedyKind(terms.remedy), terms.remedy_days, terms.lodged_with, terms.addressed_to, terms.fee
        ),
        "issued_by": document.Signer(terms.issued_caption, terms.issued_name, terms.issued_title),
        "led_by": led,
        "service_list": terms.serve,
    }


def grant_terms(terms: Terms) -> document.GrantTerms:
    """What goes with an award."""
    return document.GrantTerms(terms.budget_line, terms.period, terms.contract_days)


def _refuse_wrong(terms: Terms) -> None:
    wrong = {}
    for field in dataclasses.fields(terms):
        value = getattr(terms, field.name)
        if isinstance(value, tuple) and (len(value) > MOST_LINES or any(len(line) > LONGEST for line in value)):
            wrong[field.name] = Text("Besedila je preveč.", "There is too much text.")
        if isinstance(value, str) and len(value) > LONGEST:
            wrong[field.name] = Text("Besedilo je predolgo.", "The text is too long.")
    for name, words in dataclasses.asdict(terms).items():
        told = legible.fault("\n".join(words) if isinstance(words, tuple) else str(words))
        if told is not None:
            wrong[name] = told
    for name, highest in (("first_document", 100_000), ("contract_days", 90), ("remedy_days", 90)):
        if not 0 <= getattr(terms, name) <= highest:
            wrong[name] = Text(f"Vpišite število od 0 do {highest}.", f"Write a number from 0 to {highest}.")
    for name, allowed in (("act", tuple(_ACTS)), ("remedy", tuple(document.RemedyKind))):
        if getattr(terms, name) not in allowed:
            wrong[name] = Text("Izberite eno od ponujenih možnosti.", "Choose one of those offered.")
    if len(terms.case) > LONGEST_CASE:
        wrong["case"] = Text("Številka zadeve je predolga.", "The number of the case is too long.")
    if problems := numbering.pattern_problems(terms.pattern):
        wrong["pattern"] = Text(problems[0].sl, problems[0].en)
    if wrong:
        raise Invalid(wrong)


def _kept(terms: Terms) -> dict[str, Any]:
    values = dataclasses.asdict(terms)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


def _read(content: dict[str, Any]) -> Terms:
    known = {field.name for field in dataclasses.fields(Terms)}
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in content.items() if key in known
    }
    return Terms(**values)
