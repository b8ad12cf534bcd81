"""Who runs and who waits: so many at once, half of them long at most, the others in a queue.

So a quick query always finds a place soon. Of those that wait, the client goes first that has used
least; of one client's, a query that may be quick goes first that came last (its forerunners have
shown that they are not), and a long one that came first.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Final

from kg.limits import Limits
from server.workers.errors import Busy, Gone

TICK: Final = 0.1
"""Seconds after which a client that waits is looked for."""
AGAIN: Final = 5
"""Seconds after which a client that found no place may ask again."""


@dataclass(slots=True, eq=False)
class Place:
    """One query's: granted at once, or later."""

    client: str
    long: bool
    number: int
    granted: Event = field(default_factory=Event)


class Places:
    """All places, and those who wait for one."""

    def __init__(self, limits: Limits, used: Callable[[str], float]) -> None:
        self._limits = limits
        self._used = used
        self._lock = Lock()
        self._numbers = itertools.count()
        self._running = set[Place]()
        self._waiting = set[Place]()

    @contextmanager
    def place(self, client: str, gone: Callable[[], bool], *, long: bool) -> Iterator[Place]:
        """A place for as long as it is needed. Raises Busy, Gone."""
        place = Place(client, long, next(self._numbers))
        try:
            self._enter(place)
            self._wait(place, gone)
            yield place
        finally:
            self._leave(place)

    def lengthen(self, place: Place) -> bool:
        """Makes a running query a long one, if there is a place for it."""
        with self._lock:
            place.long = self._free_for_long() > 0
            return place.long

    def counts(self) -> tuple[int, int, int]:
        """How many run, how many of them are long, and how many wait."""
        with self._lock:
            return len(self._running), sum(p.long for p in self._running), len(self._waiting)

    def _enter(self, place: Place) -> None:
        with self._lock:
            self._waiting.add(place)
            self._grant()
            if len(self._waiting) > self._limits.queue and not place.granted.is_set():
                raise Busy("As many queries wait as may.", AGAIN)

    def _wait(self, place: Place, gone: Callable[[], bool]) -> None:
        until = time.monotonic() + self._limits.seconds
        while not place.granted.wait(TICK):
            if gone():
                raise Gone
            if time.monotonic() > until:
                raise Busy("The query has waited as long as one may run.", AGAIN)

    def _leave(self, place: Place) -> None:
        with self._lock:
            self._waiting.discard(place)
            self._running.discard(place)
            self._grant()

    def _grant(self) -> None:
        while len(self._running) < self._limits.workers:
            may = [p for p in self._waiting if not p.long or self._free_for_long() > 0]
            if not may:
                return
            first = min(may, key=self._rank)
            self._waiting.remove(first)
            self._running.add(first)
            first.granted.set()

    def _rank(self, place: Place) -> tuple[float, bool, int]:
        order = place.number if place.long else -place.number
        return self._used(place.client), place.long, order

    def _free_for_long(self) -> int:
        return max(1, self._limits.workers // 2) - sum(p.long for p in self._running)
