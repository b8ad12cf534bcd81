"""Where workers come from: a process that has loaded the program and forks one when asked."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import Any, Final

import kg
from kg.worker.frames import receive, send
from server.workers.errors import Died

_SOURCE: Final = str(Path(kg.__file__).parents[1])
_MANY: Final = 3
"""How often one is begun that ends at once."""


class Nursery:
    """The process that forks; it begins when it is needed, and again if somebody kills it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._before = list[subprocess.Popen[bytes]]()  # their workers live as long as their pipes
        self._link: socket.socket

    def begin(self, link: socket.socket) -> int:
        """The number of a new worker that has the other end of a link. Raises Died."""
        with self._lock:
            for _ in range(0 if self._closed else _MANY):
                if self._process is None:
                    self._start()
                pid: int | None = self._asked(None, link.fileno())
                if pid is not None:
                    return pid
                self._end()
        raise Died("no process that forks workers begins")

    def status(self, pid: int) -> int | None:
        """The exit code of a worker that has been killed, where it is known."""
        with self._lock:
            return self._asked(pid) if self._process is not None else None

    def close(self) -> None:
        """Ends the process that forks, for ever; workers go on until they are killed."""
        with self._lock:
            self._closed = True
            self._end()

    def _start(self) -> None:
        self._link, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 this program
                [sys.executable, "-P", "-m", "kg.worker", str(theirs.fileno())],
                stdin=subprocess.PIPE,  # it ends with us, and its workers: bounds.end_with
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=_environment(),
                process_group=0,
            )

    def _asked(self, message: int | None, file: int | None = None) -> Any:
        try:
            send(self._link, message, file)
            found = receive(self._link)
        except OSError:
            return None
        return found and found.message

    def _end(self) -> None:
        if self._process is None:
            return
        self._link.close()
        self._process.kill()
        self._process.wait()
        self._before.append(self._process)
        self._process = None


def _environment() -> dict[str, str]:
    """Ours; it finds this program where we did, and takes less address space for each thread.

    Its memory comes in huge pages, where the system has them: an engine that reads here and there
    computes a tenth less.
    """
    places = [_SOURCE, *filter(None, [os.environ.get("PYTHONPATH")])]
    tuned = [*filter(None, [os.environ.get("GLIBC_TUNABLES")]), "glibc.malloc.hugetlb=1"]
    return os.environ | {
        "PYTHONPATH": os.pathsep.join(places),
        "MALLOC_ARENA_MAX": "2",
        "GLIBC_TUNABLES": ":".join(tuned),
    }
