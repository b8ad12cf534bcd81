"""Linked data: each IRI leads by 303 to a description of its thing, as HTML or RDF.

What a path stands for is decided below the release's base, whatever host it is served on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from kg.names import SCHEME_NAMES
from server import rows
from server.forms import OFFERS
from server.headers import add_links, dated, of_release
from server.link import iris_at
from server.linked import retired
from server.linked.forms import around, data, place_of, see_other
from server.negotiate import DESCRIPTIONS, HTML, Offer, split_suffix
from server.show.facts import exists
from server.site import release
from server.things import (
    actor,
    article,
    disagreement,
    event,
    evidence,
    place,
    quotation,
    tables,
    thing,
)
from server.vocabulary import codebook, ontology

blueprint = Blueprint("resource", __name__)

Page = Callable[[str, str], str]
"""Makes the page of a thing from its IRI and its path."""

PAGES: Final[dict[str, Page]] = {
    "actor": actor.page,
    "article": article.page,
    "claim": evidence.claim_page,
    "disagreement": disagreement.page,
    "event": event.page,
    "ns": ontology.page,
    "period": evidence.period_page,
    "place": place.page,
    "question": evidence.derived_page,
    "voice": quotation.page,
    **dict.fromkeys(SCHEME_NAMES, codebook.page),
}
"""The kinds of things with a page of their own; all others have the page of any thing."""


@blueprint.get("/<path:path>")
def show(path: str) -> Response:
    """303 for a thing, 200 for its description, 301 or 410 for a retired one, 404 for none."""
    if gone := retired.answer(path):
        return gone
    if _found(path):
        return see_other(path)
    if found := _table(path):
        return found
    stem, offer = split_suffix(path, DESCRIPTIONS)
    if offer and (iri := _found(stem)):
        return _description(iri, stem, offer)
    raise NotFound(f"This release has nothing at /{path}. Check its spelling.")


def _table(path: str) -> Response | None:
    """The table of a thing's page, where the path ends as one does; without one, JSON is RDF."""
    stem, _, suffix = path.rpartition(".")
    iri = _found(stem) if suffix in rows.FORMS else None
    made = tables.table(suffix, path.partition("/")[0], iri) if iri else None
    if iri and made is not None:
        response = Response(made, content_type=rows.FORMS[suffix])
        return add_links(response, *around(iri, stem, OFFERS[suffix], *_tables(stem)))
    if iri and suffix == "json":
        return Response(status=303, headers={"Location": f"{place_of(stem)}.jsonld"})
    return None


def _found(path: str) -> str | None:
    """The IRI of the thing at a path, if the release knows it."""
    candidates = iris_at(path, release().names)
    return next((iri for iri in candidates if exists(release().store, iri)), None)


def _tables(path: str) -> list[Offer]:
    """The forms of the table of a thing's page, where it has one."""
    known = path.partition("/")[0] in tables.KINDS
    return [OFFERS[suffix] for suffix in rows.FORMS] if known else []


def _description(iri: str, path: str, offer: Offer) -> Response:
    links = around(iri, path, offer, *_tables(path))
    if offer == HTML:
        page = PAGES.get(path.partition("/")[0], thing.page)
        response = dated(Response(page(iri, path), content_type=HTML.content_type))
    else:
        response = of_release(offer.suffix, lambda: data(iri, path, offer))
    return add_links(response, *links)
