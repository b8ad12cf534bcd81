"""A client's connection, as waitress keeps it, but that nobody is woken in vain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask


class Task(WSGITask):  # type: ignore[misc]
    """A request; the head of its answer goes with the begin of the body, and wakes nobody alone."""

    def write(self, data: bytes) -> None:
        """Takes a piece of the body; before the first, waitress has the channel take the head."""
        with self.channel.at_once():
            super().write(data)


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose answers are sent by the thread that makes them; what is left, by the loop.

    While the thread sends, waitress would have the loop send the same, which it cannot, and try
    again at once, some forty times an answer; and each time the thread waits for the interpreter.
    """

    begun: Task | None = None
    """The task of its first request, if the loop has begun it."""
    _together: list[bytes] | None = None

    def task_class(self, _: HTTPChannel, request: HTTPRequestParser) -> Task:
        """The task of a request."""
        begun, self.begun = self.begun, None
        return begun or Task(self, request)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What is to be sent while this lasts is sent at its end."""
        self._together = together = list[bytes]()
        try:
            yield
        finally:
            self._together = None
        self.write_soon(b"".join(together))

    def write_soon(self, data: bytes) -> int:
        """Sends what it can of some bytes, or keeps them where more come at once."""
        if self._together is None:
            return int(super().write_soon(data))
        self._together.append(data)
        return len(data)

    def writable(self) -> bool:
        """Whether the loop is to send something, or to close: not while a thread is sending.

        The thread wakes the loop where it leaves something.
        """
        if not self.outbuf_lock.acquire(blocking=False):
            return False
        self.outbuf_lock.release()
        return bool(super().writable())
