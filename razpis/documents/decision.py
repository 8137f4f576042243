"""What a decision on an application says: plain values and worded sentences, filled by a service.

The order of the parts follows the Slovenian general administrative procedure act (ZUP, 210-215. člen):
introduction, name, operative part, reasons, legal remedy, signatures. Amounts are integer cents.
A ``Decision`` that a court would annul for a gap in itself (a criterion without a reason, a refused part
without one, an amount beyond the request) cannot be built: it raises ``DecisionError`` with all gaps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from razpis.documents import renewal as anew
from razpis.documents.renewal import Renewal


class Outcome(StrEnum):
    """How the application ended; the values are those of the engine's results."""

    GRANTED = "granted"
    PART = "part"
    BELOW_THRESHOLD = "below_threshold"
    NO_MONEY = "no_money"
    CONDITION_FAILED = "condition_failed"
    DISMISSED = "dismissed"


class Act(StrEnum):
    """The name of the act; which one is used is a setting of the call."""

    SKLEP = "SKLEP"
    ODLOCBA = "ODLOČBA"


class RemedyKind(StrEnum):
    """Appeal to a second body, or a suit before the administrative court."""

    APPEAL = "appeal"
    LAWSUIT = "lawsuit"


class DecisionError(ValueError):
    """A decision that may not be issued; ``problems`` says in Slovenian everything that is missing."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("Odločitve ni mogoče izdati: " + "; ".join(problems) + ".")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides. ``units`` goes from the administration down to the sector; ``place`` is for the date."""

    name: str
    units: tuple[str, ...]
    address: str
    email: str
    place: str


@dataclass(frozen=True, slots=True)
class Call:
    """The public call. ``reference`` says where and when it was published (»Uradni list …, št. 3/2027, …«);
    ``legal_basis`` holds the articles in the genitive, ready for »na podlagi«."""

    title: str
    reference: str
    legal_basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Applicant:
    """The party: name, seat, registration number (matična številka) and legal representative."""

    name: str
    seat: str
    registration_number: str
    representative: str


@dataclass(frozen=True, slots=True)
class GrantTerms:
    """What goes with an award: budget line, period of use, days for signing the contract once called."""

    budget_line: str
    period: str
    contract_days: int


@dataclass(frozen=True, slots=True)
class ConditionFinding:
    """One condition of the call, its article, whether it is met, and what was found and from what."""

    text: str
    article: str
    met: bool
    finding: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A fact established otherwise than claimed, with the reason."""

    fact: str
    claim: str
    established: str
    reason: str


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion: most points possible, points given, and the concrete reason for this applicant."""

    title: str
    article: str
    maximum: str
    points: str
    reason: str


@dataclass(frozen=True, slots=True)
class CriteriaSection:
    """Criteria under one heading with their sums; a call without sections has one with an empty title."""

    title: str
    maximum: str
    points: str
    rows: tuple[CriterionRow, ...]


@dataclass(frozen=True, slots=True)
class ScoreTotal:
    """The whole score. ``points`` and ``maximum`` are bare numbers (»74,5«), ``maximum`` empty where the rules
    set none; ``threshold`` and ``place`` are worded (»50 točk«, »4. mesto od 12«) or empty."""

    points: str
    maximum: str
    threshold: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class LegalRemedy:
    """Values for the legal instruction. Worded in the case the sentence needs: ``addressed_to`` dative
    (»županu Mestne občine Maribor«), ``lodged_with`` locative (»Mestni občini Maribor, …«; for a lawsuit
    the court), ``fee`` a whole sentence. ``days`` run from service."""

    kind: RemedyKind
    days: int
    lodged_with: str
    addressed_to: str = ""
    fee: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: ``caption`` (»Postopek vodila:«, »Izdal:«), name and title."""

    caption: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on one application, ready to be printed.

    ``procedure`` lists the course of the procedure; ``allocation`` tells how the pot was divided and
    ``derivation`` how this amount was reached; ``refusal_reasons`` say why it was refused, dismissed or not
    granted in full; ``statement_answers`` answer what the applicant stated; ``proposal`` says that the
    decision follows the commission's proposal, or why not. All are whole sentences.
    ``led_by`` is left out when one official led the procedure and issued the act; ``whole_number`` is the number
    of the act where it is not made of ``case_number`` and ``document_number``; ``renewal`` where an earlier decision
    was taken away and the application is decided anew.
    """

    authority: Authority
    case_number: str
    document_number: str
    issued_on: date
    act: Act
    call: Call
    applicant: Applicant
    programme_title: str
    outcome: Outcome
    requested: int
    awarded: int
    procedure: tuple[str, ...]
    remedy: LegalRemedy
    issued_by: Signer
    service_list: tuple[str, ...]
    lot_title: str = ""
    grant_terms: GrantTerms | None = None
    conditions: tuple[ConditionFinding, ...] = ()
    corrections: tuple[Correction, ...] = ()
    criteria: tuple[CriteriaSection, ...] = ()
    total: ScoreTotal | None = None
    allocation: tuple[str, ...] = ()
    derivation: tuple[str, ...] = ()
    refusal_reasons: tuple[str, ...] = ()
    statement_answers: tuple[str, ...] = ()
    proposal: tuple[str, ...] = ()
    led_by: Signer | None = None
    whole_number: str = ""
    renewal: Renewal | None = None

    def __post_init__(self) -> None:
        renewed = () if self.renewal is None else anew.gaps(self.renewal)
        problems = (*_blank_texts(self), *_wrong_amounts(self), *_missing_reasons(self), *renewed)
        if problems:
            raise DecisionError(problems)

    @property
    def refused(self) -> int:
        """Cents asked for and not granted: the operative part must refuse them by name."""
        return self.requested - self.awarded

    @property
    def number(self) -> str:
        """The number of the act: as written by the pattern of the body, else case number and the document's."""
        return self.whole_number or f"{self.case_number}-{self.document_number}"


