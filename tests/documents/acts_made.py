"""An act of every kind to print, with visibly invented people and organisations, and the longest texts there are."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from razpis.documents.act import Act, Body, Heading, Listing, Row, Section, Sheet
from razpis.documents.act_text import load_sentences, sentences
from razpis.documents.acts_of_application import Correction, Discontinuance, Dismissal, Ground, SupplementRequestOf
from razpis.documents.acts_of_call import Amendment, Appointment, CallText, Cancellation, Start
from razpis.documents.acts_of_commission import Exclusion, MinutesOf, Report, ScoreSheet
from razpis.documents.decision import Call, Decision, LegalRemedy, Outcome, RemedyKind, Signer
from tests.documents.factories import AUTHORITY, decision

FOLDER = Path(__file__).parents[2] / "templates" / "documents"
CALL = Call(
    "Sofinanciranje programov socialnega varstva v letu 2027 (izmišljeni primer)",
    "Uradni list izmišljene občine, št. 3/2027",
    ("24. člena Statuta občine", "15. člena Pravilnika o sofinanciranju"),
)
HEADING = Heading(AUTHORITY, CALL, "4102-7/2027", "4102-7/2027-3", date(2027, 3, 1))
LED = Signer("Postopek vodila:", "Ana Izmišljena", "višja svetovalka")
ISSUED = Signer("Izdal:", "Žiga Neobstoječi", "direktor občinske uprave")
REMEDY = LegalRemedy(
    RemedyKind.APPEAL, 21, "Občini Izmišljeni Log", "županu Občine Izmišljeni Log", "Taksa je 18,10 EUR."
)
RULES = (
    Section("Število prostovoljcev", ("Šteje število prostovoljcev.", Listing(("do 10: 0 točk", "nad 10: 5 točk"))), 2),
    Section("Sklopi", (Sheet(("sklop", "sredstva"), (0.7, 0.3), (False, True), (Row(("A", "100,00 EUR")),)),), 2),
)
PARTY = ("Društvo Izmišljena sosedska pomoč", "Namišljena ulica 1, 9999 Izmišljeni Log", "1234567000")
HASH = "ab" * 32

BODIES: dict[str, Body] = {
    "start": Start(
        purpose="Razpis sofinancira programe za starejše.",
        amount="60.000,00 EUR",
        budget_line="404201",
        lots="\n– A: 40.000,00 EUR\n– B: 20.000,00 EUR",
        commission="\n– predsednica: Petra Namišljena\n– član: Marko Nikoli",
        opens="10. 1. 2027 ob 8.00",
        deadline="15. 2. 2027 ob 12.00",
        opening="najpozneje v 8 dneh po izteku roka",
        notice="najpozneje v 60 dneh od odpiranja vlog",
    ),
    "appointment": Appointment("\n– predsednica: Petra Namišljena\n– član: Marko Nikoli", 3, 5, True),
    "call": CallText(
        purpose="Razpis sofinancira programe za starejše.",
        lots=(Row(("A – starejši", "40.000,00 EUR")), Row(("B – mladi", "20.000,00 EUR"))),
        conditions=(Section("", ("Prijavitelj mora izpolniti vse pogoje.", Listing(("Sedež v občini (4. člen).",))), 2),),
        amount="60.000,00 EUR",
        budget_line="404201",
        period="leto 2027",
        points=RULES,
        money=(Section("", ("Sredstva se delijo po vrstnem redu.",), 2),),
        form=RULES[:1],
        opens="10. 1. 2027 ob 8.00",
        deadline="15. 2. 2027 ob 12.00",
        questions_until="10. 2. 2027 ob 12.00",
        per_organisation=2,
        post_by_hour=False,
        opening="najpozneje v 8 dneh po izteku roka",
        supplement="8 dneh",
        supplement_article="9. člen pravilnika",
        notice="najpozneje v 60 dneh od odpiranja vlog",
        remedy_days=21,
        appeal_to="županu Občine Izmišljeni Log",
        lodged_with="Občini Izmišljeni Log",
        contract_days=8,
        advance=30,
        everyone_named=False,
        contact="Ana Izmišljena, 00 000 00 00",
        parameters=(Row(("Rok za dopolnitev vloge", "8 dni", "9. člen pravilnika")),),
        attachments=("prijavni obrazec", "vzorec pogodbe"),
        version=1,
        sha256=HASH,
    ),
    "amendment": Amendment(
        reason="Zaradi praznikov je bil rok prekratek.",
        changes=(Row(("rok za oddajo vlog", "15. 2. 2027 ob 12.00", "1. 3. 2027 ob 12.00")),),
        listed="rok za oddajo vlog, pravila in obrazec.",
        rules=True,
        deadline="1. 3. 2027 ob 12.00",
        version=2,
        sha256=HASH,
    ),
    "cancellation": Cancellation("Sredstev ni več.", True, 3),
    "exclusion": Exclusion(
        person="Marko Nikoli",
        function="članica ali član",
        number=4,
        applicant=PARTY[0],
        ground="sorodnik v ravni vrsti",
        article="ZUP, 35. člen",
        explanation="Zastopnica je moja sestra.",
        declared_on="20. 2. 2027",
        excluded=True,
        substitute="Nejc Namestni",
        reason="",
    ),
    "minutes": MinutesOf(
        number=1,
        what="odpiranje vlog",
        place="Izmišljeni Log",
        public=True,
        begun="20. 2. 2027 ob 10.00",
        ended="20. 2. 2027 ob 11.30",
        deadline="15. 2. 2027 ob 12.00",
        present=(Row(("Petra Namišljena", "predsednica", "10.00", "11.30")),),
        absent=("Marko Nikoli",),
        stepped_out=("Marko Nikoli: vloga 4 (Društvo)",),
        received=2,
        applications=(
            Row((f"1. {PARTY[0]}\n{PARTY[1]}", "oddana prek portala", "Da (ZUP, 68. člen)", "Da", "Ne: manjka priloga")),
            Row(("2. Zavod Navidezni most", "prispela po pošti", "Ne: prepozna", "–", "–")),
        ),
        missing=(Row(("1. Društvo", "manjka finančni načrt")),),
        unopened=("2. Zavod Navidezni most: prepozna, se ne odpre",),
        complete=0,
        incomplete=1,
        dismissed=1,
        course=(Row(("10.00", "Seja se je začela.")), Row(("11.30", "Seja se je končala."))),
        remarks=("Pripomb ni.", "Naslednja seja bo v torek."),
        sha256=HASH,
    ),
    "supplement_request": SupplementRequestOf(
        applicant=PARTY[0],
        seat=PARTY[1],
        registration_number=PARTY[2],
        number=1,
        received="oddana po spletu 12. 2. 2027 ob 9.00",
        lot="A – starejši",
        round=1,
        rounds=1,
        items=(Row(("Finančni načrt (priloga)", "Priloga manjka; vložite jo.")),),
        period="8 dneh",
        article="9. člen pravilnika",
        served="24. 2. 2027",
        ends="4. 3. 2027",
        contact="Ana Izmišljena, 00 000 00 00",
    ),
    "score_sheet": ScoreSheet(
        number=1,
        applicant=PARTY[0],
        programme="Vsak dan topel obrok",
        lot="A – starejši",
        criteria=(
            Row(("Organizacija", "", "", ""), "section"),
            Row(("Prostovoljci\n7. člen", "20", "15", "Priloženih je 12 potrdil.")),
            Row(("Skupaj: Organizacija", "20", "15", ""), "sum"),
        ),
        marks=(Row(("Prostovoljci", "", ""), "section"), Row(("Petra Namišljena", "15", "Dovolj potrdil."))),
        total="Skupaj: 15 od 20 točk",
        thresholds=("Prag: najmanj 10 točk, doseženo 15.",),
        place="Uvrstitev: 1. mesto.",
        run=1,
        sha256=HASH,
    ),
    "report": Report(
        number=1,
        commission=(Row(("Petra Namišljena", "predsednica", "4102-7/2027-2")),),
        sittings=("1. seja (odpiranje vlog): 20. 2. 2027 ob 10.00, Izmišljeni Log",),
        method=RULES[:1],
        exclusions=("Marko Nikoli: vloga 4 – sorodnik (ZUP, 35. člen)",),
        left_out=(Row(("2. Zavod Navidezni most", "prepozna")),),
        results=(Row(("Sklop: A", "", "", "", ""), "section"), Row((f"1. {PARTY[0]}", "1.", "15", "odobreno", "500,00 EUR"))),
        points=(Section("", ("M1 – prostovoljci.", Sheet(("Vloga", "M1"), (0.7, 0.3), (False, True), (Row(("1.", "15")),)))),),
        lots=(Row(("A", "600,00 EUR", "500,00 EUR", "100,00 EUR")),),
        divided=("A: Izračun vrednosti točke: 500,00 EUR / 15 točk ≈ 33,333333 EUR.",),
        reserve=("3. Ustanova Nikoli obstoječa roka",),
        draws=("izenačenje 1: vrstni red po žrebu",),
        agreed=2,
        reopened=("Marko Nikoli, vloga 1: napaka pri vpisu",),
        simulations=1,
        certificate=("Potrdilo: 8 preverb, vse držijo.",),
        total="500,00 EUR",
        available="600,00 EUR",
        dissents=(Section("Marko Nikoli", ("Vloga bi morala dobiti manj točk.",), 2),),
        returned="Manjka razlog.",
        sha256=HASH,
    ),
    "discontinuance": Discontinuance(*PARTY, 1, "oddana po spletu 12. 2. 2027 ob 9.00", "1. 3. 2027"),
    "correction": Correction(
        "Sklep o vlogi", "4102-7/2027-12", "1. 3. 2027", PARTY[0], "5.000,00 EUR", "500,00 EUR", "Odvečna ničla."
    ),
}  # fmt: skip
RECORDS = ("minutes", "score_sheet", "report")
CONTESTED = ("discontinuance", "correction")


def act(name: str, **changes: Any) -> Act:
    """The act of this kind; ``changes`` replace facts of its body."""
    body: Any = BODIES[name]
    made = Act(HEADING, f"Listina {name}", replace(body, **changes))
    if name in RECORDS:
        return replace(made, signers=tuple(Signer("", f"Oseba {at}", "podpisano v programu") for at in range(3)))
    return replace(made, led_by=LED, issued_by=ISSUED, remedy=REMEDY if name in CONTESTED else None)


LONG_NAME = ("Društvo z neizmerno dolgim imenom " * 7)[:200]
LONG_REASON = ("Komisija je ugotovila, da dejstva držijo. " * 500)[:20_000]
_ADDED = (
    "",
    " – »dodano« (½ × 3 = 1,5)",
    " Ne da bi se kdo kdaj vprašal, zakaj, se poved nadaljuje čez več vrstic." * 4,
    "\nnova vrstica\nin še ena",
    " Nadpovprečnodolgabesedabrezpresledkovkijenikjernimogočeprelomiti" * 2,
)


def varied_act(name: str, seed: int) -> Act:
    """The act of this kind with some texts made longer, lists repeated, numbers and answers changed; no two alike."""
    rng = Random(f"{name}-{seed}")
    body = BODIES[name]
    changes = {part.name: _changed(getattr(body, part.name), rng) for part in fields(body)}
    made = act(name, **changes)
    signers = tuple(replace(one, name=one.name + rng.choice(_ADDED[:2])) for one in made.signers * rng.randrange(1, 7))
    return replace(made, signers=signers, final=rng.random() < 0.5)


def _changed(value: Any, rng: Random) -> Any:
    if isinstance(value, bool):
        return rng.random() < 0.5
    if isinstance(value, int):
        return rng.choice((1, 2, 3, 5, 101, value))
    if isinstance(value, str):
        return value + rng.choice(_ADDED) if value else value
    return value * rng.choice((1, 1, 2, 30))


def dismissals() -> dict[Ground, Decision]:
    """A dismissal on each ground, in the lawyer's words."""
    body = Dismissal(
        number=4,
        received="oddana po spletu 16. 2. 2027 ob 12.30",
        deadline="15. 2. 2027 ob 12.00",
        reason="Prijavitelj je podjetje.",
        article="9. člen pravilnika",
        asked=("Finančni načrt – priloga manjka", "Izjava – podpisala jo je tajnica"),
        requested="22. 2. 2027",
        period="8 dneh",
        served="24. 2. 2027",
        ended="4. 3. 2027",
        filed="3. 3. 2027",
    )
    texts = load_sentences(FOLDER, Dismissal)
    return {
        ground: decision(Outcome.DISMISSED, seed=at, refusal_reasons=sentences(texts, ground, body))
        for at, ground in enumerate(Ground)
    }
