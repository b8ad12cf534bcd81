"""The query page: a form, and the result of a query for people.

With script an editor takes the form's place (static/sparql/page.js); all that it runs is served
from here, so that the policy of this page need allow no more than the site's own files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from flask import Response, g, render_template, request
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
from server.sparql.limits import spoken
from server.sparql.protocol import Asked
from server.workers.job import Done

ROWS: Final = 1_000
BYTES: Final = 200_000
"""How many rows of a table, and how much of a graph, a page shows; the other forms have all."""
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


def form(asked: Asked | None = None, done: Done | None = None, *, graph: bool = False) -> Response:
    """The page with the form, and the result (as Turtle or JSON) if there is one.

    Without a query the form has that of the example which the address names, or the first. Where
    the request names graphs there is no editor, which would ask without them.
    """
    editor = not (asked and asked.dataset)
    body = render_template(
        "sparql.html",
        query=asked.query if asked else _example(),
        asked=asked,
        editor=editor,
        examples=once("query examples", grouped),
        page=shown(done, graph=graph) if done else None,
        limits=limits(),
        below=re.sub(r"/sparql(\.\w+)?$", "", f"{request.script_root}{request.path}"),
        edition=g.get("edition"),
    )
    response = Response(body, content_type=HTML.content_type)
    if editor:
        response.headers[POLICY] = _SCRIPTED
    return response


def limits() -> list[str]:
    """What a query may cost, what is refused, and what the page shows, a sentence each."""
    held = site().pool.limits
    return [
        *spoken(held),
        "Updates, LOAD and graphs that are not published here are refused.",
        federated(held.services),
        f"Without script this page shows {ROWS:,} rows at most, or {BYTES:,} bytes of a graph.",
    ]


def _example() -> str:
    """The query of the example that the address names; of another name, the first to try."""
    wanted = request.args.get("example")
    every = (one for group in once("query examples", grouped).values() for one in group)
    return next((one.query for one in every if one.name == wanted), EXAMPLE)


def shown(done: Done, *, graph: bool) -> Page:
    """A result as Turtle or JSON, for people."""
    if graph:
        begin = done.body.read(BYTES)
        return Page(turtle=begin.decode("utf-8", "ignore"), more=done.size > len(begin))
    found = parse_query_results(done.body, format=QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return Page(says=bool(found))
    columns = tuple(variable.value for variable in found.variables)
    rows = [tuple(row) for _, row in zip(range(ROWS + 1), found, strict=False)]
    shown = tuple(tuple(terms().show(cell) for cell in row) for row in rows[:ROWS])
    return Page(columns, shown, more=len(rows) > ROWS)
