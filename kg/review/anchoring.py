"""From a stretch of the text to the words by which a mapping finds it again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.mapping.check import MOST_WORDS
from kg.review.entry import Table
from kg.text import Span, count_words, occurrences, quoted

ANCHOR: Final = ("words", "nth", "from", "to", "to-nth")
_END_WORDS: Final = 4
"""How many words name each end of a long passage."""


def anchor_of(text: str, parts: Sequence[Span], span: Span) -> Table:
    """The keys that anchor a span: `words`, or `from` and `to` where they would be too many.

    {"words": "took the Aven bridge"} or {"from": "Government troops took", "to": "on Sunday"}
    """
    start, end = _trimmed(text, span)
    words = text[start:end]
    if count_words(words) <= MOST_WORDS or _is_quotation(text, (start, end)):
        return {"words": words} | _nth("nth", text, words, start, parts)
    pieces = [m.span() for m in re.finditer(r"\S+", words)]
    first = words[: pieces[_END_WORDS - 1][1]]
    last = words[pieces[-_END_WORDS][0] :]
    after = [(max(start, low), high) for low, high in parts if high > start]
    to_nth = occurrences(text, last, after).index(end - len(last)) + 1
    found = {"from": first} | _nth("nth", text, first, start, parts) | {"to": last}
    return found | ({"to-nth": to_nth} if to_nth > 1 else {})


def _trimmed(text: str, span: Span) -> Span:
    words = text[slice(*span)]
    if not words.strip():
        raise ValueError("some words of the article")
    start = span[0] + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _nth(key: str, text: str, phrase: str, start: int, parts: Sequence[Span]) -> Table:
    starts = occurrences(text, phrase, parts)
    if start not in starts:
        raise ValueError("words within the parts of the article that carry statements")
    return {key: starts.index(start) + 1} if len(starts) > 1 else {}


def _is_quotation(text: str, span: Span) -> bool:
    return any(low <= span[0] and span[1] <= high for low, high in quoted(text))
