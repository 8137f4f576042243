"""Searching by words the same way in both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement


def contains(column: Any, words: str) -> ColumnElement[bool]:
    """The condition that ``column`` holds ``words``, whatever the case.

    SQLite knows capitals of ASCII letters only, so any other letter in ``words`` stands for any one sign:
    »čebela« finds »Čebela«, and at worst a line too many.
    """
    kept = " ".join(words.split())
    pattern = "".join("\\" + sign if sign in "\\%_" else sign if sign.isascii() else "_" for sign in kept)
    found: ColumnElement[bool] = column.ilike(f"%{pattern}%", escape="\\")
    return found
