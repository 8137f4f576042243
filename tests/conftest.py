"""How hard Hypothesis tries, the databases of the tests, and what is left to `make test`."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, is_hypothesis_test, settings

from razpis.services.people import passwords

# The same commit gets the same verdict: `make check` and `make test` draw the same examples each time, few and many.
# `make search` draws new ones. How long drawing takes says nothing about the code.
QUIET = (HealthCheck.too_slow,)
settings.register_profile("everyday", max_examples=10, deadline=None, derandomize=True, suppress_health_check=QUIET)
settings.register_profile("whole", max_examples=50, deadline=None, derandomize=True, suppress_health_check=QUIET)
settings.register_profile("search", max_examples=400, deadline=None, print_blob=True, suppress_health_check=QUIET)
# With `make mutate` a first counterexample is enough, and exact values are asked before any examples are drawn.
settings.register_profile(
    "mutate",
    max_examples=3,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=QUIET,
)
settings.load_profile("everyday")

# Hundreds of people get an account in these tests; their passwords are hashed the same way at a smaller cost.
passwords.METHOD = "scrypt:1024:8:1"

pytest_plugins = ["tests.databases", "tests.world"]

TESTS = Path(__file__).parent
# With a real database a test takes tenths of a second, and there are hundreds: `make check` asks these few.
EVERYDAY_WITH_DATABASE = ("models/test_migrations.py", "web/test_signs.py")
# Their tests run under coverage, once.
PURE_ROOMS = ("engine/", "procedure/")
# Without one too these take seconds: whole documents read from their pages, and the application started for each test.
LEFT_TO_MAKE_TEST = (
    "documents/test_acts.py",
    "documents/test_decision_pdf.py",
    "documents/test_extras.py",
    "documents/test_flow.py",
    "documents/test_pades_additions.py",
    "documents/test_result_list_pdf.py",
    "documents/test_signed_end.py",
    "exports/test_evaluation_json.py",
    "intake/test_xlsx_cells.py",
    "services/decisions/test_ends_of_sentences.py",
    "services/test_guards.py",
    "services/test_guards_by_command.py",
    "test_cli_register.py",
    "test_server.py",
    "web/public/test_results.py",
    "web/test_format.py",
    "web/test_headers.py",
    "web/test_language.py",
)
# Worlds that a session makes once, in tens of seconds.
WORLDS = {"database", "world", "issued"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if settings.get_current_profile_name() == "mutate":
        items.sort(key=lambda item: is_hypothesis_test(getattr(item, "obj", None)))
    for item in items:
        place = item.path.relative_to(TESTS).as_posix()
        if place.startswith(PURE_ROOMS):
            item.add_marker(pytest.mark.pure)
        if place in LEFT_TO_MAKE_TEST or (
            WORLDS.intersection(getattr(item, "fixturenames", ())) and place not in EVERYDAY_WITH_DATABASE
        ):
            item.add_marker(pytest.mark.slow)
