"""The journal in plain words: an event's action, subject, fields and values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from razpis.engine.problems import Text
from razpis.procedure import organisations, words
from razpis.procedure.organisations import LegalForm, MandateKind, StatusKind
from razpis.procedure.roles import Role
from razpis.procedure.states import ApplicationEvent, ApplicationState, CallEvent, CallState
from razpis.services.records.journal_actions import ACTIONS, READINGS, SUBJECTS

FIELDS: Mapping[str, Text] = {
    "name": Text("ime", "name"),
    "email": Text("e-naslov", "e-mail"),
    "roles": Text("vloge", "roles"),
    "state": Text("stanje", "state"),
    "address": Text("naslov", "address"),
    "legal_form": Text("pravna oblika", "legal form"),
    "registration_number": Text("matična številka", "registration number"),
    "tax_number": Text("davčna številka", "tax number"),
    "vat_payer": Text("zavezanec za DDV", "VAT payer"),
    "iban": Text("račun (TRR)", "bank account"),
    "phone": Text("telefon", "telephone"),
    "kind": Text("vrsta", "kind"),
    "ground": Text("podlaga", "ground"),
    "field": Text("področje", "field"),
    "decision_number": Text("številka odločbe", "number of the decision"),
    "decided_on": Text("datum odločbe", "date of the decision"),
    "valid_from": Text("velja od", "valid from"),
    "valid_to": Text("velja do", "valid to"),
    "function": Text("funkcija", "function"),
    "person": Text("oseba", "person"),
    "reason": Text("razlog", "reason"),
    "note": Text("opomba", "note"),
    "evidence": Text("dokazilo (SHA-256)", "evidence (SHA-256)"),
    "mandate": Text("pooblastilo št.", "mandate no."),
    "offer": Text("ponudba št.", "offer no."),
    "claim": Text("vloženo pooblastilo št.", "filed mandate no."),
    "status": Text("status št.", "status no."),
    "representative": Text("zastopnik št.", "representative no."),
    "file": Text("datoteka", "file"),
    "units": Text("število enot", "number of units"),
    "count": Text("število", "number"),
    "title_sl": Text("naslov", "title"),
    "title_en": Text("naslov (angleško)", "title (English)"),
    "reference": Text("oznaka", "reference"),
    "deadline": Text("rok", "deadline"),
    "opens_at": Text("začetek oddaje", "opening"),
    "sha256": Text("SHA-256", "SHA-256"),
    "version": Text("različica", "version"),
    "text": Text("besedilo", "text"),
    "answer": Text("odgovor", "answer"),
    "act": Text("akt", "act"),
    "quorum": Text("sklepčnost", "quorum"),
    "user": Text("oseba št.", "person no."),
    "member": Text("član", "member"),
    "members": Text("člani", "members"),
    "fields": Text("polja", "fields"),
    "marks": Text("ocene", "marks"),
    "seed": Text("seme žreba", "seed of the draw"),
    "source": Text("vir", "source"),
    "applications": Text("vloge", "applications"),
    "organisation": Text("organizacija št.", "organisation no."),
    "lot": Text("sklop", "lot"),
    "receipt": Text("potrdilo št.", "receipt no."),
    "budget_cents": Text("sredstva (centi)", "funds (cents)"),
    "profile": Text("zakonski roki", "legal periods"),
    "revision": Text("različica", "revision"),
    "proposal": Text("predlog št.", "proposal no."),
    "sitting": Text("seja št.", "sitting no."),
    "dissent": Text("ločeno mnenje", "dissenting opinion"),
}

_WORDS = (Role, CallState, ApplicationState, LegalForm, StatusKind, MandateKind)
_TABLES: tuple[Mapping[Any, Any], ...] = (
    words.ROLES,
    words.CALL_STATES,
    words.APPLICATION_STATES,
    organisations.LEGAL_FORMS,
    organisations.STATUSES,
    organisations.MANDATES,
)
_OF_FIELD = {
    "roles": (0,),
    "state": (1, 2),
    "legal_form": (3,),
    "kind": (4, 5),
    "ground": (5,),
}
_YES, _NO, _NOTHING = Text("da", "yes"), Text("ne", "no"), Text("–", "–")


def action(key: str) -> Text:
    """What the action did; for a step of a workflow without a sentence its words, else the key itself."""
    if key in ACTIONS:
        return ACTIONS[key]
    subject, _, event = key.partition(".")
    if subject == "call" and event in list(CallEvent):
        said = words.CALL_EVENTS[CallEvent(event)]
    elif subject == "application" and event in list(ApplicationEvent):
        said = words.APPLICATION_EVENTS[ApplicationEvent(event)]
    else:
        return Text(key, key)
    return Text(f"Korak: {said.sl}.", f"Step: {said.en}.")


def reading(key: str) -> Text:
    """What was read; the key where it has no words."""
    return READINGS.get(key, Text(key, key))


def subject(kind: str) -> Text:
    """What an event is about; the key where it has no words."""
    return SUBJECTS.get(kind, Text(kind, kind))


def field(name: str) -> Text:
    """What a field is called; its name where it has no words."""
    return FIELDS.get(name, Text(name, name))


def value(name: str, given: Any) -> Text:
    """A value of a field as people read it."""
    if given is None or given == "" or given == []:
        return _NOTHING
    if isinstance(given, bool):
        return _YES if given else _NO
    if isinstance(given, list):
        told = [value(name, one) for one in given]
        return Text(", ".join(one.sl for one in told), ", ".join(one.en for one in told))
    if isinstance(given, dict):
        pairs = [(field(key), value(key, one)) for key, one in sorted(given.items())]
        return Text(
            "; ".join(f"{key.sl}: {one.sl}" for key, one in pairs),
            "; ".join(f"{key.en}: {one.en}" for key, one in pairs),
        )
    return _word(name, str(given)) or Text(str(given), str(given))


def _word(name: str, given: str) -> Text | None:
    """The words of a closed list, where the field holds one of them."""
    for at in _OF_FIELD.get(name, ()):
        if given in list(_WORDS[at]):
            said = _TABLES[at][_WORDS[at](given)]
            return Text(said[0], said[1]) if isinstance(said, tuple) else Text(said.sl, said.en)
    return None
