"""How many seconds of query time each client has used in the last minute."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock
from typing import Final

from kg.limits import Limits
from server.workers.errors import Spent

WINDOW: Final = 60
"""Seconds."""
CLIENTS: Final = 10_000
"""Clients that are remembered; those that were not seen for longest are forgotten first."""


class Budget:
    """What clients have used, by second."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = Lock()
        self._used: OrderedDict[str, deque[tuple[int, float]]] = OrderedDict()

    def charge(self, client: str, seconds: float) -> None:
        """Puts query time on a client's account."""
        now = int(self._clock())
        with self._lock:
            used = self._recent(client, now)
            if used and used[-1][0] == now:
                seconds += used.pop()[1]
            used.append((now, seconds))
            self._used[client] = used
            self._used.move_to_end(client)
            while len(self._used) > CLIENTS:
                self._used.popitem(last=False)

    def used(self, client: str) -> float:
        """Seconds that a client has used in the last minute."""
        with self._lock:
            return sum(seconds for _, seconds in self._recent(client, int(self._clock())))

    def admit(self, client: str) -> None:
        """Raises Spent for a client that has used what it may, with the time when it has not."""
        now = int(self._clock())
        with self._lock:
            used = self._recent(client, now)
            left = sum(seconds for _, seconds in used)
            for second, seconds in used:
                if left < self._limits.budget_seconds:
                    return
                left -= seconds
                if left < self._limits.budget_seconds:
                    raise Spent(self._limits, second + WINDOW - now)

    def _recent(self, client: str, now: int) -> deque[tuple[int, float]]:
        used = self._used.get(client, deque())
        while used and used[0][0] <= now - WINDOW:
            used.popleft()
        return used
