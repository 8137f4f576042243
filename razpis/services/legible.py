"""Whether what people write can be printed: signs that documents have no letters for are refused as they are typed."""

from __future__ import annotations

from collections.abc import Mapping

from razpis.documents.fonts import missing_glyphs, normalised
from razpis.engine.problems import Text

_TOLD = 5


def fault(text: str) -> Text | None:
    """What is wrong with a text that will stand in a document; ``None`` where it can be printed whole.

    A sign that is dropped in print would change what a decision says, and the file would be no archive (PDF/A).
    """
    if text.isascii():
        return None
    unknown = [one.character for one in missing_glyphs("", normalised(text))][:_TOLD]
    if not unknown:
        return None
    signs = ", ".join(f"»{sign}« (U+{ord(sign):04X})" for sign in unknown)
    plain = ", ".join(f"'{sign}' (U+{ord(sign):04X})" for sign in unknown)
    return Text(
        f"Teh znakov ni mogoče natisniti v dokumentih: {signs}. Zamenjajte jih s črkami latinice ali jih izpustite.",
        f"These signs cannot be printed in documents: {plain}. Write them in Latin letters or leave them out.",
    )


def faults(texts: Mapping[str, str]) -> dict[str, Text]:
    """The same of several texts, by their fields."""
    found = {name: fault(text) for name, text in texts.items()}
    return {name: told for name, told in found.items() if told is not None}
