"""Finding texts by some words: as they are, else by words spelt nearly so. Pure.

All folded texts of a kind stand in one string, a line each, which `str.find` reads at the speed of
memory; so no index has to be kept but the texts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import IntEnum
from itertools import accumulate, product
from typing import Final

from kg.folding import fold

LIKE: Final = 0.78
"""How alike two words must be, by what they share of both, to be taken for each other."""
SHORTEST: Final = 4
"""Letters that a word must have to be taken for a misspelt one."""
NEAREST: Final = 3
"""Words that a misspelt one is taken for at most."""


class Match(IntEnum):
    """How a text has the words, the best first."""

    EXACT = 0
    BEGINNING = 1
    WORDS = 2
    PART = 3
    SCATTERED = 4
    NEARLY = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that a thing is found by, and what it is to that thing."""

    iri: str
    text: str
    language: str | None
    what: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, the best of its texts, and the folded words that it has."""

    entry: Entry
    match: Match
    words: str


@dataclass(slots=True)
class Texts:
    """All texts of one kind of thing."""

    entries: list[Entry]
    _lines: str = field(init=False)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        folded = [fold(entry.text) for entry in self.entries]
        self._lines = "\n".join(["", *folded, ""])
        self._starts = list(accumulate((len(line) + 1 for line in folded), initial=1))

    def find(self, words: str) -> list[Hit]:
        """The things whose texts have all of the folded words, each once, the best first."""
        best: dict[str, tuple[Match, int, str, Hit]] = {}
        for line, entry in self._having(words) if words else ():
            match = _match(line, words)
            found = (match, len(line), entry.text, Hit(entry, match, words))
            if entry.iri not in best or found[:3] < best[entry.iri][:3]:
                best[entry.iri] = found
        return [hit for *_, hit in sorted(best.values(), key=lambda f: (f[:3], f[3].entry.iri))]

    def _having(self, words: str) -> Iterator[tuple[str, Entry]]:
        """The lines that have all words somewhere, with their entries."""
        longest, *others = sorted(words.split(), key=len, reverse=True)
        at = self._lines.find(longest)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            start, end = self._starts[number], self._starts[number + 1] - 1
            line = self._lines[start:end]
            if all(other in line for other in others):
                yield line, self.entries[number]
            at = self._lines.find(longest, end)

    def vocabulary(self) -> set[str]:
        """The words of all texts."""
        return set(self._lines.split())


def _match(line: str, words: str) -> Match:
    if line == words:
        return Match.EXACT
    if line.startswith(words):
        return Match.BEGINNING
    if f" {words} " in f" {line} ":
        return Match.WORDS
    return Match.PART if words in line else Match.SCATTERED


def nearly(words: str, vocabulary: Iterable[str]) -> list[str]:
    """The folded words with those that are unknown replaced by known ones that are spelt nearly so.

    >>> nearly("jisr al shugur", {"jisr", "al", "shughur", "bridge"})
    ['jisr al shughur']
    """
    known = frozenset(vocabulary)
    choices = [_near(word, known) for word in words.split()]
    made = (" ".join(chosen) for chosen in product(*choices))
    return [one for _, one in zip(range(NEAREST), made, strict=False) if one != words]


def _near(word: str, known: frozenset[str]) -> list[str]:
    if word in known or len(word) < SHORTEST:
        return [word]
    alike = sorted(one for one in known if abs(len(one) - len(word)) <= 2)
    return get_close_matches(word, alike, NEAREST, LIKE) or [word]
