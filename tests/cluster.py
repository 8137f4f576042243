"""A PostgreSQL cluster for one run of the tests: made, started on a free port, thrown away."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


def _program(name: str) -> str:
    """The newest installed server's program, wherever Debian keeps it."""
    found = shutil.which(name) or next(
        iter(sorted(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}")))[::-1]), None
    )
    assert found is not None, f"{name} is missing: `make test` installs the server"
    return found


def _run(*command: str) -> None:
    """Run as the server's user where we are root: PostgreSQL refuses to run as root."""
    user = USER if os.geteuid() == 0 else None
    subprocess.run(command, check=True, cwd="/", user=user, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a running cluster, without the name of a database."""
    folder = Path(tempfile.mkdtemp(prefix="razpis-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, USER)
    data, port = folder / "data", free_port()
    try:
        _run(
            _program("initdb"),
            "-D",
            str(data),
            "-A",
            "trust",
            "-U",
            "razpis",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        settings = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
        _run(_program("pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", settings, "start")
        try:
            yield f"postgresql+psycopg://razpis@127.0.0.1:{port}"
        finally:
            _run(_program("pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
