"""How a server ends: no new queries; those that run come to an end, if they do so soon."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Final

from server.workers.pool import Pool

GRACE: Final = 10.0
"""Seconds in which running queries may end."""
LAST: Final = 5.0
"""Seconds in which answers that are on their way may still go out, once no query runs."""
TICK: Final = 0.05
SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""The last comes when a terminal is closed, unless nohup has it ignored."""


class Stop:
    """Told to stop, it lets what runs end, within GRACE; told again, it ends that at once.

    Then it calls `leave`. All this in a thread of its own: a signal interrupts the main thread
    anywhere, and what took a lock or raised an error there could leave it waiting for ever, or end
    it with a traceback.
    """

    def __init__(
        self,
        pool: Pool,
        busy: Callable[[], bool],
        leave: Callable[[], None],
        grace: float | None = None,
    ) -> None:
        self._pool = pool
        self._busy = busy
        self._leave = leave
        self._grace = GRACE if grace is None else grace
        self._told = 0

    def __call__(self, *_: object) -> None:
        """What the signals call."""
        self._told += 1
        if self._told == 1:
            Thread(target=self._end, name="stop", daemon=True).start()

    def _end(self) -> None:
        self._pool.stop()
        self._wait(self._grace, until_told=2)
        self._pool.close()
        self._wait(LAST, until_told=3)
        self._leave()

    def _wait(self, seconds: float, until_told: int) -> None:
        until = time.monotonic() + seconds
        while self._busy() and self._told < until_told and time.monotonic() < until:
            time.sleep(TICK)


@contextmanager
def signals(call: Callable[..., object]) -> Iterator[None]:
    """While this lasts, the signals that end a program call something."""
    hears = [n for n in SIGNALS if n != signal.SIGHUP or signal.getsignal(n) != signal.SIG_IGN]
    before = [(number, signal.signal(number, call)) for number in hears]
    try:
        yield
    finally:
        for number, old in before:
            signal.signal(number, old)


def end_now(*_: object) -> None:
    """Ends the program where it is; what it made for a time goes with it."""
    raise SystemExit(0)
