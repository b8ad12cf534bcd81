"""Answers given again to requests that come again byte for byte, without reading them anew.

Reading a request, finding its query and heading its answer is most of what a query takes whose
result is kept. What gives an answer again also says when it may not be given any more; all of it is
as it was, but for the Date (https://www.rfc-editor.org/rfc/rfc9110#name-date).
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from waitress.utilities import build_http_date

MOST: Final = 4_096
"""Requests that are remembered, of some kilobytes each (server.operations.front.SHORT)."""
AGAIN: Final = "whoholds.again"
"""In a request's environment, where no client can put it: an application leaves there what gives
the body of its answer again."""


class Body(list[bytes]):
    """A body in pieces; once it is sent it is told: nobody waits for that."""

    def __init__(self, pieces: Iterable[bytes], told: Callable[[], None]) -> None:
        super().__init__(pieces)
        self._told = told

    def close(self) -> None:
        """What a server calls at the end, whatever the end is."""
        self._told()


Again = Callable[[], Body | None]
"""Gives the same body, or None where the answer may be another one now."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: its head up to its date and from there on, and what gives its body again."""

    before: bytes
    after: bytes
    again: Again

    def head(self) -> bytes:
        """Its head as of now."""
        return self.before + _dated(time.time()) + self.after


def answered(head: bytes, at: float, environ: dict[str, Any]) -> Answered | None:
    """What was answered at some second; None where that may not be given again."""
    again: Again | None = environ.get(AGAIN)
    before, date, after = head.partition(_dated(at))
    return Answered(before, after, again) if again and date else None


class Repeated:
    """What was answered to which bytes; the least recently asked make room for others."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known = OrderedDict[bytes, Answered]()
        self._lock = Lock()

    def keep(self, sent: bytes, answer: Answered) -> None:
        """Remembers what was answered to some bytes."""
        with self._lock:
            self._known[sent] = answer
            self._known.move_to_end(sent)
            if len(self._known) > self._most:
                self._known.popitem(last=False)

    def find(self, sent: bytes) -> tuple[bytes, Body] | None:
        """The head and the body to send for some bytes, if they are known and still right."""
        with self._lock:
            known = self._known.get(sent)
            if known is None:
                return None
            self._known.move_to_end(sent)
        body = known.again()
        if body is None:
            self._forget(sent, known)
            return None
        return known.head(), body

    def _forget(self, sent: bytes, known: Answered) -> None:
        with self._lock:
            if self._known.get(sent) is known:
                del self._known[sent]


def _dated(seconds: float) -> bytes:
    """The line of the date, which others may name, too: Last-Modified may be the same second."""
    return f"\r\nDate: {build_http_date(seconds)}\r\n".encode()
