"""What-if: values put in the place of others before the rulebook is checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.problems import Problems
from razpis.engine.rulebook import load
from tests.engine.factories import FILE

FULL = Path(__file__).with_name("full.yaml").read_bytes()


def refused(*changes, content=FULL):
    """The lines of the problems that changes raise."""
    with pytest.raises(Problems) as caught:
        load(content, FILE, changes)
    return [problem.line() for problem in caught.value.problems]


def test_values_are_replaced_in_mappings_and_lists_and_what_is_left_out_is_added():
    rules = load(
        FULL,
        FILE,
        [
            "lots.A.amount=20.000,00",
            "thresholds.0.at_least=25",
            "criteria.size.bands.2.points = 20",
            "criteria.size.max=20",
            "allocation.limits.ceiling.title={sl: Meja, en: Limit}",
            "ranking.still_tied=shared",
            "call.title=a=b",
        ],
    )
    assert rules.lot_cents("A") == 2_000_000
    assert rules.thresholds[0].points == 25
    assert rules.file.criteria["size"].bands[2].points == 20
    assert rules.file.allocation.limits["ceiling"].title.en == "Limit"
    assert rules.file.ranking.still_tied == "shared"
    assert rules.file.call.title.sl == "a=b"


def test_what_the_rulebook_names_itself_may_be_taken_away():
    rules = load(FULL, FILE, ["allocation.limits.ceiling=null"])
    assert "ceiling" in load(FULL, FILE).file.allocation.limits
    assert "ceiling" not in rules.file.allocation.limits
    assert refused("allocation.limits.celing=null") == [
        "--set allocation.limits.celing=null:1:1: dela »celing« ni – ste mislili »ceiling«?"
    ]


def test_without_changes_and_after_them_the_file_itself_is_the_same():
    assert load(FULL, FILE, []).file == load(FULL, FILE).file
    assert load(FULL, FILE, ["lots.A.amount=1"]).sha256 == load(FULL, FILE).sha256
    assert load(FULL, FILE).lot_cents("A") == 1_000_000


def test_a_maximum_that_no_longer_adds_up_does_not_stop_a_what_if():
    stated = FULL.replace(b"total: {round: 2}", b"total: {max: 60, round: 2}")
    assert load(stated, FILE).file.total.max == 60
    assert load(stated, FILE, ["sections.programme.weight=1"]).file.total.max == 60


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("lots.A.amount", "spremembo zapišite kot pot=vrednost"),
        ("=5", "spremembo zapišite kot pot=vrednost"),
        ("lotz.A.amount=1", "dela »lotz« ni – ste mislili »lots«?"),
        ("lots.C.amount=1", "dela »C« ni"),
        ("thresholds.7.at_least=1", "dela »7« ni"),
        ("thresholds.-1.at_least=1", "dela »-1« ni"),
        ("thresholds.²=1", "dela »²« ni"),
        (f"thresholds.{'9' * 5000}=1", f"dela »{'9' * 5000}« ni"),
        ("thresholds.first.at_least=1", "dela »first« ni"),
        ("thresholds.2=1", "dela »2« ni"),
        ("lots.A.amount.cents=1", "dela »cents« ni"),
        ("lots..amount=1", "dela »« ni"),
    ],
)
def test_a_change_that_leads_nowhere_is_refused_and_names_itself(change, said):
    assert refused(change) == [f"--set {change}:1:1: {said}"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("lots.A.amount=1.500", "amount: znesek 1.500 je dvoumen: pišite 1500 ali 1.50"),
        ("lots.A.amuont=1", "neznano ime »amuont« – ste mislili »amount«?"),
        ("commission.minimum_marks=tri", "minimum_marks: tu je potrebno celo število, na primer 12 (brez narekovajev)"),
        ("criteria.execution.points=membrs", "neznan podatek »membrs« – ste mislili »members«?"),
        ("fields.members=5", "members: tu so potrebna imena z vrednostmi (ime: vrednost)"),
    ],
)
def test_a_value_that_does_not_fit_is_told_at_the_change(change, said):
    assert refused(change)[0] == f"--set {change}:1:1: {said}"


def test_a_value_that_is_no_yaml_is_told_at_the_change():
    assert refused("lots.A.amount=[1") == [
        "--set lots.A.amount=[1:2:1: YAML: oklepaj iz vrstice 1 ni zaprt: manjka »]« ali vejica, ali pa besedilo z dvopičjem "
        "ni v narekovajih"
    ]
    assert refused("lots.A.amount=*a") == [
        "--set lots.A.amount=*a:1:1: sidra in sklici (& in *) niso dovoljeni; vrednost zapišite še enkrat"
    ]


def test_all_wrong_changes_are_told_at_once():
    assert refused("a.b=1", "lots.A.amount=2", "c") == [
        "--set a.b=1:1:1: dela »a« ni",
        "--set c:1:1: spremembo zapišite kot pot=vrednost",
    ]


@pytest.mark.parametrize("content", [b"", b"- a\n", b"text\n"])
def test_a_file_without_parts_has_none_to_change(content):
    assert refused("lots.A=1", content=content) == ["--set lots.A=1:1:1: dela »lots« ni"]
    assert refused("lots=1", content=content) == ["--set lots=1:1:1: dela »lots« ni"]


PATHS = st.sampled_from(
    ["", "lots", "A", "amount", "criteria", "size", "bands", "0", "9", "ranking", "keys", "²", "call"]
)


@given(
    st.lists(PATHS, max_size=4),
    st.one_of(st.text(max_size=8), st.sampled_from(["1", "[]", "{a: 1}", "~", "true", "points"])),
)
def test_any_change_at_all_gives_rules_or_problems(steps, value):
    try:
        rules = load(FULL, FILE, [f"{'.'.join(steps)}={value}"])
    except Problems as found:
        told = [problem.line("en") for problem in found.problems]
    else:
        told = [rules.name]
    assert told != []
