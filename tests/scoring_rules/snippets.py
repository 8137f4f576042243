"""A snippet of the pages put to work: its files written, read and evaluated as `razpis` does it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from razpis.cli import main
from razpis.engine.evaluation import Evaluation
from razpis.engine.expressions import EvaluationFault, ExpressionFault, Missing, compile_expression
from razpis.engine.problems import Language, Problems
from razpis.exports.evaluation_json import evaluation_json, plain
from razpis.exports.results_csv import results_csv
from razpis.services.rules import checking, evaluating
from razpis.services.rules.evaluating import Inputs
from tests.scoring_rules.page import INPUTS, Block, Example, Page, parts

FILES = {
    "sl": ("pravila.yaml", "vloge", "ocene.csv", "ugotovitve.csv", "zrebi.csv"),
    "en": ("rules.yaml", "applications", "marks.csv", "findings.csv", "draws.csv"),
}
NOTHING = Path("-")


def completed(page: Page, example: Example) -> str:
    """The rulebook's text; parts it leaves out follow from the frame."""
    given = parts(example.rulebook.text)
    left_out = [] if "fields" in given else [key for key in ("fields", "criteria") if key not in given]
    left_out += [] if "call" in given else ["call"]
    return example.rulebook.text + "".join(page.frame[key] for key in left_out)


def written(page: Page, example: Example) -> Inputs:
    """The files of an example, written to the folder of the test."""
    rulebook, applications, *others = FILES[page.language]
    Path(rulebook).write_text(completed(page, example), "utf-8")
    marks, findings, draws = (
        _of_commission(example, role, name) for role, name in zip(INPUTS[1:], others, strict=True)
    )
    return Inputs(Path(rulebook), _applications(example, applications), marks, findings, draws)


def _of_commission(example: Example, role: str, name: str) -> Path | None:
    blocks = example.of(f"csv {role}")
    assert len(blocks) <= 1, f"{example.name}: {role} stand twice"
    for block in blocks:
        Path(name).write_text(block.text, "utf-8")
    return Path(name) if blocks else None


def _applications(example: Example, name: str) -> Path:
    sheets = example.of("csv sheet")
    stated = [*example.of("csv applications"), *example.of("json applications"), *sheets[:1]]
    assert len(stated) <= 1, f"{example.name}: applications stand twice"
    if sheets:
        _workbook(sheets).save(f"{name}.xlsx")
        return Path(f"{name}.xlsx")
    for block in stated:
        path = Path(f"{name}.{block.info.split()[0]}")
        path.write_text(block.text, "utf-8")
        return path
    return NOTHING


