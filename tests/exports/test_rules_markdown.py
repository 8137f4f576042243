"""Markdown: every block, and nothing a text holds means anything to Markdown."""

from __future__ import annotations

from razpis.engine.wording.rules_text import Bullets, Paragraph, Part, RulesText, Table
from razpis.exports.rules_markdown import rules_markdown

TEXT = RulesText(
    language="sl",
    title="Razpis *2026*",
    example="Zgled.",
    lead=("Prva.", "Rok: 4. maj"),
    parts=(
        Part(
            "Točke",
            (
                Paragraph("12. člen velja"),
                Paragraph("- ni seznam", quiet=True),
                Bullets(("ena", "dve_tri")),
                Bullets(("prva", "druga"), ordered=True),
                Table("Denar", ("sklop", "EUR"), (("A|B", "1.000,00"), ("dve\nvrsti", "2")), (False, True)),
            ),
            (Part("Globlje", (Paragraph("a < b"),)),),
        ),
    ),
    source="Narejeno iz x.yaml.",
)
PAGE = """\
# Razpis \\*2026\\*

**Zgled.**

Prva.

Rok: 4. maj

## Točke

12\\. člen velja

*\\- ni seznam*

* ena
* dve\\_tri

1. prva
2. druga

**Denar**

| sklop | EUR |
|---|---:|
| A\\|B | 1.000,00 |
| dve vrsti | 2 |

### Globlje

a \\< b

---

Narejeno iz x.yaml.
"""


def test_the_page() -> None:
    assert rules_markdown(TEXT).decode() == PAGE


def test_a_real_call_is_not_marked_as_an_example() -> None:
    bare = RulesText("en", "Call", "", (), (), "Made of x.")
    assert rules_markdown(bare).decode() == "# Call\n\n---\n\nMade of x.\n"


def test_headings_stop_at_six() -> None:
    part = Part("dno")
    for name in ("pet", "štiri", "tri", "dve", "ena"):
        part = Part(name, parts=(part,))
    lines = rules_markdown(RulesText("sl", "T", "", (), (part,), "S")).decode().splitlines()
    assert [line for line in lines if line.startswith("#")] == [
        "# T",
        "## ena",
        "### dve",
        "#### tri",
        "##### štiri",
        "###### pet",
        "###### dno",
    ]
