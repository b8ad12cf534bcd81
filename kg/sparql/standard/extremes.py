"""MIN and MAX of literals of several kinds, of which the engine may take any.

They are taken in the order of ORDER BY (https://www.w3.org/TR/sparql11-query/#defn_aggMin), by
functions of ours; where a value is in error, they are, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.sparql.ours.names import FAILED, LARGEST, LEAST
from kg.sparql.tokens import Token, closing, spliced, spoken

_OURS: Final = {"MIN": LEAST, "MAX": LARGEST}


def take_extremes(query: str) -> str:
    """The query with functions of ours for MIN and MAX.

    >>> take_extremes("SELECT (MIN(DISTINCT ?v) AS ?least) { ?s ?p ?v }")[8:53]
    '<urn:whoholds:function:least>(COALESCE( ?v, <'
    """
    capitals = query.upper()
    if not any(word in capitals for word in _OURS):
        return query
    return spliced(query, _edits(spoken(query)))


def _edits(found: list[Token]) -> Iterator[tuple[int, int, str]]:
    for i, token in enumerate(found[:-2]):
        if token.word in _OURS and found[i + 1].text == "(":
            begin = i + 1 + (found[i + 2].word == "DISTINCT")  # which says nothing here
            yield token.start, found[begin].end, f"<{_OURS[token.word]}>(COALESCE("
            end = found[closing(found, i + 1)].start
            yield end, end, f", <{FAILED}>)"
