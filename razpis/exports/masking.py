"""Personal data taken out of free text: names one knows of, in whatever case, and what looks like contacts."""

from __future__ import annotations

import re
from collections.abc import Iterable

MASK = "[izpuščeno]"
_CONTACTS = (
    r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63})+"  # e-mail; bounded, else a long word takes minutes
    r"|\b[A-Z]{2}\d{2}(?:\s?\w{4}){2,7}(?:\s?\w{1,3})?\b"  # bank account
    r"|(?<![\d.,/])(?:\+386|00386|0)(?:[\s/\-]?\d){7,9}(?!\d)"  # telephone
    r"|(?<!\w)\d{7,13}(?!\w)"  # registration, tax and personal numbers
)
_SHORTEST = 2


def masker(names: Iterable[str], exact: Iterable[str] = (), kept: Iterable[str] = ()) -> Masker:
    """Masks each word of ``names`` with the endings of its declension (Novak, Novaka, Novakovi), and ``exact``
    texts as they stand. ``kept`` texts, which are public, stay whole though a word of a name stands in them."""
    words = {word for name in names for word in re.findall(r"\w+", name) if len(word) > _SHORTEST}
    declined = (rf"\b{re.escape(word[:-1])}\w{{0,5}}\b" for word in sorted(words))
    return Masker("|".join([*_whole(exact), _CONTACTS, *declined]), "|".join(_whole(kept)))


def _whole(texts: Iterable[str]) -> list[str]:
    return [re.escape(text) for text in sorted({one.strip() for one in texts if one.strip()}, key=len, reverse=True)]


class Masker:
    """Takes out what fits a pattern."""

    def __init__(self, pattern: str, kept: str = "") -> None:
        public = rf"(?P<kept>(?<!\w)(?:{kept})(?!\w))|" if kept else r"(?P<kept>(?!))|"
        self._pattern = re.compile(rf"{public}(?:{pattern})(?:\s+(?:{pattern}))*")

    def __call__(self, text: str) -> str:
        """The text without what must not be seen; neighbouring words go together."""
        return self._pattern.sub(lambda found: found["kept"] or MASK, text)
