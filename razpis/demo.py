"""The demonstration: a database with invented people and organisations and a call in every state, made by the services.

Nothing here writes a row by itself: what the demonstration shows is what the services allow. Past steps are taken at
past times, which services are given anyway.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask

from razpis.assets import ASSETS
from razpis.demo_commission import Commission
from razpis.demo_decisions import Decisions
from razpis.engine.problems import Text
from razpis.engine.rulebook.fields import AttachmentField, ChoicesField
from razpis.models.accounts import User
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.procedure.calendar import is_working_day
from razpis.procedure.commission import CommissionFunction
from razpis.procedure.deadlines import Channel, deadline_instant, local_time
from razpis.procedure.organisations import LegalForm, MandateKind
from razpis.procedure.roles import Role
from razpis.services.actor import SYSTEM, Actor
from razpis.services.applications import answers, applications, attachments, envelopes, filing, sheets
from razpis.services.applications.answers import Change
from razpis.services.applications.envelopes import Outside
from razpis.services.calls import calls, commission, contract, drafting, parameters, publishing, questions, suspending
from razpis.services.calls.parameters import Own
from razpis.services.files import Store
from razpis.services.organisations import organisations, representatives
from razpis.services.organisations.mandates import Ground, Upload
from razpis.services.organisations.organisations import Details
from razpis.services.people import accounts, standing
from razpis.services.rules.rulebooks import compiled
from razpis.web import access

EXAMPLE = ASSETS / "scoring_rules" / "maribor-humanitarni-2026.yaml"
FILES = EXAMPLE.with_suffix("")
PASSWORD = "vrt pod Pohorjem"
CONTACT = "Živa Zgled, 02 000 00 00, razpisi@zgled.si"
PURPOSE = Text(
    "Razpis sofinancira programe, ki lajšajo stisko ljudi v občini: pomoč s hrano in osnovnimi potrebščinami, pomoč "
    "starejšim in samopomoč ter preventivne programe (zgled).",
    "The call co-finances programmes that ease hardship in the municipality: help with food and basic goods, help for "
    "the elderly and self-help, and preventive programmes (an example).",
)
FIRST = "ZGLED-41001/2026"
ARTICLE = "16. člen zgleda pravilnika (izmišljen)"
NOON = datetime.time(12)
APART = "    weight: 3\n", "    weight: 3\n    discrepancy: {points: 4, then: agreed}\n"
"""The content, which weighs most, is agreed on where the members' marks differ by more than four points."""
OF_THE_YEAR = ("year: {}", "Maribor {} (", "decembra {}", "December {}", "v letu {}", "in {}")


@dataclass(frozen=True, slots=True)
class Person:
    """A login of the demonstration, and what it is there to show."""

    email: str
    name: str
    roles: tuple[Role, ...]
    sl: str
    en: str


PEOPLE = (
    Person("sektor@zgled.si", "Živa Zgled", (Role.OFFICER,), "sektor: pripravi razpis", "officer: prepares a call"),
    Person("podpis@zgled.si", "Matjaž Primer", (Role.SIGNATORY,), "podpisnik: potrdi", "signatory: approves"),
    Person("vlozisce@zgled.si", "Zala Zgled", (Role.REGISTRY,), "vložišče: papirne vloge", "registry: paper"),
    Person("predsednica@zgled.si", "Ana Novak Zgled", (), "predsednica komisije", "president of the commission"),
    Person("clan@zgled.si", "Bor Kranjc Zgled", (), "član komisije", "member of the commission"),
    Person("clanica@zgled.si", "Cilka Zupan Zgled", (), "članica komisije", "member of the commission"),
    Person("clan2@zgled.si", "Črt Vzorec Zgled", (), "član komisije", "member of the commission"),
    Person("revizija@zgled.si", "Rok Primer", (Role.AUDITOR,), "nadzornik: bere vse", "auditor: reads all"),
    Person("skrbnik@zgled.si", "Sonja Zgled", (Role.ADMINISTRATOR,), "upraviteljica računov", "administrator"),
    Person("zupan@zgled.si", "Župan Primer", (Role.SECOND_INSTANCE,), "druga stopnja", "second instance"),
    Person("drustvo@zgled.si", "Špela Zgled", (), "prijaviteljica: oddaja vloge", "applicant: files applications"),
    Person("novo@zgled.si", "Nejc Primer", (), "nov uporabnik brez organizacije", "new user without organisation"),
)
SEATS = (
    ("predsednica@zgled.si", CommissionFunction.PRESIDENT),
    ("clan@zgled.si", CommissionFunction.MEMBER),
    ("clanica@zgled.si", CommissionFunction.MEMBER),
    ("clan2@zgled.si", CommissionFunction.MEMBER),
)
FIRST_APPLICANT = "drustvo@zgled.si"


