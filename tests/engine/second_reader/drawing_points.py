"""A strategy for calls that score: criteria of all kinds, marks, sections, thresholds, keys and draws."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .calls import Call
from .drawing import Draw, money, rows, some
from .points import scored
from .ranking import places, ties
from .sheets import COMMISSION, CRITERIA, MEMBERS, SECTIONS, STEPS

MODES = st.sampled_from([2, 1, 0, {"places": 1, "mode": "half_even"}, {"places": 0, "mode": "up"}])


@st.composite
def scorings(draw: Draw) -> Call:
    """Criteria of all kinds, marks of a commission, sections, thresholds, keys and draws; sometimes money, too."""
    lots = draw(st.sampled_from([[], ["A", "B"]]))
    criteria = {key: draw(CRITERIA) for key in ["first", "second", "third"][: draw(st.integers(1, 3))]}
    for criterion in criteria.values():
        criterion |= some(
            draw, {"weight": st.sampled_from([0.5, 2]), "round": MODES, "applies": "not young", "ranking_weight": 3}
        )
    rules: dict[str, Any] = {"criteria": criteria} | some(draw, {"total": draw(st.sampled_from(TOTALS))})
    if draw(st.booleans()):
        rules["sections"] = draw(SECTIONS)
        for criterion in criteria.values():
            criterion |= draw(st.sampled_from([{}, {"section": "size"}]))
    if "third" in criteria and rules.get("sections") and "section" not in criteria["third"]:
        criteria["third"] = draw(st.sampled_from([criteria["third"], STEPS]))
    if "third" in criteria and criteria["first"].get("section") is None and draw(st.booleans()):
        criteria["third"]["after"] = "first"
        rules["thresholds"] = [{"of": "first", "at_least": 2}]
    rules |= some(draw, {"commission": COMMISSION, "conditions": CONDITIONS})
    if draw(st.booleans()):
        rules["thresholds"] = rules.get("thresholds", []) + thresholds(draw, rules)
    keys = ["points", {"criterion": "first"}, "submitted_at", {"expression": "cost", "order": "lowest"}, "line", "draw"]
    rules["ranking"] = {"keys": draw(st.lists(st.sampled_from(keys[:-1]), min_size=1, max_size=2, unique_by=str))}
    if draw(st.booleans()):
        rules["ranking"]["keys"].append("draw")
    if draw(st.booleans()):
        rules |= money(draw, lots) | {"allocation": {"request": "requested"}}
    elif lots:
        rules["lots"] = {"A": {"amount": 100}, "B": {"amount": 50}}
        rules |= {"allocation": {"request": "requested", "fill": "proportional", "round": 2}}
    call = Call(rules, rows(draw, lots))
    for one in call.rows:
        one["applicant_number"] = 1 + sum(
            o["applicant"] == one["applicant"] for o in call.rows if o["line"] < one["line"]
        )
        conflict = draw(st.sampled_from([None, None, None, *MEMBERS]))
        for key, criterion in criteria.items():
            if criterion["kind"] == "marks":
                call.marks[one["id"], key] = marks(draw, conflict)
    if "draw" in rules["ranking"]["keys"] and draw(st.booleans()):
        found = scored(call.rules, call.rows, call.marks)
        call.draws = dict.fromkeys(ties(found, places(call.rules, found, {})), "R-1")
    return call


def marks(draw: Draw, conflict: str | None) -> list[tuple[str, Any]]:
    """Up to four members mark; one is recused, or all agree in the end."""
    given = [(member, draw(st.integers(0, 20)) / 2) for member in MEMBERS[: draw(st.sampled_from([1, 3, 3, 4, 4]))]]
    found: list[tuple[str, Any]] = [(member, None if member == conflict else mark) for member, mark in given]
    return [*found, ("agreed", 6)] if draw(st.integers(0, 5)) == 0 else found


def thresholds(draw: Draw, rules: dict[str, Any]) -> list[dict[str, Any]]:
    names = ["total", *rules["criteria"], *rules.get("sections", {})]
    one = st.builds(
        lambda of, bound, least: {"of": of, bound: least},
        st.sampled_from(names),
        st.sampled_from(["at_least", "more_than"]),
        st.sampled_from([2, 4.5, 10]),
    )
    several = st.builds(
        lambda listed, needed: {"any_of": listed, "needed": needed},
        st.lists(one, min_size=2, max_size=3, unique_by=lambda part: part["of"]),
        st.integers(1, 2),
    )
    applying = one.map(lambda part: part | {"applies": "young"})
    return draw(st.lists(one | applying | (several if len(names) > 2 else one), min_size=1, max_size=2))


TOTALS = [{"round": 1}, {"round": {"places": 0, "mode": "half_even"}}, {"factor": "1.1 if young else 1"}]
CONDITIONS = {
    "enough": {"text": "Dovolj članov", "test": "members >= 2"},
    "two": {"text": "Največ dve vlogi", "test": "applicant_number <= 2", "failing": "dismissed"},
}
