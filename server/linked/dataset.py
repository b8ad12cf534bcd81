"""The description of the current release for catalogues: one source of its counts for all."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

from kg.export.dataset import FILES
from server.linked.description import describe
from server.site import release

TURTLE = FILES[0].name


def dataset() -> list[Triple]:
    """VoID and DCAT 3 as the release's own file has them; else what its metadata states.

    <…/release/sha256-…> a dcat:Dataset, void:Dataset ; void:triples 5120 ; dcat:distribution … .
    https://www.w3.org/TR/void/, https://www.w3.org/TR/vocab-dcat-3/
    """
    path = release().folder / TURTLE
    if path.is_file():
        return _read(path)
    found = describe(release().store, release().names.release(release().digest))
    return found.triples if found else []


@lru_cache(maxsize=4)
def _read(path: Path) -> list[Triple]:
    """A file of a release never changes."""
    return [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]