class Demonstration:
    """Makes the demonstration in an empty database; ``now`` is the moment it shows, ``site`` the address its pages
    will have, for links in mail and codes on documents."""

    def __init__(self, store: Store, now: datetime.datetime, site: str) -> None:
        self.store, self.now, self.site = store, now, site.rstrip("/")
        self.began = _at(2026, 1, 12, 9)
        self.people: dict[str, int] = {}
        self.organisations: dict[str, tuple[int, str]] = {}
        self.keys: dict[int, list[str]] = {}

    def make(self) -> None:
        """People first, then their organisations, then calls from the oldest to the newest."""
        for person in PEOPLE:
            self._person(person.email, person.name, person.roles)
        rows = _applications()
        for row in rows:
            if row["applicant"] not in self.organisations:
                self._organisation(row)
        self._closed(rows)
        self._worked_on(rows)
        self._open(rows[:3])
        self._others()

    def actor(self, email: str, now: datetime.datetime) -> Actor:
        """The person with the roles held at ``now``."""
        return standing.actor_of(db.session.get_one(User, self.people[email]), now)

    def _person(self, email: str, name: str, roles: Sequence[Role]) -> None:
        user = accounts.invite(SYSTEM, name, email, roles, "sl", self.began, lambda token: token, PASSWORD)
        self.people[email] = user.id

    def _organisation(self, row: Mapping[str, str]) -> None:
        first = not self.organisations
        email = FIRST_APPLICANT if first else f"{row['applicant'].lower()}@zgled.si"
        if not first:
            self._person(email, row["representative"], ())
        details = Details(row["name"], row["address"], _form(row["legal_form"]), email=email)
        ground = Ground(MandateKind.REPRESENTATIVE, self.began.date())
        number = _number(f"99{len(self.organisations) + 101:04d}")
        added = organisations.add(self.actor(email, self.began), number, details, ground, self.began, self.store)
        given = row["representative"], "zastopa samostojno", self.began.date(), None
        representatives.add(self.actor(email, self.began), added.id, *given, self.began)
        self.organisations[row["applicant"]] = (added.id, email)

    def _draft(self, now: datetime.datetime, reference: str, terms: Mapping[str, Any]) -> int:
        """A draft from the example rulebook with everything a publication needs."""
        officer = self.actor("sektor@zgled.si", now)
        call = calls.create(officer, _rules(reference, now, terms.get("deadline", now)), now)
        for email, function in SEATS:
            act = f"{reference}-2 z dne {now:%-d. %-m. %Y}"
            commission.appoint(officer, call, self.people[email], function, act, now)
        commission.set_quorum(officer, call, 3, now)
        model = (FILES / "vzorec-pogodbe-zgled.pdf").read_bytes()
        contract.attach(officer, call, self._revision(call), "vzorec-pogodbe.pdf", model, now, self.store)
        parameters.save(officer, call, self._revision(call), "ZUP_I", True, _articles(call), now)
        told = {"summary_sl": PURPOSE.sl, "summary_en": PURPOSE.en, "contact": CONTACT, "per_organisation": 3}
        new = replace(drafting.terms(db.session.get_one(Call, call)), **{**told, **terms})
        drafting.save_terms(officer, call, self._revision(call), new, now)
        return call

    def _approved(self, now: datetime.datetime, reference: str, **terms: Any) -> int:
        call = self._draft(now, reference, terms)
        publishing.send_to_review(self.actor("sektor@zgled.si", now), call, self._revision(call), now)
        publishing.approve(self.actor("podpis@zgled.si", now), call, self._revision(call), now)
        return call

    def _published(self, now: datetime.datetime, reference: str, **terms: Any) -> int:
        call = self._approved(now, reference, **terms)
        publishing.publish(self.actor("sektor@zgled.si", now), call, self._revision(call), now)
        return call

    def _revision(self, call: int) -> int:
        return db.session.get_one(Call, call).revision

    def _closed(self, rows: Sequence[Mapping[str, str]]) -> None:
        """The call of the example: filed as its table of applications says, the late and the incomplete on paper."""
        call = self._published(_at(2026, 2, 16, 8), FIRST, deadline=_at(2026, 3, 20, 12))
        form = compiled(db.session.get_one(Call, call).rulebook).fields
        required = [key for key, field in form.items() if field.required and field.filled_by == "applicant"]
        for row in rows:
            filed = _moment(row["submitted_at"])
            if filed <= _at(2026, 3, 20, 12) and all(row.get(key) for key in required):
                self._file(call, row, filed)
            else:  # the portal takes nothing late and nothing incomplete; paper comes as it comes
                self._on_paper(call, row, filed)
        suspending.close_due(_at(2026, 3, 20, 13))

    def _worked_on(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Calls that the commission has in hand: opened and checked, being marked, proposed, decisions issued."""
        for at, stage in enumerate(("checking", "scoring", "proposed", "issued")):
            deadline = _at(2026, 4, 10, 12)
            call = self._published(_at(2026, 3, 2, 9), f"ZGLED-4101{at}/2026", deadline=deadline)
            # In the last call one stays below the threshold and one comes late; in the call before it the members
            # are far apart on one. In both one is not signed, and nothing comes when its applicant is asked.
            more = {"proposed": [rows[18], rows[15]], "issued": [rows[13], rows[15]]}
            some = [*rows[:5], *more.get(stage, ())]
            for row in some:
                self._file(call, row, _at(2026, 3, 27, 9))
            if stage == "issued":
                self._on_paper(call, rows[23], _at(2026, 4, 10, 12) + datetime.timedelta(minutes=7))
            suspending.close_due(_at(2026, 4, 10, 13))
            members = Commission(call, [email for email, _ in SEATS], self.actor, _at(2026, 4, 14, 9), self.site)
            members.opens()
            if stage == "checking":
                continue
            members.checks(self.keys[call][-1] if stage in more else None)
            if stage in more:
                members.asks_in_vain("vlozisce@zgled.si", self.store)
            keys = list(zip((row["id"] for row in some), self.keys[call], strict=True))
            members.marks(FILES / "marks.csv", keys, whole=stage != "scoring")
            if stage != "scoring":
                members.proposes(FILES / "marks.csv", keys)
            if stage == "issued":
                decisions = Decisions(call, self.actor, self.store, _at(2026, 5, 18, 9), self.site)
                decisions.accepted()
                decisions.settled()
                decisions.issued()
                decisions.published()

    def _open(self, rows: Sequence[Mapping[str, str]]) -> None:
        """A call that takes applications now: one filed, one begun, one question answered."""
        began = self.now - datetime.timedelta(days=5)
        day = self.now.date() + datetime.timedelta(days=40)
        call = self._published(began, f"ZGLED-41002/{self.now.year}", deadline=_noon(day))
        asked = self.now - datetime.timedelta(days=2)
        text = "Ali lahko prijavimo program, ki ga sofinancira tudi ministrstvo?"
        questions.ask(self.actor("novo@zgled.si", asked), call, text, asked)
        answer = "Da, če istega stroška ne plačata oba. V finančnem načrtu vpišite oba vira."
        (asked_id,) = (question.id for question in db.session.get_one(Call, call).questions)
        questions.answer(self.actor("sektor@zgled.si", self.now), asked_id, answer, self.now)
        self._file(call, rows[1], self.now - datetime.timedelta(days=1))
        self._begin(call, rows[0], self.now - datetime.timedelta(hours=3), fields=("name", "address", "members"))

    def _others(self) -> None:
        """The remaining states: draft, in review, confirmed, suspended, cancelled."""
        year, before = self.now.year, self.now - datetime.timedelta(days=9)
        later = _noon(self.now.date() + datetime.timedelta(days=60))
        self._draft(before, f"ZGLED-41003/{year}", {})
        review = self._draft(before, f"ZGLED-41004/{year}", {"deadline": later})
        publishing.send_to_review(self.actor("sektor@zgled.si", self.now), review, self._revision(review), self.now)
        self._approved(before, f"ZGLED-41005/{year}", deadline=later)
        signatory = self.actor("podpis@zgled.si", self.now)
        suspended = self._published(before, f"ZGLED-41006/{year}", deadline=later)
        suspending.suspend(signatory, suspended, "Proračun še ni sprejet.", f"ZGLED-41006/{year}-4", self.now)
        cancelled = self._published(before, f"ZGLED-41007/{year}", deadline=later)
        reason = "Sredstva so bila prerazporejena s spremembo proračuna."
        suspending.cancel(signatory, cancelled, reason, f"ZGLED-41007/{year}-4", self.now)

    def _file(self, call: int, row: Mapping[str, str], now: datetime.datetime) -> None:
        key = self._begin(call, row, now)
        actor = self._applicant(row, now)
        revision = applications.own(actor, key, now).revision
        filing.submit(actor, key, revision, True, now, self.store, f"{self.site}/vloge/{key}")
        self.keys.setdefault(call, []).append(key)

    def _on_paper(self, call: int, row: Mapping[str, str], now: datetime.datetime) -> None:
        outside = Outside(Channel.IN_PERSON, row["name"], row["address"], None, now, marked=True)
        envelopes.enter(self.actor("vlozisce@zgled.si", now), call, outside, now)

    def _begin(
        self, call: int, row: Mapping[str, str], now: datetime.datetime, fields: Sequence[str] | None = None
    ) -> str:
        """An application with the answers of ``row``: all of them, or only ``fields``."""
        actor = self._applicant(row, now)
        key = applications.start(actor, call, self.organisations[row["applicant"]][0], row["lot"], now)
        form = sheets.sheet(applications.own(actor, key, now))
        changes: dict[str, Change] = {}
        for name, field in form.asked.items():
            text = row.get(name, "")
            if not text or (fields is not None and name not in fields) or name == "registration_number":
                continue
            if isinstance(field, AttachmentField):
                attachments.add(actor, key, name, [Upload(text, _attachment())], now, self.store)
            else:
                typed = text.split("|") if isinstance(field, ChoicesField) else text
                changes[name] = Change(typed, form.seen[name])
        saved = answers.save(actor, key, changes, now)
        if saved.faults or saved.conflicts:
            raise ValueError(f"{row['id']}: {saved.faults or saved.conflicts}")
        return key

    def _applicant(self, row: Mapping[str, str], now: datetime.datetime) -> Actor:
        return self.actor(self.organisations[row["applicant"]][1], now)


def _rules(reference: str, published: datetime.datetime, deadline: datetime.datetime) -> str:
    """The example's rules for another call: its reference, its day of publication, the year it gives money for, and
    when members whose marks are far apart have to agree.

    The example's own examples hold for its own deadline only.
    """
    text = EXAMPLE.read_text("utf-8")
    if reference == FIRST:
        return text
    rules, _, _examples = text.partition("\nexamples:")
    day, year = local_time(published), local_time(deadline).year
    rules = rules.replace(*APART).replace(FIRST, reference)
    rules = rules.replace("razpisov, 16. februar 2026 (", f"razpisov, {day:%-d. %-m. %Y} (")
    for before, after in (("2026", year), ("2025", year - 1)):
        for words in OF_THE_YEAR:
            rules = rules.replace(words.format(before), words.format(after))
    return rules + "\n"


def _articles(call: int) -> dict[str, Own]:
    """For each value that only a regulation of the municipality can set: the one shipped, with an invented article."""
    return {
        one.key.value: Own(unit=one.unit.value, article=ARTICLE)
        for one in parameters.of_call(db.session.get_one(Call, call))
        if not one.source.strip()
    }


def make(app: Flask, site: str) -> None:
    """Make the demonstration in the empty database of ``app``, whose pages will be at the address ``site``."""
    with app.app_context():
        Demonstration(access.store(), access.clock(), site).make()


def _applications() -> list[dict[str, str]]:
    with (FILES / "applications.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _attachment() -> bytes:
    return (FILES / "priloga-zgled.pdf").read_bytes()


def _form(word: str) -> LegalForm:
    return {"društvo": LegalForm.SOCIETY, "zveza": LegalForm.UNION, "ustanova": LegalForm.FOUNDATION}.get(
        word.split()[0], LegalForm.INSTITUTE
    )


def _number(six: str) -> str:
    """A registration number with its check digit (Uredba UL RS 30/19); the next one where none fits."""
    rest = sum(weight * int(digit) for weight, digit in zip(range(7, 1, -1), six, strict=True)) % 11
    if rest == 0:
        return _number(f"{int(six) + 500:06d}")
    return six + ("0" if rest == 1 else str(11 - rest))


def _at(year: int, month: int, day: int, hour: int) -> datetime.datetime:
    return deadline_instant(datetime.date(year, month, day), datetime.time(hour))


def _moment(text: str) -> datetime.datetime:
    local = datetime.datetime.fromisoformat(text)
    return deadline_instant(local.date(), local.time())


def _noon(day: datetime.date) -> datetime.datetime:
    """Noon of ``day``, or of the first working day after it."""
    while not is_working_day(day):
        day += datetime.timedelta(days=1)
    return deadline_instant(day, NOON)
