"""Whether a query that is too much is refused, or ends in an error, and not in half a 200."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from kg.probe.answer import NoAnswerError, guarded, sent
from kg.probe.facts import ask
from kg.probe.found import PASSED, Found, Probe, cannot_tell, failed, silent
from kg.probe.results import Table, UnreadableError, read_answer
from kg.probe.stated import OURS
from kg.probe.wire import Client, NoReplyError, Reply, Request

SIDE: Final = 20
TIMES: Final = "abcdefg"
ROWS: Final[int] = SIDE ** len(TIMES)
"""1,280,000,000: more than any endpoint counts, or sends, in time."""
SPEC: Final = "https://www.w3.org/TR/sparql11-protocol/#query-failure"
STRAINS: Final = frozenset({"strain"})


def strain_probes() -> Iterator[Probe]:
    """Probes that take as long as the endpoint lets them."""
    values = " ".join(map(str, range(SIDE)))
    product = " ".join(f"VALUES ?{name} {{ {values} }}" for name in TIMES)
    why = "An error inside a 200 looks like a result to every client."
    yield _probe(
        "count-too-long",
        "A count that takes too long ends in an error status, or is right",
        why,
        partial(_looked, ask(f"SELECT (COUNT(*) AS ?n) {{ {product} }}")),
    )
    yield _probe(
        "table-too-long",
        "A table that is too long ends in an error status, or is complete",
        why,
        partial(_looked, ask(f"SELECT * {{ {product} }}")),
    )
    yield _probe(
        "alive-afterwards",
        "The endpoint answers at once after queries that were too much",
        "One query must not stop those of others.",
        _alive,
    )


def _probe(name: str, says: str, why: str, look: Callable[[Client], Found]) -> Probe:
    return Probe(f"{OURS}{name}", "strain", says, why, SPEC, guarded(look), STRAINS)


def _looked(request: Request, client: Client) -> Found:
    reply = _sent(client, request)
    expected = "an error status, or a whole result"
    if not reply.ok:
        return PASSED
    if reply.cut:
        return cannot_tell(f"status {reply.status}, and the body is {reply.cut}", request)
    try:
        answer = read_answer(reply)
    except UnreadableError as error:
        return failed(expected, f"status {reply.status}, but {error}", request)
    if isinstance(answer, Table) and _is_right(answer):
        return PASSED
    found = "yes or no" if isinstance(answer, bool) else f"{len(answer.rows):,} rows of a part"
    return failed(expected, f"status {reply.status} with {found}", request)


def _sent(client: Client, request: Request) -> Reply:
    """The reply, of any status: that it is busy is an error status like others."""
    try:
        return client.send(request)
    except NoReplyError as error:
        raise NoAnswerError(silent(error, request, "an error status")) from None


def _is_right(found: Table) -> bool:
    """Whether it is the count, or all of the rows."""
    if len(found.columns) > 1:
        return len(found.rows) == ROWS
    words = [row[0].partition('"^^')[0].strip('"') for row in found.rows]
    return words == [f"{ROWS}"]


def _alive(client: Client) -> Found:
    request = ask("ASK {}")
    reply = sent(client, request)
    return PASSED if reply.ok else failed("status 2xx", f"status {reply.status}", request)
