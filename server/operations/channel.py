"""A client's connection, as waitress keeps it, but that nobody is woken in vain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import WSGITask


class Task(WSGITask):  # type: ignore[misc]
    """A request; the head of its answer goes with the begin of the body, and wakes nobody alone."""

    def write(self, data: bytes) -> None:
        """Takes a piece of the body; before the first, waitress has the channel take the head."""
        with self.channel.at_once():
            super().write(data)


class Loop:
    """The server of a connection, whose loop is woken only where the connection needs it.

    waitress wakes it behind each answer, which costs as much as many an answer.
    """

    def __init__(self, server: Any, channel: Channel) -> None:
        self._server = server
        self._channel = channel

    def __getattr__(self, name: str) -> Any:
        return getattr(self._server, name)

    def pull_trigger(self) -> None:
        """Wakes the loop, if something is left to it."""
        if self._channel.leaves_something:
            self._server.pull_trigger()


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose answers are sent by the thread that makes them; what is left, by the loop.

    While the thread sends, waitress would have the loop send the same, which it cannot, and try
    again at once, some forty times an answer; and each time the thread waits for the interpreter.
    """

    task_class = Task
    _together: list[bytes] | None = None
    _unheard = False
    """Whether the loop does not wait for requests, as too many are there; set before it looks."""

    def __init__(self, server: Any, *of: Any, **more: Any) -> None:
        super().__init__(Loop(server, self), *of, **more)

    @property
    def leaves_something(self) -> bool:
        """Whether the loop is to send, to close, or to wait for requests again."""
        left = self.total_outbufs_len or self.close_when_flushed or self.will_close
        return bool(left or self._unheard)

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

    def readable(self) -> bool:
        """Whether the loop is to wait for requests: also while a thread sends, as nobody wakes it.

        What is left to the loop is known once no request is there.
        """
        if self.will_close or self.close_when_flushed:
            return False
        self._unheard = True
        waiting = len(self.requests)
        self._unheard = waiting > self.adj.channel_request_lookahead
        return not (self._unheard if waiting else self.total_outbufs_len)
