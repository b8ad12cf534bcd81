"""From wordings to ids: who and where a draft refers to, and which new actors and places it needs.

A wording is an authority's, or a new entry's that is proposed beside the draft, or known to this
article only. A person is proposed only where the type of person is a ground to name one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Final

from kg.authority import Authorities, Entry
from kg.mapping.codec import Local, Reference
from kg.names import slugify
from kg.suggest.found import Filled, Named
from kg.vocabulary import load_vocabulary

Recorded = Callable[[str], Entry]
"""What gives the entry of a place for a record of the gazetteer: an id, its names, its point."""

_GROUNDS: Final = {
    "expert": "published-expert",
    "leader": "public-office",
    "military-officer": "public-office",
    "official": "public-office",
    "spokesperson": "spokesperson",
}
"""On which ground a person of a type may be named; other persons stand in no authority file."""
_PERSONS: Final = frozenset({*_GROUNDS, "journalist", "private-person"})
_SMALL: Final = frozenset(
    "a ad al an and ar as ash at bin de del der di du el en es for ibn in la le of on the van von".split()
)
"""Words that stand in names without a capital."""
_PLACE_ROLES: Final = ("place", "departure", "destination")


@dataclass
class Naming:
    """The ids of one draft: the authorities' and those that it proposes, as they come up."""

    authorities: Authorities
    recorded: Recorded
    proposed: dict[str, Entry] = field(default_factory=dict)
    because: dict[str, str] = field(default_factory=dict)
    """Of each proposed entry, why."""
    _of: dict[str, str | None] = field(default_factory=dict)

    def slug(self, named: Named, words: str) -> str | None:
        """The id of whom or what a wording names; None where only this article knows it."""
        if named.refers_to is not None:
            group = self._group(named.kind)
            return named.refers_to if named.refers_to in group else None
        key = f"{named.kind}:{named.record or _bare(words).casefold()}"
        if key not in self._of:
            entry = self._entry(named, words)
            self._of[key] = entry.slug if entry else None
        return self._of[key]

    def reference(self, filled: Filled, words: str) -> Reference:
        """What fills a role: an id, or the article's words for it."""
        kind = "place" if filled.role in _PLACE_ROLES else "actor"
        named = filled.named
        if named is not None and (named.kind == kind or filled.role == "affected"):
            slug = self.slug(named, words)
            if slug is not None:
                return slug
            kind = named.kind
        return Local("described" if kind == "place" else "unnamed", plain(words))

    def actor(self, named: Named | None, words: str) -> Reference:
        """Who speaks or is spoken to."""
        return self.reference(Filled("agent", (0, 0), named), words)

    def _group(self, kind: str) -> Collection[str]:
        return self.authorities.actors if kind == "actor" else self.authorities.places

    def _entry(self, named: Named, words: str) -> Entry | None:
        """A new entry under an id that nothing bears yet, or None where there is no ground."""
        entry = self.recorded(named.record) if named.record else _described(named, words)
        if entry is None:
            return None
        taken = {*self.authorities.actors, *self.authorities.places, *self.proposed}
        entry = replace(entry, slug=unique(entry.slug, taken))
        self.proposed[entry.slug] = entry
        self.because[entry.slug] = named.by.because
        return entry


def _described(named: Named, words: str) -> Entry | None:
    """The entry that a name of its own and a type make."""
    types = load_vocabulary().values[f"{named.kind}-type"]
    label = _bare(words)
    if named.type not in types or not is_name(label):
        return None
    if named.type in _PERSONS and named.type not in _GROUNDS:
        return None
    return Entry(
        kind=named.kind,
        slug=slugify(label),
        type=named.type,
        label={"en": label},
        publication_basis=_GROUNDS.get(named.type) if named.kind == "actor" else None,
    )


def is_name(words: str) -> bool:
    """Whether words are a name and no description: each has a capital, small words apart.

    >>> is_name("Valley Monitor"), is_name("Kurdish fighters")
    (True, False)
    """
    whole = [word for word in re.findall(r"\w[\w'’.-]*", words) if word not in _SMALL]
    return bool(whole) and all(
        not word[0].isalpha() or word[0] != word[0].lower() or word.startswith(("al-", "el-"))
        for word in whole
    )


def plain(words: str) -> str:
    """Words with single blanks, as they stand in one line of a mapping."""
    return " ".join(words.split())


def _bare(words: str) -> str:
    """A name without the article before it."""
    return re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", plain(words))


def unique(base: str, taken: Collection[str]) -> str:
    """The id itself, or with the first number that nothing bears: palmyra-capture-2."""
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
