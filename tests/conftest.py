"""How hard Hypothesis tries, the databases of the tests, and what is left to `make test`."""

import pytest
from hypothesis import settings

# `make check` runs "everyday" and finds the same examples each time; `make test` measures coverage with
# "cover" and then asks for "thorough".
settings.register_profile("everyday", max_examples=15, deadline=None, derandomize=True)
settings.register_profile("cover", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=100, deadline=None, print_blob=True)
settings.load_profile("everyday")

pytest_plugins = ["tests.databases", "tests.world"]

# With a real database a test takes tenths of a second, and there are hundreds: `make check` asks these few.
EVERYDAY_WITH_DATABASE = ("test_accounts.py", "test_journal.py", "test_migrations.py", "test_signs.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "database" in getattr(item, "fixturenames", ()) and item.path.name not in EVERYDAY_WITH_DATABASE:
            item.add_marker(pytest.mark.slow)
