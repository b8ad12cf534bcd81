"""The graphs that belong to no article: the ontology, what follows from it, authorities, links."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode, Quad

from kg.authority import Authorities, Entry
from kg.errors import NotConforming
from kg.lift.authorities import lift_authorities
from kg.lift.links import lift_links
from kg.lift.terms import term
from kg.reason.closure import close
from kg.store import read_turtle
from kg.validate import validate
from kg.vocabulary import load_vocabulary, resource
from kg.workspace import Workspace

ENTRIES: Final = 50
"""How many actors and places are lifted and validated at once."""

_SUBJECT: Final = term("rdf:subject")


def lift_shared(workspace: Workspace, *, fast: bool) -> Iterator[list[Quad]]:
    """The quads of these graphs, some at a time, validated. Raises NotConforming."""
    names = workspace.names
    ontology = list(read_ontology(NamedNode(names.graph("ontology"))))
    closure = NamedNode(names.graph("derived/closure"))
    yield [*ontology, *close((q.triple for q in ontology), closure)]
    yield from _lift_own(workspace, fast=fast)


def check_shared(workspace: Workspace, *, fast: bool) -> None:
    """Raises NotConforming where an actor, a place or a link has not the form of one."""
    for _ in _lift_own(workspace, fast=fast):
        pass


def _lift_own(workspace: Workspace, *, fast: bool) -> Iterator[list[Quad]]:
    """The quads of the workspace's actors, places and links, some at a time, validated."""
    names, links = workspace.names, _links(workspace)
    entries = iter(workspace.authorities.entries())
    while some := list(islice(entries, ENTRIES)):
        quads = lift_authorities(_only(some), names, load_vocabulary())
        for entry in some:
            quads += links.pop(names.iri(entry.kind, entry.slug), ())
        yield _validated(quads, fast=fast)
    yield _validated([quad for quads in links.values() for quad in quads], fast=fast)


def read_ontology(graph: NamedNode) -> Iterator[Quad]:
    """The quads of the shipped ontology, schemes and alignments."""
    for path in sorted(resource("ontology").rglob("*.ttl")):
        yield from read_turtle(path, graph)


def _links(workspace: Workspace) -> dict[str, list[Quad]]:
    """The quads of all links, by the IRI of the actor or place that they are judged of."""
    found: dict[str, list[Quad]] = {}
    for table in workspace.links:
        quads = lift_links(table, workspace.names)
        judged = {q.subject: q.object for q in quads if q.predicate == _SUBJECT}
        for quad in quads:
            entity = judged.get(quad.subject, quad.subject)
            found.setdefault(str(getattr(entity, "value", entity)), []).append(quad)
    return found


def _only(entries: list[Entry]) -> Authorities:
    actors = {entry.slug: entry for entry in entries if entry.kind == "actor"}
    return Authorities(actors, {e.slug: e for e in entries if e.slug not in actors})


def _validated(quads: list[Quad], *, fast: bool) -> list[Quad]:
    report = validate(quads, fast=fast)
    if not report.conforms:
        raise NotConforming(report.to_text())
    return quads
