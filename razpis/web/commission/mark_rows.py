"""The rows of a sheet of marks as a page fills and shows them: what stands, what was typed, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from razpis.services.marking.criterion_desk import CriterionPage
from razpis.services.marking.criterion_desk import Row as Criterion
from razpis.services.marking.mark_desk import Asked
from razpis.services.marking.marking import Saved, Typed
from razpis.web.language import language


@dataclass(slots=True)
class Row:
    """One criterion. ``points`` and ``reason`` are what the fields show; ``theirs``: what another window saved."""

    asked: Asked
    points: str
    reason: str
    seen: int
    wrong: dict[str, str] = field(default_factory=dict)
    theirs: tuple[str, str] | None = None
    kept: bool = True


def typed(form: MultiDict[str, str]) -> dict[str, Typed]:
    """What was sent of each criterion; one that was not sent is left alone."""
    keys = [name.removeprefix("points-") for name in form if name.startswith("points-")]
    return {
        key: Typed(form[f"points-{key}"], form.get(f"reason-{key}", ""), _seen(form.get(f"seen-{key}", "")))
        for key in keys
    }


def rows(asked: Sequence[Asked], sent: Mapping[str, Typed], saved: Saved | None, key: str) -> list[Row]:
    """The rows to show: as they stand, or as they were typed where that is not kept."""
    return [_row(one, sent.get(one.key), saved, (key, one.key)) for one in asked]


def across(page: CriterionPage, sent: Mapping[str, Typed], saved: Saved | None) -> list[tuple[Criterion, Row]]:
    """The same for one criterion across applications; ``sent`` by the application's key."""
    found = []
    for one in page.rows:
        key = one.line.application.key
        found.append((one, _row(one.asked, sent.get(key), saved, (key, page.key))))
    return found


def told(saved: Saved, part: int) -> dict[str, object]:
    """What a script is told of each mark; ``part`` 0: by application, 1: by criterion."""
    return {
        "revisions": {place[part]: revision for place, revision in saved.revisions.items()},
        "faults": {
            place[part]: {name: text[language()] for name, text in wrong.items()}
            for place, wrong in saved.faults.items()
        },
        "conflicts": [place[part] for place in saved.conflicts],
    }


def _row(asked: Asked, sent: Typed | None, saved: Saved | None, place: tuple[str, str]) -> Row:
    mark = asked.mark
    stands = ("", "", 0) if mark is None else (_comma(mark.points), mark.reason, mark.revision)
    row = Row(asked, *stands)
    if sent is None or (saved is not None and place not in saved.faults and place not in saved.conflicts):
        return row
    row.points, row.reason, row.kept = sent.points, sent.reason, False
    if saved is not None:
        row.wrong = {name: text[language()] for name, text in saved.faults.get(place, {}).items()}
        conflict = saved.conflicts.get(place)
        row.theirs = None if conflict is None else (_comma(conflict.points), conflict.reason)
    return row


def _comma(points: str) -> str:
    return points.replace(".", ",") if language() == "sl" else points


def _seen(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
