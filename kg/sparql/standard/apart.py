"""Groups that the engine would tell of what is bound around them, kept apart.

`?s ?k ?d OPTIONAL { ?s :p ?x MINUS { ?s :q ?o } } ?s :r ?o` would leave out too few, and
`?s :r ?o { ?o :p ?v FILTER NOT EXISTS { ?s :q ?v } }` too many: by the standard the inner ?o and ?s
are others (https://www.w3.org/TR/sparql11-query/#neg-minus). The engine joins a group to what it
has found, row by row, if it takes it for a plain one; what ends in MINUS { }, which removes
nothing, it does not: that is worked out by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.errors import QueryRefused
from kg.sparql.engine import check_syntax
from kg.sparql.outline import outline
from kg.sparql.standard.nodes import refuse_outsiders
from kg.sparql.standard.scopes import ANY, Doubt, Scopes, Spot
from kg.sparql.tokens import Token, spliced, spoken

APART: Final = " MINUS { } "
_WORDS: Final = ("EXISTS", "MINUS", "OPTIONAL")


def set_apart(query: str, base: str, known: Sequence[Token] = ()) -> str:
    """The query with such groups kept apart; its tokens may be known.

    Raises QueryRefused for what is not clear within EXISTS, SyntaxError for what is no SPARQL.
    """
    capitals = query.upper()
    if not any(word in capitals for word in _WORDS):
        return query
    found = list(known) or spoken(query)
    if not any(token.word in _WORDS for token in found):
        return query
    check_syntax(query, base_iri=base)  # what is no SPARQL goes no further
    whole = outline(found)
    scopes = Scopes(found, whole)
    for doubt in scopes.doubts:
        _refuse(doubt, scopes)
    refuse_outsiders(found, whole)
    ends = dict.fromkeys(found[at].start for at in _ends(scopes))
    return spliced(query, ((end, end, APART) for end in ends))


def _ends(scopes: Scopes) -> Iterator[int]:
    """Before which tokens the groups end that are to be kept apart.

    What is optional and has such a group in it is one, too: nobody else may tell that one.
    """
    last = -1
    for spot in scopes.spots:
        if last > spot.begin or _is_told(spot, scopes):
            last = spot.at
            yield last


def _is_told(spot: Spot, scopes: Scopes) -> bool:
    """Whether a name that is loose in a group is bound anywhere around it."""
    names = scopes.bound.keys() if ANY in spot.loose else spot.loose & scopes.bound.keys()
    return any(_is_outside(scopes.bound[name], spot.begin, spot.end) for name in names)


def _is_outside(where: tuple[int, int], begin: int, end: int) -> bool:
    return where[0] < begin or where[1] > end


def _refuse(doubt: Doubt, scopes: Scopes) -> None:
    """Raises QueryRefused where nobody says how a part of EXISTS depends on what stands around.

    Terms are put in place of names: https://www.w3.org/TR/sparql11-query/#defn_substitute. There
    are then none for MINUS to share, and none to be named by AS.
    """
    begin, end = doubt.group.begin, doubt.group.end - 1
    outside = {n for n in doubt.names if _is_outside(scopes.said[n], begin, end)}
    if doubt.word == "MINUS" and outside == doubt.names:
        raise QueryRefused(
            "MINUS stands within EXISTS, and its group surely shares no variable with what stands "
            "before it but those from around EXISTS: there the standard and its engines differ. "
            "Use FILTER NOT EXISTS in place of MINUS."
        )
    if doubt.word == "AS" and outside:
        raise QueryRefused(
            f"AS ?{min(outside)} stands within EXISTS, and ?{min(outside)} outside, too: the "
            "standard does not say what that is. Give it another name, and compare with =."
        )
