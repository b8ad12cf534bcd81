"""Results that were computed already: of one release, one query, one format.

A release never changes, so what is kept is right for as long as there is room for it. Whoever asks
for what is being computed waits for that one run; if it comes to nothing, the next one runs.
"""

from __future__ import annotations

import hashlib
import io
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock
from typing import Final

from kg.limits import Limits
from server.workers.errors import Busy, Gone
from server.workers.job import Done
from server.workers.places import AGAIN
from server.workers.steps import ASIDE, INLINE, Pause, Steps

ROOM: Final = 64 * 2**20
"""Bytes of all results that are kept."""
SHARE: Final = 8
"""A result may take that part of the room at most."""
TICK: Final = 0.1
"""Seconds between two looks whether a client is still there."""

_OTHERS: Final = "Others ask for the same result, which is being worked out."
Key = tuple[str, str, str]
"""A release's folder, a query's digest, a format."""


@dataclass(slots=True)
class Tally:
    """How often a result was there, and was not."""

    hits: int = 0
    misses: int = 0


@dataclass(frozen=True, slots=True)
class _Kept:
    body: bytes
    rows: int
    tag: str

    def done(self, seconds: float) -> Done:
        """The same as a result that took so long."""
        return Done(io.BytesIO(self.body), len(self.body), self.rows, seconds, self.tag)


class Cache:
    """Complete results, the least recently used of which make room for others."""

    def __init__(self, room: int = ROOM, limits: Limits | None = None) -> None:
        self.room = room
        self._limits = limits or Limits()
        self._waiting = 0
        self.tally = Tally()
        self.bytes = 0
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._running: dict[Key, Event] = {}
        self._lock = Lock()

    def result(
        self, key: Key, run: Callable[[], Steps[Done]], gone: Callable[[], bool]
    ) -> Steps[Done]:
        """The result of a key in steps, run now if it is not there.

        Raises Gone, Busy, and whatever `run` does.
        """
        found = self._claim(key)
        if isinstance(found, Event):
            found = yield from self._await(key, found, gone)
        if found:
            return found.done(0.0)
        try:
            done = yield from run()
            if done.size > INLINE:
                yield ASIDE
            return self._keep(key, done)
        finally:
            with self._lock:
                self._running.pop(key).set()

    def kept(self, key: Key, tag: str) -> bytes | None:
        """The result of a key, if it is kept and still the one with that digest."""
        with self._lock:
            found = self._kept.get(key)
            if found is None or found.tag != tag:
                return None
            self._hit(key)
            return found.body

    def _hit(self, key: Key) -> None:
        self._kept.move_to_end(key)
        self.tally.hits += 1

    def _claim(self, key: Key) -> _Kept | Event | None:
        """What is kept; else the end of another's run; else nothing, and the run is ours."""
        with self._lock:
            if found := self._kept.get(key):
                self._hit(key)
                return found
            if running := self._running.get(key):
                return running
            self.tally.misses += 1
            self._running[key] = Event()
            return None

    def _await(self, key: Key, ends: Event, gone: Callable[[], bool]) -> Steps[_Kept | None]:
        """Waits while another runs it: as many as may wait for a run, and as long as one may run.

        Otherwise those who ask for one slow query would hold all of the server's threads.
        """
        until = time.monotonic() + self._limits.seconds
        found: _Kept | Event | None = ends
        self._wait(1)
        try:
            while isinstance(found, Event):
                if not (yield Pause(found.wait, TICK)) and gone():
                    raise Gone
                if time.monotonic() > until:
                    raise Busy(_OTHERS, AGAIN)
                found = self._claim(key)
        finally:
            self._wait(-1)
        return found

    def _wait(self, more: int) -> None:
        with self._lock:
            if more > 0 and self._waiting >= self._limits.queue:
                raise Busy(_OTHERS, AGAIN)
            self._waiting += more

    def _keep(self, key: Key, done: Done) -> Done:
        """The same result; kept if it is not too large."""
        if done.size > self.room // SHARE:
            return done
        body = done.body.read()
        kept = _Kept(body, done.rows, hashlib.sha256(body).hexdigest())
        done.body.close()
        with self._lock:
            self._kept[key] = kept
            self.bytes += len(kept.body)
            while self.bytes > self.room:
                _, old = self._kept.popitem(last=False)
                self.bytes -= len(old.body)
        return kept.done(done.seconds)
