"""`python -m kg.worker N`: forks workers, as the server at the socket with descriptor N asks for.

This process has loaded the program, and does nothing else: so a worker costs little to begin.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys

from kg.worker import bounds
from kg.worker.frames import receive, send
from kg.worker.run import work

with contextlib.suppress(ImportError):
    import kg.sparql.columns.answer  # noqa: F401 loaded once, for all workers


def main() -> None:
    """Forks until the server closes the link."""
    bounds.end_with(sys.stdin.fileno())
    bounds.leave_no_core()
    with socket.socket(fileno=int(sys.argv[1])) as server:
        link = _next_link(server)
    if link is not None:
        work(link)


def _next_link(server: socket.socket) -> socket.socket | None:
    """In each new process its link to the server; in this one None, at its end.

    A message with a link asks for a process, and is answered by its number; a number of one that
    has been killed, by its status.
    """
    while (frame := receive(server)) is not None:
        if frame.file is None:
            send(server, _status(frame.message))
            continue
        pid = os.fork()
        if not pid:
            return socket.socket(fileno=frame.file)
        os.close(frame.file)
        send(server, pid)
    return None


def _status(pid: int) -> int | None:
    """The exit code of one of ours."""
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except ChildProcessError:
        return None


if __name__ == "__main__":
    main()
