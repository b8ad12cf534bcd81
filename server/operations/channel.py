"""A client's connection, as waitress keeps it, but that nobody is woken in vain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask
from waitress.utilities import BadRequest, build_http_date

from server.operations.again import Body, Repeated, answered
from server.workers.steps import ANSWER

IDENT: Final = "whoholds"
"""What the server calls itself."""


class Request(HTTPRequestParser):  # type: ignore[misc]
    """A request, with the bytes that it was read from.

    https://www.rfc-editor.org/rfc/rfc9112#section-3.2 has it name its host.
    """

    error: Any
    sent = b""
    """All of it, if it came at once and alone, without a body or the wish to be asked for one."""

    def received(self, data: bytes) -> int:
        """Reads some bytes; how many of them are its own."""
        begins = not self.header_plus and not self.headers_finished
        taken = int(super().received(data))
        named = "HOST" in self.headers or self.version != "1.1"
        if self.completed and not (named or self.error):
            self.error = BadRequest("The request names no Host")
        if begins and self.completed and not self.expect_continue and taken == len(data):
            self.sent = data
        return taken


class Task(WSGITask):  # type: ignore[misc]
    """A request; the head of its answer goes with the begin of the body, and wakes nobody alone."""

    head = b""
    served = False
    """Whether an answer was asked of the application, for a client that was there then."""

    def service(self) -> None:
        """Answers, as far as the client takes it."""
        self.served = True
        super().service()

    def execute(self) -> None:
        """Has the application answer, unless there is an answer already that takes no more."""
        answer = self.environ.get(ANSWER) if self.environ else None
        if answer and isinstance(answer.body, Body) and self._is_plain():
            self._send(answer.headers, answer.body)
        else:
            super().execute()

    def _is_plain(self) -> bool:
        """Whether it is asked as most programs do, who stay connected and say nothing of it."""
        return self.version == "1.1" and "CONNECTION" not in self.request.headers

    def _send(self, headers: Iterable[tuple[str, str]], body: Body) -> None:
        """Answers 200 with what is there."""
        own = (("Date", build_http_date(self.start_time)), ("Server", IDENT))
        lines = "".join([f"{name}: {value}\r\n" for name, value in (*own, *headers)])
        self.head = f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode("latin-1")
        with closing(body):
            self.channel.write_soon(b"".join((self.head, *body)))
        self.wrote_header = True

    def end_unread(self) -> None:
        """Has the application answer nobody, so that it logs and counts what it has begun.

        waitress asks nothing of it once the client has gone.
        """
        body = self.channel.server.application(self.get_environment(), lambda *_: None)
        if hasattr(body, "close"):
            body.close()

    def build_response_header(self) -> bytes:
        """The head of its answer."""
        self.head = bytes(super().build_response_header())
        return self.head

    def remember(self, repeated: Repeated) -> None:
        """Once it is answered, has it answered alike when it comes again, if it may be."""
        sent = self.request.sent
        if sent and not self.close_on_finish:
            answer = answered(self.head, self.start_time, self.environ)
            if answer:
                repeated.keep(sent, answer)

    def write(self, data: bytes) -> None:
        """Takes a piece of the body; before the first, waitress has the channel take the head."""
        with self.channel.at_once():
            super().write(data)


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose answers are sent by the thread that makes them; what is left, by the loop.

    While the thread sends, waitress would have the loop send the same, which it cannot, and try
    again at once, some forty times an answer; and each time the thread waits for the interpreter.
    """

    parser_class = Request
    begun: Task | None = None
    """The task of its first request, if the loop has begun it."""
    _together: list[bytes] | None = None

    def __init__(self, repeated: Repeated, *args: Any, **kwargs: Any) -> None:
        self._repeated = repeated
        super().__init__(*args, **kwargs)

    def received(self, data: bytes) -> bool:
        """Takes what a client has sent; a request that is known is answered at once."""
        found = self._repeated.find(data) if self._rests() else None
        if found is None:
            return bool(super().received(data))
        head, body = found
        with closing(body):
            self.write_soon(b"".join((head, *body)))
        self.current_outbuf_count = self.adj.outbuf_high_watermark  # what follows has its own room
        return True

    def _rests(self) -> bool:
        """Whether a request may begin here, and be answered: nothing came or is sent before it."""
        return self.request is None and not self.requests and not super().writable()

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
