"""From positions to words: the anchor by which `kg.mapping.anchor.find` finds a span again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.mapping.check import MOST_WORDS
from kg.mapping.document import Anchor
from kg.suggest.reading import Reading
from kg.text import Span, count_words, occurrences, quoted, within

_FEWEST: Final = 3
"""So many words begin and end a passage, and more only where they stand twice."""
_MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Page:
    """What anchors are found in: a text, the parts of it that count, its quotation marks."""

    text: str
    parts: tuple[Span, ...]
    marks: tuple[Span, ...]

    def has(self, spans: Sequence[Span]) -> bool:
        """Whether each span has words and lies within one part."""
        return bool(spans) and all(map(self._has, spans))

    def _has(self, span: Span) -> bool:
        return within(span, self.parts) and bool(self.text[slice(*span)].strip())

    def is_quoted(self, span: Span) -> bool:
        """Whether a span lies between two quotation marks."""
        return within(span, self.marks)


def page_of(reading: Reading) -> Page:
    """The page that a reading is of."""
    return Page(reading.text, reading.parts, quoted(reading.text))


def trimmed(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """The spans in order without white space at their ends; those without words left out."""
    found: list[Span] = []
    for start, end in sorted(set(spans)):
        words = text[start:end]
        first = start + len(words) - len(words.lstrip())
        last = end - (len(words) - len(words.rstrip()))
        if first < last and (not found or found[-1][1] <= first):
            found.append((first, last))
    return tuple(found)


def anchor_of(spans: tuple[Span, ...], page: Page) -> Anchor:
    """The anchor of trimmed spans: their words, or where those are too many the first and last.

    More than twelve words may stand in a mapping only where the article quotes them; a passage
    given by its first and last words is one, from the first span's begin to the last one's end.
    """
    if is_short(spans, page):
        return _by_words(spans, page)
    return _by_ends((spans[0][0], spans[-1][1]), page)


def is_short(spans: Sequence[Span], page: Page) -> bool:
    """Whether a mapping may repeat the words of the spans."""
    long = [span for span in spans if count_words(page.text[slice(*span)]) > MOST_WORDS]
    return all(map(page.is_quoted, long))


def _by_words(spans: tuple[Span, ...], page: Page) -> Anchor:
    pieces = tuple([page.text[start:end] for start, end in spans])
    places = [occurrences(page.text, piece, page.parts) for piece in pieces]
    numbers = tuple([found.index(span[0]) + 1 for found, span in zip(places, spans, strict=True)])
    plain = len(places[0]) == 1 and all(
        _first_after(before[1], found) == span[0]
        for before, span, found in zip(spans, spans[1:], places[1:], strict=False)
    )
    return Anchor(words=pieces, nth=None if plain else numbers, at=spans)


def _first_after(position: int, starts: Sequence[int]) -> int | None:
    return next((start for start in starts if start >= position), None)


def _by_ends(span: Span, page: Page) -> Anchor:
    first, nth = _begin(span, page)
    last, to_nth = _end(span, page)
    return Anchor(
        first=first,
        last=last,
        nth=(nth,) if nth else None,
        to_nth=to_nth if to_nth > 1 else None,
        at=(span,),
    )


def _begin(span: Span, page: Page) -> tuple[str, int | None]:
    """The first words of a span, as few as stand once; else their number among their likes."""
    ends = [span[0] + m.end() for m in re.finditer(r"\S+", page.text[span[0] : span[1]])]
    for end in ends[_FEWEST - 1 : _MOST]:
        phrase = page.text[span[0] : end]
        if occurrences(page.text, phrase, page.parts) == [span[0]]:
            return phrase, None
    phrase = page.text[span[0] : ends[min(_FEWEST, len(ends)) - 1]]
    return phrase, occurrences(page.text, phrase, page.parts).index(span[0]) + 1


def _end(span: Span, page: Page) -> tuple[str, int]:
    """The last words of a span, and which of their likes from its begin they are."""
    starts = [span[0] + m.start() for m in re.finditer(r"\S+", page.text[span[0] : span[1]])]
    start = starts[-min(_FEWEST, len(starts))]
    rest = [(max(span[0], low), high) for low, high in page.parts if high > span[0]]
    phrase = page.text[start : span[1]]
    return phrase, occurrences(page.text, phrase, rest).index(start) + 1