def _workbook(sheets: list[Block]) -> openpyxl.Workbook:
    """A workbook with a sheet for every block, in their order; all its cells are texts."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for block in sheets:
        sheet = book.create_sheet(block.info.split()[2])
        for row in csv.reader(io.StringIO(block.text)):
            sheet.append(row)
    return book


def check(page: Page, example: Example) -> None:
    """The example gives what the page says of it."""
    broken = example.of("text messages")
    if broken:
        assert _messages(page, example) == "".join(block.text for block in broken).splitlines()
        return
    assert example.rulebook.info == "yaml rulebook", "a broken rulebook without its messages"
    inputs = written(page, example)
    checked = checking.check(inputs.rulebook)
    assert checked.examples.problems == ()
    for block in example.of("text warnings"):
        assert [one.line(page.language) for one in checked.rulebook.warnings] == block.text.splitlines()
    for block in example.of("csv results"):
        _check_results(page, example, block)
    for block in example.of("csv variants"):
        _check_variants(page, example, block)
    for block in example.of("text sha256"):
        _check_hashes(block)
    _check_evaluation(page, example)
    for block in example.of("sh"):
        _check_commands(page, example, block)


def _messages(page: Page, example: Example) -> list[str]:
    """What is wrong with the example, as `razpis` says it."""
    inputs = written(page, example)
    with pytest.raises(Problems) as found:
        raise Problems(checking.check(inputs.rulebook).examples.problems)
    if inputs.applications != NOTHING:
        with pytest.raises(Problems) as found:
            evaluating.run(inputs)
    return [problem.line(page.language) for problem in found.value.problems]


def _check_results(page: Page, example: Example, block: Block) -> None:
    """The stated columns of `results.csv`, to the letter."""
    given = _results(written(page, example))
    stated = list(csv.reader(io.StringIO(block.text)))
    columns = [given[0].index(name) for name in stated[0]]
    assert [[row[column] for column in columns] for row in given] == stated


def _results(inputs: Inputs) -> list[list[str]]:
    """The rows of `results.csv`; the result must be certified."""
    evaluation = evaluating.run(inputs).evaluation
    assert evaluation.certificate.failing == ()
    return list(csv.reader(io.StringIO(results_csv(evaluation).decode())))


def _check_variants(page: Page, example: Example, block: Block) -> None:
    """One column of `results.csv`, an application in each column, a value of the rulebook in each row."""
    column = block.info.split()[2]
    (path, *ids), *rows = csv.reader(io.StringIO(block.text))
    for value, *stated in rows:
        head, *given = _results(replace(written(page, example), changes=(f"{path}={value}",)))
        found = {row[head.index("id")]: row[head.index(column)] for row in given}
        assert [found[id_] for id_ in ids] == stated, f"{path}={value}"


def _check_evaluation(page: Page, example: Example) -> None:
    """Stated places of `evaluation.json`, and expressions over the facts of the first application."""
    if not (example.of("text evaluation") or example.of("text expressions")):
        return
    evaluated = evaluating.run(written(page, example))
    document = json.loads(evaluation_json(evaluated.evaluation, evaluated.hashes))
    for block in example.of("text evaluation"):
        for line in block.text.splitlines():
            path, _, value = line.partition(" = ")
            assert _shown(_inside(document, path.strip())) == value, path
    for block in example.of("text expressions"):
        for line in block.text.splitlines():
            _check_expression(page.language, evaluated.evaluation, line)


def _inside(document: Any, path: str) -> Any:
    """What stands at ``lines.V-1.award``: an item of a list by its number, or by its id, key or lot."""
    for step in path.split("."):
        if isinstance(document, list) and not re.fullmatch(r"-?\d+", step):
            document = next(item for item in document if step in (item.get("id"), item.get("key"), item.get("lot")))
        else:
            document = document[int(step)] if isinstance(document, list) else document[step]
    return document


def _shown(value: Any) -> str:
    """A text as it is, anything else as JSON; a blank that does not break stands as a plain one."""
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).replace("\u00a0", " ")


def _check_expression(language: Language, evaluation: Evaluation, line: str) -> None:
    """``EXPRESSION → VALUE`` or ``EXPRESSION ✗ MESSAGE``."""
    source, sign, stated = re.split(r"\s+(→|✗)\s+", line, maxsplit=1)
    try:
        value = compile_expression(source, evaluation.rulebook.kinds).value(evaluation.lines[0].score.facts)
    except (ExpressionFault, EvaluationFault) as fault:
        found = f"✗ {fault.text[language]}"
    except Missing as fact:
        found = f"✗ {fact.name}"
    else:
        found = f"→ {_shown(plain(value))}"
    assert found == f"{sign} {stated}", source


def _check_hashes(block: Block) -> None:
    """``TEXT → the beginning of its SHA-256 …``."""
    for line in block.text.splitlines():
        text, _, beginning = line.partition(" → ")
        assert hashlib.sha256(text.strip().encode()).hexdigest().startswith(beginning.rstrip(" …")), text


def _check_commands(page: Page, example: Example, block: Block) -> None:
    """Every command is run beside the example's files; ``…`` in its output stands for anything."""
    output = ""
    for line in block.text.splitlines():
        program, *arguments = shlex.split(line, comments=True)
        assert program == "razpis", "only razpis is run here"
        done = CliRunner(env={"RAZPIS_LANG": page.language}).invoke(main, arguments)
        assert done.exit_code == 0, done.output
        output += done.output
    following = example.blocks[example.blocks.index(block) + 1 :][:1]
    if following and following[0].info == "text output":
        given = "".join(f"{line.rstrip()}\n" for line in output.replace("\u00a0", " ").splitlines())
        assert re.fullmatch(_pattern(following[0].text), given), output


def _pattern(stated: str) -> str:
    """A ``…`` stands for anything on its line, and alone on a line for any lines."""
    return re.escape(stated).replace("\n…\\\n", "\n(.*\n)*?").replace("…", ".*")
