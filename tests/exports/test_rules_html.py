"""The HTML page: well formed, escaped, headings in order, tables with heads, nothing loaded from elsewhere."""

from __future__ import annotations

import itertools
from html.parser import HTMLParser

import pytest

from razpis.assets import ASSETS
from razpis.engine.problems import Language
from razpis.engine.rulebook import read
from razpis.engine.wording.rules import Audience, rules
from razpis.engine.wording.rules_text import Bullets, Paragraph, Part, RulesText, Table
from razpis.exports.rules_html import rules_html

VOID = {"meta"}
NASTY = "<script>alert('x')</script> & \"y\""


class Page(HTMLParser):
    """Reads a page and keeps what the tests ask about; fails where tags do not nest."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self.feed(content.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append((self.open[-1], data))

    def of(self, *tags: str) -> list[str]:
        """What stands in these tags."""
        return [words for tag, words in self.words if tag in tags]


TEXT = RulesText(
    language="sl",
    title=NASTY,
    example=NASTY,
    lead=(NASTY,),
    parts=(
        Part(
            NASTY,
            (
                Paragraph(NASTY),
                Paragraph("tiho", quiet=True),
                Bullets((NASTY, "b")),
                Bullets(("prva",), ordered=True),
                Table(NASTY, ("sklop", "EUR"), ((NASTY, "5"), ("B", NASTY)), (False, True)),
            ),
            (Part("Globlje", (), (Part("Še", ()),)),),
        ),
    ),
    source=NASTY,
)


def test_every_text_is_escaped() -> None:
    page = Page(rules_html(TEXT))
    assert [tag for tag, _ in page.tags if tag == "script"] == []
    said = [words for _, words in page.words]
    assert said.count(NASTY) == 12  # title, h1, example, lead, contents, h2, text, item, caption, two cells, foot
    assert page.of("th", "td") == ["sklop", "EUR", NASTY, "5", "B", NASTY]


def test_blocks_have_their_tags() -> None:
    page = Page(rules_html(TEXT))
    assert page.of("h1", "h2", "h3", "h4") == [NASTY, NASTY, "Globlje", "Še"]
    assert page.of("li") == [NASTY, "b", "prva"]
    assert [attrs for tag, attrs in page.tags if tag == "p"][-2:] == [{"class": "quiet"}, {}]
    assert [attrs for tag, attrs in page.tags if tag == "th"] == [
        {"scope": "col"},
        {"scope": "col", "class": "figure"},
        {"scope": "row"},
        {"scope": "row"},
    ]
    assert [attrs for tag, attrs in page.tags if tag == "td"] == [{"class": "figure"}, {"class": "figure"}]


@pytest.mark.parametrize(
    ("language", "audience"), [("sl", "ngo"), ("sl", "councillor"), ("en", "ngo"), ("en", "councillor")]
)
def test_the_example_call_as_a_page(language: Language, audience: Audience) -> None:
    text = rules(read(ASSETS / "scoring_rules" / "maribor-humanitarni-2026.yaml"), language, audience)
    content = rules_html(text)
    page = Page(content)
    attributes = [attrs for _, attrs in page.tags]
    assert page.tags[0] == ("html", {"lang": language})
    assert page.of("title") == page.of("h1") == [text.title]
    assert page.of("strong") == [text.example]
    levels = [int(tag[1]) for tag, _ in page.tags if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    names = [attrs["id"] for attrs in attributes if "id" in attrs]
    assert len(set(names)) == len(names)
    assert {attrs["href"] for attrs in attributes if "href" in attrs} <= {f"#{name}" for name in names}
    assert {attrs["aria-labelledby"] for attrs in attributes if "aria-labelledby" in attrs} <= set(names)
    assert sum(1 for tag, _ in page.tags if tag == "caption") == sum(1 for tag, _ in page.tags if tag == "table") > 0
    assert [attrs for attrs in attributes if "src" in attrs or "onclick" in attrs] == []
    assert b"http" not in content and b"url(" not in content


def test_a_real_call_is_not_marked_as_an_example() -> None:
    page = Page(rules_html(RulesText("en", "Call", "", (), (), "Made of x.")))
    assert (page.of("strong"), page.of("p"), page.of("a")) == ([], ["Made of x."], ["Skip to the content"])
