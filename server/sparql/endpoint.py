"""The SPARQL endpoint, its read side (https://www.w3.org/TR/sparql11-protocol/).

A result is complete before the status line is sent: an error never hides in a 200. SELECT and ASK
come as JSON, XML, CSV or TSV; the last two, which have no form of their own for ASK, say true or
false. All answers are of server.site.release(), whichever that is for an address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, NotAcceptable, NotFound, RequestEntityTooLarge
from werkzeug.wsgi import wrap_file

from kg.errors import QueryRefused
from kg.sparql.dataset import Dataset
from kg.sparql.refuse import refuse_length
from kg.sparql.run import Prepared, prepare
from kg.sparql.wrong import where_wrong
from server.headers import UNSTORED, of_release
from server.negotiate import GRAPHS, HTML, TABLES, Offer, choose, split_suffix
from server.operations.seen import seen
from server.site import release, site
from server.sparql import page
from server.sparql.description import describe
from server.sparql.protocol import Asked, asked, is_update, no_query
from server.workers.client import client_of, gone_of
from server.workers.job import Done, Job

blueprint = Blueprint("sparql", __name__)

_prepare: Final = lru_cache(maxsize=256)(prepare)
"""Kept: whoever asks again need not be read again."""

INLINE: Final = 2**20
"""Bytes of a result that are sent at once; of a larger one, piece by piece from where it lies."""


@blueprint.route("/sparql", methods=["GET", "POST"])
@blueprint.route("/sparql.<suffix>", methods=["GET", "POST"], endpoint="by_suffix")
def answer(suffix: str | None = None) -> Response:
    """The result of a query; without one, what the service is, or to a browser the form."""
    found = asked(request)
    response = _result(found, suffix) if found else _about(suffix)
    if suffix is None:
        response.vary.add("Accept")
    return response


def _result(found: Asked, suffix: str | None) -> Response:
    query = prepared(found.query, found.dataset)
    offer = offer_of(GRAPHS if query.graph else TABLES, suffix)
    if offer == HTML:
        done = run(query, "ttl" if query.graph else "json")
        response = page.form(found, done, graph=query.graph)
    else:
        response = sent(run(query, offer.suffix), offer)
    if query.varies:
        response.headers["Cache-Control"] = UNSTORED
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
    known = seen(query)
    try:
        refuse_length(query)
    except QueryRefused as error:
        raise RequestEntityTooLarge(f"Refused: {error}") from None
    with _told(query, query):
        services = site().pool.limits.services
        known.query = _prepare(query, release().names, dataset, services)
    return known.query


def run(query: Prepared, form: str) -> Done:
    """The complete result of a query, in one of kg.sparql.results.FORMATS, or as DIGEST.

    Raises QueryRefused, and BadRequest for what is no SPARQL.
    """
    known = seen(query.text)
    known.query, known.wanted = query, form
    job = Job(release().folder, query, form)
    client, gone = client_of(request.remote_addr), gone_of(request.environ)
    key = job.folder.name, query.digest, form

    def fresh() -> Done:
        known.cached = False
        return site().pool.run(job, client, gone)

    known.cached = not query.varies
    with _told(known.text, query.text):
        done = fresh() if query.varies else site().results.result(key, fresh, gone)
    known.ran(done)
    return done


@contextmanager
def _told(text: str, read: str) -> Iterator[None]:
    """Whoever sent a text that is no SPARQL, as the engine read it, is told where."""
    try:
        yield
    except SyntaxError as error:
        if is_update(text):
            said = "Refused: this is an update; this endpoint only reads. Send a query."
        else:
            said = f"The query is not SPARQL: {where_wrong(error, text, read)}."
        raise BadRequest(said) from None


def sent(done: Done, offer: Offer) -> Response:
    """A result as it goes to the client."""
    if done.size <= INLINE:
        return Response(done.body.read(), content_type=offer.content_type)
    pieces = wrap_file(request.environ, done.body, 2**16)
    response = Response(pieces, content_type=offer.content_type, direct_passthrough=True)
    response.content_length = done.size
    response.set_etag(hashlib.file_digest(done.body, "sha256").hexdigest())  # type: ignore[arg-type]
    done.body.seek(0)
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
