"""Answers written into a rulebook: exact values, or a refusal that says where."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from razpis.engine.rulebook.answers import WrongAnswer, answer
from tests.engine.making import rulebook

FIELDS = rulebook(
    """
    fields:
      name: {type: text, label: Naziv, max_length: 5}
      plan: {type: attachment, label: Načrt}
      members: {type: integer, label: Člani, min: 1, max: 10}
      share: {type: percent, label: Delež, max: 100}
      cost: {type: euro, label: Stroški, min: 0}
      since: {type: date, label: Od}
      clean: {type: yes_no, label: Brez dolgov}
      kind: {type: choice, label: Oblika, options: [društvo, zavod]}
      access: {type: choices, label: Dostopnost, options: [voziček, popoldne]}
      costs:
        type: table
        label: Stroški
        max_rows: 2
        columns: {item: {type: text, label: Postavka, required: false}, price: {type: euro, label: Cena}}
    """
).fields


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("name", "Nova", "Nova"),
        ("plan", "nacrt.pdf", "nacrt.pdf"),
        ("members", 3, 3),
        ("share", Decimal("12.5"), Fraction(25, 2)),
        ("cost", Decimal("0.10"), Fraction(1, 10)),
        ("cost", "1.234,50", Fraction(2469, 2)),
        ("since", "2026-05-04", datetime.date(2026, 5, 4)),
        ("clean", False, False),
        ("kind", "zavod", "zavod"),
        ("access", ["popoldne", "voziček"], ("popoldne", "voziček")),
        ("access", [], ()),
        (
            "costs",
            [{"price": 5}, {"item": "x", "price": "1,50"}],
            ({"item": None, "price": 5}, {"item": "x", "price": Fraction(3, 2)}),
        ),
        ("members", None, None),
    ],
)
def test_an_answer_is_what_the_form_would_give(key, raw, value) -> None:
    assert answer(FIELDS[key], raw) == value


@pytest.mark.parametrize(
    ("key", "raw", "path", "sl"),
    [
        ("name", 12, (), "tu je potrebno besedilo (število v narekovajih)"),
        ("name", "Novinka", (), "besedilo ima 7 znakov, dovoljenih je največ 5"),
        ("plan", True, (), "tu je potrebno besedilo (število v narekovajih)"),
        ("members", Decimal("2.5"), (), "tu je potrebno celo število"),
        ("members", True, (), "tu je potrebno celo število"),
        ("members", 0, (), "obrazec dovoli najmanj 1"),
        ("members", 11, (), "obrazec dovoli največ 10"),
        ("share", "12", (), "tu je potrebno število, na primer 12 ali 2.5 (brez narekovajev, z decimalno piko)"),
        ("cost", "1.500", (), "znesek 1.500 je dvoumen: pišite 1500 ali 1.50"),
        ("since", "4. 5. 2026", (), "»4. 5. 2026« ni datum; pišite LLLL-MM-DD"),
        ("clean", "da", (), "tu je potrebno true ali false"),
        ("kind", "zavd", (), "»zavd« ni med možnostmi (društvo, zavod) – ste mislili »zavod«?"),
        ("kind", 3, (), "»3« ni med možnostmi (društvo, zavod)"),
        ("access", "voziček", (), "tu je potreben seznam možnosti: [a, b]"),
        ("access", ["voziček", "jutro"], (1,), "»jutro« ni med možnostmi (voziček, popoldne)"),
        ("access", ["voziček", "voziček"], (), "ista možnost je navedena dvakrat"),
        ("costs", {"price": 1}, (), "tu je potrebna tabela: [{stolpec: vrednost}, …]"),
        ("costs", [1], (), "tu je potrebna tabela: [{stolpec: vrednost}, …]"),
        ("costs", [{}, {}, {}], (), "vrstic je 3, dovoljenih največ 2"),
        ("costs", [{"price": 1}, {"prce": 1}], (1, "prce"), "neznan stolpec »prce« – ste mislili »price«?"),
        ("costs", [{"price": "x"}], (0, "price"), "»x« ni znesek; pišite 1234.50 ali '1.234,50'"),
        ("costs", [{"item": "x"}], (0,), "manjka »price«"),
    ],
)
def test_a_wrong_answer_says_what_and_where(key, raw, path, sl) -> None:
    with pytest.raises(WrongAnswer) as caught:
        answer(FIELDS[key], raw)
    assert (caught.value.path, caught.value.text.sl) == (path, sl)
    assert caught.value.text.en not in ("", sl)
