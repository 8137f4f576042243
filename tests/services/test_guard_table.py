"""The guards of the law, and for each the test that tries to break it: by page, many at once, command line, two at once.

The table is read by the tests below: a test that is renamed or taken away, a way said not to exist that has come to be,
and a guard whose subject has come to exist without being tried, all fail here.
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
from tests.databases import Clock, application

TESTS = Path(__file__).parents[1]
HERE, LATER = "services/test_guards.py::test_", "services/test_guards_of_decisions.py::test_"
COMMAND, PERIODS = "services/test_guards_by_command.py::test_", "services/test_guards_of_periods.py::test_"
DOCUMENTS = "services/test_guards_of_documents.py::test_"
MARKING, PAGES = "services/marking/test_marking.py::test_", "web/commission/test_marking.py::test_"
WRONG_DECISION = f"{LATER}no_decision_without_reasons_with_another_sum_or_more_than_there_is"
COMMANDS = f"{COMMAND}the_commands_that_know_the_database_change_nothing_that_stands"
FILES = f"{COMMAND}the_command_line_writes_no_decision_without_a_reason"


class Shut(NamedTuple):
    """A way in that does not exist: in words, and so that it can be looked up. Every address of these parts that
    takes something names the one thing it takes (``one``), but for those that are listed with why they may not."""

    words: str
    parts: tuple[str, ...]
    one: str
    but: frozenset[str] = frozenset()


Way = tuple[str, ...] | Shut


class Tries(NamedTuple):
    """What tries to break a guard by each way in: tests, each as its file and name, or that there is no such way."""

    page: Way
    many: Way
    command: Way
    at_once: Way


GUARDS: Mapping[str, Tries] = {
    "decision without per-criterion rationale": Tries(
        (WRONG_DECISION,), (WRONG_DECISION,), (WRONG_DECISION, COMMANDS, FILES), (WRONG_DECISION,)
    ),
    "decision with izrek sum ≠ awarded": Tries(
        (WRONG_DECISION,), (WRONG_DECISION,), (WRONG_DECISION, COMMANDS, FILES), (WRONG_DECISION,)
    ),
    "Σ awarded > available": Tries(
        (WRONG_DECISION,), (WRONG_DECISION,), (WRONG_DECISION, COMMANDS, FILES), (WRONG_DECISION,)
    ),
    "scoring by a member without declaration or with conflict": Tries(
        (f"{PAGES}a_conflict_closes_every_door",),
        (
            f"{DOCUMENTS}a_page_across_all_takes_no_mark_of_who_has_a_conflict_or_has_not_declared",
            f"{MARKING}a_conflict_blocks_marking_and_locking_also_in_bulk",
        ),
        (COMMANDS,),
        (f"{LATER}a_mark_and_a_conflict_at_once_leave_no_mark_that_counts",),
    ),
    "score change after lock without reopened session and reason": Tries(
        (f"{PAGES}what_was_typed_is_shown_where_the_president_has_locked_meanwhile",),
        (f"{LATER}the_commands_round_and_a_page_across_all_change_no_locked_mark",),
        (COMMANDS, f"{LATER}the_commands_round_and_a_page_across_all_change_no_locked_mark"),
        (f"{MARKING}the_president_locks_while_a_member_types",),
    ),
    "opening before deadline": Tries(
        (f"{HERE}before_the_deadline_no_page_opens_shows_or_deletes_an_application",),
        (f"{HERE}before_the_deadline_no_page_opens_shows_or_deletes_an_application",),
        (COMMANDS, f"{HERE}the_command_line_opens_and_changes_no_application"),
        (f"{HERE}before_the_deadline_two_at_once_neither_open_nor_read", f"{HERE}two_who_open_at_once_open_once"),
    ),
    "reading content before opening": Tries(
        (f"{HERE}before_the_deadline_no_page_opens_shows_or_deletes_an_application",),
        (f"{HERE}before_the_opening_no_list_or_download_of_many_shows_content",),
        (COMMANDS,),
        (f"{HERE}before_the_deadline_two_at_once_neither_open_nor_read",),
    ),
    "extending one applicant's supplement period": Tries(
        (f"{PERIODS}no_page_of_an_official_makes_the_period_of_one_longer",),
        (f"{PERIODS}what_moves_periods_moves_those_of_all_alike",),
        (COMMANDS,),
        (f"{HERE}of_two_days_of_service_told_at_once_one_stands",),
    ),
    "a period counted from issue instead of service": Tries(
        (f"{PERIODS}no_page_counts_the_period_from_the_request",),
        ("services/decisions/test_delivery.py::test_periods_run_from_service_alone",),
        (f"{COMMAND}the_period_runs_from_service_also_for_the_command",),
        (f"{HERE}of_two_days_of_service_told_at_once_one_stands",),
    ),
    "second-instance by first-instance signer": Tries(
        (f"{DOCUMENTS}no_page_gives_one_person_both_instances",),
        Shut(
            "roles are given to one person at a time: a new one, or the one the address names",
            ("accounts.",),
            "user",
            frozenset({"accounts.invite"}),
        ),
        (COMMANDS,),
        (f"{LATER}of_the_two_instances_given_to_one_person_at_once_one_stands",),
    ),
    "deletion of any document with a number": Tries(
        (
            f"{DOCUMENTS}no_page_of_an_official_takes_a_numbered_document_away",
            f"{HERE}before_the_deadline_no_page_opens_shows_or_deletes_an_application",
        ),
        (
            f"{DOCUMENTS}no_page_of_an_official_takes_a_numbered_document_away",
            f"{DOCUMENTS}a_number_given_up_is_never_given_again",
            f"{HERE}what_is_deleted_never_has_a_number",
        ),
        (COMMANDS,),
        (f"{DOCUMENTS}a_set_given_up_while_it_is_issued_loses_no_number",),
    ),
    "change of criteria after publication": Tries(
        (f"{HERE}after_publication_no_page_of_an_officer_changes_the_rules",),
        Shut(
            "rules are changed in one call at a time: a new one, or the one the address names",
            ("calls.",),
            "call",
            frozenset({"calls.new"}),
        ),
        (COMMANDS, f"{HERE}the_command_line_opens_and_changes_no_application"),
        (
            f"{HERE}rules_saved_while_the_call_is_published_or_after_it_stay_as_confirmed",
            f"{HERE}rules_saved_while_the_call_goes_to_the_signatory_are_not_mixed",
        ),
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
    told = [one for way in GUARDS[guard] if not isinstance(way, Shut) for one in way]
    missing = [one for one in told if one.partition("::")[2] not in written_in(one.partition("::")[0])]
    assert (guard, missing, isinstance(GUARDS[guard].page, Shut)) == (guard, [], False)


@pytest.mark.parametrize(
    "guard", [name for name, tries in GUARDS.items() if any(isinstance(one, Shut) for one in tries)]
)
def test_a_way_that_does_not_exist_is_not_there(guard: str, tmp_path: Path) -> None:
    rules = application("sqlite://", tmp_path, Clock()).url_map.iter_rules()
    taking = [rule for rule in rules if "POST" in (rule.methods or ())]
    for shut in (one for one in GUARDS[guard] if isinstance(one, Shut)):
        known = [rule for rule in taking if rule.endpoint.startswith(shut.parts)]
        assert shut.but <= {rule.endpoint for rule in known}
        assert {rule.endpoint for rule in known if shut.one not in rule.arguments} == shut.but
        assert len(known) > len(shut.but)


def test_what_has_no_guard_yet_does_not_exist_yet() -> None:
    assert tables.__doc__ is not None
    assert set(Base.metadata.tables) & set(ABSENT.values()) == set()
    assert GUARDS.keys() & ABSENT.keys() == set()
