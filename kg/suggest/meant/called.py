"""Whom a name means that is written otherwise than the authorities have it: shorter, or alike."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from kg.suggest.found import Named
from kg.suggest.meant.lexicon import load_lexicon, singular
from kg.suggest.meant.organs import ARMIES, GOVERNING, TROOPS
from kg.suggest.meant.told import Told, identity
from kg.suggest.names.lexicon import fold
from kg.text import Span

_FORCES: Final = ("state-forces", "armed-group", "militia", "coalition")
_PLAIN: Final = frozenset((*ARMIES, *TROOPS, *GOVERNING, "group", "movement", "front"))
"""Nouns that many names have, and that mean somebody else as often."""
_SMALL: Final = frozenset(
    (
        *("of", "the", "and", "party", "band", "body", "group", "detachment", "member"),
        *("remnant", "part"),
    )
)
_REACH: Final = 120
"""How far before words, in characters, the word before them is sought."""


def shortened(told: Told, words: Span) -> Named | None:
    """Whose name told before has words as a part: "the League", of the Free Valleys League."""
    said = told.reading.words(words).removeprefix("the ").removeprefix("The ")
    capital = all(word[:1].isupper() for word in said.split())
    definite = _word_before(told, words) == "the" or said != told.reading.words(words)
    common = definite and " " not in said and singular(fold(said)) not in _PLAIN
    if not said or not (capital or common):
        return None
    part = f" {fold(said)} "
    known = [n for n in told.names if n.kind == "actor" and identity(n) and n.span[1] <= words[0]]
    found = [n for n in known if any(part in f" {fold(name)} " for name in _labels(told, n))]
    return told.latest(found, words[0]) if len({identity(n) for n in found}) == 1 else None


def _labels(told: Told, named: Named) -> list[str]:
    """The names that the authorities have for somebody."""
    entry = told.atlas.entries("actor").get(named.refers_to or "")
    return entry.names if entry is not None else []


def called_alike(told: Told, words: Span) -> str | None:
    """An entry whose name has another noun for those who fight: "Crown soldiers", Crown forces.

    "The Crown" alone may stand for its forces, too.
    """
    said = told.reading.words(words).removeprefix("the ").removeprefix("The ")
    whose = _whose_forces(said)
    alone = _word_before(told, words) == "the" and said[:1].isupper() and " " not in said
    if not whose or not (alone or _has_fighters(said)):
        return None
    found = {
        slug
        for slug, entry in told.atlas.entries("actor").items()
        if entry.type in _FORCES
        for label in entry.names
        if _whose_forces(label) == whose and (_has_fighters(label) or " of " in said)
    }
    return next(iter(found)) if len(found) == 1 else None


def _word_before(told: Told, words: Span) -> str:
    before = told.reading.text[max(0, words[0] - _REACH) : words[1]].split()
    inside = len(told.reading.words(words).split())
    return before[-inside - 1].casefold() if len(before) > inside else ""


@lru_cache(maxsize=1 << 12)
def _whose_forces(name: str) -> frozenset[str]:
    """The words of a name but for its noun for those who fight: Crown, of "forces of the Crown"."""
    words = {singular(fold(word)) for word in name.split()}
    return frozenset(words - load_lexicon().fighting - _SMALL)


@lru_cache(maxsize=1 << 12)
def _has_fighters(name: str) -> bool:
    return any(singular(fold(word)) in load_lexicon().fighting for word in name.split())
