"""The query page: a form, and the result of a query for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, render_template
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    Triple,
    parse_query_results,
)

from server.negotiate import HTML
from server.show.term import Shown
from server.site import terms
from server.workers.job import Done

LONGEST: Final = 1_000
"""Rows that a page shows at most; the other forms have all."""
EXAMPLE: Final = """SELECT ?claim ?type ?place ?origin WHERE {
  ?claim a wh:EventClaim ; wh:eventType ?type ; wh:place ?place .
  OPTIONAL { ?claim wh:accordingTo ?origin }
} ORDER BY ?place ?claim LIMIT 50
"""
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
    """The page with the form, and the result (as Turtle or JSON) if there is one."""
    body = render_template(
        "sparql.html",
        query=query or EXAMPLE,
        asked=query is not None,
        page=_page(done, graph=graph) if done else None,
        longest=LONGEST,
    )
    return Response(body, content_type=HTML.content_type)


def _page(done: Done, *, graph: bool) -> Page:
    if graph:
        return Page(turtle=done.body.read().decode("utf-8"))
    found = parse_query_results(done.body, format=QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return Page(says=bool(found))
    columns = tuple(variable.value for variable in found.variables)
    rows = [tuple(row) for _, row in zip(range(LONGEST + 1), found, strict=False)]
    shown = tuple(tuple(terms().show(cell) for cell in row) for row in rows[:LONGEST])
    return Page(columns, shown, more=len(rows) > LONGEST)
