"""From bytes to text: UTF-8, else Windows-1250 with a warning; anything else is refused with its place."""

from __future__ import annotations

import re

from razpis.engine.problems import Place
from razpis.intake.report import Notes

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SIGNATURES = {
    b"PK\x03\x04": ("XLSX ali ZIP", "XLSX or ZIP"),
    b"\xd0\xcf\x11\xe0": ("XLS", "XLS"),
    b"%PDF": ("PDF", "PDF"),
}
# A letter with a caron or an acute as UTF-8 writes it. In Windows-1250 these bytes are Ă, Ä or Ĺ before a
# sign, which no word has: a file that holds them and is not UTF-8 throughout was damaged.
_UTF8_LETTER = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")


def decoded(content: bytes, file: str, notes: Notes, *, windows: bool) -> str:
    """The text of ``content`` without its byte order mark, lines ended by LF alone.

    ``windows`` allows Windows-1250, which is announced by a warning. Raises :class:`Problems`.
    """
    _refuse_foreign(content, file, notes)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _windows_1250(content, file, notes, error.start, allowed=windows)
    if "\x00" in text:
        at = text.index("\x00")
        notes.stop(
            _place(file, text, at),
            "v datoteki je ničelni znak (NUL), torej ni besedilo; shranite jo znova kot UTF-8",
            "the file holds a NUL character, so it is not text; save it again as UTF-8",
        )
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\n" not in text:
            text = text.replace("\r", "\n")
    return text


def _refuse_foreign(content: bytes, file: str, notes: Notes) -> None:
    if content.startswith(_UTF16) or (len(content) > 3 and b"\x00" in content[:2] and content[:2] != b"\x00\x00"):
        notes.stop(
            Place(file),
            "datoteka je zapisana v UTF-16 (»Unicode besedilo«); shranite jo kot »CSV UTF-8« oziroma kot UTF-8",
            "the file is in UTF-16 ('Unicode text'); save it as 'CSV UTF-8' or as UTF-8",
        )
    for signature, (sl, en) in _SIGNATURES.items():
        if content.startswith(signature):
            notes.stop(
                Place(file),
                f"vsebina ni besedilo, temveč {sl}; popravite končnico ali datoteko shranite znova",
                f"the content is not text but {en}; mend the extension or save the file again",
            )


def _windows_1250(content: bytes, file: str, notes: Notes, at: int, *, allowed: bool) -> str:
    """The text in Windows-1250, where byte ``at`` is the first that UTF-8 does not know."""
    before = content[:at]
    place = Place(file, before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig")) + 1)
    if not allowed or _UTF8_LETTER.search(content):
        notes.stop(
            place,
            f"bajt 0x{content[at]:02X} ni veljaven v UTF-8; datoteko shranite znova kot UTF-8",
            f"byte 0x{content[at]:02X} is not valid in UTF-8; save the file again as UTF-8",
        )
    try:
        text = content.decode("cp1250")
    except UnicodeDecodeError as error:
        code = content[error.start]
        notes.stop(
            Place(file, content.count(b"\n", 0, error.start) + 1, error.start - content.rfind(b"\n", 0, error.start)),
            f"bajt 0x{code:02X} ni veljaven ne v UTF-8 ne v Windows-1250; datoteko shranite znova kot UTF-8",
            f"byte 0x{code:02X} is valid neither in UTF-8 nor in Windows-1250; save the file again as UTF-8",
        )
    notes.warning(
        place,
        "datoteka ni v UTF-8, zato je prebrana kot Windows-1250; preverite šumnike ali jo shranite kot UTF-8",
        "the file is not in UTF-8 and was read as Windows-1250; check the letters č š ž or save it as UTF-8",
    )
    return text


def _place(file: str, text: str, at: int) -> Place:
    return Place(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
