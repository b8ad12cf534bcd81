"""The words of a text as names are matched: folded, with what stands before each and its case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kg.text import Span

_WORD: Final = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ`‘][^\W_]+)*")
_POSSESSIVE: Final = re.compile(r"['’]s$", re.IGNORECASE)
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
    """A word, its folded form, and how it is written; `possessive` if 's was cut off."""

    text: str
    key: str
    start: int
    end: int
    before: str
    first: bool
    capital: bool
    possessive: bool

    @property
    def joined(self) -> bool:
        """Whether nothing but a space or hyphen parts it from the word before."""
        return self.before in _JOINS


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """A word without case, accents, apostrophes and full stops, its alef plain.

    >>> fold_word("Ba'ída"), fold_word("U.S.")
    ('baida', 'us')
    """
    apart = unicodedata.normalize("NFKD", word.translate(_ALEF).translate(_DROPPED))
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def split(text: str, parts: Sequence[Span]) -> list[Word]:
    """The words of some parts of a text, in order."""
    found: list[Word] = []
    for low, high in parts:
        last = low
        for match in _WORD.finditer(text, low, high):
            written, start = match.group(), match.start()
            bare = written
            if written[-2:] in ("'s", "’s", "'S", "’S"):
                bare = _POSSESSIVE.sub("", written)
            before = text[last:start] if last > low else "\n"
            end = start + len(bare)
            first = before != " " and _ENDS.search(before) is not None
            capital = bare[0].isupper()
            owns = bare is not written and bare != written
            found.append(Word(bare, fold_word(bare), start, end, before, first, capital, owns))
            last = end if not owns else start + len(written)
    return found


def runs(words: Sequence[Word]) -> list[Stretch]:
    """Stretches of capitalised words that may be one name, as first and last + 1 word.

    An Arabic article with a small letter belongs to the name after it; a possessive ends a run.
    """
    found: list[tuple[int, int]] = []
    i, total = 0, len(words)
    while i < total:
        if not starts_name(words, i):
            i += 1
            continue
        j = i + 1
        while j < total and words[j].joined and not words[j - 1].possessive:
            if not starts_name(words, j):
                break
            j += 1
        found.append((i, j))
        i = j
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
