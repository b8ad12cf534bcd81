"""What a release says of itself: name, date, counts, licence, the rules it was derived with."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.lift.terms import Quads, day, term, words
from kg.reason.derive import load_rules
from kg.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Counts:
    """What a release holds."""

    quads: int
    graphs: Mapping[str, int]
    articles: int
    claims: int


def release_date(newest: dt.date | None) -> dt.date:
    """SOURCE_DATE_EPOCH, else the newest date in the workspace.

    No clock, so that two builds give the same bytes
    (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return newest or dt.date(1970, 1, 1)


def metadata(
    workspace: Workspace, digest: str, date: dt.date, graphs: Counter[str], classes: Counter[str]
) -> list[Quad]:
    """The metadata graph.

    <…/release/sha256-…> a void:Dataset ; dcterms:title "…"@en ; dcterms:license <…> ;
        dcterms:date "2026-11-21"^^xsd:date ; void:triples 5120 ; wh:digest "sha256:…" .
    rule:periods.1 a prov:Plan ; skos:prefLabel "periods" ; schema:version "1" .
    """
    names, settings = workspace.names, workspace.settings
    quads = Quads(NamedNode(names.graph("metadata")))
    node = NamedNode(f"{names.base}release/sha256-{digest}")
    quads.add(node, "rdf:type", term("void:Dataset"))
    quads.add(node, "dcterms:title", words(settings.title, "en"))
    quads.add(node, "dcterms:publisher", words(settings.publisher, "en"))
    quads.add(node, "dcterms:license", NamedNode(settings.licence))
    quads.add(node, "dcterms:date", day(date))
    quads.add(node, "wh:digest", words(f"sha256:{digest}"))
    quads.add(node, "void:triples", Literal(sum(graphs.values())))
    for graph, count in sorted(graphs.items()):
        quads.add(node, "void:subset", NamedNode(graph))
        quads.add(NamedNode(graph), "void:triples", Literal(count))
    for kind, count in sorted(classes.items()):
        partition = NamedNode(f"{node.value}/class/{kind.rpartition('#')[2]}")
        quads.add(node, "void:classPartition", partition)
        quads.add(partition, "void:class", NamedNode(kind))
        quads.add(partition, "void:entities", Literal(count))
    _rules(quads, workspace)
    return quads.found


def _rules(quads: Quads, workspace: Workspace) -> None:
    for rule in load_rules():
        if not rule.scratch:
            node = NamedNode(rule.iri(workspace.names))
            quads.add(node, "rdf:type", term("prov:Plan"))
            quads.add(node, "skos:prefLabel", words(rule.name, "en"))
            quads.add(node, "skos:definition", words(rule.says, "en"))
            quads.add(node, "schema:version", words(rule.version))
