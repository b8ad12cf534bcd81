"""The loop over all connections, which answers what is quick by itself.

waitress hands each request to a thread. Two threads that wake one another at each query cost more
than most queries; so the loop begins the short ones, goes on with other connections while a process
works, and sends the result. What takes longer than PATIENCE, or would keep the loop waiting, is
handed to a thread, which goes on where the loop has stopped.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from functools import partial
from threading import get_ident
from typing import Any, Final

from waitress.server import BaseWSGIServer
from waitress.task import ThreadedTaskDispatcher
from waitress.wasyncore import dispatcher, poll2

from server.operations.again import Repeated
from server.operations.channel import Channel, Task
from server.workers.steps import ALONE, ANSWER, ASIDE, PATH, SMALL, STEPS, Pause, Steps, finish

SHORT: Final = 4_096
"""Bytes of a request that the loop begins, at most: to read a query of so many takes some 5 ms."""
PATIENCE: Final = 0.02
"""Seconds after which a request is handed to a thread."""
LOOK: Final = 0.01
"""Seconds between two looks, while something has begun."""
_log: Final = logging.getLogger(__name__)


class Front:
    """The loop, which stands between waitress's servers and their threads."""

    def __init__(self, threads: ThreadedTaskDispatcher, sockets: dict[int, Any]) -> None:
        self.threads = threads
        self.sockets = sockets
        self.begun = set[Begun]()
        self.repeated = Repeated()
        self._next = deque[Channel]()
        self._loop: int | None = None

    def serve(self, server: BaseWSGIServer) -> None:
        """From now on a server's connections are ours, and what they ask."""
        server.channel_class = partial(Channel, self.repeated)
        server.task_dispatcher = self
        wake = server.pull_trigger
        server.pull_trigger = lambda: None if self._here() else wake()

    def loop(self, timeout: float, **_: object) -> None:
        """Goes on until there are no sockets."""
        self._loop = get_ident()
        while self.sockets:
            poll2(LOOK if self.begun else timeout, self.sockets)
            while self._next:
                self._begin(self._next.popleft())
            now = time.monotonic()
            for one in tuple(self.begun):
                one.look(now)

    def add_task(self, channel: Channel) -> None:
        """Takes a connection that has a request."""
        if self._here() and _is_short(channel):
            self._next.append(channel)
        else:
            self.threads.add_task(channel)

    def shutdown(self) -> None:
        """Ends the threads."""
        self.threads.shutdown()

    def _here(self) -> bool:
        return get_ident() == self._loop

    def _begin(self, channel: Channel) -> None:
        task = Task(channel, channel.requests[0])
        Begun(self, task, _steps(task, alone=not self._next and not self.begun)).go_on()


def _steps(task: Task, *, alone: bool) -> Steps[object]:
    """The steps of an application to the answer; None comes of them where it has none."""
    environ = task.get_environment()
    environ[STEPS], environ[ALONE] = None, alone
    task.channel.server.application(environ, None)
    found: Steps[object] | None = environ.pop(STEPS)
    return (yield from found) if found else None


def _is_short(channel: Channel) -> bool:
    """Whether it may be a query that is answered in a moment, and there is room for its answer."""
    request = channel.requests[0]
    return (
        not request.error
        and request.path == PATH
        and request.body_rcv is None
        and request.header_bytes_received <= SHORT
        and not channel.total_outbufs_len
    )


class Begun(dispatcher):  # type: ignore[misc]
    """A request that the loop has begun; among its sockets while a process works for it.

    It is a task, too, for a thread that ends it.
    """

    def __init__(self, front: Front, task: Task, steps: Steps[object]) -> None:
        super().__init__(map=front.sockets)
        self._front = front
        self._task = task
        self._steps = steps
        self._pause = ASIDE
        self._until = time.monotonic() + PATIENCE
        front.begun.add(self)

    def go_on(self, came: bool | None = None) -> None:  # noqa: FBT001 as it is sent
        """Takes the next step; after the last, answers."""
        self._pause = ASIDE  # what it waited for came: whoever ends it waits for nothing
        try:
            self._pause = self._steps.send(came)
        except StopIteration as end:
            self._end(end.value)
        except Exception:  # noqa: BLE001 a mistake of ours does not end the loop
            _log.exception("A request is begun anew")
            self._hand_over()
        else:
            self._wait(self._pause)

    def _wait(self, pause: Pause) -> None:
        if pause.child:
            self._fileno = pause.child.fileno
            self.add_channel()
        elif pause is ASIDE:
            self._hand_over()

    def _end(self, answer: object) -> None:
        if answer is None:  # a thread, to which nothing is left to do, has the application answer
            self._hand_over()
        else:
            self._front.begun.remove(self)
            self._answer(answer)

    def look(self, now: float) -> None:
        """Goes on if it may, else leaves it to a thread if it has taken long."""
        came = not self._pause.child and self._pause.wait(0)
        if came:
            self.go_on(came)
        elif now > self._until:
            self._hand_over()

    def writable(self) -> bool:
        """There is nothing to send to a process that works."""
        return False

    def handle_read_event(self) -> None:
        """Takes the answer, if it is there and small."""
        child = self._pause.child
        came = child is not None and 0 < child.coming() <= SMALL
        if came:
            self.del_channel()
            self.go_on(came)
        else:
            self._hand_over()

    def handle_close(self) -> None:
        """Leaves it to a thread: the process has ended, or something went wrong here."""
        self._hand_over()

    def service(self) -> None:
        """In a thread, does what is left."""
        self._answer(finish(self._steps, self._pause))

    def cancel(self) -> None:
        """Nobody will answer it."""
        self._task.channel.cancel()

    def _hand_over(self) -> None:
        if self in self._front.begun:
            self._front.begun.remove(self)
            self.del_channel()
            self._front.threads.add_task(self)

    def _answer(self, answer: object) -> None:
        self._task.environ[ANSWER] = answer
        self._task.channel.begun = self._task
        self._task.channel.service()
        if self._task.served:
            self._task.remember(self._front.repeated)
        else:
            self._task.end_unread()
