"""Who computes for a table: one batch at a time, and so much a minute for each client.

Batches are worked out in the server's own process, where two at once would take as long as one
after the other, and pages would wait for both. So they take turns, as queries do: first who has
used least; who would go last is refused where too many wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from kg.limits import Limits
from server.workers.budget import Budget
from server.workers.places import Places

QUEUE: Final = 8
"""Batches that wait: each has a thread of the server's."""


class Turns:
    """The one place there is, and what clients have used of it in the last minute."""

    def __init__(self, limits: Limits) -> None:
        one = replace(limits, workers=1, queue=QUEUE, budget_seconds=limits.reconcile_seconds)
        self._budget = Budget(one)
        self._places = Places(one, self._budget)

    @contextmanager
    def turn(self, client: str, gone: Callable[[], bool]) -> Iterator[None]:
        """A client's turn; what it computes until the end is charged. Raises Spent, Busy, Gone."""
        self._budget.admit(client)
        with self._places.place(client, gone, long=False):
            begin = time.thread_time()
            try:
                yield
            finally:
                self._budget.charge(client, time.thread_time() - begin)
