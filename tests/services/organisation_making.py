"""What tests of organisations need: numbers that are right, details, a small file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flask import current_app

from razpis.models.organisations import Organisation
from razpis.procedure.organisations import LegalForm, MandateKind
from razpis.services.actor import Actor
from razpis.services.files import Store
from razpis.services.organisations import organisations
from razpis.services.organisations.mandates import Ground, Upload
from razpis.services.organisations.organisations import Details
from tests.databases import Clock

NUMBER, OTHER_NUMBER = "5258880", "1732803"
TAX = "14717468"
IBAN, STATE_IBAN = "SI56 1910 0000 0123 438", "SI56 0110 0600 0000 314"
PDF = b"%PDF-1.7\n%%EOF\n"
TODAY = date(2026, 2, 16)
DETAILS = Details("Društvo Čebelica", "Koroška cesta 1, 2000 Maribor", LegalForm.SOCIETY)
EVIDENCE = Upload("pooblastilo.pdf", PDF)


def store() -> Store:
    return Store(Path(current_app.instance_path) / "files")


def ground(
    kind: MandateKind = MandateKind.REPRESENTATIVE, start: date = TODAY, end: date | None = None, evidence: bool = False
) -> Ground:
    return Ground(kind, start, end, EVIDENCE if evidence else None)


def added(person: Actor, clock: Clock, number: str = NUMBER, details: Details = DETAILS) -> Organisation:
    """An organisation this person represents."""
    return organisations.add(person, number, details, ground(), clock(), store())
