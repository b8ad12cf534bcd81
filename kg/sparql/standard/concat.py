"""GROUP_CONCAT as a plain string of all that can be said.

The engine keeps the language that all strings of a group share, and has an error for numbers, days
and IRIs. So has the standard's CONCAT, but other endpoints say them: who lists years wants to see
them. https://www.w3.org/TR/sparql11-query/#defn_aggGroupConcat
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.names import VOCABULARIES
from kg.sparql.tokens import Token, closing, spliced, spoken

_STRINGS: Final = f"<{VOCABULARIES['xsd']}string>, <{VOCABULARIES['rdf']}langString>"
_SAID: Final = f"COALESCE(IF(DATATYPE({{0}}) IN ({_STRINGS}), {{0}}, 1/0), STR({{0}}))"
"""A string as it is, so that DISTINCT tells languages apart; anything else as it is written."""


def plain_concat(query: str) -> str:
    """The query with STR(…) around each GROUP_CONCAT(…), and strings in it."""
    if "GROUP_CONCAT" not in query.upper():
        return query
    return spliced(query, _edits(query, spoken(query)))


def _edits(query: str, found: list[Token]) -> Iterator[tuple[int, int, str]]:
    for i, token in enumerate(found[:-2]):
        if token.word != "GROUP_CONCAT" or found[i + 1].text != "(":
            continue
        close = closing(found, i + 1)
        begin = i + 2 + (found[i + 2].word == "DISTINCT")
        end = next((n for n in range(begin, close) if found[n].text == ";"), close)
        yield token.start, token.start, "STR("
        if begin < end and not any(one.text == "{" for one in found[begin:end]):
            at, behind = found[begin].start, found[end - 1].end
            yield at, behind, _SAID.format(query[at:behind])
        yield found[close].end, found[close].end, ")"
