"""Decisions to print: all outcomes, varied by a seed, with visibly invented organisations and people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from razpis.documents.decision import (
    Act,
    Applicant,
    Authority,
    Call,
    ConditionFinding,
    Correction,
    CriteriaSection,
    CriterionRow,
    Decision,
    GrantTerms,
    LegalRemedy,
    Outcome,
    RemedyKind,
    ScoreTotal,
    Signer,
)
from razpis.documents.format_sl import money, points, short_date
from razpis.documents.renewal import Renewal

AUTHORITY = Authority(
    name="Občina Izmišljeni Log",
    units=("Občinska uprava", "Urad za družbene dejavnosti", "Sektor za zdravstvo in socialno varstvo"),
    address="Trg namišljenih 1, 9999 Izmišljeni Log",
    email="obcina@izmisljeni-log.example",
    place="Izmišljeni Log",
)

ORGANISATIONS = (
    "Društvo Izmišljena sosedska pomoč",
    "Zavod Navidezni most za starejše",
    "Humanitarno društvo Šipek, žarek in čmrlj (izmišljeno)",
    "Ustanova Nikoli obstoječa roka",
    "Društvo prijateljev neobstoječe knjige »Čez žico«",
    "Zveza društev Đorđe & Ćiril, izmišljeni primer",
)
PROGRAMMES = (
    "Vsak dan topel obrok",
    "Pogovor ob čaju: mreža obiskov pri osamljenih starejših v zaledju občine",
    "Varna pot iz zasvojenosti",
    "Počitnice za vse otroke",
)
CRITERIA = (
    (
        "Organizacija",
        (
            ("Leta delovanja na področju", "15", "člen 12, prva alineja"),
            ("Število usposobljenih prostovoljcev", "20", "člen 12, druga alineja"),
        ),
    ),
    (
        "Program",
        (
            ("Jasnost ciljev in načrta", "15", "člen 13, točka a"),
            ("Število uporabnikov iz občine", "25", "člen 13, točka b"),
            ("Delež lastnih in drugih virov", "10", "člen 13, točka c"),
            ("Dostopnost za ranljive skupine", "15", "člen 13, točka č"),
        ),
    ),
)
STATEMENT_ANSWER = (
    "Prijavitelj je v dopolnitvi navedel, da deluje tudi v sosednji občini. To za oceno ni pomembno, ker se "
    "štejejo le uporabniki s prebivališčem v občini."
)
REASONS = (
    "Iz letnega poročila in izpisa iz registra izhaja {n} let delovanja na tem področju (razred »6–10 let«).",
    "Priloženih je {n} potrdil o usposabljanju. Šteti so le prostovoljci, dejavni v letu pred razpisom.",
    "Cilji so merljivi, načrt pa za drugo polletje ne pove, kdo izvaja delavnice; komisija je zato soglasno "
    "odštela {n} točke.",
    "Po evidenci obiskov je {n} uporabnikov s stalnim prebivališčem v občini, trije so bili šteti dvakrat.",
    "Pogodba z donatorjem in sklep o članarini izkazujeta {n} % drugih virov.",
    "Prostori so v pritličju, tolmač za slovenski znakovni jezik je na voljo ob predhodni najavi.",
)


def decision(outcome: Outcome = Outcome.GRANTED, seed: int = 0, **changes: Any) -> Decision:
    """A whole decision of this outcome; ``changes`` replace fields at the end."""
    rng = Random(f"{outcome}-{seed}")
    day = date(2027, 3, 1) + timedelta(days=rng.randrange(200))
    requested = rng.randrange(80_000, 1_500_000)
    awarded = _awarded(outcome, requested, rng)
    scored = outcome in (Outcome.GRANTED, Outcome.PART, Outcome.BELOW_THRESHOLD, Outcome.NO_MONEY)
    act = rng.choice((Act.SKLEP, Act.ODLOCBA))
    criteria = _criteria(rng) if scored else ()
    made = Decision(
        authority=AUTHORITY,
        case_number=f"4102-{rng.randrange(10, 999)}/2027",
        document_number=str(rng.randrange(2, 99)),
        issued_on=day,
        act=act,
        call=_call(),
        applicant=_applicant(rng),
        programme_title=rng.choice(PROGRAMMES),
        lot_title=rng.choice(("", "A – starejši", "B – otroci in mladi")),
        outcome=outcome,
        requested=requested,
        awarded=awarded,
        grant_terms=GrantTerms("404201 – Programi socialnega varstva", "od 1. 1. do 31. 12. 2027", 8)
        if awarded
        else None,
        procedure=_procedure(day, rng),
        conditions=_conditions(outcome, rng),
        corrections=_corrections(rng) if scored and rng.random() < 0.6 else (),
        criteria=criteria,
        total=_total(criteria, outcome, rng) if scored else None,
        allocation=_allocation() if scored else (),
        derivation=_derivation(requested, awarded) if awarded else (),
        refusal_reasons=_reasons(outcome) if awarded < requested else (),
        statement_answers=(STATEMENT_ANSWER,) if rng.random() < 0.3 else (),
        proposal=(f"Komisija je odločitev predlagala soglasno {short_date(day - timedelta(days=9))}.",),
        remedy=_remedy(rng),
        led_by=Signer("Postopek vodila:", "Ana Izmišljena", "višja svetovalka za socialno varstvo")
        if rng.random() < 0.8
        else None,
        issued_by=Signer("Izdal:", "Žiga Neobstoječi", "direktor občinske uprave"),
        service_list=("prijavitelju – osebno", "komisiji, v spis zadeve", "oddelku za finance", "arhivu"),
        renewal=renewal(day) if seed % 5 == 4 else None,
    )
    return replace(made, **changes)


def renewal(day: date) -> Renewal:
    """The earlier decision was taken away by the mayor, a month before ``day``."""
    return Renewal(
        annulled="4102-7/2027-4",
        annulled_on=day - timedelta(days=90),
        body="župan Občine Izmišljeni Log",
        reference="4102-7/2027-P1",
        decided_on=day - timedelta(days=30),
        instructions=("Pri drugem merilu je treba navesti, katera potrdila so bila upoštevana.",),
        reasons=(
            "Upoštevana so bila potrdila prostovoljk in prostovoljcev, ki so bili dejavni v letu pred razpisom.",
            "Število točk je zato enako kot v odpravljeni odločitvi.",
        ),
    )


def varied(count: int) -> list[Decision]:
    """``count`` decisions, outcomes in turn, no two alike."""
    outcomes = list(Outcome)
    return [decision(outcomes[index % len(outcomes)], seed=index) for index in range(count)]


def extreme() -> Decision:
    """Names of 200 characters, one of them without a space, a reason of 20,000, a table over many pages."""
    long_reason = "Komisija je ugotovila, da čšž preverjena dejstva držijo. " * 352
    rows = tuple(
        CriterionRow(f"Merilo številka {number}", f"člen {number}", "5", "4,5", f"Razlog številka {number}. " * 9)
        for number in range(1, 61)
    )
    longest = CriterionRow("Merilo z zelo dolgim razlogom", "člen 99", "5", "0,5", long_reason[:20_000])
    return decision(
        Outcome.GRANTED,
        seed=4,
        applicant=Applicant(
            name=("Društvo za neizmerno dolgo ime " * 7)[:200],
            seat="Č" * 200,
            registration_number="1234567000",
            representative="Neža " + "Žgajnar-Neobstoječa-" * 9,
        ),
        programme_title=("Program čez vse meje in še čez " * 7)[:200],
        criteria=(
            CriteriaSection("Prvi sklop meril", "150", "135", rows[:30]),
            CriteriaSection("Drugi sklop meril", "155", "135,5", (*rows[30:], longest)),
        ),
        total=ScoreTotal("270,5", "305", points(150), "5. mesto od 12"),
    )


def _awarded(outcome: Outcome, requested: int, rng: Random) -> int:
    if outcome is Outcome.GRANTED:
        return requested if rng.random() < 0.5 else requested * 4 // 5
    return requested // 3 if outcome is Outcome.PART else 0


def _call() -> Call:
    return Call(
        title="Sofinanciranje programov socialnega varstva v letu 2027 (izmišljeni primer)",
        reference="Uradni list izmišljene občine, št. 3/2027, 12. januar 2027",
        legal_basis=(
            "24. člena Statuta občine (ULIO, št. 1/2020)",
            "15. člena Pravilnika o sofinanciranju programov socialnega varstva (ULIO, št. 7/2025)",
        ),
    )


def _applicant(rng: Random) -> Applicant:
    return Applicant(
        name=rng.choice(ORGANISATIONS),
        seat=f"Namišljena ulica {rng.randrange(1, 80)}, 9999 Izmišljeni Log",
        registration_number=rng.choice(("", str(rng.randrange(10**9, 10**10)))),
        representative=rng.choice(("", "Jože Namišljeni, predsednik", "Čarna Nedejanska, direktorica")),
    )


def _procedure(day: date, rng: Random) -> tuple[str, ...]:
    count = rng.randrange(9, 40)
    return (
        "Postopek se je začel s sklepom župana št. 4102-1/2027-1 z dne 4. januarja 2027.",
        f"Rok za oddajo je potekel {short_date(day - timedelta(days=60))}; pravočasnih je bilo {count} vlog.",
        f"Vloge so bile odprte {short_date(day - timedelta(days=55))}. Vloga prijavitelja je bila popolna.",
        "Komisija, imenovana s sklepom št. 4102-1/2027-2, se je sestala trikrat. En član se je pri tej vlogi "
        "izločil in pri odločanju ni sodeloval.",
    )


def _conditions(outcome: Outcome, rng: Random) -> tuple[ConditionFinding, ...]:
    if outcome is Outcome.DISMISSED:
        return ()
    met = outcome is not Outcome.CONDITION_FAILED
    return (
        ConditionFinding(
            "Prijavitelj ima sedež ali podružnico v občini.",
            "člen 5, točka 1",
            True,
            "Sedež je po Poslovnem registru Slovenije v občini.",
        ),
        ConditionFinding(
            "Vsaj 30 % uporabnikov ima stalno prebivališče v občini.",
            "člen 5, točka 3",
            met,
            f"Po evidenci je takih {rng.randrange(31, 90) if met else 12} % uporabnikov.",
        ),
    )


def _corrections(rng: Random) -> tuple[Correction, ...]:
    claimed = rng.randrange(40, 90)
    return (
        Correction("Število prostovoljcev", str(claimed), str(claimed - 7), "Sedem potrdil je zastarelih."),
        Correction("Stroški opreme", money(240_000), money(180_050), "Računalnik ni upravičen strošek."),
    )


def _criteria(rng: Random) -> tuple[CriteriaSection, ...]:
    sections = []
    for title, criteria in CRITERIA:
        rows = []
        reached = []
        for (name, maximum, article), words in zip(criteria, _reasons_of(title), strict=True):
            half = rng.randrange(1, int(maximum) * 2 + 1)
            reached.append(half)
            reason = words.format(n=rng.randrange(6, 9))
            rows.append(CriterionRow(name, article, maximum, _halves(half), reason))
        most = sum(int(maximum) for _, maximum, _ in criteria)
        sections.append(CriteriaSection(title, str(most), _halves(sum(reached)), tuple(rows)))
    return tuple(sections)


def _reasons_of(section: str) -> tuple[str, ...]:
    first = len(CRITERIA[0][1])
    return REASONS[:first] if section == CRITERIA[0][0] else REASONS[first:]


def _total(criteria: tuple[CriteriaSection, ...], outcome: Outcome, rng: Random) -> ScoreTotal:
    doubled = sum(round(float(section.points.replace(",", ".")) * 2) for section in criteria)
    threshold = points(doubled // 2 + 3 if outcome is Outcome.BELOW_THRESHOLD else doubled // 2 - 1)
    place = "" if outcome is Outcome.BELOW_THRESHOLD else f"{rng.randrange(1, 12)}. mesto od 12"
    return ScoreTotal(_halves(doubled), "100", threshold, place)


def _halves(doubled: int) -> str:
    return f"{doubled // 2}{',5' if doubled % 2 else ''}"


def _allocation() -> tuple[str, ...]:
    return (
        "Razpisanih je bilo 60.000,00 EUR.",
        "Delijo se po prednostnem vrstnem redu, do 80 % upravičenih stroškov (18. člen pravilnika).",
    )


def _derivation(requested: int, awarded: int) -> tuple[str, ...]:
    return (
        f"Zaprošeni znesek: {money(requested)}.",
        f"Dodeljeni znesek: {money(awarded)}; omejila ga je najvišja dovoljena podpora enemu programu.",
    )


def _reasons(outcome: Outcome) -> tuple[str, ...]:
    return {
        Outcome.GRANTED: ("Pravilnik v 18. členu omejuje podporo na 80 % upravičenih stroškov.",),
        Outcome.PART: ("V sklopu je po vlogah z več točkami ostal le ta znesek.",),
        Outcome.BELOW_THRESHOLD: ("Prag določa 14. člen pravilnika; vloga je dosegla manj točk.",),
        Outcome.NO_MONEY: ("Zadnja sofinancirana vloga je dosegla več točk (19. člen pravilnika).",),
        Outcome.CONDITION_FAILED: ("Delež uporabnikov iz občine je 12 %, zahtevanih je 30 %.",),
        Outcome.DISMISSED: (
            "Rok za oddajo je potekel 15. 2. 2027 ob 12. uri, vloga je bila oddana 15. 2. 2027 ob 14.07.",
            "Po 9. členu pravilnika se prepozna vloga zavrže.",
        ),
    }[outcome]


def _remedy(rng: Random) -> LegalRemedy:
    if rng.random() < 0.5:
        return LegalRemedy(
            RemedyKind.APPEAL,
            rng.choice((15, 21)),
            "Občini Izmišljeni Log, Trg namišljenih 1, 9999 Izmišljeni Log",
            "županu Občine Izmišljeni Log",
            "Za pritožbo se plača upravna taksa 18,10 EUR, razen če je prijavitelj plačila oproščen.",
        )
    return LegalRemedy(RemedyKind.LAWSUIT, 30, "Upravnem sodišču Republike Slovenije")
