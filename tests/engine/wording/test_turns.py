"""What an award is told of its place in the order, and of the pass in which its turn came."""

from __future__ import annotations

from tests.engine.wording.paying import call, divided, told_of
from tests.engine.wording.telling import firm


def test_what_was_left_is_told_with_the_pass_in_which_it_was() -> None:
    """a is held at 300 EUR by its limit; in the second pass, in which it gets no more, 1,200 EUR are left."""
    rules = call(
        "leftovers: second_pass, limits: {most: {amount: 300, per: applicant, title: skupaj}}",
        "lots: {A: {amount: 1000}, B: {amount: 1000}}",
    )
    evaluation = divided(rules, a=(9, 900, 0, "A", "P"), b=(8, 500, 0, "B", "R"))
    assert told_of(evaluation, "a").amount[1:] == (
        firm("Ko je bila vloga na vrsti (drugi krog), je bilo na voljo še 1.400,00~EUR."),
        firm("300,00~EUR (splošna delitev); skupna omejitev »skupaj« dopušča 300,00~EUR"),
    )
    assert told_of(evaluation, "a", "en").amount[1] == firm("Left when its turn came (second pass): 1,400.00~EUR.")


def test_who_got_all_it_wanted_is_told_what_was_left_when_it_got_it() -> None:
    """Of 400 EUR for the young a gets all it wants, c wants nothing, and b gets the rest of its money from the others."""
    rules = call("set_asides: {youth: {where: young, amount: 400, title: mladi}}", "budget: 1000")
    evaluation = divided(
        rules, a=(9, 300, 0, "", None, True), b=(8, 600, 0, "", None, True), c=(7, 0, 0, "", None, True)
    )
    assert [told_of(evaluation, id_).amount[1] for id_ in "abc"] == [
        firm("Ko je bila vloga na vrsti (namenska sredstva »mladi«), je bilo na voljo še 400,00~EUR."),
        firm("Ko je bila vloga na vrsti (splošna delitev), je bilo na voljo še 600,00~EUR."),
        firm("Ko je bila vloga na vrsti (namenska sredstva »mladi«), je bilo na voljo še 0,00~EUR."),
    ]


def test_an_amount_that_turns_on_the_place_says_the_place() -> None:
    rules = call("entitlement: requested if place == 1 else 50, limits: {cap: {amount: 100 * place, title: po mestu}}")
    evaluation = divided(rules, a=(9, 900), b=(8, 500))
    assert told_of(evaluation, "b").amount[1:3] == (
        firm("Upravičeni znesek: mesto: 2; 2 = 1: ne → 50,00~EUR."),
        firm("Po mestu: mesto: 2; 100 × 2 = 200,00~EUR."),
    )
    assert told_of(evaluation, "b", "en").amount[1] == firm("Entitlement: place: 2; 2 = 1: no → 50.00~EUR.")
