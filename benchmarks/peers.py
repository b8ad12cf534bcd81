"""Servers of one release's statements on loopback: ours, and others that were installed here.

`oxigraph serve-read-only` reads a copy of the release's own store, so that both have the same
indexes: each statement in its graph, and their union in the default graph. Virtuoso loads data.nq
and metadata.nq; its default graph is the union of all.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

SERVE: Final = "import sys; from kg.cli import main; sys.exit(main())"
CONFIGURED: Final = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CaseMode = 2
IndexTreeMaps = 64
MaxQueryMem = 2G
VectorSize = 1000
MaxVectorSize = 1000000
AdjustVectorSize = 0
ThreadsPerQuery = 4
AsyncQueueMaxThreads = 10
DirsAllowed = {release}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
ServerThreads = 20
HTTPThreadSize = 280000
Charset = UTF-8
MaxKeepAlives = 20
KeepAliveTimeout = 60
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryCostEstimationTime = 40000
MaxQueryExecutionTime = 600
"""
"""As Virtuoso's own example has it for 2 GB, and nothing that stops a query early.

Without its CaseMode the answer of an ASK would be a table.
"""
LOAD: Final = """ld_dir('{release}', 'data.nq', 'urn:none');
ld_dir('{release}', 'metadata.nq', 'urn:none');
rdf_loader_run();
checkpoint;
"""
BEGIN: Final = 120
"""Seconds in which a server has begun."""
QUIET: Final = 4
LITTLE: Final = 0.03
"""A server is at rest that has computed less than these seconds in each of so many half seconds."""
TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers, and the seconds from its start until it did."""

    name: str
    port: int
    path: str
    began: float
    pid: int


@contextmanager
def whoholds(workspace: Path) -> Iterator[Server]:
    """Ours, over the current release of a workspace, with the limits that it sets."""
    port = _free()
    words = [sys.executable, "-c", SERVE, "serve", "-w", str(workspace), "--port", str(port)]
    with _running("whoholds", words, port, "/sparql") as server:
        yield server


@contextmanager
def oxigraph(program: str, release: Path, folder: Path) -> Iterator[Server]:
    """Oxigraph over the release's store, copied into a folder where it is not there yet."""
    if not (folder / "oxigraph").exists():
        shutil.copytree(release / "store", folder / "oxigraph")
    port = _free()
    words = [program, "serve-read-only", "-l", str(folder / "oxigraph"), "-b", f"127.0.0.1:{port}"]
    with _running("oxigraph", words, port, "/query") as server:
        yield server


@contextmanager
def virtuoso(program: str, release: Path, folder: Path) -> Iterator[Server]:
    """Virtuoso over the release's statements, loaded into a folder where they are not there yet."""
    home = folder / "virtuoso"
    new = not home.exists()
    home.mkdir(exist_ok=True)
    port, sql = _free(), _free()
    configured = CONFIGURED.format(port=port, sql=sql, release=release.resolve())
    (home / "virtuoso.ini").write_text(configured, "utf-8")
    (home / "virtuoso.lck").unlink(missing_ok=True)
    words = [program, "+foreground", "+configfile", "virtuoso.ini"]
    with _running("Virtuoso", words, port, "/sparql", home) as server:
        if new:
            isql = str(Path(program).with_name("isql-vt"))
            asked = [isql, f"127.0.0.1:{sql}", "dba", "dba"]
            loads = LOAD.format(release=release.resolve())
            subprocess.run(asked, input=loads, text=True, check=True, stdout=subprocess.DEVNULL)
        yield server


def rest(*servers: Server) -> None:
    """Waits until servers that have begun compute nothing more, such as ours its dear pages."""
    before, quiet = -1.0, 0
    while quiet < QUIET:
        time.sleep(0.5)
        now = sum(_computed(server.pid) for server in servers)
        quiet = quiet + 1 if now - before < LITTLE else 0
        before = now


def _computed(pid: int) -> float:
    """Seconds of computing of a process, and of those that it has begun."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        begun = [one for thread in threads for one in thread.read_text("ascii").split()]
    except OSError:  # it has ended meanwhile
        return 0
    return sum(map(int, fields[11:13])) / TICKS + sum(_computed(int(one)) for one in begun)


@contextmanager
def _running(
    name: str, words: list[str], port: int, path: str, folder: Path | None = None
) -> Iterator[Server]:
    begin = time.perf_counter()
    with subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL) as process:
        try:
            while not _answers(port, path):
                if process.poll() is not None or time.perf_counter() - begin > BEGIN:
                    raise SystemExit(f"{name} does not begin: {' '.join(words)}")
                time.sleep(0.01)
            yield Server(name, port, path, time.perf_counter() - begin, process.pid)
        finally:
            process.terminate()


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", f"{path}?query=ASK%7B%7D")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
