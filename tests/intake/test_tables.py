"""Tables: rows and columns, every fault at its row and column."""

from __future__ import annotations

import pytest

from razpis.engine.problems import Text
from razpis.intake.grid import Numeral
from razpis.intake.report import Inside, Refused
from razpis.intake.tables import BLANK, converter
from tests.intake.factories import rulebook

STAFF = converter(rulebook(table=True).fields["staff"])


def faults(cell: object) -> list[tuple[Inside, Text]]:
    with pytest.raises(Refused) as caught:
        STAFF(cell)
    return list(caught.value.faults)


def test_rows_become_dicts_of_every_column() -> None:
    assert STAFF([{"person": "Ana", "hours": Numeral("3"), "pay": "1.234,50"}, {"person": "Bor", "hours": "4"}]) == (
        {"person": "Ana", "hours": 3, "pay": 1234.5},
        {"person": "Bor", "hours": 4, "pay": None},
    )


def test_no_table_is_no_answer_and_an_empty_one_is() -> None:
    assert STAFF(None) is None
    assert STAFF([]) == ()


@pytest.mark.parametrize("cell", ["x", "", Numeral("1"), {"person": "Ana"}, True])
def test_what_is_not_a_list_is_refused(cell: object) -> None:
    assert faults(cell) == [
        (
            (),
            Text(
                "tabela ne gre v eno celico: v JSON je seznam [{stolpec: vrednost, …}], v XLSX list zase",
                "a table does not fit into one cell: in JSON it is a list [{column: value, …}], in XLSX its own sheet",
            ),
        )
    ]


def test_all_faults_of_all_rows_are_told() -> None:
    row = Text(
        "vrstica tabele mora biti zapisana kot {stolpec: vrednost, …}",
        "a table's row must be written as {column: value, …}",
    )
    assert faults([{"person": "Ana", "hours": "-1", "persn": 1}, 7, {"hours": None}, {"person": "B", "hours": 0}]) == [
        (
            (),
            Text(
                "vrstic je 4, dovoljenih največ 3; odvečne odstranite ali združite",
                "there are 4 rows, at most 3 are allowed; remove or join some",
            ),
        ),
        (
            (0, "persn"),
            Text(
                "neznan stolpec »persn« – ste mislili »person«? Dovoljeni stolpci: person, hours, pay",
                "unknown column 'persn' – did you mean 'person'? Columns allowed: person, hours, pay",
            ),
        ),
        ((0, "hours"), Text("-1 je premalo; dovoljeno je najmanj 0", "-1 is too little; at least 0 is allowed")),
        ((1,), row),
        ((2, "person"), BLANK),
        ((2, "hours"), BLANK),
        ((3, "hours"), Text("tu je potrebno: število", "a number is needed here")),
    ]


def test_a_field_that_is_no_table_has_its_own_converter() -> None:
    assert converter(rulebook().fields["members"])("12") == 12
