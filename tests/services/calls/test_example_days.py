"""Examples of a rulebook that hang on the deadline go along with it; those that do not are left alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from razpis.procedure.deadlines import deadline_instant
from razpis.services.calls import call_rules, example_days
from razpis.services.rules import rule_check
from tests.services import call_making as making

OLD = datetime(2026, 3, 20, 12, tzinfo=UTC)
SMALL = """
call: {title: Razpis, reference: R-1, year: 2026, deadline: "2026-03-20 12:00"}
fields:
  founded: {type: date, label: Vpis v register}
conditions:
  before: {text: Vpis pred letom 2024, test: 'founded < "2024-01-01"'}
criteria:
  size: {kind: formula, title: Vsi, points: "1", max: 1}
examples:  # opomba o dnevu 2026-03-20
  - title: Vpis
    applications:
      - {id: dan prej, answers: {founded: 2023-12-31}, expect: {points: 1}}
      - {id: prvi dan, answers: {founded: 2024-01-01}, expect: {outcome: condition_failed}}
"""


@pytest.mark.parametrize("day", [date(2027, 3, 15), date(2026, 12, 24), date(2028, 3, 1), date(2026, 3, 27)])
def test_examples_of_a_year_of_activity_and_of_a_minute_too_late_hold_with_any_deadline(day: date) -> None:
    changed = call_rules.with_deadline(making.RULES, deadline_instant(day, time(10, 30)))
    examples = rule_check.look(changed).examples
    assert examples is not None
    assert examples.problems == ()
    minute = datetime.combine(day, time(10, 31))
    assert f'minuto prepozno, lot: B, submitted_at: "{minute:%Y-%m-%d %H:%M}"' in changed


def test_the_year_is_moved_first_and_then_the_days() -> None:
    text = 'x: 2026-03-20\nexamples:\n  - {a: 2025-03-20, b: "2026-03-20 12:01", c: 2024-02-29, d: 2026-13-40} # 2025-03-20\n'
    assert example_days.followed(text, OLD, datetime(2027, 3, 15, 11, tzinfo=UTC)) == (
        'x: 2026-03-20\nexamples:\n  - {a: 2026-03-15, b: "2027-03-15 11:01", c: 2025-02-23, d: 2026-13-40} # 2025-03-20\n'
    )


def test_examples_that_do_not_hang_on_the_deadline_are_left_alone() -> None:
    assert rule_check.look(SMALL).errors == ()
    changed = call_rules.with_deadline(SMALL, deadline_instant(date(2027, 3, 19), time(12)))
    assert changed == SMALL.replace('"2026-03-20 12:00"', '"2027-03-19 12:00"')


def test_the_same_deadline_changes_nothing() -> None:
    assert call_rules.with_deadline(making.RULES, making.DEADLINE) == making.RULES
