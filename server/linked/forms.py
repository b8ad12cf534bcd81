"""The forms of a description: the way to one of them, the links among them, each as RDF."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import NotAcceptable, NotFound

from kg.release.read import licences_of
from kg.sparql.results import write_graph
from server.forms import alternates
from server.headers import Link, add_links
from server.linked.dataset import dataset
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
    found = _described(iri, number)
    if found is None:
        raise NotFound(f"The description of /{path} has no page {number}. Begin at page 1.")
    prefixes = used_prefixes(found.triples, release().names)
    body = write_graph(found.triples, offer.suffix, prefixes)
    response = Response(body, content_type=offer.content_type)
    return add_links(response, *_pages(f"{place_of(path)}.{offer.suffix}", found))


def _described(iri: str, number: int) -> Description | None:
    """A page of what is served for an IRI; for the release's, all that catalogues are told."""
    if iri == release().names.release(release().digest) and number == 1:
        told = dataset()
        return Description(told, 1, 1, len(told))
    return describe(release().store, iri, number)


def _pages(place: str, found: Description) -> Iterator[Link]:
    """The pages before and after one, the first and the last."""
    if found.pages > 1:
        near = {"first": 1, "prev": found.page - 1, "next": found.page + 1, "last": found.pages}
        for relation, number in near.items():
            if 1 <= number <= found.pages:
                yield Link(f"{place}?page={number}", relation)


def around(iri: str, path: str, offer: Offer, *more: Offer) -> tuple[Link, ...]:
    """What a description is a form of, its other forms, the licences, what describes them all.

    `more` are forms beside those that every description has.
    """
    return (
        Link(f"{iri}.{offer.suffix}", "canonical", offer.media),
        *alternates(place_of(path), (*FORMS, *more), offer),
        *(Link(licence, "license") for licence in licences_of(release().summary)),
        Link(f"{request.script_root}/.well-known/void", "describedby"),
    )


def place_of(path: str) -> str:
    """The address of a thing here, without a form."""
    return f"{request.script_root}/{quote(path)}"
