"""How a server ends: no new queries; those that run come to an end, if they do so soon."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Final

from server.workers.pool import Pool

GRACE: Final = 10.0
"""Seconds in which running queries may end."""
TICK: Final = 0.05
SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


class Stop:
    """Told to stop, it lets what runs end, within GRACE; told again, it stops at once.

    The end is SystemExit in the main thread.
    """

    def __init__(self, pool: Pool, busy: Callable[[], bool], grace: float = GRACE) -> None:
        self._pool = pool
        self._busy = busy
        self._grace = grace
        self._told = False

    def __call__(self, *_: object) -> None:
        """What the signals call."""
        if self._told:
            self._pool.close()
            raise SystemExit(0)
        self._told = True
        Thread(target=self._end, name="stop", daemon=True).start()

    def _end(self) -> None:
        self._pool.stop()
        until = time.monotonic() + self._grace
        while self._busy() and time.monotonic() < until:
            time.sleep(TICK)
        os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def signals(call: Callable[..., object]) -> Iterator[None]:
    """While this lasts, the signals that end a program call something."""
    before = [(number, signal.signal(number, call)) for number in SIGNALS]
    try:
        yield
    finally:
        for number, old in before:
            signal.signal(number, old)


def end_now(*_: object) -> None:
    """Ends the program where it is; what it made for a time goes with it."""
    raise SystemExit(0)
