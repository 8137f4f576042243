"""What is told of a name nobody knows: the nearest one, and those there are, never too many."""

from __future__ import annotations

from razpis.engine.problems import Text
from razpis.intake.grid import unknown_column
from razpis.intake.report import MOST_NAMED, instead, listed

MANY = [f"polje{at}" for at in range(MOST_NAMED + 5)]


def test_a_long_list_is_cut_and_says_so() -> None:
    assert listed(["a", "b"]) == Text("a, b", "a, b")
    named = ", ".join(MANY[:MOST_NAMED])
    assert listed(MANY) == Text(f"{named} (in še 5)", f"{named} (and 5 more)")


def test_the_nearest_name_stands_alone_else_all_are_told() -> None:
    assert instead("člna", ["član", "vloga"]) == Text(" – ste mislili »član«?", " – did you mean 'član'?")
    assert instead("xyz", ["član", "vloga"]) == Text("; na izbiro: član, vloga", "; choose from: član, vloga")
    assert instead("xyz", []) == Text("", "")


def test_a_column_is_told_with_all_that_are_allowed() -> None:
    assert unknown_column("IME", ["ime", "opomba"]) == Text(
        "neznan stolpec »IME« – ste mislili »ime«? Dovoljeni stolpci: ime, opomba",
        "unknown column 'IME' – did you mean 'ime'? Columns allowed: ime, opomba",
    )
    assert unknown_column("telefon", ["ime", "opomba"]) == Text(
        "neznan stolpec »telefon«; odstranite ga ali preimenujte. Dovoljeni stolpci: ime, opomba",
        "unknown column 'telefon'; remove or rename it. Columns allowed: ime, opomba",
    )
