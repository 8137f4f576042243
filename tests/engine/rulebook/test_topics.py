"""The form in topics: as the file states them, as they suggest themselves, and what is wrong with them."""

from __future__ import annotations

from razpis.engine.problems import Text
from tests.engine.factories import PARTS, lines, marked, rulebook, rulebook_text

FIELDS = """
    name: {label: Naziv, type: text}
    programme: {label: Program, type: text}
    rating: {label: Lanska ocena, type: integer, filled_by: office}
    plan: {label: Načrt, type: attachment}
    requested: {label: Zaprošeni znesek, type: euro}
    costs: {label: Stroški, type: table, columns: {price: {label: Cena, type: euro}}}
    """
CALL = "{title: Zgled, reference: R-1, year: 2026, applicant: {name: name, programme: programme}}"


def topics(**parts: str) -> list[tuple[str, str, tuple[str, ...]]]:
    rules = rulebook(**{"call": CALL, "fields": FIELDS, **parts})
    return [(topic.key, topic.label.sl, topic.fields) for topic in rules.topics]


def test_without_topics_the_form_divides_itself() -> None:
    assert topics() == [
        ("the-applicant", "Prijavitelj", ("name",)),
        ("the-programme", "Program", ("programme", "requested")),
        ("table-costs", "Stroški", ("costs",)),
        ("the-attachments", "Priloge", ("plan",)),
    ]


def test_where_nobody_is_named_there_is_no_topic_of_the_applicant() -> None:
    found = topics(call=PARTS["call"])
    assert [key for key, _, _ in found] == ["the-programme", "table-costs", "the-attachments"]


def test_topics_stand_as_stated_and_what_they_leave_out_follows() -> None:
    stated = "{money: {label: Denar, help: V evrih., fields: [requested, costs]}}"
    assert topics(topics=stated) == [
        ("money", "Denar", ("requested", "costs")),
        ("the-applicant", "Prijavitelj", ("name",)),
        ("the-programme", "Program", ("programme",)),
        ("the-attachments", "Priloge", ("plan",)),
    ]
    assert rulebook(call=CALL, fields=FIELDS, topics=stated).topics[0].help == Text("V evrih.", "V evrih.")


def test_what_the_office_fills_in_is_not_asked() -> None:
    assert topics(topics="{last: {label: Lani, fields: [rating]}}")[0][0] == "the-applicant"
    together = topics(topics="{last: {label: Lani, fields: [rating, name]}}")
    assert together[0] == ("last", "Lani", ("name",))


def test_a_field_stands_in_one_topic_and_is_one_of_the_form() -> None:
    text, told = marked(
        rulebook_text(
            call=CALL,
            fields=FIELDS,
            topics="{a: {label: A, fields: [name]}, b: {label: B, fields: [▸nam, ▸name]}}",
        ),
        "neznano ime »nam« – ste mislili »name«?",
        "polje »name« je že v tematiki »a«; pustite ga le v eni",
    )
    assert lines(text) == told
    text, told = marked(
        rulebook_text(call=CALL, fields=FIELDS, topics="{a: {label: A, fields: [name, ▸name]}}"),
        "the field 'name' is already in the topic 'a'; leave it in one only",
    )
    assert lines(text, "en") == told
