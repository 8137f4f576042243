"""One small call with every outcome, as the exports' tests evaluate it."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from razpis.engine.cases import Finding, Mark
from razpis.engine.evaluation import Evaluation
from tests.engine.making import case, evaluated, marks, rulebook

RULES = """
call:
  title: {sl: Zgled razpisa, en: Example call}
  reference: R-1
  year: 2026
  deadline: "2026-03-20 12:00"
  example: true
  applicant: {name: name, programme: programme}
fields:
  name: {type: text, label: Naziv}
  programme: {type: text, label: Program, required: false}
  members: {type: integer, label: Člani}
  since: {type: date, label: Od, required: false}
  access: {type: choices, label: Dostopnost, required: false, options: [voziček, popoldne]}
  staff:
    type: table
    label: Zaposleni
    required: false
    columns: {hours: {type: decimal, label: ure}}
  requested: {type: euro, label: Zaprošeno}
  clean: {type: yes_no, label: Brez dolgov}
derived:
  third: {label: Tretjina, value: members / 3}
conditions:
  clean: {text: {sl: Nima dolgov, en: Has no debts}, test: clean, article: 4. člen}
sections: {half: {title: Polovica, max: 40}}
criteria:
  members: {kind: formula, title: {sl: Člani, en: Members}, points: third, section: half, max: 40}
  quality: {kind: marks, title: Kakovost, max: 5}
thresholds: [{of: members, at_least: 1}]
ranking: {keys: [points, draw]}
lots:
  B: {title: {sl: Drugi sklop, en: Second lot}, amount: 100}
  A: {amount: 1000}
allocation:
  request: requested
  limits: {cap: {amount: members * 10.0050}}
"""


@cache
def sample() -> Evaluation:
    """The evaluation of nine applications in two lots."""
    rules = rulebook(RULES)
    stated = [
        ("A-1", "A", 60, 600, True, "2026-03-01 10:00"),
        ("A-2", "A", 50, Fraction(70050, 100), True, "2026-03-02 10:00"),
        ("A-3", "A", 10, 100, True, "2026-03-03 10:00"),
        ("A-4", "A", 0, 100, True, "2026-03-04 10:00"),
        ("A-5", "A", 9, 100, False, "2026-03-05 10:00"),
        ("A-6", "A", 9, 100, True, "2026-03-20 12:01"),
        ("A-7", "A", 9, 100, True, None),
        ("B-1", "B", 30, 90, True, None),
        ("B-2", "B", 30, 90, True, None),
    ]
    cases = [
        case(
            rules,
            id_,
            line=line,
            lot=lot,
            applicant=None if lot == "B" else f"P{line}",
            submitted=submitted,
            findings=[Finding("staff.1.hours", Fraction(15, 2), "pogodba")] if id_ == "A-1" else (),
            name=f"Društvo »{id_}«, Maribor",
            programme="Toplina" if id_ == "A-1" else None,
            members=members,
            access=("voziček",) if id_ == "A-1" else None,
            staff=({"hours": 10},) if id_ == "A-1" else None,
            requested=requested,
            clean=clean,
        )
        for line, (id_, lot, members, requested, clean, submitted) in enumerate(stated, 1)
    ]
    given = {(one.id, "quality"): marks(3, 4) for one in cases if one.id != "A-7"}
    given["A-1", "quality"] = (*marks(3, 3, 4), Mark("Žan", None, "izločen"))
    return evaluated(rules, cases, given)
