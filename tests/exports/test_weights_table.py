"""The effective weights of the criteria as a table for the terminal."""

from __future__ import annotations

from razpis.exports.weights_table import weights_table
from tests.engine.making import rulebook
from tests.engine.wording.telling import firm

CAPPED = """
fields: {size: {type: integer, label: V, min: 0, max: 30}}
sections: {half: {title: Polovica, max: 40}}
criteria:
  one: {kind: per_unit, title: {sl: Število članov, en: Members}, value: size, points: 1, max: 30, section: half}
  two: {kind: marks, title: Kakovost, max: 5, weight: 4, section: half}
  three: {kind: marks, title: Naslov merila je tako dolg da v tabeli zanj ni dovolj prostora, max: 10}
"""
APART = """
fields: {size: {type: integer, label: V}}
criteria:
  one: {kind: formula, title: Brez meje, points: size}
  two: {kind: marks, title: Kakovost, max: 5, ranking_weight: 1.5}
"""
SLOVENIAN = """
Dejanske uteži meril
merilo                                            sámo prinese  delež  brez njega manj
──────────────────────────────────────────────────────────────────────────────────────
Število članov                                              30   60~%               20
Kakovost                                                    20   40~%               10
Naslov merila je tako dolg da v tabeli zanj ni …            10   20~%               10
──────────────────────────────────────────────────────────────────────────────────────
Sámo prinese: točke vloge, ki ima največ le pri tem merilu, pri drugih pa nič, z upoštevanimi utežmi
in mejami sklopov, pragovi pa ne; delež je od največjega mogočega števila točk.
Brez njega manj: koliko izgubi vloga, ki ima pri tem merilu najmanj, pri vseh drugih pa največ,
skupaj s tem, kar zato izgubi pri merilih, ki se računajo iz njegovih točk."""


def test_weights_are_what_remains_after_weights_and_caps() -> None:
    """30 + 20 in a section of 40, and 10 beside it: 50 can be reached."""
    assert weights_table(rulebook(CAPPED), "sl") == firm(SLOVENIAN)
    english = weights_table(rulebook(CAPPED), "en").split("\n")
    assert english[1:5] == [
        "Effective weights of the criteria",
        "criterion                                         alone gives  share  without it less",
        "─" * 85,
        "Members                                                    30    60%               20",
    ]


def test_what_has_no_maximum_is_marked_and_the_order_has_columns_of_its_own() -> None:
    assert weights_table(rulebook(APART), "sl").split("\n")[2:7] == [
        "merilo     sámo prinese  delež  brez njega manj  v vrstnem redu  delež",
        "─" * 70,
        "Brez meje             –      –                –               –      –",
        "Kakovost              5      –                –             7,5      –",
        "─" * 70,
    ]


def test_without_criteria_there_is_no_table() -> None:
    assert weights_table(rulebook("fields: {name: {type: text, label: Naziv}}"), "sl") == ""
