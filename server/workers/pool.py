"""Runs queries in processes that can be killed: a job goes in, a complete result comes out.

A query that runs for longer than PATIENCE is long. It goes on if one of the places for long
queries is free; else it is stopped, and run anew when one is. What was long is long next time.
"""

from __future__ import annotations

import io
import logging
import os
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Final

from werkzeug.exceptions import HTTPException

from kg.limits import Limits
from kg.worker import spool
from kg.worker.frames import Frame
from kg.worker.job import Answer
from server.workers.budget import Budget
from server.workers.child import Child
from server.workers.errors import Busy, Died, Gone, TooLarge, TooMuchMemory, TooSlow, Unwritten
from server.workers.job import Done, Job
from server.workers.nursery import Nursery
from server.workers.places import AGAIN, TICK, Place, Places
from server.workers.spooled import Spooled
from server.workers.steps import ASIDE, Pause, Steps, finish

PATIENCE: Final = 0.25
"""Seconds of computing after which a query is long; if it only waits for the disk, four times."""
BRIEF: Final = 0.01
"""Seconds that most queries take at most; meanwhile few others begin."""
BEGINNING: Final = 20.0
"""Seconds in which a process must have begun, however little time a query has."""
REMEMBERED: Final = 1_000
"""Queries that were long and are remembered."""
GROWN: Final = 256 * 2**20
"""Bytes that a worker may keep beside those it began with before another takes its place: what the
engine and columns keep to be quick is some 100 MB of a million statements, and worth keeping."""
_log: Final = logging.getLogger(__name__)


class _Long(Exception):
    """The query is a long one, and has no place among them."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the pool does now: queries that run, of them long, that wait; workers ended so far.

    And the bytes of results on the disk, which their clients have not taken yet.
    """

    running: int
    long: int
    waiting: int
    ended: int
    spooled: int


