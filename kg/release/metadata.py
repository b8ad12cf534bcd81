"""What a release says of itself: name, date, counts, licence, the rules it was derived with."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import ReleaseError
from kg.lift.terms import Quads, day, term, words
from kg.names import WH
from kg.reason.derive import load_rules
from kg.workspace import Workspace

_TYPE: Final = str(term("rdf:type")).encode()
_DATE: Final = str(term("dcterms:date")).encode()
_OURS: Final = f"<{WH}".encode()


@dataclass(slots=True)
class Counts:
    """What a graph holds, counted from its canonical lines."""

    quads: int = 0
    graphs: Counter[bytes] = field(default_factory=Counter)
    classes: Counter[bytes] = field(default_factory=Counter)
    newest: dt.date | None = None
    _typed: tuple[bytes, bytes] = (b"", b"")

    def each(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The same lines, counted on their way; they must come in order, each once."""
        for line in lines:
            self._add(line)
            yield line

    def _add(self, line: bytes) -> None:
        subject, predicate, rest = line.split(b" ", 2)
        value, _, graph = rest.rpartition(b" <")
        self.quads += 1
        self.graphs[graph[: -len(b"> .\n")]] += 1
        if predicate == _DATE:
            found = dt.date.fromisoformat(value[1:11].decode())
            self.newest = max(self.newest or found, found)
        elif predicate == _TYPE and value.startswith(_OURS) and self._typed != (subject, value):
            self._typed = subject, value  # the same in another graph would be the next line
            self.classes[value[1:-1]] += 1


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


def summarize(workspace: Workspace, digest: str, counts: Counts) -> dict[str, Any]:
    """What a reader of the directory needs before it opens the store."""
    settings = workspace.settings
    return {
        "digest": f"sha256:{digest}",
        "date": release_date(counts.newest).isoformat(),
        "quads": counts.quads,
        "articles": counts.classes[f"{WH}Article".encode()],
        "base": settings.base,
        "title": settings.title,
        "publisher": settings.publisher,
        "contact": settings.contact,
        "licence": settings.licence,
        "horizon": settings.horizon,
        "excerpt": settings.excerpt,
    }


def metadata(workspace: Workspace, digest: str, counts: Counts) -> list[Quad]:
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
    quads.add(node, "dcterms:date", day(release_date(counts.newest)))
    quads.add(node, "wh:digest", words(f"sha256:{digest}"))
    quads.add(node, "void:triples", Literal(counts.quads))
    _partitions(quads, node, counts)
    _rules(quads, workspace)
    return quads.found


def _partitions(quads: Quads, node: NamedNode, counts: Counts) -> None:
    for iri, count in sorted(counts.graphs.items()):
        graph = NamedNode(iri.decode())
        quads.add(node, "void:subset", graph)
        quads.add(graph, "void:triples", Literal(count))
    for iri, count in sorted(counts.classes.items()):
        kind = NamedNode(iri.decode())
        partition = NamedNode(f"{node.value}/class/{kind.value.rpartition('#')[2]}")
        quads.add(node, "void:classPartition", partition)
        quads.add(partition, "void:class", kind)
        quads.add(partition, "void:entities", Literal(count))


def _rules(quads: Quads, workspace: Workspace) -> None:
    for rule in load_rules():
        if not rule.scratch:
            node = NamedNode(rule.iri(workspace.names))
            quads.add(node, "rdf:type", term("prov:Plan"))
            quads.add(node, "skos:prefLabel", words(rule.name, "en"))
            quads.add(node, "skos:definition", words(rule.says, "en"))
            quads.add(node, "schema:version", words(rule.version))
