"""Who runs and who waits: so many at once, half of them long at most, the others in a queue.

A long query takes a place that is free for it before a quick one does: the other half is for those,
and one place for clients whose queries are known to be quick, who so need not wait for others.
Of quick ones, that goes first whose client asks what takes least, and has had little; of equals
that came last: its forerunners, which still wait, are probably not quick. Where they are known to
be, one that has waited for LONG goes before it. Of long ones, that goes first whose client has used
least. Who would go last is refused where more wait than may.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Final

from kg.limits import Limits
from server.workers.budget import UNKNOWN, Budget
from server.workers.errors import Busy, Gone
from server.workers.steps import Pause, Steps, finish

TICK: Final = 0.1
"""Seconds after which a client that waits is looked for."""
AGAIN: Final = 5
"""Seconds after which a client that found no place may ask again."""
FEW: Final = 3
"""Of so many places, or more, one is for clients whose queries are known to be quick."""
TOGETHER: Final = max(2, os.cpu_count() or 1)
"""Quick queries that have just begun, at most, unless more wait than may. They compute; more would
each take longer, in a process that has read less of the store before."""
LONG: Final = 0.1
"""Seconds that a query known to be quick waits for others of its client that came after it."""


@dataclass(slots=True, eq=False)
class Place:
    """One query's: granted at once, or later, or refused."""

    client: str
    long: bool
    number: int
    decided: Event = field(default_factory=Event)
    refused: bool = False
    lingers: bool = False
    """Whether it takes longer than most do."""
    since: float = field(default_factory=time.monotonic)


class Places:
    """All places, and those who wait for one."""

    def __init__(self, limits: Limits, budget: Budget) -> None:
        self._limits = limits
        self._budget = budget
        self._lock = Lock()
        self._numbers = itertools.count()
        self._running = set[Place]()
        self._waiting = set[Place]()

    @contextmanager
    def place(self, client: str, gone: Callable[[], bool], *, long: bool) -> Iterator[Place]:
        """A place for as long as it is needed. Raises Busy, Gone."""
        with self.asked(client, long=long) as place:
            finish(self.granted(place, gone))
            yield place

    @contextmanager
    def asked(self, client: str, *, long: bool) -> Iterator[Place]:
        """A place that may be used once it is `granted`, for as long as it is needed."""
        place = Place(client, long, next(self._numbers))
        try:
            self._enter(place)
            yield place
        finally:
            self._leave(place)

    def granted(self, place: Place, gone: Callable[[], bool]) -> Steps[None]:
        """The steps until a place is granted. Raises Busy, Gone."""
        until = time.monotonic() + self._limits.seconds
        while not place.decided.is_set() and not (yield Pause(place.decided.wait, TICK)):
            if gone():
                raise Gone
            if time.monotonic() > until:
                raise Busy("The query has waited as long as one may run.", AGAIN)
        if place.refused:
            raise Busy("As many queries wait as may.", AGAIN)

    def linger(self, place: Place) -> None:
        """Lets others begin beside a running query that is not done yet."""
        if not place.lingers:
            with self._lock:
                place.lingers = True
                self._grant()

    def lengthen(self, place: Place) -> bool:
        """Makes a running query a long one, if there is a place for it."""
        with self._lock:
            place.long = self._free_for_long() > 0
            self._grant()
            return place.long

    def counts(self) -> tuple[int, int, int]:
        """How many run, how many of them are long, and how many wait."""
        with self._lock:
            return len(self._running), sum(p.long for p in self._running), len(self._waiting)

    def _enter(self, place: Place) -> None:
        with self._lock:
            self._waiting.add(place)
            self._grant()
            if len(self._waiting) > self._limits.queue:
                last = max(self._waiting, key=lambda p: (p.long, self._rank(p)))
                self._waiting.remove(last)
                last.refused = True
                last.decided.set()

    def _leave(self, place: Place) -> None:
        with self._lock:
            self._waiting.discard(place)
            if place in self._running:
                self._running.remove(place)
                self._budget.charge(place.client, 0, queries=1)
            self._grant()

    def _grant(self) -> None:
        while self._waiting and len(self._running) < self._limits.workers:
            quick = sum(self._is_quick(p) and not p.lingers for p in self._running)
            may = [place for place in self._waiting if self._may(place, quick)]
            if not may:
                return
            first = min(may, key=lambda p: (not p.long, self._rank(p)))
            self._waiting.remove(first)
            self._running.add(first)
            first.decided.set()

    def _may(self, place: Place, quick: int) -> bool:
        """Whether a place may be granted, while so many that are quick have just begun."""
        if self._is_quick(place):
            return quick < TOGETHER or len(self._waiting) > self._limits.queue
        if place.long and self._free_for_long() <= 0:
            return False
        few = self._limits.workers < FEW
        return few or len(self._running) - quick < self._limits.workers - 1

    def _is_quick(self, place: Place) -> bool:
        return not place.long and self._budget.typical(place.client) < UNKNOWN

    def _rank(self, place: Place) -> tuple[float, bool, int]:
        if place.long:
            return self._budget.used(place.client), True, place.number
        running = sum(p.client == place.client for p in self._running)
        share = 1 + self._budget.used(place.client) / 10
        rank = self._budget.typical(place.client) * (1 + running) * share
        late = self._is_quick(place) and time.monotonic() - place.since >= LONG
        return rank, not late, place.number if late else -place.number

    def _free_for_long(self) -> int:
        return max(1, self._limits.workers // 2) - sum(p.long for p in self._running)
