"""The SPARQL endpoint, its read side (https://www.w3.org/TR/sparql11-protocol/).

A result is complete before the status line is sent: an error never hides in a 200. SELECT and ASK
come as JSON, XML, CSV or TSV; the last two, which have no form of their own for ASK, say true or
false. All answers are of server.site.release(), whichever that is for an address.
"""

from __future__ import annotations

from flask import Blueprint, Response, g, request
from werkzeug.exceptions import NotAcceptable, NotFound

from kg.sparql.dataset import Dataset
from kg.sparql.prepare import Prepared
from server.headers import UNSTORED, of_release
from server.negotiate import GRAPHS, HTML, TABLES, Offer, choose, split_suffix
from server.operations.seen import seen
from server.site import release, site
from server.sparql import page
from server.sparql.description import describe
from server.sparql.inquiry import TRIED, Inquiry, Tried, body_of
from server.sparql.protocol import Asked, asked, no_query
from server.workers.job import Done
from server.workers.steps import INLINE

blueprint = Blueprint("sparql", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"])
@blueprint.route("/sparql.<suffix>", methods=["GET", "POST"], endpoint="by_suffix")
def answer(suffix: str | None = None) -> Response:
    """The result of a query; without one, what the service is, or to a browser the form."""
    if tried := request.environ.get(TRIED):
        raise _again(tried)
    found = asked(request)
    response = _result(found, suffix) if found else _about(suffix)
    if suffix is None:
        response.vary.add("Accept")
    return response


def _again(tried: Tried) -> Exception:
    """The error of a query that was asked before the application, to be told and logged by it."""
    g.release, g.seen = tried.inquiry.release, tried.inquiry.seen
    return tried.error


def _result(found: Asked, suffix: str | None) -> Response:
    query = prepared(found.query, found.dataset)
    offer = offer_of(GRAPHS if query.graph else TABLES, suffix)
    if offer == HTML:
        done = run(query, "ttl" if query.graph else "json")
        response = page.form(found, done, graph=query.graph)
    else:
        response = sent(run(query, offer.suffix), offer)
        response.last_modified = release().written
    if query.varies:
        response.headers["Cache-Control"] = UNSTORED
        del response.headers["Last-Modified"]
    return response


def _about(suffix: str | None) -> Response:
    """The form, or the description of the service. Raises BadRequest for who wants a result."""
    try:
        offer = offer_of(GRAPHS, suffix)
    except (NotAcceptable, NotFound):
        raise no_query() from None
    if offer == HTML:
        return page.form()
    place = request.base_url.removesuffix(f".{suffix}")
    form = f"{offer.suffix} {site().pool.limits.services}"
    return of_release(form, lambda: describe(place, offer))


def prepared(query: str, dataset: Dataset) -> Prepared:
    """A query over the graphs that its request names. Raises what its client did wrong."""
    return _inquiry(query).prepared(dataset)


def run(query: Prepared, form: str, cited: str = "") -> Done:
    """The complete result of a query, in one of kg.sparql.results.FORMATS, or as DIGEST.

    Raises QueryRefused, BadRequest for what is no SPARQL, and OtherResult where it has not the
    digest that was `cited`.
    """
    return _inquiry(query.text).result(query, form, cited)


def _inquiry(query: str) -> Inquiry:
    return Inquiry(site(), release(), request.environ, seen(query))


def sent(done: Done, offer: Offer) -> Response:
    """A result as it goes to the client."""
    body, tag = body_of(done, request.environ)
    response = Response(
        body, content_type=offer.content_type, direct_passthrough=done.size > INLINE
    )
    response.content_length = done.size
    response.set_etag(tag)
    return response


def offer_of(offers: tuple[Offer, ...], suffix: str | None) -> Offer:
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
