"""Oxigraph as a server: a SPARQL endpoint of other people's making, started by a test."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NEAR = Path(sys.executable).with_name("oxigraph")
PROGRAM = str(NEAR) if NEAR.is_file() else shutil.which("oxigraph")


@contextmanager
def oxigraph(statements: Path, folder: Path) -> Iterator[str]:
    """The endpoint of a server that knows a file of N-Triples, kept in a folder."""
    load = [PROGRAM, "load", "--lenient", "--location", str(folder), "--file", str(statements)]
    subprocess.run(load, check=True, capture_output=True, timeout=60)
    port = _free()
    words = [PROGRAM, "serve-read-only", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(port, process)
            yield f"http://127.0.0.1:{port}/query"
        finally:
            process.kill()


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def _wait(port: int, process: subprocess.Popen) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise AssertionError("oxigraph does not answer")
