"""What is wrong with a file that is no YAML, in words: where the fault begins, and what to write there."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from razpis.engine.problems import Place, Problem, Text


class Quoted(NamedTuple):
    """A text in quotes that runs over several lines: where it opens and where it ends, lines from 0."""

    opens: int
    ends: int


_TAB = Text("za zamik uporabite presledke, ne tabulatorja", "indent with spaces, not with a tab")
_OPEN_QUOTE = Text(
    "narekovaj, ki se odpre tu, do konca datoteke ni zaprt; zaprite ga na koncu besedila",
    "the quotation mark that opens here is not closed before the end of the file; close it at the end of the text",
)
_COLON = Text(
    "dvopičje tu ni dovoljeno; besedilo z dvopičjem dajte v narekovaje",
    "a colon is not allowed here; put a text with a colon in quotes",
)
_COLON_OR_INDENT = Text(
    "dvopičje tu ni dovoljeno; vrstica je preveč zamaknjena, v vrstici nad njo manjka dvopičje ali pa besedilo z "
    "dvopičjem ni v narekovajih",
    "a colon is not allowed here; the line is indented too far, the line above has no colon, or a text with a colon "
    "is not in quotes",
)
_INDENT = Text(
    "zamik vrstice se ne ujema z vrsticami nad njo; poravnajte jo z njimi",
    "the line is not indented as the lines above; align it with them",
)
_ENDED = Text(
    "tu se je vrednost že končala; kar sledi, izbrišite ali pa celo besedilo dajte v narekovaje (narekovaj v njem "
    "zapišite dvakrat)",
    "the value has ended here; delete what follows or put the whole text in quotes (write a quotation mark inside it "
    "twice)",
)
_MISSING = Text(
    "tu manjka vejica, oklepaj ali nova vrstica, ali pa je zamik napačen",
    "a comma, a bracket or a new line is missing here, or the indentation is wrong",
)
_WORDS = (
    (
        "block sequence entries are not allowed",
        Text("seznam se začne v novi vrstici, z zamikom", "a list begins on a new line, indented"),
    ),
    ("could not find expected ':'", Text("manjka dvopičje za imenom", "the colon after the name is missing")),
    (
        "found unexpected ':'",
        Text("za dvopičjem manjka presledek ali vrednost", "a blank or a value is missing after the colon"),
    ),
    (
        "found character that cannot start",
        Text(
            "s tem znakom se vrednost ne more začeti; dajte jo v narekovaje",
            "a value cannot begin with this character; put it in quotes",
        ),
    ),
    (
        "alphabetic or numeric character",
        Text("besedilo, ki se začne z & ali *, dajte v narekovaje", "put a text that begins with & or * in quotes"),
    ),
    (
        "escape",
        Text(
            "za znakom \\ v dvojnih narekovajih stoji napačen znak; uporabite enojne narekovaje",
            "a wrong character follows \\ in double quotes; use single quotes",
        ),
    ),
    ("did not find expected", _MISSING),
)


def broken(name: str, text: str, error: yaml.MarkedYAMLError, last: Quoted | None) -> Problem:
    """The parser's ``error`` at its place, an open quotation mark where it opens.

    ``last``: the last text in quotes over several lines that was read before.
    """
    mark, said = error.problem_mark, error.problem
    assert mark is not None and said is not None
    if said == "found unexpected end of stream" and error.context_mark is not None:
        mark, words = error.context_mark, _OPEN_QUOTE
    elif text[mark.index : mark.index + 1] == "\t":
        words = _TAB
    elif last is not None and last.ends == mark.line:
        words = _late(last)
    else:
        words = _said(text, error)
    return Problem(Place(name, mark.line + 1, mark.column + 1), Text("YAML: ", "YAML: ") + words)


def _late(last: Quoted) -> Text:
    """A closing quotation mark that was forgotten: the opening one of a later text closes it."""
    line = last.opens + 1
    return Text(
        f"narekovaj iz vrstice {line} se zapre šele v tej vrstici; najbrž manjka zaključni narekovaj v vrstici {line}",
        f"the quotation mark of line {line} is closed only on this line; line {line} most likely lacks a closing one",
    )


def _said(text: str, error: yaml.MarkedYAMLError) -> Text:
    mark, said = error.problem_mark, str(error.problem)
    assert mark is not None
    before = text[mark.index - mark.column : mark.index]
    if "mapping values are not allowed" in said:
        return _COLON if ": " in before else _COLON_OR_INDENT
    if said.startswith("did not find expected ','"):
        return _bracket(said[-2], text[mark.index : mark.index + 1], error)
    if said in ("did not find expected key", "did not find expected '-' indicator"):
        return _ENDED if before.strip() else _INDENT
    unknown = Text(f"nepravilen zapis ({said})", said)
    return next((words for part, words in _WORDS if part in said), unknown)


def _bracket(closing: str, at: str, error: yaml.MarkedYAMLError) -> Text:
    """Between brackets: a comma is missing, the closing one, or the quotes of a text."""
    opened, mark = error.context_mark, error.problem_mark
    assert opened is not None and mark is not None
    if opened.line < mark.line:
        line = opened.line + 1
        return Text(
            f"oklepaj iz vrstice {line} ni zaprt: manjka »{closing}« ali vejica, ali pa besedilo z dvopičjem ni v "
            "narekovajih",
            f"the bracket of line {line} is not closed: '{closing}' or a comma is missing, or a text with a colon is "
            "not in quotes",
        )
    if at == ":":
        return _COLON + Text(", vrednosti pa ločite z vejico", ", and separate values with a comma")
    return Text(
        f"tu manjka vejica ali zaključni »{closing}«; izraz ali besedilo z znakom : , [ ali {{ dajte v narekovaje",
        f"a comma or the closing '{closing}' is missing here; put an expression or a text with : , [ or {{ in quotes",
    )
