"""Which wording a decision uses and what its placeholders stand for.

The placeholders are Slovenian, because the lawyer who edits ``templates/documents/decision/`` reads them;
``README.md`` there explains each, and a test keeps it complete.
"""

from __future__ import annotations

from pathlib import Path

from razpis.documents.decision import Act, Decision, Outcome, RemedyKind
from razpis.documents.format_sl import money, short_date
from razpis.documents.legal_text import LegalTexts, TextPlan, TextValue, load_legal_texts
from razpis.documents.renewal import Renewal

WHY_REFUSED = {
    Outcome.GRANTED: "obrazlozitev_nizji_znesek",
    Outcome.PART: "obrazlozitev_nizji_znesek",
    Outcome.BELOW_THRESHOLD: "obrazlozitev_pod_pragom",
    Outcome.NO_MONEY: "obrazlozitev_ni_sredstev",
    Outcome.CONDITION_FAILED: "obrazlozitev_neizpolnjen_pogoj",
    Outcome.DISMISSED: "obrazlozitev_zavrzenje",
}
REMEDY = {RemedyKind.APPEAL: "pouk_pritozba", RemedyKind.LAWSUIT: "pouk_tozba"}

PLAN = TextPlan(
    files=frozenset(
        {
            "uvod", "naziv",
            "izrek_ugoditev", "izrek_delna_ugoditev", "izrek_zavrnitev", "izrek_zavrzenje",
            "obrazlozitev_postopek", "obrazlozitev_pogoji", "obrazlozitev_dejstva", "obrazlozitev_merila",
            "obrazlozitev_skupna_ocena", "obrazlozitev_razdelitev", "obrazlozitev_izjave",
            "obrazlozitev_zakljucek", "obrazlozitev_ponovno", "vrocitev",
            *WHY_REFUSED.values(), *REMEDY.values(),
        }
    ),
    placeholders=frozenset(
        {
            "organ", "enote", "naziv_akta", "odločba", "razpis", "objava", "pravne_podlage",
            "prijavitelj", "sedež", "matična", "zastopnik", "program", "sklop",
            "zaprošeni_znesek", "odobreni_znesek", "zavrnjeni_znesek", "postavka", "obdobje", "rok_pogodbe",
            "postopek", "pogoji_izpolnjeni", "točke", "največ_točk", "prag", "mesto",
            "razdelitev", "izračun", "razlogi", "izjave", "predlog",
            "odpravljeni_akt", "odpravljeni_dne", "višji_akt", "višji_dne", "višji_organ",
            "navodila", "odgovor_na_navodila",
            "rok", "naslovnik", "kje_vložiti", "taksa", "vročiti",
        }
    ),
    labels=frozenset(
        {
            "številka", "datum", "izrek", "stran", "od",
            "pogoj", "člen", "ugotovitev", "izpolnjen", "ni_izpolnjen",
            "podatek", "navedba", "ugotovljeno", "razlog_popravka",
            "merilo", "največ", "točke", "razlog", "skupaj", "vse_skupaj",
        }
    ),
)  # fmt: skip


def load_decision_texts(folder: Path) -> LegalTexts:
    """Load the wording of decisions. Raises :class:`~razpis.documents.legal_text.LegalTextError`."""
    return load_legal_texts(folder, PLAN)


def operative_file(decision: Decision) -> str:
    """The file of the operative part. Less granted than asked is always a partial grant, whatever the
    outcome is called, so that the refused part stands in the operative part (UPRS II U 205/2022)."""
    if decision.outcome is Outcome.DISMISSED:
        return "izrek_zavrzenje"
    if not decision.awarded:
        return "izrek_zavrnitev"
    return "izrek_delna_ugoditev" if decision.refused else "izrek_ugoditev"


def placeholder_values(decision: Decision) -> dict[str, TextValue]:
    """The values of this decision; one that does not exist is left out, so printing it is an error."""
    unknown = decision.outcome is Outcome.DISMISSED and not decision.requested
    optional = {
        "zaprošeni_znesek": "" if unknown else money(decision.requested),
        "matična": decision.applicant.registration_number,
        "zastopnik": decision.applicant.representative,
        "program": decision.programme_title,
        "sklop": decision.lot_title,
        "odobreni_znesek": money(decision.awarded) if decision.awarded else "",
        "zavrnjeni_znesek": money(decision.refused) if decision.refused else "",
        "naslovnik": decision.remedy.addressed_to,
        "taksa": decision.remedy.fee,
    }
    if decision.total is not None:
        optional |= {
            "točke": decision.total.points,
            "največ_točk": decision.total.maximum,
            "prag": decision.total.threshold,
            "mesto": decision.total.place,
        }
    values = _always(decision) | {name: text for name, text in optional.items() if text}
    if decision.renewal is not None:
        values |= _renewed(decision.renewal)
    if decision.grant_terms is not None:
        values |= {
            "postavka": decision.grant_terms.budget_line,
            "obdobje": decision.grant_terms.period,
            "rok_pogodbe": decision.grant_terms.contract_days,
        }
    return values


def _renewed(renewal: Renewal) -> dict[str, TextValue]:
    return {
        "odpravljeni_akt": renewal.annulled,
        "odpravljeni_dne": short_date(renewal.annulled_on),
        "višji_akt": renewal.reference,
        "višji_dne": short_date(renewal.decided_on),
        "višji_organ": renewal.body,
        "navodila": renewal.instructions,
        "odgovor_na_navodila": renewal.reasons,
    }


def _always(decision: Decision) -> dict[str, TextValue]:
    return {
        "organ": decision.authority.name,
        "enote": decision.authority.units,
        "naziv_akta": decision.act.value,
        "odločba": decision.act is Act.ODLOCBA,
        "razpis": decision.call.title,
        "objava": decision.call.reference,
        "pravne_podlage": decision.call.legal_basis,
        "prijavitelj": decision.applicant.name,
        "sedež": decision.applicant.seat,
        "postopek": decision.procedure,
        "pogoji_izpolnjeni": all(condition.met for condition in decision.conditions),
        "razdelitev": decision.allocation,
        "izračun": decision.derivation,
        "razlogi": decision.refusal_reasons,
        "izjave": decision.statement_answers,
        "predlog": decision.proposal,
        "rok": decision.remedy.days,
        "kje_vložiti": decision.remedy.lodged_with,
        "vročiti": decision.service_list,
    }
