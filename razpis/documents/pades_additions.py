"""Whether a file is another one with nothing but signatures added, by what its objects hold now and held then."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

# What signing writes into the catalog: the form with the field, what a signature permits, proofs for the archive,
# the version those need, and metadata with the new date.
_CATALOG = frozenset(("/AcroForm", "/Perms", "/DSS", "/Extensions", "/Version", "/Metadata"))
_PAGE = frozenset(("/Annots", "/Tabs"))


def only_signatures_added(pdf: bytes, original: bytes) -> bool:
    """Whether every object of ``original`` is the same in ``pdf``, but for what signing has to touch.

    What a page shows is unchanged then, save the boxes of signatures. Raises pyHanko's errors for a file that cannot
    be read.
    """
    if not pdf.startswith(original):
        return False
    old, new = PdfFileReader(BytesIO(original), strict=False), PdfFileReader(BytesIO(pdf), strict=False)
    if old.root_ref.idnum != new.root_ref.idnum:
        return False
    free = _replaceable(old)
    return _fields_sign(new) and all(
        ref.idnum in free or _same(_held(old, ref), _held(new, ref), catalog=ref.idnum == old.root_ref.idnum)
        for ref in _refs(old)
    )


def _refs(reader: PdfFileReader) -> Iterator[generic.Reference]:
    for revision in range(reader.xrefs.total_revisions):
        yield from reader.xrefs.explicit_refs_in_revision(revision)


def _held(reader: PdfFileReader, ref: generic.Reference) -> Any:
    """What this number holds in this file."""
    return reader.get_object(generic.Reference(ref.idnum, ref.generation, reader))  # type: ignore[no-untyped-call]


def _replaceable(reader: PdfFileReader) -> set[int]:
    """What tells about the file and is never shown on a page: a program that signs dates it anew."""
    told = ((reader.trailer, "/Info"), (reader.root, "/Metadata"))
    found = (where.raw_get(key) for where, key in told if key in where)
    return {one.idnum for one in found if isinstance(one, generic.IndirectObject)}


def _same(old: generic.PdfObject, new: generic.PdfObject, catalog: bool) -> bool:
    if _written(old) == _written(new):
        return True
    if isinstance(old, generic.StreamObject) or isinstance(new, generic.StreamObject):
        return False
    if not isinstance(old, generic.DictionaryObject) or not isinstance(new, generic.DictionaryObject):
        return False
    page = _at(old, "/Type") == "/Page"
    touched = _CATALOG if catalog else _PAGE if page else frozenset()
    rest = (set(old) | set(new)) - touched
    if any(
        key not in old or key not in new or _written(old.raw_get(key)) != _written(new.raw_get(key)) for key in rest
    ):
        return False
    return not page or _boxes_added(old, new)


def _boxes_added(old: generic.DictionaryObject, new: generic.DictionaryObject) -> bool:
    """Whether a page has the annotations it had, in their order, and after them only fields of signatures."""
    before, after = _annotations(old), _annotations(new)
    if [_written(one) for one in after[: len(before)]] != [_written(one) for one in before]:
        return False
    added = [_reached(one) for one in after[len(before) :]]
    return all(isinstance(one, generic.DictionaryObject) and _signs(one) for one in added)


def _annotations(page: generic.DictionaryObject) -> list[generic.PdfObject]:
    return list(_at(page, "/Annots") or ())


def _fields_sign(reader: PdfFileReader) -> bool:
    """Whether the form holds fields of signatures alone, and no pages of its own (XFA)."""
    form = _at(reader.root, "/AcroForm")
    if not isinstance(form, generic.DictionaryObject):
        return form is None
    return "/XFA" not in form and all(_signs(_reached(one)) for one in _at(form, "/Fields") or ())


def _signs(field: generic.DictionaryObject) -> bool:
    parent = _at(field, "/Parent")
    return "/Sig" in (_at(field, "/FT"), _at(parent, "/FT") if isinstance(parent, generic.DictionaryObject) else None)


def _reached(value: generic.PdfObject) -> Any:
    if isinstance(value, generic.IndirectObject):
        return value.get_object()  # type: ignore[no-untyped-call]
    return value


def _at(where: generic.DictionaryObject, key: str) -> Any:
    """The value itself, not a reference to it."""
    if key not in where:
        return None
    return where[key]


def _written(value: generic.PdfObject) -> bytes:
    out = BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()
