"""The bytes of a file: of a known kind, not too large, or told why not."""

from __future__ import annotations

import stat
from collections.abc import Collection
from pathlib import Path

from razpis.engine.problems import Place, Text, of_system
from razpis.intake.report import Notes

MAX_BYTES = 50_000_000

_REASONS: dict[type[OSError], Text] = {
    FileNotFoundError: Text("datoteke ni; preverite pot in ime", "there is no such file; check its path and name"),
    PermissionError: Text(
        "datoteke ne smete brati; preverite dovoljenja", "the file may not be read; check its permissions"
    ),
}
_ADVICE = {
    ".xls": Text("; v programu za preglednice jo shranite kot .xlsx", "; save it as .xlsx in your spreadsheet program"),
    ".ods": Text("; v programu za preglednice jo shranite kot .xlsx", "; save it as .xlsx in your spreadsheet program"),
    ".xlsx": Text("; list shranite kot CSV", "; save the sheet as CSV"),
}


def kind(path: Path, allowed: Collection[str], notes: Notes) -> str:
    """The extension of ``path`` in small letters; raises :class:`Problems` where it is not in ``allowed``."""
    suffix = path.suffix.lower()
    if suffix not in allowed:
        listed = ", ".join(allowed)
        advice = _ADVICE.get(suffix, Text("", ""))
        notes.stop(
            Place(str(path)),
            f"datotek s končnico »{suffix}« tu ni mogoče brati (dovoljeno: {listed}){advice.sl}",
            f"files ending in '{suffix}' cannot be read here (allowed: {listed}){advice.en}",
        )
    return suffix


def content(path: Path, notes: Notes) -> bytes:
    """All bytes of ``path``; raises :class:`Problems` where it cannot be read or is over :data:`MAX_BYTES`."""
    place = Place(str(path))
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            notes.stop(place, "to ni datoteka; navedite pot do datoteke", "this is not a file; give the path of a file")
        if state.st_size <= MAX_BYTES:
            with path.open("rb") as stream:
                found = stream.read(MAX_BYTES + 1)
            if len(found) <= MAX_BYTES:
                return found
    except OSError as error:
        said = Text("datoteke ni mogoče prebrati: ", "cannot read the file: ") + of_system(error)
        reason = _REASONS.get(type(error), said)
        notes.stop(place, reason.sl, reason.en)
    limit = MAX_BYTES // 1_000_000
    notes.stop(
        place,
        f"datoteka je večja od {limit} MB; razdelite jo ali iz nje odstranite odvečno",
        f"the file is larger than {limit} MB; split it or remove what is not needed",
    )
