from dataclasses import dataclass

import pytest

from razpis.documents.fonts import MissingGlyphError, drawable, missing_glyphs, normalised, register_fonts


@dataclass(frozen=True)
class Inner:
    words: str
    count: int


@dataclass(frozen=True)
class Outer:
    title: str
    rows: tuple[Inner, ...]


def test_all_slovenian_letters_and_the_marks_of_the_wording_are_in_the_font():
    assert set("abcčćdđefghijklmnoprsšštuvzžABCČĆDĐŠŽ»«„“–—€§·−%\u00a0\n") <= register_fonts()


def test_combining_caron_and_foreign_line_ends_are_normalised():
    assert normalised("c\u030cas\r\ndva\rtri\tštiri") == "čas\ndva\ntri štiri"


def test_what_word_processors_put_in_unasked_is_left_out():
    assert normalised("po\u00addalj\u200bšan\u2060 ne\u2011kdo\u2003in\u202f5\ufeff") == "podaljšan ne-kdo in\u00a05"


def test_missing_glyphs_are_named_once_with_their_field():
    found = missing_glyphs("razlog", "日a日\u200b")
    assert [(glyph.field, glyph.character) for glyph in found] == [("razlog", "日"), ("razlog", "\u200b")]
    assert str(found[1]) == "polje razlog: znaka »\u200b« (U+200B, ZERO WIDTH SPACE) ni v pisavi"


def test_drawable_walks_dataclasses_and_tuples():
    value = Outer("Nas\u030c", (Inner("c\u030c", 1), Inner("b", 2)))
    assert drawable(value, str.upper) == Outer("NAŠ", (Inner("Č", 1), Inner("B", 2)))


def test_drawable_names_every_missing_character_with_the_path_to_it():
    value = Outer("ok", (Inner("dobro", 1), Inner("slabo 🙂 Ж", 2)))
    with pytest.raises(MissingGlyphError) as caught:
        drawable(value, str)
    assert [(glyph.field, glyph.character) for glyph in caught.value.missing] == [
        ("rows[1].words", "🙂"),
        ("rows[1].words", "Ж"),
    ]
    assert "polje rows[1].words: znaka »🙂« (U+1F642, SLIGHTLY SMILING FACE)" in str(caught.value)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\f", "\u0085", "\u2028", "\u2029"])
def test_every_kind_of_line_end_is_one(end):
    assert normalised(f"prva{end}druga") == "prva\ndruga"
