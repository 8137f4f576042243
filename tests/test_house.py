"""The laws of the house that no linter knows, read off the tree itself."""

from __future__ import annotations

import ast
import configparser
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PURE = ("engine", "procedure")
ASSETS = ("scoring_rules", "static", "templates")
FORBIDDEN_ROOMS = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}
PURE_LIBRARIES = {"engine": {"yaml", "pydantic", "pydantic_core"}, "procedure": {"holidays", "stdnum"}}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def modules(*rooms: str) -> tuple[tuple[str, ast.Module], ...]:
    """Path and syntax tree of every module of razpis, or of the given rooms of it."""
    if rooms:
        chosen = tuple(one for one in modules() if one[0].split("/")[1] in rooms)
        assert {path.split("/")[1] for path, _ in chosen} == set(rooms), "this law would hold for nothing"
        return chosen
    paths = sorted((ROOT / "razpis").rglob("*.py"))
    return tuple((str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))) for path in paths)


def imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Every import statement at or under a node."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))


def imported_names(tree: ast.Module) -> Iterator[str]:
    """The absolute names a module imports; relative imports stay inside the package and are left out."""
    for node in imports(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif node.level == 0 and node.module:
            yield node.module


def setup_cfg() -> configparser.ConfigParser:
    """The package's metadata as setuptools reads it."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", "utf-8")
    return config


def make_targets() -> set[str]:
    """The targets that `make help` shows."""
    return set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def distribution(requirement: str) -> str:
    """The normalised project name at the start of a requirement line."""
    return re.split(r"[^\w.-]", requirement.strip())[0].lower().replace("_", "-")


def test_every_module_opens_by_saying_what_it_is_for() -> None:
    silent = [path for path, tree in modules() if not ast.get_docstring(tree)]
    assert silent == []


def test_no_file_is_past_400_lines() -> None:
    paths = [p for room in ("razpis", "tests", "bench", "tools") for p in (ROOT / room).rglob("*.py")]
    paths += (ROOT / "templates").rglob("*.html")
    paths = [path for path in paths if "migrations" not in path.parts]  # written by Alembic
    assert Path(__file__) in paths
    lengths = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in paths}
    assert {path: lines for path, lines in lengths.items() if lines > 400} == {}


def test_no_function_of_the_pure_rooms_is_past_40_lines() -> None:
    found = [
        (path, node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for path, tree in modules(*PURE)
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS)
    ]
    assert found
    assert [f"{path}: {name}, {lines} lines" for path, name, lines in found if lines > 40] == []


def test_no_float_in_the_pure_rooms() -> None:
    floats = [
        f"{path}:{node.lineno}"
        for path, tree in modules(*PURE)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]
    assert floats == []


def test_no_import_inside_a_function() -> None:
    hidden = {
        f"{path}:{statement.lineno}"
        for path, tree in modules()
        for function in ast.walk(tree)
        if isinstance(function, FUNCTIONS)
        for statement in imports(function)
    }
    assert hidden == set()


def test_no_room_is_a_drawer_for_everything() -> None:
    drawers = [path for path, _ in modules() if FORBIDDEN_ROOMS & set(Path(path).with_suffix("").parts)]
    assert drawers == []


@pytest.mark.parametrize("room", [room for room in PURE if (ROOT / "razpis" / room).is_dir()])
def test_a_pure_room_imports_only_its_own_libraries(room: str) -> None:
    allowed = PURE_LIBRARIES[room] | sys.stdlib_module_names | {f"razpis.{room}", "__future__"}
    strangers = [
        f"{path}: {name}"
        for path, tree in modules(room)
        for name in imported_names(tree)
        if not {name.split(".")[0], ".".join(name.split(".")[:2])} & allowed
    ]
    assert strangers == []


def test_the_engine_loads_without_web_database_or_pdf() -> None:
    program = (
        "import importlib, pkgutil, sys, razpis.engine as engine\n"
        "names = [m.name for m in pkgutil.walk_packages(engine.__path__, 'razpis.engine.')]\n"
        "for name in names: importlib.import_module(name)\n"
        "print(len(names), sorted({'flask', 'sqlalchemy', 'reportlab', 'jinja2'} & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    count, loaded = (run.stdout.strip() or "0 nothing").split(" ", 1)
    assert run.stderr == ""
    assert int(count) > 0
    assert loaded == "[]"


def test_every_package_is_named_in_setup_cfg() -> None:
    """setuptools searches or maps, not both; a package left out would be missing in the wheel."""
    listed = {name for name in setup_cfg()["options"]["packages"].split() if "._assets." not in name}
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "razpis").rglob("__init__.py")}
    assert listed == found


@pytest.mark.slow
def test_the_wheel_holds_every_module_template_and_rulebook(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for folder in ("razpis", *ASSETS):
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--wheel-dir", tmp_path, source], check=True)
    (wheel,) = tmp_path.glob("razpis-*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    modules_there = {str(path.relative_to(source)) for path in (source / "razpis").rglob("*") if path.is_file()}
    assets_there = {
        f"razpis/_assets/{path.relative_to(source)}"
        for folder in ASSETS
        for path in (source / folder).rglob("*")
        if path.is_file()
    }
    assert assets_there
    assert packed == modules_there | assets_there


def test_every_folder_of_modules_is_a_package() -> None:
    bare = {str(Path(path).parent) for path, _ in modules() if not (ROOT / path).with_name("__init__.py").exists()}
    assert bare == set()


def test_the_lock_pins_and_hashes_all_that_setup_cfg_asks_for() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    config = setup_cfg()
    asked = config["options"]["install_requires"] + config["options.extras_require"]["test"]
    blocks = re.findall(r"^(\S+)==\S+ .*\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", lock, re.MULTILINE)
    assert len(blocks) == len(re.findall(r"^\w", lock, re.MULTILINE))
    assert {distribution(line) for line in asked.split("\n") if line} <= {name for name, _ in blocks}
    assert re.findall(r"://|^--|@ |file:", lock, re.MULTILINE) == []


def test_the_readme_begins_with_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"```\w*\n(.*?)```", readme, re.DOTALL)
    assert block, "README.md has no block of commands"
    assert readme[: block.start()].count("\n") < 20
    commands = [line.split("#")[0].strip() for line in block[1].splitlines()]
    assert [command for command in commands if command.startswith("make")] == ["make demo", "make test"]


def test_the_makefile_has_every_target_it_and_the_readme_promise() -> None:
    promised = {"help", "demo", "test", "check", "replay", "bench", "lock", "clean"}
    named = set(re.findall(r"`make ([a-z]+)", (ROOT / "README.md").read_text("utf-8")))
    assert promised | named <= make_targets()


def test_the_build_server_runs_what_everybody_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert script.read_text("utf-8").splitlines()[-1] == "make test"
