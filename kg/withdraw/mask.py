"""A release's lines without what goes; what rules derived goes too, to be derived anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from kg.lift.retired import GRAPH
from kg.names import Names
from kg.reason.derive import load_rules


def masked(lines: Iterable[bytes], gone: frozenset[NamedNode], names: Names) -> Iterator[bytes]:
    """The lines of N-Quads that stay: also what is said of retired ids, and of the ontology."""
    nodes = frozenset(str(node).encode() for node in gone)
    articles = (names.split(node.value) for node in gone)
    graphs = frozenset(
        f"<{names.graph(f'article/{found[1]}')}>".encode()
        for found in articles
        if found and found[0] == "article"
    )
    rules = (names.graph(f"derived/{rule.name}") for rule in load_rules())
    derived = frozenset(f"<{graph}>".encode() for graph in rules)
    retired = f"<{names.graph(GRAPH)}>".encode()
    for line in lines:
        statement, _, graph = line.removesuffix(b" .\n").rpartition(b" ")
        subject, _, value = statement.split(b" ", 2)
        removed = graph in graphs or subject in nodes or value in nodes
        if graph == retired or not (removed or graph in derived):
            yield line
