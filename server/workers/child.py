"""A worker as its server sees it: a process with one link, that may end at any time."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

import kg
from kg.limits import Limits
from kg.worker.frames import Frame, receive, send
from kg.worker.job import Job, Start
from server.workers.errors import Died, TooMuchMemory, TooSlow

SLOWEST: Final = 10
"""Seconds in which a message that has begun must have come."""
LAST: Final = 20_000
"""Bytes of what a worker said at its end that are read."""
_NO_MEMORY: Final = (b"memory allocation of", b"bad_alloc", b"MemoryError")
_SOURCE: Final = str(Path(kg.__file__).parents[1])
_STAT: Final = "/proc/{}/stat"


class Child:
    """A process that runs one query after the other."""

    def __init__(self, limits: Limits, folder: Path | None) -> None:
        self._limits = limits
        self._link, theirs = socket.socketpair()
        self._said = TemporaryFile()  # noqa: SIM115 lives as long as the process
        self._lowered = False
        self.ready = False
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 this program
                [sys.executable, "-P", "-m", "kg.worker", str(theirs.fileno())],
                stdin=subprocess.PIPE,  # it ends with us: kg.worker.bounds.end_with
                stdout=subprocess.DEVNULL,
                stderr=self._said,
                pass_fds=[theirs.fileno()],
                env=_environment(),
                process_group=0,
            )
        self._link.settimeout(SLOWEST)
        self._ready = select.poll()
        self._ready.register(self._link, select.POLLIN)
        self.tell(Start(limits, folder))

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether its process is no more."""
        return self._process.poll() is not None

    def tell(self, message: Start | Job) -> None:
        """Sends it a message; that it is no longer there is seen when its answer is awaited."""
        try:
            send(self._link, message)
        except OSError:
            self.kill()

    def wait(self, seconds: float) -> bool:
        """Whether an answer comes, or the process ends, within some seconds."""
        return bool(self._ready.poll(max(0.0, seconds) * 1000))

    def answer(self) -> Frame:
        """Its answer. Raises TooSlow, TooMuchMemory or Died where it ended instead."""
        try:
            found = receive(self._link)
        except OSError:
            found = None
        if found is None:
            raise self._death()
        return found

    def has_begun(self) -> bool:
        """Whether what came is the sign that it has begun; else it is ended."""
        try:
            begun = receive(self._link) is not None
        except OSError:
            begun = False
        if not begun:
            self.kill()
        return begun

    def computed(self) -> float:
        """Seconds of computing in its life, as far as the system says."""
        try:
            words = Path(_STAT.format(self.pid)).read_text("ascii").rpartition(")")[2].split()
        except OSError:
            return float("inf")
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def lower(self) -> None:
        """Lets all other processes go before it."""
        self._lowered = True
        self._set_nice(_own_nice() + 10)

    def restore(self) -> bool:
        """Whether it is again as good as a new one: not everybody may raise what was lowered."""
        if self._lowered:
            self._lowered = not self._set_nice(_own_nice())
        return not self._lowered

    def kill(self) -> None:
        """Ends the process; who waits for its answer sees it die."""
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """Ends the process, and the link to it."""
        self.kill()
        if self._process.stdin:
            self._process.stdin.close()
        self._link.close()
        self._said.close()

    def _set_nice(self, nice: int) -> bool:
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, nice)
        except OSError:
            return False
        return True

    def _death(self) -> Exception:
        self.kill()
        status = self._process.returncode
        said = os.pread(self._said.fileno(), LAST, 0)
        if status == -signal.SIGXCPU:
            return TooSlow(self._limits.cpu_seconds, " of computing")
        if any(words in said for words in _NO_MEMORY):
            return TooMuchMemory(self._limits)
        return Died(f"worker {self.pid} ended with {status}: {said.decode(errors='replace')}")


def _own_nice() -> int:
    """The server's, which a new worker has, too."""
    return os.getpriority(os.PRIO_PROCESS, 0)


def _environment() -> dict[str, str]:
    """Ours; it finds this program where we did, and takes less address space for each thread."""
    places = [_SOURCE, *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(places), "MALLOC_ARENA_MAX": "2"}
