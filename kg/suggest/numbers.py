"""Numbers as English prints them: 95,000, "95 thousand", "twenty-three", "half a million".

Everything here reads text in lower case, as `kg.suggest.times` and `kg.suggest.figures` prepare it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ONES: Final = dict(
    zip(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(1, 20),
        strict=True,
    )
)
_TENS: Final = dict(
    zip(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        range(20, 100, 10),
        strict=True,
    )
)
SCALES: Final = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9}
_GROUPS: Final = {"dozen": 12, "couple": 2, "score": 20, "decade": 10}
_SMALL: Final = {**_ONES, **_TENS, "a": 1, "an": 1, "half": 0.5, "zero": 0}

_DIGITS: Final = r"\d{1,3}(?:,\d{3})++(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?(?:[ -]\d/\d)?"
_WORD: Final = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(_ONES)[:9])})\b)?"
    rf"|{'|'.join(sorted(_ONES, key=len, reverse=True))})\b"
)
_SCALE: Final = rf"(?:{'|'.join(SCALES)})\b"

DIGITS: Final = rf"(?<![\w.,$€£#/-])(?:{_DIGITS})(?![\d/])(?!,\d{{3}})"
"""A number in digits that stands by itself."""

NUMBER: Final = (
    rf"(?:(?:(?:{DIGITS})|\b{_WORD})(?:[ -]{_SCALE}){{0,2}}(?: (?:and )?{_WORD})?(?: dozen\b)?"
    rf"|\ban?(?: half)? {_SCALE}|\bhalf an? {_SCALE}"
    rf"|\b(?:half )?a dozen\b|\ba couple(?: of)?\b)"
)
"""A number in digits or words, with its scale."""

NUMBER_WORDS: Final = ("a", "an", "half", "dozen", "couple", *_ONES, *_TENS)
"""The words that a number in words can begin with."""

_FRACTION: Final = re.compile(r"(?:(\d+)[ -])?(\d)/(\d)$")


@lru_cache(maxsize=1 << 10)
def number(words: str) -> float | None:
    """The number that words in lower case say, or None where they say none.

    >>> number("95 thousand"), number("two hundred and fifty"), number("half a million")
    (95000.0, 250.0, 500000.0)
    """
    if mixed := _FRACTION.match(words):
        whole, top, bottom = (int(part or 0) for part in mixed.groups())
        return whole + top / bottom if bottom else None
    total, current, seen = 0.0, 0.0, False
    for word in re.split(r"[ -]", words):
        if word in ("and", "of") or (word in ("a", "an") and seen):
            continue
        size = SCALES.get(word) or _GROUPS.get(word)
        if size is not None:
            current = (current or 1) * size
            if size >= 1_000:
                total, current = total + current, 0.0
        else:
            plain = _plain(word)
            if plain is None:
                return None
            current += plain
        seen = True
    return total + current if seen else None


def _plain(word: str) -> float | None:
    if word in _SMALL:
        return float(_SMALL[word])
    try:
        return float(word.replace(",", ""))
    except ValueError:
        return None
