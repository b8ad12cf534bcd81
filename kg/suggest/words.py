"""The words of a text, folded, with what stands before each and its case: read once an article.

Names, times and figures are all sought among them. A word that stands so again is the same value:
most of what is asked of words is asked of few.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import accumulate, chain
from typing import Final, NamedTuple

from kg.text import Span

_WORD: Final = re.compile(r"([^\W_](?:(?<!\d)(?:\.[^\W\d_])+\.|[^\W_]*+(?:['’ʼ`‘][^\W_]++)*+))")
"""Initials with their full stops, or letters and figures with apostrophes among them."""
_ENDS: Final = re.compile(r"[.!?:;\n\r\"“”«»…؟۔]")
_JOINS: Final = frozenset({" ", "-", "\u00a0", "‐", "‑", "–", " '", " ‘", "-'", "’", "'"})
_DROPPED: Final = dict.fromkeys(map(ord, ".'’‘ʼ`ʿʾـ"), None)
_ALEF: Final = str.maketrans("أإآٱىة", "ااااية")

ARTICLES: Final = frozenset(
    ("al", "el", "ul", "ad", "ar", "as", "ash", "at", "az", "an", "adh", "ed", "er", "es", "ez")
)
"""The Arabic article as it is written with what follows: al-, ash-, ez-."""


Stretch = tuple[int, int]
"""Capitalised words that may be one name, as first and last + 1."""


class Word(NamedTuple):
    """A word, its folded form, and how it is written; `possessive` if 's was cut off.

    It is `first` if a sentence may begin with it, and `joined` if nothing but a space or hyphen
    parts it from the word before.
    """

    text: str
    key: str
    before: str
    first: bool
    capital: bool
    possessive: bool
    joined: bool


class Written(NamedTuple):
    """The words of some parts of a text in order, where each begins, and numbers by form."""

    words: list[Word]
    starts: list[int]
    numbers: dict[str, list[int]]

    def span(self, first: int, last: int) -> Span:
        """Where the words from one up to another stand in the text."""
        return self.starts[first], self.starts[last - 1] + len(self.words[last - 1].text)

    def where(self, keys: AbstractSet[str]) -> list[int]:
        """The numbers of the words with one of some folded forms: of most tables few have one."""
        found = self.numbers.keys() & keys
        return sorted(chain.from_iterable(map(self.numbers.__getitem__, found)))

    def figures(self) -> frozenset[str]:
        """The folded forms with figures, and the few others that are not of letters alone."""
        return frozenset([key for key in self.numbers if not key.isalpha()])


@lru_cache(maxsize=1 << 14)
def fold_word(word: str) -> str:
    """A word without case, accents, apostrophes and full stops, its alef plain.

    >>> fold_word("Ba'ída"), fold_word("U.S.")
    ('baida', 'us')
    """
    if word.isascii() and word.isalnum():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.translate(_ALEF).translate(_DROPPED))
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def split(text: str, parts: Sequence[Span]) -> Written:
    """The words of some parts of a text, in order."""
    words, starts = list[Word](), list[int]()
    for low, high in parts:
        pieces = _WORD.split(text[low:high])  # what stands before each word, and the word
        starts += list(accumulate(map(len, pieces), initial=low))[1:-1:2]
        pieces[0] = "\n" + pieces[0]
        words += map(_met, pieces[:-1:2], pieces[1::2])
    numbers = defaultdict[str, list[int]](list)
    for number, word in enumerate(words):
        numbers[word.key].append(number)
    return Written(words, starts, numbers)


@lru_cache(maxsize=1 << 14)
def _met(before: str, written: str) -> Word:
    """What a word is behind some signs: bare of its 's, folded, and how it stands."""
    owns = written[-2:] in ("'s", "’s", "'S", "’S")
    bare = written[:-2] if owns else written
    first, joined = _ENDS.search(before) is not None, before in _JOINS
    return Word(bare, fold_word(bare), before, first, bare[0].isupper(), owns, joined)


def runs(words: Sequence[Word]) -> list[Stretch]:
    """Stretches of capitalised words that may be one name, as first and last + 1 word.

    An Arabic article with a small letter belongs to the name after it; a possessive ends a run.
    """
    found: list[Stretch] = []
    free, total = 0, len(words)
    for i in [i for i, word in enumerate(words) if word.capital or word.key in ARTICLES]:
        if i < free or not starts_name(words, i):
            continue
        free = i + 1
        while free < total and words[free].joined and not words[free - 1].possessive:
            if not starts_name(words, free):
                break
            free += 1
        found.append((i, free))
    return found


def starts_name(words: Sequence[Word], i: int) -> bool:
    """Whether a name may begin or go on here: a capital, or al- before one."""
    word = words[i]
    if word.capital:
        return True
    return (
        word.key in ARTICLES
        and i + 1 < len(words)
        and words[i + 1].capital
        and words[i + 1].before in ("-", "‑", "–")
    )
