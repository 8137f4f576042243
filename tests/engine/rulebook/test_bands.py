"""Bands: where a number falls, and every overlap and gap, against trying values one by one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.money import Number
from razpis.engine.rulebook.bands import Range, faults, finder, ranges
from razpis.engine.rulebook.criteria import Band


def band(**ends):
    """A band worth nothing; ``from_`` stands for ``from``."""
    return Band.model_validate({key.rstrip("_"): value for key, value in ends.items()} | {"points": 0})


def told(bands, *, whole=False, least=None, greatest=None):
    """Every fault with the line of its band, in Slovenian."""
    return [(fault.kind, fault.at, fault.text.sl) for fault in faults(ranges(bands, whole), whole, least, greatest)]


def overlap(value):
    return f"razreda se prekrivata: vrednost {value} spada v dva; eno mejo popravite"


def gap(said):
    return f"{said} ne spada v noben razred; dopolnite razrede ali dodajte »otherwise: 0«"


EMPTY = "v razred ne spada nobena vrednost; popravite meji"

# Real calls

SMARTNO = [band(to=10), band(from_=11, to=30), band(from_=31, to=50), band(from_=50, to=100), band(above=100)]
KOZJE = [band(from_=low + 1, to=low + 20) for low in range(0, 100, 20)]
VERZEJ = [band(from_=1, to=5), band(from_=6, to=10), band(from_=11, to=15), band(above=15)]


def test_smartno_2020_puts_fifty_members_in_two_bands():
    assert told(SMARTNO, whole=True) == [("overlap", 3, overlap(50))]


def test_smartno_2020_with_its_end_mended_is_without_fault():
    mended = [*SMARTNO[:3], band(from_=51, to=100), SMARTNO[4]]
    assert told(mended, whole=True) == []
    find = finder(ranges(mended, whole=True))
    assert [find(members) for members in (0, 10, 11, 30, 31, 50, 51, 100, 101, 5000)] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_kozje_2004_leaves_a_plan_executed_by_twenty_and_a_half_percent_in_no_band():
    assert told(KOZJE, least=1, greatest=100) == [
        ("gap", 1, gap("vrednost 20.5 (med 20 in 21)")),
        ("gap", 2, gap("vrednost 40.5 (med 40 in 41)")),
        ("gap", 3, gap("vrednost 60.5 (med 60 in 61)")),
        ("gap", 4, gap("vrednost 80.5 (med 80 in 81)")),
    ]
    assert finder(ranges(KOZJE, whole=False))(Fraction(41, 2)) == -1


def test_kozje_2004_is_without_fault_where_the_percentage_is_whole():
    assert told(KOZJE, whole=True, least=1, greatest=100) == []


def test_verzej_2012_says_nothing_of_no_members():
    assert told(VERZEJ, whole=True) == [("gap", 0, gap("vrednost pod 1"))]
    assert told(VERZEJ, whole=True, least=1) == []


# Faults


@pytest.mark.parametrize(
    ("bands", "whole", "expected"),
    [
        ([band(below=10), band(from_=10)], False, []),
        ([band(to=10), band(above=10)], False, []),
        ([band(above=10), band(to=10)], False, []),
        ([band()], False, []),
        ([band(below=10), band(above=10)], False, [("gap", 1, gap("vrednost 10"))]),
        ([band(below=10), band(above=10)], True, [("gap", 1, gap("vrednost 10 (med 9 in 11)"))]),
        ([band(to=10), band(from_=10)], False, [("overlap", 1, overlap(10))]),
        ([band(to=10), band(from_=11)], False, [("gap", 1, gap("vrednost 10.5 (med 10 in 11)"))]),
        ([band(to=10), band(from_=11)], True, []),
        ([band(to=10), band(from_=20)], True, [("gap", 1, gap("vrednost 11 (med 10 in 20)"))]),
        ([band(to=20), band(from_=10)], False, [("overlap", 1, overlap(10))]),
        ([band(to=10), band(to=20), band(above=20)], False, [("overlap", 1, overlap(10))]),
        ([band(), band()], False, [("overlap", 1, overlap("…"))]),
        ([band(), band(from_=5)], False, [("overlap", 1, overlap(5))]),
        ([band(from_=5), band(from_=7)], False, [("overlap", 1, overlap(7)), ("gap", 0, gap("vrednost pod 5"))]),
        (
            [band(to=100), band(from_=10, to=20), band(from_=30, to=40), band(above=100)],
            False,
            [("overlap", 1, overlap(10)), ("overlap", 2, overlap(30))],
        ),
        ([band(from_=5, to=4), band()], False, [("empty", 0, EMPTY)]),
        ([band(from_=5, below=5), band()], False, [("empty", 0, EMPTY)]),
        ([band(above=5, to=5), band()], False, [("empty", 0, EMPTY)]),
        ([band(above=5, below=6), band(to=5), band(from_=6)], True, [("empty", 0, EMPTY)]),
        ([band(from_=5, to=5), band(below=5), band(above=5)], False, []),
        ([band(from_=2, to=1)], False, [("empty", 0, EMPTY)]),
        ([band(from_=Decimal("0.5")), band(below=Decimal("0.5"))], True, []),
    ],
)
def test_every_overlap_gap_and_empty_band_is_told(bands, whole, expected):
    assert told(bands, whole=whole) == expected


@pytest.mark.parametrize(
    ("ends", "least", "greatest", "expected"),
    [
        ({"from_": 0, "to": 10}, 0, 10, []),
        ({"from_": 0, "to": 10}, 1, 9, []),
        ({"from_": 0, "to": 10}, None, None, ["vrednost pod 0", "vrednost nad 10"]),
        ({"from_": 0, "to": 10}, -1, 11, ["vrednost pod 0", "vrednost nad 10"]),
        ({"above": 0, "below": 10}, 0, 10, ["vrednost pod 0", "vrednost nad 10"]),
        ({"above": 0, "below": 10}, 1, 9, []),
    ],
)
def test_values_that_cannot_occur_need_no_band(ends, least, greatest, expected):
    found = told([band(**ends)], least=least, greatest=greatest)
    assert found == [("gap", 0, gap(said)) for said in expected]


def test_faults_are_told_in_english_too():
    bands = [band(from_=0, to=10), band(from_=10, below=20), band(above=20, to=30), band(from_=31, to=30)]
    assert [fault.text.en for fault in faults(ranges(bands, whole=False), False, 0, None)] == [
        "no value falls in this band; mend its ends",
        "two bands overlap: the value 10 falls in both; move one end",
        "the value 20 falls in no band; complete the bands or add 'otherwise: 0'",
        "a value above 30 falls in no band; complete the bands or add 'otherwise: 0'",
    ]
    spread = [band(below=1), band(from_=2)]
    assert [fault.text.en for fault in faults(ranges(spread, whole=False), False, None, None)] == [
        "the value 1.5 (between 1 and 2) falls in no band; complete the bands or add 'otherwise: 0'"
    ]
    low = [band(from_=3)]
    assert [fault.text.en for fault in faults(ranges(low, whole=False), False, None, None)] == [
        "a value below 3 falls in no band; complete the bands or add 'otherwise: 0'"
    ]


# Laws

ends = st.one_of(st.none(), st.integers(-4, 4), st.sampled_from([Decimal("-0.5"), Decimal("0.5"), Decimal("2.5")]))


@st.composite
def any_band(draw):
    low, high = draw(ends), draw(ends)
    low_name, high_name = draw(st.sampled_from(["from_", "above"])), draw(st.sampled_from(["to", "below"]))
    return band(**{name: end for name, end in ((low_name, low), (high_name, high)) if end is not None})


def falls(one: Band, value: Number) -> bool:
    """Whether a value falls in a band, read off the band as it is written."""
    return (
        (one.from_ is None or value >= one.from_)
        and (one.above is None or value > one.above)
        and (one.to is None or value <= one.to)
        and (one.below is None or value < one.below)
    )


def candidates(whole):
    """Values near every end, between them and beyond them."""
    return range(-7, 8) if whole else [Fraction(quarter, 4) for quarter in range(-28, 29)]


@given(st.lists(any_band(), min_size=1, max_size=4), st.booleans())
def test_bands_are_without_fault_exactly_where_every_value_falls_in_one_and_none_is_empty(bands, whole):
    values = candidates(whole)
    each_falls_in_one = all(sum(falls(one, value) for one in bands) == 1 for value in values)
    none_is_empty = all(any(falls(one, value) for value in values) for one in bands)
    assert (told(bands, whole=whole) == []) == (each_falls_in_one and none_is_empty)


@given(st.lists(any_band(), min_size=1, max_size=4), st.booleans())
def test_where_no_two_bands_overlap_a_value_is_found_in_its_band(bands, whole):
    ordered = ranges(bands, whole)
    if any(kind in ("overlap", "empty") for kind, _, _ in told(bands, whole=whole)):
        return
    find = finder(ordered)
    for value in candidates(whole):
        expected = [at for at, one in enumerate(bands) if falls(one, value)]
        index = find(value)
        assert ([ordered[index].at] if index >= 0 else []) == expected


def test_a_range_holds_its_closed_ends_and_not_its_open_ones():
    one = Range(0, 1, True, 2, False)
    assert [one.holds(value) for value in (0, 1, Fraction(3, 2), 2)] == [False, True, True, False]
    assert Range(0, None, False, None, False).holds(10**30)
