"""Criteria, sections and commissions for the calls that are drawn."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

MEMBERS = ["Ana", "Bor", "Cene", "Dana"]
BANDS = [{"to": 2, "points": 1}, {"above": 2, "below": 7, "points": 4.5}, {"from": 7, "points": 10}]
ITEMS = [
    {"text": "mladi", "when": "young", "points": 3},
    {"text": "velik", "when": "members > 5", "points": 2.5},
    {"text": "zavod", "when": "kind == 'institute'", "points": -1},
]


def _of(kind: str, title: str, **stated: Any) -> st.SearchStrategy[dict[str, Any]]:
    """A criterion; a value that is a strategy is drawn."""
    given = {key: one if isinstance(one, st.SearchStrategy) else st.just(one) for key, one in stated.items()}
    return st.fixed_dictionaries({"kind": st.just(kind), "title": st.just(title)} | given)


def _or_not(strategy: st.SearchStrategy[dict[str, Any]], **stated: Any) -> st.SearchStrategy[dict[str, Any]]:
    more = [{key: value} for key, value in stated.items()]
    return st.builds(lambda base, extra: base | extra, strategy, st.sampled_from([{}, *more]))


UNITS = st.sampled_from(["full", "started", "exact"])
WAYS = ["mean", "median", "trimmed_mean", "sum", "closest_two", "lowest", "highest", "agreed"]
MARKS = _or_not(
    _of("marks", "Ocene", max=10, step=0.5, combine=st.sampled_from(WAYS), minimum_marks=3),
    round_combined=1,
    lowest_is_best=True,
)
# How a common scale goes together with a recusal or an agreed mark is shown only in part, so it stands by itself.
SCALED = _of(
    "marks",
    "Ocene",
    max=10,
    step=0.5,
    common_scale=st.fixed_dictionaries(
        {"by": st.sampled_from(["mean", "spread"]), "among": st.sampled_from(["lot", "call"])}
    ),
)
CRITERIA = (
    _of("bands", "Člani", value="members", bands=BANDS, max=10)
    | _of("choice", "Oblika", value="kind", points={"society": 3, "institute": 1.5}, otherwise=0, max=3)
    | _of("choice", "Mladi", value="young", points={"true": 5, "false": -2}, max=5)
    | _of("checklist", "Kaj velja", items=ITEMS, max=4)
    | _of("per_unit", "Na enoto", value="members", points=1.5, unit=2, count=UNITS, max=6)
    | _of("formula", "Točke", points="score / 3")
    | _of("formula", "Cena", points="10 - cost / 20", min=0, max=8)
    | _of(
        "relative",
        "Glede na druge",
        value="members",
        to=st.sampled_from(["sum", "best", "lowest"]),
        among=st.sampled_from(["lot", "call"]),
        max=10,
    )
    | MARKS
    | MARKS
    | SCALED
)
STEPS = {"kind": "formula", "title": "Dodatek", "points": "0.1 * points_size if points_first >= 3 else 0"}
SECTIONS = st.sampled_from(
    [{"size": {"title": "Velikost", "max": 12}}, {"size": {"title": "Velikost", "weight": 1.5}},
     {"size": {"title": "Velikost", "weight": 2, "max": 15}}]
)  # fmt: skip
COMMISSION = {"minimum_marks": 2}
