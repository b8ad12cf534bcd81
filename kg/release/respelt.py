"""What literals are kept by what they are, and so otherwise than they were spelt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pyoxigraph import Literal

from kg.store import stored


class Example(NamedTuple):
    """The first literal of its datatype that was respelt, as it was and as it is kept."""

    was: Literal
    kept: Literal

    def __str__(self) -> str:
        was, kept = (f'"{one.value}"^^{one.datatype}' for one in self)
        return f"{was} is served as {kept}"


@dataclass(slots=True)
class Respelt:
    """How many literals were respelt, by the datatypes that they had."""

    _counts: dict[str, int] = field(default_factory=dict)
    _examples: dict[str, Example] = field(default_factory=dict)

    def keep(self, literal: Literal) -> Literal:
        """The literal as a store keeps it."""
        kept = stored(literal)
        if kept != literal:
            name = literal.datatype.value
            self._counts[name] = self._counts.get(name, 0) + 1
            self._examples.setdefault(name, Example(literal, kept))
        return kept

    def __iter__(self) -> Iterator[str]:
        """A sentence for each datatype: an example, and how many more there are.

        >>> respelt = Respelt()
        >>> for text in ("012", "12", "+12"):
        ...     _ = respelt.keep(Literal(text, datatype=Literal(12).datatype))
        >>> [line.replace("http://www.w3.org/2001/XMLSchema#", "") for line in respelt]
        ['"012"^^<integer> is served as "12"^^<integer>, and 1 more of its datatype']
        """
        for name, count in self._counts.items():
            more = f", and {count - 1:,} more of its datatype" if count > 1 else ""
            yield f"{self._examples[name]}{more}"
