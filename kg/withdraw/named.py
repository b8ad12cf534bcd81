"""Where names of what was withdrawn still stand: in words of others, which it does not reach."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.lift.retired import GRAPH
from kg.lift.terms import term
from kg.names import Names
from kg.release.read import open_release
from kg.release.withdrawals import Withdrawal
from kg.store import UNION
from kg.withdraw.withdraw import published

LABELS: Final = ("skos:prefLabel", "skos:altLabel")
STATED: Final = "asserted.nq"


def names_of(releases: Path, iri: str) -> frozenset[str]:
    """What a thing is called in the releases of a folder; nothing where it has no name."""
    return frozenset(
        quad.object.value
        for release in published(releases)
        for curie in LABELS
        for quad in release.store.quads_for_pattern(NamedNode(iri), term(curie), None, UNION)
        if isinstance(quad.object, Literal)
    )


def still_named(releases: Path, done: Withdrawal, names: Collection[str]) -> list[str]:
    """The things of the successors of which words are stated that hold one of the names, by IRI."""
    if not names:
        return []
    alternatives = "|".join(sorted(map(re.escape, names)))
    name = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)
    found = set[str]()
    for pair in done.replaced:
        release = open_release(releases, pair.successor)
        for quad in _quads(release.folder / STATED, release.names):
            if isinstance(quad.object, Literal) and name.search(quad.object.value):
                found.add(str(quad.subject)[1:-1])
    return sorted(found)


def _quads(path: Path, names: Names) -> Iterator[Quad]:
    """What people stated, but for what is said of retired ids, whose reasons are public."""
    retired = NamedNode(names.graph(GRAPH))
    quads = parse(path=str(path), format=RdfFormat.N_QUADS)
    return (quad for quad in quads if quad.graph_name != retired)
