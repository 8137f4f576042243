"""The legal wording: text files a lawyer edits, checked when they are loaded, filled when a document is made.

Jinja2 in its sandbox fills the files, because a lawyer needs »if« and »for« and a wrong word must be found,
not printed: a placeholder is written ``{tako}``, a sentence that depends on a value ``{% if tako %}``.
The sandbox has no globals and three filters, so a text can do nothing but say itself. Every placeholder is
compared with the list of the document when the folder is loaded, so a typing mistake is reported with file
and line before any decision is made, also inside an »if« that seldom holds.

Layout marks at the start of a line: ``# `` and ``## `` headings, ``- `` an item of a list; an empty line
ends a paragraph; ``**bold**`` inside it. Marks inside inserted values are plain text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Literal

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from razpis.documents.fonts import missing_glyphs
from razpis.documents.format_sl import bind, ends_sentence, number_form, unstopped

# Private-use characters mark where an inserted value begins, ends and breaks its line; values cannot
# contain them, because the document font has no glyph for them.
_OPEN, _CLOSE, _BREAK = "\ue000", "\ue001", "\ue002"
_END_TWICE = re.compile(rf"(?<=[.!?…]){_CLOSE}((?:\*\*)?)\.(?!\.)")
_END_INSIDE = re.compile(rf"\.(?={_CLOSE}(?:\*\*)?(?:\)[.,;]|;))")
_TAGS_ONLY = re.compile(r"(?:\s|\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\})*")
_TAG_AT_END = re.compile(r"(?<![-+])([%#]\})\s*$")
_LABEL_LINE = re.compile(r"(\w+)\s*=\s*(.*\S)\s*")
_MARKS: Mapping[str, BlockKind] = MappingProxyType({"## ": "subheading", "# ": "heading", "- ": "item"})

BlockKind = Literal["heading", "subheading", "item", "paragraph"]
TextValue = str | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One paragraph, list item or heading of a filled text."""

    kind: BlockKind
    runs: tuple[Run, ...]

    @property
    def plain(self) -> str:
        """The words without weight."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class TextProblem:
    """What is wrong in which line of which file (line 0: the file as a whole)."""

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class LegalTextError(Exception):
    """The wording cannot be used; ``problems`` names files, lines and placeholders in Slovenian."""

    def __init__(self, problems: tuple[TextProblem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class TextPlan:
    """What the wording of one kind of document consists of: its files, placeholders and short labels."""

    files: frozenset[str]
    placeholders: frozenset[str]
    labels: frozenset[str]


class LegalTexts:
    """The loaded wording of one kind of document. Made by :func:`load_legal_texts`."""

    def __init__(self, folder: Path, templates: Mapping[str, Template], labels: Mapping[str, str]) -> None:
        self._folder = folder
        self._templates = templates
        self._labels = labels

    def label(self, key: str) -> str:
        """A short fixed word of the document, from ``oznake.txt``."""
        return self._labels[key]

    def blocks(self, name: str, values: Mapping[str, TextValue]) -> tuple[TextBlock, ...]:
        """Fill the file ``name`` with ``values``; a value left out may only stand inside an »if«.

        Raises :class:`LegalTextError` naming file, line and placeholder.
        """
        file = self._folder / f"{name}.txt"
        try:
            filled = self._templates[name].render(values)
        except UndefinedError as error:
            message = f"{error.message}; stavek zapišite v {{% if … %}}"
            raise LegalTextError((TextProblem(file, _line_of(error, file), message),)) from error
        except (TypeError, ValueError, SecurityError) as error:
            message = f"besedila ni mogoče sestaviti ({error})"
            raise LegalTextError((TextProblem(file, _line_of(error, file), message),)) from error
        return tuple(_block(mark, text) for mark, text in _split(_joined(filled)))


def load_legal_texts(folder: Path, plan: TextPlan) -> LegalTexts:
    """Load and check all files of ``plan``. Raises :class:`LegalTextError` with all problems at once."""
    environment = _environment()
    problems: list[TextProblem] = []
    templates: dict[str, Template] = {}
    for name in sorted(plan.files):
        file = folder / f"{name}.txt"
        source = _with_line_ends(_read(file, problems))
        found = tuple(_source_problems(environment, file, source, plan.placeholders))
        problems.extend(found)
        if not found:
            code = environment.compile(source, name=name, filename=str(file))
            templates[name] = Template.from_code(environment, code, {})
    labels = _labels(folder / "oznake.txt", plan.labels, problems)
    if problems:
        raise LegalTextError(tuple(problems))
    return LegalTexts(folder, MappingProxyType(templates), MappingProxyType(labels))


class _NoValue(StrictUndefined):
    """A placeholder without a value in this document: false in an »if«, an error when printed."""

    def __bool__(self) -> bool:  # type: ignore[override] # the stricter parent always raises
        return False

    @property
    def _undefined_message(self) -> str:
        return f"mesto {{{self._undefined_name}}} v tem dokumentu nima vrednosti"


def _environment() -> ImmutableSandboxedEnvironment:
    # Text for print, not for a web page: nothing is escaped, and the marks of the layout guard themselves.
    environment = ImmutableSandboxedEnvironment(
        variable_start_string="{",
        variable_end_string="}",
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=_NoValue,
        finalize=_inserted,
        autoescape=False,
    )
    environment.globals.clear()
    environment.tests = {name: environment.tests[name] for name in ("eq", "ne", "lt", "gt", "le", "ge")}
    environment.filters = {"oblika": number_form, "skupaj": _listed, "našteto": _enumerated}
    return environment


def _inserted(value: Any) -> Any:
    """Fence an inserted value, so that nothing inside it is read as a mark of the layout."""
    if isinstance(value, _NoValue):
        return value  # Jinja prints it next, which raises with its name
    if isinstance(value, bool | tuple):
        raise TypeError("seznam sodi v {% for … %}, pogoj v {% if … %}")
    return _OPEN + str(value).replace("\n", _BREAK) + _CLOSE


def _listed(items: tuple[str, ...]) -> str:
    """Items in a row, the full stop of each but the last left out."""
    return ", ".join([*map(unstopped, items[:-1]), *items[-1:]])


def _enumerated(items: tuple[str, ...]) -> str:
    """Items in a row as a sentence names them, »in« before the last."""
    named = [*map(unstopped, items)]
    return " in ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))


def _joined(filled: str) -> str:
    """One full stop where a value that has its own meets that of the sentence or of brackets: a value may be a whole
    sentence or some words. A value in quotation marks stays as it is."""
    once = _END_TWICE.sub(rf"{_CLOSE}\1", filled)
    return _END_INSIDE.sub(lambda match: "" if ends_sentence(once, match.start()) else ".", once)


def _read(file: Path, problems: list[TextProblem]) -> str:
    try:
        return unicodedata.normalize("NFC", file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        problems.append(TextProblem(file, 0, f"datoteke ni mogoče prebrati kot besedilo UTF-8 ({error})"))
        return ""


def _with_line_ends(source: str) -> str:
    """Keep the line end after a tag that shares its line with words: Jinja's ``trim_blocks`` would swallow it
    and join two paragraphs. A line of tags alone leaves no empty line behind."""
    lines = source.split("\n")
    return "\n".join(line if _TAGS_ONLY.fullmatch(line) else _TAG_AT_END.sub(r"+\1", line) for line in lines)


def _source_problems(
    environment: ImmutableSandboxedEnvironment, file: Path, source: str, known: frozenset[str]
) -> Iterator[TextProblem]:
    """What can be said about a file without any values: syntax, names, characters, bold marks."""
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        yield TextProblem(file, error.lineno, f"napaka v zapisu oznake {{ }}: {error.message}")
        return
    local = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in known | local:
            yield TextProblem(file, name.lineno, f"neznano mesto {{{name.name}}}; znana so v README.md")
    for call in tree.find_all((nodes.Filter, nodes.Test)):
        table = environment.filters if isinstance(call, nodes.Filter) else environment.tests
        if call.name not in table:
            yield TextProblem(file, call.lineno, f"neznana pretvorba »{call.name}«")
    for number, line in enumerate(source.splitlines(), start=1):
        if line.count("**") % 2:
            yield TextProblem(file, number, "krepko se v vrstici začne in ne konča (**)")
        for glyph in missing_glyphs("besedila", line.replace("\t", " ")):
            yield TextProblem(file, number, str(glyph))


def _labels(file: Path, expected: frozenset[str], problems: list[TextProblem]) -> dict[str, str]:
    """Read ``key = words`` lines; an unknown, double or missing key is a problem."""
    labels: dict[str, str] = {}
    for number, line in enumerate(_read(file, problems).splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LABEL_LINE.fullmatch(line)
        if match is None:
            problems.append(TextProblem(file, number, "pričakujem »oznaka = besedilo«"))
        elif match[1] not in expected or match[1] in labels:
            problems.append(TextProblem(file, number, f"oznaka »{match[1]}« je neznana ali zapisana dvakrat"))
        else:
            labels[match[1]] = match[2]
            problems.extend(TextProblem(file, number, str(glyph)) for glyph in missing_glyphs("oznake", match[2]))
    problems.extend(TextProblem(file, 0, f"manjka oznaka »{key}«") for key in sorted(expected - labels.keys()))
    return labels


def _line_of(error: BaseException, file: Path) -> int:
    """The line of the text file where the error rose: Jinja writes it into the traceback."""
    line = 0
    frame: TracebackType | None = error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == str(file):
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


def _split(filled: str) -> Iterator[tuple[BlockKind, str]]:
    """Cut a filled text into its paragraphs; a marked line begins one, an empty line ends one."""
    kind: BlockKind = "paragraph"
    lines: list[str] = []
    for line in [*filled.split("\n"), ""]:
        mark = next((mark for mark in _MARKS if line.startswith(mark)), "")
        if lines and (mark or not line.strip() or kind in ("heading", "subheading")):
            yield kind, " ".join(lines)
            lines = []
        if line.strip():
            if not lines:
                kind = _MARKS[mark] if mark else "paragraph"
            lines.append(line.removeprefix(mark).strip())


def _block(kind: BlockKind, text: str) -> TextBlock:
    """Turn the bold marks outside inserted values into runs."""
    runs: list[Run] = []
    bold = False
    inside = False
    for piece in re.split(rf"(\*\*|{_OPEN}|{_CLOSE})", text):
        if piece in (_OPEN, _CLOSE):
            inside = piece == _OPEN
        elif piece == "**" and not inside:
            bold = not bold
        elif piece:
            words = piece.replace(_BREAK, "\n")
            if runs and runs[-1].bold == bold:
                runs[-1] = Run(runs[-1].text + words, bold)
            else:
                runs.append(Run(words, bold))
    return TextBlock(kind, tuple(Run(bind(run.text), run.bold) for run in runs))
