"""The forms of a description: the way to one of them, the links among them, each as RDF."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import NotAcceptable, NotFound

from kg.sparql.results import write_graph
from server.headers import Link, add_links
from server.linked.description import Description, describe
from server.negotiate import DESCRIPTIONS, FORMS, Offer, choose
from server.paging import asked
from server.show.facts import used_prefixes
from server.site import release


def see_other(path: str) -> Response:
    """303 to the form of a description that the client accepts. Raises NotAcceptable."""
    offer = choose(request.headers.get("Accept"), DESCRIPTIONS)
    if offer is None:
        forms = ", ".join(dict.fromkeys(offer.media for offer in DESCRIPTIONS))
        raise NotAcceptable(f"Descriptions are served as {forms}.")
    query = f"?page={quote(request.args['page'])}" if "page" in request.args else ""
    place = f"{place_of(path)}.{offer.suffix}{query}"
    response = Response(status=303, headers={"Location": place})
    response.vary.add("Accept")
    links = (Link(f"{place_of(path)}.{one.suffix}", "describedby", one.media) for one in FORMS)
    return add_links(response, *links)


def data(iri: str, path: str, offer: Offer) -> Response:
    """A page of a description as RDF. Raises NotFound where it has no such page."""
    number = asked()
    found = describe(release().store, iri, number)
    if found is None:
        raise NotFound(f"The description of /{path} has no page {number}. Begin at page 1.")
    prefixes = used_prefixes(found.triples, release().names)
    body = write_graph(found.triples, offer.suffix, prefixes)
    response = Response(body, content_type=offer.content_type)
    return add_links(response, *_pages(f"{place_of(path)}.{offer.suffix}", found))


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
            yield Link(f"{place_of(path)}.{other.suffix}", "alternate", other.media)
    if licence := str(release().summary["licence"]):
        yield Link(licence, "license")
    yield Link(f"{request.script_root}/.well-known/void", "describedby")


def place_of(path: str) -> str:
    """The address of a thing here, without a form."""
    return f"{request.script_root}/{quote(path)}"
