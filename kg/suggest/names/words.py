"""The words of a text as names are matched: folded, with what stands before each and its case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kg.text import Span

_WORD: Final = re.compile(
    r"([\W_]*+)"
    r"([^\W_]{2,}+(?:['’ʼ`‘][^\W_]++)*|(?:[^\W\d_]\.){2,}|[^\W_](?:['’ʼ`‘][^\W_]+)*|\Z)"
)
"""What stands before a word, and the word; the last has no word. Nothing is sought twice."""
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
        at = low
        for gap, written in _WORD.findall(text, low, high):
            if not written:
                break
            start, before = at + len(gap), gap if at > low else "\n"
            bare, key, length, first, capital, owns, joined = _met(before, written)
            word = (bare, key, start, start + length, before, first, capital, owns, joined)
            found.append(tuple.__new__(Word, word))  # in half the time of Word(...)
            at = start + len(written)
    return found


@lru_cache(maxsize=1 << 14)
def _met(before: str, written: str) -> tuple[str, str, int, bool, bool, bool, bool]:
    """What a word is behind some signs: bare of its 's, folded, its length, and how it stands."""
    owns = written[-2:] in ("'s", "’s", "'S", "’S")
    bare = written[:-2] if owns else written
    first, joined = _ENDS.search(before) is not None, before in _JOINS
    return bare, fold_word(bare), len(bare), first, bare[0].isupper(), owns, joined


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
