"""Addresses of mail and telephone numbers as people write them, and as they are kept."""

from __future__ import annotations

import re

from razpis.engine.problems import Text

_WORD = r"[a-z0-9!#$%&'*+/=^_{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"(?=[^@]{{1,64}}@){_WORD}(?:\.{_WORD})*@{_LABEL}(?:\.{_LABEL})+", re.ASCII)
"""Signs that stand in a header of mail as they are (RFC 5322, 3.4.1 without quoting), so that nobody's address is read
as two, as a group or as a comment; a domain with other letters is written in its ASCII form (xn--)."""
_PHONE = re.compile(r"\+?[0-9]{6,15}")

WRONG_ADDRESS = Text("E-naslov naj bo zapisan kot ime@domena.si.", "Write the address as name@domain.si.")
WRONG_PHONE = Text(
    "Telefonska številka ima le števke, na začetku lahko še +. Primer: 040 123 456.",
    "A telephone number has digits only, with a + at most before them. Example: +386 40 123 456.",
)


def address(text: str) -> str | None:
    """The address of mail in lower case; ``None`` where it is none."""
    kept = text.strip().lower()
    return kept if len(kept) <= 254 and _ADDRESS.fullmatch(kept) else None


def phone(text: str) -> str | None:
    """The telephone number with single spaces as it was written; ``None`` where it is none."""
    kept = " ".join(text.split())
    return kept if len(kept) <= 40 and _PHONE.fullmatch(re.sub(r"[\s()/.-]", "", kept)) else None
