"""Documents of the procedure: their kinds, and where each is on its way from a draft to what an archive keeps."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Every document from the beginning of a call to its decisions (ZUP, 210.–215. člen; Pravilnik)."""

    START = "start"
    APPOINTMENT = "appointment"
    EXCLUSION = "exclusion"
    CALL = "call"
    AMENDMENT = "amendment"
    CANCELLATION = "cancellation"
    RECEIPT = "receipt"
    MINUTES = "minutes"
    SUPPLEMENT_REQUEST = "supplement_request"
    SCORE_SHEET = "score_sheet"
    REPORT = "report"
    DECISION = "decision"
    DISMISSAL = "dismissal"
    DISCONTINUANCE = "discontinuance"
    CORRECTION = "correction"
    RESULT_LIST = "result_list"


class ActState(StrEnum):
    """A document is drafted, approved by a second person, rendered (and sealed), then issued; afterwards it may be
    replaced by another or annulled. A draft that is given up is dropped; what has a number is never deleted."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    RENDERED = "rendered"
    ISSUED = "issued"
    REPLACED = "replaced"
    ANNULLED = "annulled"
    DROPPED = "dropped"


class ReleaseState(StrEnum):
    """A set of decisions: put together, approved by a second person, being rendered, all out at once, or given up."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    RENDERING = "rendering"
    READY = "ready"
    RELEASED = "released"
    DROPPED = "dropped"


class Purpose(StrEnum):
    """What a set is for: the decisions on the applications of a call, the correction of an issued document, or the
    new decision on one application whose earlier one was taken away and the matter remitted."""

    DECISIONS = "decisions"
    CORRECTION = "correction"
    RENEWAL = "renewal"


KNOWN_OUTSIDE = frozenset({ActState.ISSUED, ActState.REPLACED, ActState.ANNULLED})
"""States in which a document exists for the world: the page behind its QR code tells of no others."""
