"""What `mutmut run` found, module by module; fails under 95 % killed, or where a mutant was not tried."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from mutmut.stats import status_by_exit_code

LEAST = 95
FOUND = Path("mutants")
COLUMNS = ("all", "types", "killed", "survived", "untried", "%")
ENDS = {"caught by type check": "types", "killed": "killed", "timeout": "killed", "survived": "survived"}
LIVE = ("survived", "untried")


def end(code: int | None) -> str:
    """How a mutant ended: ``types``, ``killed``, ``survived``, or ``untried`` (no test reached it, or no run)."""
    return ENDS.get(status_by_exit_code[code], "untried")


def ratio(ends: Counter[str]) -> float:
    """Killed by tests, in per cent of the mutants that the type checker lets through."""
    tested = ends.total() - ends["types"]
    return 100 * ends["killed"] / tested if tested else 100.0


def row(name: str, ends: Counter[str]) -> str:
    """One line of the table."""
    numbers = (ends.total(), ends["types"], ends["killed"], ends["survived"], ends["untried"])
    return f"{name:28}" + "".join(f"{number:>10,}" for number in numbers) + f"{ratio(ends):>10.1f}"


def main() -> int:
    """The table, the mutants that live, and 0 where the tests are good enough."""
    codes = {path: json.loads(path.read_text())["exit_code_by_key"] for path in sorted(FOUND.rglob("*.py.meta"))}
    lines = [f"{'':28}" + "".join(f"{column:>10}" for column in COLUMNS)]
    together: Counter[str] = Counter()
    for path, found in codes.items():
        ends = Counter(map(end, found.values()))
        together += ends
        if found:
            lines.append(row(str(path.relative_to(FOUND / "razpis/engine")).removesuffix(".py.meta"), ends))
    lines.append(row("", together))
    lines += [f"{end(code)}: {name}" for found in codes.values() for name, code in found.items() if end(code) in LIVE]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if together["killed"] and not together["untried"] and ratio(together) >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
