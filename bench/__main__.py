"""`make bench`: every measurement with its bar; non-zero where one is not kept."""

from __future__ import annotations

import subprocess
import sys

from bench import allocation, documents, expressions, scoring

PARTS = {
    "scoring": scoring.run,
    "expressions": expressions.run,
    "allocation": allocation.run,
    "documents": documents.run,
}


def main(chosen: list[str]) -> int:
    """Run the part named; several, or all where none is named, each in a process of its own: what one part held in
    memory is not counted against the next."""
    if len(chosen) == 1:
        return 0 if PARTS[chosen[0]]() else 1
    runs = [subprocess.run([sys.executable, "-m", "bench", name], check=False) for name in chosen or PARTS]
    return 1 if any(run.returncode for run in runs) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
