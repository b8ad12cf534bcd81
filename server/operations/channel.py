"""A client's connection, as waitress keeps it, but that its loop does not turn in vain."""

from __future__ import annotations

from waitress.channel import HTTPChannel


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose answers are sent by the thread that makes them; what is left, by the loop.

    While the thread sends, waitress would have the loop send the same, which it cannot, and try
    again at once, some forty times an answer; and each time the thread waits for the interpreter.
    """

    def writable(self) -> bool:
        """Whether the loop is to send something, or to close: not while a thread is sending.

        The thread wakes the loop where it leaves something.
        """
        if not self.outbuf_lock.acquire(blocking=False):
            return False
        self.outbuf_lock.release()
        return bool(super().writable())
