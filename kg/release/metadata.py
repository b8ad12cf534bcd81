"""What a release says of itself: name, date, counts, licence, the rules it was derived with."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import ReleaseError
from kg.lift.terms import Quads, day, term, words
from kg.names import WH
from kg.reason.derive import load_rules
from kg.workspace import Workspace

_TYPE: Final = str(term("rdf:type")).encode()
_DATE: Final = str(term("dcterms:date")).encode()
_ALL_APPLY: Final = words(
    "It rests on graphs under each of these licences: all of them are to be kept.", "en"
)
_MATCHES: Final = frozenset(
    str(term(f"skos:{kind}Match")).encode()
    for kind in ("exact", "close", "broad", "narrow", "related")
)
_DAY: Final = re.compile(rb'"(\d{4}-\d\d-\d\d)"\^\^' + re.escape(str(term("xsd:date")).encode()))
_IRI: Final = re.compile(rb"<[^<]*>")
ONTOLOGY_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
"""The ontology and its codebook are this project's, whatever workspace uses them."""


@dataclass(slots=True)
class Counts:
    """What a graph holds, counted from its canonical lines."""

    quads: int = 0
    triples: int = 0
    subjects: int = 0
    graphs: Counter[bytes] = field(default_factory=Counter)
    classes: Counter[bytes] = field(default_factory=Counter)
    properties: Counter[bytes] = field(default_factory=Counter)
    links: Counter[tuple[bytes, bytes, bytes]] = field(default_factory=Counter)
    """Statements of identity by graph, property, and what the IRIs that they lead to begin with."""
    newest: dt.date | None = None
    _last: tuple[bytes, bytes, bytes] = (b"", b"", b"")

    def each(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The same lines, counted on their way; they must come in order, each once."""
        for line in lines:
            self._add(line)
            yield line

    def _add(self, line: bytes) -> None:
        subject, predicate, rest = line.split(b" ", 2)
        value, _, graph = rest.rpartition(b" <")
        self.quads += 1
        named = graph[: -len(b"> .\n")]
        self.graphs[named] += 1
        if predicate in _MATCHES:
            self.links[named, predicate[1:-1], _space(value[1:-1])] += 1
        triple = subject, predicate, value
        if triple != self._last:  # the same in another graph would be the next line
            self._add_triple(*triple)
            self._last = triple

    def _add_triple(self, subject: bytes, predicate: bytes, value: bytes) -> None:
        self.triples += 1
        self.subjects += subject != self._last[0]
        self.properties[predicate[1:-1]] += 1
        if predicate == _DATE:
            self.newest = max(filter(None, (self.newest, _day(value))), default=None)
        elif predicate == _TYPE and _IRI.fullmatch(value):
            self.classes[value[1:-1]] += 1


def _space(iri: bytes) -> bytes:
    """What an IRI begins with, before the id at its end."""
    return iri[: max(iri.rfind(mark) for mark in (b"/", b"#", b"=")) + 1]


def _day(value: bytes) -> dt.date | None:
    """The day that an xsd:date says; None for anything else, such as a year alone."""
    try:
        found = _DAY.fullmatch(value)
        return dt.date.fromisoformat(found[1].decode()) if found else None
    except ValueError:
        return None


def fixed_date() -> dt.date | None:
    """The day of SOURCE_DATE_EPOCH, where it is set. Raises ReleaseError where it is no time.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise ReleaseError(
            f"SOURCE_DATE_EPOCH is '{epoch}'; expected seconds since 1970. Correct or unset it."
        ) from None


def release_date(newest: dt.date | None) -> dt.date:
    """SOURCE_DATE_EPOCH, else the newest date in the workspace.

    No clock, so that two builds give the same bytes.
    """
    return fixed_date() or newest or dt.date(1970, 1, 1)


def summarize(
    workspace: Workspace, digest: str, counts: Counts, version: str = ""
) -> dict[str, Any]:
    """What a reader of the directory needs before it opens the store."""
    settings = workspace.settings
    return {
        "digest": f"sha256:{digest}",
        "version": version or None,
        "date": release_date(counts.newest).isoformat(),
        "quads": counts.quads,
        "articles": counts.classes[f"{WH}Article".encode()],
        "base": settings.base,
        "title": settings.title,
        "publisher": settings.publisher,
        "contact": settings.contact,
        "licence": settings.licence,
        "licences": sorted(_all_licences(workspace, counts)),
        "horizon": settings.horizon,
        "excerpt": settings.excerpt,
    }


def metadata(workspace: Workspace, digest: str, counts: Counts, version: str = "") -> list[Quad]:
    """The metadata graph: what the release is, and the rules it was derived with.

    rule:periods.1 a prov:Plan ; skos:prefLabel "periods" ; schema:version "1" .
    """
    quads = about(workspace, digest, counts, version)
    _rules(quads, workspace)
    return quads.found


def about(workspace: Workspace, digest: str, counts: Counts, version: str = "") -> Quads:
    """What a release is and holds, in the metadata graph; no licence where none is stated.

    <…/release/sha256-…> a void:Dataset, dcat:Dataset ; dcterms:title "…"@en ;
        dcat:version "2026.1" ; dcterms:license <…> ; dcterms:date "2026-11-21"^^xsd:date ;
        void:triples 5120 ; wh:digest "sha256:…" .
    <…/graph/article/aven> dcterms:license <…> ; void:triples 812 .
    """
    names, settings = workspace.names, workspace.settings
    quads = Quads(NamedNode(names.graph("metadata")))
    node = NamedNode(names.release(f"sha256:{digest}"))
    quads.add(node, "rdf:type", term("void:Dataset"), term("dcat:Dataset"))
    quads.add(node, "dcterms:identifier", words(f"sha256:{digest}"))
    quads.add(node, "dcterms:title", words(settings.title, "en"))
    publisher = NamedNode(f"{node.value}/publisher")
    quads.add(node, "dcterms:publisher", publisher)
    quads.add(publisher, "rdf:type", term("foaf:Agent"))
    quads.add(publisher, "foaf:name", words(settings.publisher, "en"))
    _license(quads, node, _all_licences(workspace, counts))
    quads.add(node, "dcterms:date", day(release_date(counts.newest)))
    quads.add(node, "wh:digest", words(f"sha256:{digest}"))
    quads.add(node, "dcat:version", words(version) if version else None)
    quads.add(node, "void:triples", Literal(counts.triples))
    quads.add(node, "void:distinctSubjects", Literal(counts.subjects))
    quads.add(node, "void:classes", Literal(len(counts.classes)))
    quads.add(node, "void:properties", Literal(len(counts.properties)))
    _graphs(quads, node, workspace, counts)
    _partitions(quads, node, counts)
    _linksets(quads, node, names.graph("links"), counts)
    return quads


def _graphs(quads: Quads, node: NamedNode, workspace: Workspace, counts: Counts) -> None:
    for iri, triples in sorted(counts.graphs.items()):
        graph = NamedNode(iri.decode())
        quads.add(node, "void:subset", graph)
        _license(quads, graph, _licences(workspace, graph.value, counts))
        quads.add(graph, "void:triples", Literal(triples))


def _license(quads: Quads, thing: NamedNode, licences: set[str]) -> None:
    """Says under which licences a graph, or a whole release, may be passed on."""
    quads.add(thing, "dcterms:license", *map(NamedNode, sorted(licences)))
    quads.add(thing, "dcterms:rights", _ALL_APPLY if len(licences) > 1 else None)


def _all_licences(workspace: Workspace, counts: Counts) -> set[str]:
    """The licences of all graphs."""
    return {one for iri in counts.graphs for one in _licences(workspace, iri.decode(), counts)}


def _licences(workspace: Workspace, graph: str, counts: Counts) -> set[str]:
    """The licences of a graph: an article's may have its own; what is derived has all of them.

    So it is no freer than anything that went into it. The closure is derived from the ontology.
    """
    names = workspace.names
    if graph in (names.graph("ontology"), names.graph("derived/closure")):
        return {ONTOLOGY_LICENCE}
    articles = names.graph("article/")
    if graph.startswith(names.graph("derived/")):
        known = (iri.decode() for iri in counts.graphs)
        slugs = (one.removeprefix(articles) for one in known if one.startswith(articles))
        return {workspace.settings.licence, *map(workspace.licence, slugs)} - {""}
    return {workspace.licence(graph.removeprefix(articles))} - {""}


def _partitions(quads: Quads, node: NamedNode, counts: Counts) -> None:
    for (iri, entities), local in _apart(counts.classes):
        partition = NamedNode(f"{node.value}/class/{local}")
        quads.add(node, "void:classPartition", partition)
        quads.add(partition, "rdfs:label", _counted(iri, entities))
        quads.add(partition, "void:class", NamedNode(iri.decode()))
        quads.add(partition, "void:entities", Literal(entities))
    for (iri, triples), local in _apart(counts.properties):
        partition = NamedNode(f"{node.value}/property/{local}")
        quads.add(node, "void:propertyPartition", partition)
        quads.add(partition, "rdfs:label", _counted(iri, triples))
        quads.add(partition, "void:property", NamedNode(iri.decode()))
        quads.add(partition, "void:triples", Literal(triples))


def _linksets(quads: Quads, node: NamedNode, links: str, counts: Counts) -> None:
    """The links by where they lead and how; https://www.w3.org/TR/void/#linkset

    <…/graph/links> void:subset <…/linkset/www-wikidata-org-entity--exactMatch> .
    <…/linkset/www-wikidata-org-entity--exactMatch> a void:Linkset ; void:triples 16 ;
        void:linkPredicate skos:exactMatch ; void:subjectsTarget <…/release/sha256-…> ;
        void:objectsTarget <…/target/www-wikidata-org-entity> .
    """
    for (graph, match, space), triples in sorted(counts.links.items()):
        if graph.decode() != links:
            continue
        local, kind = _local(space).strip("-"), match.decode().rpartition("#")[2]
        linkset = NamedNode(f"{node.value}/linkset/{local}--{kind}")
        target = NamedNode(f"{node.value}/target/{local}")
        quads.add(NamedNode(links), "void:subset", linkset)
        quads.add(linkset, "rdf:type", term("void:Linkset"))
        quads.add(linkset, "rdfs:label", _counted(match, triples))
        quads.add(linkset, "void:linkPredicate", NamedNode(match.decode()))
        quads.add(linkset, "void:subjectsTarget", node)
        quads.add(linkset, "void:objectsTarget", target)
        quads.add(linkset, "void:triples", Literal(triples))
        quads.add(target, "rdf:type", term("void:Dataset"))
        quads.add(target, "void:uriSpace", words(space.decode()))


def _apart(counted: Counter[bytes]) -> Iterator[tuple[tuple[bytes, int], str]]:
    """Terms with their counts, each with an end of an IRI that no other has."""
    taken = set[str]()
    for pair in sorted(counted.items()):
        local = _local(pair[0])
        ends = chain([local], (f"{local}.{number}" for number in count(2)))
        taken.add(end := next(end for end in ends if end not in taken))
        yield pair, end


def _counted(iri: bytes, many: int) -> Literal:
    """What people call a partition: "Claim: 1,204"."""
    name = re.split(r"[#/]", iri.decode())[-1]
    return words(f"{name}: {many:,}", "en")


def _local(iri: bytes) -> str:
    """A term as the end of another IRI: Claim, www-w3-org-2004-02-skos-core-Concept"""
    name = re.sub(r"^https?://", "", iri.decode().removeprefix(WH))
    return re.sub(r"[^A-Za-z0-9]+", "-", name)


def _rules(quads: Quads, workspace: Workspace) -> None:
    for rule in load_rules():
        if not rule.scratch:
            node = NamedNode(rule.iri(workspace.names))
            quads.add(node, "rdf:type", term("prov:Plan"))
            quads.add(node, "skos:prefLabel", words(rule.name, "en"))
            quads.add(node, "skos:definition", words(rule.says, "en"))
            quads.add(node, "schema:version", words(rule.version))
