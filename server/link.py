"""Where an IRI is served here, and where a link may lead. Pure."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from kg.names import KINDS, SCHEME_NAMES, SCHEMES, Names

_OF_DATA: Final = frozenset((*KINDS, "graph", "release"))
_OF_VOCABULARY: Final = frozenset((*SCHEME_NAMES, "ns"))


def path_of(iri: str, names: Names) -> str | None:
    """The path below the root at which one of our IRIs is served, fragment included; else None.

    >>> path_of("https://example.org/valley/claim/aven.x", Names("https://example.org/valley/"))
    'claim/aven.x'
    """
    for base, kinds in ((names.base, _OF_DATA), (SCHEMES, _OF_VOCABULARY)):
        path = iri.removeprefix(base)
        if iri.startswith(base) and path.partition("#")[0].partition("/")[0] in kinds:
            return path
    return None


def iris_at(path: str, names: Names) -> tuple[str, ...]:
    """The IRIs that a path below the root may stand for, the release's own first."""
    return tuple(dict.fromkeys((names.base + path, SCHEMES + path)))


def href_of(iri: str, names: Names, root: str) -> str | None:
    """Where a link to an IRI leads: our page about it, or its own address if that is http."""
    path = path_of(iri, names)
    if path is not None:
        local, hash_, fragment = path.partition("#")
        return f"{root}/{quote(local)}.html{hash_}{quote(fragment)}"
    return iri if iri.lower().startswith(("http://", "https://")) else None
