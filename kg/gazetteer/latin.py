"""Arabic words in Latin letters, for ids that can be read aloud. Pure.

Letters have the sounds that they mostly have, without marks; vowels that are not written are
missing, and so is the article before a word. Different words may become the same: whoever needs ids
apart numbers them.
"""

from __future__ import annotations

import re
from typing import Final

from kg.folding import fold
from kg.names import slugify

_RUN: Final = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_ALEF: Final = "\N{ARABIC LETTER ALEF}"
_HEH: Final = "\N{ARABIC LETTER HEH}"
_LETTERS: Final = {
    _ALEF: "a",
    _HEH: "h",
    **dict(zip("بتجحدرزسصضطظعفقكلمن", "btjhdrzssdtzafqklmn", strict=True)),
    **dict(zip("پچژڤگڕڵۆێ", ("p", "ch", "zh", "v", "g", "r", "l", "o", "e"), strict=True)),
    **dict(zip("ثخذشغ", ("th", "kh", "dh", "sh", "gh"), strict=True)),
    "ء": "",
    "\N{ARABIC LETTER AE}": "e",
}
"""After folding, which makes one of the forms of alef, of yeh and of kaf."""
_HALF: Final = {"و": ("w", "u"), "ي": ("y", "i")}
"""Letters that are a consonant where a word or a syllable begins, and a vowel elsewhere."""
_VOWELS: Final = frozenset({_ALEF, *_HALF})


def readable_slug(words: str) -> str:
    """The local name that words make, Arabic ones in Latin letters.

    >>> readable_slug("المرصد السوري")
    'mrsd-suri'
    >>> readable_slug("Several towns, north")
    'several-towns-north'
    """
    return slugify(_RUN.sub(lambda run: " ".join(map(_latin, fold(run[0]).split())), words))


def _latin(word: str) -> str:
    bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
    return "".join(_letter(bare, at) for at in range(len(bare)))


def _letter(word: str, at: int) -> str:
    letter, before, after = word[at], word[at - 1 : at], word[at + 1 : at + 2]
    if letter in _HALF:
        consonant, vowel = _HALF[letter]
        return vowel if before and after not in _VOWELS else consonant
    if letter == _HEH and before and not after:
        return "h" if before in _VOWELS else "a"
    return _LETTERS.get(letter, letter)
