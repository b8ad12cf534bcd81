"""What a query knows before it comes to a SERVICE, so that the endpoint is asked for no more.

The group before it, without its filters (they may speak of what comes after), is asked of our own
graph first. What it always binds to IRIs is sent along as VALUES, in blocks. The join that follows
is the standard's: any other row of the endpoint would have joined with none.
https://www.w3.org/TR/sparql11-federated-query/#values
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions

from kg.errors import QueryRefused
from kg.sparql.results import Result
from kg.sparql.tokens import Token, closing, spoken

BLOCK: Final = 200
"""Rows that are sent along at once."""
MOST: Final = 5 * BLOCK
"""Rows that are sent along at most; whoever knows more asks without."""
_NESTED: Final = frozenset(
    {"SELECT", "OPTIONAL", "MINUS", "UNION", "GRAPH", "BIND", "EXISTS", "VALUES"}
)
_VARYING: Final = frozenset(
    {"RAND", "UUID", "STRUUID", "BNODE", "NOW", "LIMIT", "OFFSET", "SAMPLE", "GROUP_CONCAT"}
)
"""What may bind something else when it is asked a second time."""
Solve = Callable[[str], Result]
"""Asks our own graph."""


def before(found: list[Token], begin: int, query: str) -> str:
    """The patterns before a SERVICE in a query's own group, without filters.

    Nothing where it stands in a group within: what is known there is not known everywhere.

    >>> text = "ASK { ?s ?p ?o FILTER(?o > 1) SERVICE <http://e/> { ?s ?q 1 } }"
    >>> before(spoken(text), 11, text)
    ' ?s ?p ?o  '
    """
    i = _main(found)
    parts, last = list[str](), found[i].end
    i += 1
    while i < begin:
        end = closing(found, i) if found[i].kind == "open" else i
        if found[i].word == "FILTER":
            end = _end_of_filter(found, i)
            parts.append(query[last : found[i].start])
            last = found[end].end
        i = end + 1
    return "".join([*parts, query[last : found[begin].start]]) if i == begin else ""


def _main(found: list[Token]) -> int:
    """The index of the bracket that opens a query's own group."""
    i, template = 0, False
    while i < len(found) - 1 and found[i].text != "{":
        template = template or found[i].word == "CONSTRUCT"
        i = closing(found, i) + 1 if found[i].kind == "open" else i + 1
    if template and found[i - 1].word != "WHERE":
        i = closing(found, i) + 1
        while i < len(found) - 1 and found[i].text != "{":
            i += 1
    return i


def _end_of_filter(found: list[Token], i: int) -> int:
    """The index of a filter's last token: the bracket that closes its expression or group."""
    while i < len(found) - 1 and found[i].kind != "open":
        i += 1
    return closing(found, i)


def known_rows(
    group: str, names: Sequence[str], base: str, solve: Solve
) -> tuple[list[str], list[tuple[str, ...]]] | None:
    """The variables of an endpoint that a group binds to IRIs, and what to: sorted, each row once.

    None where it is too much, or nothing is known.
    """
    found = spoken(group)
    said = {token.text[1:] for token in found if token.kind == "variable"}
    shared = [name for name in names if name in said]
    if not shared or any(token.word in _VARYING for token in found):
        return None
    asked = " ".join(f"?{name}" for name in shared)
    query = f"BASE <{base}> SELECT DISTINCT {asked} WHERE {{{group}\n}} LIMIT {MOST + 1}"
    try:
        solved = solve(query)
    except (QueryRefused, SyntaxError):
        return None  # whoever asks is told so of the whole query
    if not isinstance(solved, QuerySolutions):
        return None
    rows = [[row[name] for name in shared] for row in solved]
    kept = [n for n, _ in enumerate(shared) if all(isinstance(r[n], NamedNode) for r in rows)]
    if len(rows) > MOST or not kept:
        return None
    cells = {tuple(str(row[n]) for n in kept) for row in rows}
    return [shared[n] for n in kept], sorted(cells)


def blocks(pattern: str, names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """A group as it is asked for each block of rows: with them in it, if it is a plain one.

    Anything but triples and filters stands in brackets of its own, so that it means the same.
    """
    inner = pattern[1:-1] if not _nested(pattern) else pattern
    head = " ".join(f"?{name}" for name in names)
    for begin in range(0, len(rows), BLOCK):
        values = " ".join(f"({' '.join(row)})" for row in rows[begin : begin + BLOCK])
        yield f"{{ VALUES ({head}) {{ {values} }} {inner}\n}}"


def _nested(pattern: str) -> bool:
    found = spoken(pattern)
    return any(t.word in _NESTED or t.text == "{" for t in found[1:])
