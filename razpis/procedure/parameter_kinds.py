"""What each statutory parameter is: its name, units, allowed values, and the value and source shipped with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from razpis.procedure.problems import Words

Value = int | str


class Key(StrEnum):
    """The parameters of a call, in the order of its life."""

    MIN_OPEN_DAYS = "min_open_days"
    CALL_DEADLINE_ROLL = "call_deadline_roll"
    POST_COUNTS_BY = "post_counts_by"
    OPENING_DAYS_AFTER_DEADLINE = "opening_days_after_deadline"
    SUPPLEMENT_CALL_DAYS = "supplement_call_days"
    SUPPLEMENT_DAYS = "supplement_days"
    SUPPLEMENT_ROUNDS = "supplement_rounds"
    DECISION_NOTICE_DAYS = "decision_notice_days"
    DECISION_NOTICE_FROM = "decision_notice_from"
    FICTION_DAYS = "fiction_days"
    FICTION_FROM = "fiction_from"
    APPEAL_DAYS = "appeal_days"
    COURT_DAYS = "court_days"
    RESTITUTION_DAYS = "restitution_days"
    RESTITUTION_MONTHS = "restitution_months"
    OBVIOUS_MISTAKE_DAYS = "obvious_mistake_days"
    CONTRACT_SIGN_DAYS = "contract_sign_days"
    ADVANCE_PERCENT = "advance_percent"
    ADVANCE_SMALL_PERCENT = "advance_small_percent"
    ADVANCE_SMALL_CENTS = "advance_small_cents"
    PROCESSING_LOG_YEARS = "processing_log_years"


class Unit(StrEnum):
    """What a value counts; ``RULE`` where it is the name of a rule."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    ROUNDS = "rounds"
    PERCENT = "percent"
    CENTS = "cents"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Kind:
    """One parameter: the first unit and ``value`` are shipped, unless the profiles of the law differ (None).

    An empty ``source`` means that the municipality's own regulation must be cited before publication.
    """

    key: Key
    name: Words
    value: Value | None
    source: str
    units: tuple[Unit, ...]
    allowed: range | tuple[str, ...]

    def allows(self, value: Value, unit: Unit) -> bool:
        """Whether a call may set this value in this unit."""
        return unit in self.units and value in self.allowed

    @property
    def limits(self) -> Words:
        """The allowed values in words, without a unit: ``od 5 do 15``; an amount in euros."""
        if isinstance(self.allowed, tuple):
            rules = [RULE_WORDS[name] for name in self.allowed]
            return Words(" ali ".join(rule.sl for rule in rules), " or ".join(rule.en for rule in rules))
        low, high = self.allowed[0], self.allowed[-1]
        if self.units == (Unit.CENTS,):  # people write euros
            low, high = low // 100, high // 100
        if low == high:
            return Words(f"le {low}", f"only {low}")
        return Words(f"od {low} do {high}", f"from {low} to {high}")


UNIT_WORDS = {
    Unit.DAYS: Words("dnevi", "days"),
    Unit.WORKING_DAYS: Words("delovni dnevi", "working days"),
    Unit.MONTHS: Words("meseci", "months"),
    Unit.YEARS: Words("leta", "years"),
    Unit.ROUNDS: Words("pozivi", "requests"),
    Unit.PERCENT: Words("odstotki", "per cent"),
    Unit.CENTS: Words("evri", "euros"),
    Unit.RULE: Words("pravilo", "rule"),
}

RULE_WORDS = {
    "never": Words("nikoli", "never"),
    "date": Words("po dnevu oddaje", "by the day of posting"),
    "hour": Words("po uri oddaje", "by the hour of posting"),
    "opening": Words("od odpiranja vlog", "from the opening"),
    "deadline": Words("od roka za prijavo", "from the deadline"),
    "notice": Words("od obvestila o prispelem pismu", "from the notice left"),
    "dispatch": Words("od odpreme", "from the dispatch"),
}

_OWN = ""  # the call must cite its own regulation
_DAYS = (Unit.DAYS,)
_EITHER = (Unit.DAYS, Unit.WORKING_DAYS)
_RULE = (Unit.RULE,)
_PERCENT = (Unit.PERCENT,)

KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            Key.MIN_OPEN_DAYS,
            Words("najkrajši čas od objave do roka za prijavo", "shortest time from publication to the deadline"),
            15,
            _OWN,
            _DAYS,
            range(8, 121),
        ),
        Kind(
            Key.CALL_DEADLINE_ROLL,
            Words("premik roka za prijavo na delovni dan", "moving the deadline to a working day"),
            "never",
            "ZUP, 99. člen",
            _RULE,
            ("never",),
        ),
        Kind(
            Key.POST_COUNTS_BY,
            Words("po čem se šteje priporočena pošta", "what counts for registered post"),
            "date",
            "ZUP, 68. člen",
            _RULE,
            ("date", "hour"),
        ),
        Kind(
            Key.OPENING_DAYS_AFTER_DEADLINE,
            Words("rok za odpiranje vlog", "time for the opening"),
            8,
            _OWN,
            _EITHER,
            range(1, 31),
        ),
        Kind(
            Key.SUPPLEMENT_CALL_DAYS,
            Words("rok za poziv k dopolnitvi", "time for the request to supplement"),
            5,
            "ZUP, 67. člen",
            (Unit.WORKING_DAYS, Unit.DAYS),
            range(1, 16),
        ),
        Kind(
            Key.SUPPLEMENT_DAYS,
            Words("rok za dopolnitev vloge", "time to supplement an application"),
            8,
            _OWN,
            _EITHER,
            range(5, 16),
        ),
        Kind(
            Key.SUPPLEMENT_ROUNDS,
            Words("število pozivov k dopolnitvi", "number of requests to supplement"),
            1,
            _OWN,
            (Unit.ROUNDS,),
            range(1, 4),
        ),
        Kind(
            Key.DECISION_NOTICE_DAYS,
            Words("rok za obvestilo o izidu", "time to tell the result"),
            60,
            _OWN,
            _EITHER,
            range(1, 121),
        ),
        Kind(
            Key.DECISION_NOTICE_FROM,
            Words("od kdaj teče rok za obvestilo o izidu", "what the time to tell the result runs from"),
            "opening",
            _OWN,
            _RULE,
            ("opening", "deadline"),
        ),
        Kind(
            Key.FICTION_DAYS,
            Words("rok, po katerem vročitev velja za opravljeno", "time after which a document counts as served"),
            None,
            "ZUP, 87. člen",
            _DAYS,
            range(7, 16),
        ),
        Kind(
            Key.FICTION_FROM,
            Words("od kdaj teče rok za fikcijo vročitve", "what the time of deemed service runs from"),
            None,
            "ZUP, 87. člen",
            _RULE,
            ("notice", "dispatch"),
        ),
        Kind(
            Key.APPEAL_DAYS,
            Words("rok za pritožbo", "time to appeal"),
            None,
            "ZUP, 235. člen",
            _DAYS,
            range(8, 31),
        ),
        Kind(
            Key.COURT_DAYS,
            Words("rok za tožbo v upravnem sporu", "time to go to the Administrative Court"),
            30,
            "ZUS-1, 28. člen",
            _DAYS,
            range(30, 31),
        ),
        Kind(
            Key.RESTITUTION_DAYS,
            Words("rok za predlog za vrnitev v prejšnje stanje", "time to ask for restitution"),
            8,
            "ZUP, 105. člen",
            _DAYS,
            range(8, 9),
        ),
        Kind(
            Key.RESTITUTION_MONTHS,
            Words("skrajni rok za vrnitev v prejšnje stanje", "outer limit of restitution"),
            3,
            "ZUP, 105. člen",
            (Unit.MONTHS,),
            range(3, 4),
        ),
        Kind(
            Key.OBVIOUS_MISTAKE_DAYS,
            Words("zamuda zaradi očitne pomote", "delay by an obvious mistake"),
            3,
            "ZUP, 103. člen",
            _DAYS,
            range(3, 4),
        ),
        Kind(
            Key.CONTRACT_SIGN_DAYS,
            Words("rok za podpis pogodbe", "time to sign the contract"),
            8,
            _OWN,
            _EITHER,
            range(5, 61),
        ),
        Kind(
            Key.ADVANCE_PERCENT,
            Words("najvišje predplačilo", "highest advance payment"),
            30,
            _OWN,
            _PERCENT,
            range(101),
        ),
        Kind(
            Key.ADVANCE_SMALL_PERCENT,
            Words("najvišje predplačilo enoletnega manjšega programa", "highest advance to a small one-year programme"),
            70,
            _OWN,
            _PERCENT,
            range(101),
        ),
        Kind(
            Key.ADVANCE_SMALL_CENTS,
            Words("meja manjšega programa za predplačilo", "limit of a small programme for the advance"),
            2_000_000,
            _OWN,
            (Unit.CENTS,),
            range(100_000_001),
        ),
        Kind(
            Key.PROCESSING_LOG_YEARS,
            Words("hramba dnevnika obdelave po koncu leta", "keeping of the processing log after the year's end"),
            2,
            "ZVOP-2, 22. člen; mnenje IP 07121-1/2026/37",
            (Unit.YEARS,),
            range(2, 6),
        ),
    )
}
