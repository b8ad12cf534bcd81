"""What the query page completes with: prefixes, terms and examples of the release, as one JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from flask import Blueprint, Response

from kg.names import SCHEMES, Names
from kg.release.read import Release
from server.headers import of_release
from server.link import path_of
from server.show.term import Terms
from server.site import once
from server.sparql.examples import curie, grouped

blueprint = Blueprint("sparql_terms", __name__)

MEDIA: Final = "application/json"
_TERMS: Final = {
    "class": "{ ?part void:class ?term } UNION { ?term a owl:Class }",
    "property": """{ ?part void:property ?term } UNION { ?term a owl:ObjectProperty }
        UNION { ?term a owl:DatatypeProperty }""",
    "concept": f"?term a skos:Concept FILTER(STRSTARTS(STR(?term), '{SCHEMES}'))",
}
"""Classes and properties that the release has or declares, and the concepts of the codebook."""


@blueprint.get("/sparql/terms.json")
def show_terms() -> Response:
    """The prefixes, terms and examples; to who has those of this release, 304."""
    return of_release(MEDIA, lambda: Response(once("query page", written), content_type=MEDIA))


def written(of: Release) -> str:
    """The JSON of a release.

    {"prefixes": {"wh": "…"}, "pages": {"…/claim/": "claim/"},
     "terms": [["wh:Claim", "class", "Claim"]], "examples": {"who-held": ["Who …", "SELECT …"]}}
    """
    names = of.names
    examples = (one for group in grouped(of).values() for one in group)
    found = {
        "prefixes": names.prefixes(),
        "pages": _pages(names),
        "terms": sorted(_terms(of)),
        "examples": {one.name: [one.title, one.query] for one in examples},
    }
    return json.dumps(found, ensure_ascii=False, indent=1)


def _pages(names: Names) -> dict[str, str]:
    """By how an IRI begins, the path below the root at which it is served here."""
    starts = (*names.prefixes().values(), names.graph(""))
    return {start: path for start in starts if (path := path_of(start, names)) is not None}


def _terms(of: Release) -> Iterable[tuple[str, str, str]]:
    """Each term that has a prefix, what it is, and its label."""
    shows = Terms(of.store, of.names)
    for kind, pattern in _TERMS.items():
        query = f"SELECT DISTINCT ?term WHERE {{ {pattern} }}"
        rows: Any = of.store.query(query, prefixes=of.names.prefixes())
        for row in rows:
            if short := curie(row["term"].value, of.names):
                yield short, kind, shows.thing(row["term"].value).text
