"""The words of a text as names are matched: folded, with what stands before each and its case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kg.text import Span

_WORD: Final = re.compile(r"((?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ`‘][^\W_]+)*)")
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
    start: int
    end: int
    before: str
    first: bool
    capital: bool
    possessive: bool
    joined: bool


@lru_cache(maxsize=1 << 14)
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
        pieces, at = _WORD.split(text[low:high]), low
        for gap, written in zip(pieces[::2], pieces[1::2], strict=False):
            start = at + len(gap)
            before = gap if at > low else "\n"
            at = start + len(written)
            bare, key, capital, owns = _written(written)
            first, joined = _parted(before)
            end = start + len(bare)
            written_here = (bare, key, start, end, before, first, capital, owns, joined)
            found.append(tuple.__new__(Word, written_here))  # in half the time of Word(...)
    return found


@lru_cache(maxsize=1 << 14)
def _written(word: str) -> tuple[str, str, bool, bool]:
    """A word without its possessive 's, folded, whether it has a capital, whether it owns."""
    owns = word[-2:] in ("'s", "’s", "'S", "’S")
    bare = word[:-2] if owns else word
    return bare, fold_word(bare), bare[0].isupper(), owns


@lru_cache(maxsize=1 << 10)
def _parted(before: str) -> tuple[bool, bool]:
    """Whether a sentence may begin after these signs, and whether they join two words."""
    return _ENDS.search(before) is not None, before in _JOINS


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
