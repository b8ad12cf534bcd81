"""Probes that single requests can say: each step is a request and what its reply has to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.probe.found import PASSED, Found, Outcome, cannot_tell, failed, silent
from kg.probe.results import BOOLEAN, GRAPHS, TABLES, UnreadableError, read_answer, read_graph
from kg.probe.wire import Client, NoReplyError, Reply, Request

BUSY = (429, 503)
"""Statuses that say: not now. They decide nothing."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a reply has to be: one of some statuses ("2xx", "400"), a format, yes or no."""

    status: tuple[str, ...]
    form: str = ""
    boolean: bool | None = None

    def __str__(self) -> str:
        says = f"status {' or '.join(self.status)}"
        says += f", a result that is {_FORMS[self.form]}" if self.form else ""
        return says if self.boolean is None else f"{says}, the answer {_word(self.boolean)}"


_FORMS = {"boolean": "yes or no", "tabular": "a table", "RDF": "a graph"}


@dataclass(frozen=True, slots=True)
class Step:
    """A request, what has to come back, and whether it names what must not be read."""

    request: Request
    expected: Expected
    lures: bool = False


def follow(steps: Iterable[Step], client: Client, watch: Callable[[], str] = lambda: "") -> Found:
    """What comes of some steps in their order; `watch` says what else must not have been seen."""
    for step in steps:
        found = _take(step, client)
        seen = watch()
        if seen:
            return failed("nothing else is asked for", seen, step.request)
        if found.outcome is not Outcome.PASSED:
            return found
    return PASSED


def _take(step: Step, client: Client) -> Found:
    try:
        reply = client.send(step.request)
    except NoReplyError as error:
        return silent(error, step.request, f"{step.expected}")
    wrong = differs(reply, step.expected, client.endpoint.url)
    if not wrong:
        return PASSED
    if reply.status in BUSY:
        return cannot_tell(wrong, step.request)
    return failed(f"{step.expected}", wrong, step.request)


def differs(reply: Reply, expected: Expected, base: str) -> str:
    """What is otherwise than expected; nothing if nothing is."""
    if not any(_matches(reply.status, status) for status in expected.status):
        return f"status {reply.status}{_said(reply)}"
    if not reply.ok:
        return ""
    if reply.broken:
        return f"status {reply.status}, but {reply.broken}"
    if expected.form and reply.media not in _media(expected.form):
        return f"status {reply.status}, sent as {reply.media or 'nothing'}"
    try:
        return _content(reply, expected, base)
    except UnreadableError as error:
        return f"status {reply.status}, but {error}"


def _content(reply: Reply, expected: Expected, base: str) -> str:
    decides = expected.form == "boolean" or expected.boolean is not None
    if expected.form == "RDF" and reply.media in GRAPHS:
        read_graph(reply, base)
    elif decides or expected.form == "tabular":
        answer = read_answer(reply)
        if isinstance(answer, bool) != decides:
            return "a table" if decides else f"the answer {_word(answer)}"
        if isinstance(answer, bool) and answer is not expected.boolean is not None:
            return f"the answer {_word(answer)}"
    return ""


def _media(form: str) -> frozenset[str]:
    if form == "RDF":
        return frozenset(GRAPHS) | {"text/html", "application/xhtml+xml"}
    return frozenset(TABLES if form == "tabular" else BOOLEAN)


def _matches(status: int, expected: str) -> bool:
    return f"{status}" == expected or (expected[1:] == "xx" and f"{status}"[0] == expected[0])


def _said(reply: Reply) -> str:
    """The begin of a short reply's words, which often says why."""
    words = " ".join(reply.body[:400].decode("utf-8", "replace").split())
    shown = "".join(sign for sign in words if sign.isprintable())[:160]
    return f" ({shown})" if shown and "html" not in reply.media else ""


def _word(says: object) -> str:
    return "yes" if says else "no"
