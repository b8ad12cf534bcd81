"""One line of JSON for each query: how long, how much, what came of it; not who asked.

Lines are written in a thread of its own, so that no answer waits for a disk, or for whoever reads
the log; and a moment later, so that this thread hinders no answer that is on its way, and writes at
once what came meanwhile. Where lines come faster than they can be written, some are lost, and
counted.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import Full, Queue
from threading import Thread
from typing import Final

from kg.errors import InputError
from server.operations.seen import Seen

MOST: Final = 10_000
"""Lines that wait to be written."""
MOMENT: Final = 0.05
"""Seconds that a line waits for others."""
LAST: Final = 1.0
"""Seconds in which the lines that wait are written when the server ends."""


@dataclass(frozen=True, slots=True)
class Line:
    """A query that was answered: by which release, with which status, in how many seconds, when.

    Two releases may have one digest, and never one folder: its name is the edition.
    """

    seen: Seen
    release: str
    edition: str
    status: int
    seconds: float
    at: float = field(default_factory=time.time)

    def text(self, *, queries: bool) -> str:
        """{"time": "2026-01-31T12:00:00.000Z", "query": "0123456789abcdef", …}

        Without the query's text, unless it is wanted. All of it ASCII, so that nothing in a query
        ends the line.
        """
        seen = self.seen
        moment = datetime.fromtimestamp(self.at, UTC).isoformat(timespec="milliseconds")
        found = {
            "time": moment.replace("+00:00", "Z"),
            "query": digest_of(seen),
            "form": seen.form,
            "format": seen.wanted,
            "status": self.status,
            "seconds": round(self.seconds, 6),
            "rows": seen.rows,
            "bytes": seen.size,
            "cached": seen.cached,
            "release": self.release,
            "edition": self.edition,
        }
        return json.dumps(found | ({"text": seen.text} if queries else {}))


class Aside:
    """A log whose lines are written in a thread of its own."""

    def __init__(self, write: Callable[[bytes], object], *, queries: bool) -> None:
        self.lost = 0
        self._write = write
        self._queries = queries
        self._lines = Queue[Line | None](MOST)
        self._thread = Thread(target=self._write_all, name="log", daemon=True)
        self._thread.start()

    def take(self, line: Line) -> None:
        """Leaves a line to the thread."""
        try:
            self._lines.put_nowait(line)
        except Full:
            self.lost += 1

    def close(self) -> None:
        """Writes what still waits, unless nobody takes it."""
        try:
            self._lines.put(None, timeout=LAST)
        except Full:
            return
        self._thread.join(LAST)

    def _write_all(self) -> None:
        ended = False
        while not ended:
            waiting = self._waiting()
            ended = None in waiting
            self._write_together([line for line in waiting if line])

    def _waiting(self) -> list[Line | None]:
        """What waits to be written, a moment after there is something."""
        found = [self._lines.get()]
        time.sleep(MOMENT)
        return found + [self._lines.get() for _ in range(self._lines.qsize())]

    def _write_together(self, lines: list[Line]) -> None:
        try:
            if lines:
                texts = (line.text(queries=self._queries) for line in lines)
                self._write("".join(f"{text}\n" for text in texts).encode())
        except Exception:  # noqa: BLE001 lines that cannot be written end no others
            self.lost += len(lines)


_open: Final = list[Aside]()


def open_log(path: Path | None, *, queries: bool) -> Aside:
    """Writes to a file, else to standard error, from now on. Raises InputError for the file.

    The file is opened anew for each line: it may be moved away at any time.
    """
    if path is not None:
        try:
            _append(path, b"")
        except OSError as error:
            raise InputError(
                f"{path}: no log can be written there ({error.strerror}). Name another --log."
            ) from None
    write = _to_standard_error if path is None else lambda line: _append(path, line)
    return begin_log(Aside(write, queries=queries))


def begin_log(log: Aside) -> Aside:
    """The same log; queries are told it from now on."""
    _open.append(log)
    return log


def close_log(log: Aside) -> None:
    """Ends what open_log began."""
    _open.remove(log)
    log.close()


def tell(line: Line) -> None:
    """Logs a query."""
    for log in _open:
        log.take(line)


def digest_of(seen: Seen) -> str:
    """Sixteen hexadecimal digits that stand for the query, however it is spaced and commented."""
    if seen.digest:
        return seen.digest[:16]
    return hashlib.sha256(seen.text.encode(errors="surrogatepass")).hexdigest()[:16]


def _append(path: Path, line: bytes) -> None:
    with path.open("ab", buffering=0) as file:
        file.write(line)


def _to_standard_error(line: bytes) -> None:
    # Not sys.stderr: its lock, held by who waits for a reader, would keep the program from ending.
    while line:
        line = line[os.write(2, line) :]
