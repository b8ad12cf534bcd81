"""Linked data: each IRI leads by 303 to a description of its thing, as HTML or RDF.

What a path stands for is decided below the release's base, whatever host it is served on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, request
from pyoxigraph import RdfFormat, serialize
from werkzeug.exceptions import NotAcceptable, NotFound

from kg.sparql import GRAPH_FORMATS
from server import article, ontology, retired, thing
from server.facts import describe, exists, used_prefixes
from server.link import iris_at
from server.negotiate import DESCRIPTIONS, HTML, Offer, choose, split_suffix
from server.site import release

blueprint = Blueprint("resource", __name__)

Page = Callable[[str, str], str]
"""Makes the page of a thing from its IRI and its path."""

PAGES: Final[dict[str, Page]] = {"article": article.page, "ns": ontology.page}
"""The kinds of things with a page of their own; all others have the page of any thing."""


@blueprint.get("/<path:path>")
def show(path: str) -> Response:
    """303 for a thing, 200 for its description, 301 or 410 for a retired one, 404 for none."""
    if gone := retired.answer(path):
        return gone
    if iri := _found(path):
        return _see_other(path)
    stem, offer = split_suffix(path, DESCRIPTIONS)
    if offer and (iri := _found(stem)):
        return _description(iri, stem, offer)
    raise NotFound(f"This release has nothing at /{path}. Check its spelling.")


def _found(path: str) -> str | None:
    """The IRI of the thing at a path, if the release knows it."""
    candidates = iris_at(path, release().names)
    return next((iri for iri in candidates if exists(release().store, iri)), None)


def _see_other(path: str) -> Response:
    offer = choose(request.headers.get("Accept"), DESCRIPTIONS)
    if offer is None:
        forms = ", ".join(dict.fromkeys(offer.media for offer in DESCRIPTIONS))
        raise NotAcceptable(f"Descriptions are served as {forms}.")
    place = f"{request.script_root}/{quote(path)}.{offer.suffix}"
    response = Response(status=303, headers={"Location": place})
    response.vary.add("Accept")
    return response


def _description(iri: str, path: str, offer: Offer) -> Response:
    if offer == HTML:
        page = PAGES.get(path.partition("/")[0], thing.page)
        return Response(page(iri, path), content_type=HTML.content_type)
    triples = describe(release().store, iri)
    form: RdfFormat = GRAPH_FORMATS[offer.suffix]
    prefixes = used_prefixes(triples, release().names)
    return Response(
        serialize(triples, format=form, prefixes=prefixes), content_type=offer.content_type
    )
