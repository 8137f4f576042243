"""Workbooks written for one test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook


def workbook(**sheets: Sequence[Sequence[object]]) -> Workbook:
    """A workbook with these rows on its sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return book


def cell(book: Workbook, sheet: str, name: str) -> Cell:
    """One cell of a workbook, to be changed."""
    found = book[sheet][name]
    assert isinstance(found, Cell)
    return found


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, changes: Mapping[str, bytes]) -> bytes:
    """``content`` with some of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, data in changes.items():
            new.writestr(name, data)
    return out.getvalue()


def part(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """One part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def parts(content: bytes) -> list[str]:
    """The names of all parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def filed(content: bytes) -> Path:
    """A workbook in the working folder."""
    path = Path("vloge.xlsx")
    path.write_bytes(content)
    return path
