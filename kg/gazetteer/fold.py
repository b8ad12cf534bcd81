"""Names of places as they are compared across ways of writing Arabic in other letters. Pure.

Two spellings of one name mostly have one key: the article and its assimilated forms go, long and
short vowels fall into two classes (a, e, i, y; o, u), doubled letters become one, signs for sounds
that English lacks become the nearest plain letter. Different names may share a key, too: whoever
looks a key up compares the spellings afterwards.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.folding import fold

_SUN: Final = ("dh", "sh", "th", "d", "l", "n", "r", "s", "t", "z")
"""The letters before which the article takes their sound: ar-Raqqa, ash-Sham, Deir ez-Zor."""
_ASSIMILATED: Final = frozenset(vowel + letter for vowel in "aeiu" for letter in _SUN)
_ARTICLES: Final = frozenset({"al", "el", "ul", "il"})
_WRITTEN_ARTICLES: Final = _ARTICLES | _ASSIMILATED
_KIN: Final = {"abu": "bu", "abou": "bu", "ebu": "bu", "albu": "bu", "ibn": "bin", "ben": "bin"}
"""Father of, house of, son of: how they are written says nothing of which place is meant."""
_RUN_IN: Final = re.compile(r"[aei](?=(d|n|r|s|t|z|l)\1\w{2})")
"""The article written into its word: Ezzor, Arraqqa."""
_SIGNS: Final = (
    ("kh", "x"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("dj", "j"),
    ("ph", "f"),
    ("v", "w"),
)
"""Letters for one sound, and the plain letter for it."""
_SOUNDS: Final = tuple(
    (letter, re.compile(pattern), plain)
    for letter, pattern, plain in (
        ("c", "c(?!h)", "k"),
        ("q", "q(?!h)", "k"),
        ("h", "(?<=[aeiouy])h$", ""),
        ("w", "[ou]w(?=[aeiy])", "w"),
        ("w", "(?<=[aeiou])w(?![aeiouy])", "u"),
        ("y", "(?<!^)y", "a"),
    )
)
"""What a letter is among certain others: few words have such a letter."""
_VOWEL_CLASSES: Final = (("e", "a"), ("i", "a"), ("o", "u"))
_DOUBLED: Final = re.compile(r"(.)\1+")
_ARABIC: Final = str.maketrans(
    {
        "ء": None,
        "پ": "ب",
        "چ": "ج",
        "ڕ": "ر",
        "ڤ": "ف",
        "گ": "ك",
        "ڵ": "ل",
        "ۆ": "و",
        "ێ": "ي",
        "\N{ARABIC LETTER AE}": "\N{ARABIC LETTER HEH}",
    }
)
"""Kurdish and Persian letters, as an Arabic keyboard writes them."""
_ALEF: Final = "\N{ARABIC LETTER ALEF}"
_VOWELS: Final = re.compile(rf"(?<!^)[auw{_ALEF}وي]|^[au{_ALEF}]|\N{{ARABIC LETTER HEH}}$")


@lru_cache(maxsize=1 << 14)
def key(name: str) -> str:
    """What spellings of one name have in common; empty where the name has no letters.

    >>> key("Deir ez-Zor") == key("Dayr az Zawr") == key("Deir Ezzor") == key("Deir al-Zour")
    True
    >>> key("الرقّة") == key("رقة")
    True
    """
    if is_arabic(name):
        return "".join(map(_arabic, fold(name).split()))
    return "".join(map(_latin, _named(name)))


def is_arabic(name: str) -> bool:
    """Whether a name has Arabic letters: no such name has a key with one in Latin letters."""
    return not name.isascii() and any("\u0600" <= letter <= "\u06ff" for letter in name)


def alikeness(name: str, other: str) -> float:
    """How alike two spellings are, 0 to 100, but for articles, marks and spaces.

    Of names that share a key it tells one name from two: Raqqa and Ar-Raqqah (91), Marrick and
    Meriç (67).
    """
    from rapidfuzz import fuzz

    return fuzz.ratio("".join(_named(name)), "".join(_named(other)))


def skeleton(name_key: str) -> str:
    """The consonants of a key, by whose first one near names are sought.

    >>> skeleton(key("Tanaf")) == skeleton(key("Tanf"))
    True
    """
    return _VOWELS.sub("", name_key) or name_key


def _named(name: str) -> list[str]:
    """The folded words of a name without its articles."""
    words = fold(name).split()
    if _WRITTEN_ARTICLES.isdisjoint(words):
        return words
    return [word for at, word in enumerate(words) if not _is_article(words, at)] or words


def _is_article(words: list[str], at: int) -> bool:
    if at + 1 == len(words):
        return False
    word, following = words[at], words[at + 1]
    return word in _ARTICLES or (word in _ASSIMILATED and following.startswith(word[1:]))


@lru_cache(maxsize=1 << 14)
def _latin(word: str) -> str:
    word = _KIN.get(word, _RUN_IN.sub("", word) if _RUN_IN.match(word) else word)
    for sign, plain in _SIGNS:
        word = word.replace(sign, plain)
    for letter, pattern, plain in _SOUNDS:
        word = pattern.sub(plain, word) if letter in word else word
    for vowel, plain in _VOWEL_CLASSES:
        word = word.replace(vowel, plain)
    return _DOUBLED.sub(lambda match: match[1], word).replace("au", "u")


def _arabic(word: str) -> str:
    plain = word.translate(_ARABIC)
    return plain[2:] if plain.startswith("ال") and len(plain) > 4 else plain
