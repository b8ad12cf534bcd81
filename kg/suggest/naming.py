"""From wordings to ids: who and where a draft refers to, and which new actors and places it needs.

A wording is an authority's, or a new entry's that is proposed beside the draft, or known to this
article only. A person is proposed only where the type of person is a ground to name one.
"""

from __future__ import annotations

import re
from collections import ChainMap, Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from kg.authority import Authorities, Entry
from kg.gazetteer.latin import readable_slug
from kg.gazetteer.record import Record
from kg.mapping.codec import Local, Reference
from kg.suggest.found import Filled, Named
from kg.text import Span
from kg.vocabulary import load_vocabulary

Records = Callable[[str], Record | None]
"""What gives the record of an id of the gazetteer."""

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
    {
        *("a", "al", "an", "and", "at", "for", "in", "of", "on", "the"),
        *("ad", "ar", "as", "ash", "bin", "el", "ibn"),
        *("de", "del", "den", "der", "des", "di", "du", "la", "le", "van", "von"),
    }
)
"""Words that stand in names without a capital."""
_WORD: Final = re.compile(r"\w[\w'’.-]*")
_ARTICLE: Final = re.compile(r"^(?:[Tt]he|[Aa]n?)\s+")
_PLACE_ROLES: Final = ("place", "departure", "destination")


@dataclass
class Naming:
    """The ids of one draft: the authorities' and those that it proposes, as they come up."""

    authorities: Authorities
    records: Records
    text: str
    proposed: dict[str, Entry] = field(default_factory=dict)
    because: dict[str, str] = field(default_factory=dict)
    """Of each proposed entry, why."""
    _of: dict[str, str | None] = field(default_factory=dict)

    def words(self, span: Span) -> str:
        """The words of a span, in one line."""
        return " ".join(self.text[span[0] : span[1]].split())

    def slug(self, named: Named) -> str | None:
        """The id of whom or what a wording names; None where only this article knows it."""
        if named.refers_to is not None:
            group = self._group(named.kind)
            return named.refers_to if named.refers_to in group else None
        if named.record is not None and (same := self._located.get(named.record)):
            return same
        words = _bare(self.words(named.span))
        if named.record is None and (same := self._labelled.get((named.kind, words.casefold()))):
            return same
        key = f"{named.kind}:{named.record or words.casefold()}"
        if key not in self._of:
            entry = self._entry(named, words)
            self._of[key] = entry.slug if entry else None
        return self._of[key]

    def reference(self, filled: Filled) -> Reference:
        """What fills a role: an id, or the article's words for it."""
        kind = "place" if filled.role in _PLACE_ROLES else "actor"
        named = filled.named
        if named is not None and self._is_whole(filled, named, kind):
            slug = self.slug(named)
            if slug is not None:
                return slug
            kind = named.kind
        return Local("described" if kind == "place" else "unnamed", self.words(filled.words))

    def _is_whole(self, filled: Filled, named: Named, kind: str) -> bool:
        """Whether a role's words mean what is named in them.

        A new name must end them: in "Kurdish fighters" it only tells of which kind they are.
        """
        fits = named.kind == kind or filled.role == "affected"
        known = named.refers_to is not None or named.record is not None
        return fits and (known or named.span[1] >= filled.words[1])

    def actor(self, named: Named | None, words: str) -> Reference:
        """Who speaks or is spoken to, with the words for one whom nothing names."""
        slug = self.slug(named) if named is not None and named.kind == "actor" else None
        return slug or Local("unnamed", words)

    @cached_property
    def _labelled(self) -> dict[tuple[str, str], str]:
        """The ids of the authorities by kind and label."""
        return {
            (entry.kind, words.casefold()): entry.slug
            for entry in self.authorities.entries()
            for words in entry.label.values()
        }

    @cached_property
    def _located(self) -> dict[str, str]:
        """The places of the authorities by the record that their point is from, if it is one's."""
        sources = Counter(p.point_from for p in self.authorities.places.values() if p.point_from)
        return {
            place.point_from: slug
            for slug, place in self.authorities.places.items()
            if place.point_from and sources[place.point_from] == 1
        }

    @cached_property
    def _taken(self) -> Collection[str]:
        """The ids that something bears."""
        return ChainMap(self.proposed, self.authorities.actors, self.authorities.places)

    def _placed(self, record: Record) -> Entry:
        """The entry of a place that the gazetteer has, in the next larger place that we have."""
        around = (self._located[one] for one in record.parents if one in self._located)
        label = record.label or {"en": record.names[0]}
        return Entry(
            kind="place",
            slug=readable_slug(label.get("en") or next(iter(label.values()))),
            type=record.type,
            label=label,
            part_of=next(around, None),
            point=record.point,
            point_from=record.id,
        )

    def _group(self, kind: str) -> Collection[str]:
        return self.authorities.actors if kind == "actor" else self.authorities.places

    def _entry(self, named: Named, words: str) -> Entry | None:
        """A new entry under an id that nothing bears yet, or None where there is no ground."""
        record = self.records(named.record) if named.record else None
        entry = self._placed(record) if record else _described(named, words)
        if entry is None:
            return None
        if entry.slug in self._taken:
            entry = replace(entry, slug=unique(entry.slug, self._taken))
        self.proposed[entry.slug] = entry
        self.because[entry.slug] = named.by.because
        return entry


def _described(named: Named, label: str) -> Entry | None:
    """The entry that a name of its own and a type make."""
    types = load_vocabulary().values[f"{named.kind}-type"]
    if named.type not in types or not is_name(label):
        return None
    if named.type in _PERSONS and named.type not in _GROUNDS:
        return None
    if named.type == "community" and " " not in label:
        return None  # an adjective of people ("Kurdish"), not a body of them
    return Entry(
        kind=named.kind,
        slug=readable_slug(label),
        type=named.type,
        label={"en": label},
        publication_basis=_GROUNDS.get(named.type),
    )


def is_name(words: str) -> bool:
    """Whether words are a name and no description: each has a capital, small words apart.

    >>> is_name("Valley Monitor"), is_name("Kurdish fighters")
    (True, False)
    """
    whole = [word for word in _WORD.findall(words) if word not in _SMALL]
    return bool(whole) and all(
        not word[0].isalpha() or word[0] != word[0].lower() or word.startswith(("al-", "el-"))
        for word in whole
    )


def _bare(words: str) -> str:
    """A name without the article before it."""
    return _ARTICLE.sub("", words)


def unique(base: str, taken: Collection[str]) -> str:
    """The id itself, or with the first number that nothing bears: palmyra-capture-2."""
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
