"""The forms in which a page is served: each at the page's address with a suffix, or as accepted.

A page says what its other forms are in its head and in the header Link; `publish` is the way to
register one, so that none can be without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, g, make_response, request
from pyoxigraph import Triple
from werkzeug.exceptions import NotAcceptable

from kg.sparql.results import write_graph
from server.headers import Link, add_links
from server.negotiate import GRAPH, HTML, Offer, choose
from server.rows import FORMS as ROWS
from server.rows import Sheet, write
from server.show.facts import used_prefixes
from server.site import release

Make = Callable[..., Any]
"""Makes one form of a page from the parts of its address that vary."""

OFFERS: Final = {
    one.suffix: one
    for one in (
        Offer("application/json", "json"),
        Offer("text/csv", "csv"),
        *GRAPH,
        Offer("application/geo+json", "geojson"),
    )
}
"""The forms that a page may have beside HTML, by suffix."""
NAMES: Final = {
    "application/json": "JSON",
    "text/csv": "CSV",
    "text/turtle": "Turtle",
    "application/ld+json": "JSON-LD",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF/XML",
    "application/geo+json": "GeoJSON",
}
"""What pages call each form."""


def publish(
    blueprint: Blueprint, path: str, page: Make, forms: Mapping[str, Make], stem: str = ""
) -> None:
    """Registers a page at its path, and each of its forms (by suffix) at the path with the suffix.

    `stem` is what suffixes are added to, where it is not the path.
    """
    stem = stem or path
    made = {HTML.suffix: page, **forms}
    offers = (HTML, *(OFFERS[suffix] for suffix in forms))

    def negotiated(**given: str) -> Response:
        offer = choose(request.headers.get("Accept"), offers)
        if offer is None:
            media = ", ".join(one.media for one in offers)
            raise NotAcceptable(f"This page is served as {media}.")
        response = _answer(made[offer.suffix], offer, offers, stem, given)
        response.vary.add("Accept")
        return response

    def suffixed(suffix: str, **given: str) -> Response:
        offer = next(one for one in offers if one.suffix == suffix)
        return _answer(made[suffix], offer, offers, stem, given)

    name = "".join(c if c.isalnum() else "-" for c in stem.strip("/"))
    suffixes = ",".join(one.suffix for one in offers)
    blueprint.add_url_rule(path, name, negotiated)
    blueprint.add_url_rule(f"{stem}.<any({suffixes}):suffix>", f"{name}-as", suffixed)


def _answer(
    make: Make, offer: Offer, offers: Sequence[Offer], stem: str, given: Mapping[str, str]
) -> Response:
    at = request.path.removesuffix(f".{offer.suffix}").rstrip("/") or stem
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    alternates(f"{request.script_root}{quote(at)}", offers, offer, urlencode(asked))
    response = make_response(make(**given))
    if offer != HTML and response.status_code == 200:
        response.headers["Content-Type"] = offer.content_type
    return add_links(response, *g.alternates)


def alternates(at: str, offers: Iterable[Offer], own: Offer, query: str = "") -> tuple[Link, ...]:
    """Links to the other forms of what is at an address; the page being made has them in its head.

    They lead to the first page of a list: the pages of a table hold more than those of a page.

    <link rel="alternate" type="text/csv" href="/search.csv?q=aven">
    """
    asked = f"?{query}" if query else ""
    others = [one for one in offers if one != own]
    g.alternates = tuple(Link(f"{at}.{o.suffix}{asked}", "alternate", o.media) for o in others)
    found: tuple[Link, ...] = g.alternates
    return found


def no_alternates() -> None:
    """Says that the page being made has no other form: what was asked for has none at all."""
    g.alternates = ()


def tabled(make: Callable[..., Sheet]) -> dict[str, Make]:
    """The forms of what is a table: CSV and JSON."""
    return {suffix: partial(_written, make, suffix) for suffix in ROWS}


def _written(make: Callable[..., Sheet], suffix: str, **given: str) -> str:
    return write(suffix, make(**given))


def graphed(make: Callable[..., Iterable[Triple]]) -> dict[str, Make]:
    """The forms of what is stated: Turtle, JSON-LD, N-Triples, RDF/XML."""
    return {offer.suffix: partial(_serialized, make, offer.suffix) for offer in GRAPH}


def _serialized(make: Callable[..., Iterable[Triple]], suffix: str, **given: str) -> bytes:
    triples = list(dict.fromkeys(make(**given)))
    return write_graph(triples, suffix, used_prefixes(triples, release().names))
