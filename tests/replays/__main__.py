"""`make replay`: evaluate every published outcome at hand and print how many lines agree."""

from __future__ import annotations

import sys

from tests.replays import catalyst, polish
from tests.replays.folder import REPLAYS


def main() -> int:
    """0 where every line agrees (or the folder is absent, which is said), 1 on any difference."""
    if not REPLAYS.is_dir():
        print(f"Mape z objavljenimi izidi ni ({REPLAYS}): ponovitve so izpuščene. Kje je, pove RAZPIS_REPLAYS.")
        print(f"No folder of published outcomes ({REPLAYS}): replays are skipped. RAZPIS_REPLAYS says where it is.")
        return 0
    count, wrong = catalyst.differences()
    print(f"Catalyst Fund 9: {count - len(wrong)} of {count}")
    elections, projects, left_out, wrong_projects = polish.differences()
    agree = projects - len(wrong_projects)
    print(f"Polish elections: {agree} of {projects} projects in {elections} elections ({left_out} elections left out)")
    for line in wrong + wrong_projects:
        print(line, file=sys.stderr)
    return 1 if wrong or wrong_projects else 0


sys.exit(main())
