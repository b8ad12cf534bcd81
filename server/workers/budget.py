"""What each client has asked in the last minute: how many queries, and seconds of their time."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
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


class Budget:
    """What clients have used, by second."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = Lock()
        self._used: OrderedDict[str, deque[_Second]] = OrderedDict()

    def charge(self, client: str, seconds: float, queries: int = 0) -> None:
        """Puts query time, and queries that ended, on a client's account."""
        with self._lock:
            used = self._recent(client)
            now = int(self._clock())
            if not used or used[-1].at != now:
                used.append(_Second(now))
            used[-1].seconds += seconds
            used[-1].queries += queries
            self._used[client] = used
            self._used.move_to_end(client)
            while len(self._used) > CLIENTS:
                self._used.popitem(last=False)

    def used(self, client: str) -> float:
        """Seconds that a client has used in the last minute."""
        with self._lock:
            return sum(one.seconds for one in self._recent(client))

    def typical(self, client: str) -> float:
        """Seconds that a query of a client takes, judging by those of the last minute."""
        with self._lock:
            used = self._recent(client)
            seconds, queries = sum(one.seconds for one in used), sum(one.queries for one in used)
        return (UNKNOWN + seconds) / (1 + queries)

    def admit(self, client: str) -> None:
        """Raises Spent for a client that has used what it may, with the time when it has not."""
        with self._lock:
            used = self._recent(client)
            left = sum(one.seconds for one in used)
            for one in used:
                if left < self._limits.budget_seconds:
                    return
                left -= one.seconds
                if left < self._limits.budget_seconds:
                    raise Spent(self._limits, one.at + WINDOW - int(self._clock()))

    def _recent(self, client: str) -> deque[_Second]:
        used = self._used.get(client, deque())
        while used and used[0].at <= int(self._clock()) - WINDOW:
            used.popleft()
        return used
