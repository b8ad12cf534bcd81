"""Each graph whole, read only (https://www.w3.org/TR/sparql11-http-rdf-update/).

/graphs?graph=IRI is a named graph, /graphs?default their union. A graph's own IRI leads, as that of
everything, to a description of it, and is no second address of its statements.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import BadRequest, NotFound

from kg.sparql.dataset import Dataset
from kg.sparql.prepare import prepare
from server.headers import Link, add_links, of_release
from server.negotiate import GRAPHS, HTML
from server.site import release
from server.sparql.endpoint import offer_of, run, sent
from server.sparql.protocol import Given, read_parameters

blueprint = Blueprint("graphs", __name__)

OFFERS: Final = tuple(offer for offer in GRAPHS if offer != HTML)
"""Forms of a graph; a description of it for people stands at its own IRI."""
_WHOLE: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


@blueprint.get("/graphs")
@blueprint.get("/graphs.<suffix>", endpoint="by_suffix")
def graph(suffix: str | None = None) -> Response:
    """The statements of a graph, all of them: what the same CONSTRUCT would give."""
    chosen = _chosen(read_parameters(request.query_string))
    whole = prepare(_WHOLE, release().names, chosen)
    offer = offer_of(OFFERS, suffix)
    response = of_release(offer.suffix, lambda: sent(run(whole, offer.suffix), offer))
    if suffix is None:
        response.vary.add("Accept")
    return add_links(response, Link(f"{request.script_root}/dumps/", "collection"))


def _chosen(given: Given) -> Dataset:
    """The graph that the parameters choose. Raises BadRequest, NotFound."""
    named = given.get("graph", [])
    if len(named) + ("default" in given) != 1 or any(given.get("default", ())):
        raise BadRequest(
            "Name one graph: /graphs?graph=IRI, or /graphs?default for the union of all. "
            "The graphs are listed by the description of the service, at /sparql.ttl"
        )
    return Dataset(default=(_published(named[0]),)) if named else Dataset()


def _published(iri: str) -> str:
    if not _is_absolute(iri):
        raise BadRequest(f"'{iri}' is not an absolute IRI. Send the whole name of a graph.")
    if not release().store.contains_named_graph(NamedNode(iri)):
        raise NotFound(f"<{iri}> is no graph of this release. /sparql.ttl lists those it has.")
    return iri


def _is_absolute(iri: str) -> bool:
    try:
        return bool(urlsplit(iri).scheme) and bool(NamedNode(iri))
    except ValueError:
        return False
