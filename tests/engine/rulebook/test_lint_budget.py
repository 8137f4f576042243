"""Money of the budget that is for nothing: left over between lines, or in a line that no lot divides."""

from __future__ import annotations

from tests.engine.rulebook.linting import assert_said, changed, found

LOTS = "lots: {A: {amount: 1000}, B: {amount: 3000}}"


def budget(lines: str, lots: str = "A: {line: a}, B: {line: b}") -> list[tuple[str, str]]:
    return [(LOTS, f"lots: {{{lots}}}\nbudget:\n  amount: 4000\n  committed: 100\n{lines}")]


def nowhere(amount: str) -> str:
    return (
        f"opozorilo: {amount} ni v nobeni vrstici; zadnja naj ima namesto zneska ali odstotka »rest: true« ali dodajte "
        "vrstico »{rest: true, reserve: true}«"
    )


def undivided(key: str, amount: str) -> str:
    return (
        f"opozorilo: vrstice »{key}« ne deli noben sklop ({amount}); dodajte sklop z »line: {key}« ali vrstici "
        "»reserve: true«"
    )


def test_lines_that_are_less_than_the_whole() -> None:
    assert_said(budget("  ▸lines: {a: {percent: 55}, b: {percent: 40}}"), nowhere("195,00 EUR"))
    assert_said(budget("  ▸lines: {a: {amount: 2900}, b: {amount: 999.99}}"), nowhere("0,01 EUR"))
    assert_said(budget("  lines: {a: {percent: 55}, b: {percent: 45}}"))
    assert_said(budget("  lines: {a: {percent: 55}, b: {rest: true}}"))
    assert_said(budget("  lines: {a: {percent: 55}, b: {percent: 40}, kept: {rest: true, reserve: true}}"))


def test_lines_that_are_less_than_the_line_they_divide() -> None:
    home = "  lines:\n    home: {amount: 3900, committed: 900, %slines: {a: {percent: 50}, b: {percent_of_rest: 25}}}"
    assert_said(budget(home % "▸"), nowhere("1.125,00 EUR"))


def test_a_line_that_no_lot_divides() -> None:
    lines = "  lines:\n    a: {amount: 900}\n    b: {amount: 1000}\n    %s: {rest: true%s}"
    assert_said(budget(lines % ("▸c", "")), undivided("c", "2.000,00 EUR"))
    assert_said(budget(lines % ("c", ", reserve: true")))
    assert_said(budget(lines % ("c", ", committed: 2000")))
    below = ", reserve: true, lines: {d: {amount: 5}}"
    assert_said(budget(lines % ("c", below)))


def test_a_budget_without_lines_only_bounds_the_lots() -> None:
    assert_said([(LOTS, f"{LOTS}\nbudget: 5000")])


def test_in_english() -> None:
    assert [
        line.partition("warning: ")[2]
        for line in found(changed(*budget("  lines: {a: {amount: 1}, b: {amount: 2}, c: {amount: 5}}")), "en")
    ] == [
        "3,892.00 EUR stand in no line; let the last one have 'rest: true' in place of an amount or a percentage, or "
        "add a line '{rest: true, reserve: true}'",
        "no lot divides the line 'c' (5.00 EUR); add a lot with 'line: c', or give the line 'reserve: true'",
    ]
