"""Values changed in place: nothing else moves, and what is read back is what was written."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.problems import Problems
from razpis.engine.rulebook import load
from razpis.engine.rulebook.editing import Kind, Scalar, Unfit, Value, changed, editable, typed
from razpis.engine.rulebook.source import Path_, parse
from tests.engine.rulebook.linting import CLEAN

RULES = Path(__file__).parents[3] / "scoring_rules"
MARIBOR = (RULES / "maribor-humanitarni-2026.yaml").read_text("utf-8")
STYLES = """\
call:  # opomba
  title: |-  # v več vrsticah
    Prva: vrstica
    druga # ni opomba

  # ta ostane
  reference: 'R-''1'
  year: 2026
  applicant: {name: naziv}
  decisions:
    date: 2026-05-18
    legal_basis: [prva  , "druga
      podlaga"]
    case: >
      Zadeva
fields:
  a: {type: choice, label: 5, options: {x: {sl: Da, en: "Yes"}, y: Ne}}
  b: {type: choice, label: {sl: ž𝕏, en: ž}, options: [x, y], help: ""}
  c: {type: table, label: T, help: {sl: [x], en: X}, columns: {d: {type: integer, label: D, max: 10}}}
budget: "1.234,50"
lots: {"A": {"amount":"ni znesek", title: }}
criteria:
  m: {kind: marks, title: M, max: 10, step: null, weight: 1.50}
  n: {kind: bands, title: N, value: a, max: 1, bands: [{to: 1e5, points: 1}]}
  o: {kind: neznano, title: O}
  p: [1]
allocation:
  request: x
  weight: 2
  limits: {share: {amount: 0.8 * cost}, cap: {amount: 12.125}}
  round: {places: 2, mode: down}
examples:
  - title: Zgled
"""

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
numbers = st.decimals(-(10**20), 10**20, places=6, allow_nan=False).map(Fraction)


def read(text: str) -> dict[Path_, Value]:
    return {one.path: one.value for one in editable(text)}


def kinds(text: str) -> dict[Path_, Kind]:
    return {one.path: one.kind for one in editable(text)}


def new_value(one: Scalar) -> st.SearchStrategy[Value]:
    if isinstance(one.value, str):
        return texts
    return (
        st.integers(0, 10**9) if one.kind is Kind.WHOLE else numbers.map(lambda n: n if n.denominator > 1 else int(n))
    )


def without_values(text: str, paths: Iterable[Path_]) -> str:
    """The text with a stand-in for each of these values: what is left must not have changed."""
    return changed(text, {path: "x" if isinstance(read(text)[path], str) else 0 for path in paths})


def all_files() -> list[str]:
    return [path.read_text("utf-8") for path in sorted(RULES.glob("**/*.yaml"))]


@pytest.mark.parametrize("text", [*all_files(), CLEAN, STYLES])
def test_changing_nothing_gives_the_same_text(text: str) -> None:
    assert changed(text, {}) == text
    assert changed(text, read(text)) == text


@pytest.mark.parametrize("text", [CLEAN, STYLES, STYLES.replace("\n", "\r\n"), "\ufeff" + STYLES])
@given(data=st.data())
def test_a_change_is_read_back_and_all_else_stays(text: str, data: st.DataObject) -> None:
    chosen = data.draw(
        st.lists(st.sampled_from(editable(text)), min_size=1, max_size=4, unique_by=lambda one: one.path)
    )
    new = {one.path: data.draw(new_value(one)) for one in chosen}
    written = changed(text, new)
    assert read(written) == {**read(text), **new}
    assert parse(written.encode(), "").keys.keys() == parse(text.encode(), "").keys.keys()
    assert without_values(written, new) == without_values(text, new)


def test_every_style_of_writing_is_replaced_whole_and_its_notes_are_kept() -> None:
    written = changed(
        STYLES,
        {
            ("call", "title"): 'Naš "razpis": 1\n2',
            ("call", "reference"): "R-2",
            ("call", "decisions", "legal_basis", 1): "tretja",
            ("call", "decisions", "case"): "Z\x85\U000e0001",
            ("budget",): 2000,
            ("criteria", "m", "weight"): Fraction(5, 4),
            ("allocation", "limits", "cap", "amount"): Fraction(12345, 1000),
            ("fields", "a", "options", "x", "en"): "Yes\\no",
        },
    )
    assert written == (
        STYLES.replace(
            "|-  # v več vrsticah\n    Prva: vrstica\n    druga # ni opomba\n",
            '"Naš \\"razpis\\": 1\\n2"  # v več vrsticah\n'.replace("  #", " #"),
        )
        .replace("'R-''1'", '"R-2"')
        .replace('"druga\n      podlaga"', '"tretja"')
        .replace(">\n      Zadeva", '"Z\\u0085\\U000e0001"')
        .replace('"1.234,50"', "2000.00")
        .replace("1.50}", "1.25}")
        .replace("12.125", "12.3450")
        .replace('"Yes"', '"Yes\\\\no"')
    )


def test_what_may_be_changed_follows_from_the_kinds_of_the_file() -> None:
    assert kinds(STYLES) == {
        ("call", "title"): Kind.TEXT,
        ("call", "reference"): Kind.TEXT,
        ("call", "year"): Kind.WHOLE,
        ("call", "decisions", "date"): Kind.DAY,
        ("call", "decisions", "legal_basis", 0): Kind.TEXT,
        ("call", "decisions", "legal_basis", 1): Kind.TEXT,
        ("call", "decisions", "case"): Kind.TEXT,
        ("fields", "a", "label"): Kind.TEXT,
        ("fields", "a", "options", "x", "sl"): Kind.TEXT,
        ("fields", "a", "options", "x", "en"): Kind.TEXT,
        ("fields", "a", "options", "y"): Kind.TEXT,
        ("fields", "b", "label", "sl"): Kind.TEXT,
        ("fields", "b", "label", "en"): Kind.TEXT,
        ("fields", "b", "help"): Kind.TEXT,
        ("fields", "c", "label"): Kind.TEXT,
        ("fields", "c", "help", "en"): Kind.TEXT,
        ("fields", "c", "columns", "d", "label"): Kind.TEXT,
        ("fields", "c", "columns", "d", "max"): Kind.NUMBER,
        ("budget",): Kind.EURO,
        ("criteria", "m", "title"): Kind.TEXT,
        ("criteria", "m", "max"): Kind.NUMBER,
        ("criteria", "m", "weight"): Kind.NUMBER,
        ("criteria", "n", "title"): Kind.TEXT,
        ("criteria", "n", "max"): Kind.NUMBER,
        ("criteria", "n", "bands", 0, "points"): Kind.NUMBER,
        ("allocation", "weight"): Kind.NUMBER,
        ("allocation", "limits", "cap", "amount"): Kind.EURO,
    }


def test_a_value_says_what_it_is_and_in_which_language() -> None:
    found = {one.path: one for one in editable(STYLES)}
    assert found["fields", "b", "label", "en"].language == "en"
    assert found["fields", "b", "label", "en"].words.sl == "vprašanje ali ime podatka"
    assert found["budget",].words.sl == "razpisana sredstva: znesek ali drevo vrstic"
    assert found["budget",].value == Fraction(2469, 2)


def test_the_changed_rules_are_read_by_the_engine() -> None:
    written = changed(CLEAN, {("lots", "A", "amount"): 1500, ("thresholds", 0, "at_least"): 6})
    rulebook = load(written.encode(), "x")
    assert rulebook.lot_cents("A") == 150_000
    assert rulebook.thresholds[0].points == 6


def test_an_unknown_path_and_broken_yaml_are_refused() -> None:
    with pytest.raises(KeyError):
        changed(CLEAN, {("call", "decisions", "case"): "x"})
    with pytest.raises(Problems):
        editable("call: {")
    assert editable("- 1") == ()


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.EURO, " 1.234,50 ", Fraction(2469, 2)),
        (Kind.EURO, "30000", 30_000),
        (Kind.NUMBER, "2,5", Fraction(5, 2)),
        (Kind.PERCENT, "80", 80),
        (Kind.WHOLE, "12", 12),
        (Kind.DAY, "2026-05-18", "2026-05-18"),
        (Kind.MOMENT, "2026-05-18 12:00", "2026-05-18 12:00"),
        (Kind.TEXT, " a\r\nb", " a\nb"),
    ],
)
def test_what_a_person_types_is_understood(kind: Kind, text: str, value: Value) -> None:
    assert typed(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (Kind.EURO, "1.500", "dvoumno"),
        (Kind.EURO, "veliko", "ni znesek"),
        (Kind.NUMBER, "dva", "ni število"),
        (Kind.WHOLE, "1,5", "celo število"),
        (Kind.DAY, "18. 5. 2026", "ni datum"),
        (Kind.MOMENT, "2026-05-18", "ni datum z uro"),
        (Kind.TEXT, "  ", "besedilo"),
        (Kind.TEXT, "a\x00b", "ni mogoče zapisati"),
    ],
)
def test_what_cannot_be_understood_is_told(kind: Kind, text: str, told: str) -> None:
    with pytest.raises(Unfit) as unfit:
        typed(kind, text)
    assert told in unfit.value.text.sl
    assert Decimal(len(unfit.value.text.en)) > 0
