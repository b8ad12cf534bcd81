"""The few words by which a stretch of a page is found again: what a mapping's [[part]] holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.ingest.parts import Stretch
from kg.mapping.check import MOST_WORDS
from kg.mapping.document import Anchor, Part
from kg.text import count_words, occurrences, unwrapped

_ENDS: Final = 4
"""Words at each end of a stretch, if they suffice."""


def part_of(text: str, stretch: Stretch) -> Part:
    """The entry of a stretch, with its position; at most twelve of its words a phrase."""
    text = unwrapped(text)
    words = text[stretch.start : stretch.end]
    if count_words(words) <= MOST_WORDS and "\n" not in words:
        anchor = Anchor(words=(words,), nth=_nths(text, words, stretch.start), at=_at(stretch))
    else:
        first, last = _opening(text, stretch), _ending(text, stretch)
        anchor = Anchor(
            first=first,
            last=last,
            nth=_nths(text, first, stretch.start),
            to_nth=_to_nth(text, last, stretch),
            at=_at(stretch),
        )
    return Part(stretch.kind, anchor)


def _at(stretch: Stretch) -> tuple[tuple[int, int]]:
    return ((stretch.start, stretch.end),)


def _nths(text: str, phrase: str, start: int) -> tuple[int] | None:
    """Which of its occurrences a phrase is, if it stands more than once."""
    found = occurrences(text, phrase, [(0, len(text))])
    return (found.index(start) + 1,) if len(found) > 1 else None


def _to_nth(text: str, last: str, stretch: Stretch) -> int | None:
    """Which occurrence from the stretch's begin ends it, if it is not the first."""
    found = occurrences(text, last, [(stretch.start, len(text))])
    number = found.index(stretch.end - len(last)) + 1
    return number if number > 1 else None


def _opening(text: str, stretch: Stretch) -> str:
    """The first words, as few as stand only here, or four."""
    phrases = list(_growing(text[stretch.start : stretch.end]))
    return next((p for p in phrases if text.count(p) == 1), phrases[0])


def _growing(words: str) -> Iterator[str]:
    """The first four words of the first line, the first five, … at most twelve."""
    line = words.split("\n", maxsplit=1)[0].rstrip()
    ends = [m.end() for m in re.finditer(r"\S+", line)]
    for end in ends[_ENDS - 1 : MOST_WORDS] or ends[-1:]:
        yield line[:end]


def _ending(text: str, stretch: Stretch) -> str:
    """The last four words of the last line, or as many as it has."""
    line = text[stretch.start : stretch.end].rsplit("\n", 1)[-1]
    starts = [m.start() for m in re.finditer(r"\S+", line)]
    return line[starts[-_ENDS:][0] :]
