"""The pages about the format tell the truth: every snippet in them is run, every key of the format is there."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any, get_args, get_origin

import click
import pytest
import yaml

from razpis.commands import rules
from razpis.engine.allocation.award import BUDGET, LEVEL, MINIMUM, REQUEST
from razpis.engine.expressions.functions import FUNCTIONS
from razpis.engine.expressions.lexer import KEYWORDS
from razpis.engine.money import MODES, Rounding, plain
from razpis.engine.problems import Text
from razpis.engine.rulebook import load
from razpis.engine.rulebook.meaning import GIVEN
from razpis.engine.rulebook.shape import RulebookFile
from razpis.engine.rulebook.values import Part
from razpis.engine.scoring import Standing
from razpis.exports.results_csv import HEADER
from tests.scoring_rules.page import FOLDER, KINDS, Example, Page, Row, read
from tests.scoring_rules.snippets import check

PAGES = (read("README.md"), read("README.en.md"))
EXAMPLES = [(page, example) for page in PAGES for example in page.examples()]
INPUT_ONLY = ("csv applications", "json applications", "csv marks", "csv findings", "csv draws", "csv sheet")

pages = pytest.mark.parametrize("page", PAGES, ids=[page.language for page in PAGES])


@pytest.mark.parametrize(("page", "example"), EXAMPLES, ids=[example.name for _, example in EXAMPLES])
def test_every_snippet_does_what_the_page_says(
    page: Page, example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    check(page, example)


@pages
def test_every_snippet_is_of_a_known_kind(page: Page) -> None:
    named = re.compile(r"csv (sheet|variants) \w+")
    unknown = [
        f"{page.name}:{block.line}: {block.info}"
        for block in page.blocks
        if block.info not in KINDS and not named.fullmatch(block.info)
    ]
    assert unknown == []


@pages
def test_every_input_leads_to_something_that_is_told(page: Page) -> None:
    idle = [
        example.name
        for example in page.examples()
        if example.blocks and all(block.info.startswith(INPUT_ONLY) for block in example.blocks)
    ]
    assert idle == []


@pages
def test_output_stands_below_its_commands(page: Page) -> None:
    infos = [block.info for block in page.blocks]
    assert {before for before, info in itertools.pairwise(infos) if info == "text output"} == {"sh"}


@pages
def test_there_is_one_frame_and_it_is_a_rulebook(page: Page) -> None:
    frames = [block.text for block in page.blocks if block.info == "yaml frame"]
    assert [[*load(text.encode(), "frame").fields] for text in frames] == [["score", "requested"]]


def test_both_pages_show_the_same() -> None:
    """The same snippets with the same inputs and results, under headings of the same depth."""
    assert len({tuple(depth for depth, _ in page.headings) for page in PAGES}) == 1
    kinds = {tuple(block.info.partition("sheet")[0] for block in page.blocks) for page in PAGES}
    assert len(kinds) == 1
    numbers = [
        [block.text for block in page.blocks if block.info.startswith(("csv results", "csv variants"))]
        for page in PAGES
    ]
    assert numbers[0] == numbers[1]


@pages
def test_the_contents_lead_to_every_heading(page: Page) -> None:
    contents = page.text.split("\n## ")[1]
    expected = [words for depth, words in page.headings if depth in (2, 3)][1:]
    assert re.findall(r"\[(.+?)\]\(#(.+?)\)", contents) == [(words, anchor(words)) for words in expected]


def anchor(words: str) -> str:
    """The link of a heading as GitHub and GitLab make it."""
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


@pages
def test_every_link_leads_somewhere(page: Page) -> None:
    anchors = {anchor(words) for _, words in page.headings}
    targets = re.findall(r"\]\(([^)]+)\)", page.text)
    lost = [to for to in targets if to.startswith("#") and to[1:] not in anchors]
    lost += [to for to in targets if not to.startswith(("#", "http")) and not (FOLDER / to).exists()]
    assert lost == []


def reachable(annotation: Any, found: dict[type[Part], None]) -> dict[type[Part], None]:
    """Every part of the format that an annotation leads to."""
    if isinstance(annotation, type) and get_origin(annotation) is None and issubclass(annotation, Part):
        if annotation not in found:
            found[annotation] = None
            for info in annotation.model_fields.values():
                reachable(info.annotation, found)
    for inner in get_args(annotation):
        reachable(inner, found)
    return found


def own_keys(part: type[Part]) -> list[str]:
    """The keys a part does not inherit; that which tells it from its like stands in a heading."""
    return [name for name in part.__annotations__ if name in part.model_fields and name != tag(part)]


def tag(part: type[Part]) -> str:
    """The key that tells a part of several like it: they have a common base."""
    return next((key for key in ("kind", "type") if key in part.__annotations__ and part.__base__ is not Part), "")


PARTS = {
    owner.__name__.strip("_"): owner
    for part in reachable(RulebookFile, {})
    for owner in part.__mro__
    if owner is not Part and issubclass(owner, Part) and own_keys(owner)
}


@pages
def test_every_key_has_its_row(page: Page) -> None:
    """The tables of keys are those of the format: no part is missing, no key, none too many, in their order."""
    written = {name: [row.key for row in rows] for name, rows in page.tables().items()}
    assert written == {
        name: [f"`{part.model_fields[key].alias or key}`" for key in own_keys(part)] for name, part in PARTS.items()
    }


def rows(page: Page) -> list[tuple[str, Row, Any]]:
    """Every row of a table of keys, with the field of the format that it tells of."""
    found = []
    for name, table in page.tables().items():
        fields = {info.alias or key: info for key, info in PARTS[name].model_fields.items()}
        found += [(name, row, fields[row.key.strip("`")]) for row in table]
    return found


@pages
def test_every_row_states_the_default(page: Page) -> None:
    required = {"sl": "**obvezno**", "en": "**required**"}[page.language]
    wrong = [
        (name, row.key, row.default, spoken(info.get_default(call_default_factory=True)))
        for name, row, info in rows(page)
        if row.default != (required if info.is_required() else spoken(info.get_default(call_default_factory=True)))
    ]
    assert wrong == []


def spoken(default: Any) -> str:
    """A default as the tables write it."""
    if default is None or default in ((), {}) or isinstance(default, Part | Text):
        return "–"
    if isinstance(default, Rounding):
        return f"`{default.places}`"
    if isinstance(default, tuple):
        return "`[points]`"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return f"`{default if isinstance(default, str) else plain(default)}`"


@pages
def test_every_row_names_the_values_it_allows(page: Page) -> None:
    missing = [
        (name, row.key, option)
        for name, row, info in rows(page)
        for option in options(info.annotation)
        if f"`{option}`" not in row.value + row.meaning
    ]
    assert missing == []


def options(annotation: Any) -> list[str]:
    """The texts an annotation allows, where only some are allowed."""
    inner = get_args(annotation)
    return [one for one in inner if isinstance(one, str)] + [text for one in inner for text in options(one)]


@pages
def test_every_kind_has_a_heading_or_a_row(page: Page) -> None:
    kinds = [
        word
        for part in reachable(RulebookFile, {})
        if tag(part)
        for word in options(part.model_fields[tag(part)].annotation)
    ]
    assert len(kinds) == len(set(kinds)) + 1  # a choice is a kind of field and of criterion
    told = " ".join(words for _, words in page.headings) + page.text
    assert [word for word in kinds if f"`{word}`" not in told] == []


@pages
def test_every_name_is_told(page: Page) -> None:
    outcomes = {*map(str, Standing), "granted", "part", "no_money", "open_tie"}
    bounds = {REQUEST, LEVEL, BUDGET, MINIMUM}
    of_money = {"points", "ranking_points", "place", "lot_amount", "wanted"}
    names = {*of_money, *FUNCTIONS, *KEYWORDS, *MODES, *GIVEN, *outcomes, *bounds, *HEADER}
    assert sorted(name for name in names if not re.search(rf"`{name}\b[^`\n]*`", page.text)) == []


@pages
def test_every_command_on_rules_is_told(page: Page) -> None:
    options = [option for one in rules.evaluate.params for option in one.opts if option.startswith("--")]
    commands = [one for one in vars(rules).values() if isinstance(one, click.Command)]
    words = [*(f"razpis {one.name}" for one in commands), *options]
    assert len(commands) >= 5
    assert [word for word in words if not re.search(rf"`{word}\b|`[^`\n]* {word}\b", page.text)] == []


def test_the_short_path_names_what_the_template_holds() -> None:
    """Each place to change, ``call.deadline``, is there in the file one starts from."""
    template = yaml.safe_load(Path(FOLDER / "maribor-humanitarni-2026.yaml").read_text("utf-8"))
    for page in PAGES:
        places = re.findall(r"^\| [^|]+ \| `([a-z_.A-Z]+)` \|", page.text, re.MULTILINE)
        assert len(places) >= 8
        for place in places:
            value = template
            for step in place.split("."):
                value = value[step]


@pages
def test_every_example_of_a_real_call_is_listed(page: Page) -> None:
    files = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.yaml"))
    assert len(files) >= 2
    assert [name for name in files if f"]({name})" not in page.text] == []
