"""The sRGB colour profile that PDF/A asks for, computed from IEC 61966-2-1 instead of shipping a binary."""

from __future__ import annotations

import struct
from functools import cache

# Primaries and white of sRGB adapted to the D50 of the profile connection space (Bradford).
_WHITE = (0.9642, 1.0, 0.8249)
_RED = (0.43607, 0.22249, 0.01392)
_GREEN = (0.38515, 0.71687, 0.09708)
_BLUE = (0.14307, 0.06061, 0.71410)
_STEPS = 256


@cache
def srgb_profile() -> bytes:
    """An ICC version 2 display profile; always the same bytes, dated like the standard's first text."""
    curve = b"curv\0\0\0\0" + struct.pack(f">I{_STEPS}H", _STEPS, *(map(_linear, range(_STEPS))))
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", 5) + b"sRGB\0" + bytes(78),
        b"cprt": b"text\0\0\0\0" + b"No copyright, use freely\0",
        b"wtpt": _xyz(_WHITE),
        b"rXYZ": _xyz(_RED),
        b"gXYZ": _xyz(_GREEN),
        b"bXYZ": _xyz(_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, data = _tag_table(tags)
    header = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4sQI3i4s44x",
        128 + len(table) + len(data), b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ",
        1999, 10, 18, 0, 0, 0, b"acsp", b"\0\0\0\0", 0, b"\0\0\0\0", b"\0\0\0\0", 0, 0,
        *map(_fixed, _WHITE), b"\0\0\0\0",
    )  # fmt: skip
    return header + table + data


def _linear(step: int) -> int:
    """The tone curve: encoded value to linear light, both over the whole 16 bits."""
    encoded = step / (_STEPS - 1)
    light = encoded / 12.92 if encoded <= 0.04045 else ((encoded + 0.055) / 1.055) ** 2.4
    return round(light * 65535)


def _fixed(value: float) -> int:
    return round(value * 65536)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *map(_fixed, values))


def _tag_table(tags: dict[bytes, bytes]) -> tuple[bytes, bytes]:
    """The table of tags and their data, equal data stored once, each padded to four bytes."""
    start = 128 + 4 + 12 * len(tags)
    data = b""
    places: dict[bytes, int] = {}
    entries = struct.pack(">I", len(tags))
    for name, content in tags.items():
        if content not in places:
            places[content] = start + len(data)
            data += content + bytes(-len(content) % 4)
        entries += struct.pack(">4sII", name, places[content], len(content))
    return entries, data
