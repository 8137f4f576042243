"""What is taken out of free text: names in every case, contacts, numbers of persons; figures and dates stay."""

from __future__ import annotations

import pytest

from razpis.exports.masking import masker

MASK = masker(["Maja Novak", "Jože Ta"], ["Zgledna 1, 2000 Maribor", ""])


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Maja Novak je vodja.", "[izpuščeno] je vodja."),
        ("Pogovor z Majo Novakovo in Jožetom.", "Pogovor z [izpuščeno] in [izpuščeno]."),
        ("majhen novakovec", "majhen novakovec"),
        ("Piši na maja.novak+1@posta.si.", "Piši na [izpuščeno]."),
        ("TRR SI56 0127 0010 0008 403, davčna 12345679", "TRR [izpuščeno], davčna [izpuščeno]"),
        ("Klic 041 123 456 ali +386 2 123 45 67.", "Klic [izpuščeno] ali [izpuščeno]."),
        ("Sedež Zgledna 1, 2000 Maribor.", "Sedež [izpuščeno]."),
        ("17,5 točke, 3.000,00 EUR, 4. 5. 2026, 41001-7/2026", "17,5 točke, 3.000,00 EUR, 4. 5. 2026, 41001-7/2026"),
        ("", ""),
    ],
)
def test_what_is_seen(text: str, seen: str) -> None:
    assert MASK(text) == seen


@pytest.mark.parametrize("word", ["a", "a.", "0", "a@a-"])
def test_a_text_of_one_long_word_is_looked_through_once(word: str) -> None:
    """A longest answer; at a rate that grows with the square of it, this takes minutes."""
    text = word * (100_000 // len(word))
    assert MASK(f"{text} maja@posta.si") == f"{text} [izpuščeno]"


def test_what_is_public_stays_whole_though_a_name_stands_in_it() -> None:
    mask = masker(["Maja Novak"], kept=["Zavod Novak d. o. o.", "Zavod"])
    assert mask("Zavod Novak d. o. o., Maja Novak; Zavod Novakova") == (
        "Zavod Novak d. o. o., [izpuščeno]; Zavod [izpuščeno]"
    )
