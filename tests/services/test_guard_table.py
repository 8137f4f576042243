"""The guards of the law, and for each the test that tries to break it: by page, many at once, command line, two at once.

The table is read by the tests below: a test that is renamed or taken away, a guard without its row and a guard whose
subject has come to exist without being tried, all fail here.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from razpis.models import tables
from razpis.models.base import Base

TESTS = Path(__file__).parents[1]
HERE, LATER = "services/test_guards.py::", "services/test_guards_of_decisions.py::"
MARKING, PAGES = "services/marking/test_marking.py::test_", "web/commission/test_marking.py::test_"
SUPPLEMENTS = "services/examination/test_supplements.py::test_"
WRONG_DECISION = f"{LATER}test_no_decision_without_reasons_with_another_sum_or_more_than_there_is"
ROUND = f"{LATER}test_the_commands_round_and_a_page_across_all_change_no_locked_mark"
COMMANDS = f"{HERE}test_the_command_line_opens_and_changes_no_application"
NO_MANY = "– nothing takes many of these at once"


class Tries(NamedTuple):
    """The tests of a guard, each as its file and name; a dash and words where there is no such way in."""

    page: str
    many: str
    command: str
    at_once: str


GUARDS: Mapping[str, Tries] = {
    "decision without per-criterion rationale": Tries(*[WRONG_DECISION] * 4),
    "decision with izrek sum ≠ awarded": Tries(*[WRONG_DECISION] * 4),
    "Σ awarded > available": Tries(*[WRONG_DECISION] * 4),
    "scoring by a member without declaration or with conflict": Tries(
        f"{PAGES}a_conflict_closes_every_door",
        f"{MARKING}a_conflict_blocks_marking_and_locking_also_in_bulk",
        ROUND,
        f"{LATER}test_a_mark_and_a_conflict_at_once_leave_no_mark_that_counts",
    ),
    "score change after lock without reopened session and reason": Tries(
        f"{PAGES}what_was_typed_is_shown_where_the_president_has_locked_meanwhile",
        ROUND,
        ROUND,
        f"{MARKING}the_president_locks_while_a_member_types",
    ),
    "opening before deadline": Tries(
        f"{HERE}test_before_the_deadline_no_page_opens_shows_or_deletes_an_application",
        f"{HERE}test_before_the_deadline_no_page_opens_shows_or_deletes_an_application",
        COMMANDS,
        f"{HERE}test_two_who_open_at_once_open_once",
    ),
    "reading content before opening": Tries(
        f"{HERE}test_before_the_deadline_no_page_opens_shows_or_deletes_an_application",
        "services/sitting/test_declarations.py::test_before_the_opening_nobody_reads_though_all_have_declared",
        f"{HERE}test_every_command_is_known_and_thought_about",
        "– a reading changes nothing: it sees the application either before its opening or after it",
    ),
    "extending one applicant's supplement period": Tries(
        "web/test_access.py::test_every_address_has_its_row_and_every_row_its_address",
        f"{SUPPLEMENTS}the_period_is_the_same_for_all_and_cannot_be_made_longer_for_one",
        f"{SUPPLEMENTS}nothing_filed_in_time_lapses_by_the_clock",
        f"{HERE}test_of_two_days_of_service_told_at_once_one_stands",
    ),
    "a period counted from issue instead of service": Tries(
        "web/commission/test_check_pages.py::test_a_supplement_goes_from_the_request_to_its_answer",
        "services/decisions/test_delivery.py::test_periods_run_from_service_alone",
        f"{SUPPLEMENTS}nothing_filed_in_time_lapses_by_the_clock",
        f"{HERE}test_of_two_days_of_service_told_at_once_one_stands",
    ),
    "second-instance by first-instance signer": Tries(
        "web/sector/test_accounts.py::test_roles_are_changed_and_pairs_that_may_not_meet_are_told",
        NO_MANY,
        "test_server.py::test_the_first_administrator_is_made_on_the_command_line",
        f"{LATER}test_of_the_two_instances_given_to_one_person_at_once_one_stands",
    ),
    "deletion of any document with a number": Tries(
        f"{HERE}test_before_the_deadline_no_page_opens_shows_or_deletes_an_application",
        f"{HERE}test_what_is_deleted_never_has_a_number",
        f"{HERE}test_what_is_deleted_never_has_a_number",
        "services/decisions/test_at_once.py::test_two_people_and_two_workers_at_once",
    ),
    "change of criteria after publication": Tries(
        f"{HERE}test_after_publication_no_page_of_an_officer_changes_the_rules",
        NO_MANY,
        COMMANDS,
        f"{HERE}test_rules_saved_while_the_call_goes_to_the_signatory_are_not_mixed",
    ),
}
"""Each guard of the law whose subject exists here."""

ABSENT = {
    "contract before finality": "contract",
    "payment above contract, without contract or to another's account": "payment",
}
"""Guards of what does not exist yet, with the table it would be kept in."""


@cache
def written_in(file: str) -> frozenset[str]:
    """Names of the tests in a file."""
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("guard", sorted(GUARDS))
def test_every_guard_is_tried_every_way(guard: str) -> None:
    """A way that does not exist says so; the page always does."""
    tries = GUARDS[guard]
    told = [one for one in tries if not one.startswith("– ")]
    missing = [one for one in told if one.partition("::")[2] not in written_in(one.partition("::")[0])]
    assert (guard, missing, tries.page in told) == (guard, [], True)


def test_what_has_no_guard_yet_does_not_exist_yet() -> None:
    assert tables.__doc__ is not None
    assert set(Base.metadata.tables) & set(ABSENT.values()) == set()
    assert GUARDS.keys() & ABSENT.keys() == set()
