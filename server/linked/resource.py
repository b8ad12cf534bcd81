"""Linked data: each IRI leads by 303 to a description of its thing, as HTML or RDF.

What a path stands for is decided below the release's base, whatever host it is served on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotAcceptable, NotFound

from kg.names import SCHEME_NAMES
from kg.sparql import write_graph
from server import rows
from server.headers import Link, add_links, dated, of_release
from server.link import iris_at
from server.linked import retired
from server.linked.description import Description, describe
from server.negotiate import DESCRIPTIONS, FORMS, HTML, Offer, choose, split_suffix
from server.paging import asked
from server.show.facts import exists, used_prefixes
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
    """The table of a thing's page, where the path ends as one does."""
    stem, _, suffix = path.rpartition(".")
    iri = _found(stem) if suffix in rows.FORMS else None
    made = tables.table(suffix, path.partition("/")[0], iri) if iri else None
    return Response(made, content_type=rows.FORMS[suffix]) if made is not None else None


def _found(path: str) -> str | None:
    """The IRI of the thing at a path, if the release knows it."""
    candidates = iris_at(path, release().names)
    return next((iri for iri in candidates if exists(release().store, iri)), None)


def see_other(path: str) -> Response:
    """303 to the form of a description that the client accepts. Raises NotAcceptable."""
    offer = choose(request.headers.get("Accept"), DESCRIPTIONS)
    if offer is None:
        forms = ", ".join(dict.fromkeys(offer.media for offer in DESCRIPTIONS))
        raise NotAcceptable(f"Descriptions are served as {forms}.")
    query = f"?page={quote(request.args['page'])}" if "page" in request.args else ""
    place = f"{_place(path)}.{offer.suffix}{query}"
    response = Response(status=303, headers={"Location": place})
    response.vary.add("Accept")
    links = (Link(f"{_place(path)}.{one.suffix}", "describedby", one.media) for one in FORMS)
    return add_links(response, *links)


def _description(iri: str, path: str, offer: Offer) -> Response:
    if offer == HTML:
        page = PAGES.get(path.partition("/")[0], thing.page)
        response = dated(Response(page(iri, path), content_type=HTML.content_type))
    else:
        response = of_release(offer.suffix, lambda: _data(iri, path, offer))
    return add_links(response, *around(iri, path, offer))


def _data(iri: str, path: str, offer: Offer) -> Response:
    """A page of a description as RDF. Raises NotFound where it has no such page."""
    number = asked()
    found = describe(release().store, iri, number)
    if found is None:
        raise NotFound(f"The description of /{path} has no page {number}. Begin at page 1.")
    prefixes = used_prefixes(found.triples, release().names)
    body = write_graph(found.triples, offer.suffix, prefixes)
    response = Response(body, content_type=offer.content_type)
    return add_links(response, *_pages(f"{_place(path)}.{offer.suffix}", found))


def _pages(place: str, found: Description) -> Iterator[Link]:
    """The pages before and after one, the first and the last."""
    if found.pages > 1:
        near = {"first": 1, "prev": found.page - 1, "next": found.page + 1, "last": found.pages}
        for relation, number in near.items():
            if 1 <= number <= found.pages:
                yield Link(f"{place}?page={number}", relation)


def around(iri: str, path: str, offer: Offer) -> Iterator[Link]:
    """What a description is a form of, its other forms, its licence, what describes them all."""
    yield Link(f"{iri}.{offer.suffix}", "canonical", offer.media)
    for other in FORMS:
        if other != offer:
            yield Link(f"{_place(path)}.{other.suffix}", "alternate", other.media)
    yield Link(str(release().summary["licence"]), "license")
    yield Link(f"{request.script_root}/.well-known/void", "describedby")


def _place(path: str) -> str:
    return f"{request.script_root}/{quote(path)}"
