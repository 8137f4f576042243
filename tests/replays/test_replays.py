"""Published outcomes come out again, every line, to the unit."""

from __future__ import annotations

import pytest

from tests.replays import catalyst, fiho, polish
from tests.replays.folder import REPLAYS

pytestmark = pytest.mark.skipif(
    not REPLAYS.is_dir(),
    reason=f"the folder of published outcomes is absent: {REPLAYS} (RAZPIS_REPLAYS says where it is)",
)


def test_catalyst_fund_9() -> None:
    count, wrong = catalyst.differences()
    assert wrong == []
    assert count == 1166


@pytest.mark.slow
def test_polish_elections() -> None:
    elections, projects, left_out, wrong = polish.differences()
    assert wrong == []
    assert (elections, projects, left_out) == (300, 7740, 34)


def test_fiho_2020() -> None:
    count, wrong = fiho.differences()
    assert wrong == []
    assert count == 11
