"""ORDER BY literals of several kinds, which the engine may give in any order, or end over.

Each key becomes two: the kind of a literal, then what it is among its kind. NaN is a kind of its
own; words in a language go by the words; times without a zone are taken for Greenwich's, so that
they stand before those that are surely later, and behind those that are surely earlier.
https://www.w3.org/TR/sparql11-query/#modOrderBy
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.names import VOCABULARIES
from kg.sparql.standard.comparisons import NEITHER
from kg.sparql.tokens import Token, closing, spliced, spoken

_TIMES: Final = ", ".join(f"<{VOCABULARIES['xsd']}{name}>" for name in ("dateTime", "date"))
_ZONE: Final = r'"(Z|[+-][0-9]{2}:[0-9]{2})$"'
_KIND: Final = 'IF(ISNUMERIC(@), IF(@ = @, "", " "), STR(DATATYPE(@)))'
_RANK: Final = (
    f'COALESCE(IF(LANG(@) != "", STR(@), IF(DATATYPE(@) IN ({_TIMES}) && !REGEX(STR(@), {_ZONE}), '
    'STRDT(CONCAT(STR(@), "Z"), DATATYPE(@)), @)), @)'
)
_WAYS: Final = ("ASC", "DESC")


def sort_kinds(query: str) -> str:
    """The query with two keys for each one that may be of several kinds.

    >>> sort_kinds("SELECT ?s { ?s ?p ?o } ORDER BY STR(?s) LIMIT 3")
    'SELECT ?s { ?s ?p ?o } ORDER BY STR(?s) LIMIT 3'
    """
    if "ORDER" not in query.upper():
        return query
    return spliced(query, _edits(query, spoken(query)))


def _edits(query: str, found: list[Token]) -> Iterator[tuple[int, int, str]]:
    for i, token in enumerate(found[:-1]):
        if token.word != "ORDER" or found[i + 1].word != "BY":
            continue
        at = i + 2
        while end := _behind(found, at):
            way, key = _split(found[at:end])
            if key and key[0].word not in NEITHER and not any(token.text == "{" for token in key):
                said = query[key[0].start : key[-1].end]
                keys = (f"{way}({form.replace('@', said)})" for form in (_KIND, _RANK))
                yield found[at].start, found[end - 1].end, " ".join(keys)
            at = end


def _behind(found: Sequence[Token], at: int) -> int:
    """Where the key ends that begins at a token; 0 where none does."""
    if at >= len(found):
        return 0
    if found[at].kind == "variable":
        return at + 1
    bracket = at + (found[at].text != "(")
    if bracket >= len(found) or found[bracket].text != "(":
        return 0
    return closing(found, bracket) + 1


def _split(key: Sequence[Token]) -> tuple[str, Sequence[Token]]:
    """Which way a key sorts, and by what, without brackets around it."""
    way = key[0].word if key[0].word in _WAYS else ""
    key = key[1:] if way else key
    while key and key[0].text == "(" and closing(key, 0) == len(key) - 1:
        key = key[1:-1]
    return way, key
