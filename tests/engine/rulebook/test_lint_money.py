"""Limits that never bind, a least award nobody reaches, cents without rounding."""

from __future__ import annotations

import pytest

from tests.engine.rulebook.linting import assert_said

SHARE = "    share: {amount: half, title: polovica, article: 5. člen}\n"
LOTS = "lots: {A: {amount: 1000}, B: {amount: 3000}}"
REQUESTED = "requested: {type: euro, label: Zaprošeno, min: 0}"
BOUNDED = (REQUESTED, "requested: {type: euro, label: Zaprošeno, min: 0, max: 2000}")


def limit(rule: str) -> tuple[str, str]:
    """One more limit, ``cap``."""
    return SHARE, f"{SHARE}    cap: {{amount: {rule}, article: 5. člen}}\n"


def never(why: str, title: str = "cap") -> str:
    return f"opozorilo: omejitev »{title}« nikoli ne velja: {why}"


def test_more_than_there_is_to_divide() -> None:
    assert_said([limit("▸3000")], never("na voljo je le 3.000,00 EUR"))
    assert_said([limit("2999.99")])
    assert_said([limit("▸1000, lots: [A]")], never("na voljo je le 1.000,00 EUR"))
    assert_said([limit("▸4000, per: all")], never("na voljo je le 4.000,00 EUR"))
    assert_said([limit("3999, per: applicant")])


def test_leftovers_make_more_reachable() -> None:
    spilling = (LOTS, "lots: {A: {amount: 1000, leftover_to: B}, B: {amount: 3000}}")
    assert_said([limit("3500"), spilling])
    assert_said([limit("▸4000"), spilling], never("na voljo je le 4.000,00 EUR"))
    assert_said([limit("3500"), ("  round: 2\n", "  round: 2\n  leftovers: second_pass\n")])


def test_one_sum_over_all_lots_is_the_most_there_is() -> None:
    assert_said([limit("▸2500"), (LOTS, f"{LOTS}\nbudget: 2500")], never("na voljo je le 2.500,00 EUR"))
    lines = "lots: {A: {line: a}, B: {line: b}}\nbudget: {amount: 4000, lines: {a: {amount: 1000}, b: {rest: true}}}"
    assert_said([limit("▸3000"), (LOTS, lines)], never("na voljo je le 3.000,00 EUR"))


def test_more_than_anybody_is_entitled_to() -> None:
    assert_said([limit("▸2000"), BOUNDED], never("upravičeni znesek je največ 2.000,00 EUR"))
    assert_said([limit("1999"), BOUNDED])
    entitlement = ("  request: requested\n", "  request: requested\n  entitlement: 500 if clean else 0\n")
    assert_said([limit("▸500"), entitlement], never("upravičeni znesek je največ 500,00 EUR"))


def test_more_than_another_limit_always_allows() -> None:
    first = "    share: {amount: 800, title: polovica, article: 5. člen}\n"

    def both(rule: str, other: str = first) -> list[tuple[str, str]]:
        unused = ("derived:\n  half: {label: Polovica, value: total_cost * 0.5}\n", "")
        cost = ("  total_cost: {type: euro, label: Stroški, min: 0, max: 10000}\n", "")
        return [(SHARE, f"{other}    cap: {{amount: {rule}, article: 5. člen}}\n"), unused, cost]

    assert_said(both("▸900"), never("»polovica« je vedno največ 800,00 EUR"))
    assert_said(both("▸800"), never("»polovica« je vedno največ 800,00 EUR"))
    assert_said(both("▸900, lots: [B]"), never("»polovica« je vedno največ 800,00 EUR"))
    assert_said(both("900", first.replace("title", "where: clean, title")))
    assert_said(both("900", first.replace("title", "per: applicant, title")))
    assert_said(both("900", first.replace("title", "lots: [A], title")))
    assert_said(both("900, lots: [A, B]", first.replace("title", "lots: [A], title")))
    assert_said(
        both("▸900, lots: [A]", first.replace("title", "lots: [A], title")),
        never("»polovica« je vedno največ 800,00 EUR"),
    )
    assert_said(
        both("700", first.replace("amount: 800", "amount: ▸800")), never("»cap« je vedno največ 700,00 EUR", "polovica")
    )


@pytest.mark.parametrize("amount", ["points * 100", "points_quality * 100", "lot_amount / 2", "half + 0"])
def test_a_limit_that_may_bind(amount: str) -> None:
    assert_said([limit(amount)])


def test_points_and_the_lots_money_are_known_to_a_limit() -> None:
    assert_said([limit("▸points * 0 + 3000")], never("na voljo je le 3.000,00 EUR"))
    assert_said([limit("▸lot_amount + 2000")], never("na voljo je le 3.000,00 EUR"))


def least(amount: str) -> tuple[str, str]:
    return "  round: 2\n", f"  round: 2\n  fill: proportional\n  minimum_grant: {{amount: {amount}}}\n"


