"""The shapes as a page and as RDF: what must hold of the graph, in words and for validators."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, render_template
from werkzeug.exceptions import NotFound

from kg.names import VOCABULARIES
from kg.sparql.results import write_graph
from kg.vocabulary import resource
from server.headers import add_links
from server.linked.forms import around, place_of, see_other
from server.negotiate import DESCRIPTIONS, HTML, Offer, split_suffix
from server.show.term import Shown
from server.site import terms
from server.vocabulary.constraints import SH, SHAPES, Shape, Shapes, read_chapter, read_triples

blueprint = Blueprint("shapes", __name__)

PATH: Final = "shapes"


@blueprint.get("/shapes")
def leads() -> Response:
    """303 to the form of the shapes that the client accepts."""
    return see_other(PATH)


@blueprint.get("/shapes.<suffix>")
def show(suffix: str) -> Response:
    """The shapes in one form."""
    if suffix == "json":
        return Response(status=303, headers={"Location": f"{place_of(PATH)}.jsonld"})
    stem, offer = split_suffix(f"{PATH}.{suffix}", DESCRIPTIONS)
    if offer is None or stem != PATH:
        raise NotFound(f"The shapes have no form .{suffix}.")
    links = around(SHAPES, PATH, offer)
    body = _page() if offer == HTML else _data(offer)
    return add_links(Response(body, content_type=offer.content_type), *links)


def _files() -> list[Path]:
    return sorted(resource("shapes").glob("*.ttl"))


@cache
def _data(offer: Offer) -> bytes:
    """Turtle as it was written, comments included; the other forms say the same."""
    if offer.suffix == "ttl":
        return b"\n".join(path.read_bytes() for path in _files())
    prefixes = VOCABULARIES | {"sh": SH, "whs": f"{SHAPES}#"}
    return write_graph(read_triples(_files()), offer.suffix, prefixes)


def _page() -> str:
    graph = Shapes(read_triples(_files()), _shown)
    chapters = [read_chapter(path) for path in _files()]
    names = [name for c in chapters for section in c.sections for name in section.names]
    shapes = {name: graph.shape(name) for name in names}
    return render_template(
        "shapes.html",
        iri=SHAPES,
        path=PATH,
        chapters=chapters,
        shapes=shapes,
        of=_belonging(shapes),
        count=len(shapes),
    )


def _shown(iri: str) -> Shown:
    """A term by its label; a shape by its name on this page."""
    if iri.startswith(f"{SHAPES}#"):
        name = iri.rpartition("#")[2]
        return Shown(name, f"#{name}")
    return terms().thing(iri)


def _belonging(shapes: dict[str, Shape]) -> dict[str, list[str]]:
    """The shapes of things that a shape of a property belongs to."""
    found: dict[str, list[str]] = defaultdict(list)
    for shape in shapes.values():
        for part in shape.parts:
            found[part].append(shape.name)
    return found
