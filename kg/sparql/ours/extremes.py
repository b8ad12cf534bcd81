"""The first and the last of some terms."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from kg.sparql.order import Place, place_of
from kg.sparql.ours.casts import Term
from kg.sparql.ours.names import FAILED

_FAILED: Final = NamedNode(FAILED)


class Extreme:
    """The first of all values in the order of terms, or the last; none where one is in error."""

    def __init__(self, *, last: bool) -> None:
        self._last = last
        self._found: tuple[Place, Term] | None = None
        self._failed = False

    def accumulate(self, term: Term) -> None:
        """Takes a value."""
        if term == _FAILED:
            self._failed = True
            return
        found = place_of(str(term)), term
        if self._found is None or self._comes_first(found[0], self._found[0]):
            self._found = found

    def _comes_first(self, one: Place, other: Place) -> bool:
        return one > other if self._last else one < other

    def finish(self) -> Term | None:
        """The one it is."""
        return self._found[1] if self._found and not self._failed else None
