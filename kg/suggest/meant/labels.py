"""Entries of the authorities that are descriptions themselves: "Hospital in Selm", "Coast police".

A description is such an entry where its own words and the places told with it make up the label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from kg.authority import Entry
from kg.suggest.found import Named
from kg.suggest.meant.describing import Description, take_apart
from kg.suggest.meant.lexicon import load_lexicon, singular
from kg.suggest.meant.told import Told, identity
from kg.suggest.names.lexicon import fold
from kg.suggest.names.lexicon import load_lexicon as load_names

_SMALL: Final = frozenset(("of", "in", "the", "and", "between", "with", "at", "from", "a", "an"))
_TOO_PLAIN: Final = frozenset(("force", "group", "state"))
"""What is said of so many that a place beside it does not tell which."""


def listed(told: Told, described: Description, kind: str, around: Iterable[Named]) -> str | None:
    """The one entry of a kind whose label a description and the places around it make up."""
    if described.points in ("pronoun", "several") and "all" not in described.before:
        return None
    if not described.before and not described.rest and described.head in _TOO_PLAIN:
        return None
    alike = [
        (slug, words)
        for slug, entry in told.atlas.entries(kind).items()
        for head, words in _labels(entry)
        if _is_one_kind(head, described.head)
    ]
    if not alike:
        return None
    own = _words((*described.words, *described.rest))
    context = frozenset(word for named in around for word in _context(told, named))
    found: dict[str, tuple[int, int]] = {}
    for slug, words in alike:
        if _make_up(words, own, context, described):
            rank = (len(words & own), len(words))
            found[slug] = max(rank, found.get(slug, (0, 0)))
    best = max(found.values(), default=None)
    chosen = [slug for slug, rank in found.items() if rank == best]
    return chosen[0] if len(chosen) == 1 else None


def _is_one_kind(head: str, other: str) -> bool:
    vague = load_lexicon().vague
    return head == other or (head in vague and other in vague)


def _make_up(
    label: frozenset[str], own: frozenset[str], context: frozenset[str], described: Description
) -> bool:
    """Whether a label says nothing that is not said, and lacks nothing that tells one from all."""
    telling = load_lexicon().telling
    needed = _words(word for word in described.before if word not in telling)
    vague = load_lexicon().vague
    least = 2 if described.head in vague else 1
    said = own | context | (vague if described.head in vague else frozenset())
    return label <= said and needed - context <= label and len(label & own) >= least


def _labels(entry: Entry) -> Iterator[tuple[str, frozenset[str]]]:
    for tag, label in entry.label.items():
        if tag == "en":
            yield from _label(label)
    for other in entry.alt.get("en", ()):
        yield from _label(other)


@lru_cache(maxsize=1 << 12)
def _label(label: str) -> tuple[tuple[str, frozenset[str]], ...]:
    plain = label.partition("(")[0]
    described = take_apart(plain)
    words = _words(plain.split())
    several = described is not None and bool(described.before) and len(words) > 1
    behind = described is not None and bool(described.rest) and len(words) > 1
    return ((described.head, words),) if described and (several or behind) else ()


def _context(told: Told, named: Named) -> Iterator[str]:
    """The words that a place brings along: its names, those of what it lies in, its country's."""
    own = identity(named)
    yield from _words(told.reading.words(named.span).split())
    if named.kind == "actor":
        return
    for one in told.atlas.around(own) if own else ():
        for name in told.atlas.names(one):
            yield from _words(name.split())
    country = told.atlas.country(named)
    for row in load_names().countries:
        if row.name == country:
            yield from _words((row.name, *row.of))


def _words(words: Iterable[str]) -> frozenset[str]:
    folded = (fold(part) for word in words for part in word.replace("–", "-").split("-"))
    return frozenset(singular(word) for word in folded if word and word not in _SMALL)