class Pool:
    """Processes that run queries; they start when they are needed, and one before."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._budget = Budget(self.limits)
        self._places = Places(self.limits, self._budget)
        self._lock = Lock()
        self._spooled = Spooled(self.limits.spool_bytes)
        self._nursery = Nursery()
        self._idle = list[Child]()
        self._all = set[Child]()
        self._long: OrderedDict[tuple[Path, str], None] = OrderedDict()
        self._folder: Path | None = None
        self._ended = 0
        self._closed = False
        self.stopping = False
        weakref.finalize(self, _end, self._all, self._nursery)

    def run(self, job: Job, client: str, gone: Callable[[], bool]) -> Done:
        """The complete result of a job for a client, unless it is `gone`.

        Raises QueryRefused, SyntaxError, ReleaseError, and those of server.workers.errors.
        """
        return finish(self.steps(job, client, gone))

    def steps(
        self,
        job: Job,
        client: str,
        gone: Callable[[], bool],
        plain: Callable[[], Done | None] = lambda: None,
    ) -> Steps[Done]:
        """The same in steps; `plain` gives the result where no process is needed."""
        if self.stopping:
            raise _stopping()
        self._budget.admit(client)
        if done := plain():
            self._budget.charge(client, done.seconds, queries=1)
            return done
        key = self._key(job)
        if not self._known_long(key):
            try:
                return (yield from self._run(job, client, gone, long=False))
            except _Long:
                self._remember_long(key)
        return (yield from self._run(job, client, gone, long=True))

    def start(self, folder: Path) -> None:
        """Starts all processes now, each with the release of a folder opened."""
        self._folder = folder
        missing = self.limits.workers + 1 - len(self._all)
        for _ in range(missing):
            self._keep(self._begin())

    def answers(self, job: Job, seconds: float) -> bool:
        """Whether a process gives a result within some seconds, beside queue and budgets."""
        until = time.monotonic() + seconds
        try:
            child = self._take(job, lambda: time.monotonic() > until)
        except HTTPException:
            return False
        try:
            good = child.wait(until - time.monotonic()) and child.answer().message.error is None
        except HTTPException:
            good = False
        if good:
            self._keep(child)
        else:
            self._replace(child)
        return good

    def stop(self) -> None:
        """From now on refuses jobs; those that run or wait go on."""
        self.stopping = True

    def counts(self) -> Counts:
        """What it does now."""
        return Counts(*self._places.counts(), self._ended, self._spooled.size)

    def close(self) -> None:
        """Ends all processes; whoever still waits for one is told so."""
        self.stop()
        with self._lock:
            self._closed = True
            idle, self._idle[:] = tuple(self._idle), ()
            busy = self._all.difference(idle)
        for child in idle:
            self._forget(child)
        for child in busy:
            child.kill()
        self._nursery.close()

    def _run(self, job: Job, client: str, gone: Callable[[], bool], *, long: bool) -> Steps[Done]:
        with self._places.asked(client, long=long) as place:
            yield from self._places.granted(place, gone)
            if not self._is_at_hand():
                yield ASIDE
            child = self._take(job, gone)
            try:
                frame = yield from self._watch(child, place, gone)
            except BaseException as error:
                self._replace(child)
                if self._closed:
                    raise _stopping() from None
                if isinstance(error, Died):
                    _log.error("%s", error.why)
                raise
            answer: Answer = frame.message
            if answer.grown > GROWN or not child.restore():
                yield ASIDE
                self._replace(child)
            else:
                self._keep(child)
        return self._done(frame)

    def _watch(self, child: Child, place: Place, gone: Callable[[], bool]) -> Steps[Frame]:
        """Its answer, if nothing is amiss until then; seconds are charged as they pass."""
        begin = time.monotonic()
        if place.long:
            child.lower()
        charged = begin
        while True:
            left = begin + self.limits.seconds - charged
            came = yield Pause(child.wait, min(TICK if place.lingers else BRIEF, left), child)
            now = time.monotonic()
            self._budget.charge(place.client, now - charged)
            charged = now
            if came:
                return child.answer()
            if gone():
                raise Gone
            if now >= begin + self.limits.seconds:
                raise TooSlow(self.limits.seconds)
            self._places.linger(place)
            if not place.long and _is_long(child, now - begin):
                if not self._places.lengthen(place):
                    raise _Long
                child.lower()

    def _done(self, frame: Frame) -> Done:
        answer: Answer = frame.message
        if isinstance(answer.error, MemoryError):
            raise TooMuchMemory(self.limits)
        if isinstance(answer.error, spool.TooLarge):
            raise TooLarge(self.limits)
        if isinstance(answer.error, spool.Unwritten):
            _log.error("A result was not written: %s", answer.error)
            raise Unwritten(f"{answer.error}")
        if answer.error is not None:
            raise answer.error
        if frame.file is None:
            body: BinaryIO = io.BytesIO(answer.body or b"")
        else:
            body = self._spooled.keep(os.fdopen(frame.file, "rb"), answer.size)
        return Done(body, answer.size, answer.rows, answer.seconds)

    def _take(self, job: Job, gone: Callable[[], bool]) -> Child:
        """A process that has a job, and nothing else; one more is there then. Raises Died, Gone."""
        self._folder = job.folder
        for _ in range(self.limits.workers + 1):
            child = self._next()
            try:
                if _is_ready(child, gone) and child.tell(job):
                    return child
            except Gone:
                self._keep(child)  # it goes on beginning, for whoever comes next
                raise
            except BaseException:
                self._replace(child)
                raise
            self._replace(child)  # somebody killed it while it had nothing to do
        raise Died("no worker begins")

    def _is_at_hand(self) -> bool:
        """Whether a process is taken at once: it has begun and lives, and there is another."""
        with self._lock:
            child = self._idle[-1] if len(self._idle) > 1 else None
            return bool(child and child.ready and not child.ended)

    def _next(self) -> Child:
        with self._lock:
            child = self._idle.pop() if self._idle else None
            alone = not self._idle
        if alone:
            self._keep(self._begin(), new=True)
        return child or self._begin()

    def _begin(self) -> Child:
        try:
            child = Child(self._nursery, self.limits, self._folder)
        except Died:
            if self._closed:
                raise _stopping() from None
            raise
        with self._lock:
            if not self._closed:
                self._all.add(child)
                return child
        child.end()
        raise _stopping()

    def _keep(self, child: Child, *, new: bool = False) -> None:
        """Keeps a process for other jobs; new ones, which are still beginning, are taken last."""
        with self._lock:
            kept = not self._closed and len(self._idle) <= self.limits.workers
            if kept:
                self._idle.insert(0 if new else len(self._idle), child)
        if not kept:
            self._forget(child)

    def _replace(self, child: Child) -> None:
        self._forget(child)
        with self._lock:
            self._ended += 1
            closed = self._closed
        if not closed:
            self._keep(self._begin(), new=True)

    def _forget(self, child: Child) -> None:
        child.end()
        with self._lock:
            self._all.discard(child)

    @staticmethod
    def _key(job: Job) -> tuple[Path, str]:
        return job.folder, job.query.digest

    def _known_long(self, key: tuple[Path, str]) -> bool:
        with self._lock:
            return key in self._long

    def _remember_long(self, key: tuple[Path, str]) -> None:
        with self._lock:
            self._long[key] = None
            while len(self._long) > REMEMBERED:
                self._long.popitem(last=False)


def _is_ready(child: Child, gone: Callable[[], bool]) -> bool:
    """Whether a process lives, once it has begun, which is no query's time."""
    until = time.monotonic() + BEGINNING
    while not child.ready and not child.ended:
        if child.wait(TICK):
            child.ready = child.has_begun()
        elif gone():
            raise Gone
        elif time.monotonic() > until:
            return False
    return child.ready


def _is_long(child: Child, seconds: float) -> bool:
    """Whether a query has computed for longer than PATIENCE, or stood still for much longer."""
    if seconds <= PATIENCE:
        return False
    return seconds > 4 * PATIENCE or child.computed() - child.had_computed > PATIENCE


def _stopping() -> Busy:
    return Busy("The server is being stopped.", AGAIN)


def _end(children: set[Child], nursery: Nursery) -> None:
    for child in tuple(children):
        child.end()
    nursery.close()
