"""Uploaded files: what they are by their content, and which are refused."""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib

from razpis.engine.problems import Text

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2_000
LONGEST_NAME = 200

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
DOCX, XLSX = f"{_OFFICE}.wordprocessingml.document", f"{_OFFICE}.spreadsheetml.sheet"
ODT, ODS = f"{_OPEN}.text", f"{_OPEN}.spreadsheet"

ENDINGS = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png", DOCX: ".docx", XLSX: ".xlsx", ODT: ".odt", ODS: ".ods"}
"""The types taken, and how the names of such files end."""

_SIGNATURES = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
_ZIP = b"PK\x03\x04"
# What zipfile raises on a damaged part, one locked by a password, or one packed in a way it does not know.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)


class UploadRefused(Exception):
    """The file cannot be taken; ``text`` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.sl)
        self.text = text


def recognise(content: bytes) -> str:
    """The media type of ``content``, by what is in it; its name and the sender's word do not count.

    Raises :class:`UploadRefused` for an empty, too large, unknown or dangerous file.
    """
    if not content:
        raise _refused("Datoteka je prazna. Preverite, ali ste izbrali pravo.", "The file is empty. Check your choice.")
    if len(content) > LARGEST:
        raise _refused(
            "Datoteka je večja od 10 MB. Zmanjšajte jo ali jo razdelite na več datotek.",
            "The file is larger than 10 MB. Make it smaller or split it into several files.",
        )
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content.startswith(_ZIP):
        return _packed(content)
    raise _unknown()


def _packed(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _office(packed)
    except _BROKEN as error:
        raise _refused(
            "Datoteka je poškodovana ali zaklenjena z geslom. Odprite jo na svojem računalniku, shranite znova brez "
            "gesla in jo pošljite še enkrat.",
            "The file is damaged or locked by a password. Open it on your computer, save it again without a password "
            "and send it once more.",
        ) from error


def _office(packed: zipfile.ZipFile) -> str:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise _refused(
            "Datoteka je razširjena prevelika, zato je ne odpiramo. Pošljite jo kot PDF.",
            "Unpacked, the file is too large to be opened. Send it as a PDF.",
        )
    names = {part.filename for part in parts}
    if any(name.endswith("vbaProject.bin") for name in names):
        raise _refused(
            "Datoteka vsebuje makre. Shranite jo brez njih ali kot PDF.",
            "The file holds macros. Save it without them or as a PDF.",
        )
    if "mimetype" in names:
        with packed.open("mimetype") as opened:
            said = opened.read(100).decode("ascii", "replace").strip()
        if said in (ODT, ODS):
            return said
    for start, kind in (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX)):
        if start in names:
            return kind
    raise _unknown()


def safe_name(name: str, kind: str) -> str:
    """The name a file is kept and shown under: its last part, no control signs, the ending of its true type."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    clean = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    ending = ENDINGS[kind]
    stem = clean[: -len(ending)] if clean.lower().endswith(ending) else clean
    if kind == JPEG and clean.lower().endswith(".jpeg"):
        stem = clean[:-5]
    return (stem.strip(" .") or "priloga")[: LONGEST_NAME - len(ending)] + ending


def _unknown() -> UploadRefused:
    return _refused(
        "Te vrste datotek ne sprejemamo. Pošljite PDF, sliko (JPG, PNG) ali dokument (DOCX, XLSX, ODT, ODS).",
        "This type of file is not taken. Send a PDF, a picture (JPG, PNG) or a document (DOCX, XLSX, ODT, ODS).",
    )


def _refused(sl: str, en: str) -> UploadRefused:
    return UploadRefused(Text(sl, en))
