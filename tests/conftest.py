"""How hard Hypothesis tries, and the databases of the tests."""

from hypothesis import settings

# `make check` runs "everyday" and finds the same examples each time; `make test` measures coverage with
# "cover" and then asks for "thorough".
settings.register_profile("everyday", max_examples=15, deadline=None, derandomize=True)
settings.register_profile("cover", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=100, deadline=None, print_blob=True)
settings.load_profile("everyday")

pytest_plugins = ["tests.databases", "tests.world"]
