"""Places that an article has spoken of: "it", "there", "the mine", "the outskirts"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kg.suggest.found import Filled, Named, Statement
from kg.suggest.meant.describing import Description
from kg.suggest.meant.lexicon import singular
from kg.suggest.meant.told import Told, identity
from kg.suggest.names.lexicon import fold
from kg.text import Span

GATES: Final = frozenset(
    ("gate", "gatehouse", "wall", "entrance", "perimeter", "fence", "yard", "rampart")
)
"""Parts of a place that stand for it."""
QUARTERS: Final = frozenset(
    (
        *("district", "suburb", "outskirt", "outskirts", "quarter", "neighbourhood"),
        *("neighborhood", "street", "centre", "center", "ward", "environ"),
    )
)
"""Parts of a town, which have no name of their own."""
LARGE: Final = ("country", "governorate", "region", "border")
RECENT: Final = 3
"""How many sentences back a town is still the one spoken of."""
_TOWNS: Final = ("city", "town", "village")
_BACK: Final = 2
"""How many sentences back "it" and "there" reach."""


def country_of(told: Told, statement: Statement, words: Span) -> Named | None:
    """The country where a statement's places lie, else the one told of last."""
    country = told.country(statement) or told.country_before(words[0])
    return told.atlas.place(country, words) if country is not None else None


def town_of(told: Told, words: Span) -> Named | None:
    """The town whose districts or outskirts words mean: the one told of last."""
    meant = (replace(f.named, span=f.words) for _, f in told.roles("place") if f.named)
    spoken_of = [n for n in meant if n.type in _TOWNS]
    named = [n for n in told.places if n.type in _TOWNS]
    return told.latest(spoken_of, words[0], RECENT) or told.latest(named, words[0], RECENT)


def called(told: Told, described: Description, words: Span) -> Named | None:
    """The place whose own name has the noun: "the mine" is Aven mine, where that was told of.

    Else the only one of that name that lies in a place told of.
    """
    own = " ".join((described.head, *described.untold)).replace("-", " ").split()
    said = {singular(fold(word)) for word in own}
    before = [n for n in told.places if n.span[1] <= words[0]]
    named = [n for n in before or told.places if said <= _names(told, identity(n))]
    if named:
        return told.latest(named, words[0]) or named[0]
    return _inside(told, [n for n in before if n.type not in LARGE], said, words)


def _inside(told: Told, near: list[Named], said: set[str], words: Span) -> Named | None:
    """The only place of a name that lies in one told of, the one told last before any other."""
    fitting = [slug for slug in told.atlas.entries("place") if said <= _names(told, slug)]
    within = {slug: set(list(told.atlas.around(slug))[1:]) for slug in fitting}
    for outer in dict.fromkeys(identity(n) for n in sorted(near, key=lambda n: -n.span[0])):
        inside = [slug for slug in fitting if outer in within[slug]]
        if inside:
            return told.atlas.site(inside[0], words) if len(inside) == 1 else None
    return None


def _names(told: Told, own: str | None) -> frozenset[str]:
    """The words of a place's names, in the singular."""
    names = told.atlas.names(own) if own is not None else ()
    return frozenset(
        singular(fold(word)) for name in names for word in name.replace("-", " ").split()
    )


def site_of(told: Told, filled: Filled, described: Description) -> Named | None:
    """The place in which a site without a name lies: "the market at Aven" is in Aven."""
    if described.plural or described.rest[:1] not in (("at",), ("in",)):
        return None
    for named in told.in_sentence(filled.words, "place"):
        between = told.reading.text[filled.words[1] : max(filled.words[1], named.span[0])]
        if re.fullmatch(r"\s+(?:at|in)\s+", between):
            return named
    return None


def spoken_of(told: Told, statement: Statement, filled: Filled) -> Named | None:
    """The place that "it" and "there" mean: the one told of last, first of all in a role."""
    others = {identity(f.named) for f in statement.roles if f is not filled and f.named}
    meant = (replace(f.named, span=f.words) for _, f in told.roles("place") if f.named)
    found = [n for n in (*meant, *told.places) if identity(n) not in others]
    return told.latest(found, filled.words[0], _BACK)
