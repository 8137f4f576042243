"""The result list as a table for the terminal."""

from __future__ import annotations

from razpis.exports.result_table import result_table
from tests.engine.making import case, evaluated, rulebook
from tests.engine.wording.telling import firm
from tests.exports.samples import sample

SLOVENIAN = """
A
mesto  vloga  prijavitelj                 točke  izid                   dodeljeno
─────────────────────────────────────────────────────────────────────────────────
   1.  A-1    Društvo »A-1«, Maribor  ≈~23,3333  odobreno              600,00~EUR
   2.  A-2    Društvo »A-2«, Maribor  ≈~20,1667  delno odobreno        400,00~EUR
   3.  A-3    Društvo »A-3«, Maribor   ≈~6,8333  ni sredstev             0,00~EUR
       A-4    Društvo »A-4«, Maribor        3,5  pod pragom              0,00~EUR
       A-5    Društvo »A-5«, Maribor             pogoj ni izpolnjen      0,00~EUR
       A-6    Društvo »A-6«, Maribor             zavrženo                0,00~EUR
       A-7    Društvo »A-7«, Maribor             ni ocenjeno             0,00~EUR
─────────────────────────────────────────────────────────────────────────────────
              skupaj                                                 1.000,00~EUR

Drugi sklop
mesto  vloga  prijavitelj             točke  izid       dodeljeno
─────────────────────────────────────────────────────────────────
   1.  B-1    Društvo »B-1«, Maribor   13,5  izenačeno   0,00~EUR
   1.  B-2    Društvo »B-2«, Maribor   13,5  izenačeno   0,00~EUR
─────────────────────────────────────────────────────────────────
              skupaj                                     0,00~EUR
Izenačenje B:1 ni razrešeno: B-1, B-2"""

ENGLISH = """
A
place  id   applicant                  points  outcome                  award
─────────────────────────────────────────────────────────────────────────────
   1.  A-1  Društvo »A-1«, Maribor  ≈~23.3333  granted             600.00~EUR
   2.  A-2  Društvo »A-2«, Maribor  ≈~20.1667  partly granted      400.00~EUR
   3.  A-3  Društvo »A-3«, Maribor   ≈~6.8333  no money              0.00~EUR
       A-4  Društvo »A-4«, Maribor        3.5  below threshold       0.00~EUR
       A-5  Društvo »A-5«, Maribor             condition failed      0.00~EUR
       A-6  Društvo »A-6«, Maribor             dismissed             0.00~EUR
       A-7  Društvo »A-7«, Maribor             not scored            0.00~EUR
─────────────────────────────────────────────────────────────────────────────
            total                                                1,000.00~EUR

Second lot
place  id   applicant               points  outcome      award
──────────────────────────────────────────────────────────────
   1.  B-1  Društvo »B-1«, Maribor    13.5  open tie  0.00~EUR
   1.  B-2  Društvo »B-2«, Maribor    13.5  open tie  0.00~EUR
──────────────────────────────────────────────────────────────
            total                                     0.00~EUR
Tie B:1 is not settled: B-1, B-2"""


def test_every_lot_has_its_table_its_sum_and_its_open_ties() -> None:
    assert result_table(sample(), "sl") == firm(SLOVENIAN)


def test_in_english() -> None:
    assert result_table(sample(), "en") == firm(ENGLISH)


def simple(name: str, id_: str = "a") -> str:
    rules = rulebook(
        "call: {title: T, reference: R, year: 2026, applicant: {name: name}}",
        "fields: {name: {type: text, label: Naziv}}",
        "ranking: {still_tied: shared}",
    )
    return result_table(evaluated(rules, [case(rules, id_, name=name), case(rules, "b", line=2, name="B")]), "sl")


def test_without_lots_there_is_no_heading_and_a_shared_place_is_no_open_tie() -> None:
    assert simple("Društvo") == firm("""
mesto  vloga  prijavitelj  točke  izid      dodeljeno
─────────────────────────────────────────────────────
   1.  a      Društvo          0  uvrščeno   0,00~EUR
   1.  b      B                0  uvrščeno   0,00~EUR
─────────────────────────────────────────────────────
              skupaj                         0,00~EUR""")


def test_a_long_name_is_cut() -> None:
    row = simple("Društvo " + "x" * 31).split("\n")[3]
    assert row == firm("   1.  a      Društvo " + "x" * 29 + "…      0  uvrščeno   0,00~EUR")
    row = simple("Društvo " + "x" * 30).split("\n")[3]
    assert row == firm("   1.  a      Društvo " + "x" * 30 + "      0  uvrščeno   0,00~EUR")


def test_wide_letters_take_two_columns_and_accents_none() -> None:
    """The accented é is one letter and one combining accent here."""
    assert simple("漢字", "e\u0301").split("\n")[3:5] == [
        firm("   1.  b      B                0  uvrščeno   0,00~EUR"),
        firm("   1.  e\u0301      漢字             0  uvrščeno   0,00~EUR"),
    ]
