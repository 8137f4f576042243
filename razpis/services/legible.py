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
    clean = normalised(text)
    unknown = [one.character for one in missing_glyphs("", clean)]
    if not unknown:
        return None
    signs = ", ".join(_named(one, f"»{one}«", "neviden znak") for one in unknown[:_TOLD])
    plain = ", ".join(_named(one, f"'{one}'", "an invisible sign") for one in unknown[:_TOLD])
    sl, en = _place(clean, unknown[0])
    return Text(
        f"Teh znakov ni mogoče natisniti v dokumentih: {signs}. Zamenjajte jih s črkami latinice ali jih izpustite. "
        f"Prvi je {sl}.",
        f"These signs cannot be printed in documents: {plain}. Write them in Latin letters or leave them out. "
        f"The first is {en}.",
    )


def faults(texts: Mapping[str, str]) -> dict[str, Text]:
    """The same of several texts, by their fields."""
    found = {name: fault(text) for name, text in texts.items()}
    return {name: told for name, told in found.items() if told is not None}


def _named(sign: str, shown: str, invisible: str) -> str:
    return f"{shown if sign.isprintable() else invisible} (U+{ord(sign):04X})"


def _place(text: str, sign: str) -> tuple[str, str]:
    """Where a sign first stands, for people who count from one; the line only where there are several."""
    before, _, _ = text.partition(sign)
    line, at = before.count("\n") + 1, len(before) - before.rfind("\n")
    if "\n" not in text.strip("\n"):
        return f"{at}. znak", f"character {at}"
    return f"{at}. znak v {line}. vrstici", f"character {at} of line {line}"
