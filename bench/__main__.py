"""`make bench`: every measurement with its bar; non-zero where one is not kept."""

from __future__ import annotations

import sys

from bench import allocation, documents, expressions, scoring

PARTS = {
    "scoring": scoring.run,
    "expressions": expressions.run,
    "allocation": allocation.run,
    "documents": documents.run,
}


def main(chosen: list[str]) -> int:
    """Run the parts named (all, where none is)."""
    kept = [PARTS[name]() for name in chosen or PARTS]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
