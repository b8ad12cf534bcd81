"""COUNT of an expression: the engine has no count where the expression is in error for a row.

By the standard such rows are not counted, and the others are. It is said in words that the engine
reads rightly; SUM, AVG, MIN, MAX and GROUP_CONCAT have no value then, which is as it should be.
https://www.w3.org/TR/sparql11-query/#defn_aggCount
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.errors import QueryRefused
from kg.sparql.tokens import Token, closing, spliced, spoken

_ALL: Final = "(SUM(COALESCE(IF(ISIRI({0}), 1, 1), 0)))"
_DISTINCT: Final = (
    "(COUNT(DISTINCT COALESCE({0}, <urn:none>))"
    " - COALESCE(MAX(COALESCE(IF(ISIRI({0}), 0, 0), 1)), 0))"
)
"""All different values, with one for the errors, less that one if there are any."""


def count_values(query: str) -> str:
    """The query with each COUNT of an expression in other words. Raises QueryRefused."""
    if "COUNT" not in query.upper():
        return query
    return spliced(query, _edits(query, spoken(query)))


def _edits(query: str, found: list[Token]) -> Iterator[tuple[int, int, str]]:
    for i, token in enumerate(found[:-2]):
        if token.word != "COUNT" or found[i + 1].text != "(":
            continue
        end, distinct = closing(found, i + 1), found[i + 2].word == "DISTINCT"
        inside = found[i + 2 + distinct : end]
        if len(inside) > 1:
            _refuse_groups(inside)
            of = query[inside[0].start : inside[-1].end]
            yield token.start, found[end].end, (_DISTINCT if distinct else _ALL).format(of)


def _refuse_groups(inside: list[Token]) -> None:
    if any(token.text == "{" for token in inside):
        raise QueryRefused(
            "COUNT of an expression with EXISTS is not run here. BIND the expression in the group, "
            "and COUNT the variable."
        )
