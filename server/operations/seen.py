"""What is known of the query that a request asks: for the log and the counts, when it is answered.

https://www.rfc-editor.org/rfc/rfc9110#name-status-codes says what most outcomes' numbers mean.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from flask import g

from server.workers.job import Done

_OUTCOMES: Final = {
    408: "gone",
    429: "spent",
    500: "failed",
    502: "elsewhere",
    503: "busy",
    504: "slow",
    507: "large",
}
"""What the errors of server.workers.errors are called; those of clients are refused."""


@dataclass(slots=True)
class Seen:
    """A query as it came, then what became of it."""

    text: str
    begin: float
    form: str = ""
    """SELECT, ASK, CONSTRUCT, DESCRIBE; empty for what was not understood."""
    digest: str = ""
    """Of the query as it is understood, however it is spaced and commented."""
    wanted: str = ""
    """The form of its result: one of kg.sparql.results.FORMATS."""
    rows: int = 0
    size: int = 0
    cached: bool = False

    def ran(self, done: Done) -> None:
        """Keeps what its result is like."""
        self.rows, self.size = done.rows, done.size


def seen(text: str) -> Seen:
    """What is known of this request's query, from now on if it was not known before."""
    if "seen" not in g:
        g.seen = Seen(text, time.monotonic())
    found: Seen = g.seen
    return found


def outcome_of(status: int) -> str:
    """The status of its answer in a word.

    >>> outcome_of(200), outcome_of(400), outcome_of(504)
    ('answered', 'refused', 'slow')
    """
    if status < 400:
        return "answered"
    return _OUTCOMES.get(status) or ("refused" if status < 500 else "failed")
