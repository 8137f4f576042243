"""Replies: typed, kept and read are the same thing, whatever the field."""

from __future__ import annotations

import datetime
import json
import unicodedata
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.expressions.build import Value
from razpis.engine.money import exact
from razpis.models.base import canonical
from razpis.services.applications import replies
from razpis.services.applications.replies import WHOLE, WrongReply
from razpis.services.rules.rulebooks import compiled
from tests.published import RULES

FIELDS = compiled(RULES).fields
# What is typed is kept in the composed form (NFC), so the words drawn here are composed too.
WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=60).map(
    lambda text: unicodedata.normalize("NFC", text).strip()
)
CENTS = st.integers(-(10**12), 10**12).map(lambda cents: exact(Fraction(cents, 100)))
ROW = st.fixed_dictionaries(
    {
        "item": WORDS.filter(bool) | st.none(),
        "price": CENTS | st.none(),
        "kind": st.sampled_from(["delo", "material"]) | st.none(),
    }
).filter(lambda row: any(cell is not None for cell in row.values()))
VALUES: dict[str, st.SearchStrategy[Value]] = {
    "summary": WORDS.filter(bool),
    "members": st.integers(1, 10**20),
    "share": st.integers(0, 10**6).map(lambda value: exact(Fraction(value, 10**4))),
    "founded": st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)),
    "status": st.sampled_from(["a", "b"]),
    "access": st.lists(st.sampled_from(["rampa", "dvigalo", "zvok"]), min_size=1, unique=True).map(tuple),
    "signed": st.booleans(),
    "requested": st.integers(10**4, 10**14).map(lambda cents: exact(Fraction(cents, 100))),
    "costs": st.lists(ROW, min_size=1, max_size=5).map(tuple),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("key", VALUES)
@given(data=st.data())
def test_a_value_survives_the_database_and_the_form(key: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[key])
    kept = json.loads(canonical(replies.kept(FIELDS[key], value)))
    assert replies.value(FIELDS[key], kept) == value
    assert replies.read(FIELDS[key], replies.typed(FIELDS[key], value)) == value


@pytest.mark.parametrize("key", FIELDS)
@given(found=JSON)
def test_what_does_not_fit_the_field_is_no_answer(key: str, found: Any) -> None:
    value = replies.value(FIELDS[key], found)
    if value is not None:
        assert replies.value(FIELDS[key], replies.kept(FIELDS[key], value)) == value


@pytest.mark.parametrize("key", FIELDS)
@given(typed=st.text(max_size=40) | st.lists(st.text(max_size=8), max_size=3))
def test_anything_typed_is_read_or_told(key: str, typed: Any) -> None:
    if isinstance(typed, list) != (FIELDS[key].type in ("choices", "table")):
        return
    faults: list[str] = []
    value = None
    try:
        value = replies.read(FIELDS[key], typed)
    except WrongReply as caught:
        faults = list(caught.faults)
    kept = replies.kept(FIELDS[key], value)
    assert (faults in ([], [WHOLE]), json.loads(canonical(kept))) == (True, kept)


def wrong(key: str, typed: Any) -> dict[str, str]:
    with pytest.raises(WrongReply) as caught:
        replies.read(FIELDS[key], typed)
    return {place: text.sl for place, text in caught.value.faults.items()}


def test_an_ambiguous_amount_is_asked_about() -> None:
    assert wrong("requested", "1.500") == {WHOLE: "znesek 1.500 je dvoumen: zapišite 1500,00 ali 1,50"}
    assert replies.read(FIELDS["requested"], "1.234,50") == Fraction(2469, 2)
    assert replies.read(FIELDS["requested"], " 1 500,00 € ") == 1500


def test_days_are_read_as_people_write_them() -> None:
    day = datetime.date(2016, 5, 4)
    assert [replies.read(FIELDS["founded"], one) for one in ("4. 5. 2016", "04.05.2016", "2016-05-04")] == [day] * 3
    assert list(wrong("founded", "31. 2. 2016")) == [WHOLE]


def test_line_ends_of_browsers_are_one_line_end() -> None:
    assert replies.read(FIELDS["summary"], "ena\r\ndve\rtri") == "ena\ndve\ntri"


def test_every_wrong_cell_is_told_by_its_place_and_blank_rows_are_none() -> None:
    rows = [{"item": "najem", "price": "x"}, {"item": "", "price": ""}, {"kind": "drugo", "price": "1.500"}]
    assert list(wrong("costs", rows)) == ["0.price", "2.price", "2.kind"]
    assert wrong("costs", [{"item": "a"}] * 6) == {WHOLE: "vrstic je 6, največ jih je lahko 5"}
    assert replies.read(FIELDS["costs"], [{"item": " "}, {}]) is None
    assert replies.read(FIELDS["costs"], [{"item": "a"}]) == ({"item": "a", "price": None, "kind": None},)


def test_an_integer_kept_with_decimals_is_no_answer() -> None:
    assert replies.value(FIELDS["members"], "2.5") is None
    assert replies.value(FIELDS["founded"], "2016-02-31") is None