def test_a_least_award_nobody_may_get() -> None:
    assert_said(
        [least("▸600"), limit("500")],
        "nihče ne bi dobil ničesar: najnižji znesek je 600,00 EUR, ena vloga pa sme dobiti največ 500,00 EUR",
    )
    assert_said([least("500"), limit("500")])
    assert_said([least("600"), limit("500, lots: [A]")])
    assert_said([least("600"), limit("500, where: clean")])
    assert_said([least("600"), limit("500, per: applicant")])
    assert_said(
        [
            least("60000"),
            (SHARE, ""),
            ("  limits:\n", ""),
            ("value: total_cost * 0.5", "value: total_cost"),
            ("  request: requested\n", "  request: requested\n  weight: half\n"),
        ]
    )


def test_more_set_aside_than_there_is() -> None:
    kept = "  limits:\n", "  set_asides:\n    ▸novi: {where: clean, %s}\n  limits:\n"
    assert_said([(kept[0], kept[1] % "amount: 4001")], "rezervirano je 4.001,00 EUR, na voljo pa je le 4.000,00 EUR")
    said = "rezervirano je 1.001,00 EUR, na voljo pa je le 1.000,00 EUR"
    assert_said([(kept[0], kept[1] % "amount: 1001, lots: [A]")], said)
    assert_said([(kept[0], kept[1].replace("▸", "") % "amount: 4000")])
    assert_said([(kept[0], kept[1].replace("▸", "") % "percent: 100")])


NOT_ROUNDED = (
    "opozorilo: ni zapisano, kako se dodeljeni znesek zaokroži (zdaj na cent, polovica navzgor); dodajte »round: 2« "
    "ali, za cele evre, »round: 0«"
)


def test_awards_that_split_cents_need_a_rounding() -> None:
    unrounded = [("  round: 2\n", ""), ("allocation:\n", "▸allocation:\n")]
    assert_said([*unrounded, ("  request: requested\n", "  request: requested\n  fill: proportional\n")], NOT_ROUNDED)
    assert_said(
        [
            *unrounded,
            ("amount: half", "amount: 0.8 * total_cost"),
            ("derived:\n  half: {label: Polovica, value: total_cost * 0.5}\n", ""),
        ],
        NOT_ROUNDED,
    )
    assert_said([*unrounded, ("amount: half", "amount: half / 3")], NOT_ROUNDED)


def test_whole_requests_in_rank_order_need_none() -> None:
    assert_said([("  round: 2\n", ""), ("amount: half", "amount: 'round(half / 3, 2)'")])


def together(kept: str, held: str) -> str:
    return (
        f"opozorilo: rezervirano je skupaj {kept}, na voljo pa je le {held}; polni se po vrsti, zato za zadnje zmanjka "
        "– dele zmanjšajte"
    )


def test_several_set_asides_of_the_same_money() -> None:
    def kept(*rules: str) -> list[tuple[str, str]]:
        lines = "".join(f"    {rule}\n" for rule in rules)
        return [("  limits:\n", f"  set_asides:\n{lines}  limits:\n")]

    sixty = "{where: clean, percent: 60, lots: [A]}"
    assert_said(kept(f"one: {sixty}", f"▸two: {sixty}"), together("1.200,00 EUR", "1.000,00 EUR"))
    assert_said(kept("one: {where: clean, percent: 40, lots: [A]}", f"two: {sixty}"))
    assert_said(kept(f"one: {sixty}", f"two: {sixty.replace('A', 'B')}"))
    assert_said(kept(f"one: {sixty}", "two: {where: clean, amount: 400}", "three: {where: clean, percent: 75}"))
    assert_said(
        kept(f"one: {sixty}", "two: {where: clean, amount: 400.01}", "▸three: {where: clean, percent: 75}"),
        together("4.000,01 EUR", "4.000,00 EUR"),
    )


OPEN_PLACE = (
    "od mesta (place) je tu lahko odvisno le, če nobeno ne ostane odprto; zapišite »still_tied: shared« in izpustite "
    "»draw«: izenačene si mesto delijo"
)
SHARED_FILL = "  request: requested\n  fill: proportional\n"


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("weight: ▸max(20 - place, 1)", SHARED_FILL),
        ("entitlement: ▸1000 if place == 1 else 500", SHARED_FILL),
        ("fixed_part: ▸100 if place == 1 else 0", SHARED_FILL),
        ("set_asides: {first: {amount: 100, where: ▸place < 3}}", "  request: requested\n"),
    ],
)
def test_what_waits_for_no_place_may_not_turn_on_an_open_one(line: str, before: str) -> None:
    allocation = ("  request: requested\n", f"{before}  {line}\n")
    assert_said([allocation], OPEN_PLACE)
    for keys in ("keys: [points, draw], still_tied: shared", "keys: [points]"):
        assert_said([allocation, ("keys: [points, draw]", keys)], OPEN_PLACE)
    unmarked = (allocation[0], allocation[1].replace("▸", ""))
    for keys in ("keys: [points], still_tied: shared", "keys: [points, line]"):
        assert_said([unmarked, ("keys: [points, draw]", keys)])


def test_nor_may_a_limit_over_lots_that_share_by_weight() -> None:
    mixed = (LOTS, "lots: {A: {amount: 1000, fill: proportional}, B: {amount: 3000}}")
    assert_said([mixed, limit("▸900 if place == 1 else 800, lots: [A]")], OPEN_PLACE)
    assert_said([mixed, limit("900, where: ▸place == 1")], OPEN_PLACE)
    assert_said([mixed, limit("900 if place == 1 else 800, lots: [B]")])
