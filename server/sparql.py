"""The SPARQL endpoint, its read side (https://www.w3.org/TR/sparql11-protocol/).

A result is written to its end before the status line is: a 200 is complete.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, render_template, request
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, serialize
from werkzeug.exceptions import BadRequest, NotAcceptable, NotFound, UnsupportedMediaType

from kg.errors import QueryRefused
from kg.sparql import execute, write_result
from server.negotiate import GRAPHS, HTML, TABLES, Offer, choose, split_suffix
from server.show.term import Shown
from server.site import release, terms

blueprint = Blueprint("sparql", __name__)

LONGEST: Final = 1_000
"""Rows that a page shows at most; the other forms have all."""
FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
EXAMPLE: Final = """SELECT ?claim ?type ?place ?origin WHERE {
  ?claim a wh:EventClaim ; wh:eventType ?type ; wh:place ?place .
  OPTIONAL { ?claim wh:accordingTo ?origin }
} ORDER BY ?place ?claim LIMIT 50
"""

Result = QuerySolutions | QueryBoolean | QueryTriples


@dataclass(frozen=True, slots=True)
class Page:
    """A result for people: a table, a yes or no, or a graph as Turtle."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Shown, ...], ...] = ()
    more: bool = False
    says: bool | None = None
    turtle: str | None = None


@blueprint.route("/sparql", methods=["GET", "POST"])
@blueprint.route("/sparql.<suffix>", methods=["GET", "POST"], endpoint="by_suffix")
def answer(suffix: str | None = None) -> Response:
    """The result of a query; to a browser without one, the form."""
    query = _query()
    if query is None:
        return _form()
    found = _run(query)
    offers = GRAPHS if isinstance(found, QueryTriples) else TABLES
    offer = _offer(offers, suffix)
    if offer == HTML:
        response = _form(query, _page(found))
    else:
        body = write_result(found, offer.suffix, release().names)
        response = Response(body, content_type=offer.content_type)
    if suffix is None:
        response.vary.add("Accept")
    return response


def _query() -> str | None:
    """The query of the request; None where a browser only looks."""
    if request.method != "POST":
        return _parameter(request.args.to_dict(flat=False))
    if request.mimetype == QUERY:
        _parameter({**request.args.to_dict(flat=False), "query": [""]})
        try:
            return request.get_data().decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadRequest(f"Byte {error.start} of the query is not UTF-8.") from None
    if request.mimetype == FORM:
        return _parameter(request.form.to_dict(flat=False))
    raise _unsupported()


def _parameter(given: dict[str, list[str]]) -> str | None:
    """The one query of the parameters; what would change its meaning is refused, not ignored."""
    for name in ("update", "using-graph-uri", "using-named-graph-uri"):
        if name in given:
            raise BadRequest(f"{name} is given: this endpoint only reads. Send a query.")
    for name in ("default-graph-uri", "named-graph-uri"):
        if name in given:
            raise BadRequest(
                f"{name} is not supported yet. Write GRAPH <…> {{ … }} into the query."
            )
    queries = given.get("query", [])
    if len(queries) > 1:
        raise BadRequest(f"query is given {len(queries)} times. Send one.")
    if not queries and not _for_a_browser():
        raise BadRequest(
            "There is no query. Send query=… by GET or POST, or POST it as " + QUERY + "."
        )
    return queries[0] if queries else None


def _for_a_browser() -> bool:
    return request.method != "POST" and choose(request.headers.get("Accept"), TABLES) == HTML


def _unsupported() -> UnsupportedMediaType:
    error = UnsupportedMediaType(
        f"The request is sent as '{request.mimetype or 'nothing'}'. Send {FORM} or {QUERY}."
    )
    error.get_headers = lambda *_, **__: [("Accept-Post", f"{FORM}, {QUERY}")]  # type: ignore[method-assign]
    return error


def _run(query: str) -> Result:
    try:
        return execute(release().store, query, release().names)
    except QueryRefused as error:
        raise BadRequest(f"Refused: {error}") from None
    except SyntaxError as error:
        raise BadRequest(f"The query is not SPARQL: {error}.") from None


def _offer(offers: tuple[Offer, ...], suffix: str | None) -> Offer:
    """The form asked for. 404 for a suffix, 406 for a media type, that such a result has not."""
    if suffix is not None:
        _, offer = split_suffix(f"result.{suffix}", offers)
        if offer is None:
            known = ", ".join(dict.fromkeys(f".{o.suffix}" for o in offers))
            raise NotFound(f"This result has no form .{suffix}; it has {known}.")
        return offer
    offer = choose(request.headers.get("Accept"), offers)
    if offer is None:
        raise NotAcceptable(f"This result is served as {', '.join(o.media for o in offers)}.")
    return offer


def _page(found: Result) -> Page:
    if isinstance(found, QueryBoolean):
        return Page(says=bool(found))
    if isinstance(found, QueryTriples):
        prefixes = release().names.prefixes()
        body = serialize(found, format=RdfFormat.TURTLE, prefixes=prefixes) or b""
        return Page(turtle=body.decode("utf-8"))
    columns = tuple(variable.value for variable in found.variables)
    rows = [tuple(row) for _, row in zip(range(LONGEST + 1), found, strict=False)]
    shown = tuple(tuple(terms().show(cell) for cell in row) for row in rows[:LONGEST])
    return Page(columns, shown, more=len(rows) > LONGEST)


def _form(query: str | None = None, page: Page | None = None) -> Response:
    """The page with the form, and the result if there is one."""
    body = render_template(
        "sparql.html", query=query or EXAMPLE, asked=query is not None, page=page, longest=LONGEST
    )
    return Response(body, content_type=HTML.content_type)
