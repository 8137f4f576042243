"""What a document carries besides its words: where it can be checked, files inside it, room for a seal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file embedded in the document as its associated file (ISO 19005-3, relation Data).

    ``media_type`` is as in HTTP (``application/json``), ``description`` a few words for people.
    """

    name: str
    media_type: str
    data: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Extras:
    """What every kind of document can carry. Nothing is printed or written for a blank text.

    ``address`` is the URL where the document can be checked, printed and drawn as QR at the end; ``code`` the
    short code people type in there. ``case`` and ``number`` go into the metadata. ``seal_field`` leaves room for
    a seal: only for a file that is sealed next, see :mod:`razpis.documents.seal`. ``notice`` is a sentence read
    before all others and printed on every page (»Osnutek – ni izdano«).
    """

    address: str = ""
    code: str = ""
    attachments: tuple[Attachment, ...] = ()
    seal_field: bool = False
    case: str = ""
    number: str = ""
    notice: str = ""


NO_EXTRAS = Extras()
