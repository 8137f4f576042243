"""10,000 applications × 30 criteria, 10 of them marked by 5 members, against a scorer written by hand."""

from __future__ import annotations

import random
from fractions import Fraction

from bench.measure import once, ratio, say
from razpis.engine.cases import Case, Finding, Mark
from razpis.engine.evaluation import evaluate
from razpis.engine.problems import Place
from razpis.engine.rulebook import Rulebook, load
from razpis.engine.scoring import Scorer
from razpis.exports.evaluation_json import evaluation_json

BANDS = "[{to: 10, points: 5}, {from: 11, to: 30, points: 10}, {from: 31, to: 50, points: 20}, {from: 51, to: 100, points: 30}, {from: 101, points: 50}]"
ITEMS = "[{text: A, when: y0, points: 3}, {text: B, when: y1, points: 3}, {text: C, when: y2, points: 3}]"
MEMBERS = 5
MARKED = 10


def rulebook() -> Rulebook:
    """Six criteria by bands, four choices, two checklists, four per unit, four formulas, ten marked."""
    lines = ["call: {title: Meritev, reference: M, year: 2026}", "fields:"]
    lines += [f"  n{at}: {{type: integer, label: N{at}, min: 0}}" for at in range(8)]
    lines += [f"  c{at}: {{type: choice, label: C{at}, options: [a, b, c]}}" for at in range(4)]
    lines += [f"  y{at}: {{type: yes_no, label: Y{at}}}" for at in range(4)]
    lines += ["  requested: {type: euro, label: R}", "criteria:"]
    lines += [f"  b{at}: {{kind: bands, title: B{at}, value: n{at}, max: 50, bands: {BANDS}}}" for at in range(6)]
    lines += [
        f"  ch{at}: {{kind: choice, title: C{at}, value: c{at}, points: {{a: 10, b: 5, c: 0}}, max: 10}}"
        for at in range(4)
    ]
    lines += [f"  cl{at}: {{kind: checklist, title: L{at}, max: 8, items: {ITEMS}}}" for at in range(2)]
    lines += [
        f"  u{at}: {{kind: per_unit, title: U{at}, value: n{at + 4}, unit: 3, points: 1, count: started, max: 15}}"
        for at in range(4)
    ]
    lines += [
        f"  f{at}: {{kind: formula, title: F{at}, max: 10,"
        f" points: '10 if n{at} >= 50 and y{at} else 5 if n{at + 1} >= 20 else 0'}}"
        for at in range(4)
    ]
    lines += [f"  m{at}: {{kind: marks, title: M{at}, max: 10}}" for at in range(MARKED)]
    lines += ["commission: {minimum_marks: 3}", "budget: 3000000", "ranking: {keys: [points, line]}"]
    lines += ["allocation: {fill: proportional, request: requested, limits: {cap: {amount: 5000}},"]
    lines += ["  last_cent: largest_remainder}"]
    return load("\n".join(lines).encode(), "bench.yaml")


def inputs(count: int) -> tuple[list[Case], dict[tuple[str, str], tuple[Mark, ...]]]:
    """``count`` random applications, one in ten with a finding, and all their marks."""
    chance = random.Random(1)
    cases, marks = [], {}
    for number in range(count):
        id_ = f"V{number:05}"
        claims = {f"n{at}": chance.randrange(150) for at in range(8)}
        claims |= {f"c{at}": chance.choice("abc") for at in range(4)}
        claims |= {f"y{at}": chance.random() < 0.5 for at in range(4)}
        claims["requested"] = chance.randrange(500, 9000)
        findings = (Finding("n0", chance.randrange(150), "dokazilo"),) if number % 10 == 0 else ()
        cases.append(Case(id_, number + 1, Place("bench.csv", number + 2), "", None, None, claims, findings))
        for at in range(MARKED):
            given = tuple(Mark(f"Član {one}", chance.randrange(11), "razlog") for one in range(MEMBERS))
            marks[id_, f"m{at}"] = given
    return cases, marks


def by_hand(cases: list[Case], marks: dict[tuple[str, str], tuple[Mark, ...]]) -> list[Fraction]:
    """The same rubric in straight lines: points alone, without any reason."""
    totals = []
    for case in cases:
        facts = dict(case.claims)
        for finding in case.findings:
            facts[finding.field] = finding.value
        total = 0
        for at in range(6):
            number = facts[f"n{at}"]
            total += 5 if number <= 10 else 10 if number <= 30 else 20 if number <= 50 else 30 if number <= 100 else 50
        for at in range(4):
            chosen = facts[f"c{at}"]
            total += 10 if chosen == "a" else 5 if chosen == "b" else 0
        for _ in range(2):
            total += min(3 * facts["y0"] + 3 * facts["y1"] + 3 * facts["y2"], 8)
        for at in range(4):
            total += min(-(-facts[f"n{at + 4}"] // 3), 15)
        for at in range(4):
            total += 10 if facts[f"n{at}"] >= 50 and facts[f"y{at}"] else 5 if facts[f"n{at + 1}"] >= 20 else 0
        exact = Fraction(total)
        for at in range(MARKED):
            given = marks[case.id, f"m{at}"]
            exact += Fraction(sum(mark.points or 0 for mark in given), len(given))
        totals.append(exact)
    return totals


def run() -> bool:
    """Points alone, and everything with trace and certificate; then what the words of all reasons cost."""
    rules, (cases, marks) = rulebook(), inputs(10_000)
    scorer = Scorer(rules)

    def hand() -> list[Fraction]:
        return by_hand(cases, marks)

    points, scores, expected = ratio(lambda: [scorer.score(scorer.check(case), marks, {}) for case in cases], hand, 7)
    assert [score.total for score in scores] == expected, "the two scorers give different points"
    del scores
    whole, evaluation, _ = ratio(lambda: evaluate(rules, cases, marks, {}), hand, 7)
    assert evaluation.certificate.ok
    kept = say("points of 10,000 × 30 ÷ scorer by hand", points, 3)
    kept = say("points, places, awards, trace, certificate ÷ scorer by hand", whole, 8) and kept
    written, _ = once(lambda: evaluation_json(evaluation, {}))
    print(
        f"     evaluation.json with every reason in two languages: {written / len(cases) * 1000:.1f} ms an application"
    )
    return kept
