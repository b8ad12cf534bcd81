"""SERVICE <…> { … } cut out of a query, which has a hole there that is no SPARQL.

So what is not filled cannot run, and nothing that runs can leave the machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.errors import QueryRefused
from kg.sparql.services.known import before
from kg.sparql.tokens import Token, closing, spliced, spoken

MOST: Final = 4
"""Other endpoints that one query may ask, counted as often as it does."""
_END: Final = Token("none", "", 0, 0)


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked of whom, and whether a failure is no solution instead of an error."""

    address: str
    pattern: str
    """The group with its brackets."""
    silent: bool
    before: str = ""
    """What the query's own group has before it, with holes, without filters."""


def cut_out(query: str, services: Sequence[str]) -> tuple[str, tuple[Call, ...]]:
    """A respelled query with holes, and what was there. Raises QueryRefused for who is not listed.

    >>> cut_out("ASK { SERVICE <http://e/> { ?s ?p ?o } }", ["http://e/"])[0]
    'ASK { SERVICE 0 }'
    """
    if "SERVICE" not in query.upper():
        return query, ()
    found = spoken(query)
    calls, edits = list[Call](), list[tuple[int, int, str]]()
    for begin, opening, end in _groups(found):
        call = Call(
            found[opening - 1].text[1:-1],
            query[found[opening].start : found[end].end],
            found[begin + 1].word == "SILENT",
        )
        _refuse_unlisted(found[opening - 1], call, services)
        edits.append((found[begin].start, found[end].end, f"SERVICE {len(calls)}"))
        calls.append(call)
    if len(calls) > MOST:
        raise QueryRefused(f"the query has {len(calls)} SERVICE groups; at most {MOST} are asked.")
    whole = spliced(query, edits)
    return whole, tuple(_with_before(calls, whole))


def _with_before(calls: Sequence[Call], whole: str) -> Iterator[Call]:
    """The calls of a query with holes, each with what stands before its hole."""
    found = spoken(whole)
    holes = [i for i, token in enumerate(found) if token.word == "SERVICE"]
    for call, hole in zip(calls, holes, strict=True):
        yield replace(call, before=before(found, hole, whole))


def fill(query: str, groups: Sequence[str]) -> str:
    """A query with something in each of its holes."""
    found = spoken(query)
    holes = (i for i, token in enumerate(found) if token.word == "SERVICE")
    edits = ((found[i].start, found[i + 1].end, groups[int(found[i + 1].text)]) for i in holes)
    return spliced(query, edits)


def _groups(found: list[Token]) -> Iterator[tuple[int, int, int]]:
    """Where each SERVICE stands, its opening bracket, and the one that closes it."""
    ended = -1
    for i, token in enumerate(found):
        if token.word != "SERVICE":
            continue
        if i < ended:
            raise QueryRefused("a SERVICE in a SERVICE is not run here. Ask each by itself.")
        opening = i + 2 + (_at(found, i + 1).word == "SILENT")
        if _at(found, opening - 1).kind == "variable":
            raise QueryRefused("SERVICE with a variable is not run here. Name the endpoint.")
        ended = closing(found, opening) if _at(found, opening).text == "{" else -1
        if _at(found, opening - 1).kind != "iri" or found[ended].text != "}":
            raise SyntaxError("SERVICE is not followed by an IRI and a group in brackets")
        yield i, opening, ended


def _at(found: list[Token], i: int) -> Token:
    return found[i] if i < len(found) else _END


def _refuse_unlisted(named: Token, call: Call, services: Sequence[str]) -> None:
    if call.address not in services:
        raise QueryRefused(
            f"SERVICE {named.text} is not run here: these endpoints are asked, spelt exactly so: "
            f"{', '.join(f'<{service}>' for service in services)}."
        )
