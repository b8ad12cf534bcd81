"""Names of things, made ready to be found: the same, in another transliteration, or nearly. Pure.

A name is likened to another from 0 to 100; what the numbers mean is said below, and nothing else
decides on them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.folding import fold
from kg.gazetteer.fold import key, skeleton
from kg.gazetteer.kinds import split_kind
from kg.reconcile.thing import Thing, Things

LABEL: Final = 100.0
"""It is its label, but for case and marks."""
NAME: Final = 98.0
"""It is one of its other names."""
SPELLING: Final = 90.0
"""It is its label in another transliteration that looks alike; of its other names, two less."""
STRANGE: Final = 70.0
"""It has the same key, but looks otherwise: this, and a fifth of how it looks (0–100)."""
ALIKE: Final = 75.0
"""How like two spellings must be, of 100, to look alike, unless their key is long."""
LONG: Final = 8
"""Letters of a key that no two names share by chance."""
NEARLY: Final = 0.8
"""What a likeness of two keys (0–100) counts where they are not the same."""
WORDS: Final = 60.0
"""All its words stand in the name, which has others, too: this, times their part of it."""
LIKENESS: Final = 78.0
"""How like two keys must be, of 100, to be looked at."""
NEAREST: Final = 12
"""Keys that are nearly the same, and are looked at."""
COMMON: Final = 200
"""Things that may share the rarest of some words, to be looked at."""
LONGEST: Final = 300
"""Characters of what can be a name."""
_SCANNED: Final = 5_000
"""Beginnings that are looked at for one prefix."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a thing as it is compared."""

    folded: str
    key: str
    label: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that a name may mean, and how like one of its names it is."""

    thing: Thing
    likeness: float


class Index:
    """All names of some things; made once, and read by many at once."""

    def __init__(self, things: Things) -> None:
        self.things = things
        self._names: dict[str, tuple[Name, ...]] = {}
        self._keys: dict[str, list[str]] = defaultdict(list)
        self._words: dict[str, list[str]] = defaultdict(list)
        self._links: dict[str, list[str]] = defaultdict(list)
        self._bare: dict[tuple[str, str], list[str]] = defaultdict(list)
        for thing in things.by_id.values():
            self._add(thing)
        self._alike: dict[str, list[str]] = defaultdict(list)
        for one in sorted(self._keys):
            self._alike[skeleton(one)[:1]].append(one)

    def _add(self, thing: Thing) -> None:
        labels = {fold(label) for label in thing.label.values()}
        folded = dict.fromkeys(filter(None, map(fold, thing.names)))
        self._names[thing.id] = names = tuple(Name(n, key(n), n in labels) for n in folded)
        for one in {name.key for name in names} - {""}:
            self._keys[one].append(thing.id)
        for word in {word for name in names for word in name.folded.split()}:
            self._words[word].append(thing.id)
        for link in thing.links:
            self._links[link].append(thing.id)
        for bare, kind in dict.fromkeys(map(split_kind, thing.names)):
            if kind in thing.kinds:
                self._bare[fold(bare), kind].append(thing.id)

    def names(self, thing: Thing) -> tuple[Name, ...]:
        """The names of a thing as they are compared."""
        return self._names[thing.id]

    def linked(self, target: str) -> list[Thing]:
        """The things that are judged to be what an IRI elsewhere names."""
        return self._of(self._links.get(target, ()))

    def of_kind(self, bare: str, kind: str) -> list[Thing]:
        """The places of a kind that have a name of these words and one for the kind.

        "Aven" and "governorate" find what is called Aven Governorate, or the province of Aven.
        """
        return self._of(dict.fromkeys(self._bare.get((fold(bare), kind), ())))

    def find(self, text: str) -> list[Named]:
        """What a name may mean: who has it; else who has it in other letters, or one like it.

        In no order; none where the text is too long to be a name.
        """
        wanted = Name(fold(text), key(text), label=False) if len(text) <= LONGEST else None
        if wanted is None or not wanted.key:
            return []
        same = self._of(self._keys.get(wanted.key, ()))
        alike = [Named(one, self._likeness(wanted, one)) for one in same]
        if any(one.likeness >= NAME for one in alike):
            return alike
        found = {one.thing.id: one for one in self._having(wanted)}
        for one in (*alike, *self._near(wanted)):
            if one.thing.id not in found or found[one.thing.id].likeness < one.likeness:
                found[one.thing.id] = one
        return list(found.values())

    def is_called(self, thing: Thing, text: str) -> bool:
        """Whether a thing has a name, in any transliteration."""
        wanted = key(text) if len(text) <= LONGEST else ""
        return bool(wanted) and any(name.key == wanted for name in self._names[thing.id])

    def _likeness(self, wanted: Name, thing: Thing) -> float:
        return max(_like(name, wanted) for name in self._names[thing.id])

    def _near(self, wanted: Name) -> Iterator[Named]:
        """The things with a name whose key is nearly the same; its first consonant has to be."""
        from rapidfuzz import fuzz, process

        keys = self._alike.get(skeleton(wanted.key)[:1], ())
        alike = process.extract(
            wanted.key,
            keys,
            scorer=fuzz.ratio,
            processor=None,
            limit=NEAREST,
            score_cutoff=LIKENESS,
        )
        for one, likeness, _ in alike:
            for thing in self._of(self._keys[one]):
                yield Named(thing, round(NEARLY * likeness, 1))

    def _having(self, wanted: Name) -> Iterator[Named]:
        """The things with a name that has all the words, and others."""
        words = wanted.folded.split()
        shared = sorted((self._words.get(word, ()) for word in words), key=len)
        if not shared or not shared[0] or len(shared[0]) > COMMON:
            return
        ids = set(shared[0]).intersection(*shared[1:])
        for thing in self._of(sorted(ids)):
            sizes = [len(n.folded) for n in self.names(thing) if set(words) <= {*n.folded.split()}]
            if sizes:
                yield Named(thing, round(WORDS * min(1.0, len(wanted.folded) / min(sizes)), 1))

    def beginning(self, prefix: str) -> list[Thing]:
        """The things that have a name, or a word in one, that begins so; the shortest names first.

        Also the thing whose id it is. Where there are none, those that have a name like it.
        """
        own = self.things.find(prefix)
        wanted = fold(prefix) if len(prefix) <= LONGEST else ""
        found: dict[str, tuple[bool, int, str]] = {}
        if wanted:
            start = bisect_left(self._beginnings, (wanted,))
            for words, inside, size, identifier in self._beginnings[start : start + _SCANNED]:
                if not words.startswith(wanted):
                    break
                rank = inside, size, identifier
                found[identifier] = min(rank, found.get(identifier, rank))
        ids = sorted(found, key=found.__getitem__)
        if not ids and wanted:
            near = sorted(self.find(prefix), key=lambda one: (-one.likeness, one.thing.id))
            ids = [one.thing.id for one in near]
        first = [own.id] if own else []
        return self._of(dict.fromkeys((*first, *ids)))

    @cached_property
    def _beginnings(self) -> list[tuple[str, bool, int, str]]:
        """What follows each beginning of a word: with whether it is inside, the name's length."""
        return sorted(
            (" ".join(words[at:]), at > 0, len(name.folded), identifier)
            for identifier, names in self._names.items()
            for name in names
            for words in [name.folded.split()]
            for at in range(len(words))
        )

    def _of(self, ids: Iterable[str]) -> list[Thing]:
        return [self.things.by_id[one] for one in ids]


def _like(name: Name, wanted: Name) -> float:
    from rapidfuzz import fuzz

    if name.folded == wanted.folded:
        return LABEL if name.label else NAME
    if name.key != wanted.key:
        return 0.0
    alike = fuzz.ratio(name.folded, wanted.folded)
    if alike >= ALIKE or len(name.key) >= LONG:
        return SPELLING if name.label else SPELLING - 2
    return round(STRANGE + alike / 5, 1)
