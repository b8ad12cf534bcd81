"""RDF terms as the graph uses them, and the collector that lifting writes into."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.names import VOCABULARIES, concept

_XSD: Final = VOCABULARIES["xsd"]
_DATE: Final = NamedNode(f"{_XSD}date")
_DECIMAL: Final = NamedNode(f"{_XSD}decimal")

Term = NamedNode | Literal


@lru_cache(maxsize=4096)
def term(curie: str) -> NamedNode:
    """A vocabulary's term by its usual prefix: term("wh:place")"""
    prefix, _, name = curie.partition(":")
    return NamedNode(VOCABULARIES[prefix] + name)


@lru_cache(maxsize=4096)
def value(scheme: str, kebab: str) -> NamedNode:
    """A concept of a scheme: value("degree", "full")"""
    return NamedNode(concept(scheme, kebab))


def words(text: str, language: str | None = None) -> Literal:
    """Some words, in the article's language where it is known."""
    return Literal(text, language=language) if language else Literal(text)


def day(date: dt.date) -> Literal:
    """A day as xsd:date."""
    return Literal(date.isoformat(), datatype=_DATE)


def decimal(number: float | Decimal) -> Literal:
    """A number as xsd:decimal in canonical spelling, which no store respells."""
    plain = format(Decimal(str(number)).normalize(), "f")
    return Literal(plain, datatype=_DECIMAL)


@dataclass(slots=True)
class Quads:
    """Collects the quads of one named graph."""

    graph: NamedNode
    found: list[Quad] = field(default_factory=list)

    def add(self, subject: NamedNode, predicate: str, *objects: Term | None) -> None:
        """States one or several objects; None is left out."""
        self.found += [
            Quad(subject, term(predicate), o, self.graph) for o in objects if o is not None
        ]
