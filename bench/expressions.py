"""Twenty rules in our language, in rule-engine and in simpleeval: CPU time for one value, and with its trace."""

from __future__ import annotations

import statistics
from decimal import Decimal

import rule_engine
import simpleeval

from bench.measure import median, say
from razpis.engine.expressions import NUMBER, TEXT, YES_NO, compile_expression

RULES = (
    "members >= 30",
    "members * 2 + volunteers",
    "own / total * 100",
    "members > 10 and volunteers > 5",
    "status == 'drustvo'",
    "status == 'drustvo' or status == 'zavod'",
    "members - volunteers > 3 and local",
    "(members + volunteers) * 3",
    "total - own",
    "own * 100 >= total * 20",
    "not local",
    "members / 4 + volunteers / 2",
    "years > 2 and years < 30",
    "total * 0.8",
    "members * 1.5 + years * 0.5",
    "years * 2 + members * 3 - volunteers",
    "local and members > 20 or years > 10",
    "(own + 100) * (total - 50)",
    "members != volunteers",
    "total / (members + volunteers)",
)
FACTS = {"members": 34, "volunteers": 12, "own": 2400, "total": 8000, "years": 7, "status": "drustvo", "local": True}
KINDS = dict.fromkeys(("members", "volunteers", "own", "total", "years"), NUMBER) | {"status": TEXT, "local": YES_NO}
TIMES = 20_000


def run() -> bool:
    """The median ratio over the rules, for the value and for the value with its derivation."""
    exact = {key: Decimal(value) if type(value) is int else value for key, value in FACTS.items()}
    value, traced = [], []
    for text in RULES:
        ours = compile_expression(text, KINDS)
        rule = rule_engine.Rule(text)
        simple = simpleeval.SimpleEval(names=FACTS)
        tree = simple.parse(text)
        assert ours.value(FACTS) == ours.derive(FACTS)[0]
        mine, _ = median(lambda run=ours.value: _repeat(run, FACTS), 5)
        trace, _ = median(lambda run=ours.derive: _repeat(run, FACTS), 5)
        engine, _ = median(lambda run=rule.evaluate: _repeat(run, exact), 5)
        plain, _ = median(lambda run=simple.eval, text=text, tree=tree: _evaluated(run, text, tree), 5)
        nearest = min(engine, plain)
        value.append(nearest / mine)
        traced.append(nearest / trace)
    kept = say("expressions: faster than rule-engine and simpleeval", statistics.median(value), 4, at_least=True)
    return say("expressions with trace: faster than both", statistics.median(traced), 2, at_least=True) and kept


def _repeat(work, facts) -> None:
    for _ in range(TIMES):
        work(facts)


def _evaluated(work, text, tree) -> None:
    for _ in range(TIMES):
        work(text, previously_parsed=tree)
