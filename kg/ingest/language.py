"""The language of a text, by its script and commonest words; undetermined rather than guessed."""

from __future__ import annotations

import re
from typing import Final

UNDETERMINED: Final = "und"
"""https://www.rfc-editor.org/rfc/rfc5646#section-4.1"""
_ENGLISH: Final = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "was",
        "were",
        "is",
        "are",
        "by",
        "with",
        "from",
        "for",
        "has",
    ]
)
_ENOUGH: Final = 0.15
"""The share of English texts' words that are the commonest ones: a third and more, in any other
language less than a twentieth."""
_ARABIC: Final = re.compile(r"[\u0621-\u064a]+")
_NOT_ARABIC: Final = re.compile(r"[\u067e\u0686\u0698\u06a9\u06af\u06cc\u0679\u0688\u0691\u06d2]")
"""Letters of Persian, Kurdish and Urdu that Arabic does not have."""


def language_of(text: str) -> str:
    """En or ar where the letters and words leave no doubt, else und.

    >>> language_of("The bridge was taken by the guard and the town is quiet.")
    'en'
    """
    words = re.findall(r"[^\W\d_]+", text[:5000].casefold())
    if not words:
        return UNDETERMINED
    arabic = sum(_ARABIC.fullmatch(w) is not None for w in words)
    if arabic > len(words) / 2 and not _NOT_ARABIC.search(text):
        return "ar"
    return "en" if sum(w in _ENGLISH for w in words) > _ENOUGH * len(words) else UNDETERMINED
