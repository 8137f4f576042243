"""What kinds of organisations, statuses and mandates there are, and how they are called."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class LegalForm(StrEnum):
    """Legal forms that turn up among applicants; the call says which of them may apply."""

    SOCIETY = "society"
    UNION = "union"
    INSTITUTE = "institute"
    FOUNDATION = "foundation"
    YOUTH_COUNCIL = "youth_council"
    PUBLIC_INSTITUTE = "public_institute"
    CHURCH = "church"
    RED_CROSS = "red_cross"
    OTHER = "other"


class StatusKind(StrEnum):
    """Statuses by special acts: ZHO (two ministries), ZInvO, ZNOrg, ZProst."""

    HUMANITARIAN_SOCIAL = "humanitarian_social"
    HUMANITARIAN_HEALTH = "humanitarian_health"
    DISABILITY = "disability"
    PUBLIC_INTEREST = "public_interest"
    VOLUNTEER = "volunteer"


class MandateKind(StrEnum):
    """Why a person may act for an organisation: by law or founding act, or by power of attorney (ZUP 53–57)."""

    REPRESENTATIVE = "representative"
    ATTORNEY = "attorney"


LEGAL_FORMS: Mapping[LegalForm, tuple[str, str]] = {
    LegalForm.SOCIETY: ("društvo", "society"),
    LegalForm.UNION: ("zveza društev", "union of societies"),
    LegalForm.INSTITUTE: ("zasebni zavod", "private institute"),
    LegalForm.FOUNDATION: ("ustanova", "foundation"),
    LegalForm.YOUTH_COUNCIL: ("mladinski svet", "youth council"),
    LegalForm.PUBLIC_INSTITUTE: ("javni zavod", "public institute"),
    LegalForm.CHURCH: ("verska skupnost ali njena enota", "religious community or its unit"),
    LegalForm.RED_CROSS: ("območno združenje Rdečega križa", "regional Red Cross association"),
    LegalForm.OTHER: ("drugo", "other"),
}

STATUSES: Mapping[StatusKind, tuple[str, str]] = {
    StatusKind.HUMANITARIAN_SOCIAL: (
        "humanitarna organizacija (razvid MDDSZ)",
        "humanitarian organisation (register of the ministry of social affairs)",
    ),
    StatusKind.HUMANITARIAN_HEALTH: (
        "humanitarna organizacija (razvid MZ)",
        "humanitarian organisation (register of the ministry of health)",
    ),
    StatusKind.DISABILITY: ("invalidska organizacija", "disability organisation"),
    StatusKind.PUBLIC_INTEREST: ("nevladna organizacija v javnem interesu", "NGO in the public interest"),
    StatusKind.VOLUNTEER: ("prostovoljska organizacija", "volunteer organisation"),
}

MANDATES: Mapping[MandateKind, tuple[str, str]] = {
    MandateKind.REPRESENTATIVE: ("zakoniti zastopnik", "legal representative"),
    MandateKind.ATTORNEY: ("pooblaščenec", "attorney"),
}

_REGISTER_FORMS: tuple[tuple[str, LegalForm], ...] = (
    ("zveza društev", LegalForm.UNION),
    ("društvo", LegalForm.SOCIETY),
    ("javni zavod", LegalForm.PUBLIC_INSTITUTE),
    ("zavod", LegalForm.INSTITUTE),
    ("ustanova", LegalForm.FOUNDATION),
    ("mladinski svet", LegalForm.YOUTH_COUNCIL),
    ("verska", LegalForm.CHURCH),
    ("cerkv", LegalForm.CHURCH),
)


def legal_form_of(words: str, name: str = "") -> LegalForm:
    """The legal form as the business register words it, as far as it can be told; the person then confirms it.

    The register writes one form for societies and their unions (»društvo, zveza društev«), so the name decides
    there; what it does not tell is ``OTHER``.
    """
    said, called = words.casefold(), name.casefold()
    if "rdeči križ" in called or "rdečega križa" in called:
        return LegalForm.RED_CROSS
    if "društvo" in said and "zveza društev" in said:
        return LegalForm.UNION if "zveza" in called else LegalForm.SOCIETY
    return next((form for part, form in _REGISTER_FORMS if part in said), LegalForm.OTHER)
