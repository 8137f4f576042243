"""The application form: what each field's values are in expressions, and how options are written."""

from __future__ import annotations

import pytest

from razpis.engine.expressions import DATE, NUMBER, TEXT, TEXTS, WHOLE, YES_NO, Kind, choice
from razpis.engine.problems import Text
from tests.engine.factories import lines, marked, rulebook, rulebook_text


def kind_of(field):
    """The kind of the fact a field gives."""
    return rulebook(fields="{a: {label: A, " + field + "}}").fields["a"].kind()


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("type: text", TEXT),
        ("type: text, max_length: 100", TEXT),
        ("type: integer, min: 0, max: 10", WHOLE),
        ("type: decimal", NUMBER),
        ("type: euro, min: 0.50", NUMBER),
        ("type: percent", NUMBER),
        ("type: date", DATE),
        ("type: yes_no", YES_NO),
        ("type: attachment", TEXT),
        ("type: choice, options: [a, b]", choice(("a", "b"))),
        ("type: choice, options: {a: Prva, b: {sl: Druga, en: Second}}", choice(("a", "b"))),
        ("type: choices, options: [a]", Kind("list", options=("a",), item=TEXTS.item)),
    ],
)
def test_the_kind_of_a_fact(field, kind):
    assert kind_of(field) == kind


def test_a_table_has_the_kinds_of_its_columns():
    table = kind_of("type: table, columns: {n: {label: N, type: integer}, c: {label: C, type: choice, options: [x]}}")
    assert table.name == "table"
    assert table.columns == {"n": WHOLE, "c": choice(("x",))}


def test_options_are_shown_by_their_words():
    options = "{da: Da, ne: {sl: Ne, en: No}}"
    field = rulebook(fields="{a: {label: A, type: choice, options: " + options + "}}").fields["a"]
    assert field.options == {"da": Text("Da", "Da"), "ne": Text("Ne", "No")}


def test_a_field_is_required_and_not_public_unless_it_says_otherwise():
    fields = rulebook(
        fields="{a: {label: A, type: date}, b: {label: B, type: date, required: false, public: true}}"
    ).fields
    assert [(field.required, field.public, field.help) for field in fields.values()] == [
        (True, False, None),
        (False, True, None),
    ]


LIST = "možnosti zapišite kot seznam besedil (števila in true/false v narekovajih) ali kot {vrednost: besedilo}"
SIGN = "v možnosti ne sme biti znaka | in ne presledkov na začetku ali koncu"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        *(
            (text, LIST)
            for text in ("[]", "{}", "a", "12", "~", "[1, 2]", "[true]", "[[a]]", "[{a: b}]", "['']", "{'': a}")
        ),
        *((text, SIGN) for text in ("[a, 'b|c']", "[' a']", "{'a ': x}")),
        ("[a, b, a]", "ista možnost je zapisana dvakrat"),
        (
            "{a: prost, za vse, b: drugo}",
            "možnost »za vse« nima besedila; dopišite ga (besedilo z vejico dajte v narekovaje)",
        ),
        ("{a: [x]}", "tu je potrebno besedilo ali {sl: …, en: …}"),
        ("{a: ~}", "možnost »a« nima besedila; dopišite ga (besedilo z vejico dajte v narekovaje)"),
    ],
)
def test_options_that_cannot_be_are_refused(options, said):
    fields = "{a: {label: A, type: choice, options: ▸" + options + "}}"
    content, expected = marked(rulebook_text(fields=fields), f"options: {said}")
    assert lines(content) == expected


def test_options_are_refused_in_english_too():
    for options, said in (
        ("[1]", "write options as a list of texts (numbers and true/false in quotes) or as {value: text}"),
        ("['a|b']", "an option must not contain the sign | nor spaces at its ends"),
        ("[a, a]", "the same option is written twice"),
    ):
        content, expected = marked(
            rulebook_text(fields="{a: {label: A, type: choices, options: ▸" + options + "}}"), f"options: {said}"
        )
        assert lines(content, "en") == expected
