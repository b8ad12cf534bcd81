"""IN () and NOT IN (): false and true of anything, where the engine has an error for IRIs.

Of numbers and words it has none. In a list that has an IRI which nothing is, nothing is found, too.
https://www.w3.org/TR/sparql11-query/#func-in
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kg.sparql.tokens import Token, spliced, spoken

_NOTHING: Final = "<urn:none>"


def fill_lists(query: str) -> str:
    """The query, its empty lists with an IRI that nothing is.

    >>> fill_lists("ASK { ?s ?p ?o FILTER(?o NOT IN ()) }")
    'ASK { ?s ?p ?o FILTER(?o NOT IN (<urn:none>)) }'
    """
    return spliced(query, _edits(spoken(query)))


def _edits(found: list[Token]) -> Iterator[tuple[int, int, str]]:
    for before, (opens, closes) in zip(found, pairwise(found[1:]), strict=False):
        if before.word == "IN" and (opens.text, closes.text) == ("(", ")"):
            yield closes.start, closes.start, _NOTHING
