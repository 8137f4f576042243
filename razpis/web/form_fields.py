"""The fields of a call's form as a page shows them, and what comes back from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from razpis.engine import money
from razpis.engine.problems import Text
from razpis.engine.rulebook.fields import (
    AttachmentField,
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    IntegerField,
    NumberField,
    TableField,
    TextField,
    YesNoField,
)
from razpis.services.applications import progress, replies
from razpis.services.applications.answers import Change, Saved
from razpis.services.applications.replies import Typed
from razpis.services.applications.sheets import Sheet
from razpis.web import format as written
from razpis.web.language import language

ANSWER, SEEN, ROWS = "a-", "seen-", "rows-"
LONG_TEXT = 200
SPARE_ROWS = 60  # above the form's own limit: the check then says how many are too many

Given = MultiDict[str, str]


@dataclass(slots=True)
class Input:
    """One thing to fill in. ``name`` is also its id; ``options`` are value, label, whether chosen; ``rows`` of a
    table are inputs by column; ``sums`` of its columns stand as words; ``theirs``: what another tab
    saved; ``told``: what is saved, in words; ``source``: where an answer nobody typed comes from."""

    key: str
    name: str
    kind: str
    label: str
    help: str
    required: bool
    value: str = ""
    error: str = ""
    unit: str = ""
    long: bool = False
    longest: int | None = None
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    rows: list[list[Input]] = field(default_factory=list)
    columns: list[Input] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)
    seen: str = ""
    theirs: str = ""
    told: str = ""
    source: str = ""

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every error with the id of its input."""
        cells = [error for row in self.rows for cell in row for error in cell.faults]
        return ([(self.name, self.error)] if self.error else []) + cells

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """The same, each told with the label of its input."""
        cells = [error for row in self.rows for cell in row for error in cell.wrong]
        return ([(self.name, f"{self.label}: {self.error}")] if self.error else []) + cells


def shown(sheet: Sheet, key: str, rows: int = 0, saved: Saved | None = None, given: Given | None = None) -> Input:
    """The input of the field ``key`` as it stands; with ``given``, what was typed stays where it was not saved."""
    asked = sheet.rulebook.fields[key]
    faults = saved.faults.get(key, {}) if saved else {}
    conflict = saved.conflicts.get(key) if saved else None
    again = given is not None and (faults or conflict)
    typed = sent(given, asked, key) if again and given is not None else replies.typed(asked, sheet.values[key])
    made = _input(asked, key, ANSWER + key, typed, faults.get(replies.WHOLE))
    made.seen, made.told = sheet.seen[key], told(asked, replies.typed(asked, sheet.values[key]))
    if isinstance(asked, TableField):
        _fill(made, asked, typed, faults, rows)
        sums = progress.sums(asked, sheet.values[key] or ())
        made.sums = {column: written.euros(cents) for column, cents in sums.items()}
    if key in sheet.known and not again:
        made.source = _("Iz podatkov organizacije; lahko popravite.")
    if conflict is not None:
        made.theirs = told(asked, conflict.theirs)
    return made


def changes(sheet: Sheet, keys: Sequence[str], given: Given) -> dict[str, Change]:
    """What a page says of the fields ``keys`` that it holds."""
    return {
        key: Change(sent(given, sheet.rulebook.fields[key], key), given.get(SEEN + key, ""))
        for key in keys
        if SEEN + key in given and not isinstance(sheet.rulebook.fields[key], AttachmentField)
    }


def sent(given: Given, asked: Field, key: str) -> Typed:
    """What was typed into a field."""
    name = ANSWER + key
    if isinstance(asked, TableField):
        count = min(given.get(ROWS + key, 0, type=int), asked.max_rows + SPARE_ROWS)
        return [{column: given.get(f"{name}-{at}-{column}", "") for column in asked.columns} for at in range(count)]
    if isinstance(asked, ChoicesField):
        return given.getlist(name)
    return given.get(name, "")