_SCORED = (Outcome.GRANTED, Outcome.PART, Outcome.BELOW_THRESHOLD, Outcome.NO_MONEY)
_AWARDED = (Outcome.GRANTED, Outcome.PART)


def _blank_texts(decision: Decision) -> Iterator[str]:
    """Texts no act can do without. An envelope that is dismissed unopened tells of no programme."""
    untold = "–" if decision.outcome is Outcome.DISMISSED else ""
    required = {
        "naziv organa": decision.authority.name,
        "kraj": decision.authority.place,
        "številka zadeve": decision.case_number,
        "številka dokumenta": decision.document_number,
        "naziv razpisa": decision.call.title,
        "objava razpisa": decision.call.reference,
        "prijavitelj": decision.applicant.name,
        "sedež prijavitelja": decision.applicant.seat,
        "naziv programa": decision.programme_title or untold,
        "kje se vloži pravno sredstvo": decision.remedy.lodged_with,
        "kdo je akt izdal": decision.issued_by.name,
    }
    yield from (f"manjka {what}" for what, text in required.items() if not text.strip())
    lists = {
        "pravna podlaga": decision.call.legal_basis,
        "potek postopka": decision.procedure,
        "komu se vroči": decision.service_list,
    }
    yield from (f"manjka {what}" for what, texts in lists.items() if not texts)
    sentences = (
        *decision.call.legal_basis, *decision.procedure, *decision.allocation, *decision.derivation,
        *decision.refusal_reasons, *decision.statement_answers, *decision.proposal, *decision.service_list,
    )  # fmt: skip
    if not all(text.strip() for text in sentences):
        yield "na seznamu stavkov je prazen stavek"
    if decision.remedy.days < 1:
        yield "rok za pravno sredstvo mora biti vsaj en dan"
    if decision.remedy.kind is RemedyKind.APPEAL and not decision.remedy.addressed_to.strip():
        yield "manjka, komu je naslovljena pritožba"


def _wrong_amounts(decision: Decision) -> Iterator[str]:
    """Amounts that contradict each other or the outcome."""
    if not 0 <= decision.awarded <= decision.requested:
        yield "dodeljeni znesek ni med 0 in zaprošenim zneskom"
    if (decision.awarded > 0) != (decision.outcome in _AWARDED):
        yield f"dodeljeni znesek se ne sklada z izidom »{decision.outcome.value}«"
    if decision.awarded and decision.grant_terms is None:
        yield "manjkajo proračunska postavka, obdobje in rok za podpis pogodbe"


def _missing_reasons(decision: Decision) -> Iterator[str]:
    """Reasons without which the act cannot be tested (ZUP, 214. člen; UPRS I U 299/2019)."""
    if decision.outcome in _SCORED and not (decision.criteria and decision.total):
        yield "manjka ocena po merilih"
    for row in (row for section in decision.criteria for row in section.rows):
        if not row.points.strip():
            yield f"merilo »{row.title}« nima točk"
        if not row.reason.strip():
            yield f"merilo »{row.title}« nima konkretne obrazložitve"
    for condition in decision.conditions:
        if not condition.finding.strip():
            yield f"pogoj »{condition.text}« nima ugotovitve"
    met = all(condition.met for condition in decision.conditions)
    if decision.outcome is Outcome.CONDITION_FAILED and met:
        yield "ni navedenega pogoja, ki ni izpolnjen"
    if decision.outcome in _SCORED and not met:
        yield "vloga ne izpolnjuje pogoja, pa je bila ocenjena"
    refused = decision.refused > 0 or decision.outcome not in _AWARDED
    if refused and not decision.refusal_reasons:
        yield "manjkajo razlogi za zavrnitev, zavrženje ali nižji znesek"
    if decision.awarded and not decision.derivation:
        yield "manjka izračun zneska"
