"""Numbers in addresses and forms: those that a database can hold; a larger one is nobody's."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class Numbered(IntegerConverter):
    """``<int:…>`` of an address, up to :data:`LARGEST`: beyond it there is no such page."""

    def __init__(self, map: Map, *args: Any, **limits: Any) -> None:
        super().__init__(map, *args, **{"max": LARGEST, **limits})


def init(app: Flask) -> None:
    """Read the numbers of all addresses so; called before any page is known."""
    app.url_map.converters["int"] = Numbered


def number(text: str) -> int:
    """The number that was sent, to be given as ``type=``. Raises ``ValueError`` for none and for one too large."""
    found = int(text)
    if abs(found) > LARGEST:
        raise ValueError(f"larger than {LARGEST}")
    return found
