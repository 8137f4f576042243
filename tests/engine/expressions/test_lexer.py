"""The cutting of an expression's text into tokens, and what is refused there."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from razpis.engine.expressions.faults import ExpressionFault
from razpis.engine.expressions.lexer import MAX_LENGTH, Token, tokens
from tests.engine.factories import MARK, refusal


def test_every_kind_of_token_with_its_place():
    assert tokens("if a_1 >= 0.25\tand 'č'") == [
        Token("keyword", "if", 0),
        Token("name", "a_1", 3),
        Token("sign", ">=", 7),
        Token("number", "0.25", 10),
        Token("keyword", "and", 15),
        Token("text", "'č'", 19),
        Token("end", "", 22),
    ]


@pytest.mark.parametrize("sign", ["==", "!=", "<=", ">=", "<", ">", "-", "+", "*", "/", "(", ")", ",", ".", "[", "]"])
def test_every_sign_is_one_token(sign):
    assert [(token.kind, token.text) for token in tokens(sign)] == [("sign", sign), ("end", "")]


def test_space_of_every_allowed_sort_separates():
    assert [token.text for token in tokens(" \t1\r\n2 ")] == ["1", "2", ""]


@pytest.mark.parametrize(
    ("marked", "sl", "en"),
    [
        (
            "a ▸= 1",
            "znaka »=« izraz ne pozna; za primerjavo pišite »==«",
            "unknown character '='; write '==' to compare",
        ),
        (
            "a < ▸2027-02-15",
            "»2027-02-15« ni število; dan pišite '2027-02-15'",
            "'2027-02-15' is no number; write '2027-02-15'",
        ),
        ("a ▸=> 1", "znaka »=« izraz ne pozna; mislili ste »>=«?", "unknown character '='; did you mean '>='?"),
        ("a ▸=< 1", "znaka »=« izraz ne pozna; mislili ste »<=«?", "unknown character '='; did you mean '<='?"),
        ("a ▸≥ 1", "znaka »≥« izraz ne pozna; pišite »>=«", "unknown character '≥'; write '>='"),
        (
            "a == ▸„b“",
            "znaka »„« izraz ne pozna; besedilo dajte med znaka '",
            "unknown character '„'; put a text between the signs '",
        ),
        (
            "a < ▸15.2.2027",
            "»15.2.2027« ni število; dan pišite '2027-02-15'",
            "'15.2.2027' is no number; write '2027-02-15'",
        ),
        (
            "▸1. 12. 2027 > a",
            "»1. 12. 2027« ni število; dan pišite '2027-12-01'",
            "'1. 12. 2027' is no number; write '2027-12-01'",
        ),
        ("a ▸& b", "znaka »&« izraz ne pozna; pišite »and«", "unknown character '&'; write 'and'"),
        ("a ▸| b", "znaka »|« izraz ne pozna; pišite »or«", "unknown character '|'; write 'or'"),
        ("▸!a", "znaka »!« izraz ne pozna; pišite »not«", "unknown character '!'; write 'not'"),
        (
            "80 ▸% 2",
            "znaka »%« izraz ne pozna; za odstotek delite s 100",
            "unknown character '%'; divide by 100 for a percentage",
        ),
        (
            "min(1▸; 2)",
            "znaka »;« izraz ne pozna; vrednosti ločite z vejico",
            "unknown character ';'; separate values with a comma",
        ),
        ("a▸{", "znaka »{« izraz ne pozna", "unknown character '{'"),
        ("a▸\\b", "znaka »\\« izraz ne pozna", "unknown character '\\'"),
        ("a▸@b", "znaka »@« izraz ne pozna", "unknown character '@'"),
        ("▸\u200ba", "znaka »\u200b« izraz ne pozna", "unknown character '\u200b'"),
        ("1 ▸× 2", "znaka »×« izraz ne pozna; pišite »*«", "unknown character '×'; write '*'"),
        ("▸٣ + 1", "znaka »٣« izraz ne pozna", "unknown character '٣'"),
        ("▸１ + 1", "znaka »１« izraz ne pozna", "unknown character '１'"),
        ("a == ▸'b", "besedilo nima zaključnega narekovaja", "the text has no closing quote"),
        ('a == ▸"b\n"', "besedilo nima zaključnega narekovaja", "the text has no closing quote"),
        (
            "▸člani > 3",
            "imena podatkov so brez šumnikov in drugih posebnih črk; »č« tu ni dovoljen",
            "names of facts use plain letters a–z only; 'č' is not allowed here",
        ),
        (
            "m▸еmbers > 3",
            "imena podatkov so brez šumnikov in drugih posebnih črk; »е« tu ni dovoljen",
            "names of facts use plain letters a–z only; 'е' is not allowed here",
        ),
        (
            "▸ｍembers",
            "imena podatkov so brez šumnikov in drugih posebnih črk; »ｍ« tu ni dovoljen",
            "names of facts use plain letters a–z only; 'ｍ' is not allowed here",
        ),
        *(
            (
                f"1 + ▸{text}",
                "števila pišite samo s števkami in decimalno piko, na primer 0.8",
                "write numbers with digits and a decimal point only, for example 0.8",
            )
            for text in ("1e3", "0x10", "1_000", "2č", "5EUR")
        ),
        *(
            (
                f"1 + ▸{text}",
                f"zapis {said} je dvoumen: pišite {whole} (tisočice brez pike) ali {said}0 (decimalke)",
                f"{said} is ambiguous: write {whole} (thousands without a point) or {said}0 (decimals)",
            )
            for text, said, whole in (
                ("1.500", "1.500", "1500"),
                ("12.345 > 3", "12.345", "12345"),
                ("1.234,50", "1.234", "1234"),
            )
        ),
        ("1 + ▸" + "9" * 31, "število ima več kot 30 znakov", "the number has more than 30 characters"),
        ("1 + ▸0." + "9" * 29, "število ima več kot 30 znakov", "the number has more than 30 characters"),
    ],
)
def test_what_no_expression_can_hold_is_named_at_its_place(marked, sl, en):
    found = refusal(marked.replace(MARK, ""), {})
    assert (found.offset, found.text.sl, found.text.en) == (marked.index(MARK), sl, en)


def test_the_longest_text_and_one_longer():
    assert tokens("1" + " " * (MAX_LENGTH - 1)) == [Token("number", "1", 0), Token("end", "", MAX_LENGTH)]
    found = refusal("1" + " " * MAX_LENGTH, {})
    assert found.text.sl == "izraz je daljši od 2000 znakov; razdelite ga z izpeljanimi podatki (derived)"
    assert found.text.en == "the expression is longer than 2000 characters; split it with derived facts"
    assert found.offset == 0


@given(st.text(alphabet="ab1 .'=<\t\n(", max_size=30))
def test_between_tokens_stands_only_space(source):
    try:
        found = tokens(source)
    except ExpressionFault:
        return
    gaps = [source[one.offset + len(one.text) : two.offset] for one, two in itertools.pairwise(found)]
    assert all(source[token.offset :].startswith(token.text) for token in found)
    assert "".join(gaps).strip(" \t\r\n") == ""
    assert found[-1] == Token("end", "", len(source))
