"""A real `whoholds serve` in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from urllib.parse import urlencode

COMMAND = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())"]
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers, and where its log is."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    def get(self, path: str, wait: float = 20, **headers: str) -> tuple[int, HTTPMessage, str]:
        """The status, the headers and the text at a path."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=wait)
        try:
            connection.request("GET", path, headers={"Accept": "application/json"} | headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    def ask(self, query: str, wait: float = 20, **headers: str) -> tuple[int, HTTPMessage, str]:
        """The same of a query."""
        return self.get(f"/sparql?{urlencode({'query': query})}", wait, **headers)

    def answers(self, path: str) -> bool:
        """Whether anybody answers at all."""
        try:
            return bool(self.get(path))
        except OSError:
            return False

    def children(self) -> list[int]:
        """The processes that it has begun, and those that these have begun."""
        return _children(self.process.pid)


def _children(parent: int) -> list[int]:
    found = list[int]()
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        with suppress(OSError):  # it has ended meanwhile
            found += map(int, task.read_text("ascii").split())
    return [each for pid in found for each in (pid, *_children(pid))]


@contextmanager
def serving(root: Path, settings: str = "", command: Sequence[str] = COMMAND) -> Iterator[Served]:
    """Serves a workspace, with more lines in its settings, as long as a block lasts."""
    with (root / "whoholds.toml").open("a") as file:
        file.write(f"\n[endpoint]\n{settings}\n")
    log = root / "queries.log"
    words = [*command, "serve", "-w", str(root), "--port", "0", "--log", str(log)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = [process.stdout.readline() for _ in range(4)]
            yield Served(process, int(said[1].rpartition(":")[2].strip("/\n")), log)
        finally:
            if process.poll() is None:
                process.kill()


def alive(pid: int) -> bool:
    """Whether a process is there, and no zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Waits until something is so, but not for ever."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
