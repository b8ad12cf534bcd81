"""What the system holds this process to: memory, computing, and its server's life."""

from __future__ import annotations

import fcntl
import os
import resource
import select
import time
from typing import Final

_STATM: Final = "/proc/self/statm"


def end_with(pipe: int) -> None:
    """From now on this process and its group are killed when nobody holds a pipe's other end.

    The system sends SIGIO then, whose default is to kill: it works in the midst of a query, too.
    """
    fcntl.fcntl(pipe, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
    ended = select.poll()
    ended.register(pipe, 0)
    if ended.poll(0):
        raise SystemExit(1)


def memory() -> int:
    """Bytes of address space that are taken; 0 where the system does not say."""
    try:
        with open(_STATM, "rb", buffering=0) as file:  # noqa: PTH123 it is read at each query
            pages = int(file.read().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def allow_memory(more: int) -> int:
    """Allows so many bytes beside those now taken, which are the result.

    Beyond them an allocation fails, and the engine aborts, or Python raises MemoryError.
    """
    taken = memory()
    if taken:
        resource.setrlimit(resource.RLIMIT_AS, (taken + more, _hard(resource.RLIMIT_AS)))
    return taken


def allow_any_memory() -> None:
    """Lifts what allow_memory has set."""
    hard = _hard(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def allow_seconds(more: float) -> None:
    """Allows so many seconds of computing from now; then the system sends SIGXCPU, which kills."""
    until = int(time.process_time() + more) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, _hard(resource.RLIMIT_CPU)))


def leave_no_core() -> None:
    """A worker that is killed writes no image of its memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _hard(limit: int) -> int:
    return resource.getrlimit(limit)[1]
