"""What a request asks for, as the protocol has it: a query, its graphs.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from kg.sparql.dataset import Dataset
from server.negotiate import HTML, TABLES, choose

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
_UPDATES: Final = ("update", "using-graph-uri", "using-named-graph-uri")
Given = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was sent, and the graphs that the request names for it."""

    query: str
    dataset: Dataset


def asked(request: Request) -> Asked | None:
    """What the request asks; None where a browser only looks. Raises the status that is due."""
    given = request.args.to_dict(flat=False)
    if request.method != "POST":
        return _parameters(given, optional=_for_a_browser(request))
    if request.mimetype == QUERY:
        if "query" in given:
            raise BadRequest("The query is given twice: in the address, and as the body. Send one.")
        return _parameters({**given, "query": [_body(request)]})
    if request.mimetype == FORM:
        return _parameters(request.form.to_dict(flat=False))
    raise _unsupported(request)


def _body(request: Request) -> str:
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"Byte {error.start} of the query is not UTF-8.") from None


def _parameters(given: Given, *, optional: bool = False) -> Asked | None:
    """The one query and its graphs; what would change is refused, not ignored."""
    for name in _UPDATES:
        if name in given:
            raise BadRequest(f"{name} is given: this endpoint only reads. Send a query.")
    queries = given.get("query", [])
    if len(queries) > 1:
        raise BadRequest(f"query is given {len(queries)} times. Send one.")
    if not queries:
        if optional:
            return None
        raise BadRequest(f"There is no query. Send query=… by GET or POST, or POST it as {QUERY}.")
    default, named = (tuple(given.get(f"{name}-graph-uri", ())) for name in ("default", "named"))
    return Asked(queries[0], Dataset(default, named))


def _for_a_browser(request: Request) -> bool:
    return choose(request.headers.get("Accept"), TABLES) == HTML


def _unsupported(request: Request) -> UnsupportedMediaType:
    error = UnsupportedMediaType(
        f"The request is sent as '{request.mimetype or 'nothing'}'. Send {FORM} or {QUERY}."
    )
    error.get_headers = lambda *_, **__: [("Accept-Post", f"{FORM}, {QUERY}")]  # type: ignore[method-assign]
    return error
