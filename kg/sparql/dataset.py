"""Which graphs a query reads: those that its request names, else those that it names itself.

https://www.w3.org/TR/sparql11-protocol/#dataset
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.errors import QueryRefused
from kg.sparql.spell import Prologue
from kg.sparql.tokens import Token
from kg.sparql.words import stop_at


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs whose union is the default graph, and those that GRAPH reaches; each once."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("default", "named"):
            object.__setattr__(self, name, tuple(dict.fromkeys(getattr(self, name))))

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


EVERYTHING: Final = Dataset()
"""All graphs: their union where none is named, and each by its name."""


def dataset_of(text: str, found: list[Token], prologue: Prologue) -> Dataset:
    """What FROM and FROM NAMED name; nothing if there is none. Raises SyntaxError."""
    default, named = list[str](), list[str]()
    for i, token in enumerate(found):
        if token.word == "FROM":
            apart = i + 1 < len(found) and found[i + 1].word == "NAMED"
            graph = found[i + 1 + apart : i + 2 + apart]
            if not graph or graph[0].kind not in ("iri", "name"):
                raise stop_at(text, token.end, "an IRI is expected after FROM")
            (named if apart else default).append(prologue.iri(graph[0], text))
    return Dataset(tuple(default), tuple(named))


def refuse_unpublished(dataset: Dataset, published: frozenset[str]) -> None:
    """Raises QueryRefused for a graph that is not published here."""
    for graph in (*dataset.default, *dataset.named):
        if graph not in published:
            raise QueryRefused(
                f"<{graph}> is no graph of this release, and nothing is read from elsewhere."
            )
