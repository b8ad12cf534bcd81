"""GROUP_CONCAT as a plain string: the engine keeps the language that all its strings share.

https://www.w3.org/TR/sparql11-query/#defn_aggGroupConcat
"""

from __future__ import annotations

from kg.sparql.tokens import closing, spliced, spoken


def plain_concat(query: str) -> str:
    """The query with STR(…) around each GROUP_CONCAT(…)."""
    if "GROUP_CONCAT" not in query.upper():
        return query
    found = spoken(query)
    before = {i: "STR(" for i, token in enumerate(found) if token.word == "GROUP_CONCAT"}
    after = [closing(found, i + 1) for i in before if i + 1 < len(found)]
    edits = (
        (token.start, token.end, f"{before.get(i, '')}{token.text}{')' * after.count(i)}")
        for i, token in enumerate(found)
    )
    return spliced(query, edits)
