"""The query page: a form, and the result of a query for people.

With script an editor takes the form's place (static/sparql/page.js); all that it runs is served
from here, so that the policy of this page need allow no more than the site's own files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Response, render_template, request
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    Triple,
    parse_query_results,
)

from server.headers import POLICY
from server.negotiate import HTML
from server.show.term import Shown
from server.site import once, site, terms
from server.sparql.description import federated
from server.sparql.examples import grouped
from server.workers.job import Done

LONGEST: Final = 1_000
"""Rows that a page shows at most; the other forms have all."""
EXAMPLE: Final = """SELECT ?claim ?type ?place ?origin WHERE {
  ?claim a wh:EventClaim ; wh:eventType ?type ; wh:place ?place .
  OPTIONAL { ?claim wh:accordingTo ?origin }
} ORDER BY ?place ?claim LIMIT 50
"""
_SCRIPTED: Final = "script-src 'self'; connect-src 'self'"
Cell = NamedNode | BlankNode | Literal | Triple | None


@dataclass(frozen=True, slots=True)
class Page:
    """A result for people: a table, a yes or no, or a graph as Turtle."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Shown, ...], ...] = ()
    more: bool = False
    says: bool | None = None
    turtle: str | None = None


def form(query: str | None = None, done: Done | None = None, *, graph: bool = False) -> Response:
    """The page with the form, and the result (as Turtle or JSON) if there is one.

    Without a query the form has that of the example which the address names, or the first.
    """
    examples = once("query examples", grouped)
    body = render_template(
        "sparql.html",
        query=query or _example(),
        asked=query is not None,
        examples=examples,
        page=shown(done, graph=graph) if done else None,
        longest=LONGEST,
        limits=limits(site().pool.limits.services),
        place=re.sub(r"\.\w+$", "", f"{request.script_root}{request.path}"),
    )
    response = Response(body, content_type=HTML.content_type)
    response.headers[POLICY] = _SCRIPTED
    return response


def limits(services: Sequence[str] = ()) -> list[str]:
    """What a query may cost, and what is refused, a sentence each."""
    return [
        f"This page shows the first {LONGEST:,} rows without script; the files have all.",
        "A result comes whole or not at all: what breaks a limit gets an error that says which.",
        "Updates, LOAD and graphs that are not published here are refused.",
        federated(services),
    ]


def _example() -> str:
    """The query of the example that the address names; of another name, the first to try."""
    wanted = request.args.get("example")
    every = (one for group in once("query examples", grouped).values() for one in group)
    return next((one.query for one in every if one.name == wanted), EXAMPLE)


def shown(done: Done, *, graph: bool) -> Page:
    """A result as Turtle or JSON, for people."""
    if graph:
        return Page(turtle=done.body.read().decode("utf-8"))
    found = parse_query_results(done.body, format=QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return Page(says=bool(found))
    columns = tuple(variable.value for variable in found.variables)
    rows = [tuple(row) for _, row in zip(range(LONGEST + 1), found, strict=False)]
    shown = tuple(tuple(terms().show(cell) for cell in row) for row in rows[:LONGEST])
    return Page(columns, shown, more=len(rows) > LONGEST)
