"""The SPARQL endpoint, its read side (https://www.w3.org/TR/sparql11-protocol/).

A result is complete before the status line is sent: an error never hides in a 200.
"""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, NotAcceptable, NotFound

from kg.errors import QueryRefused
from kg.sparql.run import Prepared, prepare
from server.negotiate import GRAPHS, HTML, TABLES, Offer, choose, split_suffix
from server.site import release, site
from server.sparql import page
from server.sparql.protocol import Asked, asked
from server.workers.client import client_of, gone_of
from server.workers.job import Done, Job

blueprint = Blueprint("sparql", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"])
@blueprint.route("/sparql.<suffix>", methods=["GET", "POST"], endpoint="by_suffix")
def answer(suffix: str | None = None) -> Response:
    """The result of a query; to a browser without one, the form."""
    found = asked(request)
    if found is None:
        return page.form()
    query = _prepared(found)
    offer = _offer(GRAPHS if query.graph else TABLES, suffix)
    if offer == HTML:
        done = _run(query, "ttl" if query.graph else "json")
        response = page.form(found.query, done, graph=query.graph)
    else:
        done = _run(query, offer.suffix)
        response = Response(done.body.read(), content_type=offer.content_type)
    if suffix is None:
        response.vary.add("Accept")
    return response


def _prepared(found: Asked) -> Prepared:
    try:
        return prepare(found.query, release().names, found.dataset)
    except QueryRefused as error:
        raise BadRequest(f"Refused: {error}") from None
    except SyntaxError as error:
        raise BadRequest(f"The query is not SPARQL: {error}.") from None


def _run(query: Prepared, form: str) -> Done:
    job = Job(release().folder, query, form)
    try:
        return site().pool.run(job, client_of(request.remote_addr), gone_of(request.environ))
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