def without_row(given: Given, asked: TableField, key: str, row: int) -> Given:
    """The same form as if the row had never stood there."""
    rows = sent(given, asked, key)
    left = [cells for at, cells in enumerate(rows) if at != row and isinstance(cells, Mapping)]
    changed = given.copy()
    changed[ROWS + key] = str(len(left))
    for at, cells in enumerate(left):
        for column, value in cells.items():
            changed[f"{ANSWER}{key}-{at}-{column}"] = value
    return changed


def told(asked: Field, typed: Typed) -> str:
    """An answer in a line: options and yes or no by their words, a table by its rows."""
    if isinstance(asked, TableField):
        rows = [row for row in typed if isinstance(row, Mapping)]
        lines = [", ".join(told(asked.columns[key], cell) for key, cell in row.items() if cell) for row in rows]
        return "; ".join(lines) or "–"
    if isinstance(asked, ChoicesField):
        return "; ".join(asked.options[one][language()] for one in typed if isinstance(one, str)) or "–"
    if isinstance(asked, ChoiceField):
        return asked.options[str(typed)][language()] if typed else "–"
    if isinstance(asked, YesNoField):
        return {"true": YES[language()], "false": NO[language()]}.get(str(typed), "–")
    if asked.type == "euro" and typed:
        return _amount(str(typed))
    return str(typed) or "–"


def _amount(typed: str) -> str:
    """An amount with its thousands apart; the page sets the currency beside it."""
    try:
        cents = money.to_cents(money.parse_euro(typed))
    except money.NumberError:
        return typed
    return written.euros(cents).removesuffix("EUR").rstrip()


YES, NO, NONE = Text("da", "yes"), Text("ne", "no"), Text("brez odgovora", "no answer")


def _fill(made: Input, asked: TableField, typed: Typed, faults: Mapping[str, Text], rows: int) -> None:
    """The rows of a table, at least one and at least ``rows`` of them; blank ones to be filled in."""
    given = [dict(row) for row in typed if isinstance(row, Mapping)]
    given += [dict.fromkeys(asked.columns, "")] * (max(1, min(rows, asked.max_rows)) - len(given))
    made.columns = [_input(column, key, key, "", None) for key, column in asked.columns.items()]
    for at, row in enumerate(given):
        cells = []
        for key, column in asked.columns.items():
            name = f"{made.name}-{at}-{key}"
            cell = _input(column, key, name, row[key], faults.get(f"{at}.{key}"))
            cell.told = told(column, row[key])
            cells.append(cell)
        made.rows.append(cells)


def _input(asked: Field, key: str, name: str, typed: Typed, fault: Text | None) -> Input:
    made = Input(
        key=key,
        name=name,
        kind=asked.type,
        label=asked.label[language()],
        help=_help(asked),
        required=asked.required,
        error=written.sentence(fault[language()]) if fault else "",
    )
    if isinstance(typed, str):
        made.value = typed
    if isinstance(asked, TextField):
        made.long, made.longest = asked.max_length > LONG_TEXT, asked.max_length
    elif isinstance(asked, NumberField | IntegerField):
        made.unit = {"euro": "EUR", "percent": "%"}.get(asked.type, "")
    made.options = _options(asked, typed)
    return made


def _help(asked: Field) -> str:
    if asked.help is not None:
        return asked.help[language()]
    return _("Na primer 4. 5. 2016.") if isinstance(asked, DateField) else ""


def _options(asked: Field, typed: Typed) -> list[tuple[str, str, bool]]:
    if isinstance(asked, ChoicesField):
        return [(key, words[language()], key in typed) for key, words in asked.options.items()]
    known: dict[str, Text] = {}
    if isinstance(asked, ChoiceField):
        known = dict(asked.options)
    elif isinstance(asked, YesNoField):
        known = {"true": YES, "false": NO}
    if known and not asked.required:
        known[""] = NONE
    return [(key, words[language()], key == typed) for key, words in known.items()]
