"""The values of a rulebook as boxes of a form, in groups a person recognises."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l

from razpis.engine import money
from razpis.engine.rulebook.editing import Kind, Scalar
from razpis.engine.rulebook.schema_words import PARTS, words
from razpis.engine.rulebook.source import Path_
from razpis.services.calls import drafting
from razpis.services.calls.call_rules import DEADLINE
from razpis.web.language import speaker

TABS = {
    "besedila": _l("Naslov in osnovni podatki"),
    "denar": _l("Sredstva in razdelitev"),
    "merila": _l("Merila in točke"),
    "pragovi": _l("Pragovi in vrstni red"),
    "pogoji": _l("Pogoji"),
    "obrazec": _l("Obrazec"),
    "sklepi": _l("Besedila sklepov"),
}
_TAB_OF = {
    "call": "besedila",
    "lots": "denar",
    "budget": "denar",
    "allocation": "denar",
    "sections": "merila",
    "criteria": "merila",
    "total": "merila",
    "commission": "merila",
    "thresholds": "pragovi",
    "ranking": "pragovi",
    "conditions": "pogoji",
    "fields": "obrazec",
    "derived": "obrazec",
}
_LONG = 70


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its name in the form, its label, what stands in it, and how it is drawn."""

    name: str
    label: str
    value: str
    kind: Kind
    long: bool
    language: str


@dataclass(slots=True)
class Group:
    """Boxes that belong together: figures, texts, texts in English; ``head`` and ``rows`` are the bands."""

    title: str
    figures: list[Box] = field(default_factory=list)
    texts: list[Box] = field(default_factory=list)
    english: list[Box] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[list[Box | None]] = field(default_factory=list)

    def has(self, names: Collection[str]) -> bool:
        """Whether one of the boxes has one of these names."""
        cells = [cell for row in self.rows for cell in row if cell is not None]
        return any(one.name in names for one in (*self.figures, *self.texts, *self.english, *cells))


def tab_of(path: Path_) -> str:
    """The tab a value stands on; the deadline is set with the other days and stands on none."""
    if path == DEADLINE:
        return ""
    return "sklepi" if path[:2] == ("call", "decisions") else _TAB_OF.get(str(path[0]), "")


def groups(scalars: Sequence[Scalar], tab: str, typed: Mapping[str, str]) -> list[Group]:
    """The groups of one tab, with what was typed where it did not stand."""
    found: dict[Path_, Group] = {}
    titles = {one.path: str(one.value) for one in scalars}
    for scalar in scalars:
        if tab_of(scalar.path) != tab:
            continue
        key = scalar.path[
            : 3 if tab == "sklepi" else 1 if scalar.path[0] in ("call", "budget", "total", "commission") else 2
        ]
        group = found.setdefault(key, Group(_title(key, titles)))
        if "bands" not in scalar.path:
            _place(group, box(scalar, typed, titles))
    for key, group in found.items():
        _bands(group, [one for one in scalars if one.path[:3] == (*key, "bands")], typed)
    return list(found.values())


def _place(group: Group, one: Box) -> None:
    if one.language == "en":
        group.english.append(one)
    elif one.kind is Kind.TEXT:
        group.texts.append(one)
    else:
        group.figures.append(one)


def box(scalar: Scalar, typed: Mapping[str, str], titles: Mapping[Path_, str]) -> Box:
    """The box of one value; a part of several (a limit, an option) is called as people see it."""
    name = drafting.name(scalar.path)
    value = typed.get(name, _shown(scalar))
    label = speaker().text(scalar.words)
    inside = [at for at, step in enumerate(scalar.path) if at > 1 and (isinstance(step, int) or _own_name(step))]
    if inside:
        part = scalar.path[: inside[-1] + 1]
        label = f"{_named(part, titles) or _step(part[-1])} – {label}"
    long = scalar.kind is Kind.TEXT and (len(value) > _LONG or "\n" in value)
    return Box(name, label, value, scalar.kind, long, scalar.language)


def _bands(group: Group, scalars: Sequence[Scalar], typed: Mapping[str, str]) -> None:
    columns = [key for key in ("from", "above", "to", "below", "points") if any(one.path[-1] == key for one in scalars)]
    known = {(one.path[-2], one.path[-1]): one for one in scalars}
    group.head = [_plain_words(key) for key in columns]
    for at in sorted({int(one.path[-2]) for one in scalars}):
        cells = [known.get((at, key)) for key in columns]
        group.rows.append([None if cell is None else box(cell, typed, {}) for cell in cells])


def _plain_words(key: str) -> str:
    return speaker().text(words("Band", key))


def _title(key: Path_, titles: Mapping[Path_, str]) -> str:
    """The heading of a group: the title people see, else what the part is."""
    named = _named(key, titles)
    if named and len(key) > 1:
        return named
    last = str(key[-1])
    own = words("Decisions", last) if len(key) == 3 else words("Allocation", last) if key[0] == "allocation" else None
    told = own or PARTS.get(str(key[0]))
    return speaker().text(told) if told else last


def _named(key: Path_, titles: Mapping[Path_, str]) -> str | None:
    """What people see as the name of a part, where it has one."""
    paths = (
        path
        for name in ("title", "label", "text")
        for path in ((*key, name), (*key, name, speaker().language), (*key, name, "sl"))
    )
    return next((titles[path] for path in paths if path in titles), None)


def _own_name(step: str | int) -> bool:
    """Whether a step is a name the call gave (a lot, an option), not a key of the format."""
    return isinstance(step, str) and step not in ("sl", "en") and words("", step) is None


def _step(step: str | int) -> str:
    return str(step + 1) if isinstance(step, int) else step


def _shown(scalar: Scalar) -> str:
    if isinstance(scalar.value, str):
        return scalar.value
    text = money.fixed(scalar.value, 2) if scalar.kind is Kind.EURO else money.plain(scalar.value)
    return text.replace(".", ",") if speaker().language == "sl" else text
