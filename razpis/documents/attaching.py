"""Files inside a document: associated files (ISO 19005-3, 6.8), listed so that every reader shows them."""

from __future__ import annotations

import hashlib
import re

from razpis.documents.extras import Attachment
from razpis.documents.pdfa import ArchivalDocument, RawObject, raw_stream, text_string

_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")


def attach(document: ArchivalDocument, files: tuple[Attachment, ...]) -> None:
    """Embed ``files``, in the order of their names; their date is that of the document.

    Raises ``ValueError`` for a media type not written like ``application/json`` and for two files of one name.
    """
    if len({file.name for file in files}) < len(files):
        raise ValueError("two attachments of one name")
    specified = [(file, _specification(document, file)) for file in sorted(files, key=lambda one: one.name)]
    if specified:
        numbers = [f"{document.number(raw)} 0 R" for _, raw in specified]
        names = " ".join(
            f"{text_string(file.name)}{number}" for (file, _), number in zip(specified, numbers, strict=True)
        )
        document.Catalog.AF = RawObject(f"[{' '.join(numbers)}]".encode("ascii"))
        document.Catalog.Names = RawObject(f"<</EmbeddedFiles<</Names[{names}]>>>>".encode("ascii"))


def _specification(document: ArchivalDocument, file: Attachment) -> RawObject:
    if not _MEDIA_TYPE.fullmatch(file.media_type):
        raise ValueError(f"not a media type: {file.media_type}")
    changed = f"D:{document.metadata.day:%Y%m%d}000000Z"
    # MD5 is what ISO 32000-1, 7.11.4 names; it tells a transmission fault, nothing is protected by it.
    sum_ = hashlib.md5(file.data, usedforsecurity=False).hexdigest()
    content = RawObject(
        raw_stream(
            f"/Type/EmbeddedFile/Subtype/{file.media_type.replace('/', '#2F')}"
            f"/Params<</Size {len(file.data)}/ModDate({changed})/CheckSum<{sum_}>>>",
            file.data,
        )
    )
    number = document.number(content)
    name = text_string(file.name)
    return RawObject(
        f"<</Type/Filespec/F{name}/UF{name}/EF<</F {number} 0 R/UF {number} 0 R>>"
        f"/AFRelationship/Data/Desc{text_string(file.description)}>>".encode("ascii")
    )
