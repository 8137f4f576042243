"""Reads a PDF back the way others do: poppler for text and structure, so that no reader of ours is trusted."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory


def page_text(pdf: bytes) -> str:
    """All text in the order of the content, as ``pdftotext`` gives it."""
    return _run("pdftotext", pdf, "-")


@lru_cache(maxsize=16)  # poppler takes most of a second for a structure tree
def structure(pdf: bytes) -> str:
    """The structure tree with its text, as ``pdfinfo -struct-text`` gives it."""
    return _run("pdfinfo", pdf, before=("-struct-text",))


def structure_words(pdf: bytes) -> str:
    """Only the text of the structure tree, in reading order, white space as single spaces."""
    lines = (line.strip() for line in structure(pdf).splitlines())
    return " ".join(" ".join(line[1:-1] for line in lines if line.startswith('"')).split())


def qr_codes(pdf: bytes) -> list[str]:
    """What a camera reads in QR codes of the last page, at 150 dots an inch."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "document.pdf"
        file.write_bytes(pdf)
        pages = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True, timeout=60).stdout
        last = re.search(r"^Pages: +(\d+)$", pages, re.MULTILINE)
        assert last is not None
        page = ("-r", "150", "-f", last[1], "-l", last[1], "-gray", "-singlefile")
        subprocess.run(["pdftoppm", *page, file, Path(folder) / "page"], check=True, timeout=60)
        command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", f"{folder}/page.pgm"]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout.splitlines()


def attached(pdf: bytes) -> dict[str, bytes]:
    """Embedded files by name, as ``pdfdetach`` saves them."""
    with TemporaryDirectory() as folder:
        file, out = Path(folder) / "document.pdf", Path(folder) / "out"
        out.mkdir()
        file.write_bytes(pdf)
        subprocess.run(["pdfdetach", "-saveall", "-o", out, file], check=True, capture_output=True, timeout=60)
        return {one.name: one.read_bytes() for one in out.iterdir()}


def _run(tool: str, pdf: bytes, *after: str, before: tuple[str, ...] = ()) -> str:
    path = shutil.which(tool)
    if path is None:
        raise RuntimeError(f"{tool} is missing: `apt-get install poppler-utils`")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "document.pdf"
        file.write_bytes(pdf)
        done = subprocess.run([path, *before, str(file), *after], capture_output=True, check=True, timeout=60)
    assert done.stderr == b"", done.stderr
    return done.stdout.decode()
