"""What holds of open ties in rank order, in calls drawn for the second reader."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given, reject
from hypothesis import strategies as st

from razpis.engine.evaluation import Evaluation
from razpis.engine.problems import Problems
from tests.engine.second_reader.calls import Call, asked, results, row
from tests.engine.second_reader.drawing import ASIDES, Draw, divisions


@st.composite
def tied(draw: Draw) -> Call:
    """A call in rank order, often with money set aside, in which many have the same points and nothing is drawn yet.

    Without leftovers: a lot where a tie is open passes nothing on until it is settled, so others may get more then.
    """
    call = draw(divisions().filter(lambda call: call.rules["allocation"]["fill"] == "rank"))
    if draw(st.integers(0, 3)):
        call.rules["allocation"]["set_asides"] = {"kept": {"where": "young"} | draw(ASIDES)}
    call.rules["ranking"] = {"keys": ["points", "draw"]}
    for one in call.rows:
        one["score"] = int(one["score"]) % 2
    return call


def said(call: Call) -> Evaluation:
    try:
        return asked(call)
    except Problems:
        reject()


def kept(amount: int, first: int, *wanted: int) -> Call:
    """Money set aside for those who are tied, and one before them for whom it is not."""
    rules = {"ranking": {"keys": ["points", "draw"]}, "budget": 100}
    stated = {"request": "requested", "set_asides": {"kept": {"where": "young", "amount": amount}}}
    others = [row(f"v{at}", at, requested=one, score=5, young=True) for at, one in enumerate(wanted, 2)]
    return Call(rules | {"allocation": stated}, [row("v1", 1, requested=first, score=7), *others])


@example(kept(50, 100, 50, 40), 0)
@example(kept(50, 50, 50, 40), 1)
@example(kept(100, 10, 80, 80), 2)
@given(tied(), st.integers(0, 9))
def test_a_draw_takes_nothing_from_whom_the_result_did_not_let_wait(call: Call, number: int) -> None:
    before = said(call)
    ties = [tie.name for ranking in before.rankings for tie in ranking.ties]
    after = asked(replace(call, draws=dict.fromkeys(ties, f"S-{number}")))
    assert before.certificate.failing == after.certificate.failing == ()
    then = {id_: (one["outcome"], one["award"]) for id_, one in results(after).items()}
    assert "open_tie" not in {outcome for outcome, _ in then.values()}
    settled = {id_: one for id_, one in results(before).items() if one["outcome"] != "open_tie"}
    assert {id_: (one["outcome"], one["award"]) for id_, one in settled.items()} == {id_: then[id_] for id_ in settled}
