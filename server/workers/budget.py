"""What each client has asked in the last minute: how many queries, and seconds of their time."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from kg.limits import Limits
from server.workers.errors import Spent

WINDOW: Final = 60
"""Seconds."""
UNKNOWN: Final = 0.1
"""Seconds that a query of a client takes that has not asked yet, as far as we guess."""
CLIENTS: Final = 10_000
"""Clients that are remembered; those that were not seen for longest are forgotten first."""


@dataclass(slots=True)
class _Second:
    """What a client has used in one second."""

    at: int
    seconds: float = 0.0
    queries: int = 0


@dataclass(slots=True)
class _Used:
    """What a client has used in the last minute, by second and in all."""

    by_second: deque[_Second] = field(default_factory=deque)
    seconds: float = 0.0
    queries: int = 0

    def add(self, at: int, seconds: float, queries: int) -> None:
        """Puts something on the account."""
        if not self.by_second or self.by_second[-1].at != at:
            self.by_second.append(_Second(at))
        last = self.by_second[-1]
        last.seconds += seconds
        last.queries += queries
        self.seconds += seconds
        self.queries += queries

    def forget(self, before: int) -> None:
        """Takes from the account what was used before some second."""
        while self.by_second and self.by_second[0].at < before:
            first = self.by_second.popleft()
            self.seconds -= first.seconds
            self.queries -= first.queries


class Budget:
    """What clients have used, by second."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = Lock()
        self._used: OrderedDict[str, _Used] = OrderedDict()

    def charge(self, client: str, seconds: float, queries: int = 0) -> None:
        """Puts query time, and queries that ended, on a client's account."""
        with self._lock:
            used = self._recent(client)
            used.add(int(self._clock()), seconds, queries)
            self._used[client] = used
            self._used.move_to_end(client)
            while len(self._used) > CLIENTS:
                self._used.popitem(last=False)

    def used(self, client: str) -> float:
        """Seconds that a client has used in the last minute."""
        with self._lock:
            return self._recent(client).seconds

    def typical(self, client: str) -> float:
        """Seconds that a query of a client takes, judging by those of the last minute."""
        with self._lock:
            used = self._recent(client)
            return (UNKNOWN + used.seconds) / (1 + used.queries)

    def admit(self, client: str) -> None:
        """Raises Spent for a client that has used what it may, with the time when it has not."""
        with self._lock:
            used = self._recent(client)
            left = used.seconds
            for one in used.by_second:
                if left < self._limits.budget_seconds:
                    return
                left -= one.seconds
                if left < self._limits.budget_seconds:
                    raise Spent(self._limits, one.at + WINDOW - int(self._clock()))

    def _recent(self, client: str) -> _Used:
        used = self._used.get(client) or _Used()
        used.forget(int(self._clock()) - WINDOW + 1)
        return used
