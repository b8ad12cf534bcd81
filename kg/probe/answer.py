"""Answers that a probe builds on: what is no answer becomes the probe's outcome."""

from __future__ import annotations

from collections.abc import Callable

from kg.probe.case import BUSY
from kg.probe.found import Found, cannot_tell, failed, silent
from kg.probe.results import Table, UnreadableError, read_answer
from kg.probe.wire import Client, NoReplyError, Reply, Request


class NoAnswerError(Exception):
    """A request was not answered; `found` is what that means."""

    def __init__(self, found: Found) -> None:
        super().__init__(found.found)
        self.found = found


def guarded(look: Callable[[Client], Found]) -> Callable[[Client], Found]:
    """The same probe, where an answer that does not come is its outcome."""

    def run(client: Client) -> Found:
        try:
            return look(client)
        except NoAnswerError as error:
            return error.found

    return run


def sent(client: Client, request: Request) -> Reply:
    """The reply. Raises NoAnswerError where there is none, or it says: not now."""
    try:
        reply = client.send(request)
    except NoReplyError as error:
        raise NoAnswerError(silent(error, request)) from None
    if reply.status in BUSY:
        raise NoAnswerError(cannot_tell(f"status {reply.status}", request))
    return reply


def answer(client: Client, request: Request) -> Table | bool:
    """The table, or yes or no. Raises NoAnswerError."""
    reply = sent(client, request)
    if not reply.ok:
        raise NoAnswerError(failed("status 2xx", f"status {reply.status}", request))
    try:
        return read_answer(reply)
    except UnreadableError as error:
        raise NoAnswerError(failed("a body that can be read", f"{error}", request)) from None


def table(client: Client, request: Request) -> Table:
    """The table that a SELECT has to give. Raises NoAnswerError."""
    found = answer(client, request)
    if isinstance(found, bool):
        raise NoAnswerError(failed("a table", "yes or no", request))
    return found


def number(client: Client, request: Request) -> int:
    """The one number that a count has to give. Raises NoAnswerError."""
    rows = table(client, request).rows
    words = rows[0][0].partition('"^^')[0].strip('"') if len(rows) == 1 and rows[0] else ""
    if not words.isdecimal():
        raise NoAnswerError(failed("one row with a number", f"{len(rows)} rows", request))
    return int(words)
