"""A worker as its server sees it: a process with one link, that may end at any time."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import struct
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import Final

from kg.limits import Limits
from kg.worker.frames import Frame, coming, receive, send
from kg.worker.job import Job, Start
from server.workers.errors import Died, TooMuchMemory, TooSlow
from server.workers.nursery import Nursery

SLOWEST: Final = 10
"""Seconds in which a message that has begun must have come."""
LAST: Final = 20_000
"""Bytes of what a worker said at its end that are read."""
_NO_MEMORY: Final = (b"memory allocation of", b"bad_alloc", b"MemoryError")
_TIMEVAL: Final = struct.Struct("ll")
_STAT: Final = "/proc/{}/stat"
LOWER: Final = 10
"""By how much a long query is nicer than its server."""


class Child:
    """A process that runs one query after the other."""

    def __init__(self, nursery: Nursery, limits: Limits, folder: Path | None) -> None:
        self._nursery = nursery
        self._limits = limits
        self._link, theirs = socket.socketpair()
        self._said = TemporaryFile()  # noqa: SIM115 lives as long as the process
        self._lowered = False
        self._lock = Lock()
        self._killed = False
        self._status: int | None = None
        self.ready = False
        self.had_computed = 0.0
        """Seconds of computing in its life until its last message."""
        with theirs:
            self.pid = nursery.begin(theirs)
        _allow(self._link, SLOWEST)
        self._ready = select.poll()
        self._ready.register(self._link, select.POLLIN)
        self._tell(Start(limits, folder), self._said.fileno())

    @property
    def ended(self) -> bool:
        """Whether its process is no more: its end of the link is closed."""
        return any(what & select.POLLHUP for _, what in self._ready.poll(0))

    @property
    def fileno(self) -> int:
        """The descriptor of the link, which can be read when something comes."""
        return self._link.fileno()

    def coming(self) -> int:
        """Bytes of the message that has begun to come; 0 where there is none."""
        try:
            return coming(self._link)
        except OSError:
            return 0

    def tell(self, job: Job) -> bool:
        """Sends it a job; whether it was still there."""
        return self._tell(job)

    def wait(self, seconds: float) -> bool:
        """Whether an answer comes, or the process ends, within some seconds."""
        return bool(self._ready.poll(max(0.0, seconds) * 1000))

    def answer(self) -> Frame:
        """Its answer. Raises TooSlow, TooMuchMemory or Died where it ended instead."""
        found = self._receive()
        if found is None:
            raise self._death()
        return found

    def has_begun(self) -> bool:
        """Whether what came is the sign that it has begun; else it is ended."""
        begun = self._receive() is not None
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
        self._set_nice(_own_nice() + LOWER)

    def restore(self) -> bool:
        """Whether it is again as good as a new one: not everybody may raise what was lowered."""
        if self._lowered:
            self._lowered = not self._set_nice(_own_nice())
        return not self._lowered

    def kill(self) -> None:
        """Ends the process; who waits for its answer sees it die."""
        with self._lock:
            if self._killed:
                return
            self._killed = True
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self._status = self._nursery.status(self.pid)

    def end(self) -> None:
        """Ends the process, and the link to it."""
        self.kill()
        self._link.close()
        self._said.close()

    def _tell(self, message: Start | Job, file: int | None = None) -> bool:
        try:
            send(self._link, message, file)
        except OSError:
            self.kill()
            return False
        return True

    def _receive(self) -> Frame | None:
        try:
            found = receive(self._link)
        except OSError:
            return None
        if found is not None:
            self.had_computed = found.message.computed
        return found

    def _set_nice(self, nice: int) -> bool:
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, nice)
        except OSError:
            return False
        return True

    def _death(self) -> Exception:
        self.kill()
        said = os.pread(self._said.fileno(), LAST, 0)
        if self._status == -signal.SIGXCPU:
            return TooSlow(self._limits.cpu_seconds, " of computing")
        if any(words in said for words in _NO_MEMORY):
            return TooMuchMemory(self._limits)
        return Died(f"worker {self.pid} ended with {self._status}: {said.decode(errors='replace')}")


def _allow(link: socket.socket, seconds: int) -> None:
    """Sets how long the system waits: settimeout would have it asked before each message, too."""
    for way in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        link.setsockopt(socket.SOL_SOCKET, way, _TIMEVAL.pack(seconds, 0))


def _own_nice() -> int:
    """The server's, which a new worker has, too."""
    return os.getpriority(os.PRIO_PROCESS, 0)
