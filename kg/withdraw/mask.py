"""A release's stated lines without what goes; all that was derived goes too, to be derived anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from kg.lift.retired import GRAPH
from kg.names import Names


def masked(lines: Iterable[bytes], gone: frozenset[NamedNode], names: Names) -> Iterator[bytes]:
    """The lines of N-Quads that stay. What is said of retired ids stays as it is."""
    nodes = frozenset(str(node).encode() for node in gone)
    articles = (names.split(node.value) for node in gone)
    graphs = frozenset(
        f"<{names.graph(f'article/{found[1]}')}>".encode()
        for found in articles
        if found and found[0] == "article"
    )
    derived, retired = (f"<{names.graph(part)}".encode() for part in ("derived/", f"{GRAPH}>"))
    for line in lines:
        statement, _, graph = line.removesuffix(b" .\n").rpartition(b" ")
        subject, _, value = statement.split(b" ", 2)
        removed = graph in graphs or subject in nodes or value in nodes
        if graph == retired or not (removed or graph.startswith(derived)):
            yield line
